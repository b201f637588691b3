"""The outline of a PDF, taken over to its sheets: each line leads to the side on which its page stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from samizdat.formats.imposition.reading import MISSHAPEN, target

_MOST = 5000
"""Lines that are read; no book has more, and one that leads back to itself has no end."""
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the outline: its words, the page that it leads to, counted from 0, and the lines below it."""

    title: str
    page: int
    below: tuple["Line", ...]


def outline(source: pikepdf.Pdf) -> tuple[Line, ...]:
    """Read the outline of a document; a line that leads to no page of it is left out, and those below it take its place."""
    numbers = {page.obj.objgen: number for number, page in enumerate(source.pages)}
    try:
        return tuple(_lines(source.Root.get(Name.Outlines, Dictionary()), source, numbers, set(), 0))
    except MISSHAPEN:
        return ()


def _lines(
    above: Any, source: pikepdf.Pdf, numbers: Mapping[tuple[int, int], int], seen: set[tuple[int, int]], depth: int
) -> Iterator[Line]:
    item: Any = above.get(Name.First)
    while isinstance(item, Dictionary) and item.objgen not in seen and len(seen) < _MOST and depth < _DEEPEST:
        seen.add(item.objgen)
        below = tuple(_lines(item, source, numbers, seen, depth + 1))
        action: Any = item.get(Name.A, Dictionary())
        page = numbers.get(target(item.get(Name.Dest, action.get(Name.D)), source))
        if page is None:
            yield from below
        else:
            yield Line(str(item.get(Name.Title, "")), page, below)
        item = item.get(Name.Next)


def write(result: pikepdf.Pdf, lines: Sequence[Line], sides: Mapping[int, int]) -> None:
    """Give sheets an outline; `sides` says on which side, counted from 0, each page stands."""
    if not lines:
        return
    with result.open_outline() as target_outline:
        target_outline.root.extend(_items(lines, sides))


def _items(lines: Sequence[Line], sides: Mapping[int, int]) -> Iterator[pikepdf.OutlineItem]:
    for line in lines:
        if line.page not in sides:
            continue
        item = pikepdf.OutlineItem(line.title, sides[line.page], "Fit")
        item.children.extend(_items(line.below, sides))
        yield item
