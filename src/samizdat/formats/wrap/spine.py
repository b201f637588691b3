"""The spine: how thick a book is, which way its title runs, and whether it is thick enough for one."""

from collections.abc import Mapping
from dataclasses import dataclass

INCH = 25.4

NARROWEST = 4.0
"""In mm. On a narrower spine the fold may wander so far that the title comes to stand on the front."""

_UPWARDS = frozenset("be bg bs ca cs de el es et eu fr gl hr hu it la lt lv mk pl pt ro ru sk sl sq sr tr uk".split())
"""Languages whose titles are read with the head to the left: in most of the Continent, and so in Latin America.

English, Dutch and the languages of the North run downwards, to be read when the book lies on its back (ISO 6357:1985).
"""


@dataclass(frozen=True, slots=True)
class House:
    """What a print-on-demand house says of its paper: thickness of a page and of the cover in mm, pages from which it letters."""

    page: float
    cover: float = 0.0
    lettered: int = 0


HOUSES: Mapping[str, House] = {
    "kdp-white": House(0.002252 * INCH, lettered=80),
    "kdp-cream": House(0.0025 * INCH, lettered=80),
    "kdp-colour": House(0.002347 * INCH, lettered=80),
    "lulu": House(INCH / 444, 0.06 * INCH, 80),
}
"""Kindle Direct Publishing, "Set Trim Size, Bleed, and Margins: paperback cover"; Lulu, "Book Creation Guide": both in inches."""


def thickness(pages: int, weight: float, bulk: float, cover_weight: float) -> float:
    """Return the spine in mm of so many pages on paper of a weight (g/m²) and bulk (cm³/g), with a cover of a weight.

    A leaf is as thick as its weight times its bulk, in thousandths of a millimetre (ISO 534:2011); a cover is of board with a
    bulk of about one, and lies on both sides.
    """
    leaves = (pages + 1) // 2
    return leaves * weight * bulk / 1000 + 2 * cover_weight / 1000


def house_thickness(pages: int, house: House) -> float:
    """Return the spine in mm by a print-on-demand house's own table."""
    return (pages + pages % 2) * house.page + house.cover


def upwards(language: str) -> bool:
    """Say whether a title in a language runs from the foot of the spine to its head."""
    return language.split("-", maxsplit=1)[0].lower() in _UPWARDS
