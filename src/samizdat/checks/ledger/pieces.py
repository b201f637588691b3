"""Pieces of text as they are drawn on a side of paper, and what else is drawn there."""

import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import starmap
from typing import NamedTuple

from samizdat.checks.ledger.founts import UNKNOWN, Fount
from samizdat.checks.ledger.operands import EVERYWHERE, Box

_BOX = "\u25a1"
"""Stands for a letter that no font has."""
_SILENT = "\u200d"
"""What a glyph says that is one letter with its neighbours, or of which nothing is known."""
_SYLLABLE = 3
"""How many signs such a glyph stands for at most: a consonant below or around another, with its vowel."""
_UNDRAWN = {"Cf", "Zs"}
_MARKS = {"Mn", "Mc"}
_APART = range(0x0E00, 0x0F00)
"""Thai and Lao: each mark has a glyph. In other scripts marks are drawn in parts, or one with another."""
_MANY = 20_000
"""How many glyphs are remembered."""


class Strip(NamedTuple):
    """Glyphs with nothing between them: how far along their piece they begin, and in what they are set."""

    along: float
    codes: "array[int]"
    text: str
    face: Fount
    em: float
    """In points."""


@dataclass(slots=True)
class Piece:
    """Letters that are drawn one after the other on one line: where they begin, and how far they reach, in points."""

    x: float
    y: float
    towards: tuple[float, float]
    """Where the line goes to, as a step of one point."""
    em: float
    """The size of its first letters, in points."""
    strips: list[Strip] = field(default_factory=list)
    low: float = 0.0
    high: float = 0.0
    """How far they reach before and behind their beginning."""
    end: float = 0.0
    """How far along the next letter would stand."""
    told: str | None = None
    """What they are told to say, whatever their glyphs stand for."""
    window: Box = EVERYWHERE
    """Where they are seen: what is drawn beside the form that it belongs to is not."""

    def at(self, along: float) -> tuple[float, float]:
        """Return a place on the page."""
        return self.x + along * self.towards[0], self.y + along * self.towards[1]

    @property
    def text(self) -> str:
        """What the letters say, in the order in which they are drawn."""
        return "".join([strip.text for strip in self.strips]) if self.told is None else self.told

    @property
    def bears_out(self) -> bool:
        """Whether its glyphs draw what they are told to say, word for word.

        Each letter must be drawn, and a glyph that says but one must say one that is told. No more can be known: within a word
        letters are drawn in another order, and a glyph that was first met with its neighbours says theirs as well.
        """
        drawn: list[list[str]] = [[]]
        for strip in self.strips:
            for code in strip.codes:
                said = strip.face.meanings.get(code, UNKNOWN)
                if said.isspace():
                    drawn.append([])
                elif _signs(said) or said == _SILENT:
                    drawn[-1].append(said)
        words = [word for word in (self.told or "").split() if _signs(word)]
        drawn = [word for word in drawn if any(map(_signs, word))]
        return len(words) == len(drawn) and all(starmap(_borne_out, zip(words, drawn, strict=True)))

    def glyphs(self) -> Iterator[tuple[float, str]]:
        """Yield what each glyph stands for, and how far along it stands."""
        for strip in self.strips:
            along = strip.along
            if not strip.codes:
                yield along, strip.text
            for code in strip.codes:
                yield along, strip.face.meanings.get(code, UNKNOWN)
                along += strip.face.widths.get(code, strip.face.width) * strip.em / 1000


def _borne_out(told: str, drawn: Sequence[str]) -> bool:
    """Say whether glyphs, of which each says something, draw a word."""
    owed, said, alone = _signs(told), Counter[str](), Counter[str]()
    for glyph in drawn:
        signs = _signs(glyph)
        said += signs
        if len(glyph) == len(signs) == 1:
            alone += signs
    boxes = (said - owed)[_BOX]
    return 0 <= (owed - said).total() - boxes <= _SYLLABLE * drawn.count(_SILENT) and (alone - owed).total() == boxes


@lru_cache(_MANY)
def _signs(text: str) -> Counter[str]:
    """Count the signs of a text of which it can be known whether they are drawn: all letters, and marks that are drawn apart."""
    signs = ((sign, unicodedata.category(sign)) for sign in unicodedata.normalize("NFKD", text))
    return Counter(sign for sign, kind in signs if kind not in _UNDRAWN and (kind not in _MARKS or ord(sign) in _APART))


class Run(NamedTuple):
    """Words that are drawn in one go: in which font, by its name, how high on the page, and how large."""

    face: str
    words: str
    y: float
    em: float


@dataclass(slots=True)
class Sheet:
    """What is drawn on one side of paper."""

    pieces: list[Piece] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    """Words that are drawn in a way that shows nothing."""
    pictures: Counter[tuple[int, int]] = field(default_factory=Counter)
    """By width and height in px."""
    figures: list[int] = field(default_factory=list)
    """The numbers of what is marked as a figure."""
