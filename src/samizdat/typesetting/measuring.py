"""Measuring: how wide letters are in their font, and where words may be divided.

A whole paragraph is shaped once, by Pango, and the advance of every letter read off; the lines that breaking then considers
cost only subtraction.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, ClassVar

import pyphen
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, _font_style_cache_key, line_size, strut

from samizdat.typesetting.words import HAIR, Vocabulary, Word, is_simple, tokens

_GLYPH = ffi.sizeof("PangoGlyphInfo")
_INT = ffi.sizeof("int")
_LEAST_WORD, _LEAST_BEFORE, _LEAST_AFTER = 6, 3, 3
_WORD = re.compile(rf"[^\W\d_]{{{_LEAST_WORD},}}")
_BOUND = re.compile(r"[-‐‑/@\\_\d­]")
"""Where a run of letters holds one of these, it is a compound, a number or an address, and is not divided further."""


class CannotSetError(Exception):
    """The paragraph holds something that only WeasyPrint itself can set."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Measures of a style's own font: a text box's height and baseline, and the half leading above and below it."""

    height: float
    baseline: float
    leading: float


class Fount:
    """A style's font, ready to be measured. What was measured once is known to all styles that set alike."""

    _metrics: ClassVar[dict[str, Metrics]] = {}
    _widths: ClassVar[dict[tuple[str, str], float]] = {}

    def __init__(self, style: Any) -> None:
        """Take a computed style."""
        self.style = style
        spacing = f"{style['letter_spacing']} {style['word_spacing']} {style['font_kerning']} {style['direction']}"
        self._vocabulary: Vocabulary = style.font_config.vocabulary
        self.key = _font_style_cache_key(style, include_size=True) + spacing

    def metrics(self) -> Metrics:
        """Measure the style's own font, so that a foreign letter in a line cannot push the line off the grid."""
        found = self._metrics.get(self.key)
        if found is None:
            layout = Layout(self.style)
            layout.set_text("x")
            line, _index = layout.get_first_line()
            height = line_size(line, self.style)[1]
            baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
            found = self._metrics[self.key] = Metrics(height, baseline, (strut(self.style)[0] - height) / 2)
        return found

    def words(self, text: str) -> list[Word] | None:
        """Put a text together from words; None where Pango must see it whole."""
        if not is_simple(text, self.style):
            return None
        return self._vocabulary.words(tokens(text), self.style, self.key)

    def width(self, text: str) -> float:
        """Measure a word or less."""
        found = self._widths.get((self.key, text))
        if found is None:
            layout = Layout(self.style)
            layout.set_text(text)
            line, _index = layout.get_first_line()
            found = self._widths[self.key, text] = line_size(line, self.style)[0]
        return found

    def advances(self, text: str) -> tuple[list[float], int]:
        """Have Pango shape a text; return the advance of each of its characters, and the line's direction.

        The width of letters drawn as one is counted at the first of them.
        """
        layout = Layout(self.style, HAIR)
        layout.set_text(text, justify=True)
        line, _index = layout.get_first_line()
        encoded = text.encode()
        wide = [0] * (len(encoded) + len("\u200b".encode()))
        run = line.runs
        while run != ffi.NULL:
            start, glyphs = run.data.item.offset, run.data.glyphs
            count = glyphs.num_glyphs
            numbers = array("i", ffi.buffer(glyphs.glyphs, count * _GLYPH)[:])
            clusters = array("i", ffi.buffer(glyphs.log_clusters, count * _INT)[:])
            for cluster, advance in zip(clusters, numbers[1 :: _GLYPH // _INT], strict=True):
                wide[start + cluster] += advance
            run = run.next
        if len(encoded) == len(text):
            return [advance * FROM_UNITS for advance in wide[: len(text)]], layout.first_line_direction
        places = accumulate((len(letter.encode()) for letter in text), initial=0)
        return [wide[place] * FROM_UNITS for place, _letter in zip(places, text, strict=False)], layout.first_line_direction


@lru_cache(maxsize=64)
def _dictionary(language: str, before: int, after: int) -> Any:
    """Open the hyphenation patterns of a language; None where there are none."""
    known = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=known, left=before, right=after) if known else None


@lru_cache(maxsize=20_000)
def _syllables(word: str, language: str, before: int, after: int) -> tuple[int, ...]:
    """Find where a word may be divided without a change of spelling."""
    dictionary = _dictionary(language, before, after)
    return tuple(int(place) for place in dictionary.positions(word) if not getattr(place, "data", None)) if dictionary else ()


def divisions(text: str, style: Any) -> Iterator[int]:
    """Yield where in a text, free of spaces, a word may be divided by a hyphen."""
    language = style["lang"]
    if style["hyphens"] != "auto" or not language or _BOUND.search(text):
        return
    least, before, after = style["hyphenate_limit_chars"]
    before, after = max(before, _LEAST_BEFORE), max(after, _LEAST_AFTER)
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) >= least and not word.isupper():
            for place in _syllables(word, language, before, after):
                yield match.start() + place


def spacing(style: Any, side: str) -> float:
    """Add up what a box puts between its edge and its text on one side."""
    total = float(style[f"border_{side}_width"])
    for name in ("margin", "padding"):
        length = style[f"{name}_{side}"]
        if length in {0, "auto"}:
            continue
        if getattr(length, "unit", "px") != "px":
            raise CannotSetError
        total += float(getattr(length, "value", length))
    return total
