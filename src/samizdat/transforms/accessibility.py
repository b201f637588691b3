"""The accessibility statement: what the book itself shows of how it can be read, in plain words for its reader.

The same facts decide what the edition claims for programs, so that the page and the metadata cannot disagree. The European
Accessibility Act, Directive (EU) 2019/882, Annex I, asks that readers of e-books be told; "EPUB Accessibility 1.1", section 3.2,
that shops and libraries be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from samizdat.model.block import Division, Formula, List, Paragraph, Table
from samizdat.model.book import Book, Note, Picture, Section
from samizdat.model.inline import Image, Math, PageBreak, Span, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import descend
from samizdat.transforms.sections import change_sections
from samizdat.words import Words, vocabulary

_TABLE = "accessibility"
"""The table of the program's words that holds the sentences."""

_FRAME = b"\x21\xf9\x04"
"""What stands before each frame of a GIF that moves (GIF89a, section 23)."""
_MOVING_SVG = re.compile(rb"<(?:\w+:)?(?:animate|set)|@keyframes", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a book shows of how it can be read."""

    images: int = 0
    undescribed: int = 0
    tables: int = 0
    headless: int = 0
    notes: bool = False
    languages: bool = False
    formulas: bool = False
    moving: bool = False
    paged: bool = False

    @property
    def described(self) -> bool:
        """Nothing is lost to a reader who does not see the pictures."""
        return not self.undescribed

    @property
    def conforms(self) -> bool:
        """No fact is known that would break a claim to conformance."""
        return not (self.undescribed or self.headless or self.moving)


def facts(book: Book, *, numbered: bool = False) -> Facts:
    """Look through a book for what helps or hinders its readers.

    `numbered` says that the edition is given the numbers of printed pages; those that the manuscript marks are seen anyway.
    """
    nodes = list(descend(book.sections))
    images = [node for node in nodes if isinstance(node, Image)]
    tables = [node for node in nodes if isinstance(node, Table)]
    return Facts(
        images=len(images),
        undescribed=sum(not image.alt.strip() for image in images),
        tables=len(tables),
        headless=sum(not _headed(table) for table in tables),
        notes=any(isinstance(node, Note) for node in nodes),
        languages=any(isinstance(node, Span | Division) and node.lang for node in nodes),
        formulas=any(isinstance(node, Math | Formula) for node in nodes),
        moving=any(_moves(picture) for picture in book.pictures),
        paged=numbered or any(isinstance(node, PageBreak) for node in nodes),
    )


def _headed(table: Table) -> bool:
    return bool(table.head) or any(cell.heads_row for row in table.body for cell in row.cells)


def _moves(picture: Picture) -> bool:
    if picture.media_type == "image/gif":
        return picture.data.count(_FRAME) > 1
    return picture.media_type == "image/svg+xml" and _MOVING_SVG.search(picture.data) is not None


def verdict(known: Facts, language: str) -> str:
    """Return the sentence that says whether the edition claims to conform."""
    return vocabulary(language, _TABLE)["met" if known.conforms else "missed"]


def findings(known: Facts, language: str) -> tuple[str, ...]:
    """Return the facts as sentences, the reasons for a claim that is not made among them."""
    words = vocabulary(language, _TABLE)
    return tuple(words[key].format(*numbers) for key, numbers in _found(known))


def _found(known: Facts) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield "text", ()
    yield "way", ()
    if known.notes:
        yield "notes", ()
    if known.languages:
        yield "languages", ()
    if known.paged:
        yield "pages", ()
    if known.undescribed:
        yield "undescribed", (known.undescribed, known.images)
    else:
        yield "described" if known.images else "bare", ()
    if known.headless:
        yield "headless", (known.headless, known.tables)
    elif known.tables:
        yield "headed", ()
    if known.formulas:
        yield "formulas", ()
    yield "moving" if known.moving else "still", ()


def statement(book: Book, *, numbered: bool = False) -> Book:
    """Write the page for the reader wherever the book has a place for it."""
    known, language = facts(book, numbered=numbered), book.metadata.language
    words = vocabulary(language, _TABLE)
    publisher = book.metadata.publisher.rstrip(".")
    closing = " ".join([words["made"], words["tell"].format(publisher)] if publisher else [words["made"]])
    blocks = (
        Paragraph((Text(verdict(known, language)),)),
        List(tuple((Paragraph((Text(sentence),)),) for sentence in findings(known, language))),
        Paragraph((Text(closing),)),
    )
    # where the statement is not in the book's language, a voice must be told
    lang = Words(language, _TABLE).lang
    title = (Text(words["title"]),)

    def write(section: Section) -> Section:
        if section.kind is not Kind.ACCESSIBILITY_STATEMENT:
            return section
        return replace(
            section,
            title=section.title or ((Span(title, lang=lang),) if lang else title),
            blocks=(*section.blocks, *((Division(blocks, lang=lang),) if lang else blocks)),
        )

    return change_sections(book, write)
