"""Paper: sizes of sheets, how thick paper is by its weight, and what to buy for a job."""

import re
from dataclasses import dataclass

MILLIMETRE = 72 / 25.4

ROUNDING = 0.005
"""Sizes in whole millimetres and sizes in points differ by no more; it is not worth making a page smaller."""

SHEETS = {
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "letter": (215.9, 279.4),
    "legal": (215.9, 355.6),
    "tabloid": (279.4, 431.8),
}
"""Sheets that printers take, width and height in mm (ISO 216; ANSI/ASME Y14.1 for the American ones)."""

BULK = 1.25
"""Volume of a gram of uncoated paper in cm³. Weight times bulk is thickness, as ISO 534 defines it. Office paper of 80 g/m²
measures 0.10 to 0.11 mm, which is a bulk of 1.25 to 1.35; coated paper has less, bulky book paper 1.5 to 2."""

OFFICE_PAPER = 80.0
"""In g/m²."""

_MILLIMETRES = re.compile(r"(\d{2,4}(?:\.\d+)?)\s*[x×]\s*(\d{2,4}(?:\.\d+)?)\s*mm", re.IGNORECASE)
SMALLEST, LARGEST = 50.0, 2000.0


def sheet_size(name: str) -> tuple[float, float]:
    """Return the width and height in points of a sheet by its name, or of one such as "320x450mm"; raises ValueError."""
    size = next((size for known, size in SHEETS.items() if known.lower() == name.lower()), None)
    if size is None and (match := _MILLIMETRES.fullmatch(name.strip())):
        size = float(match[1]), float(match[2])
    if size is None or not all(SMALLEST <= length <= LARGEST for length in size):
        message = f"{name} is no sheet of paper: {', '.join(SHEETS)}, or millimetres such as 320x450mm"
        raise ValueError(message)
    return size[0] * MILLIMETRE, size[1] * MILLIMETRE


def thickness(weight: float, bulk: float = BULK) -> float:
    """Return the thickness in mm of paper of a weight in g/m²."""
    return weight * bulk / 1000


@dataclass(frozen=True, slots=True)
class Shopping:
    """What one copy takes."""

    sheets: int
    spine: float
    """Thickness in mm where the pages are held."""
    joint: str
    """How the pages are held together: "staple", "sew", "glue", "clip", "fold" where folding is enough, or
    "loose" where nothing holds them."""
    sections: int
    """To be sewn."""
    weight: float
    """In grams."""
    paper: float
    """In g/m²."""
    grain: float
    """The side of the sheet in mm along which the grain should run, which is that of the spine; 0 where it does not matter."""
    long_grain: bool
    """Whether that is the longer side."""
    cost: float
    """Of the paper, in the coin in which its price was given; 0 where it was not."""

    def line(self) -> str:
        """Say it in one line, as one would tell a friend who goes to the shop."""
        held = {
            "staple": "2 staples" if self.sheets > 1 else "no staple",
            "sew": f"thread for {'a section' if self.sections == 1 else f'{self.sections} sections'}, glue for the spine",
            "glue": "glue for the spine",
            "clip": "a clip or a corner staple",
            "fold": "no staple",
            "loose": "a knife and a ruler",
        }[self.joint]
        sheets = "1 sheet" if self.sheets == 1 else f"{self.sheets} sheets"
        kind = "long" if self.long_grain else "short"
        grain = f" with its grain along the {self.grain:.0f} mm side ({kind} grain)" if self.grain else ""
        cost = f", {self.cost:.2f} for paper" if self.cost else ""
        return (
            f"For one copy: {sheets} of {self.paper:g} g/m² paper{grain}, {held}; "
            f"{self.spine:.1f} mm thick, {self.weight:.0f} g{cost}."
        )
