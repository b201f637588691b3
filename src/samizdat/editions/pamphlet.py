"""The pamphlet to print, fold and staple."""

from typing import ClassVar, Literal

from samizdat.editions.edition import Files, Press
from samizdat.editions.page import MM, SIZES
from samizdat.editions.paged import Paged
from samizdat.formats.imposition import SADDLE, impose
from samizdat.formats.pdf import for_press
from samizdat.model.book import Book


class Pamphlet(Paged):
    """The printed pages imposed as a saddle-stitched booklet: print on both sides, flip on the short edge, fold, staple."""

    suffix: ClassVar[str] = "-pamphlet.pdf"
    title: ClassVar[str] = "Pamphlet to print, fold and staple"
    purpose: ClassVar[str] = (
        "For a printer at home: print on both sides, flipped on the short edge, then fold in the middle and staple."
    )
    rank: ClassVar[int] = 4
    whole: ClassVar[bool] = True

    sheet: Literal["A4", "letter"] = "A4"

    def write(self, book: Book, press: Press) -> Files:
        """Set the pages and impose them on sheets."""
        pages = for_press(self.set(book, press), book.metadata)
        width, height = SIZES[self.sheet]
        binding = "right" if book.metadata.direction == "rtl" else "left"
        return {f"{press.slug}{self.suffix}": impose(pages, SADDLE, (height * MM, width * MM), binding=binding)}
