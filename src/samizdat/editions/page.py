"""The printed page: its size and margins, its type and lines."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from samizdat.editions.margins import CANONS, gutter
from samizdat.editions.trim import dimensions
from samizdat.transforms.links import Form
from samizdat.transforms.openings import Initials

MM = 72 / 25.4
"""Points in a millimetre."""

Openings = Literal["recto", "any", "run-on"]
"""Where chapters begin: on a right-hand page, on any page, or below the one before."""

FOOT = 2.4
"""The least bottom margin, in lines; the folio stands in it."""


_ROOMY = 110
"""The width in mm from which a page has room for initials of three lines."""


def _known_size(size: str) -> str:
    dimensions(size)
    return size


@dataclass(frozen=True, slots=True)
class Layout:
    """A page as it is set: sizes in mm, all else in pt. Templates see it as `page`."""

    width: float
    height: float
    type_size: float
    leading: float
    lines: int
    margins: tuple[float, float, float, float]
    """Top, outer, bottom, inner. What they leave is a whole number of lines high."""

    @property
    def initial_lines(self) -> int:
        """How many lines high an initial is."""
        return 3 if self.width >= _ROOMY else 2

    @property
    def letters(self) -> float:
        """About how many letters go on a line."""
        _top, outer, _bottom, inner = self.margins
        return (self.width * MM - outer - inner) / (0.44 * self.type_size)


class Page(BaseModel):
    """The [page] table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: Annotated[str, AfterValidator(_known_size)] = "A5"
    opening: Openings | None = None
    """Where chapters open: on a right-hand page, on any, or below the one before; None says what their length asks for."""
    margins: Literal["house", "van-de-graaf", "tschichold", "plain"] = "house"
    gutter: Annotated[float, Field(ge=0, le=30)] | None = None
    """How much further from the spine the text stands in the bound book, in mm; None works it out from the number of pages."""
    type_size: Annotated[float, Field(ge=6, le=36)] | None = None
    """In pt; None works it out from the width."""
    leading: Annotated[float, Field(ge=7, le=60)] | None = None
    """The distance of the lines in pt; None works it out from the type."""
    lines: Annotated[int, Field(ge=8, le=90)] | None = None
    """On a full page; None takes as many as the margins leave room for."""
    fit: Literal["no", "sheets"] = "no"
    """Whether the setting is changed a little so that the pages fill whole sheets."""
    initials: Initials = "none"
    """How chapters begin: plainly, with words in small capitals, or with a large letter and such words."""
    links: Form = "text"
    """What is printed of a link out of the book: its words, a note with the address, or the address in short."""

    @property
    def width(self) -> float:
        """Width of the trimmed page in mm."""
        return dimensions(self.size)[0]

    @property
    def height(self) -> float:
        """Height of the trimmed page in mm."""
        return dimensions(self.size)[1]

    @property
    def layout(self) -> Layout:
        """The page worked out: what is not said follows from what is."""
        size = self.type_size or min(max(8.8, round(6.0 + self.width / 32, 1)), 11.5)
        leading = self.leading or round(size * 1.32 * 4) / 4
        canon = CANONS[self.margins](self.width * MM, self.height * MM)
        lines = self.lines or int((self.height * MM - canon.top - canon.bottom) / leading)
        bottom = self.height * MM - canon.top - lines * leading
        return Layout(self.width, self.height, size, leading, lines, (canon.top, canon.outer, bottom, canon.inner))

    def shift(self, pages: int) -> float:
        """Return how much further from the spine the text of a bound book of so many pages stands, in pt."""
        if self.gutter is not None:
            return self.gutter * MM
        _top, outer, _bottom, inner = self.layout.margins
        return gutter(pages, inner / MM, outer / MM) * MM

    @model_validator(mode="after")
    def _room(self) -> "Page":
        """See that so many lines of such a height go on the page, and that lines are not closer than their letters are high."""
        layout = self.layout
        if layout.leading < layout.type_size:
            message = (
                f"has a leading of {layout.leading} pt, less than its type|Let the leading be about 1.3 times the type size."
            )
            raise ValueError(message)
        if layout.margins[2] < FOOT * layout.leading or layout.lines < 1:
            message = f"has no room for {layout.lines} lines|Take fewer lines, less leading or a larger page."
            raise ValueError(message)
        return self
