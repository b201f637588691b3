"""What a PDF shows besides words, read out of the finished file: faces of type, pictures, links, outline, described figures."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pikepdf

from samizdat.checks.ledger.pieces import Run, Sheet
from samizdat.checks.ledger.ways import Anchor, Bookmark, Spot, Ways

_NEAR = 2
"""How many pieces of a line are looked at beside a change of face."""
_SETTLED = 2000
"""How many pieces of lines it takes until it is sure which face is that of the text; a book may begin with pages in italics."""
_LINES = 3
"""In ems: what stands farther away is on another line than the next, as the folio is."""


@dataclass(slots=True)
class Looks:
    """What was seen."""

    apart: list[str] = field(default_factory=list)
    """Words that are set in another face than the text, in the order in which they are drawn; what touches is one."""
    beside: list[tuple[str, str]] = field(default_factory=list)
    """Words in the face of the text that stand beside others: how a run of them begins, and how it ends."""
    invisible: list[tuple[str, int]] = field(default_factory=list)
    """Words that are drawn in a way that shows nothing, with their pages."""
    pictures: Counter[tuple[int, int]] = field(default_factory=Counter)
    """Pictures by their width and height in px."""
    anchors: list[Anchor] = field(default_factory=list)
    names: dict[str, Spot] = field(default_factory=dict)
    """Places that have a name."""
    outline: list[Bookmark] = field(default_factory=list)
    tagged: bool = False
    described: Counter[str] = field(default_factory=Counter)
    """The words that stand for figures."""


class Looker:
    """Looks at a document, page after page."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        """Look at what belongs to no page."""
        self._ways = Ways(document)
        self._faces: Counter[str] = Counter()
        self._doubtful: list[tuple[str, str]] = []
        self.looks = Looks(tagged=self._ways.tagged, outline=[*self._ways.outline()])
        if self.looks.outline:
            self.looks.names = dict(self._ways.names())

    def page(self, page: pikepdf.Page, number: int, sheet: Sheet) -> None:
        """Look at a page, counted from 1, of which it has been read what is drawn on it."""
        self._drawn(sheet)
        self.looks.invisible += ((words, number) for words in sheet.unseen)
        self.looks.pictures += sheet.pictures
        if self.looks.outline:
            self.looks.anchors += self._ways.anchors(page, number)
        if self.looks.tagged:
            self.looks.described.update(self._ways.described(page, sheet.figures))

    def seen(self) -> Looks:
        """Return what was seen, once all pages have been."""
        usual = self._usual()
        self.looks.apart += [words for face, words in self._doubtful if face != usual]
        return self.looks

    def _usual(self) -> str:
        return max(self._faces, key=lambda face: self._faces[face], default="")

    def _drawn(self, sheet: Sheet) -> None:
        seen = [run for run in sheet.runs if run.words.strip()]  # a space may come from another font than the words around it
        self._faces.update(run.face for run in seen)
        usual = self._usual()
        for runs in _touching(seen, usual):
            words, face = [run.words for run in runs], runs[0].face
            if face != usual:
                self.looks.apart.append("".join(words))
                continue
            if self._faces[usual] < _SETTLED:
                self._doubtful.append((face, "".join(words)))
            if len(words) < len(seen):
                self.looks.beside.append(("".join(words[:_NEAR]), "".join(words[-_NEAR:])))


def _touching(runs: Sequence[Run], usual: str) -> Iterator[list[Run]]:
    """Put words together that are in the usual face, or in others, each on the line of those before it or on the next."""
    some: list[Run] = []
    for run in runs:
        if some and ((run.face == usual) != (some[-1].face == usual) or abs(run.y - some[-1].y) > _LINES * run.em):
            yield some
            some = []
        some.append(run)
    if some:
        yield some
