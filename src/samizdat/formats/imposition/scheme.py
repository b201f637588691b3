"""What a scheme of imposition says, and what comes of it for a given book and sheet: geometry only, no PDF.

A sheet has a front and a back, a side has cells in columns and rows counted from its top left corner, and a cell has at
most one page. Schemes are written for a book bound on the left; for one bound on the right every side is seen in the
mirror. Lengths are in points, angles in degrees.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from math import prod

from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.paper import MILLIMETRE, ROUNDING, Shopping, thickness
from samizdat.problems import Problem, Rule, SamizdatError, Severity

MOST_SHEETS = 20
"""As many as usual staples go through."""
THIN = 8
"""Up to so many sheets creep is below 1 mm, which is less than an office printer is out by; so it is left alone."""
SCALE_WORTH_A_WORD = 0.98
MOST_CELLS = 20
"""In a row or a column."""

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
TOO_MANY_PAGES = Rule(
    "P22",
    Severity.ERROR,
    "More pages than the scheme has room for",
    "Some ways of folding make a booklet of a fixed number of pages: a zine folded of one sheet has eight, and not one more. "
    "Choose another scheme, such as saddle, or make several booklets of parts of the text.",
)


class Binding(StrEnum):
    """The edge of the first page on which the book is bound: left for most scripts, right for Arabic or Hebrew."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def opposite(self) -> "Binding":
        """The other edge."""
        return Binding.RIGHT if self is Binding.LEFT else Binding.LEFT


class Flip(StrEnum):
    """The edge about which a printer turns the sheet to print its back."""

    LONG = "long"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page stands on a side of a sheet."""

    page: int
    """Counted from 1; a page after the last one is blank."""
    column: int
    row: int
    spine: Binding
    """The edge of the cell on which the page is bound. The page is set against it."""
    rotation: int = 0
    """0 or 180."""
    depth: int = 0
    """How many thicknesses of paper lie around this one when the booklet is folded."""


Side = tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper. The back is what is seen when the sheet is turned over like the page of a book."""

    front: Side
    back: Side


@dataclass(frozen=True, slots=True)
class Line:
    """Where a sheet is folded or cut: a line between cells, upright before a column or level before a row, counted from 0."""

    upright: bool
    at: int
    start: int = 0
    """The cell where a cut begins that does not go through the whole sheet."""
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way of setting out pages: the cells on a side, the pages that fill a sheet, and how sheets are made of pages."""

    name: str
    columns: int
    rows: int
    pages_per_sheet: int
    arrange: Callable[[int, int | None], tuple[Sheet, ...]]
    """From a number of pages, a multiple of `pages_per_sheet`, and the sheets in a signature, if they are named, where there are
    signatures."""
    making: tuple[Gesture, ...]
    """How the sheets become a book, gesture by gesture."""
    steps: tuple[str, ...] = ()
    """What to do with the printed sheets, a sentence a step."""
    joint: str = "staple"
    """See `Shopping.joint`."""
    folds: tuple[Line, ...] = ()
    cuts: tuple[Line, ...] = ()
    copies: int = 1
    """Copies of the text on a sheet."""
    most: int | None = None
    """The largest number of pages, where there is one."""
    one_sided: bool = False
    centred: bool = False
    """Cut apart rather than folded: pages smaller than their cells stand in the middle of them."""
    fitted: Callable[[int, int], "Scheme"] | None = None
    """The scheme for so many columns and rows, where these are as many as a sheet has room for."""

    @property
    def file(self) -> str:
        """The name by which it is asked for: that of the file in which it stands."""
        return self.arrange.__module__.rpartition(".")[2].replace("_", "-")

    def with_cells(self, columns: int, rows: int) -> "Scheme":
        """Return the scheme for so many columns and rows; as it is where it knows its own."""
        return self if self.fitted is None else self.fitted(*(max(1, min(count, MOST_CELLS)) for count in (columns, rows)))

    def on(self, sheet: tuple[float, float], page: tuple[float, float]) -> "Scheme":
        """Return the scheme for pages of a size, on a sheet of a size that lies as more of them find room."""
        grids = [
            [int(side / length + ROUNDING) for side, length in zip(lying, page, strict=True)] for lying in (sheet, sheet[::-1])
        ]
        return self.with_cells(*max(grids, key=prod))


@dataclass(frozen=True, slots=True)
class Imposition:
    """A scheme worked out for one book: the sheets, the blank pages at the end, what became of the page's size."""

    scheme: Scheme
    sheets: tuple[Sheet, ...]
    pages: int
    blanks: int
    width: float
    """Of the sheet; the longer side lies where the pages come out largest."""
    height: float
    scale: float
    """1, or less where the page is larger than its cell. Pages are never made larger."""
    creep: float
    """How far a page moves towards the spine for each thickness of paper that lies around it."""
    page_width: float
    """Of the widest page, as printed."""
    page_height: float
    touching: bool = False
    """The cells are as large as the pages, so that one cut parts two; otherwise they share the whole sheet."""

    @property
    def cell(self) -> tuple[float, float]:
        """The width and height of a cell."""
        if self.touching:
            return self.page_width, self.page_height
        return self.width / self.scheme.columns, self.height / self.scheme.rows

    @property
    def margin(self) -> tuple[float, float]:
        """What is left of the sheet on either side of the cells, and above and below them."""
        width, height = self.cell
        return (self.width - width * self.scheme.columns) / 2, (self.height - height * self.scheme.rows) / 2

    @property
    def flip(self) -> Flip:
        """The edge about which a sheet that lies as it is drawn turns like the page of a book."""
        return Flip.SHORT if self.width >= self.height else Flip.LONG

    @property
    def sections(self) -> tuple[int, ...]:
        """The number of sheets in each section that is sewn; one number where nothing is sewn."""
        if self.scheme.joint != "sew":
            return (len(self.sheets),)
        begins = [number for number, sheet in enumerate(self.sheets) if any(not page.depth for page in sheet.front)]
        return tuple(end - start for start, end in pairwise([*begins, len(self.sheets)]))

    def problems(self) -> Iterator[Problem]:
        """Say what a person who prints it should know."""
        yield from stapled(self.scheme, len(self.sheets))
        yield from scaled_down(self.scale)


def shopping(
    scheme: Scheme, sheets: int, size: tuple[float, float], *, weight: float, sections: int = 1, price: float = 0.0
) -> Shopping:
    """Say what one copy takes of so many sheets as they are printed, of a width and height in points and a weight in g/m²."""
    width, height = size
    layers = scheme.columns * scheme.rows if scheme.folds or scheme.cuts else 1
    area = width * height / MILLIMETRE**2 / 1e6
    return Shopping(
        sheets=-(-sheets // scheme.copies),
        spine=sheets * layers / scheme.copies * thickness(weight),
        joint=scheme.joint,
        sections=sections,
        weight=sheets * area * weight / scheme.copies,
        paper=weight,
        # the spine stands upright on the sheet as it is drawn, and paper folds well along its grain
        grain=0.0 if scheme.joint in ("clip", "loose") else height / MILLIMETRE,
        long_grain=height > width,
        cost=sheets * price / scheme.copies,
    )


def stapled(scheme: Scheme, sheets: int) -> Iterator[Problem]:
    """Say when so many sheets, as they are printed, cannot be stapled, where they are to be."""
    if scheme.joint == "staple":
        yield from too_thick(sheets * scheme.columns * scheme.rows // (2 * scheme.copies))


def too_thick(sheets: int) -> Iterator[Problem]:
    """Say when a booklet of so many sheets cannot be stapled."""
    if sheets > MOST_SHEETS:
        yield TOO_THICK.problem(
            f"The booklet is {sheets} sheets thick, more than can be stapled through the fold.",
            hint=f"Up to {MOST_SHEETS} sheets go well: sew it (scheme “signatures”), make two booklets, or take a larger page.",
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
    signature: int | None = None,
    bleeding: bool = False,
) -> Imposition:
    """Work out a scheme for a book of so many pages of a size, on sheets of a size and paper of a thickness in mm.

    Folded sheets push each other outward: the innermost leaves stand out at the fore-edge by the thickness of all the sheets
    around them, and lose as much when the booklet is trimmed. So each page moves towards the spine by the thickness of
    the paper for every sheet around it. 0.1 mm is common office paper (80 g/m²); 0 turns it off.

    Where a sheet takes as many pages as it has room for, they touch, unless they are printed beyond their edges (`bleeding`).

    Raises SamizdatError P22 where the scheme has no room for so many pages.
    """
    scheme = scheme.on(sheet, page)
    if scheme.most is not None and pages > scheme.most:
        raise SamizdatError(
            TOO_MANY_PAGES.problem(
                f"There are {pages} pages, and this scheme has room for {scheme.most}.",
                hint="Choose another scheme, such as saddle, or make several booklets.",
            )
        )
    count = -(-pages // scheme.pages_per_sheet) * scheme.pages_per_sheet
    sheets = scheme.arrange(count, signature)
    if binding is Binding.RIGHT:
        sheets = tuple(Sheet(_mirrored(paper.front, scheme), _mirrored(paper.back, scheme)) for paper in sheets)
    width, height = max(
        ((max(sheet), min(sheet)), (min(sheet), max(sheet))),
        key=lambda lying: min(lying[0] / scheme.columns / page[0], lying[1] / scheme.rows / page[1]),
    )
    scale = min(1.0, width / scheme.columns / page[0], height / scheme.rows / page[1])
    if scale > 1 - ROUNDING:
        scale = 1.0
    deepest = max((position.depth for paper in sheets for position in paper.front + paper.back), default=0)
    creep = paper * MILLIMETRE if deepest >= THIN else 0.0
    return Imposition(
        scheme,
        sheets,
        pages,
        count - pages,
        width,
        height,
        scale,
        creep,
        page[0] * scale,
        page[1] * scale,
        touching=scheme.fitted is not None and not bleeding,
    )


def _mirrored(side: Side, scheme: Scheme) -> Side:
    """Set out a side for a book bound on the right."""
    return tuple(
        replace(position, column=scheme.columns - 1 - position.column, spine=position.spine.opposite) for position in side
    )


def folio(left: int, right: int, depth: int, row: int = 0, rotation: int = 0) -> Side:
    """Put two pages side by side with a fold between them, as they are seen on the sheet."""
    return (
        Position(left, column=0, row=row, spine=Binding.RIGHT, rotation=rotation, depth=depth),
        Position(right, column=1, row=row, spine=Binding.LEFT, rotation=rotation, depth=depth),
    )
