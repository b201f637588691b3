"""A drawing that is put together line by line as the metafiles of office programs tell it, and written as SVG."""

import base64
import io
import struct
from dataclasses import dataclass, field, replace
from html import escape

from PIL import Image

_MOST_PARTS = 40_000
_MOST_PIXELS = 20_000_000

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Pen:
    """What lines are drawn with; no colour draws nothing."""

    colour: str = "#000000"
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Brush:
    """What areas are filled with; no colour fills nothing."""

    colour: str = "#ffffff"


@dataclass(frozen=True, slots=True)
class Font:
    """The height of letters, and how they look."""

    height: float = 12.0
    bold: bool = False
    italic: bool = False


Tool = Pen | Brush | Font


@dataclass(frozen=True, slots=True)
class State:
    """What holds until it is changed: tools, and where the paper lies."""

    pen: Pen = Pen()
    brush: Brush = Brush()
    font: Font = Font()
    ink: str = "#000000"
    align: int = 0
    winding: bool = False
    origin: Point = (0.0, 0.0)
    extent: Point = (1.0, 1.0)
    view_origin: Point = (0.0, 0.0)
    view: Point = (1.0, 1.0)
    scaled: bool = False
    """Whether the paper is as large as it says, or a dot is a dot."""
    matrix: Matrix = PLAIN


@dataclass
class Sketch:
    """The drawing so far."""

    state: State = field(default_factory=State)
    parts: list[str] = field(default_factory=list)
    path: list[str] | None = None
    """Lines between the beginning of a path and its end, which are drawn later."""
    at: Point = (0.0, 0.0)
    tools: dict[int, Tool] = field(default_factory=dict)
    _saved: list[State] = field(default_factory=list)

    def change(self, **values: object) -> None:
        """Change the state."""
        self.state = replace(self.state, **values)  # type: ignore[arg-type]  # the readers name fields of State

    def save(self) -> None:
        """Remember the state."""
        self._saved.append(self.state)

    def restore(self) -> None:
        """Go back to the state that was remembered."""
        if self._saved:
            self.state = self._saved.pop()

    def select(self, tool: Tool | None) -> None:
        """Take a tool in hand."""
        match tool:
            case Pen():
                self.change(pen=tool)
            case Brush():
                self.change(brush=tool)
            case Font():
                self.change(font=tool)
            case _:
                pass

    def drop(self, number: int) -> None:
        """Put a tool away."""
        self.tools.pop(number, None)

    def place(self, point: Point) -> Point:
        """Return where a point of the drawing's own paper lies."""
        a, b, c, d, e, f = self.state.matrix
        x, y = point[0] * a + point[1] * c + e, point[0] * b + point[1] * d + f
        (ox, oy), (w, h), (vx, vy), (vw, vh) = self.state.origin, self.state.extent, self.state.view_origin, self.state.view
        if not self.state.scaled or self.state.view == (1.0, 1.0):
            return x - ox + vx, y - oy + vy
        return (x - ox) * vw / (w or 1.0) + vx, (y - oy) * vh / (h or 1.0) + vy

    def scale(self) -> float:
        """Return how much larger things get."""
        (x0, y0), (x1, y1) = self.place((0.0, 0.0)), self.place((1.0, 1.0))
        return max((abs(x1 - x0) + abs(y1 - y0)) / 2, 1e-6)

    def line(
        self, points: list[Point], *, closed: bool = False, filled: bool = False, begins: bool = True, curved: bool = False
    ) -> None:
        """Draw a line through points, or a curve with two handles to each; one may go on from the last point."""
        if not points:
            return
        spots = [f"{x:.2f} {y:.2f}" for x, y in map(self.place, points)]
        start = f"M{spots[0]}" if begins else ("" if self.path else f"M{'{:.2f} {:.2f}'.format(*self.place(self.at))}")
        rest = spots[1:] if begins else spots
        letter = "C" if curved else "L"
        said = start + (letter + " ".join(rest) if rest else "") + ("Z" if closed else "")
        self.at = points[-1]
        if self.path is not None:
            self.path.append(said)
        else:
            self._draw(said, filled=filled)

    def area(self, rings: list[list[Point]], *, filled: bool = True) -> None:
        """Draw several lines as one: closed and filled, or open."""
        spots = [[f"{x:.2f} {y:.2f}" for x, y in map(self.place, ring)] for ring in rings if ring]
        said = "".join(f"M{ring[0]}" + (f"L{' '.join(ring[1:])}" if ring[1:] else "") + ("Z" if filled else "") for ring in spots)
        if self.path is not None:
            self.path.append(said)
        elif said:
            self._draw(said, filled=filled)

    def box(self, left: float, top: float, right: float, bottom: float, *, round_: bool = False) -> None:
        """Draw a rectangle, or the ellipse that fits into it."""
        if not round_:
            self.line([(left, top), (right, top), (right, bottom), (left, bottom)], closed=True, filled=True)
            return
        (x0, y0), (x1, y1) = self.place((left, top)), self.place((right, bottom))
        rx, ry, y = abs(x1 - x0) / 2, abs(y1 - y0) / 2, (y0 + y1) / 2
        arc = f"A{rx:.2f} {ry:.2f} 0 1 0"
        self._draw(f"M{x0:.2f} {y:.2f}{arc} {x1:.2f} {y:.2f}{arc} {x0:.2f} {y:.2f}Z", filled=True)

    def end_path(self, *, stroked: bool, filled: bool) -> None:
        """Draw the path that was begun."""
        if self.path:
            self._draw("".join(self.path), filled=filled, stroked=stroked)
        self.path = None

    def _draw(self, said: str, *, filled: bool, stroked: bool = True) -> None:
        pen, brush = self.state.pen, self.state.brush
        fill = brush.colour if filled and brush.colour else "none"
        line = f' stroke="{pen.colour}" stroke-width="{max(pen.width * self.scale(), 1.0):.2f}"' if stroked and pen.colour else ""
        if fill == "none" and not line:
            return
        rule = "" if self.state.winding else ' fill-rule="evenodd"'
        self._add(f'<path d="{said}" fill="{fill}"{rule}{line}/>')

    def text(self, at: Point, words: str) -> None:
        """Write words."""
        if not words.strip():
            return
        x, y = self.place(at)
        font = self.state.font
        size = max(abs(font.height) * self.scale(), 1.0)
        rise = 0.0 if self.state.align & 24 == 24 else 0.0 if self.state.align & 8 else 0.8 * size
        anchor = {2: "end", 6: "middle"}.get(self.state.align & 6, "start")
        looks = (' font-weight="bold"' if font.bold else "") + (' font-style="italic"' if font.italic else "")
        self._add(
            f'<text x="{x:.2f}" y="{y + rise:.2f}" font-size="{size:.2f}" text-anchor="{anchor}" fill="{self.state.ink}"'
            f' font-family="sans-serif"{looks}>{escape("".join(sign for sign in words if sign.isprintable()))}</text>'
        )

    def bitmap(
        self, left: float, top: float, width: float, height: float, head: bytes, dots: bytes, *, clear: bool = False
    ) -> None:
        """Put a bitmap in its place; `clear` says that its dots may be seen through."""
        png = _png(head, dots, clear=clear)
        if not png:
            return
        (x0, y0), (x1, y1) = self.place((left, top)), self.place((left + width, top + height))
        address = f"data:image/png;base64,{base64.b64encode(png).decode()}"
        self._add(
            f'<image x="{min(x0, x1):.2f}" y="{min(y0, y1):.2f}" width="{abs(x1 - x0):.2f}" height="{abs(y1 - y0):.2f}"'
            f' preserveAspectRatio="none" href="{address}"/>'
        )

    def _add(self, part: str) -> None:
        if len(self.parts) < _MOST_PARTS:
            self.parts.append(part)

    def svg(self, box: tuple[float, float, float, float], width: float, height: float) -> bytes | None:
        """Write the drawing: the part of the paper that is seen, and its size in mm. None where nothing is drawn."""
        left, top, right, bottom = box
        if not self.parts or right <= left or bottom <= top or width <= 0 or height <= 0:
            return None
        size = (
            f'width="{width:.2f}mm" height="{height:.2f}mm" viewBox="{left:.2f} {top:.2f} {right - left:.2f} {bottom - top:.2f}"'
        )
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(self.parts)}</svg>'.encode()


def colour(value: int) -> str:
    """Spell a colour that is kept as blue, green, red."""
    return f"#{value & 255:02x}{value >> 8 & 255:02x}{value >> 16 & 255:02x}"


def _png(head: bytes, dots: bytes, *, clear: bool) -> bytes:
    """Make PNG of a bitmap that has no file around it."""
    if len(head) < 40:
        return b""
    _, width, height, _, bits = struct.unpack_from("<IiiHH", head)
    if not 0 < width * abs(height) <= _MOST_PIXELS:
        return b""
    data = b"BM" + struct.pack("<IHHI", 14 + len(head) + len(dots), 0, 0, 14 + len(head)) + head + dots
    try:
        with Image.open(io.BytesIO(data), formats=["BMP", "DIB"]) as image:
            result = io.BytesIO()
            if clear and bits == 32 and len(dots) >= 4 * width * abs(height):
                size = (width, abs(height))
                Image.frombytes("RGBA", size, dots[: 4 * width * size[1]], "raw", "BGRA", 0, -1 if height > 0 else 1).save(
                    result, "PNG", optimize=True
                )
                return result.getvalue()
            image.convert("RGB").save(result, "PNG", optimize=True)
    except (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError):
        return b""
    return result.getvalue()
