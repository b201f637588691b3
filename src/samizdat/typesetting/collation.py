"""Collation: leaves laid in order, each on its side of the paper, with blank pages between them and numbers running on."""

from dataclasses import dataclass, field
from enum import StrEnum

from samizdat.typesetting.folios import Folio, Folios


class Opening(StrEnum):
    """On which side of a sheet a leaf begins."""

    RECTO = "recto"
    VERSO = "verso"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A section to be set, beginning on a page of its own.

    `xhtml` is a whole, well-formed, namespaced XHTML document. In it, `<span data-folios="id …"/>` is filled with the
    numbers of the pages where these ids stand, each a link, neighbours joined to ranges; `<a data-folios="id"/>` with one
    number, the element itself being the link. The page counter runs on from leaf to leaf, so margin boxes may show
    `counter(page)` or `counter(page, lower-roman)`. `@page :first` is the page on which the leaf opens.
    """

    id: str
    xhtml: str
    opening: Opening = Opening.ANY
    folios: Folios = Folios.ARABIC
    source: str = ""
    """The file of the manuscript that it came from, for problems to name."""


@dataclass(slots=True)
class Collation:
    """The pages laid down so far. A leaf is placed, and then its pages are counted."""

    direction: str
    position: int = 0
    """The index, from 0, of the next page."""
    _series: Folios = Folios.NONE
    _counts: dict[Folios, int] = field(default_factory=lambda: {Folios.ROMAN: 0, Folios.ARABIC: 0})

    def place(self, leaf: Leaf) -> tuple[int, Folio, str]:
        """Lay down the blank pages before a leaf; return how many, its first folio, and the side on which it opens."""
        opens_series = leaf.folios is not Folios.NONE and self._counts[leaf.folios] == 0
        blanks = _blanks(Opening.RECTO if opens_series else leaf.opening, self.position)
        self.count(blanks)
        if leaf.folios is not Folios.NONE:
            self._series = leaf.folios
        start = self._counts[self._series] + 1 if self._series is not Folios.NONE else 0
        side = "right" if (self.position % 2 == 0) == (self.direction == "ltr") else "left"
        return blanks, Folio(self._series, start), side

    def count(self, pages: int) -> None:
        """Lay down so many pages."""
        self.position += pages
        if self._series is not Folios.NONE:
            self._counts[self._series] += pages


def _blanks(opening: Opening, position: int) -> int:
    """Count the blank pages, none or one, before a leaf that would fall on the page of this index."""
    if opening is Opening.ANY:
        return 0
    return int((position % 2 == 0) != (opening is Opening.RECTO))
