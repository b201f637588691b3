"""Give every file of a folder to `samizdat import`, and see that none does harm.

    python tools/hostile.py FOLDER [--strace] [--seconds 20] [--megabytes 500]

Each file is imported in an empty folder of its own. What must hold: the exit code says that it went well or that the file was
refused; no traceback; within the time of work and the memory (of all processes together, pandoc's too); nothing written but the
manuscript, and there no word of this machine's own files; with --strace, no process that opens a connection. Prints a line for
each case that fails, and the slowest and the largest at the end.
"""

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_SECRETS = [line for path in ("/etc/passwd", "/etc/hostname") if Path(path).is_file() for line in Path(path).read_bytes().split()]
"""What no book may hold: pieces of files that hostile documents try to pull in."""
_SHORTEST_SECRET = 8
_KEPT = {"MANIFEST.json"}
_REFUSED = {0, 1, 2, 3}


@dataclass
class _Case:
    """What was seen while one file was imported."""

    name: str
    code: int = 0
    seconds: float = 0.0
    work: float = 0.0
    """CPU seconds, which do not depend on what else the machine has to do."""
    megabytes: float = 0.0
    said: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def told(self) -> str:
        """What is to be said of it, in one line."""
        cost = f"{self.code}, {self.seconds:.1f} s, {self.work:.1f} s CPU, {self.megabytes:.0f} MB"
        return f"{self.name}: {'; '.join(self.faults) or 'well'} ({cost}) {self.said[:160]}"


def _memory(group: int) -> float:
    """Return the megabytes that all processes of a session hold now, what they share divided among them."""
    total = 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        with suppress(OSError, ValueError, IndexError):
            if _session(folder) == group or _ancestor(folder, group):
                total += _share(folder)
    return total / 1024


def _facts(folder: Path) -> list[str]:
    return (folder / "stat").read_text().rpartition(")")[2].split()


def _session(folder: Path) -> int:
    return int(_facts(folder)[3])


def _ancestor(folder: Path, group: int) -> bool:
    """Tell whether a process comes from the one looked at; the one that reads documents has a session of its own."""
    for _generation in range(8):
        parent = int(_facts(folder)[1])
        if parent == group:
            return True
        if parent <= 1:
            return False
        folder = Path("/proc", str(parent))
    return False


def _share(folder: Path) -> int:
    for line in (folder / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def _try(path: Path, name: str, place: Path, options: argparse.Namespace) -> _Case:
    case = _Case(name)
    place.mkdir()
    (place / "texts").mkdir()
    log = place.with_suffix(".trace")
    trace = ("strace", "-f", "--seccomp-bpf", "-e", "trace=connect,sendto,bind", "-o", str(log)) if options.strace else ()
    command = [*trace, sys.executable, "-m", "samizdat", "import", str(path), "--to", str(place / "texts" / "book")]
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with (
        place.with_suffix(".out").open("w+b") as out,
        subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=place, start_new_session=True) as process,  # noqa: S603
    ):
        while process.poll() is None:
            case.megabytes = max(case.megabytes, _memory(process.pid))
            if time.monotonic() - started > 3 * options.seconds:
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(0.03)
        case.code, case.seconds = process.returncode, time.monotonic() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        case.work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        out.seek(0)
        said = out.read()
    case.said = " ".join(said.decode(errors="replace").split())
    _judge(case, said, place, log, options)
    return case


def _judge(case: _Case, said: bytes, place: Path, log: Path, options: argparse.Namespace) -> None:
    if case.code not in _REFUSED:
        case.faults.append(f"exit code {case.code}")
    if b"Traceback" in said or b"fault of the program" in said:
        case.faults.append("a traceback")
    if case.code and not said.strip():
        case.faults.append("refused without a word")
    if case.work > options.seconds:
        case.faults.append(f"{case.work:.1f} s CPU")
    if case.megabytes > options.megabytes:
        case.faults.append(f"{case.megabytes:.0f} MB")
    if log.exists() and (calls := [line for line in log.read_text(errors="replace").splitlines() if "AF_INET" in line]):
        case.faults.append(f"a connection: {calls[0]}")
    book = place / "texts" / "book"
    written = [path for path in place.rglob("*") if not path.is_dir()]
    for path in written:
        if path.is_symlink() or not path.resolve().is_relative_to(book.resolve()):
            case.faults.append(f"wrote {path.relative_to(place)}")
    if case.code and book.exists():
        case.faults.append("refused, but left something behind")
    for data in (said, *(path.read_bytes() for path in written)):
        if found := next((each for each in _SECRETS if len(each) >= _SHORTEST_SECRET and each in data), None):
            case.faults.append(f"a word of another file: {found.decode(errors='replace')}")


def main() -> None:
    """Try every file, and say what does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--strace", action="store_true", help="watch for connections")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--megabytes", type=float, default=500)
    parser.add_argument("--all", action="store_true", help="print a line for every case")
    options = parser.parse_args()
    folder = options.folder.resolve()
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in _KEPT]
    files = [path for path in files if "expected" not in path.relative_to(folder).parts]
    planted = set(Path(tempfile.gettempdir()).glob("hostile_pwned*"))
    cases = []
    with tempfile.TemporaryDirectory() as name:
        for number, path in enumerate(files):
            case = _try(path, path.relative_to(folder).as_posix(), Path(name, f"{number:04}"), options)
            cases.append(case)
            if case.faults or options.all:
                sys.stdout.write(f"{case.told}\n")
                sys.stdout.flush()
            shutil.rmtree(Path(name, f"{number:04}"))
    new = [path.name for path in set(Path(tempfile.gettempdir()).glob("hostile_pwned*")) - planted]
    if not cases or new:
        raise SystemExit(f"hostile: FAILED, {'there is nothing to try' if not cases else f'written outside: {new}'}")
    slowest, largest = max(cases, key=lambda case: case.seconds), max(cases, key=lambda case: case.megabytes)
    bad = sum(bool(case.faults) for case in cases)
    sys.stdout.write(
        f"hostile: {'FAILED' if bad else 'PASSED'}, {len(cases) - bad} of {len(cases)} files; "
        f"slowest {slowest.name} {slowest.seconds:.1f} s ({slowest.work:.1f} s CPU), "
        f"largest {largest.name} {largest.megabytes:.0f} MB\n"
    )
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
