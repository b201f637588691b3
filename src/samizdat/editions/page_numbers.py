"""Page numbers for editions that have no pages: marks where the pages of the printed edition begin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from samizdat.formats.pagemarks import mark
from samizdat.model.book import Book, Section
from samizdat.model.inline import PageBreak
from samizdat.model.walk import descend
from samizdat.render import Renderer
from samizdat.transforms import Transform
from samizdat.transforms.page_breaks import drop_page_breaks, keep_page_breaks
from samizdat.typesetting import PageFacts

PRINTED = "printed"
MANUSCRIPT = "manuscript"
NONE = "none"


class PageNumbers(BaseModel):
    """The [pagination] table: whose page numbers an edition without pages carries.

    `numbers` is "printed", the name of an edition with pages, "manuscript" for the pages of an older print that the
    manuscript marks, or "none"; `source` says what that older print is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    numbers: str = PRINTED
    source: str = ""

    @property
    def printed(self) -> bool:
        """They are those of an edition with pages, and not the manuscript's own."""
        return self.numbers not in {MANUSCRIPT, NONE}

    @property
    def marks(self) -> Transform:
        """Keep the manuscript's own marks where they are asked for, and take them out otherwise."""
        return keep_page_breaks if self.numbers == MANUSCRIPT else drop_page_breaks


@dataclass(frozen=True, slots=True)
class PageList:
    """The pages of a printed edition in their order, and what edition that is, in words."""

    pages: tuple[PageFacts, ...] = ()
    source: str = ""


class PageMarks:
    """Puts the marks of printed pages into rendered leaves, each under an id that nothing else has."""

    def __init__(self, listed: PageList, renderer: Renderer, book: Book) -> None:
        """Name the marks: `p47`, or `page-47` where the book has an id `p47` of its own."""
        taken = {getattr(node, "id", "") for node in descend(book.sections)}
        self.source = listed.source
        self._pages = listed.pages
        self._renderer = renderer
        labels = [page.label for page in listed.pages]
        self._ids: Mapping[str, str] = {label: f"page-{label}" if f"p{label}" in taken else f"p{label}" for label in labels}

    def put(self, xhtml: str, leaves: Iterable[Section]) -> tuple[str, tuple[PageBreak, ...]]:
        """Return the markup of some leaves with the marks of printed pages, and all marks in it: the manuscript's own as well."""
        leaves = tuple(leaves)
        own = tuple(node for node in descend(leaves) if isinstance(node, PageBreak))
        if not self._pages:
            return xhtml, own
        marked = mark(xhtml, {leaf.id for leaf in leaves}, self._pages, lambda page: self._renderer.nodes(self._node(page)))
        return marked.xhtml, (*own, *map(self._node, marked.pages))

    def in_order(self, breaks: Iterable[PageBreak]) -> list[PageBreak]:
        """Put marks in the order of the printed pages; those of the manuscript stay as they are."""
        places = {identity: place for place, identity in enumerate(self._ids.values())}
        return sorted(breaks, key=lambda page: places.get(page.id, len(places)))

    def _node(self, page: PageFacts) -> PageBreak:
        return PageBreak(page.label, self._ids[page.label])
