"""Shapes for covers: rules, frames, and the geometric papers and figures that an identifier picks."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """A path in the words of SVG, and how it is painted; "none" paints nothing."""

    path: str
    fill: str = "none"
    stroke: str = "none"
    stroke_width: float = 0.0


def rectangle(x: float, y: float, width: float, height: float) -> str:
    """Return a path around a rectangle."""
    return f"M{_n(x)} {_n(y)}h{_n(width)}v{_n(height)}h{_n(-width)}z"


def circle(x: float, y: float, radius: float) -> str:
    """Return a path around a circle."""
    half = f"a{_n(radius)} {_n(radius)} 0 1 1"
    return f"M{_n(x - radius)} {_n(y)}{half} {_n(2 * radius)} 0{half} {_n(-2 * radius)} 0z"


def half_circle(x: float, y: float, radius: float, turn: int) -> str:
    """Return a path around the upper half of a circle, turned clockwise by quarters."""
    ends = [(-1, 0), (0, -1), (1, 0), (0, 1)]
    (x1, y1), (x2, y2) = ends[turn % 4], ends[(turn + 2) % 4]
    arc = f"A{_n(radius)} {_n(radius)} 0 0 1"
    return f"M{_n(x + x1 * radius)} {_n(y + y1 * radius)}{arc} {_n(x + x2 * radius)} {_n(y + y2 * radius)}z"


def quarter_circle(x: float, y: float, radius: float, corner: int) -> str:
    """Return a path around a quarter of a circle whose point lies at x, y; corners run clockwise from the top left."""
    (x1, y1), (x2, y2) = [((1, 0), (0, 1)), ((0, 1), (-1, 0)), ((-1, 0), (0, -1)), ((0, -1), (1, 0))][corner % 4]
    start = f"L{_n(x + x1 * radius)} {_n(y + y1 * radius)}"
    return f"M{_n(x)} {_n(y)}{start}A{_n(radius)} {_n(radius)} 0 0 1 {_n(x + x2 * radius)} {_n(y + y2 * radius)}z"


def diamond(x: float, y: float, radius: float) -> str:
    """Return a path around a square that stands on its corner."""
    return f"M{_n(x - radius)} {_n(y)}L{_n(x)} {_n(y - radius)}L{_n(x + radius)} {_n(y)}L{_n(x)} {_n(y + radius)}z"


def notched_frame(x: float, y: float, width: float, height: float, notch: float) -> str:
    """Return a path around a frame whose corners curve inwards, as on old title pages."""
    arc = f"a{_n(notch)} {_n(notch)} 0 0 0"
    return (
        f"M{_n(x + notch)} {_n(y)}h{_n(width - 2 * notch)}{arc} {_n(notch)} {_n(notch)}v{_n(height - 2 * notch)}"
        f"{arc} {_n(-notch)} {_n(notch)}h{_n(-(width - 2 * notch))}{arc} {_n(-notch)} {_n(-notch)}v{_n(-(height - 2 * notch))}"
        f"{arc} {_n(notch)} {_n(-notch)}z"
    )


def tiles(seed: bytes, width: float, height: float, step: float) -> str:
    """Cover an area with quarter circles that turn as the seed says, and make loops and waves of themselves."""
    return "".join(
        quarter_circle(x + (step if corner in (1, 2) else 0), y + (step if corner in (2, 3) else 0), step, corner)
        for place, (x, y) in enumerate(_grid(width, height, step))
        for corner in (_turn(seed, place),)
    )


def scales(_seed: bytes, width: float, height: float, step: float) -> str:
    """Cover an area with rows of arches, each row standing between those of the next."""
    rings = []
    for row in range(math.ceil(2 * height / step) + 2):
        y = row * step / 2
        for x in range(math.ceil(width / step) + 2):
            centre = (x - (row % 2) / 2) * step
            for share in (0.5, 0.36, 0.22):
                radius = step * share
                rings.append(f"M{_n(centre - radius)} {_n(y)}A{_n(radius)} {_n(radius)} 0 0 1 {_n(centre + radius)} {_n(y)}")
    return "".join(rings)


def leaves(seed: bytes, width: float, height: float, step: float) -> str:
    """Cover an area with leaves that lean one way or the other."""
    result = []
    for place, (x, y) in enumerate(_grid(width, height, step)):
        gap = step * 0.06
        left, right, top, bottom = x + gap, x + step - gap, y + gap, y + step - gap
        if _turn(seed, place) % 2:
            left, right = right, left
        sweep = int(left > right)
        radius = _n(step - 2 * gap)
        result.append(
            f"M{_n(left)} {_n(top)}A{radius} {radius} 0 0 {1 - sweep} {_n(right)} {_n(bottom)}"
            f"A{radius} {radius} 0 0 {1 - sweep} {_n(left)} {_n(top)}z"
        )
    return "".join(result)


def triangles(seed: bytes, width: float, height: float, step: float) -> str:
    """Cover an area with half squares, cut along one diagonal or the other."""
    result = []
    for place, (x, y) in enumerate(_grid(width, height, step)):
        corners = [(x, y), (x + step, y), (x + step, y + step), (x, y + step)]
        del corners[_turn(seed, place)]
        result.append("M" + "L".join(f"{_n(across)} {_n(down)}" for across, down in corners) + "z")
    return "".join(result)


PAPERS: tuple[tuple[Callable[[bytes, float, float, float], str], bool], ...] = (
    (tiles, True),
    (scales, False),
    (leaves, True),
    (triangles, True),
)
"""Patterned papers, and whether their paths are filled or drawn as lines."""


def _grid(width: float, height: float, step: float) -> Iterator[tuple[float, float]]:
    for row in range(math.ceil(height / step)):
        for column in range(math.ceil(width / step)):
            yield column * step, row * step


def _turn(seed: bytes, place: int) -> int:
    """Pick one of four, differently for each place, the same for the same seed."""
    return (seed[place % len(seed)] >> 2 * (place // len(seed) % 4)) & 3


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
