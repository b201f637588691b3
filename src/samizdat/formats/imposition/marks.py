"""Marks on a sheet, thin and grey: seen by who looks for them, and folded or cut away.

Ticks at the corners of the pages stand where paper is left over. The others are asked for: ticks at the ends of a fold, a dashed
line along a cut, places for the staples or the needle on the fold itself, and a label that says which sheet and side it is.
"""

import io
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

import pikepdf

from samizdat.formats.imposition.content import Box, numbers
from samizdat.formats.imposition.paper import MILLIMETRE
from samizdat.formats.imposition.scheme import Binding, Imposition, Line, Side

MARK = "q 0.6 G 0.25 w"
MARK_DISTANCE = 1.5 * MILLIMETRE
MARK_LENGTH = 3 * MILLIMETRE
_FOLD_TICK = 6 * MILLIMETRE
_STAPLE = 12 * MILLIMETRE
_STITCH = 1.5 * MILLIMETRE
_STEP, _BAR = 4 * MILLIMETRE, 1.5 * MILLIMETRE
_END = 0.15
"""The part of a spine at either end that is left without steps."""
_LABEL_WIDTH, _LABEL_HEIGHT = 200.0, 6.0


def corners(imposition: Imposition, placed: list[Box]) -> Iterator[str]:
    """Draw ticks for the folds, and for the knife at the corners, where paper is left beyond the pages to hold them.

    Pages that are cut apart have corners each; others have them together.
    """
    left, bottom = min(box[0] for box in placed), min(box[1] for box in placed)
    right, top = max(box[2] for box in placed), max(box[3] for box in placed)
    room = MARK_DISTANCE + MARK_LENGTH
    above, below = imposition.height - top >= room, bottom >= room
    before, after = left >= room, imposition.width - right >= room
    if imposition.scheme.centred:
        uprights, levels = ([edge for box in placed for edge in box[way::2]] for way in (0, 1))
    else:
        uprights = [left, right, *(column * imposition.cell[0] for column in range(1, imposition.scheme.columns))]
        levels = [top, bottom]
    found: list[Box] = []
    for x in _inside(uprights, imposition.width):
        if above:
            found.append((x, top + MARK_DISTANCE, x, top + room))
        if below:
            found.append((x, bottom - MARK_DISTANCE, x, bottom - room))
    for y in _inside(levels, imposition.height):
        if before:
            found.append((left - MARK_DISTANCE, y, left - room, y))
        if after:
            found.append((right + MARK_DISTANCE, y, right + room, y))
    yield from _drawn(found)


def _inside(edges: Sequence[float], length: float) -> list[float]:
    """Return each place once, of those that are not too near to the edges of the sheet for a mark around them."""
    room = MARK_DISTANCE + MARK_LENGTH
    return sorted({round(edge, 3) for edge in edges if room <= edge <= length - room})


def lines(imposition: Imposition, side: Side, section: int | None) -> Iterator[str]:
    """Draw where a side is folded and cut, and, on the outside of a section, where it is stapled or sewn and which it is."""
    ticks: list[Box] = []
    for fold in imposition.scheme.folds:
        start, end = _ends(imposition, fold)
        ticks += [_along(fold, imposition, start, start + _FOLD_TICK), _along(fold, imposition, end - _FOLD_TICK, end)]
    if section is not None:
        for middle, bottom, height in _spines(imposition, side):
            if imposition.scheme.joint == "staple":
                places = [bottom + height * part for part in (0.25, 0.75)]
                ticks += [(middle, place - _STAPLE / 2, middle, place + _STAPLE / 2) for place in places]
            elif imposition.scheme.joint == "sew":
                places = [bottom + height * part for part in (0.1, 0.3, 0.5, 0.7, 0.9)]
                ticks += [(middle - _STITCH, place, middle + _STITCH, place) for place in places]
                if len(imposition.sections) > 1:
                    yield _step(section, middle, bottom, height)
    yield from _drawn(ticks)
    yield from _drawn([_along(cut, imposition, *_ends(imposition, cut)) for cut in imposition.scheme.cuts], dashes="[4 3] 0 d")


def _step(section: int, middle: float, bottom: float, height: float) -> str:
    """Draw a bar on the back of a section, below that of the section before: a wrong order shows in the steps of the pile."""
    top = bottom + height * (1 - _END) - section % int(height * (1 - 2 * _END) / _STEP) * _STEP
    return f"q 0.6 G {numbers(_BAR)} w {numbers(middle, top)} m {numbers(middle, top - _STEP)} l S Q"


def _spines(imposition: Imposition, side: Side) -> Iterator[tuple[float, float, float]]:
    """Yield the place of the spine of each booklet on a side, counted from the left, its lower end and its length."""
    width, height = imposition.cell
    outer = [position for position in side if position.depth == 0]
    for row in sorted({position.row for position in outer}):
        first = min(position.column for position in outer if position.row == row)
        yield (first + 1) * width, imposition.height - (row + 1) * height, height


def _ends(imposition: Imposition, line: Line) -> tuple[float, float]:
    """Return where a line begins and ends, measured along it from the left or from below."""
    size, cells = (imposition.height, imposition.scheme.rows) if line.upright else (imposition.width, imposition.scheme.columns)
    end = cells if line.end is None else line.end
    return line.start * size / cells, end * size / cells


def _along(line: Line, imposition: Imposition, start: float, end: float) -> Box:
    """Return a piece of a line on the sheet."""
    if line.upright:
        x = imposition.margin[0] + line.at * imposition.cell[0]
        return x, start, x, end
    y = imposition.height - imposition.margin[1] - line.at * imposition.cell[1]
    return start, y, end, y


def _drawn(found: Sequence[Box], dashes: str = "") -> Iterator[str]:
    if found:
        yield f"{MARK} {dashes}".rstrip()
        for x1, y1, x2, y2 in found:
            yield f"{numbers(x1, y1)} m {numbers(x2, y2)} l S"
        yield "Q"


class Labels:
    """Small grey words in the fold of each side, set in the house's type and embedded; none where none are asked for."""

    def __init__(self, result: pikepdf.Pdf, texts: Sequence[str] | None) -> None:
        """Set the labels, one for each side in the order of the sides."""
        self._forms = iter(()) if texts is None else iter(_set(result, texts))
        self._asked = texts is not None

    def __bool__(self) -> bool:
        return self._asked

    def draw(self, imposition: Imposition, side: Side, forms: pikepdf.Dictionary, *, outermost: bool) -> Iterator[str]:
        """Write the next label upwards along the fold, or along the cut on the side where the back is glued."""
        if imposition.scheme.joint == "loose":
            return  # a card has no place where it would not be seen
        form = next(self._forms)
        if outermost and imposition.scheme.joint == "staple":
            return  # the outside of the finished booklet's back, where it would be seen
        forms["/Label"] = form
        column, row = 1, imposition.scheme.rows - 1
        if imposition.scheme.cuts and imposition.scheme.centred:
            glued = any(position.column == column and position.spine is Binding.LEFT for position in side)
            shift = _LABEL_HEIGHT * (0.75 if glued else -0.75)
        else:
            shift = 0.0
        x = column * imposition.cell[0] + shift + _LABEL_HEIGHT / 2
        y = imposition.height - (row + 1) * imposition.cell[1] + _FOLD_TICK + MARK_LENGTH
        yield f"q {numbers(0, 1, -1, 0, x, y)} cm /Label Do Q"


def _set(result: pikepdf.Pdf, texts: Sequence[str]) -> Iterator[pikepdf.Object]:
    """Set each text as a small form: all of them as the lines of one long page, which is quicker by far than a page each."""
    from samizdat.typesetting import engine  # noqa: PLC0415 - slow to load, and sheets without labels do without it

    root = ET.Element("html", lang="en")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = "Labels"
    body = ET.SubElement(root, "body")
    for text in texts:
        ET.SubElement(body, "p").text = text
    style = (
        f"@page{{size:{_LABEL_WIDTH}pt {_LABEL_HEIGHT * len(texts)}pt;margin:0}}html,body,p{{margin:0}}"
        f"p{{font:5pt/{_LABEL_HEIGHT}pt 'Samizdat Sans';color:#999;white-space:nowrap}}"
    )
    with engine.complaints("the labels"):
        pdf = engine.write(engine.lay_out(root, style, "", {}))
    with pikepdf.open(io.BytesIO(pdf)) as labels:
        fonts = result.copy_foreign(labels.make_indirect(labels.pages[0].Resources.Font))
        for words in _lines_of(labels.pages[0], len(texts)):
            form = result.make_stream(f"0.6 g BT\n{words}ET".encode())
            form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            form.BBox = pikepdf.Array([0, 0, _LABEL_WIDTH, _LABEL_HEIGHT])
            form.Resources = pikepdf.Dictionary(Font=fonts)
            yield form


def _lines_of(page: pikepdf.Page, count: int) -> list[str]:
    """Cut the drawing of a page into so many lines: what is shown at a height belongs to the line that is there."""
    pixel, font, place, line = 0.75, "", "", 0
    lines = [""] * count
    for said in pikepdf.parse_content_stream(page):
        words = pikepdf.unparse_content_stream([said]).decode("latin-1")
        match str(said.operator):
            case "Tf":
                font = words
            case "Tm":
                x, y = (float(edge) * pixel for edge in list(said.operands)[4:])
                line = min(int(y // _LABEL_HEIGHT), count - 1)
                place = numbers(pixel, 0, 0, pixel, x, (line + 1) * _LABEL_HEIGHT - y)
            case "TJ" | "Tj":
                lines[line] += f"{place} Tm\n{font}\n{words}\n"
            case _:
                pass
    return lines
