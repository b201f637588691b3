"""Margins by the canons of the trade: how the block of text lies on its page.

J. A. van de Graaf, "Nieuwe berekening voor de vormgeving" (1946), found how the pages of manuscripts and of early printed books
were divided: into nine parts each way, of which the margins take one inside and at the head, two outside and at the foot.
Jan Tschichold's rule ("Die Proportionen des Buches", 1955) has margins as 2 : 3 : 4 : 6, whatever the shape of the page; on a
page of two to three the two agree.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

PARTS = 27
"""Into how many parts the house divides the width."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The four margins, in any one unit."""

    top: float
    outer: float
    bottom: float
    inner: float


def _house(width: float, _height: float) -> Margins:
    """Tschichold's order, inner before top before outer before bottom, at the price of a pamphlet."""
    unit = width / PARTS
    return Margins(3.0 * unit, 3.25 * unit, 4.4 * unit, 2.75 * unit)


def _van_de_graaf(width: float, height: float) -> Margins:
    return Margins(height / 9, 2 * width / 9, 2 * height / 9, width / 9)


def _tschichold(width: float, _height: float) -> Margins:
    unit = width / 18
    return Margins(3 * unit, 4 * unit, 6 * unit, 2 * unit)


def _plain(width: float, _height: float) -> Margins:
    """Leave the same on every side, and below a little more for the folio."""
    unit = width / 9
    return Margins(unit, unit, 1.25 * unit, unit)


CANONS: Mapping[str, Callable[[float, float], Margins]] = {
    "house": _house,
    "van-de-graaf": _van_de_graaf,
    "tschichold": _tschichold,
    "plain": _plain,
}
"""From the width and height of the page to its margins, by the name of the canon."""


def gutter(pages: int, inner: float, outer: float) -> float:
    """Return in mm how much further from the spine the text of a bound book stands, given its pages and margins in mm.

    A glued back swallows the more of the inner margin the thicker it is: a millimetre for each hundred pages beyond the first,
    and never less than the print-on-demand houses want (Kindle Direct Publishing, "Set trim size, bleed, and margins"). The
    lines keep their length, so what the inner margin gains the outer one loses, which keeps 8 mm.
    """
    least = next((margin for most, margin in _INSIDE if pages <= most), _INSIDE[-1][1])
    wanted = max((pages - 100) / 100, least - inner, 0.0)
    return round(max(0.0, min(wanted, outer - _NARROWEST)), 2)


_INSIDE = ((24, 0.0), (150, 9.6), (300, 12.7), (500, 15.9), (700, 19.1), (828, 22.3))
"""The least inner margin in mm for books of up to so many pages."""
_NARROWEST = 8.0
