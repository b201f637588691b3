"""The PDF for the printer."""

from typing import ClassVar

from samizdat.editions.edition import Files, Press
from samizdat.editions.paged import Paged
from samizdat.formats.pdf import for_press
from samizdat.model.book import Book


class Print(Paged):
    """The pages as a print shop wants them: blank versos included, black as black ink alone, no links."""

    suffix: ClassVar[str] = "-print.pdf"
    title: ClassVar[str] = "PDF for the printer"
    purpose: ClassVar[str] = "For a print shop: single pages in reading order, in black ink."
    rank: ClassVar[int] = 5
    whole: ClassVar[bool] = True

    def write(self, book: Book, press: Press) -> Files:
        """Set the pages and finish them for the press."""
        setting = self.set(book, press)
        return {f"{press.slug}{self.suffix}": for_press(setting, book.metadata, self.page.shift(len(setting.pages)))}
