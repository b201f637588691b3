"""What passes between the pipeline and its workers: orders one way, events the other.

Events are values: `report` shows them, a program reads them as JSON, tests compare them. Nothing here is heavy to import.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from samizdat.cache import write_folder, write_whole
from samizdat.problems import Problem


@dataclass(frozen=True, slots=True)
class Result:
    """A file that was written: its edition, its path in the build folder, its size, time of change (ns), how long it took.

    The digest is the SHA-256 of its bytes in hexadecimal, as `sha256sum` prints it. `facts` is a sentence for whoever takes the
    file, such as the paper that it needs.
    """

    edition: str
    path: str
    size: int
    time: int
    seconds: float
    digest: str
    facts: str = ""

    @classmethod
    def of(cls, edition: str, path: str, data: bytes, there: os.stat_result, seconds: float, facts: str = "") -> "Result":
        """Take down the facts of a file that has just been written."""
        digest = hashlib.sha256(data).hexdigest()
        return cls(edition, path, there.st_size, there.st_mtime_ns, round(seconds, 3), digest, facts)

    @classmethod
    def put(cls, edition: str, path: str, build: Path, data: bytes, seconds: float, facts: str = "") -> "Result":
        """Put a file in its place, whole, and take down its facts."""
        return cls.of(edition, path, data, write_whole(build / path, data), seconds, facts)

    @classmethod
    def put_folder(cls, edition: str, path: str, build: Path, files: Mapping[str, bytes], seconds: float) -> "tuple[Result, ...]":
        """Put a folder with its files in its place, whole, and take down their facts."""
        there = write_folder(build / path, files)
        return tuple(cls.of(edition, f"{path}/{name}", data, there[name], seconds) for name, data in files.items())


def told(results: Iterable[Result], book: str, *, cached: bool) -> "Iterator[Wrote]":
    """Tell that files are in place, now or from earlier work: each by itself, and those of a folder below the book's as one."""
    together: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        path = PurePosixPath(*PurePosixPath(result.path).parts[:2]).as_posix()
        together.setdefault((result.edition, path), []).append(result)
    for (edition, path), files in together.items():
        seconds = 0.0 if cached else files[0].seconds
        yield Wrote(book, edition, path, sum(file.size for file in files), seconds, cached, files[0].facts)


@dataclass(frozen=True, slots=True)
class Order:
    """One book to be made: which editions (none named: all of them), the fingerprints of what goes into them, what is there."""

    folder: Path
    build: Path
    cache: Path
    editions: tuple[str, ...]
    program: str
    inputs: str
    kept: tuple[Result, ...] = ()

    @property
    def slug(self) -> str:
        """The book's short name, which is its folder's."""
        return self.folder.name


@dataclass(frozen=True, slots=True)
class Inspection:
    """One book whose results are to be checked, as they lie in its build folder."""

    folder: Path
    build: Path
    paths: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The book's short name."""
        return self.folder.name


@dataclass(frozen=True, slots=True)
class Audit:
    """One book of which the ledger is to be kept: its sources are read again, and laid beside its results as they lie there."""

    folder: Path
    build: Path
    cache: Path
    program: str
    results: tuple[Result, ...]

    @property
    def slug(self) -> str:
        """The book's short name."""
        return self.folder.name


@dataclass(frozen=True, slots=True)
class Started:
    """Work on a book begins; paths in its problems are relative to the folder."""

    book: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Read:
    """A book's sources are read, and these editions will be made of it."""

    book: str
    seconds: float
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wrote:
    """A file of an edition, or the folder that it fills, is in place; cached means that it was there and nothing had changed.

    The path is relative to the build folder. Seconds are those the whole edition took. `facts` is a sentence for whoever takes
    the file.
    """

    book: str
    edition: str
    path: str
    size: int
    seconds: float
    cached: bool
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """The words of a finished file were laid beside the book's: how many it owes, how many of them it holds.

    `written` are those that the author wrote; the rest is of pages that the program makes, such as the contents. `explained`
    tells how often each named rule was needed for what is not word for word the same.
    """

    book: str
    edition: str
    path: str
    written: int
    owed: int
    found: int
    explained: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A problem that did not stop the work."""

    book: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Failed:
    """An edition, or where none is named the whole book, could not be made."""

    book: str
    edition: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Crashed:
    """The program itself is at fault in an edition, or where none is named in the book; the trace is for whoever mends it."""

    book: str
    edition: str
    trace: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing more will be heard of this book."""

    book: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Traced:
    """The words of a manuscript: how many there are, their fingerprint, and the figures of the import they came from, if any."""

    book: str
    words: int
    fingerprint: str
    file: str = ""
    """The capture; empty where the book was not imported."""
    sha256: str = ""
    captured: int = 0
    kept: int = 0
    added: int = 0
    missing: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    work: int = 1
    works: int = 1


Event = Started | Read | Wrote | Traced | Counted | Found | Failed | Crashed | Finished
