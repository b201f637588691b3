"""How a page's operations are written, and what they are given: numbers, strings, letters that are shown (ISO 32000-1, 7)."""

import re
from collections.abc import Container, Iterable, Iterator

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Box = tuple[float, float, float, float]
"""The left, lower, right and upper edge."""
EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)
APART = 250.0
"""In thousandths of an em: glyphs that are so far apart are read as if there were a space between them."""
_HEX = rb"<[0-9A-Fa-f\s]*+>"
_LITERAL = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)"
_ARRAY = rb"\[(?:[^\[\]()<>]++|" + _HEX + rb"|" + _LITERAL + rb")*+\]"
_INNER = rb"<<(?:[^<>()]++|" + _HEX + rb"|" + _LITERAL + rb")*+>>"
_DICTIONARY = rb"<<(?:[^<>()]++|" + _HEX + rb"|" + _LITERAL + rb"|" + _INNER + rb")*+>>"
_NAME = rb"/[^\s()<>\[\]{}/%]*+"
_OPERAND = rb"[-+.\d]++|" + _NAME + rb"|" + _ARRAY + rb"|" + _LITERAL + rb"|" + _DICTIONARY + rb"|" + _HEX
INSTRUCTION = re.compile(rb"((?:(?:" + _OPERAND + rb"|%[^\r\n]*+)\s*+)*+)([A-Za-z'\"][A-Za-z0-9*]*+)", re.DOTALL)
OPERANDS = re.compile(_OPERAND, re.DOTALL)
_SHOWN = re.compile(rb"<([0-9A-Fa-f\s]*+)>|(" + _LITERAL + rb")|([-+.\d]++)", re.DOTALL)
_MOVED = re.compile(rb"<([0-9A-Fa-f\s]*+)>\s*+([-+.\d]*+)")
_LINE = 5000.0
"""In thousandths of an em."""
IMAGE_WITHIN = re.compile(rb"\bBI\s.*?\sID\s.*?\sEI\b", re.DOTALL)
TOLD = re.compile(rb"/ActualText\s*(" + _HEX + rb"|" + _LITERAL + rb")", re.DOTALL)
FIGURE = re.compile(rb"/Figure\s*<<.*?/MCID\s+(\d+)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\n": b"", b"\r": b""}


def stretches(operands: bytes, spaces: Container[bytes]) -> Iterator[tuple[bytes, float]]:
    """Yield the codes of letters that are shown, as far as they are not set far apart; and how far they are moved after that.

    Behind one of the codes in `spaces` there is often much room, and nothing is to be told of it.
    """
    if b"(" not in operands and operands.startswith((b"[<", b"<")):
        found = _MOVED.findall(operands)
        ways = [float(way) for _, way in found if way]
        far = ways and (min(ways) < -APART or max(ways) > _LINE)
        if not far or (_fits(ways) and all(float(way or 0) > -APART or codes[-4:] in spaces for codes, way in found)):
            yield bytes.fromhex(b"".join([codes for codes, _ in found]).decode()), sum(ways)
            return
    data, small = b"", 0.0
    for hexadecimal, literal, moved in _SHOWN.findall(operands):
        if not moved:
            data += bytes.fromhex(hexadecimal.decode()) if hexadecimal else _unescaped(literal[1:-1])
            continue
        way = float(moved)
        small += way
        if way < -APART or way > APART:
            yield data, small
            data, small = b"", 0.0
    yield data, small


def _fits(ways: Iterable[float]) -> bool:
    """Say whether nothing is moved farther than letters of a line ever are."""
    return all(-_LINE < way < _LINE for way in ways)


def times(one: Matrix, other: Matrix) -> Matrix:
    """Return what two changes of place come to, one after the other (8.3.4)."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def within(box: Box, change: Matrix, other: Box) -> Box:
    """Return what a box and another have in common, once it has been put into its place."""
    a, b, c, d, e, f = change
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    across, along = [x for x, _ in corners], [y for _, y in corners]
    left, bottom, right, top = other
    return max(left, min(across)), max(bottom, min(along)), min(right, max(across)), min(top, max(along))


def matrix(operands: bytes) -> Matrix:
    """Read a change of place."""
    return numbers(operands.split())


def numbers(values: Iterable[object]) -> Matrix:
    """Make a change of place of six numbers."""
    a, b, c, d, e, f = map(float, values)  # type: ignore[arg-type]  # numbers of pikepdf's, or written ones
    return a, b, c, d, e, f


def string(written: bytes) -> str:
    """Read a text string (7.9.2.2)."""
    data = bytes.fromhex(written[1:-1].decode()) if written.startswith(b"<") else _unescaped(written[1:-1])
    return data[2:].decode("utf-16-be", "replace") if data.startswith(b"\xfe\xff") else data.decode("cp1252", "replace")


def _unescaped(literal: bytes) -> bytes:
    """Read a string that is written with letters (7.3.4.2)."""
    return _ESCAPED.sub(_escape, literal) if b"\\" in literal else literal


def _escape(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes((int(sign, 8) & 0xFF,)) if sign.isdigit() else _ESCAPES.get(sign, sign)
