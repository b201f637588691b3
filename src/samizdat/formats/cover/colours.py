"""The colours of a cover: a ground, an ink that can be read on it, and an accent."""

import re
from dataclasses import dataclass

LIGHT = "#f7f1e3"
DARK = "#1c1a18"
INKS = (LIGHT, DARK, "#ffffff", "#000000")
"""White or black can be read on every ground; the softer ones are taken where they can."""
READABLE = 4.5
"""The contrast that WCAG asks of text; large type may have less, but a cover is seen as a thumbnail."""

_PALETTE = (
    ("#7a1f1f", "#e8b64c"),
    ("#1f3a5f", "#eba878"),
    ("#1d4a38", "#dcc46c"),
    ("#4a2545", "#e6af74"),
    ("#2a2d34", "#ea8560"),
    ("#863812", "#f3cd8c"),
    ("#0f4a5a", "#e8bd80"),
    ("#54281c", "#dcab5c"),
    ("#3b471f", "#e9d38c"),
    ("#283366", "#eeb0a6"),
    ("#6b1d3a", "#edbfa8"),
    ("#234344", "#e89566"),
)
"""Grounds and the accents that go with them."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours as #rrggbb."""

    ground: str
    ink: str
    accent: str
    paper: str = LIGHT

    def tint(self, share: float) -> str:
        """Mix some of the ink into the ground."""
        return mix(self.ground, self.ink, share)


def choose(wish: str, seed: int) -> Colours:
    """Take the colour that book.toml names, or one of the palette; the ink and the accent follow from it."""
    if re.fullmatch(r"#[0-9A-Fa-f]{3}", wish):
        wish = "#" + "".join(2 * digit for digit in wish[1:])
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", wish):
        ground, accent = _PALETTE[seed % len(_PALETTE)]
        return Colours(ground, LIGHT, accent)
    ground = wish.lower()
    for given, accent in _PALETTE:
        if given == ground:
            return Colours(ground, LIGHT, accent)
    ink = next(ink for ink in INKS if contrast(ground, ink) >= READABLE)
    accents = sorted({colour for pair in _PALETTE for colour in pair}, key=lambda accent: (-_apart(ground, accent), accent))
    accent = next((accent for accent in accents if contrast(ground, accent) >= READABLE), ink)
    return Colours(ground, ink, accent)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG reckons it, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Mix a share of another colour into one."""
    mixed = (round(a + (b - a) * share) for a, b in zip(_channels(one), _channels(other), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _apart(one: str, other: str) -> int:
    """How far two colours lie apart in hue, roughly: by the differences of their channels."""
    (r1, g1, b1), (r2, g2, b2) = _channels(one), _channels(other)
    return abs((r1 - b1) - (r2 - b2)) + abs((r1 - g1) - (r2 - g2))
