"""The pamphlet to print at home, and to fold, cut, staple or sew there: an order at the print shop."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from samizdat import printshop
from samizdat.editions.edition import Files, Press
from samizdat.editions.jacket import jacket
from samizdat.editions.paged import Paged
from samizdat.formats.imposition import SADDLE, schemes
from samizdat.formats.imposition.paper import OFFICE_PAPER, SHEETS, sheet_size
from samizdat.formats.imposition.scheme import MOST_SHEETS
from samizdat.formats.imposition.signatures import SIGNATURES
from samizdat.formats.pdf import for_press
from samizdat.model.book import Book
from samizdat.problems import nearest


def _known_sheet(name: str) -> str:
    try:
        sheet_size(name)
    except ValueError:
        message = f"is no sheet of paper|Take one of {', '.join(SHEETS)}, or millimetres such as 320x450mm."
        raise ValueError(message) from None
    return name


def _known_scheme(name: str) -> str:
    if name and name not in schemes():
        hint = nearest(name, schemes()) or f"Take one of {', '.join(schemes())}."
        message = f"is no way of setting out pages|{hint}"
        raise ValueError(message)
    return name


class Pamphlet(Paged):
    """The printed pages set out on sheets, to be folded and stapled unless another scheme is asked for."""

    suffix: ClassVar[str] = "-pamphlet.pdf"
    title: ClassVar[str] = "Pamphlet to print and fold"
    purpose: ClassVar[str] = "For a printer at home and your own hands: print the sheets at full size, then fold and bind them."
    rank: ClassVar[int] = 4
    whole: ClassVar[bool] = True

    scheme: Annotated[str, AfterValidator(_known_scheme)] = ""
    """How the pages are set out. Where nothing is said: folded and stapled, or sewn in sections if that gets too thick."""
    sheet: Annotated[str, AfterValidator(_known_sheet)] = "A4"
    paper: Annotated[float, Field(ge=20, le=400)] = OFFICE_PAPER
    """Weight of the paper in g/m²."""
    price: Annotated[float, Field(ge=0, le=1000)] = 0.0
    """Of a sheet of paper."""
    signature: Annotated[int, Field(ge=1, le=50)] | None = None
    """The sheets in a section that is sewn; None says four, or five or three if four would leave a single one for the last."""
    flip: Literal["long", "short"] | None = None
    """The edge about which the printer turns the sheet, if not that which suits the scheme."""
    cover: Literal["none", "sheet", "pages"] = "none"
    """A cover: none, on a sheet of its own to be laid around the others, or as the outer pages."""
    by_hand: bool = False
    """For a printer that prints one side: two files, the fronts and then the backs."""
    tray: Literal["last", "first"] = "last"
    """By hand, the sheet whose back is printed first."""
    marks: bool = False
    guide: bool = False

    @property
    def pages_per_sheet(self) -> int:
        """How many pages fill a sheet."""
        return schemes()[self.scheme].pages_per_sheet if self.scheme else SADDLE.pages_per_sheet

    def write(self, book: Book, press: Press) -> Files:
        """Set the pages and impose them on sheets."""
        setting = self.set(book, press)
        pages = for_press(setting, book.metadata)
        order = self.order(book.metadata.direction, len(setting.pages))
        if self.cover == "pages":
            job = printshop.around(pages, jacket(book, press, self.page), order)
        else:
            job = printshop.impose(pages, order)
        files = dict(job.files)
        if self.cover == "sheet":
            files["-cover"] = printshop.cover(jacket(book, press, self.page), next(iter(files.values())), order)
        return {f"{press.slug}{self.suffix.replace('.', f'{part}.')}": data for part, data in files.items()}

    def facts(self, data: bytes) -> str:
        """Say what a copy takes."""
        return printshop.told(data, self.order("ltr", 0))

    def order(self, direction: str, pages: int) -> printshop.Order:
        """Return what the print shop is asked for, for a book of so many pages that runs from left to right or the other way."""
        by_length = SADDLE if pages <= MOST_SHEETS * SADDLE.pages_per_sheet else SIGNATURES
        return printshop.Order(
            scheme=self.scheme or by_length.file,
            sheet=self.sheet,
            binding="right" if direction == "rtl" else "left",
            weight=self.paper,
            signature=self.signature,
            flip=self.flip,
            by_hand=self.by_hand,
            first=self.tray == "first",
            marks=self.marks,
            guide=self.guide,
            price=self.price,
        )
