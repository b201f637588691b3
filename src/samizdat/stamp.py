"""Stamps: how the program knows that a book need not be made again.

After a book is made its stamp keeps the fingerprint of all that went in, and the size and time of each file that came out.
A build in which nothing changed reads only stamps and sources, and imports none of the libraries that make books.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from samizdat.cache import fingerprint, write_whole
from samizdat.events import Result
from samizdat.machine import contents
from samizdat.model.book import Metadata, Person, Series, Translation
from samizdat.problems import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is known of a book since it was made last."""

    folder: str
    inputs: str
    """The fingerprint of the book's folder and of the program."""
    editions: tuple[str, ...]
    """The editions that are made of it where none is named."""
    problems: tuple[Problem, ...] = ()
    results: tuple[Result, ...] = ()
    about: Metadata | None = None
    """What book.toml says of the book; what the library shows."""
    source: str = ""
    """The fingerprint of the book's folder alone."""
    left: tuple[Result, ...] = ()
    """Files of editions that were not asked for since the sources changed: of the state before, and made again when they are."""

    def whole(self, edition: str, build: Path) -> tuple[Result, ...]:
        """Return an edition's files if all are in place, else nothing."""
        results = tuple(result for result in self.results if result.edition == edition)
        return results if all(_in_place(build / result.path, result) for result in results) else ()

    def in_place(self, build: Path) -> tuple[Result, ...]:
        """Return the files of the editions that are in place whole, those of an earlier state too, which can still be had."""
        known = replace(self, results=self.results + self.left)
        names = dict.fromkeys(result.edition for result in known.results)
        return tuple(result for name in names for result in known.whole(name, build))


def _in_place(path: Path, result: Result) -> bool:
    """Say whether a file still lies there as it was written."""
    try:
        facts = path.stat()
    except OSError:
        return False
    return (facts.st_size, facts.st_mtime_ns) == (result.size, result.time)


def source(folder: Path, build: Path) -> str:
    """Return the fingerprint of a book's own files."""
    return fingerprint(*contents(folder, leave_out=build, own=True))


def inputs(program: str, source: str) -> str:
    """Return the fingerprint of everything a book is made from: its own files, and the program."""
    return fingerprint(program, source)


def place(cache: Path, slug: str) -> Path:
    """Return where a book's stamp is kept."""
    return cache / "stamps" / f"{slug}.json"


def read(path: Path) -> Stamp | None:
    """Return the stamp in a file; None where there is none, or none that makes sense."""
    try:
        values = json.loads(path.read_bytes())
        return Stamp(
            folder=str(values["folder"]),
            inputs=str(values["inputs"]),
            editions=tuple(values["editions"]),
            problems=tuple(_problem(problem) for problem in values["problems"]),
            results=tuple(Result(**result) for result in values["results"]),
            about=_about(values["about"]),
            left=tuple(Result(**result) for result in values["left"]),
            source=str(values["source"]),
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _about(values: Mapping[str, Any] | None) -> Metadata | None:
    if not values:
        return None
    facts = {
        "date": date.fromisoformat(values["date"]),
        "people": tuple(Person(**person) for person in values["people"]),
        "subjects": tuple(values["subjects"]),
        "series": Series(**values["series"]) if values["series"] else None,
        "translations": tuple(Translation(**translation) for translation in values["translations"]),
    }
    return Metadata(**{**values, **facts})


def _problem(values: Mapping[str, Any]) -> Problem:
    return Problem(**{**values, "severity": Severity(values["severity"]), "place": Place(**values["place"])})


def write(path: Path, stamp: Stamp) -> None:
    """Keep a stamp. What came of earlier work with the same inputs is kept beside the new, files from others as left."""
    before = read(path)
    if before is not None:
        dropped = {*before.editions} - {*stamp.editions}
        made = dropped.union(result.edition for result in stamp.results)
        earlier = tuple(result for result in before.results if result.edition not in made)
        left = tuple(result for result in before.left if result.edition not in made)
        if before.inputs == stamp.inputs:
            problems = tuple(dict.fromkeys(before.problems + stamp.problems))
            stamp = replace(stamp, results=earlier + stamp.results, problems=problems, left=left)
        else:
            stamp = replace(stamp, left=earlier + left)
    write_whole(path, json.dumps(asdict(stamp), indent=1, ensure_ascii=False, default=str).encode())


def read_all(cache: Path) -> dict[str, Stamp]:
    """Return the stamps of all books made so far by their short names, in order."""
    paths = sorted((cache / "stamps").glob("*.json"))
    return {path.stem: stamp for path in paths if (stamp := read(path)) is not None}
