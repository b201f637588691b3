"""What the editions on paper, and the PDF for the screen, have in common: the set pages.

All of them are set with the same templates and the same page, so the pages are set once, by whichever edition comes first, and
remembered for the others.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import ClassVar

from samizdat.editions.edition import Edition, Press, Remember
from samizdat.editions.fitting import fit
from samizdat.editions.page import Openings, Page
from samizdat.editions.page_numbers import PageList
from samizdat.model.book import Book, Section
from samizdat.model.kind import Kind, Matter
from samizdat.model.walk import plain_text
from samizdat.render import Renderer
from samizdat.transforms import Transform
from samizdat.transforms.brevity import has_brief_chapters, has_tiny_chapters
from samizdat.transforms.contents import contents
from samizdat.transforms.endnotes import gather
from samizdat.transforms.furnish import furnish
from samizdat.transforms.heads import short_heads
from samizdat.transforms.index import index
from samizdat.transforms.links import print_links
from samizdat.transforms.notes import number, on_each_page
from samizdat.transforms.openings import openings
from samizdat.transforms.page_breaks import drop_page_breaks
from samizdat.typesetting import Folios, Leaf, Opening, Pagination, Setting, bind, held, paginate
from samizdat.words import Words

FURNITURE = frozenset({Kind.HALF_TITLE, Kind.TITLE_PAGE, Kind.IMPRINT, Kind.CONTENTS, Kind.COLOPHON})
"""The pages that the house style adds on paper."""

CONTENTS_LINES = 44
"""The most lines of a contents list that goes below the chapters: about a spread of A5."""

_BACKS = {Kind.IMPRINT, Kind.COLOPHON}
"""What may stand on the back of another page."""

_RECTOS = {Kind.HALF_TITLE, Kind.TITLE_PAGE, Kind.PART}
"""What stands on a right-hand page, however little paper a book may take."""


class Paged(Edition):
    """The base of the editions that have pages."""

    layers: ClassVar[tuple[str, ...]] = ("paged", "shared")
    """The template folders, the most special first."""
    style: ClassVar[str] = "style.css.j2"
    head: ClassVar[float] = 1.1
    """How many letters a running head has room for, as a multiple of those that go on a line of the page's own type."""

    page: Page = Page()

    def transforms(self) -> tuple[Transform, ...]:
        """Add the pages of a printed book."""
        return (
            self._print_links,
            furnish(FURNITURE, on_paper=True),
            index,
            self._place_notes,
            contents(2, CONTENTS_LINES),
            drop_page_breaks,
            short_heads(self._head_letters),
            self._openings(),
        )

    def _openings(self) -> Transform:
        """Begin chapters as the book wants it, where the first paragraph is longer than its initial is high."""
        layout = self.page.layout
        change = openings(self.page.initials, round((layout.initial_lines + 1) * layout.letters))
        return lambda book: book if self._opening(book) == "run-on" else change(book)

    def _print_links(self, book: Book) -> Book:
        """Print the addresses of links as the book wants them; what becomes a note takes its number among the others."""
        printed = print_links(self.page.links)(book)
        if self.page.links != "notes":
            return printed
        return number("book" if self.notes.numbering == "book" else "chapter")(printed)

    def _place_notes(self, book: Book) -> Book:
        """Bring the notes where the book wants them on paper."""
        if self.notes.place == "book":
            return gather(Words(book.metadata.language)("notes"))(book)
        return on_each_page(book) if self.notes.numbering == "page" else book

    def set(self, book: Book, press: Press) -> Setting:
        """Set the pages of the book, or remember them."""
        remember = held(press.remember)
        pagination = self._paginate(book, press, remember)
        return bind(pagination, title=book.metadata.title, language=book.metadata.language, remember=remember)

    def pages(self, book: Book, press: Press) -> PageList:
        """List the pages of the book, which are set for it if they have not been."""
        facts = book.metadata
        size = f"{self.page.width:g} × {self.page.height:g} mm"
        source = f"{facts.title}, {self.title}, {size}{f', {facts.date.isoformat()}' if facts.dated else ''}"
        return PageList(self._paginate(book, press, held(press.remember)).pages, source)

    def _paginate(self, book: Book, press: Press, remember: Remember) -> Pagination:
        """Set the pages, changed a little where they are to fill whole sheets."""
        renderer = Renderer(book, press.folders(*self.layers), edition=self)
        pictures = {picture.path: picture.data for picture in book.pictures}
        within_parts = {chapter.id for part in book.body if part.kind is Kind.PART for chapter in part.sections}
        verso = self.running_head(book.metadata.short or book.metadata.title)
        house = self.page.model_copy(update={"opening": self._opening(book)})
        together = list(_together(book.leaves, house.opening, within_parts))
        leaves = [self._leaf(sections, renderer, verso, below=sections[0].id in within_parts) for sections in together]
        kinds = [sections[0].kind for sections in together]

        def pages(page: Page) -> Pagination:
            css = renderer.text(self.style, page=page.layout)
            opened = [replace(leaf, opening=_opening(kind, page.opening)) for leaf, kind in zip(leaves, kinds, strict=True)]
            direction = book.metadata.direction
            return paginate(opened, css, remember=remember, fetch=pictures.__getitem__, direction=direction)

        if self.page.fit == "sheets":
            anywhere = [_opening(kind, "any") for kind in kinds] if house.opening == "recto" and not self.page.opening else ()
            pagination, told = fit(house, pages, press.pages_per_sheet, anywhere)
            if told:
                press.tell(told)
            return pagination
        return pages(house)

    def _leaf(self, sections: Sequence[Section], renderer: Renderer, verso: str, *, below: bool) -> Leaf:
        first, sources = sections[0], {section.source for section in sections}
        return Leaf(
            id=first.id,
            xhtml=renderer.page(
                "page.xhtml.j2",
                sections=sections,
                below=below,
                verso=verso,
                recto=self.running_head(first.short or plain_text(first.title)),
            ),
            folios=Folios.ROMAN if first.kind.matter is Matter.FRONT else Folios.ARABIC,
            source=first.source if len(sources) == 1 else "",
        )

    def _opening(self, book: Book) -> Openings:
        """Say where the chapters of a book open: where book.toml wants them, or where their length asks for it."""
        if self.page.opening:
            return self.page.opening
        return "run-on" if has_tiny_chapters(book) else "any" if has_brief_chapters(book) else "recto"

    def running_head(self, title: str) -> str:
        """Return what stands above a page: a title, or nothing if it has a word that would run off the page.

        Scripts without capitals may have no blanks between words, and are broken elsewhere.
        """
        cased = (word for word in title.split() if word.lower() != word.upper())
        return title if all(len(word) <= self._head_letters for word in cased) else ""

    @property
    def _head_letters(self) -> float:
        return self.page.layout.letters * self.head


def _together(leaves: Iterable[Section], opening: Openings | None, below: Collection[str]) -> Iterator[tuple[Section, ...]]:
    """Put chapters together that stand one below the other, each part's by themselves; all else stays alone."""

    def company(numbered: tuple[int, Section]) -> object:
        number, leaf = numbered
        return leaf.id in below if opening == "run-on" and leaf.kind is Kind.CHAPTER else f"{number}"

    return (tuple(leaf for _, leaf in group) for _, group in groupby(enumerate(leaves), company))


def _opening(kind: Kind, chapters: Openings | None) -> Opening:
    """Say where a section opens if chapters open there."""
    if kind in _RECTOS:
        return Opening.RECTO
    if kind is Kind.FRONTISPIECE:
        return Opening.VERSO  # it faces the title page
    if chapters == "recto" and kind not in _BACKS:
        return Opening.RECTO
    return Opening.ANY
