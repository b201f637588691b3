"""What a document says of the book: in pandoc's metadata, in the properties of an office file, in the package of an e-book."""

import datetime
import re
from dataclasses import dataclass, replace
from typing import Any

from samizdat.importers.documents.letters import printable
from samizdat.importers.documents.nodes import text
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.model.book import Metadata, Person, Series, direction
from samizdat.problems import Rule

STATED = Rule(
    "M81",
    REPAIR,
    "What the document says of the book",
    "Title, authors, date and the like stand in the document’s own properties or in its title block, and go to book.toml.",
)
UNUSED = Rule(
    "M82",
    REPAIR,
    "A property of the document without a place in book.toml",
    "The document states something of itself that book.toml has no key for, or a value that cannot be used. It is kept in the "
    "record only.",
)
FILE_NAME = Rule(
    "M83",
    REPAIR,
    "The name of the file stands for a title",
    "The document states no title and has no heading that could be one. A book needs a title, so that the file’s name stands in "
    "for it"
    " until somebody writes a better one.",
)

_LONGEST = 2000
_KEYS = {
    "title": "title",
    "subtitle": "subtitle",
    "lang": "language",
    "language": "language",
    "date": "date",
    "pubdate": "date",
    "publisher": "publisher",
    "rights": "rights",
    "license": "rights",
    "copyright": "rights",
    "source": "source",
    "description": "description",
    "abstract": "description",
    "keywords": "subjects",
    "subject": "subjects",
    "tags": "subjects",
    "sorttopics": "subjects",
    "isbn": "isbn",
    "edition": "edition",
}
_ROLES = {"author": "author", "authors": "author", "creator": "author", "editor": "editor", "translator": "translator"}
_ROLES |= {"illustrator": "illustrator", "contributor": "contributor"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?")
_NOBODY = {
    *"admin administrator user unknown author owner default root guest test anonymous microsoft office pc home".split(),
    *("microsoft office user", "python-docx", "apache poi", "un-named", "windows user", "libreoffice", "openoffice.org"),
}
_FILES = re.compile(
    r"(?i)\.(docx?|odt|rtf|pdf|html?|txt|indd|qxd)$|^(microsoft word\b|document ?\d*$|untitled|title$|slide ?1?$|template\b)"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document states of its book, as it states it."""

    title: str = ""
    subtitle: str = ""
    people: tuple[Person, ...] = ()
    language: str = ""
    date: str = ""
    publisher: str = ""
    rights: str = ""
    source: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    isbn: str = ""
    edition: str = ""
    identifier: str = ""
    series: Series | None = None
    paged_by: str = ""
    """The print whose pages are marked in the text."""

    def merged(self, other: "Facts") -> "Facts":
        """Add what another place says where this one says nothing."""
        return replace(self, **{name: getattr(self, name) or getattr(other, name) for name in self.__slots__})


def stated(meta: dict[str, Any], record: Record) -> Facts:
    """Read pandoc's metadata."""
    values: dict[str, Any] = {}
    people: list[Person] = []
    for key, value in meta.items():
        name = key.lower()
        words = [clean(item, record) for item in _items(value)]
        words = [word for word in words if word]
        if not words:
            continue
        if name in _ROLES:
            people += [Person(part, _ROLES[name]) for word in words for part in names(word)]
        elif name in _KEYS and _KEYS[name] == "subjects":
            parts = [part.strip() for word in words for part in re.split("[;,]", word)]
            values["subjects"] = values.get("subjects", ()) + tuple(part for part in parts if part)
        elif name in _KEYS and not values.get(_KEYS[name]):
            values[_KEYS[name]] = " ".join(words)
        else:
            record.decide(UNUSED, 0.7, f"{key}: {' '.join(words)}", "", "book.toml has no such key.", f"{key} {' '.join(words)}")
    return Facts(people=tuple(people), **values)


def _items(value: Any) -> list[Any]:
    """Return the parts of a value of pandoc's metadata."""
    match value["t"]:
        case "MetaList":
            return [part for item in value["c"] for part in _items(item)]
        case "MetaMap":
            named = value["c"].get("name") or value["c"].get("text") or value["c"].get("literal")
            return _items(named) if named else [part for item in value["c"].values() for part in _items(item)]
        case "MetaBool":
            return []
        case _:
            return [value["c"]]


_ADDRESS = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)")
"""A link in the marks of Markdown, as some libraries write it where there are only words."""


def clean(value: Any, record: Record) -> str:
    """Return a value as one line of words that can be printed."""
    words = value if isinstance(value, str) else text(value)
    return " ".join(printable(_ADDRESS.sub(r"\1 (\2)", words), record).split())[:_LONGEST]


def names(words: str) -> list[str]:
    """Part several names that stand in one value."""
    parts = re.split(r"\s*;\s*|\s+(?:and|und|et|&)\s+(?=[^\W\d_]+\s)", words)
    return [part.strip(" ,") for part in parts if part.strip(" ,")]


def is_name(words: str) -> bool:
    """Tell whether what an office program calls an author is a person, not an account."""
    return words.strip().lower() not in _NOBODY and " " in words.strip() and not re.search(r"[@\\/\d]", words)


def is_title(words: str) -> bool:
    """Tell whether what an office program calls a title is one, not the name of a file."""
    return bool(words.strip()) and not _FILES.search(words.strip())


def metadata(facts: Facts, identifier: str, record: Record) -> Metadata:
    """Make the book's metadata of what is stated; what cannot be used is recorded."""
    language = facts.language.replace("_", "-").split(".")[0]
    if language and not _LANGUAGE.fullmatch(language):
        record.decide(UNUSED, 0.8, f"language: {language}", "", "This is not a language tag.")
        language = ""
    isbn = facts.isbn
    day = date(facts.date)
    told = [
        f"{name}: {value}" for name in ("title", "subtitle", "date", "publisher", "source") if (value := getattr(facts, name))
    ]
    told += [f"{person.role}: {person.name}" for person in facts.people]
    if told and record.allow(STATED):
        record.decide(STATED, 0.9, "; ".join(told), "book.toml", "The document’s own properties or title block say so.")
    return Metadata(
        title=facts.title,
        subtitle=facts.subtitle,
        language=language,
        identifier=identifier,
        date=day or datetime.date.min,
        people=tuple(dict.fromkeys(facts.people)),
        publisher=facts.publisher,
        rights=facts.rights,
        source=facts.source,
        description=facts.description,
        subjects=tuple(dict.fromkeys(facts.subjects)),
        isbn=isbn,
        edition=facts.edition,
        series=facts.series,
        paged_by=facts.paged_by,
        direction=direction(language),
    )


def date(words: str) -> datetime.date | None:
    """Read a whole date; a year alone is none."""
    found = re.search(r"(\d{4})-(\d{1,2})-(\d{1,2})", words)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    names_ = "|".join(_MONTHS)
    found = re.search(rf"(?i)(\d{{1,2}})(?:st|nd|rd|th)?\.? ({names_})[a-z]*\.?,? (\d{{4}})", words)
    if found:
        return _day(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    found = re.search(rf"(?i)({names_})[a-z]*\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", words)
    return _day(int(found[3]), _MONTHS.index(found[1].lower()) + 1, int(found[2])) if found else None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
