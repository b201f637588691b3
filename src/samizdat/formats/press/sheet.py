"""The sheet of the press: a page's boxes, the bleed around it, and in the slug beyond it the marks for knife and fold.

The trimmed page keeps its place, with its corner at zero, so that everything on it does too; bleed and slug lie below zero.
Lengths in pt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pikepdf import Array, Name, Pdf

MILLIMETRE = 72 / 25.4
_SLUG = 10 * MILLIMETRE
"""Room for marks beyond the bleed."""
_LEAST = 3 * MILLIMETRE
"""A mark nearer to the page than this might be seen on it after a bad cut."""
_LENGTH = 5 * MILLIMETRE
_LINE = 0.25
_RING = 1.6 * MILLIMETRE
_ROUND = 0.5523
"""How far the handles of a quarter circle reach, in radii."""
_BOXES = (Name.MediaBox, Name.CropBox, Name.BleedBox, Name.TrimBox, Name.ArtBox)

Line = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Surround:
    """What lies around a page: how much bleed (pt), whether marks stand beyond it, and where the paper is folded (x, in pt)."""

    bleed: float
    marks: bool = False
    folds: tuple[float, ...] = ()

    @property
    def margin(self) -> float:
        """How far the sheet reaches beyond the page on every side."""
        return self.bleed + (_SLUG if self.marks else 0.0)


def surround(pdf: Pdf, around: Surround, inks: str) -> None:
    """Give every page its boxes and marks; `inks` is the colour space of the press."""
    every = pdf.make_indirect(_registration(pdf)) if around.marks and inks == "/DeviceCMYK" else None
    for page in pdf.pages:
        left, bottom, right, top = (float(edge) for edge in page.trimbox)
        for name in _BOXES:
            if name in page.obj:
                del page.obj[name]
        page.obj.MediaBox = _grown((left, bottom, right, top), around.margin)
        page.obj.BleedBox = _grown((left, bottom, right, top), around.bleed)
        page.obj.TrimBox = _grown((left, bottom, right, top), 0)
        if around.marks:
            drawn = _marks((left, bottom, right, top), around, coloured=every is not None)
            if every is not None:
                page.add_resource(every, Name.ColorSpace, Name.Registration, replace_existing=True)
            # what runs over the edges ends with the bleed, for the marks begin there
            left, bottom, right, top = (float(edge) for edge in page.obj.BleedBox)
            page.contents_add(f"q {left:g} {bottom:g} {right - left:g} {top - bottom:g} re W n".encode(), prepend=True)
            page.contents_add(b"Q " + drawn)


def _grown(box: Line, by: float) -> Array:
    left, bottom, right, top = box
    return Array([round(left - by, 3), round(bottom - by, 3), round(right + by, 3), round(top + by, 3)])


def _registration(pdf: Pdf) -> Array:
    """Make the colour that is printed with every ink (ISO 32000-1, 8.6.6.4), so that marks show how the inks lie."""
    tint = pdf.make_stream(b"{dup dup dup}", FunctionType=4, Domain=[0, 1], Range=[0, 1] * 4)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def _marks(page: Line, around: Surround, *, coloured: bool) -> bytes:
    """Draw the marks of a page."""
    ink = b"/Registration CS 1 SCN" if coloured else b"0 G"
    near = max(around.bleed, _LEAST)
    drawn = [b"q", ink, f"{_LINE} w".encode(), *_lines(_crops(page, near)), *_rings(page, around.bleed + _SLUG / 2)]
    drawn += [b"[2 1.5] 0 d", *_lines(_folds(page, around.folds, near)), b"Q"]
    return b"\n".join(drawn)


def _crops(page: Line, near: float) -> Iterator[Line]:
    """Yield the lines along which the knife goes."""
    left, bottom, right, top = page
    far = near + _LENGTH
    for x in (left, right):
        yield x, top + near, x, top + far
        yield x, bottom - near, x, bottom - far
    for y in (bottom, top):
        yield left - near, y, left - far, y
        yield right + near, y, right + far, y


def _folds(page: Line, folds: Sequence[float], near: float) -> Iterator[Line]:
    left, bottom, _right, top = page
    for fold in folds:
        x = left + fold
        yield x, top + near, x, top + near + _LENGTH
        yield x, bottom - near, x, bottom - near - _LENGTH


def _rings(page: Line, away: float) -> Iterator[bytes]:
    """Draw a ring with a cross at the middle of each side."""
    left, bottom, right, top = page
    # a fold in the middle of the page has its own mark there, so the rings above and below stand at a third
    x, y = left + (right - left) / 3, (bottom + top) / 2
    for middle in ((left - away, y), (right + away, y), (x, bottom - away), (x, top + away)):
        yield _ring(*middle)
        across = (middle[0] - _LENGTH / 2, middle[1], middle[0] + _LENGTH / 2, middle[1])
        along = (middle[0], middle[1] - _LENGTH / 2, middle[0], middle[1] + _LENGTH / 2)
        yield from _lines((across, along))


def _ring(x: float, y: float) -> bytes:
    r, h = _RING, _RING * _ROUND
    quarters = (
        (x + r, y + h, x + h, y + r, x, y + r),
        (x - h, y + r, x - r, y + h, x - r, y),
        (x - r, y - h, x - h, y - r, x, y - r),
        (x + h, y - r, x + r, y - h, x + r, y),
    )
    curves = " ".join(" ".join(f"{value:.3f}" for value in quarter) + " c" for quarter in quarters)
    return f"{x + r:.3f} {y:.3f} m {curves} S".encode()


def _lines(found: Iterator[Line] | Sequence[Line]) -> Iterator[bytes]:
    for x1, y1, x2, y2 in found:
        yield f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l S".encode()
