"""Imposition: the pages of a PDF set out on sheets so that, printed on both sides and folded, they read in order.

A scheme says as plain data which page stands where (`scheme.py`; `saddle.py` is the one for stapled booklets), `reading.py`
takes a PDF apart into pages, and `drawing.py` draws them on their sheets. A further scheme is one more file like `saddle.py`: a
module of this package that holds a `Scheme` is one, named after the file.
"""

import pkgutil
from collections.abc import Mapping
from importlib import import_module

from samizdat.formats.imposition.choosing import chosen, ending
from samizdat.formats.imposition.collating import collated
from samizdat.formats.imposition.covering import Jacket, cover_alone, covered, outside
from samizdat.formats.imposition.drawing import as_sheets, impose, join, measure, scale
from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.hand import beside, by_hand, gathered
from samizdat.formats.imposition.reading import flaws
from samizdat.formats.imposition.saddle import SADDLE
from samizdat.formats.imposition.scheme import (
    Binding,
    Flip,
    Imposition,
    Position,
    Scheme,
    Sheet,
    Side,
    plan,
    scaled_down,
    shopping,
    stapled,
    too_thick,
)
from samizdat.formats.imposition.ticket import Part, Ticket

__all__ = [
    "SADDLE",
    "Binding",
    "Flip",
    "Gesture",
    "Imposition",
    "Jacket",
    "Part",
    "Position",
    "Scheme",
    "Sheet",
    "Side",
    "Ticket",
    "as_sheets",
    "beside",
    "by_hand",
    "chosen",
    "collated",
    "cover_alone",
    "covered",
    "ending",
    "flaws",
    "gathered",
    "impose",
    "join",
    "measure",
    "outside",
    "plan",
    "scale",
    "scaled_down",
    "scheme_of",
    "schemes",
    "shopping",
    "stapled",
    "too_thick",
]  # fmt: skip


def schemes() -> Mapping[str, Scheme]:
    """Return every scheme by the name of its file, in the order of the names."""
    found = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            # a scheme stands in the file that bears its name; elsewhere it is a guest
            if isinstance(value, Scheme) and value.file == module.name.replace("_", "-"):
                found[value.file] = value
    return found


def scheme_of(job: Ticket | None) -> Scheme | None:
    """Return the scheme by which the sheets of a job are made up, with its columns and rows; None where there is none."""
    if job is None or job.scheme not in schemes():
        return None
    return schemes()[job.scheme].with_cells(*job.cells)
