"""Ways through a PDF: its outline, its links, the names of its places, and the words that stand for its figures."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Object

_LEVELS = 5
"""How far above a drawing its words may stand in the tree of tags."""
_MOST = 100_000
"""More lines than any outline has; one that bites its own tail ends there."""


class Spot(NamedTuple):
    """A place to which something leads: a page, counted from 1, and a height on it, in points; page 0 is nowhere."""

    page: int
    y: int


class Anchor(NamedTuple):
    """A link on a page: an address, or a spot of the document; and whether it has room to be hit."""

    page: int
    address: str
    spot: Spot
    roomy: bool


class Bookmark(NamedTuple):
    """A line of the outline."""

    title: str
    depth: int
    spot: Spot


class Ways:
    """The ways through a document."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        """Look at what belongs to no page, and number the pages."""
        self._root = document.Root
        self._pages = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        names = self._root.get(Name.Names, Dictionary())
        self._named = dict(NameTree(names.Dests).items()) if Name.Dests in names else {}
        for name, target in self._root.get(Name.Dests, Dictionary()).items():
            self._named[name[1:]] = target
        self.tagged = bool(self._root.get(Name.MarkInfo, Dictionary()).get(Name.Marked, False))
        tree = self._root.get(Name.StructTreeRoot, Dictionary())
        self._tags = NumberTree(tree.ParentTree) if self.tagged and Name.ParentTree in tree else None

    def names(self) -> Iterator[tuple[str, Spot]]:
        """Yield places that have a name."""
        for name, target in self._named.items():
            yield str(name), self._spot(target)

    def outline(self) -> Iterator[Bookmark]:
        """Yield the lines of the outline, from top to bottom."""
        waiting = [(self._root.get(Name.Outlines, Dictionary()).get(Name.First), 0)]
        for _ in range(_MOST):
            item, depth = waiting.pop()
            if item is not None:
                yield Bookmark(str(item.get(Name.Title, "")), depth, self._led(item))
                waiting += [(item.get(Name.Next), depth), (item.get(Name.First), depth + 1)]
            if not waiting:
                return

    def anchors(self, page: pikepdf.Page, number: int) -> Iterator[Anchor]:
        """Yield the links on a page, counted from 1."""
        for link in page.obj.get(Name.Annots, Array()):
            if link.get(Name.Subtype) == Name.Link:
                left, bottom, right, top = (float(edge) for edge in link.get(Name.Rect, [0, 0, 0, 0]))
                address = str(link.get(Name.A, Dictionary()).get(Name.URI, ""))
                yield Anchor(number, address, self._led(link), roomy=abs(right - left) > 1 and abs(top - bottom) > 1)

    def described(self, page: pikepdf.Page, marked: Iterable[int]) -> Iterator[str]:
        """Yield the words that stand for what a page marks as figures, by their numbers there."""
        if self._tags is None or Name.StructParents not in page.obj:
            return
        tags = self._tags.get(int(page.obj.StructParents))
        seen = set()
        for number in marked:
            element = tags[number] if isinstance(tags, Array) and number < len(tags) else None
            for _ in range(_LEVELS):
                if not isinstance(element, Dictionary) or element.objgen in seen:
                    break
                if Name.Alt in element:
                    seen.add(element.objgen)
                    yield str(element.Alt)
                    break
                element = element.get(Name.P)

    def _led(self, thing: Object) -> Spot:
        """Return where a link or a line of the outline leads to."""
        action = thing.get(Name.A, Dictionary())
        return self._spot(thing.get(Name.Dest, action.get(Name.D) if action.get(Name.S) == Name.GoTo else None))

    def _spot(self, target: Object | None, *, named: bool = False) -> Spot:
        """Return the spot that a destination is (12.3.2)."""
        if isinstance(target, Dictionary):
            target = target.get(Name.D)
        if isinstance(target, Array) and len(target):
            height = target[3] if len(target) > 3 and target[1] == Name.XYZ else None
            return Spot(self._pages.get(target[0].objgen, 0), -1 if height is None else round(float(height)))
        name = str(target).removeprefix("/") if target is not None and not named else ""
        return self._spot(self._named[name], named=True) if name in self._named else Spot(0, 0)
