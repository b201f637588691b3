"""Workers: several books at once, each worker a process that makes one book after another.

The libraries that make books are imported in the workers: a build in which nothing changed never waits for them. A worker that
dies takes only its own book with it, and one that would never end is ended: what a book is made of may come from strangers.
"""

import ctypes
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from time import monotonic, process_time

from samizdat.events import Audit, Event, Failed, Finished, Inspection, Order
from samizdat.problems import Problem, Rule, Severity

try:
    import resource
except ImportError:  # not on Windows, where only the time is limited
    resource = None  # type: ignore[assignment]

Work = Order | Inspection | Audit

WORKER_DIED = Rule(
    "W07",
    Severity.ERROR,
    "A worker was stopped by the machine",
    "Each book is made in a process of its own. This one was ended from outside before the book was done, most often because the "
    "machine ran out of memory. The other books are not touched by it. Try again with fewer books at once: `--jobs 1`.",
)
NO_ENGINE = Rule(
    "W08",
    Severity.ERROR,
    "A part of the machinery is not installed",
    "Samizdat lays out text with Pango, which must be installed beside Python, and with Python libraries that `make` or `pip` "
    "install. One of them could not be loaded. `samizdat doctor` says which, and how to get it.",
)

TOO_LONG = Rule(
    "W40",
    Severity.ERROR,
    "A book that takes too long",
    "Each book has a limit of time: four minutes of work, and five more for each megabyte in its folder, many times what books of"
    " that size take. This one went beyond it and was stopped; its last good editions and the other books are not touched by it."
    " A template of its own that goes round in a circle, a drawing that draws itself, or text that no person wrote can do this.",
)

_GRACE = 2.0
"""Seconds that a worker has to put its tools away when it is told to stop."""

_PR_SET_PDEATHSIG = 1  # of prctl(2)
_SECONDS = 240
_SECONDS_PER_MEGABYTE = 300
_PATIENCE = 4
"""How many times its seconds of work a book may take by the clock, since the machine may be busy with other things."""
_MEMORY = 4 << 30
_MEMORY_PER_BYTE = 16


@dataclass(frozen=True, slots=True)
class _Task:
    """A worker at work: its process, what it was told to do, and when it must be done by the clock of this machine."""

    process: SpawnProcess
    order: Work
    until: float


def run(orders: Sequence[Work], jobs: int | None = 0) -> Iterator[Event]:
    """Carry out orders in up to `jobs` processes and yield their events.

    0: as many processes as there are cores. None: in this one, without limits, for a program that sets its own.
    """
    if jobs is None:
        for order in orders:
            yield from _perform(order)
    else:
        yield from _together(orders, min(jobs or _cores(), len(orders)))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _perform(order: Work) -> Iterator[Event]:
    try:
        # imported here and nowhere else: it brings the heavy libraries, which a build in which nothing changed does without
        from samizdat import making  # noqa: PLC0415
    except (ImportError, OSError) as error:
        message = f"A part of the machinery cannot be loaded: {error}."
        yield Failed(order.slug, "", NO_ENGINE.problem(message, hint="Run: samizdat doctor"))
        yield Finished(order.slug, 0.0)
    else:
        yield from making.perform(order)


def _together(orders: Sequence[Work], jobs: int) -> Iterator[Event]:
    waiting = deque(orders)
    busy: dict[Connection, _Task] = {}
    try:
        while waiting or busy:
            while waiting and len(busy) < jobs:
                connection, process = _hire()
                busy[connection] = _give(waiting.popleft(), connection, process)
            ready = wait(list(busy), max(0.0, min(task.until for task in busy.values()) - monotonic()))
            for connection, task in list(busy.items()):
                if connection not in ready:
                    if monotonic() > task.until:
                        del busy[connection]
                        yield from _lost(task, _overdue())
                    continue
                try:
                    event = connection.recv()
                except (EOFError, OSError):
                    del busy[connection]
                    yield from _lost(task, None)
                    continue
                if event is not None:
                    yield event
                elif waiting:
                    busy[connection] = _give(waiting.popleft(), connection, task.process)
                else:
                    del busy[connection]
                    connection.close()
                    task.process.join()
    finally:
        for task in busy.values():
            task.process.terminate()
        for task in busy.values():
            task.process.join(_GRACE)
            _end(task.process)


def _give(order: Work, connection: Connection, process: SpawnProcess) -> _Task:
    """Send an order to a worker, with the seconds it may work. One that has gone meanwhile is found out when it is asked."""
    size = _size(order.folder)
    seconds = _SECONDS + _SECONDS_PER_MEGABYTE * size // 1_000_000
    with suppress(OSError):
        connection.send((order, seconds, _MEMORY + _MEMORY_PER_BYTE * size))
    return _Task(process, order, monotonic() + _PATIENCE * seconds)


def _size(folder: Path) -> int:
    """Return how many bytes lie in a folder, links not followed."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # gone meanwhile
            total += path.lstat().st_size
    return total


def _lost(task: _Task, problem: Problem | None) -> Iterator[Event]:
    """Give up a worker, and say what became of its book."""
    _end(task.process)
    task.process.join()
    yield Failed(task.order.slug, "", problem or _died(task.process))
    yield Finished(task.order.slug, 0.0)


def _end(process: SpawnProcess) -> None:
    """End a worker, and pandoc if it is waiting for it."""
    if hasattr(os, "killpg") and process.pid:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _hire() -> tuple[Connection, SpawnProcess]:
    """Start a worker and return the line to it. A fresh process everywhere, so that no platform behaves differently."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there,), daemon=True)
    with _ctrl_c_waits():
        process.start()
    there.close()
    return here, process


@contextmanager
def _ctrl_c_waits() -> Iterator[None]:
    """Hold Ctrl-C back for a moment, so that a process that is begun inherits this and never hears of it, however early."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _overdue() -> Problem:
    return TOO_LONG.problem(
        "This book took far longer than books of its size do, and was stopped.",
        hint="Look for what is unusual in it: a template of its own, a drawing, a table without end. Take things out to find it.",
    )


def _died(process: SpawnProcess) -> Problem:
    if hasattr(resource, "setrlimit") and process.exitcode == -signal.SIGXCPU:
        return _overdue()
    return WORKER_DIED.problem(
        f"The worker that made this book ended before its time (exit code {process.exitcode}).",
        hint="If the machine was short of memory, try again with: --jobs 1",
    )


def _work(orders: Connection) -> None:
    """Carry out orders until there are no more; None says that an order is done. Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # to be told to stop is to leave in good order, so that half-written files are cleared away
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    _die_with_parent()
    if hasattr(os, "setsid"):  # a session of its own, so that whatever it starts can be ended with it
        os.setsid()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the parent is gone
        while True:
            order, seconds, memory = orders.recv()
            _limit(seconds, memory)
            for event in _perform(order):
                orders.send(event)
            orders.send(None)


def _die_with_parent() -> None:
    """Have Linux end this process when its parent ends, however that comes about: nobody waits for its work any more.

    Elsewhere it goes on until it has something to tell. A parent that went before this is noticed by its line being shut.
    """
    with suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit(seconds: int, memory: int) -> None:
    """Let this process work so long from now on, and have so much memory; what asks for more is told that there is none.

    The system ends a process that has had its time, whatever library it is in.
    """
    if not hasattr(resource, "setrlimit"):
        return
    for limit, amount in ((resource.RLIMIT_CPU, int(process_time()) + seconds), (resource.RLIMIT_AS, memory)):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (amount, resource.getrlimit(limit)[1]))
