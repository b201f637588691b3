"""The PDF for the printer."""

from typing import ClassVar, Literal

from samizdat.editions.edition import Files, Press
from samizdat.editions.paged import Paged
from samizdat.editions.press import Bleed, points, profile
from samizdat.formats import press as prepress
from samizdat.formats.pdf import for_press
from samizdat.model.book import Book


class Print(Paged):
    """The pages as a print shop wants them, as PDF/X-4: blank versos included, black as black ink alone, no links."""

    suffix: ClassVar[str] = "-print.pdf"
    title: ClassVar[str] = "PDF for the printer"
    purpose: ClassVar[str] = "For a print shop: single pages in reading order, in black ink."
    rank: ClassVar[int] = 5
    whole: ClassVar[bool] = True
    numbers_pages: ClassVar[bool] = True

    bleed: Bleed = "3mm"
    marks: bool = False
    inks: Literal["black", "four"] = "black"
    profile: str = ""

    def write(self, book: Book, press: Press) -> Files:
        """Set the pages and make them ready for the press."""
        condition = prepress.Condition(profile(self.profile, press), coloured=self.inks == "four")
        around = prepress.Surround(points(self.bleed), self.marks)
        setting = self.set(book, press)
        pages = for_press(setting, book.metadata, self.page.shift(len(setting.pages)))
        return {f"{press.slug}{self.suffix}": prepress.prepress(pages, book.metadata, condition, around)}
