"""What a page draws, as far as a printing house minds: pictures with their sizes on paper, lines with their widths, colours.

The page's operations are followed with the state that they change (ISO 32000-1, 8.4), into the forms that they draw.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

import pikepdf
from pikepdf import Name

_FOLLOWED = "q Q cm w re n f F f* S s B B* b b* Do g G rg RG k K cs CS sc SC scn SCN gs"
_DEEP = 12
"""More forms within forms than any drawing has."""

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is placed: its object, its width and height on paper in pt, and its left, lower, right and upper edges."""

    image: pikepdf.Stream
    width: float
    height: float
    edges: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line as it is drawn, or a bar that is filled: its width on paper in pt."""

    width: float


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour that is chosen: its space by the name of PDF, and its amounts where they are numbers."""

    space: str
    amounts: tuple[float, ...]


_PLAIN = {"g": "DeviceGray", "G": "DeviceGray", "rg": "DeviceRGB", "RG": "DeviceRGB", "k": "DeviceCMYK", "K": "DeviceCMYK"}


def drawn(page: pikepdf.Page) -> Iterator[Picture | Stroke | Paint]:
    """Yield everything that a page draws with a bearing on the press, in order."""
    yield from _drawn(page.obj, page.obj.get(Name.Resources, pikepdf.Dictionary()), _IDENTITY, 0)


def _drawn(source: pikepdf.Object, resources: pikepdf.Object, matrix: Matrix, depth: int) -> Iterator[Picture | Stroke | Paint]:
    if depth > _DEEP or (depth == 0 and Name.Contents not in source):
        return
    width, spaces = 1.0, ["DeviceGray", "DeviceGray"]
    kept: list[tuple[Matrix, float, list[str]]] = []
    bars: list[float] = []
    for instruction in pikepdf.parse_content_stream(source, operators=_FOLLOWED):
        operands, name = instruction.operands, str(instruction.operator)
        match name:
            case "q":
                kept.append((matrix, width, list(spaces)))
            case "Q" if kept:
                matrix, width, spaces = kept.pop()
            case "cm":
                matrix = _times(_matrix(operands), matrix)
            case "w":
                width = float(operands[0])
            case "re":
                _x, _y, across, along = _numbers(operands)
                bars.append(min(abs(across) * hypot(matrix[0], matrix[1]), abs(along) * hypot(matrix[2], matrix[3])))
            case "n":
                bars.clear()
            case "f" | "F" | "f*":
                yield from (Stroke(bar) for bar in bars if bar)
                bars.clear()
            case "S" | "s" | "B" | "B*" | "b" | "b*":
                bars.clear()
                yield Stroke(width * min(hypot(matrix[0], matrix[1]), hypot(matrix[2], matrix[3])))
            case "cs" | "CS":
                spaces[name == "CS"] = _space(operands[0], resources)
            case "sc" | "SC" | "scn" | "SCN":
                yield Paint(spaces[name.isupper()], _numbers(operands))
            case "Do":
                yield from _object(operands[0], resources, matrix, depth)
            case _ if name in _PLAIN:
                yield Paint(_PLAIN[name], _numbers(operands))
            case _:
                pass


def _object(name: pikepdf.Object, resources: pikepdf.Object, matrix: Matrix, depth: int) -> Iterator[Picture | Stroke | Paint]:
    thing = resources.get(Name.XObject, pikepdf.Dictionary()).get(str(name))
    if thing is None:
        return
    if isinstance(thing, pikepdf.Stream) and thing.get(Name.Subtype) == Name.Image:
        a, b, c, d, e, f = matrix
        across, along = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        yield Picture(thing, hypot(a, b), hypot(c, d), (min(across), min(along), max(across), max(along)))
    elif thing.get(Name.Subtype) == Name.Form:
        inner = _times(_matrix(list(thing.get(Name.Matrix, _IDENTITY))), matrix)
        yield from _drawn(thing, thing.get(Name.Resources, resources), inner, depth + 1)


def _space(name: pikepdf.Object, resources: pikepdf.Object) -> str:
    """Name the family of a colour space: its first word."""
    found = resources.get(Name.ColorSpace, pikepdf.Dictionary()).get(str(name), name)
    return family(found)


def family(space: pikepdf.Object | None) -> str:
    """Name the family of a colour space; of one with a palette or a profile, that of the colours in it."""
    if isinstance(space, pikepdf.Array) and len(space):
        first = str(space[0]).lstrip("/")
        if first == "Indexed":
            return family(space[1])
        if first == "ICCBased":
            return {1: "DeviceGray", 4: "DeviceCMYK"}.get(int(space[1].get(Name.N, 3)), "DeviceRGB")
        return first
    return str(space or "").lstrip("/")


def _numbers(operands: object) -> tuple[float, ...]:
    return tuple(float(part) for part in operands if not isinstance(part, Name))  # type: ignore[attr-defined]  # a list of pikepdf's


def _matrix(values: object) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)  # type: ignore[attr-defined]  # the same
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
