"""The book: its metadata, its sections in reading order, its notes and its pictures."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from samizdat.model.block import Blocks
from samizdat.model.inline import Inlines
from samizdat.model.kind import Kind

UNDATED = datetime.date(1980, 1, 1)
"""The date of an edition that states none: the first that a zip knows. It stamps files and is shown nowhere."""

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


def direction(language: str) -> str:
    """Return "rtl" or "ltr" for a BCP 47 language tag."""
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in _RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who had a hand in the book. Roles as in book.toml: author, editor, translator, illustrator …"""

    name: str
    role: str = "author"
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """The same book in another language."""

    language: str
    at: str
    """Its short name where it stands in the same library, or else its address on the web."""
    chapters: bool = False
    """Its chapters have the same ids as this book's, so that their pages are each other's translations too."""

    @property
    def elsewhere(self) -> bool:
        """Tell an address from a short name."""
        return "://" in self.at


@dataclass(frozen=True, slots=True)
class Metadata:
    """What book.toml says of the book. `date` is the date of this edition: every time stamp in every file comes from it."""

    title: str
    language: str
    identifier: str
    date: datetime.date
    subtitle: str = ""
    short: str = ""
    """The title for running heads, where it is another."""
    people: tuple[Person, ...] = ()
    description: str = ""
    rights: str = ""
    publisher: str = ""
    place: str = ""
    edition: str = ""
    source: str = ""
    isbn: str = ""
    subjects: tuple[str, ...] = ()
    series: Series | None = None
    colour: str = ""
    design: str = ""
    """Of the cover; empty where the program chooses."""
    cover_alt: str = ""
    """What an own cover shows, for who does not see it; empty where the title stands for it."""
    direction: str = "ltr"
    paged_by: str = ""
    """The older print whose pages the manuscript marks."""
    address: str = ""
    """Where the library is put online, with a slash at its end; empty where that is not known."""
    translations: tuple[Translation, ...] = ()
    fingerprint: str = ""
    """Of the book's words, where the colophon shows it."""

    def by_role(self, role: str) -> tuple[str, ...]:
        """Names of the people with this role."""
        return tuple(person.name for person in self.people if person.role == role)

    @property
    def dated(self) -> bool:
        """Tell whether the book states the date of this edition."""
        return self.date != UNDATED

    @property
    def authors(self) -> tuple[str, ...]:
        """Names of the authors, in the order of the title page."""
        return self.by_role("author")


@dataclass(frozen=True, slots=True)
class Note:
    """A note's body, beside the text; number 0 means not numbered yet."""

    key: str
    blocks: Blocks
    number: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A part, chapter or section, or a page that the program makes.

    The id is unique in the book. `notes` hold the bodies for every NoteRef in this section and the sections below it, and
    stand only on the outermost section that came from one file. `source` is that file, relative to the book's folder.
    """

    id: str
    kind: Kind
    title: Inlines = ()
    blocks: Blocks = ()
    sections: tuple["Section", ...] = ()
    notes: tuple[Note, ...] = ()
    subtitle: Inlines = ()
    short: str = ""
    """The title for running heads, where the full one is too long."""
    source: str = ""


def heading_id(section: str) -> str:
    """Return the id of the heading of the section that has an id."""
    return f"{section}-title"


def note_id(section: str, key: str) -> str:
    """Return the id of the note that a file calls by the key; `section` is the id of the file's outermost section.

    It holds nothing that an address cannot, and no number, which another note would get as soon as one is added before it.
    """
    return f"{section}_{re.sub(r'[^A-Za-z0-9_.-]', lambda sign: f'_{ord(sign[0]):x}', key)}"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file of the book: its path in the book's folder, media type, size in px (0 where unknown), bytes."""

    path: str
    media_type: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Book:
    """A book, whole. Body sections are parts or chapters; a part's chapters are its `sections`."""

    metadata: Metadata
    front: tuple[Section, ...]
    body: tuple[Section, ...]
    back: tuple[Section, ...]
    pictures: tuple[Picture, ...] = ()
    cover: Picture | None = None
    """The book's own cover, where its folder has one."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """Front, body and back matter in reading order."""
        return self.front + self.body + self.back

    @property
    def leaves(self) -> Iterator[Section]:
        """Yield the sections that begin on a page, or in a file, of their own: a part stands without its chapters before them."""
        for section in self.sections:
            if section.kind is Kind.PART:
                yield replace(section, sections=())
                yield from section.sections
            else:
                yield section
