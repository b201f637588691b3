"""What an edition owes: the words of the book after the edition's transforms, in reading order, notes and made pages apart.

Some words are only there where type is drawn, as on paper: the number of a page that is referred to, the stars between scenes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, count

from lxml import etree

from samizdat.checks.ledger import made
from samizdat.checks.ledger.passage import Passage
from samizdat.checks.ledger.words import (
    ALL_SMALL,
    CALL,
    COUNTED,
    EITHER,
    FOLIO,
    FORMULA,
    LED,
    LISTED,
    PLACES,
    PLATE,
    RAISED,
    SMALL,
    SPAN,
    plain,
    split,
)
from samizdat.model.block import (
    Contents,
    ContentsEntry,
    Definition,
    DefinitionList,
    Division,
    Epigraph,
    Figure,
    Formula,
    Heading,
    Index,
    IndexEntry,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Row,
    SceneBreak,
    Speech,
    Table,
    Verse,
)
from samizdat.model.book import Book, Note, Section
from samizdat.model.inline import (
    EACH_PAGE,
    Code,
    CrossReference,
    Image,
    LineBreak,
    Math,
    NoteRef,
    PageRange,
    ReferenceForm,
    SmallCaps,
    Span,
    SpanRole,
    Subscript,
    Superscript,
    Text,
)
from samizdat.model.kind import Kind
from samizdat.model.walk import children, descend, plain_text
from samizdat.words import Words

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)


@dataclass(frozen=True, slots=True)
class Expected:
    """What an edition owes."""

    passages: tuple[Passage, ...]
    """Text and notes in reading order, each section's notes after it."""
    pages: tuple[str, ...]
    """The words of each page that the program makes from the book's metadata; a web page has them elsewhere than a book."""
    titles: frozenset[str]
    """What a running head may say."""
    table_heads: frozenset[str]
    """What may be repeated where a table goes over a page."""
    markers: int
    """How many numbers and bullets of lists there are."""
    lettering: tuple[str, ...]
    """The letters in each drawing."""
    notes_heading: str
    """What stands above the notes where they follow a chapter on paper."""
    direction: str
    addresses: int
    """How many addresses of links are printed that the book has no words for."""


def expected(book: Book, face: str = "", *, drawn: bool) -> Expected:
    """Gather what an edition owes, as pages drawn in a face or as marked-up text."""
    scribe = _Scribe(book, drawn=drawn)
    passages = tuple(scribe.passages())
    facts = book.metadata
    titles = {facts.short or facts.title, *(section.short or plain_text(section.title) for section in book.leaves)}
    return Expected(
        passages=passages,
        pages=tuple(made.pages(book, scribe.line, face=face if drawn else "")),
        titles=frozenset(squeezed(title) for title in titles),
        table_heads=frozenset(scribe.table_heads),
        markers=scribe.markers,
        lettering=tuple(_lettering(book)) if drawn else (),
        notes_heading=Words(book.metadata.language)("notes"),
        direction=book.metadata.direction,
        addresses=sum(isinstance(node, Span) and node.role is SpanRole.LINKED for node in descend(book.sections)),
    )


def squeezed(text: str) -> str:
    """Return a text without its spaces."""
    return "".join(plain(text).replace(RAISED, "").split())


def _lettering(book: Book) -> Iterator[str]:
    """Yield the letters of each drawing."""
    for picture in book.pictures:
        if picture.media_type == "image/svg+xml":
            root = etree.fromstring(picture.data, _PARSER)
            words = [str(words) for node in root.iterfind(".//{*}text") for words in node.itertext()] if root is not None else []
            if letters := squeezed("".join(words)):
                yield letters


class _Scribe:
    """Writes down a book as the house style reads it out."""

    def __init__(self, book: Book, *, drawn: bool) -> None:
        self._book = book
        self._drawn = drawn
        self._words = Words(book.metadata.language)
        self._place = ""
        self._depth = 0
        self._rows = self._cells = 0
        self._in = 0, 0
        self.markers = 0
        self.table_heads: set[str] = set()

    def passages(self) -> Iterator[Passage]:
        for leaf in self._book.leaves:
            if leaf.kind not in _MADE:
                yield from self._leaf(leaf)

    def _leaf(self, section: Section) -> Iterator[Passage]:
        if section.kind is Kind.CONTENTS and not self._drawn:
            return  # a reading system's own contents, which is navigation
        self._place = plain_text(section.title) or section.kind.value
        if section.kind is Kind.NOTES and any(below.notes for below in section.sections):
            yield from self._endnotes(section)
            return
        for text in self._section(section):
            if text.strip():
                yield self._passage(text, self._place, added=section.kind.generated)
        yield from self._notes(section, note=True)

    def _endnotes(self, section: Section) -> Iterator[Passage]:
        """Yield the pages of a book's notes, on which they are the text, each chapter's below its title."""
        for text in self._section(replace(section, sections=())):
            yield self._passage(text, self._place, added=True)
        for below in section.sections:
            for text in self._section(below, level=2):
                if text.strip():
                    yield self._passage(text, self._place, added=True)
            yield from self._notes(below, note=False)

    def _notes(self, section: Section, *, note: bool) -> Iterator[Passage]:
        for node in descend(section):
            if isinstance(node, Note) and node.number:
                mark = f"{_number(node.number)}. " if self._drawn else ""
                for text in self._blocks(node.blocks):
                    if mark or text.strip():
                        place = f"note {node.number} to {self._place}" if node.number > 0 else f"a note to {self._place}"
                        yield self._passage(mark + text, place, note=note, numbered=bool(mark))
                    mark = ""

    def _passage(self, text: str, place: str, **facts: bool) -> Passage:
        small = [word.casefold() for run in text.split(SMALL)[1::2] for word in split(run)] if self._drawn else ()
        all_small = text.startswith(ALL_SMALL)
        return Passage(
            text, place, cell=self._in, small_capitals=frozenset(small), all_small=all_small, plate=PLATE in text, **facts
        )

    def _section(self, section: Section, level: int = 1) -> Iterator[str]:
        small = ALL_SMALL if level >= _SMALL_LEVEL else ""
        yield small + self.line(section.title)
        yield self.line(section.subtitle)
        yield from self._blocks(section.blocks)
        for below in section.sections:
            yield from self._section(below, level + 1)

    def _blocks(self, blocks: object) -> Iterator[str]:
        """Yield the passages of some blocks."""
        for block in blocks if isinstance(blocks, tuple) else (blocks,):
            yield from self._block(block)

    def _block(self, block: object) -> Iterator[str]:
        match block:
            case Paragraph(inlines) | Heading(inlines=inlines):
                yield self.line(inlines)
            case Quote(blocks, attribution) | Epigraph(blocks, attribution):
                yield from self._blocks(blocks)
                yield self.line(attribution)
            case Verse(stanzas):
                for stanza in stanzas:
                    for line in stanza.lines:
                        yield self.line(line.inlines)
            case Speech(speaker, blocks):
                yield SMALL + self.line(speaker)
                yield from self._blocks(blocks)
            case List():
                yield from self._list(block)
            case DefinitionList(items):
                for item in items:
                    yield from self._definition(item)
            case Table():
                yield from self._table(block)
            case Figure(caption=caption, number=number, plate=plate):
                sign = PLATE if plate and self._drawn else ""
                yield from (sign + text for text in self._caption("figure", number, caption))
            case Preformatted(text):
                yield text
            case Formula():
                yield "" if self._drawn else FORMULA
            case SceneBreak():
                yield "* * *" if self._drawn else ""
            case Division(blocks):
                yield from self._blocks(blocks)
            case Contents(entries):
                yield from self._entries(entries)
            case Index(groups):
                for group in groups:
                    yield from self._index(group.entries)
            case _:
                raise TypeError(block)

    def _list(self, block: List) -> Iterator[str]:
        self._depth += 1
        for number, item in zip(count(block.start), block.items, strict=False):
            texts = self._blocks(item)
            if self._drawn:
                sign = f"{made.marker(number, block.numbering)}." if block.numbering else _BULLETS[min(self._depth, 3) - 1]
                first = next(texts, "")
                yield f"{LISTED}{sign}{LISTED} {'' if PLATE in first else first}"
                texts = chain((first,) if PLATE in first else (), texts)
                self.markers += 1
            yield from texts
        self._depth -= 1

    def _definition(self, item: Definition) -> Iterator[str]:
        yield self.line(item.term)
        for meaning in item.meanings:
            yield from self._blocks(meaning)

    def _caption(self, word: str, number: int, caption: tuple[object, ...]) -> Iterator[str]:
        if caption:
            label = f"{SMALL}{self._words(word)} {number}. {SMALL}" if number else ""
            yield label + self.line(caption)

    def _table(self, table: Table) -> Iterator[str]:
        yield from self._caption("table", table.number, table.caption)
        head = [text for row in table.head for text in self._row(row)]
        self.table_heads.add(squeezed("".join(head)).replace(CALL, ""))
        yield from head
        for row in (*table.body, *table.foot):
            yield from self._row(row)

    def _row(self, row: Row) -> Iterator[str]:
        self._rows += 1
        for cell in row.cells:
            self._cells += 1
            self._in = self._rows, self._cells
            yield from self._blocks(cell.blocks)
        self._in = 0, 0

    def _entries(self, entries: tuple[ContentsEntry, ...]) -> Iterator[str]:
        for entry in entries:
            yield f"{self.line(entry.title)} {LED if self._drawn else ''}"
            yield from self._entries(entry.entries)

    def _index(self, entries: tuple[IndexEntry, ...]) -> Iterator[str]:
        for entry in entries:
            see = f", {self._words('see')} {'; '.join(entry.see)}" if entry.see else ""
            also = f"; {self._words('see-also')} {'; '.join(entry.see_also)}" if entry.see_also else ""
            yield f"{entry.term}{f' {PLACES}' if entry.places else ''}{see}{also}"
            yield from self._index(entry.entries)

    def line(self, node: object) -> str:
        """Return the words of inlines as one text."""
        match node:
            case Text(text) | Code(text):
                return text
            case LineBreak():
                return "\n"
            case NoteRef(number=number):
                return f"{CALL}{_number(number)}" if number else ""
            case Math():
                return "" if self._drawn else f" {FORMULA} "
            case Image():
                return ""
            case Superscript(inlines) | Subscript(inlines) | Span(inlines, SpanRole.INITIAL) if self._drawn:
                return f"{RAISED}{''.join(map(self.line, inlines))}{RAISED}"
            case SmallCaps(inlines):
                return f"{SMALL}{self.line(inlines)}{SMALL}"
            case PageRange():
                return f"{EITHER}{self._words('page')}|{self._words('page-range')}{EITHER} {SPAN}"
            case CrossReference(form=ReferenceForm.PAGE) if self._drawn:
                return f"{self._words('page')} {FOLIO}"
            case _:
                return "".join([self.line(child) for child in children(node)])


def _number(number: int) -> str:
    """Write a note's number, or the sign for one that is counted when pages are set."""
    return COUNTED if number == EACH_PAGE else str(number)


_SMALL_LEVEL = 4
"""The level of headings that is set in small capitals."""
_MADE = {Kind.HALF_TITLE, Kind.TITLE_PAGE, Kind.IMPRINT, Kind.COLOPHON}
_BULLETS = ("•", "◦", "▪")
