"""Lines of a PDF's pages, read out of the finished file: where each stands and how large its letters are.

Only what lies on the trimmed page counts; the rest is cut away with the paper. Sheets that are to be folded or cut are made up
first, as their job ticket says, and read cell by cell in the order in which the leaves then lie.
"""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

import pikepdf

from samizdat.checks.ledger.bidi import readings
from samizdat.checks.ledger.folding import Face, made_up
from samizdat.checks.ledger.glyphs import Founts, drawn
from samizdat.checks.ledger.looks import Looker, Looks
from samizdat.checks.ledger.operands import Box
from samizdat.checks.ledger.pieces import Piece, Sheet
from samizdat.checks.ledger.words import DIVIDED, UNDRAWN, right_to_left
from samizdat.formats.imposition import Scheme, Ticket, scheme_of, ticket

SHEET_LABEL = "label of a printed sheet"
GUIDE = "guide to the sheets"
COVER = "cover around the sheets"
_COVER = 2
"""Pages of a cover at either end."""
_SLACK = 1.0
"""In points. Italics lean a little beyond the place that is theirs."""
_BESIDE = (-0.5, 2.0)
"""In ems: how far behind the end of one piece of a line the next may begin."""
_LEVEL = 0.55
"""In ems: how far above or below its line a raised or lowered sign may stand."""
_SPACE = 0.1
"""In ems: pieces that are so far apart are read as if there were a space between them."""
_TURNED = 0.5


class Line(NamedTuple):
    """A line of drawn text: its words, its page (counted as read), where it begins, and the size of most of its letters."""

    text: str
    page: int
    x: float
    y: float
    size: float
    others: tuple[str, ...] = ()
    """Other ways to read a line that runs from right to left."""
    over: bool = False
    """It stands on its head."""


class Copy(NamedTuple):
    """A copy of the book: its pages as lines, and how often a rule has set something aside that belongs to the sheets."""

    leaves: list[list[Line]]
    aside: Counter[str]


def read(data: bytes, *, rtl: bool) -> tuple[list[Copy], Looks]:
    """Return the lines of every page in the order in which they are drawn, and how they look; of sheets, for each copy."""
    with pikepdf.open(io.BytesIO(data)) as document:
        looker = Looker(document)
        job = ticket.read(str(document.docinfo.get(f"/{ticket.KEY}", "")))
        scheme = scheme_of(job)
        copies = _sheets(document, scheme, job, looker, rtl=rtl) if job and scheme else [_plain(document, looker, rtl=rtl)]
        looks = looker.seen()
    return copies, looks


def _plain(document: pikepdf.Pdf, looker: Looker, *, rtl: bool) -> Copy:
    """Read pages one after the other."""
    founts = Founts()
    leaves = []
    for number, page in enumerate(document.pages, 1):
        sheet = drawn(page, founts)
        leaves.append([line for line, _ in _lines(sheet, _Cells(_box(page)), rtl=rtl, page=number)])
        looker.page(page, number, sheet)
    return Copy(leaves, Counter())


def _sheets(document: pikepdf.Pdf, scheme: Scheme, job: Ticket, looker: Looker, *, rtl: bool) -> list[Copy]:
    """Make the sheets up, and read them as large as their pages were: distances say where a line ends and what a note is."""
    copies = made_up(scheme, job)
    pages = list(document.pages)[job.guide :]
    if {face.side for copy in copies for face in copy} != set(range(len(pages))):
        return [_plain(document, looker, rtl=rtl)]  # there are more or fewer sheets than the ticket says
    scale = job.scale if 0 < job.scale < 1 else 1.0
    founts = Founts()
    cells = [_Cells(_box(page, scale), scheme) for page in pages]
    lines: list[list[tuple[Line, object]]] = []
    for side, page in enumerate(pages):
        sheet = drawn(page, founts, scale)
        lines.append([*_lines(sheet, cells[side], rtl=rtl)])
        looker.page(page, side + 1, sheet)
    sides = 1 if scheme.one_sided else 2
    found = []
    for copy in copies:
        leaves, aside = list[list[Line]](), Counter[str]({GUIDE: job.guide} if job.guide else {})
        for face in copy:
            label = _label(face.side, sum(job.sections), sides)
            there = [line for line, cell in lines[face.side] if cell == (face.column, face.row)]
            kept = [line for line in there if not label.fullmatch(line.text)]
            aside[SHEET_LABEL] += len(there) - len(kept)
            number = len(leaves) + 1 - _COVER * job.covered
            leaves.append([cells[face.side].seen(line, face, number) for line in kept if line.over == face.turned])
        if job.covered:
            leaves = leaves[_COVER:-_COVER]
            aside[COVER] += 1
        found.append(Copy(leaves, +aside))
    return found


def _box(page: pikepdf.Page, scale: float = 1.0) -> Box:
    """Return the edges of the trimmed page."""
    left, bottom, right, top = (float(edge) / scale for edge in page.trimbox)
    return left, bottom, right, top


def _label(side: int, sheets: int, sides: int) -> re.Pattern[str]:
    """Return what a label on a side says: the number of its sheet, and no other."""
    names = ("printed side",) if sides == 1 else ("front", "back")
    return re.compile(rf"(?:Section \d+, s|S)heet {side // sides + 1} of {sheets}, {names[side % sides]}")


class _Cells:
    """The cells of a side, each of which is seen as a page by itself; a page that is no sheet has one."""

    def __init__(self, box: Box, scheme: Scheme | None = None) -> None:
        self._box = box
        self._columns, self._rows = (scheme.columns, scheme.rows) if scheme else (1, 1)
        self._width = (box[2] - box[0]) / self._columns
        self._height = (box[3] - box[1]) / self._rows

    def at(self, piece: Piece, along: float) -> tuple[int, int] | None:
        """Return the column and the row, counted from above, in which a letter stands; None where it is cut away or not seen."""
        x, y = piece.at(along)
        for left, bottom, right, top in (self._box, piece.window):
            if not (left - _SLACK <= x <= right + _SLACK and bottom <= y <= top):
                return None
        left, bottom, _, _ = self._box
        column, row = int((x - left) // self._width), int((y - bottom) // self._height)
        return min(max(column, 0), self._columns - 1), self._rows - 1 - min(row, self._rows - 1)

    def seen(self, line: Line, face: Face, page: int) -> Line:
        """Return a line with its place on the page, which is counted as it is read."""
        x, y = line.x - face.column * self._width, line.y - (self._rows - 1 - face.row) * self._height
        if face.turned:
            x, y = self._width - x, self._height - y
        return line._replace(x=x, y=y, page=page)


# ---- lines


class _Part(NamedTuple):
    """Letters of a piece that lie in one cell: what they say, glyph by glyph as well, and from where to where they reach."""

    piece: Piece
    text: str
    glyphs: Iterable[tuple[float, str]]
    begins: float
    ends: float
    cell: object


def _lines(sheet: Sheet, cells: _Cells, *, rtl: bool, page: int = 0) -> Iterator[tuple[Line, object]]:
    """Yield the lines of one side of paper, each with its cell; none goes on from one cell into the next."""
    held: _Held | None = None
    for piece in sheet.pieces:
        for part in _parts(piece, cells):
            if held and held.goes_on(part):
                held.parts.append(part)
                continue
            if held and (line := held.line(page)):
                yield line, held.parts[0].cell
            held = _Held(part, rtl=rtl)
    if held and (line := held.line(page)):
        yield line, held.parts[0].cell


def _parts(piece: Piece, cells: _Cells) -> Iterator[_Part]:
    """Part the letters of a piece where it goes on in another cell; those in no cell at all are cut away with the paper."""
    there = {cells.at(piece, along) for along in {0.0, piece.low, piece.high}}
    if len(there) == 1 or piece.told is not None:
        if None not in there:
            yield _Part(piece, piece.text, piece.glyphs(), 0.0, piece.end, there.pop())
        return
    for cell, run in groupby(piece.glyphs(), lambda glyph: cells.at(piece, glyph[0])):
        if cell is not None:
            glyphs = list(run)
            yield _Part(piece, "".join(sign for _, sign in glyphs), glyphs, glyphs[0][0], glyphs[-1][0], cell)


class _Held:
    """A line to which more may be added, on the side to which the book is read."""

    def __init__(self, part: _Part, *, rtl: bool) -> None:
        self.parts = [part]
        self._rtl = rtl

    def goes_on(self, part: _Part) -> bool:
        """Say whether letters stand on the same line, just beside the last ones."""
        last = self.parts[-1]
        gap, beside = self._between(last, part)
        em = max(part.piece.em, last.piece.em)
        return (
            part.cell == last.cell
            and part.piece.towards == last.piece.towards
            and _BESIDE[0] * em <= gap <= _BESIDE[1] * em
            and abs(beside) < _LEVEL * em
        )

    def _between(self, last: _Part, part: _Part) -> tuple[float, float]:
        """Return how far letters stand from the last ones, along the line and beside it."""
        dx, dy = last.piece.towards
        x, y = part.piece.x - last.piece.x, part.piece.y - last.piece.y
        begins, beside = x * dx + y * dy + part.begins, y * dx - x * dy
        return (last.begins - begins - (part.ends - part.begins) if self._rtl else begins - last.ends), beside

    def line(self, page: int) -> Line | None:
        """Return the line, unless it has no letter."""
        first = self.parts[0]
        row = self.parts[::-1] if self._rtl else self.parts
        spaces = ["", *(self._space(one, other) for one, other in pairwise(row))]
        words, ways = "".join([space + part.text for space, part in zip(spaces, row, strict=True)]), list[str]()
        if first.piece.told is None and (self._rtl or right_to_left(words)):
            signs = (
                sign for space, part in zip(spaces, row, strict=True) for sign in (space, *(sign for _, sign in part.glyphs))
            )
            words, *ways = readings([*signs], rtl=self._rtl)
        if not (words := words.strip().replace("\u00ad", DIVIDED)):
            return None
        x, y = first.piece.at(first.begins)
        size = max(self.parts, key=lambda part: len(part.text)).piece.em
        return Line(words, page, x, y, round(size, 1), tuple(ways), over=first.piece.towards[0] < -_TURNED)

    def _space(self, one: _Part, other: _Part) -> str:
        """Return what is read between letters of which one stands to the left of the other."""
        gap, _ = self._between(other, one) if self._rtl else self._between(one, other)
        return UNDRAWN if gap > _SPACE * other.piece.em and not (one.text[-1:].isspace() or other.text[:1].isspace()) else ""
