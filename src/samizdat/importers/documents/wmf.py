"""Windows metafiles, the older form of drawings in office files, become SVG: [MS-WMF]."""

import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from samizdat.importers.documents.sketch import Brush, Font, Pen, Point, Sketch, Tool, colour

_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_MOST = 60_000
_TWIPS = 25.4 / 1440


def is_wmf(data: bytes) -> bool:
    """Tell a metafile of the older form."""
    return data.startswith(_PLACEABLE) or data[:6] in {b"\1\0\t\0\0\3", b"\1\0\t\0\0\1", b"\2\0\t\0\0\3"}


def drawn(data: bytes) -> bytes | None:
    """Return a metafile as SVG, or None where it draws nothing that can be read."""
    box: tuple[int, ...] = ()
    per_mm = 1440 / 25.4
    place = 18
    if data.startswith(_PLACEABLE) and len(data) > 40:
        *edges, inch = struct.unpack_from("<4hH", data, 6)
        box, per_mm, place = tuple(edges), max(inch, 1) / 25.4, 40
    sketch = Sketch()
    for _ in range(_MOST):
        if place + 6 > len(data):
            break
        size, kind = struct.unpack_from("<IH", data, place)
        if size < 3 or kind == 0:
            break
        with suppress(struct.error, ValueError, OverflowError):  # a record that is cut short draws nothing
            _read(sketch, kind, data[place + 6 : place + 2 * size])
        place += 2 * size
    (x, y), (w, h) = sketch.state.origin, sketch.state.extent
    seen = (0.0, 0.0, abs(w), abs(h))
    if not box:
        return sketch.svg(seen, abs(w) * _TWIPS, abs(h) * _TWIPS)
    width, height = abs(box[2] - box[0]) / per_mm, abs(box[3] - box[1]) / per_mm
    return sketch.svg(seen if (w, h) != (1.0, 1.0) else (box[0] - x, box[1] - y, box[2] - x, box[3] - y), width, height)


def _read(sketch: Sketch, kind: int, record: bytes) -> None:
    if kind in _RECORDS:
        _RECORDS[kind](sketch, record)


def _numbers(record: bytes, count: int, start: int = 0) -> tuple[int, ...]:
    return struct.unpack_from(f"<{count}h", record, start)


def _window(sketch: Sketch, record: bytes) -> None:
    """Read how large the paper is; what runs from bottom to top is turned round."""
    height, width = _numbers(record, 2)
    sketch.change(extent=(width or 1, height or 1), view=(abs(width) or 1, abs(height) or 1), scaled=True)


def _origin(sketch: Sketch, record: bytes) -> None:
    y, x = _numbers(record, 2)
    sketch.change(origin=(x, y))


def _keep(sketch: Sketch, tool: Tool) -> None:
    """Give a tool the first number that is free."""
    sketch.tools[next(number for number in range(len(sketch.tools) + 1) if number not in sketch.tools)] = tool


def _pen(sketch: Sketch, record: bytes) -> None:
    style, width, _, ink = struct.unpack_from("<HhhI", record)
    _keep(sketch, Pen("" if style & 15 == 5 else colour(ink), width))


def _brush(sketch: Sketch, record: bytes) -> None:
    style, ink = struct.unpack_from("<HI", record)
    _keep(sketch, Brush("" if style == 1 else colour(ink)))


def _font(sketch: Sketch, record: bytes) -> None:
    height, _, _, _, weight, italic = struct.unpack_from("<5hB", record)
    _keep(sketch, Font(height, weight > 500, bool(italic)))


def _pairs(record: bytes, start: int, count: int) -> list[Point]:
    numbers = _numbers(record, 2 * count, start)
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _polygon(sketch: Sketch, record: bytes) -> None:
    sketch.line(_pairs(record, 2, _numbers(record, 1)[0]), closed=True, filled=True)


def _polyline(sketch: Sketch, record: bytes) -> None:
    sketch.line(_pairs(record, 2, _numbers(record, 1)[0]))


def _polygons(sketch: Sketch, record: bytes) -> None:
    count = _numbers(record, 1)[0]
    start = 2 + 2 * count
    rings = []
    for size in _numbers(record, count, 2):
        rings.append(_pairs(record, start, size))
        start += 4 * size
    sketch.area(rings)


def _box(sketch: Sketch, record: bytes, *, round_: bool = False) -> None:
    bottom, right, top, left = _numbers(record, 4)
    sketch.box(left, top, right, bottom, round_=round_)


def _point(record: bytes) -> Point:
    y, x = _numbers(record, 2)
    return (x, y)


def _move(sketch: Sketch, record: bytes) -> None:
    sketch.at = _point(record)


def _bitmap(start: int) -> Callable[[Sketch, bytes], None]:
    """Return what reads a bitmap; `start` is where its place and size stand, counted from behind the operation."""

    def read(sketch: Sketch, record: bytes) -> None:
        height, width, y, x = _numbers(record, 4, start)
        head = record[start + 8 :]
        size, _, _, _, bits = struct.unpack_from("<IiiHH", head)
        used = struct.unpack_from("<I", head, 32)[0]
        heads = size + 4 * (used or (1 << bits if bits <= 8 else 0))
        sketch.bitmap(x, y, width, height, head[:heads], head[heads:])

    return read


def _words(sketch: Sketch, record: bytes) -> None:
    count = _numbers(record, 1)[0]
    y, x = _numbers(record, 2, 2 + count + count % 2)
    sketch.text((x, y), record[2 : 2 + count].decode("cp1252", "replace"))


def _placed_words(sketch: Sketch, record: bytes) -> None:
    y, x, count, options = _numbers(record, 4)
    start = 16 if options & 6 else 8
    sketch.text((x, y), record[start : start + count].decode("cp1252", "replace"))


_RECORDS: Final[dict[int, Callable[[Sketch, bytes], None]]] = {
    0x001E: lambda sketch, _: sketch.save(),
    0x0127: lambda sketch, _: sketch.restore(),
    0x0106: lambda sketch, record: sketch.change(winding=_numbers(record, 1)[0] == 2),
    0x012D: lambda sketch, record: sketch.select(sketch.tools.get(_numbers(record, 1)[0])),
    0x012E: lambda sketch, record: sketch.change(align=_numbers(record, 1)[0]),
    0x01F0: lambda sketch, record: sketch.drop(_numbers(record, 1)[0]),
    0x0209: lambda sketch, record: sketch.change(ink=colour(struct.unpack_from("<I", record)[0])),
    0x020B: _origin,
    0x020C: _window,
    0x0213: lambda sketch, record: sketch.line([_point(record)], begins=False),
    0x0214: _move,
    0x02FA: _pen,
    0x02FB: _font,
    0x02FC: _brush,
    0x0324: _polygon,
    0x0325: _polyline,
    0x0418: lambda sketch, record: _box(sketch, record, round_=True),
    0x041B: _box,
    0x0521: _words,
    0x0538: _polygons,
    0x0940: _bitmap(8),
    0x0A32: _placed_words,
    0x0B41: _bitmap(12),
    0x0F43: _bitmap(14),
}
