"""The pamphlet to print, fold and staple."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from samizdat.editions.edition import Files, Press
from samizdat.editions.paged import Paged
from samizdat.formats.imposition import SADDLE, impose
from samizdat.formats.imposition.paper import OFFICE_PAPER, SHEETS, sheet_size, thickness
from samizdat.formats.pdf import for_press
from samizdat.model.book import Book


def _known_sheet(name: str) -> str:
    try:
        sheet_size(name)
    except ValueError:
        message = f"is no sheet of paper|Take one of {', '.join(SHEETS)}, or millimetres such as 320x450mm."
        raise ValueError(message) from None
    return name


class Pamphlet(Paged):
    """The printed pages imposed as a saddle-stitched booklet: print on both sides, flip on the short edge, fold, staple."""

    suffix: ClassVar[str] = "-pamphlet.pdf"
    title: ClassVar[str] = "Pamphlet to print, fold and staple"
    purpose: ClassVar[str] = (
        "For a printer at home: print on both sides, flipped on the short edge, then fold in the middle and staple."
    )
    rank: ClassVar[int] = 4
    whole: ClassVar[bool] = True

    sheet: Annotated[str, AfterValidator(_known_sheet)] = "A4"
    paper: Annotated[float, Field(ge=20, le=400)] = OFFICE_PAPER
    """Weight of the paper in g/m², for the creep."""

    def write(self, book: Book, press: Press) -> Files:
        """Set the pages and impose them on sheets."""
        sheets = impose(
            for_press(self.set(book, press), book.metadata),
            SADDLE,
            sheet_size(self.sheet),
            binding="right" if book.metadata.direction == "rtl" else "left",
            paper=thickness(self.paper),
        )
        return {f"{press.slug}{self.suffix}": sheets}
