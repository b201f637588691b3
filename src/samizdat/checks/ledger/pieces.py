"""Pieces of text as they are drawn on a side of paper, and what else is drawn there."""

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from samizdat.checks.ledger.founts import UNKNOWN, Fount
from samizdat.checks.ledger.operands import EVERYWHERE, Box


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

    def glyphs(self) -> Iterator[tuple[float, str]]:
        """Yield what each glyph stands for, and how far along it stands."""
        for strip in self.strips:
            along = strip.along
            if not strip.codes:
                yield along, strip.text
            for code in strip.codes:
                yield along, strip.face.meanings.get(code, UNKNOWN)
                along += strip.face.widths.get(code, strip.face.width) * strip.em / 1000


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
