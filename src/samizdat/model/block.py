"""Block nodes: what stands on lines of its own."""

from dataclasses import dataclass, field
from enum import StrEnum

from samizdat.model.inline import Image, Inlines


class Role(StrEnum):
    """What a division is."""

    PLAIN = "plain"
    """Only carries a language or an id."""
    DRAMA = "drama"
    """Holds speeches and stage directions."""
    STAGE = "stage"
    """A stage direction that stands by itself."""
    LETTER = "letter"
    DATELINE = "dateline"
    SALUTATION = "salutation"
    SIGNATURE = "signature"
    POSTSCRIPT = "postscript"
    BOX = "box"
    """An aside in a frame."""
    CENTRE = "centre"
    RIGHT = "right"


class Numbering(StrEnum):
    """How the items of an ordered list are marked. The values are those of CSS list-style-type."""

    DECIMAL = "decimal"
    LOWER_ROMAN = "lower-roman"
    UPPER_ROMAN = "upper-roman"
    LOWER_ALPHA = "lower-alpha"
    UPPER_ALPHA = "upper-alpha"


class Align(StrEnum):
    """How a table's column is set; START follows the direction of the script."""

    START = "start"
    CENTRE = "center"
    END = "end"


@dataclass(frozen=True, slots=True)
class Paragraph:
    inlines: Inlines
    id: str = ""
    """Given by the permalinks transform."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a division, where no section can begin. Headings of sections are the section's title."""

    level: int
    inlines: Inlines
    id: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote."""

    blocks: tuple["Block", ...]
    attribution: Inlines = ()


@dataclass(frozen=True, slots=True)
class Epigraph:
    """A motto at the head of a book, part or chapter."""

    blocks: tuple["Block", ...]
    attribution: Inlines = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of verse; indent in steps as typed (blanks after the bar)."""

    inlines: Inlines
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Stanza:
    lines: tuple[Line, ...]
    id: str = ""
    """As in Paragraph."""


@dataclass(frozen=True, slots=True)
class Verse:
    stanzas: tuple[Stanza, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """What one speaker says in a play."""

    speaker: Inlines
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class List:
    """A bulleted list, or an ordered one where `numbering` is given. A tight list has no space between its items."""

    items: tuple[tuple["Block", ...], ...]
    numbering: Numbering | None = None
    start: int = 1
    tight: bool = True


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and its meanings, each of one or more blocks."""

    term: Inlines
    meanings: tuple[tuple["Block", ...], ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class DefinitionList:
    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's alignment and its share of the table's width (0 to 1; 0: as wide as its words)."""

    align: Align = Align.START
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    blocks: tuple["Block", ...]
    align: Align | None = None
    """Importers say it for every cell; None is the start of the line."""
    columns: int = 1
    """How many columns the cell spans."""
    rows: int = 1
    """How many rows the cell spans."""
    heads_row: bool = False
    """The cell is the header of its row."""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    caption: Inlines = field(default=(), kw_only=True)
    """It stands above the rows, and its notes come before theirs."""
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    foot: tuple[Row, ...] = ()
    id: str = ""
    number: int = 0
    """Given by the captions transform; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class Figure:
    image: Image
    caption: Inlines = ()
    id: str = ""
    number: int = 0
    """As in Table."""
    plate: bool = False
    """The picture has a page to itself on paper, and fills it to the edges."""


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text whose spaces and line ends count: code, a form, a poem in shapes."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula on a line of its own, in simple TeX."""

    tex: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class SceneBreak:
    """A pause in the text that is not a heading."""


@dataclass(frozen=True, slots=True)
class Division:
    """Blocks with a role, a language or an id in common."""

    blocks: tuple["Block", ...]
    role: Role = Role.PLAIN
    lang: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of a contents list: where it points, and the entries below it."""

    target: str
    title: Inlines
    entries: tuple["ContentsEntry", ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """A contents list, or a list of figures or tables. Made by a transform."""

    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """An entry of the index: its places in reading order, its sub-entries, and the entries it sends the reader to."""

    term: str
    places: tuple[str, ...] = ()
    entries: tuple["IndexEntry", ...] = ()
    see: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The entries under one letter."""

    letter: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The back-of-book index. Made by a transform."""

    groups: tuple[IndexGroup, ...]


Block = (
    Paragraph
    | Heading
    | Quote
    | Epigraph
    | Verse
    | Speech
    | List
    | DefinitionList
    | Table
    | Figure
    | Preformatted
    | Formula
    | SceneBreak
    | Division
    | Contents
    | Index
)
Blocks = tuple[Block, ...]
