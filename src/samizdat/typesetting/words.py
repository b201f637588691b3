"""Words: the letters of a word as its font has them, shaped once and then measured and drawn from memory.

A book uses the same few thousand words over and over. Pango shapes words apart wherever a line is justified, so a word looks
the same in every line, and what was learnt of it holds for the whole book.
"""

import re
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import get_pango_font_key
from weasyprint.text.line_break import Layout

from samizdat.typesetting import boxes

_GLYPH = ffi.sizeof("PangoGlyphInfo")
_INT = ffi.sizeof("int")
_MANY = 40_000
"""How many words are remembered before all are forgotten, so that memory stays bounded."""
HAIR = 1.5 / TO_UNITS
"""The least word spacing that Pango heeds. It makes Pango shape words apart, as when it draws a justified line."""
_UNPRINTED = 0x0FFFFFFF
_SPACES = frozenset(" \u00a0")
_TOKEN = re.compile("[ \u00a0]|[^ \u00a0]+")
_INVOLVED = re.compile(
    "[\u0300-\u036f\u0590-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001ffff\U000e0100-\U000e010f]"
)
"""Scripts that run from right to left, or whose letters are not simply put side by side; and emoji."""
_REORDERED = re.compile("[\u0900-\u109f\u1780-\u17ff]")
"""Scripts of which some signs are drawn before those that they follow in the text, or as one with them."""

ffi.cdef("gpointer g_object_ref (gpointer object);")


class Strip(NamedTuple):
    """Letters of a word that are set in one font: the font, how they are shown, and what is to be known of each glyph."""

    font: Any
    font_key: Any
    size: float
    shown: str
    """What goes between the angle brackets of a PDF's show-text operation."""
    glyphs: tuple[tuple[int, int, str], ...]
    """Number, width in thousandths of an em, and meaning."""


class Word(NamedTuple):
    """A word, or a space: its width, that of each of its letters, and how it is drawn."""

    width: float
    advances: tuple[float, ...]
    strips: tuple[Strip, ...]
    is_space: bool


def tokens(text: str) -> list[str]:
    """Divide a text into words and single spaces."""
    return _TOKEN.findall(text)


def is_simple(text: str, style: Any) -> bool:
    """Say whether a text can be put together from words."""
    return style["direction"] == "ltr" and not _INVOLVED.search(text)


class Vocabulary:
    """The words known in one set of fonts."""

    def __init__(self) -> None:
        """Begin with no words."""
        self._words: dict[tuple[str, str], Word | None] = {}
        self._keys: dict[int, tuple[Any, Any, float]] = {}
        self._widths: dict[tuple[Any, float, int], int] = {}
        self._rectangle = ffi.new("PangoRectangle *")

    def words(self, texts: list[str], style: Any, key: str) -> list[Word] | None:
        """Look up words in a style known by its key, or learn them. None: one of them must be drawn by Pango itself."""
        known = self._words
        if len(known) > _MANY:
            known.clear()
        unknown = [text for text in dict.fromkeys(texts) if (key, text) not in known]
        for space in _SPACES.intersection(unknown):
            self._learn("x", [space], "x", style, key)
            unknown.remove(space)
        if unknown:
            self._learn("x ", unknown, " x", style, key)
        words = [known[key, text] for text in texts]
        return None if None in words else words  # type: ignore[return-value]  # mypy does not see what `in` rules out

    def _learn(self, before: str, texts: list[str], after: str, style: Any, key: str) -> None:
        """Have Pango shape words, all in one go: spaces, made a hair wider, keep them apart."""
        layout = Layout(style, HAIR)
        layout.set_text(before + " ".join(texts) + after, justify=True)
        line, _index = layout.get_first_line()
        run, begin = line.runs, len(before)
        for text in texts:
            encoded = text.encode()
            end = begin + len(encoded)
            advances = [0] * (len(encoded) + 1)
            strips: list[Strip | None] = []
            while run != ffi.NULL and run.data.item.offset < end:
                if run.data.item.offset >= begin:
                    strips.append(self._strip(run.data, begin, encoded, advances))
                run = run.next
            self._words[key, text] = _word(text, advances, strips)
            begin = end + 1

    def _strip(self, run: Any, start: int, text: bytes, advances: list[int]) -> Strip | None:
        """Read a run of a word that begins at byte `start`; add up the advances by the place of each letter's first byte."""
        item, string = run.item, run.glyphs
        offset = item.offset - start
        count = string.num_glyphs
        numbers = array("i", ffi.buffer(string.glyphs, count * _GLYPH)[:])
        step = _GLYPH // _INT
        clusters = array("i", ffi.buffer(string.log_clusters, count * _INT)[:])
        if any(numbers[3::step]) or item.analysis.level % 2:
            return None
        font, key, size = self._font(item.analysis.font)
        if not size:  # what is larger than Pango can count has none
            return None
        shown = ""
        glyphs = []
        for place in range(count):
            glyph, advance, shift = numbers[place * step], numbers[place * step + 1], numbers[place * step + 2]
            begin = clusters[place]
            advances[offset + begin] += advance
            if glyph == _UNPRINTED:
                shown += f">{-advance * FROM_UNITS * 1000 / size:.1f}<" if advance else ""
                continue
            if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                return None
            own = self._own_width(font, key, glyph, size)
            moved = shift * 1000 * FROM_UNITS / size
            rest = round(own + moved - advance * 1000 * FROM_UNITS / size)
            end = clusters[place + 1] if place + 1 < count else item.length
            # A hyphen of this kind stands where a word is divided; as a soft one it does not come between its halves
            # when the text is searched, copied or read aloud.
            meaning = text[offset + begin : offset + end].decode().replace("\u2010", "\u00ad")
            shown += (f">{-moved:.1f}<" if shift else "") + f"{glyph:04x}" + (f">{rest}<" if rest else "")
            glyphs.append((glyph, own, meaning))
        return Strip(font, key, size, shown, tuple(glyphs))

    def _own_width(self, font: Any, key: Any, glyph: int, size: float) -> int:
        """Look up a glyph's own width, in thousandths of an em."""
        width = self._widths.get((key, size, glyph))
        if width is None:
            pango.pango_font_get_glyph_extents(font, glyph, ffi.NULL, self._rectangle)
            width = self._widths[key, size, glyph] = round(self._rectangle.width * 1000 * FROM_UNITS / size)
        return width

    def _font(self, font: Any) -> tuple[Any, Any, float]:
        """Keep a font alive, and tell how WeasyPrint knows it."""
        address = int(ffi.cast("uintptr_t", font))
        if address not in self._keys:
            key, _description, size = get_pango_font_key(font)
            self._keys[address] = (ffi.gc(ffi.cast("PangoFont *", gobject.g_object_ref(font)), gobject.g_object_unref), key, size)
        return self._keys[address]


def _word(text: str, advances: list[int], strips: list[Strip | None]) -> Word | None:
    """Put a word together from what was read of it."""
    if not strips or None in strips:
        return None
    if len(advances) == len(text) + 1:
        wide = tuple(advance * FROM_UNITS for advance in advances[:-1])
    else:
        wide = tuple(advances[len(text[:place].encode())] * FROM_UNITS for place in range(len(text)))
    return Word(sum(wide), wide, tuple(strip for strip in strips if strip), text in _SPACES)


@contextmanager
def told(stream: Any, text: str) -> Iterator[None]:
    """Tell along with what is drawn which text it is, where that does not follow from its glyphs: PDF 2.0, 14.9.4.

    The marks are written in one line each, unlike those that tie a drawing to its tags, and stay when these are taken out.
    """
    written = boxes.unboxed(text)
    if written == text and not _REORDERED.search(text):
        yield
        return
    stream.stream.append(b"/Span <</ActualText <feff%s>>> BDC" % written.encode("utf-16-be").hex().encode())
    yield
    stream.stream.append(b" EMC")


def draw(stream: Any, words: list[Word], spacing: float) -> None:
    """Draw words one after the other, each space wider by `spacing` px, in a text object that has been begun and placed."""
    current: Any = None
    font: Any = None
    known: set[str] = set()
    shown = ""
    for word in words:
        for strip in word.strips:
            if strip.font_key != current:
                if shown:
                    stream.show_text(f"<{shown}>")
                    shown = ""
                current = strip.font_key
                font = stream._fonts.get(current) or stream.add_font(strip.font)[0]  # noqa: SLF001 - as WeasyPrint does
                known = font.__dict__.setdefault("known_strips", set())
                stream.set_font_size(font.hash, strip.size)
            if strip.shown not in known:
                known.add(strip.shown)
                for glyph, width, meaning in strip.glyphs:
                    font.widths.setdefault(glyph, width)
                    font.to_unicode.setdefault(glyph, meaning)
            shown += strip.shown
            if spacing and word.is_space:
                shown += f">{-spacing * 1000 / strip.size:.1f}<"
    if shown:
        stream.show_text(f"<{shown}>")
