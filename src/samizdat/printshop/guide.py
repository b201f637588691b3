"""Words and drawings that go with printed sheets: a first sheet that says how to print, fold and bind, and a printer test.

What is said stands in `templates/imposition`; the steps come from the scheme.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from samizdat.formats.imposition.paper import MILLIMETRE, Shopping
from samizdat.formats.imposition.scheme import Imposition, Line, Side
from samizdat.render import Templates, layers

_BASE = 11.0
"""Size of the words in pt on A4; in proportion on other sheets."""
_A4_SIDE = 595.0


@dataclass(frozen=True, slots=True)
class Cell:
    """The number of a page in a drawing of a sheet; 0 for a blank one."""

    page: int
    x: float
    y: float
    rotation: int


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line in a drawing."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """One side of a sheet, small."""

    title: str
    height: float
    letter: float
    cells: tuple[Cell, ...]
    folds: tuple[Stroke, ...]
    cuts: tuple[Stroke, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """What the first sheet says."""

    title: str
    shopping: str
    sheet: str
    sides: str
    steps: tuple[str, ...]
    folded: bool
    cut: bool
    legend: str
    drawing_width: float
    drawings: tuple[Drawing, ...]


def guide(facts: Imposition, shopping: Shopping, sheet: str, sides: str, templates: Path) -> bytes:
    """Set the first sheet of a job: one page of the sheets' own size. `sides` says how they are printed."""
    scheme = facts.scheme
    width = round(facts.width * (0.36 if facts.width > facts.height else 0.3), 2)
    first = facts.sheets[0]
    drawn = [("Sheet 1, printed side" if scheme.one_sided else "Sheet 1, front", first.front)]
    if not scheme.one_sided:
        drawn.append(("Its back, turned like the page of a book", first.back))
    legend = [
        words for lines, words in ((scheme.folds, "Broken lines are folds."), (scheme.cuts, "Heavy lines are cuts.")) if lines
    ]
    words = Guide(
        title=scheme.name[0].upper() + scheme.name[1:],
        shopping=shopping.line(),
        sheet=sheet,
        sides=sides,
        steps=scheme.steps,
        folded=bool(scheme.folds),
        cut=bool(scheme.cuts),
        legend=" ".join(legend),
        drawing_width=width,
        drawings=tuple(_drawing(title, side, facts, width) for title, side in drawn),
    )
    return _set("guide.xhtml.j2", facts.width, facts.height, templates, guide=words)


def printer_test(sheet: tuple[float, float], templates: Path, *, by_hand: bool = False) -> bytes:
    """Set a test for the printer: a sheet with a front and a back, or two of them for one that is fed by hand."""
    return _set(
        "test.xhtml.j2",
        max(sheet),
        min(sheet),
        templates,
        sheets=(1, 2) if by_hand else (0,),
        ruler=round(100 * MILLIMETRE, 3),
    )


def _drawing(title: str, side: Side, facts: Imposition, width: float) -> Drawing:
    """Draw a side so wide, with the numbers of its pages as they will stand."""
    columns, rows = facts.scheme.columns, facts.scheme.rows
    height = round(width * facts.height / facts.width, 2)
    cell_width, cell_height = width / columns, height / rows
    cells = tuple(
        Cell(
            position.page if position.page <= facts.pages else 0,
            round((position.column + 0.5) * cell_width, 2),
            round((position.row + 0.5) * cell_height, 2),
            position.rotation,
        )
        for position in side
    )

    def strokes(lines: Iterable[Line]) -> tuple[Stroke, ...]:
        found = []
        for line in lines:
            end = (rows if line.upright else columns) if line.end is None else line.end
            ends = (line.at, line.start, line.at, end) if line.upright else (line.start, line.at, end, line.at)
            across = (cell_width, cell_height, cell_width, cell_height)
            found.append(Stroke(*(round(place * size, 2) for place, size in zip(ends, across, strict=True))))
        return tuple(found)

    letter = round(min(cell_width, cell_height) * 0.4, 2)
    return Drawing(title, height, letter, cells, strokes(facts.scheme.folds), strokes(facts.scheme.cuts))


def _set(template: str, width: float, height: float, templates: Path, **words: object) -> bytes:
    """Render a template and set it as a PDF."""
    # imported where it is needed: it takes a while, and sheets without words do without it
    from samizdat.typesetting import engine  # noqa: PLC0415
    from samizdat.typesetting.tree import parse  # noqa: PLC0415

    unit = round(_BASE * min(width, height) / _A4_SIDE, 2)
    page = Templates(layers([templates], "imposition")).page(
        template, width=round(width, 3), height=round(height, 3), unit=unit, **words
    )
    with engine.complaints("the guide"):
        return engine.write(engine.lay_out(parse(page), "", "", {}))
