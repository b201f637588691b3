"""The cover of the printed book, around all of it."""

import re
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from samizdat.editions.edition import Files, Press
from samizdat.editions.paged import Paged
from samizdat.editions.press import Bleed, points, profile
from samizdat.formats import press as prepress
from samizdat.formats import wrap
from samizdat.formats.cover.picture import to_pdf
from samizdat.formats.wrap.barcode import barcode
from samizdat.formats.wrap.spine import HOUSES, NARROWEST, house_thickness, thickness, upwards
from samizdat.model.book import Book
from samizdat.render import Renderer

STAPLED = 48
"""The most pages of a book that is stapled when nothing is said; one with more has a spine to be glued."""


def _digits(text: str) -> str:
    if text and not re.fullmatch(r"\d{2}|\d{5}", text):
        message = "cannot stand beside the bar code|Write two digits, or five."
        raise ValueError(message)
    return text


def _measure(text: str) -> str:
    if text:
        points(text)
    return text


class Wrap(Paged):
    """The cover of the printed book as one sheet: back, spine and front, with bleed, the spine as wide as the pages are thick."""

    suffix: ClassVar[str] = "-cover.pdf"
    title: ClassVar[str] = "Cover for the printer"
    purpose: ClassVar[str] = "For a print shop: the cover that goes around the printed pages."
    rank: ClassVar[int] = 8
    standard: ClassVar[bool] = False

    binding: Literal["auto", "glued", "stapled"] = "auto"
    weight: float = Field(default=90, ge=30, le=400)
    bulk: float = Field(default=1.25, ge=0.5, le=3)
    board: float = Field(default=250, ge=80, le=500)
    house: Literal["", "kdp-white", "kdp-cream", "kdp-colour", "lulu"] = ""
    spine: Annotated[str, AfterValidator(_measure)] = ""
    lettering: Literal["auto", "up", "down", "none"] = "auto"
    price: Annotated[str, AfterValidator(_digits)] = ""
    bleed: Bleed = "3mm"
    marks: bool = False
    inks: Literal["black", "four"] = "four"
    profile: str = ""

    def write(self, book: Book, press: Press) -> Files:
        """Count the pages, and draw the sheet that goes around them."""
        pages = len(self.set(book, press).pages)
        metadata = book.metadata
        thick = self.thickness(pages)
        bleed = points(self.bleed)
        plan = wrap.plan(
            metadata,
            (self.page.width, self.page.height),
            thick,
            bleed / prepress.MILLIMETRE,
            own=book.cover,
            code=barcode(metadata.isbn, self.price) if metadata.isbn else None,
            upwards=upwards(metadata.language) if self.lettering == "auto" else self.lettering == "up",
            lettered=self.lettering != "none" and thick >= NARROWEST and pages >= self._lettered,
        )
        page = Renderer(book, press.folders("wrap", "shared")).page("page.xhtml.j2", plan=plan)
        condition = prepress.Condition(profile(self.profile, press), coloured=self.inks == "four")
        around = prepress.Surround(bleed, self.marks, plan.folds)
        sheet = wrap.trimmed(to_pdf(page), bleed)
        return {f"{press.slug}{self.suffix}": prepress.prepress(sheet, metadata, condition, around)}

    @property
    def _lettered(self) -> int:
        return HOUSES[self.house].lettered if self.house else 0

    def thickness(self, pages: int) -> float:
        """Return the width of the spine in mm; a stapled book has none."""
        if self.binding == "stapled" or (self.binding == "auto" and pages <= STAPLED):
            return 0.0
        if self.spine:
            return points(self.spine) / prepress.MILLIMETRE
        if self.house:
            return house_thickness(pages, HOUSES[self.house])
        return thickness(pages, self.weight, self.bulk, self.board)
