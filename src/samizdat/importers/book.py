"""A book's folder becomes a Book: each file is read by the importer for its suffix, and the sections are put in order."""

import importlib
import os
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path, PurePosixPath

import samizdat.importers
from samizdat.config import BookConfig, SectionEntry, UnfitPathError, confine
from samizdat.config.ids import slug, unused
from samizdat.importers.fingerprint import fingerprint, words
from samizdat.importers.pictures import PICTURE, Pictures, UnfitPictureError
from samizdat.importers.places import Places
from samizdat.importers.source import Remember, Source
from samizdat.model.book import Book, Picture, Section
from samizdat.model.inline import Text
from samizdat.model.kind import Kind, Matter
from samizdat.problems import Place, Problem, Rule, SamizdatError, Severity

UNKNOWN_FILE = Rule(
    "I13",
    Severity.ERROR,
    "A file that samizdat cannot read",
    "The suffix of a section’s file says what is in it. Chapters are Markdown, in files that end in .md.",
)
TITLED_TWICE = Rule(
    "S08",
    Severity.WARNING,
    "A title in book.toml and another in the file",
    "A section with a file takes its title from there. The title in book.toml is for parts without a file, for the pages that"
    " samizdat makes, and for a dedication or an epigraph without a heading.",
)

Reader = Callable[[Source], Section]

# An epilogue or conclusion ends the book, not the last part.
_OUTSIDE_PARTS = {Kind.PART, Kind.PROLOGUE, Kind.EPILOGUE, Kind.CONCLUSION}
_THREADS = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """A book as read, and what was found wrong with it. With an error among the problems it is good for checks only."""

    book: Book
    problems: tuple[Problem, ...]
    texts: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """What the files say, by name."""

    def placed(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Give problems found in the book the lines of the files where their excerpts stand."""
        places = {file: Places(file, text) for file, text in self.texts.items()}
        for problem in problems:
            place = problem.place
            if place.line or place.file not in places:
                yield problem
            else:
                yield replace(problem, place=places[place.file].find(place.excerpt))


def read_book(folder: Path, config: BookConfig, remember: Remember) -> Reading:
    """Read the sections that book.toml lists, several at a time, and put the book together; raise MemoryError for want of it."""
    pictures = Pictures(folder, remember)
    with ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1)) as pool:
        try:
            tasks = [
                pool.submit(_read, folder, entry, Source(entry.file, entry.kind, b"", pictures, remember, position, within))
                for position, (entry, within) in enumerate(zip(config.sections, _within(config.sections), strict=True), start=1)
            ]
        except RuntimeError as error:  # what Python says where there is no memory for another thread
            raise MemoryError from error
        read = [task.result() for task in tasks]
    problems = [*config.problems, *(problem for _, source in read for problem in source.problems)]
    sections = [section for section, _ in read]
    cover, faults = _cover(pictures)
    front, body, back = arranged(_named(sections))
    book = Book(
        metadata=config.metadata,
        front=front,
        body=body,
        back=back,
        pictures=tuple(picture for _, picture in sorted(pictures.loaded.items())),
        cover=cover,
    )
    if config.fingerprint:
        book = replace(book, metadata=replace(config.metadata, fingerprint=fingerprint(words(book))))
    return Reading(book, tuple(problems + faults), {source.file: source.text for _, source in read if source.sound})


@cache
def readers() -> dict[str, Reader]:
    """Map each suffix to the function that reads such files. An importer is a module here with SUFFIXES and `read`."""
    found: dict[str, Reader] = {}
    for module in pkgutil.iter_modules(samizdat.importers.__path__):
        importer = importlib.import_module(f"samizdat.importers.{module.name}")
        for suffix in getattr(importer, "SUFFIXES", ()):
            found[suffix] = importer.read
    return found


def _read(folder: Path, entry: SectionEntry, source: Source) -> tuple[Section, Source]:
    """Read a section's file; one that cannot be read gives an empty section and problems."""
    title = (Text(entry.title),) if entry.title else ()
    if not entry.file:
        return Section(id="", kind=entry.kind, title=title), source
    try:
        source.data = confine(folder, entry.file).read_bytes()
        section = _reader(entry.file)(source)
    except UnfitPathError as error:
        source.report(UNKNOWN_FILE, f"The file “{entry.file}” {error}.")
    except OSError:
        source.report(UNKNOWN_FILE, f"The file “{entry.file}” cannot be read.")
    except SamizdatError as error:
        source.problems.extend(error.problems)
    else:
        if title and section.title:
            message = "This section has a title in book.toml and another in its file."
            source.report(TITLED_TWICE, message, hint="Take `title` out of book.toml; the file’s own is used.")
        return replace(section, title=section.title or title), source
    return Section(source.id, entry.kind, title, source=entry.file), source


def _reader(file: str) -> Reader:
    suffix = PurePosixPath(file).suffix.lower()
    if suffix not in readers():
        message = f"samizdat does not read files that end in “{suffix}”."
        raise SamizdatError(UNKNOWN_FILE.problem(message, Place(file), f"It reads: {', '.join(sorted(readers()))}."))
    return readers()[suffix]


def _within(sections: Iterable[SectionEntry | Section]) -> Iterator[bool]:
    """Tell of each section whether it stands in a part: what comes after one does, as far as the next part or back matter."""
    part = False
    for section in sections:
        if section.kind in _OUTSIDE_PARTS or section.kind.matter is Matter.BACK:
            part = section.kind is Kind.PART
        yield part and section.kind.matter is Matter.BODY and section.kind is not Kind.PART


def _cover(pictures: Pictures) -> tuple[Picture | None, list[Problem]]:
    try:
        return pictures.cover(), []
    except UnfitPictureError as error:
        return None, [PICTURE.problem(f"The cover {error}.", Place("cover"), error.hint)]


def _named(sections: list[Section]) -> list[Section]:
    """Give ids to the sections that have no file: from the kind, or for parts from the title."""
    used = {section.id for section in sections}
    named = []
    for number, section in enumerate(sections, start=1):
        name = section.id
        if not name and section.kind is Kind.PART:
            title = "".join(node.text for node in section.title if isinstance(node, Text))
            name = unused(slug(title) or f"part-{number}", used)
        named.append(replace(section, id=name or unused(section.kind.value, used)))
    return named


def arranged(sections: list[Section]) -> tuple[tuple[Section, ...], tuple[Section, ...], tuple[Section, ...]]:
    """Sort sections into front, body and back matter; chapters after a part become the part's own."""
    front: list[Section] = []
    body: list[Section] = []
    back: list[Section] = []
    for section, within in zip(sections, _within(sections), strict=True):
        match section.kind.matter:
            case Matter.FRONT:
                front.append(section)
            case Matter.BACK:
                back.append(section)
            case Matter.BODY if within:
                body[-1] = replace(body[-1], sections=(*body[-1].sections, section))
            case Matter.BODY:
                body.append(section)
    return tuple(front), tuple(body), tuple(back)
