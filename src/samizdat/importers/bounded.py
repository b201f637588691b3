"""Work on what strangers wrote, in a process of its own: with an end to time and memory, and no way to write a file.

`run` starts Python anew, hands it a function and its argument, and takes what it returns. Whatever goes wrong there (no memory,
no time, a crash deep in a library) is a Problem here.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from samizdat.problems import Place, Problem, Rule, SamizdatError, Severity

try:
    import resource
except ImportError:  # not on Windows, where only the time is limited
    resource = None  # type: ignore[assignment]

BEYOND = Rule(
    "I40",
    Severity.ERROR,
    "A file that costs too much to read",
    "Files from elsewhere are read with a limit of time and memory, so that none can bring the computer to a halt. This one went"
    " beyond it. It is very large, or damaged, or made to do harm: archives that unpack to gigabytes, marks nested thousands of"
    " levels deep.",
)

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_SECONDS = 18
PATIENCE = 2.5
"""How many times longer than its time a file may take by the clock: on a busy computer an honest file waits for its turn."""
_LOOKS = 0.5
"""Seconds between two looks at what the work has cost."""
_MEGABYTES = 440
_STACK = 48 << 20
_DEEPEST = 6000
_HINT = "If the file is sound, divide it into several, or save it again from the program that made it."


@dataclass(frozen=True, slots=True)
class Budget:
    """What reading a file may cost."""

    seconds: float = _SECONDS
    """Of work, that of the programs that it starts with it; by the clock it may be more."""
    megabytes: int = _MEGABYTES
    patience: float = PATIENCE
    """How many times longer it may take by the clock."""

    @classmethod
    def of(cls, size: int) -> "Budget":
        """Allow more for a file that is really large: honest text takes its room, and a bomb is small."""
        beyond = max(0, (size >> 10) - 1024) / 1024
        return cls(min(_SECONDS + 12 * beyond, 300), int(min(_MEGABYTES + 250 * beyond, 4000)))


def run(function: Callable[[Argument], Result], argument: Argument, budget: Budget, file: str = "") -> Result:
    """Return what a function of some module returns, called in a process of its own; raise the SamizdatError that it raises.

    Problems without a place get that of the file.
    """
    try:
        return _answered(function, argument, budget)
    except SamizdatError as error:
        placed = (problem if problem.place.file else replace(problem, place=Place(file)) for problem in error.problems)
        raise SamizdatError(*placed) from error


def spent() -> float:
    """Return the seconds that this process has worked, and those that it started and that have ended."""
    return sum(os.times()[:4])


def _answered(function: Callable[[Argument], Result], argument: Argument, budget: Budget) -> Result:
    order = pickle.dumps((function, argument, budget))
    with subprocess.Popen(
        [sys.executable, "-c", "from samizdat.importers.bounded import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    ) as process:
        try:
            patience = budget.patience if hasattr(resource, "setrlimit") else 1
            answer, _ = process.communicate(order, timeout=budget.seconds * patience)
        except subprocess.TimeoutExpired as error:
            message = f"This file could not be read in {budget.seconds:.0f} seconds."
            raise SamizdatError(BEYOND.problem(message, hint=_HINT)) from error
        finally:
            _end(process)
    if not answer:
        raise SamizdatError(BEYOND.problem(_death(process.returncode), hint=_HINT))
    problems, result = pickle.loads(answer)  # noqa: S301  written by `serve`, below
    if problems:
        raise SamizdatError(*problems)
    return result  # type: ignore[no-any-return]  # what the function returned


def serve() -> None:
    """Do one order from standard input and answer on standard output; nothing else can be printed or written."""
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123  a device, not a file
        os.dup2(nowhere.fileno(), 1)
    function, argument, budget = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  written by `run`, above
    _limit(budget)
    sys.setrecursionlimit(_DEEPEST)
    threading.stack_size(_STACK)
    thread = threading.Thread(target=lambda: _answer(function, argument, answers.write))
    thread.start()
    while thread.is_alive():
        thread.join(_LOOKS)
        if hasattr(signal, "SIGXCPU") and spent() > budget.seconds + 1:
            os.kill(os.getpid(), signal.SIGXCPU)
    answers.close()


def _answer(function: Callable[[Argument], object], argument: Argument, write: Callable[[bytes], object]) -> None:
    problems: tuple[Problem, ...] = ()
    result = None
    try:
        result = function(argument)
        answer = pickle.dumps((problems, result))
    except SamizdatError as error:
        answer = pickle.dumps((error.problems, None))
    except MemoryError:
        answer = pickle.dumps(((BEYOND.problem("This file needs too much memory to be read.", hint=_HINT),), None))
    except RecursionError:
        answer = pickle.dumps(((BEYOND.problem("Things are nested too deeply in this file.", hint=_HINT),), None))
    write(answer)


def _limit(budget: Budget) -> None:
    if not hasattr(resource, "setrlimit"):
        return
    memory, seconds = budget.megabytes << 20, int(budget.seconds) + 1
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    paths = os.pathsep.join(path for path in sys.path if path)
    return {**kept, "PYTHONPATH": paths, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _death(code: int) -> str:
    if hasattr(signal, "SIGXCPU") and code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return "This file took too long to read."
    return "This file cannot be read: the program that reads it broke down over it."
