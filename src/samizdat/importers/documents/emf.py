"""Enhanced metafiles, in which office programs keep drawings, become SVG: [MS-EMF], without what only a printer would see."""

import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from samizdat.importers.documents.sketch import PLAIN, Brush, Font, Matrix, Pen, Point, Sketch, Tool, colour

_MOST = 60_000
_STOCK: Final[dict[int, Tool]] = {
    0x80000000: Brush("#ffffff"),
    0x80000001: Brush("#c0c0c0"),
    0x80000002: Brush("#808080"),
    0x80000003: Brush("#404040"),
    0x80000004: Brush("#000000"),
    0x80000005: Brush(""),
    0x80000006: Pen("#ffffff"),
    0x80000007: Pen("#000000"),
    0x80000008: Pen(""),
}


def is_emf(data: bytes) -> bool:
    """Tell an enhanced metafile."""
    return data[:4] == b"\1\0\0\0" and data[40:44] == b" EMF"


def drawn(data: bytes) -> bytes | None:
    """Return a metafile as SVG, or None where it draws nothing that can be read."""
    if len(data) < 88:
        return None
    left, top, right, bottom, fl, ft, fr, fb = struct.unpack_from("<8i", data, 8)
    sketch = Sketch()
    place = 0
    for _ in range(_MOST):
        if place + 8 > len(data):
            break
        kind, size = struct.unpack_from("<II", data, place)
        if size < 8 or kind == 14:
            break
        with suppress(struct.error, ValueError, OverflowError):  # a record that is cut short draws nothing
            _read(sketch, kind, data[place : place + size])
        place += size
    return sketch.svg((left, top, right + 1, bottom + 1), (fr - fl) / 100, (fb - ft) / 100)


def _read(sketch: Sketch, kind: int, record: bytes) -> None:
    if kind in _LINES:
        _lines(sketch, kind, record)
    elif kind in _SETTINGS:
        _SETTINGS[kind](sketch, record)
    elif kind in _BITMAPS:
        _bitmap(sketch, kind, record)
    elif kind in {84, 83}:
        _text(sketch, record, wide=kind == 84)


def _numbers(record: bytes, count: int, start: int = 8) -> tuple[int, ...]:
    return struct.unpack_from(f"<{count}i", record, start)


def _tool(sketch: Sketch, record: bytes, tool: Tool) -> None:
    sketch.tools[struct.unpack_from("<I", record, 8)[0]] = tool


def _pen(sketch: Sketch, record: bytes) -> None:
    style, width, _, ink = struct.unpack_from("<IiiI", record, 12)
    _tool(sketch, record, Pen("" if style & 15 == 5 else colour(ink), width))


def _wide_pen(sketch: Sketch, record: bytes) -> None:
    style, width, fill, ink = struct.unpack_from("<IIII", record, 28)
    _tool(sketch, record, Pen("" if style & 15 == 5 or fill == 1 else colour(ink), width))


def _brush(sketch: Sketch, record: bytes) -> None:
    style, ink = struct.unpack_from("<II", record, 12)
    _tool(sketch, record, Brush("" if style == 1 else colour(ink)))


def _font(sketch: Sketch, record: bytes) -> None:
    height, _, _, _, weight, italic = struct.unpack_from("<5iB", record, 12)
    _tool(sketch, record, Font(height, weight > 500, bool(italic)))


def _select(sketch: Sketch, record: bytes) -> None:
    handle = struct.unpack_from("<I", record, 8)[0]
    sketch.select(_STOCK.get(handle) or sketch.tools.get(handle))


def _matrix(sketch: Sketch, record: bytes) -> None:
    sketch.change(matrix=struct.unpack_from("<6f", record, 8))


def _matrix_changed(sketch: Sketch, record: bytes) -> None:
    new: Matrix = struct.unpack_from("<6f", record, 8)
    mode = struct.unpack_from("<I", record, 32)[0]
    one, other = {1: (PLAIN, PLAIN), 2: (new, sketch.state.matrix), 3: (sketch.state.matrix, new)}.get(mode, (PLAIN, new))
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    sketch.change(matrix=(a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m))


def _begin(sketch: Sketch, _: bytes) -> None:
    sketch.path = []


def _move(sketch: Sketch, record: bytes) -> None:
    x, y = _numbers(record, 2)
    sketch.at = (x, y)
    if sketch.path is not None:
        sketch.path.append("M{:.2f} {:.2f}".format(*sketch.place(sketch.at)))


def _close(sketch: Sketch, _: bytes) -> None:
    if sketch.path:
        sketch.path.append("Z")


_SETTINGS: Final[dict[int, Callable[[Sketch, bytes], None]]] = {
    9: lambda sketch, record: sketch.change(extent=_numbers(record, 2)),
    10: lambda sketch, record: sketch.change(origin=_numbers(record, 2)),
    11: lambda sketch, record: sketch.change(view=_numbers(record, 2)),
    12: lambda sketch, record: sketch.change(view_origin=_numbers(record, 2)),
    17: lambda sketch, record: sketch.change(scaled=_numbers(record, 1)[0] > 6),
    19: lambda sketch, record: sketch.change(winding=_numbers(record, 1)[0] == 2),
    22: lambda sketch, record: sketch.change(align=_numbers(record, 1)[0]),
    24: lambda sketch, record: sketch.change(ink=colour(_numbers(record, 1)[0])),
    27: _move,
    33: lambda sketch, _: sketch.save(),
    34: lambda sketch, _: sketch.restore(),
    35: _matrix,
    36: _matrix_changed,
    37: _select,
    38: _pen,
    39: _brush,
    42: lambda sketch, record: sketch.box(*_numbers(record, 4), round_=True),
    43: lambda sketch, record: sketch.box(*_numbers(record, 4)),
    54: lambda sketch, record: sketch.line([_pair(_numbers(record, 2))], begins=False),
    59: _begin,
    61: _close,
    62: lambda sketch, _: sketch.end_path(stroked=False, filled=True),
    63: lambda sketch, _: sketch.end_path(stroked=True, filled=True),
    64: lambda sketch, _: sketch.end_path(stroked=True, filled=False),
    67: lambda sketch, _: sketch.end_path(stroked=False, filled=False),
    82: _font,
    95: _wide_pen,
}

_NAMES: Final = ("bezier", "polygon", "line", "bezier to", "line to", "lines", "area")
_LINES: Final = {first + number: (name, wide) for first, wide in ((2, 4), (85, 2)) for number, name in enumerate(_NAMES)}
"""What records of points draw, and how many bytes a number has."""


def _pair(numbers: tuple[int, ...]) -> Point:
    return (numbers[0], numbers[1])


def _points(record: bytes, start: int, count: int, wide: int) -> list[Point]:
    count = max(0, min(count, (len(record) - start) // (2 * wide)))
    numbers = struct.unpack_from(f"<{2 * count}{'i' if wide == 4 else 'h'}", record, start)
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _lines(sketch: Sketch, kind: int, record: bytes) -> None:
    name, wide = _LINES[kind]
    if name in {"lines", "area"}:
        rings, count = struct.unpack_from("<II", record, 24)
        sizes = struct.unpack_from(f"<{rings}I", record, 32) if rings < len(record) else ()
        points = _points(record, 32 + 4 * rings, count, wide)
        parts, start = [], 0
        for size in sizes:
            parts.append(points[start : start + size])
            start += size
        sketch.area(parts, filled=name == "area")
        return
    points = _points(record, 28, struct.unpack_from("<I", record, 24)[0], wide)
    closed = name == "polygon"
    sketch.line(points, closed=closed, filled=closed, begins=not name.endswith("to"), curved=name.startswith("bezier"))


_BITMAPS: Final = {76: 40, 77: 40, 114: 40, 81: 0}
"""Records with a bitmap."""


def _bitmap(sketch: Sketch, kind: int, record: bytes) -> None:
    x, y = _numbers(record, 2, 24)
    if kind == 81:
        head, heads, dots, length = struct.unpack_from("<4I", record, 48)
        width, height = _numbers(record, 2, 72)
    else:
        width, height = _numbers(record, 2, 32)
        head, heads, dots, length = struct.unpack_from("<4I", record, 84)
    if length:
        sketch.bitmap(x, y, width, height, record[head : head + heads], record[dots : dots + length], clear=kind == 114)


def _text(sketch: Sketch, record: bytes, *, wide: bool) -> None:
    x, y, count, start = struct.unpack_from("<iiII", record, 36)
    raw = record[start : start + count * (2 if wide else 1)]
    sketch.text((x, y), raw.decode("utf-16-le" if wide else "cp1252", "replace"))
