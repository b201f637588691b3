"""Lines of a PDF's pages, read out of the finished file: where each stands and how large its letters are.

Only what lies on the trimmed page counts; the rest is cut away with the paper. Sheets that are to be folded or cut are made up
first, as their job ticket says, and read cell by cell in the order in which the leaves then lie.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from ctypes import byref, c_double
from functools import cache, partial
from itertools import groupby
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from samizdat.checks.ledger.bidi import Sign, readings
from samizdat.checks.ledger.folding import Face, made_up
from samizdat.checks.ledger.looks import Looker, Looks
from samizdat.checks.ledger.words import DIVIDED, UNDRAWN, is_mark, reordered, right_to_left
from samizdat.formats.imposition import Scheme, Ticket, schemes, ticket

SHEET_LABEL = "label of a printed sheet"
GUIDE = "guide to the sheets"
COVER = "cover around the sheets"
_COVER = 2
"""Pages of a cover at either end."""
_SLACK = 1.0
"""In points. Italics lean a little beyond the place that is theirs."""
_FEW = 12
"""Letters up to which a line may in truth be several."""
_LEVEL = 1.0
"""In points: what stands at one height."""
_DIVIDED = "\x02\ufffe"
"""How the library ends a line that divides a word."""
At = Callable[[int], tuple[float, float]]
"""Knows where a letter stands."""
_LINE_END = re.compile(f"\r?\n|[{_DIVIDED}]|$")
_BLANK = " \r\n"


class Line(NamedTuple):
    """A line of drawn text: its words, its page (counted as read), where it begins, and the size of most of its letters."""

    text: str
    page: int
    x: float
    y: float
    size: float
    others: tuple[str, ...] = ()
    """Other ways to read a line that runs from right to left."""
    loose: bool = False
    """Where its spaces are cannot be told: it runs from right to left, and stands on its head."""


class Copy(NamedTuple):
    """A copy of the book: its pages as lines, and how often a rule has set something aside that belongs to the sheets."""

    leaves: list[list[Line]]
    aside: Counter[str]


def read(data: bytes, *, rtl: bool) -> tuple[list[Copy], Looks]:
    """Return the lines of every page in the order in which they are drawn, and how they look; of sheets, for each copy."""
    document = pypdfium2.PdfDocument(data)
    try:
        looker = Looker(document)
        job = ticket.read(document.get_metadata_value(ticket.KEY))
        scheme = schemes().get(job.scheme) if job else None
        copies = _sheets(document, scheme, job, looker, rtl=rtl) if job and scheme else [_plain(document, looker, rtl=rtl)]
    finally:
        document.close()
    numbered = [
        copy._replace(leaves=[[line._replace(page=number) for line in lines] for number, lines in enumerate(copy.leaves, 1)])
        for copy in copies
    ]
    return numbered, looker.seen()


def _plain(document: pypdfium2.PdfDocument, looker: Looker, *, rtl: bool) -> Copy:
    """Read pages one after the other."""
    leaves = []
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        leaves.append(_leaf(page, text, rtl=rtl))
        looker.page(page, number, text)
        text.close()
    return Copy(leaves, Counter())


def _sheets(document: pypdfium2.PdfDocument, scheme: Scheme, job: Ticket, looker: Looker, *, rtl: bool) -> list[Copy]:
    """Make the sheets up, and read them. A side on which cells stand upside down is read a second time, upside down."""
    copies = made_up(scheme, job)
    pages = [_grown(document, number, job.scale) for number in range(job.guide, len(document))]
    turned = {(face.side, face.turned) for copy in copies for face in copy}
    if {side for side, _ in turned} != set(range(len(pages))):
        return [_plain(document, looker, rtl=rtl)]  # there are more or fewer sheets than the ticket says
    cells = _Cells(pages[0].get_size(), scheme)
    lines: dict[tuple[int, bool], list[Line]] = {}
    for side, over in turned:
        page = pages[side]
        usual = page.get_rotation()
        page.set_rotation((usual + 180 * over) % 360)
        text = page.get_textpage()
        lines[side, over] = _leaf(page, text, cells.at, rtl=rtl, over=over)
        if not over or (side, False) not in turned:
            looker.page(page, side + 1, text)
        text.close()
        page.set_rotation(usual)
    sides = 1 if scheme.one_sided else 2
    found = []
    for copy in copies:
        leaves, aside = [], Counter[str]({GUIDE: job.guide} if job.guide else {})
        for face in copy:
            label = _label(face.side, sum(job.sections), sides)
            there = (face.column, face.row)
            leaf = [cells.seen(line, face) for line in lines[face.side, face.turned] if cells.at(line.x, line.y) == there]
            kept = [line for line in leaf if not label.fullmatch(line.text)]
            aside[SHEET_LABEL] += len(leaf) - len(kept)
            leaves.append(kept)
        if job.covered:
            leaves = leaves[_COVER:-_COVER]
            aside[COVER] += 1
        found.append(Copy(leaves, +aside))
    return found


def _grown(document: pypdfium2.PdfDocument, number: int, scale: float) -> Any:
    """Bring a sheet to the size at which its pages are what they were: distances say where a line ends and what a note is."""
    page = document[number]
    if not 0 < scale < 1:
        return page
    left, bottom, right, top = (edge / scale for edge in page.get_mediabox())
    everything = pdfium.FS_RECTF(left, top, right, bottom)
    pdfium.FPDFPage_TransFormWithClip(page, pdfium.FS_MATRIX(1 / scale, 0, 0, 1 / scale, 0, 0), everything)
    page.set_mediabox(left, bottom, right, top)
    page.set_trimbox(left, bottom, right, top)
    page.close()
    return document[number]


def _label(side: int, sheets: int, sides: int) -> re.Pattern[str]:
    """Return what a label on a side says: the number of its sheet, and no other."""
    names = ("printed side",) if sides == 1 else ("front", "back")
    return re.compile(rf"(?:Section \d+, s|S)heet {side // sides + 1} of {sheets}, {names[side % sides]}")


class _Cells:
    """The cells of a side, each of which is seen as a page by itself."""

    def __init__(self, size: tuple[float, float], scheme: Scheme) -> None:
        self._width, self._height = size[0] / scheme.columns, size[1] / scheme.rows
        self._rows = scheme.rows

    def at(self, x: float, y: float) -> tuple[int, int]:
        """Return the column and the row, counted from above, in which a point lies."""
        return int(x // self._width), self._rows - 1 - int(y // self._height)

    def seen(self, line: Line, face: Face) -> Line:
        """Return a line with its place on the page."""
        x, y = line.x - face.column * self._width, line.y - (self._rows - 1 - face.row) * self._height
        if face.turned:
            x, y = self._width - x, self._height - y
        return line._replace(x=x, y=y)


def _leaf(
    page: Any, text: Any, cell: Callable[[float, float], object] = lambda _x, _y: 0, *, rtl: bool, over: bool = False
) -> list[Line]:
    """Return the lines of one side of paper, which may lie upside down; none goes on from one cell into the next."""
    box = page.get_trimbox()
    lines: list[Line] = []
    start = 0
    signs = text.get_text_range()
    if len(signs) != text.count_chars():  # a sign beyond the first plane: then the places of letters must be counted one by one
        signs = "".join(chr(pdfium.FPDFText_GetUnicode(text, place)) for place in range(text.count_chars()))
    both_ways = rtl or right_to_left(signs)
    origin = cache(partial(_origin, text))
    pieces: list[tuple[range, str]] = []
    for end in _LINE_END.finditer(signs):
        pieces += ((piece, end[0]) for piece in _parted(range(start, end.start()), signs, text))
        start = end.end()
    for indices, sign in _rejoined(pieces, signs, text, origin) if both_ways else pieces:
        drawn = [index for index in indices if signs[index] not in _BLANK]
        if not drawn:
            continue
        told = reordered(signs[drawn[0] : drawn[-1] + 1])
        at = partial(_beginning, text) if told else origin
        ends = (at(drawn[0]), at(drawn[-1])) if not told else tuple(map(at, drawn))
        extent = (*ends, *_corners(text, drawn[0], drawn[-1] + 1 - drawn[0]))
        runs = [drawn]
        if len({cell(*point) for point in extent}) > 1 or not all(_inside(point, box) for point in extent):
            cells = [cell(*point) if _inside(point, box) else None for point in map(at, drawn)]
            runs = _by_cells(drawn, cells)
        for run in runs:
            others: tuple[str, ...] = ()
            x, y = at(run[0])
            if both_ways and not told and _across([*map(at, run)]):
                here = [i for i in indices if (min(run) <= i <= max(run) or run is drawn) and signs[i] not in "\r\n"]
                here = [i for i in here if signs[i] == " " or (_inside(at(i), box) and cell(*at(i)) == cell(x, y))]
                placed = _placed(here, signs, text, at, -1 if over else 1)
                words, *ways = readings(placed, rtl=rtl)
                others = tuple(ways)
            else:
                words = signs[run[0] : run[-1] + 1]
            words = words.replace("\u00ad", DIVIDED) + (DIVIDED if sign and sign in _DIVIDED and run is runs[-1] else "")
            sizes = sorted(round(pdfium.FPDFText_GetFontSize(text, run[len(run) * part // 6]), 2) for part in (1, 3, 5))
            lines.append(Line(_whole(words), 0, x, y, sizes[1], others, loose=over and both_ways))
    return lines


def _placed(indices: Sequence[int], signs: str, text: Any, at: At, way: int) -> list[Sign]:
    """Return letters with their places on their line. A space lies between its neighbours, also where these lean over it."""
    places = [way * at(index)[0] for index in indices]
    letters = [place for place, index in enumerate(indices) if signs[index] != " " and not is_mark(signs[index])]
    placed = []
    for place, index in enumerate(indices):
        x = places[place]
        if signs[index] == " " and (after := bisect_left(letters, place)) and after < len(letters):
            sides = letters[after - 1], letters[after]
            low, high = sorted(places[each] for each in sides)
            among = any(low < places[each] < high for each in letters)
            if not among and all(right_to_left(signs[indices[each]]) for each in sides):
                x = (low + high) / 2
        placed.append(Sign(_sign(signs, text, index), x))
    return placed


def _sign(signs: str, text: Any, index: int) -> str:
    """Return a letter, and what stands for a space that nobody drew: it has no width."""
    if signs[index] == " ":
        left, _, right, _ = text.get_charbox(index)
        return UNDRAWN if left == right else " "
    return signs[index]


def _across(points: Sequence[tuple[float, float]]) -> bool:
    """Say whether letters stand beside each other, unlike those of a label that runs up the fold; a mark may be drawn first."""
    across, up = [x for x, _ in points], [y for _, y in points]
    return max(across) - min(across) >= max(up) - min(up)


def _by_cells(drawn: Iterable[int], cells: Iterable[object]) -> list[list[int]]:
    """Part the letters of a line where it goes on in another cell; those in no cell at all are cut away with the paper."""
    pairs = zip(drawn, cells, strict=True)
    return [[index for index, _ in run] for there, run in groupby(pairs, lambda pair: pair[1]) if there is not None]


def _parted(line: range, signs: str, text: Any) -> Iterator[range]:
    """Cut what the library takes for one line where it is several: on a page with hardly a letter it joins title and folio."""
    drawn = [index for index in line if signs[index] not in _BLANK] if len(line) < 2 * _FEW else []
    if 1 < len(drawn) <= _FEW:
        heights = [_origin(text, index)[1] for index in drawn]
        for place in range(len(drawn) - 1, 0, -1):
            if abs(heights[place] - heights[place - 1]) > pdfium.FPDFText_GetFontSize(text, drawn[place]):
                yield from _parted(range(line.start, drawn[place]), signs, text)
                line = range(drawn[place], line.stop)
                break
    yield line


def _rejoined(pieces: Iterable[tuple[range, str]], signs: str, text: Any, at: At) -> Iterator[tuple[Sequence[int], str]]:
    """Put a line together again that the library has cut at a mark which stands high above it, or deep below."""
    held: list[int] = []
    held_end = ""
    for indices, end in pieces:
        piece = [index for index in indices if signs[index] not in "\r\n"]
        if held and not _of_one_line(held, piece, signs, text, at):
            yield held, held_end
            held = []
        held, held_end = held + piece, end
    yield held, held_end


def _of_one_line(held: Sequence[int], piece: Sequence[int], signs: str, text: Any, at: At) -> bool:
    """Say whether two pieces stand on one line, close to each other, and both are read from right to left."""
    some, more = ([at(i) for i in each if signs[i] not in _BLANK and not is_mark(signs[i])] for each in (held, piece))
    if not some or not more:
        return bool(piece)
    both = all(right_to_left("".join(signs[index] for index in each)) for each in (held, piece))
    gap = max(min(more)[0] - max(some)[0], min(some)[0] - max(more)[0])
    return both and abs(some[-1][1] - more[0][1]) < _LEVEL and 0 < gap < 2 * pdfium.FPDFText_GetFontSize(text, piece[0])


def _whole(words: str) -> str:
    """Join the halves of signs beyond the first plane, which some builds of the library give one by one."""
    if words.isascii() or not any("\ud800" <= sign < "\ue000" for sign in words):
        return words
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _inside(point: tuple[float, float], box: tuple[float, float, float, float]) -> bool:
    return box[0] - _SLACK <= point[0] <= box[2] + _SLACK and box[1] <= point[1] <= box[3]


def _corners(text: Any, start: int, number: int) -> Iterator[tuple[float, float]]:
    """Yield corners of the boxes in which letters stand: few calls, in which none is forgotten that stands far away."""
    left, top, right, bottom = c_double(), c_double(), c_double(), c_double()
    for place in range(pdfium.FPDFText_CountRects(text, start, number)):
        pdfium.FPDFText_GetRect(text, place, byref(left), byref(top), byref(right), byref(bottom))
        yield left.value, bottom.value
        yield right.value, top.value


def _beginning(text: Any, place: int) -> tuple[float, float]:
    """Return where a letter's row begins. Of letters that a drawing only tells, the library knows the place on no sheet."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, place, byref(matrix))
    return matrix.e, matrix.f


def _origin(text: Any, place: int) -> tuple[float, float]:
    """Return where a letter stands on its line."""
    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(text, place, byref(x), byref(y))
    return x.value, y.value
