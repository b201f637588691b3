"""The edges of a page: what is seen of it, how it is turned, and which size is usual among many."""

from collections.abc import Iterator, Sequence
from math import isfinite
from statistics import median_high
from typing import Any

import pikepdf
from pikepdf import Name

from samizdat.formats.imposition.content import Box, Matrix, seen
from samizdat.formats.imposition.paper import ROUNDING
from samizdat.problems import Problem, Rule, Severity

ODD_PAGES = Rule(
    "P79",
    Severity.ADVICE,
    "Some pages are larger than the others",
    "All pages of a PDF are set out at one scale, that of its usual pages. Those that are much larger, or lie where the others "
    "stand, such as wide tables, would make all others small; they are made smaller by themselves.",
)

SMALLEST, LARGEST = 3.0, 14400.0
"""The sides of a page in points: about a millimetre, and the 200 inches that PDF allows."""
_OUT_OF_THE_ORDINARY = 1.25
_FEW = 8
"""Pages that are named."""
Size = tuple[float, float]
"""A width and a height."""


def leaf_size(page: pikepdf.Page) -> tuple[float, float]:
    """Return the width and height of a page as it is seen."""
    left, bottom, right, top = seen(trimmed(page), turning(page))
    return right - left, top - bottom


def usual(sizes: Sequence[Size]) -> Size:
    """Return a width and height into which pages of such sizes go, but for the few that are out of the ordinary.

    These are pages that lie among upright ones, or stand among lying ones, and pages a quarter larger than half of the others.
    """
    upright = [size for size in sizes if size[0] <= size[1]]
    kin = upright if 2 * len(upright) >= len(sizes) else [size for size in sizes if size[0] > size[1]]
    width, height = (median_high(sides) * _OUT_OF_THE_ORDINARY for sides in zip(*kin, strict=True))
    near = [size for size in kin if size[0] <= width and size[1] <= height]
    return max(width for width, _ in near), max(height for _, height in near)


def within(size: tuple[float, float], frame: tuple[float, float]) -> float:
    """Return the scale at which a page goes into a frame; 1 if it goes in as it is, or but for a hair."""
    scale = min(edge / side for side, edge in zip(size, frame, strict=True))
    return 1.0 if scale > 1 - ROUNDING else scale


def odd_pages(sizes: Sequence[Size]) -> Iterator[Problem]:
    """Say which pages are out of the ordinary."""
    frame = usual(sizes)
    odd = [number for number, size in enumerate(sizes, 1) if within(size, frame) < 1]
    if odd:
        named = ", ".join(map(str, odd[:_FEW])) + (" and others" if len(odd) > _FEW else "")
        yield ODD_PAGES.problem(
            f"Pages larger than most are made smaller by themselves, to fit where the others do: {named}.",
            hint="Look at them before you print. Pages that lie among upright ones come out smallest; turn them in the PDF.",
        )


def bleeding(page: pikepdf.Page) -> bool:
    """See whether a page is printed beyond its trimmed edges."""
    trim = trimmed(page)
    return bleed(page, trim) != [round(edge, 4) for edge in trim]


def box_of(values: object) -> Box:
    """Read a box: left, bottom, right and top, in this order whichever corner is named first."""
    left, bottom, right, top = (float(edge) for edge in values)  # type: ignore[attr-defined]  # a list of numbers, or an error
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def trimmed(page: pikepdf.Page) -> Box:
    """Return the trimmed page, as far as it lies on the sheet; raises ValueError where it has no size."""
    trim, media = box_of(page.trimbox), box_of(page.mediabox)
    cut = max(trim[0], media[0]), max(trim[1], media[1]), min(trim[2], media[2]), min(trim[3], media[3])
    unit = unit_of(page)
    if not all(isfinite(edge) for edge in cut) or not all(
        SMALLEST <= side * unit <= LARGEST for side in (cut[2] - cut[0], cut[3] - cut[1])
    ):
        raise ValueError(cut)
    return cut


def bleed(page: pikepdf.Page, trim: Box) -> list[float]:
    """Return the page with what it prints beyond its trimmed edges."""
    edges = box_of(page.obj.BleedBox) if Name.BleedBox in page.obj else trim
    return [
        round(edge, 4)
        for edge in (min(edges[0], trim[0]), min(edges[1], trim[1]), max(edges[2], trim[2]), max(edges[3], trim[3]))
    ]


def unit_of(page: pikepdf.Page) -> float:
    """Return the length of a unit of the page's own in points; raises ValueError where it has none that can be."""
    unit = float(page.obj.get(Name.UserUnit, 1))
    if not 0 < unit <= 75000:
        raise ValueError(unit)
    return unit


def turning(page: pikepdf.Page) -> Matrix:
    """Return what turns a page as it is drawn into the page as it is seen."""
    unit, turned = unit_of(page), int(inherited(page, Name.Rotate, 0)) // 90 % 4
    cosine, sine = ((1, 0), (0, -1), (-1, 0), (0, 1))[turned]
    return unit * cosine, unit * sine, -unit * sine, unit * cosine, 0.0, 0.0


def inherited(page: pikepdf.Page, name: pikepdf.Name, default: object) -> Any:
    """Look a value up in a page and the tree above it."""
    node: Any = page.obj
    steps = 0
    while name not in node:
        steps += 1
        if Name.Parent not in node or steps > 50:
            return default
        node = node.Parent
    return node[name]
