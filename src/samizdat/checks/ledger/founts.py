"""Fonts of a PDF: what each of their glyphs stands for, and how wide it is (ISO 32000-1, 9.7 and 9.10)."""

import re
from array import array
from dataclasses import dataclass
from functools import lru_cache
from sys import byteorder

from pikepdf import Array, Dictionary, Name, Object

_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_SPAN = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_TEXT = re.compile(rb"<([0-9A-Fa-f]*)>")
_MANY = 50
"""How many fonts are remembered."""
UNKNOWN = "\ufffd"
"""Stands for a glyph of which its font says nothing."""
_USUAL = 1000.0
"""How wide a glyph is of which the font does not say it, in thousandths of an em."""


@dataclass(frozen=True, slots=True, eq=False)
class Fount:
    """A font: its name, what its codes stand for and how wide they are, in thousandths of an em."""

    name: str
    meanings: dict[int, str]
    widths: dict[int, float]
    width: float
    """That of all others."""
    wide: bool
    """Its codes are of two bytes."""
    spaces: frozenset[bytes] = frozenset()
    """The codes of its spaces, as they are written."""

    def codes(self, shown: bytes) -> "array[int]":
        """Divide a shown string into codes."""
        codes = array("H" if self.wide else "B", shown if not self.wide or len(shown) % 2 == 0 else shown[:-1])
        if self.wide and byteorder == "little":
            codes.byteswap()
        return codes

    def text(self, codes: "array[int]") -> str:
        """Say what codes stand for."""
        meanings = self.meanings
        try:
            return "".join([meanings[code] for code in codes])
        except KeyError:
            return "".join([meanings.get(code, UNKNOWN) for code in codes])

    def length(self, codes: "array[int]") -> float:
        """Add up the widths of codes, in thousandths of an em."""
        widths = self.widths
        try:
            return sum([widths[code] for code in codes])
        except KeyError:
            return sum([widths.get(code, self.width) for code in codes])


def fount(font: Object) -> Fount:
    """Read a font."""
    name = str(font.get(Name.BaseFont, "")).rpartition("+")[2]
    table = font.ToUnicode.read_bytes() if Name.ToUnicode in font else b""
    if font.get(Name.Subtype) == Name.Type0:
        inner = font.DescendantFonts[0]
        return _wide(name, table, inner.get(Name.W, Array()).unparse(), float(inner.get(Name.DW, _USUAL)))
    meanings = _meanings(table) or {code: bytes((code,)).decode("cp1252", "replace") for code in range(256)}
    first = int(font.get(Name.FirstChar, 0))
    unit = abs(float(font.get(Name.FontMatrix, [1 / _USUAL])[0])) * _USUAL  # a font of drawings has a measure of its own
    widths = {first + place: float(width) * unit for place, width in enumerate(font.get(Name.Widths, Array()))}
    usual = float(font.get(Name.FontDescriptor, Dictionary()).get(Name.MissingWidth, _USUAL / 2))
    return Fount(name, meanings, widths, usual, wide=False)


@lru_cache(_MANY)
def _wide(name: str, table: bytes, widths: bytes, usual: float) -> Fount:
    """Read a font whose codes are of two bytes; editions that are drawn from the same pages have theirs in common."""
    meanings = _meanings(table)
    spaces = frozenset(b"%04x" % code for code, meaning in meanings.items() if meaning.isspace())
    return Fount(name, meanings, dict(_wide_widths(Object.parse(widths))), usual, wide=True, spaces=spaces)


def _meanings(table: bytes) -> dict[int, str]:
    """Read what a font's codes stand for."""
    found = {int(code, 16): _said(text) for block in _CHARS.findall(table) for code, text in _PAIR.findall(block)}
    for block in _RANGES.findall(table):
        for low, high, text, texts in _SPAN.findall(block):
            first, last = int(low, 16), min(int(high, 16), 0xFFFF)
            if texts:
                found.update(zip(range(first, last + 1), map(_said, _TEXT.findall(texts)), strict=False))
            elif begun := _said(text):
                found.update((code, begun[:-1] + chr(ord(begun[-1]) + code - first)) for code in range(first, last + 1))
    return found


def _said(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


def _wide_widths(runs: Object) -> list[tuple[int, float]]:
    """Read the widths of a font whose codes are of two bytes: a code and those of its run, or two codes and one for all."""
    flat = list(runs)
    found: list[tuple[int, float]] = []
    at = 0
    while at + 1 < len(flat):
        first, second = int(flat[at]), flat[at + 1]
        if isinstance(second, Array):
            found += enumerate(map(float, second), start=first)
            at += 2
        else:
            found += ((code, float(flat[at + 2])) for code in range(first, min(int(second), 0xFFFF) + 1))
            at += 3
    return found
