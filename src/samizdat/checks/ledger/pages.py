"""Lines of a PDF's pages, read out of the finished file: where each stands and how large its letters are.

Only what lies on the trimmed page counts; the rest is cut away with the paper. Sheets that are to be folded are read by halves,
in the order of the folded booklet.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref, c_double
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from samizdat.checks.ledger.bidi import Sign, readings
from samizdat.checks.ledger.words import DIVIDED, is_mark, right_to_left

_SLACK = 1.0
"""In points. Italics lean a little beyond the place that is theirs."""
_FEW = 12
"""Letters up to which a line may in truth be several."""
_LEVEL = 1.0
"""In points: what stands at one height."""
_DIVIDED = "\x02\ufffe"
"""How the library ends a line that divides a word."""
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


def read(data: bytes, *, rtl: bool) -> list[list[Line]]:
    """Return the lines of every page in the order in which they are drawn."""
    document = pypdfium2.PdfDocument(data)
    try:
        sides = [_leaf(page, rtl=rtl) for page in document]
        if pdfium.FPDF_VIEWERREF_GetDuplex(document) == pdfium.DuplexUndefined:
            halves = [lines for lines, _ in sides]
        else:
            halves = list(_folded([_halved(*side) for side in sides], rtl=rtl))
    finally:
        document.close()
    return [[line._replace(page=number) for line in lines] for number, lines in enumerate(halves, 1)]


def _leaf(page: Any, *, rtl: bool) -> tuple[list[Line], float]:
    """Return the lines of one side of paper, and where its middle is."""
    left, bottom, right, top = page.get_trimbox()
    text = page.get_textpage()
    lines: list[Line] = []
    start = 0
    signs = text.get_text_range()
    if len(signs) != text.count_chars():  # a sign beyond the first plane: then the places of letters must be counted one by one
        signs = "".join(chr(pdfium.FPDFText_GetUnicode(text, place)) for place in range(text.count_chars()))
    both_ways = rtl or right_to_left(signs)
    pieces: list[tuple[range, str]] = []
    for end in _LINE_END.finditer(signs):
        pieces += ((piece, end[0]) for piece in _parted(range(start, end.start()), signs, text))
        start = end.end()
    for indices, sign in _rejoined(pieces, signs, text) if both_ways else pieces:
        drawn = [index for index in indices if signs[index] not in _BLANK]
        if not drawn:
            continue
        first, last = _origin(text, drawn[0]), _origin(text, drawn[-1])
        if not all(left - _SLACK <= x <= right + _SLACK and bottom <= y <= top for x, y in (first, last)):
            drawn = [i for i in drawn if _inside(_origin(text, i), (left, bottom, right, top))]
            if not drawn:
                continue
        others: tuple[str, ...] = ()
        if both_ways:
            placed = [Sign(signs[index], _origin(text, index)[0]) for index in indices if signs[index] not in "\r\n"]
            words, *ways = readings(placed, rtl=rtl)
            others = tuple(ways)
        else:
            words = signs[drawn[0] : drawn[-1] + 1]
        words = words.replace("\u00ad", DIVIDED) + (DIVIDED if sign and sign in _DIVIDED else "")
        sizes = sorted(round(pdfium.FPDFText_GetFontSize(text, drawn[len(drawn) * part // 6]), 2) for part in (1, 3, 5))
        lines.append(Line(_whole(words), 0, first[0], first[1], sizes[1], others))
    text.close()
    return lines, (left + right) / 2


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


def _rejoined(pieces: Iterable[tuple[range, str]], signs: str, text: Any) -> Iterator[tuple[Sequence[int], str]]:
    """Put a line together again that the library has cut at a mark which stands high above it, or deep below."""
    held: list[int] = []
    held_end = ""
    for indices, end in pieces:
        piece = [index for index in indices if signs[index] not in "\r\n"]
        if held and not _of_one_line(held, piece, signs, text):
            yield held, held_end
            held = []
        held, held_end = held + piece, end
    yield held, held_end


def _of_one_line(held: Sequence[int], piece: Sequence[int], signs: str, text: Any) -> bool:
    """Say whether two pieces stand on one line, close to each other, and both are read from right to left."""
    some, more = ([_origin(text, i) for i in each if signs[i] not in _BLANK and not is_mark(signs[i])] for each in (held, piece))
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


def _origin(text: Any, place: int) -> tuple[float, float]:
    """Return where a letter stands on its line."""
    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(text, place, byref(x), byref(y))
    return x.value, y.value


def _halved(lines: list[Line], middle: float) -> tuple[list[Line], list[Line]]:
    """Cut a side of a sheet along the fold."""
    return [line for line in lines if line.x < middle], [line for line in lines if line.x >= middle]


def _folded(sides: list[tuple[list[Line], list[Line]]], *, rtl: bool) -> Iterator[list[Line]]:
    """Put the halves of folded sheets in the order of reading: the outermost sheet has the first pages and the last."""
    early: list[list[Line]] = []
    late: list[list[Line]] = []
    for number, side in enumerate(sides):
        left, right = reversed(side) if rtl else side
        front = number % 2 == 0
        early.append(right if front else left)
        late.append(left if front else right)
    yield from early
    yield from reversed(late)
