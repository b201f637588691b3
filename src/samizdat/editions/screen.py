"""The PDF for the screen."""

from typing import ClassVar

from samizdat.editions.edition import Files, Press
from samizdat.editions.paged import Paged
from samizdat.formats.pdf import for_screen
from samizdat.model.book import Book


class Screen(Paged):
    """The pages for reading on a screen: links, an outline, and the tags that screen readers need (PDF/UA-1)."""

    suffix: ClassVar[str] = ".pdf"
    title: ClassVar[str] = "PDF for the screen"
    purpose: ClassVar[str] = (
        "For a computer or a large tablet: the printed pages as they are, with links and a table of contents."
    )
    rank: ClassVar[int] = 3
    whole: ClassVar[bool] = True

    def write(self, book: Book, press: Press) -> Files:
        """Set the pages and finish them for the screen."""
        return {f"{press.slug}{self.suffix}": for_screen(self.set(book, press), book.metadata)}
