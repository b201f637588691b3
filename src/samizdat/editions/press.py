"""What the files for a printing house have in common: bleed, marks and the profile of the press."""

import re
from typing import Annotated

from pydantic import AfterValidator

from samizdat import profiles
from samizdat.editions.edition import Press as Workshop
from samizdat.formats.press import MILLIMETRE
from samizdat.profiles import Profile

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(mm|in)")
_UNITS = {"mm": MILLIMETRE, "in": 72.0}
_MOST = 10 * MILLIMETRE


def points(length: str) -> float:
    """Return a length such as "3mm" or "0.125in" in pt; raises ValueError."""
    match = _LENGTH.fullmatch(length)
    if match is None:
        message = "is no length|Write a number with its unit, such as 3mm or 0.125in."
        raise ValueError(message)
    return float(match[1]) * _UNITS[match[2]]


def _checked(length: str) -> str:
    if points(length) > _MOST:
        message = "is more than any press needs|Bleed is 3 mm as a rule, and 10 mm at the most."
        raise ValueError(message)
    return length


Bleed = Annotated[str, AfterValidator(_checked)]
"""How far what touches the edge of a page is printed beyond it."""


def profile(name: str, workshop: Workshop) -> Profile | None:
    """Return the profile of this name from the book's templates, or the house's; raises SamizdatError P41."""
    return profiles.own(iter(workshop.templates), name) if name else profiles.house()
