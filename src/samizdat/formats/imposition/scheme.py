"""What a scheme of imposition says, and what comes of it for a given book and sheet: geometry only, no PDF.

A sheet has a front and a back, a side has cells in columns and rows counted from its top left corner, and a cell has at
most one page. Lengths are in points, angles in degrees.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from samizdat.problems import Problem, Rule, Severity

MILLIMETRE = 72 / 25.4
MOST_SHEETS = 20
"""As many as usual staples go through."""
THIN = 8
"""Up to so many sheets creep is below 1 mm, which is less than an office printer is out by; so it is left alone."""
ROUNDING = 0.005
"""Sizes in whole millimetres and sizes in points differ by no more; it is not worth making a page smaller."""
SCALE_WORTH_A_WORD = 0.98

TOO_THICK = Rule(
    "P20",
    Severity.ADVICE,
    "Too many sheets to staple",
    "Sheets laid into one another and stapled through the fold make a booklet of at most about twenty sheets, which is eighty "
    "pages. A thicker one does not stay shut, and the usual staples do not go through it. Print it in two booklets, choose "
    "a larger page or smaller type, or have the print edition bound with glue.",
)
SCALED_DOWN = Rule(
    "P21",
    Severity.ADVICE,
    "Pages made smaller to fit the sheet",
    "The page is larger than its share of the sheet, so it is printed smaller than it was designed, type and all. "
    "Choose a larger sheet, or a page that fits: A5 pages on A4, half-letter pages on letter.",
)


class Binding(StrEnum):
    """The edge of the first page on which the book is bound: left for most scripts, right for Arabic or Hebrew."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page stands on a side of a sheet."""

    page: int
    """Counted from 1; a page after the last one is blank."""
    column: int
    row: int
    spine: Binding
    """The edge of the cell that lies on the fold. The page is set against it."""
    rotation: int = 0
    """0 or 180."""
    depth: int = 0
    """How many sheets lie around this one when the booklet is folded."""


Side = tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper. The back is what is seen when the sheet is turned over like the page of a book."""

    front: Side
    back: Side


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way of setting out pages: the cells on a side, the pages that fill a sheet, and how sheets are made of pages."""

    name: str
    columns: int
    rows: int
    pages_per_sheet: int
    arrange: Callable[[int, Binding], tuple[Sheet, ...]]
    """From a number of pages, a multiple of `pages_per_sheet`, and a binding."""


@dataclass(frozen=True, slots=True)
class Imposition:
    """A scheme worked out for one book: the sheets, the blank pages at the end, what became of the page's size."""

    scheme: Scheme
    sheets: tuple[Sheet, ...]
    pages: int
    blanks: int
    width: float
    """Of the sheet; the longer side lies along the columns."""
    height: float
    scale: float
    """1, or less where the page is larger than its cell. Pages are never made larger."""
    creep: float
    """How far a page moves towards the spine for each sheet that lies around it."""

    @property
    def cell(self) -> tuple[float, float]:
        """The width and height of a cell."""
        return self.width / self.scheme.columns, self.height / self.scheme.rows


def too_thick(sheets: int) -> Iterator[Problem]:
    """Say when a booklet of so many sheets cannot be stapled."""
    if sheets > MOST_SHEETS:
        yield TOO_THICK.problem(
            f"The booklet has {sheets} sheets, more than can be stapled through the fold.",
            hint=f"Up to {MOST_SHEETS} sheets go well: make two booklets, or take a larger page.",
        )


def scaled_down(scale: float) -> Iterator[Problem]:
    """Say when pages are printed so much smaller than they were designed."""
    if scale < SCALE_WORTH_A_WORD:
        yield SCALED_DOWN.problem(
            f"The pages are printed at {scale:.0%} of their size, because they do not fit the sheet.",
            hint="Choose a larger sheet for the pamphlet, or a smaller page for the book.",
        )


def plan(
    pages: int,
    page: tuple[float, float],
    scheme: Scheme,
    sheet: tuple[float, float],
    *,
    binding: Binding = Binding.LEFT,
    paper: float = 0.1,
) -> Imposition:
    """Work out a scheme for a book of so many pages of a size, on sheets of a size and paper of a thickness in mm.

    Folded sheets push each other outward: the innermost leaves stand out at the fore-edge by the thickness of all the sheets
    around them, and lose as much when the booklet is trimmed. So each page moves towards the spine by the thickness of
    the paper for every sheet around it. 0.1 mm is common office paper (80 g/m²); 0 turns it off.
    """
    count = -(-pages // scheme.pages_per_sheet) * scheme.pages_per_sheet
    sheets = scheme.arrange(count, binding)
    width, height = max(sheet), min(sheet)
    if scheme.rows > scheme.columns:
        width, height = height, width
    scale = min(1.0, width / scheme.columns / page[0], height / scheme.rows / page[1])
    if scale > 1 - ROUNDING:
        scale = 1.0
    creep = paper * MILLIMETRE if len(sheets) > THIN else 0.0
    return Imposition(scheme, sheets, pages, count - pages, width, height, scale, creep)
