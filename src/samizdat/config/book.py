"""book.toml as typed, frozen values."""

import re
import tomllib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from samizdat.config.faults import FILE, MISSING_KEY, faults
from samizdat.config.paths import UnfitPathError, confine
from samizdat.config.sections import plain_path, section_faults
from samizdat.config.spelling import composed
from samizdat.config.values import Address, Colour, Day, Identifier, Isbn, Language, Needed, Short, Title, Whereabouts, Words
from samizdat.model.book import UNDATED, Metadata, Person, Series, Translation, direction
from samizdat.model.kind import Kind
from samizdat.problems import Place, Problem, Rule, SamizdatError, Severity

_LARGEST = 1 << 18

NO_BOOK = Rule(
    "C01",
    Severity.ERROR,
    "No readable book.toml",
    "A book is a folder that holds a file book.toml, a text file in UTF-8. Without it there is nothing to build.",
)
SYNTAX = Rule(
    "C02",
    Severity.ERROR,
    "book.toml is not TOML",
    'The file breaks the rules of TOML, the format of book.toml: key = "text" on a line of its own, [name] before a table,'
    " [[name]] before each of several tables of one name. The problem names the first line that cannot be read.",
)


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section as book.toml lists it. Without a file it is a page that the program makes, or a part's bare title."""

    file: str = ""
    kind: Kind = Kind.CHAPTER
    title: str = ""


@dataclass(frozen=True, slots=True)
class BookConfig:
    """All that book.toml says.

    `page`, `notes`, `pagination` and `editions` are tables as written: the editions know what fits there.
    """

    metadata: Metadata
    sections: tuple[SectionEntry, ...]
    page: Mapping[str, object]
    notes: Mapping[str, object]
    pagination: Mapping[str, object]
    editions: Mapping[str, Mapping[str, object]]
    fingerprint: bool
    """Whether the colophon shows the fingerprint of the book's words."""
    toml: str
    """The text of book.toml, in which `faults` finds lines."""
    problems: tuple[Problem, ...] = ()
    """What is doubtful in book.toml, but not wrong."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Person(_Table):
    name: Title
    role: Literal["author", "editor", "translator", "illustrator", "contributor", "foreword", "afterword"] = "author"
    sort: Words = ""


class _Series(_Table):
    name: Needed
    number: int | None = Field(default=None, ge=0)


class _Translation(_Table):
    language: Language
    at: Whereabouts
    chapters: bool = False


class _Section(_Table):
    file: Words = ""
    kind: Kind = Kind.CHAPTER
    title: Short = ""


class _Colophon(_Table):
    fingerprint: bool = False


class _Cover(_Table):
    alt: Words = ""


class _Book(_Table):
    title: Title
    language: Language
    identifier: Identifier
    date: Day = UNDATED
    subtitle: Short = ""
    short: Short = ""
    description: Words = ""
    rights: Words = ""
    publisher: Words = ""
    place: Words = ""
    edition: Words = ""
    source: Words = ""
    isbn: Isbn = ""
    subjects: tuple[Needed, ...] = ()
    colour: Colour = ""
    design: Literal["", "arches", "bands", "block", "frame", "label"] = ""
    direction: Literal["ltr", "rtl"] | None = None
    address: Address = ""
    series: _Series | None = None
    translations: tuple[_Translation, ...] = ()
    people: tuple[_Person, ...] = ()
    sections: Annotated[tuple[_Section, ...], Field(min_length=1)]
    page: dict[str, Any] = {}
    notes: dict[str, Any] = {}
    pagination: dict[str, Any] = {}
    colophon: _Colophon = _Colophon()
    cover: _Cover = _Cover()
    editions: dict[str, dict[str, Any]] = {}


_KNOWN_KEYS = {
    (): _Book.model_fields,
    ("colophon",): _Colophon.model_fields,
    ("cover",): _Cover.model_fields,
    ("people",): _Person.model_fields,
    ("series",): _Series.model_fields,
    ("sections",): _Section.model_fields,
    ("translations",): _Translation.model_fields,
}


def load(folder: Path) -> BookConfig:
    """Read a book's book.toml; raise one SamizdatError with everything that is wrong with it."""
    toml = _read(folder)
    try:
        data = tomllib.loads(toml)
    except ValueError as error:  # a number of thousands of digits is no TOMLDecodeError
        raise SamizdatError(_syntax(error, toml)) from error
    except RecursionError as error:
        raise SamizdatError(SYNTAX.problem("book.toml is nested too deep to be read.", Place(FILE))) from error
    problems = list(section_faults(data, toml, folder))
    try:
        book = _Book.model_validate(data)
    except ValidationError as error:
        found = faults(error, toml, _KNOWN_KEYS)
        problems = [*(_with_identifier(problem, data, folder) for problem in found), *problems]
        raise SamizdatError(*problems) from error
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise SamizdatError(*problems)
    return BookConfig(
        metadata=_metadata(book),
        sections=tuple(SectionEntry(plain_path(entry.file), entry.kind, entry.title) for entry in book.sections),
        page=book.page,
        notes=book.notes,
        pagination=book.pagination,
        editions=book.editions,
        fingerprint=book.colophon.fingerprint,
        toml=toml,
        problems=tuple(problems),
    )


def _read(folder: Path) -> str:
    place = Place(FILE)
    try:
        path = confine(folder, FILE)
    except UnfitPathError as error:
        hint = "Run `samizdat new` to make a book, or name the folder that holds book.toml."
        raise SamizdatError(NO_BOOK.problem(f"In the folder “{folder.name}”, book.toml {error}.", place, hint)) from error
    if path.stat().st_size > _LARGEST:
        raise SamizdatError(NO_BOOK.problem("book.toml is far too large.", place, "The text belongs in files of its own."))
    try:
        return composed(path.read_bytes().decode("utf-8-sig")).replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SamizdatError(NO_BOOK.problem("book.toml is not text in UTF-8.", place, "Save it again as UTF-8.")) from error


_REASONS = {
    "Illegal character '\\n'": "a text is not closed on its line",
    "Unterminated string": "a text is not closed",
    "Invalid value": "what stands after the equals sign is no value",
    "Cannot overwrite a value": "a key is given twice",
}


def _syntax(error: ValueError, toml: str) -> Problem:
    match = re.search(r"\s*\(at line (\d+), column \d+\)", str(error))
    source = toml.splitlines()
    line = int(match[1]) if match else len(source)
    excerpt = source[line - 1].strip() if 0 < line <= len(source) else ""
    reason = re.sub(r"\s*\(at .*?\)", "", str(error))
    if twice := re.match(r"Cannot declare \((.*)\) twice", reason):
        table = ".".join(re.findall(r"'([^']*)'", twice[1]))
        reason = f"the table [{table}] is given twice"
    if not isinstance(error, tomllib.TOMLDecodeError):
        reason = "a number has thousands of digits"
    for told, plain in _REASONS.items():
        reason = reason.replace(told, plain)
    hint = "Texts stand between straight quotation marks, one key on a line."
    if re.search("=\\s*[“”„«‘’]", excerpt):
        hint = 'These quotation marks are curly; TOML needs the straight ones, " on the keyboard.'
    return SYNTAX.problem(f"book.toml cannot be read: {reason[:1].lower()}{reason[1:]}.", Place(FILE, line, excerpt), hint)


def _with_identifier(problem: Problem, data: Mapping[str, object], folder: Path) -> Problem:
    """Offer an identifier to paste where none is given; made from the title, so that it is the same every time."""
    if problem.code != MISSING_KEY.code or "“identifier”" not in problem.message:
        return problem
    made = uuid.uuid5(uuid.NAMESPACE_URL, f"samizdat:{folder.name}:{data.get('title', '')}")
    return MISSING_KEY.problem(
        problem.message, problem.place, f'Paste this line above the first table: identifier = "urn:uuid:{made}"'
    )


def _metadata(book: _Book) -> Metadata:
    return Metadata(
        title=book.title,
        language=book.language,
        identifier=book.identifier,
        date=book.date,
        subtitle=book.subtitle,
        short=book.short,
        people=tuple(Person(person.name, person.role, person.sort) for person in book.people),
        description=book.description,
        rights=book.rights,
        publisher=book.publisher,
        place=book.place,
        edition=book.edition,
        source=book.source,
        isbn=book.isbn,
        subjects=book.subjects,
        series=Series(book.series.name, book.series.number) if book.series else None,
        colour=book.colour,
        design=book.design,
        cover_alt=book.cover.alt,
        direction=book.direction or direction(book.language),
        paged_by=str(book.pagination.get("source", "")),
        address=f"{book.address.rstrip('/')}/" if book.address else "",
        translations=tuple(Translation(other.language, other.at, other.chapters) for other in book.translations),
    )
