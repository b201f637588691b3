"""Inline nodes: what stands inside a line."""

from dataclasses import dataclass
from enum import StrEnum

NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
"""Code points that will never be characters (Unicode, 23.7), as they stand in a set of a pattern."""


class QuoteMark(StrEnum):
    """The mark that stood in the source; which glyphs are set is decided by language and nesting."""

    SINGLE = "single"
    DOUBLE = "double"


EACH_PAGE = -1
"""Stands for the number of a note where numbers begin again on each page."""


class SpanRole(StrEnum):
    """What a span is, beyond its words."""

    PLAIN = "plain"
    """Only carries a language or an id."""
    STAGE = "stage"
    """A stage direction inside a speech."""
    UNDERLINE = "underline"
    MARK = "mark"
    OPENING = "opening"
    """The first words of a chapter with their initial, to be read out as one. Made by a transform."""
    INITIAL = "initial"
    """The first letter of a chapter, set large. Made by a transform."""
    ADDRESS = "address"
    """An address, made ready to be broken at the end of a line. Made by a transform."""
    LINKED = "linked-address"
    """The address of a link, printed for those who cannot click. Made by a transform."""


class ReferenceForm(StrEnum):
    """What a cross reference shows: the words written for it, its target's title, or its target's page."""

    TEXT = "text"
    TITLE = "title"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Text:
    """Words and the spaces between them, as Unicode; soft hyphens and no-break spaces included."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    inlines: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Strong:
    inlines: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class SmallCaps:
    inlines: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Superscript:
    inlines: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Subscript:
    inlines: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Strikeout:
    inlines: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quoted words without their marks. The typography transform turns it into Text with the language's marks."""

    mark: QuoteMark
    inlines: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in a line, in simple TeX."""

    tex: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link out of the book; links within it are cross references."""

    target: str
    inlines: tuple["Inline", ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A link to an id of this book."""

    target: str
    form: ReferenceForm
    inlines: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its path in the book's folder, and what it shows, for those who do not see it."""

    source: str
    alt: str
    width: str = ""
    """As written: "40mm", "50%"; empty for the natural width."""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced line break."""


@dataclass(frozen=True, slots=True)
class NoteRef:
    """The call of a note that lies beside the text in its section's `notes`; number 0 means not numbered yet.

    EACH_PAGE in the place of the number says that it is found when the pages are set.
    """

    key: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class IndexTerm:
    """A place that the index points to. Its words, which may be none, stay in the text."""

    entry: tuple[str, ...]
    """The heading and its sub-entries: ("commons", "enclosure of")."""
    inlines: tuple["Inline", ...] = ()
    see: str = ""
    see_also: str = ""
    id: str = ""
    """Given by the index transform."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The place where a page of another print begins: its number as it stands there, and the mark's id."""

    label: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class PageRange:
    """The pages from one id of the book to another, as paper names them: “pages 12–30”. Made by a transform."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Span:
    """Words with a role, a language or an id of their own."""

    inlines: tuple["Inline", ...]
    role: SpanRole = SpanRole.PLAIN
    lang: str = ""
    id: str = ""


Inline = (
    Text
    | Emphasis
    | Strong
    | SmallCaps
    | Superscript
    | Subscript
    | Strikeout
    | Quoted
    | Code
    | Math
    | Link
    | CrossReference
    | Image
    | LineBreak
    | NoteRef
    | IndexTerm
    | PageBreak
    | PageRange
    | Span
)
Inlines = tuple[Inline, ...]
