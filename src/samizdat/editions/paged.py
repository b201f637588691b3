"""What the editions on paper, and the PDF for the screen, have in common: the set pages.

All of them are set with the same templates and the same page, so the pages are set once, by whichever edition comes first, and
remembered for the others.
"""

from samizdat.editions.edition import Edition, Press
from samizdat.editions.page import Page, dimensions
from samizdat.editions.pagination import PageList
from samizdat.model.book import Book, Section
from samizdat.model.kind import Kind, Matter
from samizdat.model.walk import plain_text
from samizdat.render import Renderer
from samizdat.transforms import Transform
from samizdat.transforms.contents import contents
from samizdat.transforms.furnish import furnish
from samizdat.transforms.index import index
from samizdat.transforms.notes import pieces
from samizdat.transforms.page_breaks import drop_page_breaks
from samizdat.typesetting import Folios, Leaf, Opening, Setting, list_pages, set_pages

FURNITURE = frozenset({Kind.HALF_TITLE, Kind.TITLE_PAGE, Kind.IMPRINT, Kind.CONTENTS, Kind.COLOPHON})
"""The pages that the house style adds on paper."""

NOTE_WORDS = 70
"""The most words of a note that are kept together at the foot of a page; WeasyPrint does not divide a footnote."""

CONTENTS_LINES = 44
"""The most lines of a contents list that goes below the chapters: about a spread of A5."""

_BACKS = {Kind.IMPRINT, Kind.COLOPHON}
"""What may stand on the back of another page."""

_RECTOS = {Kind.HALF_TITLE, Kind.TITLE_PAGE, Kind.PART}
"""What stands on a right-hand page, however little paper a book may take."""


class Paged(Edition):
    """The base of the editions that have pages."""

    page: Page = Page()

    def transforms(self) -> tuple[Transform, ...]:
        """Add the pages of a printed book, and cut long notes for the foot of the page."""
        return (furnish(FURNITURE), index, contents(2, CONTENTS_LINES), drop_page_breaks, pieces(NOTE_WORDS))

    def set(self, book: Book, press: Press) -> Setting:
        """Set the pages of the book, or remember them."""
        leaves, style = self._copy(book, press)
        return set_pages(
            leaves,
            style,
            title=book.metadata.title,
            language=book.metadata.language,
            direction=book.metadata.direction,
            remember=press.remember,
            fetch=_pictures(book).__getitem__,
        )

    def pages(self, book: Book, press: Press) -> PageList:
        """List the pages of the book, which are set for it if they have not been."""
        leaves, style = self._copy(book, press)
        facts = book.metadata
        width, height = dimensions(self.page.size)
        return PageList(
            list_pages(leaves, style, direction=facts.direction, remember=press.remember, fetch=_pictures(book).__getitem__),
            f"{facts.title}, {self.title}, {width:g} × {height:g} mm{f', {facts.date.isoformat()}' if facts.dated else ''}",
        )

    def _copy(self, book: Book, press: Press) -> tuple[list[Leaf], str]:
        """Render the leaves to be set, and their style."""
        renderer = Renderer(book, press.folders("paged", "shared"), edition=self)
        within_parts = {chapter.id for part in book.body if part.kind is Kind.PART for chapter in part.sections}
        leaves = [self._leaf(section, renderer, below=section.id in within_parts) for section in book.leaves]
        return leaves, renderer.text("style.css.j2", page=self.page)

    def _leaf(self, section: Section, renderer: Renderer, *, below: bool) -> Leaf:
        return Leaf(
            id=section.id,
            xhtml=renderer.page("page.xhtml.j2", section=section, below=below, recto=section.short or plain_text(section.title)),
            opening=self._opening(section),
            folios=Folios.ROMAN if section.kind.matter is Matter.FRONT else Folios.ARABIC,
            source=section.source,
        )

    def _opening(self, section: Section) -> Opening:
        if section.kind in _RECTOS:
            return Opening.RECTO
        if self.page.opening == "any" or section.kind in _BACKS:
            return Opening.ANY
        return Opening.RECTO


def _pictures(book: Book) -> dict[str, bytes]:
    return {picture.path: picture.data for picture in book.pictures}
