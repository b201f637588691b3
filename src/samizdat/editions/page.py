"""The printed page: trim size, type and margins.

The margins follow the proportions of Van de Graaf's canon, inner 2, top 3, outer 4, bottom 6, scaled down to the economy of a
pamphlet (J. A. van de Graaf, "Nieuwe berekening voor de vormgeving", 1946).
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

MM = 72 / 25.4
"""Points in a millimetre."""

SIZES = {
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "B5": (176.0, 250.0),
    "letter": (215.9, 279.4),
    "half-letter": (139.7, 215.9),
    "5x8": (127.0, 203.2),
    "5.5x8.5": (139.7, 215.9),
    "6x9": (152.4, 228.6),
}
"""Named trim sizes, width and height in mm."""

_MILLIMETRES = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*mm")


def _known_size(size: str) -> str:
    dimensions(size)
    return size


def dimensions(size: str) -> tuple[float, float]:
    """Return the width and height in mm of a named size or of one such as "120x190mm"; raises ValueError."""
    if size in SIZES:
        return SIZES[size]
    if match := _MILLIMETRES.fullmatch(size):
        width, height = float(match[1]), float(match[2])
        if 70 <= width <= 600 and 90 <= height <= 600:
            return width, height
        message = "is too small or too large for a page|A page is 70 to 600 mm wide and 90 to 600 mm high."
        raise ValueError(message)
    message = f"is no known size|Take one of {', '.join(SIZES)}, or millimetres such as 120x190mm."
    raise ValueError(message)


class Page(BaseModel):
    """The [page] table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: Annotated[str, AfterValidator(_known_size)] = "A5"
    opening: Literal["recto", "any"] = "recto"

    @property
    def width(self) -> float:
        """Width of the trimmed page in mm."""
        return dimensions(self.size)[0]

    @property
    def height(self) -> float:
        """Height of the trimmed page in mm."""
        return dimensions(self.size)[1]

    @property
    def type_size(self) -> float:
        """Size of the text in pt: smaller on a pocket page, larger on a big one."""
        return min(max(8.8, round(6.0 + self.width / 32, 1)), 11.5)

    @property
    def leading(self) -> float:
        """Distance of the lines in pt; the grid of the page."""
        return round(self.type_size * 1.32 * 4) / 4

    @property
    def margins(self) -> tuple[float, float, float, float]:
        """Top, outer, bottom and inner margin in pt; the text block's height is a whole number of lines."""
        unit = self.width * MM / 27
        inner, top, outer, bottom = 2.75 * unit, 3.0 * unit, 3.25 * unit, 4.4 * unit
        lines = int((self.height * MM - top - bottom) / self.leading)
        return top, outer, self.height * MM - top - lines * self.leading, inner
