"""Setting a book: every leaf composed by itself, page numbers settled, and all of it merged into one master PDF.

A book is not laid out as one long document but leaf by leaf. Memory stays bounded, an edited chapter is set again alone, and
numbers in contents, references and index are plain text by the time a page is laid out. Numbers and pages depend on each
other; so leaves that ask for numbers are set again until nothing moves.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from samizdat.problems import Place, Rule, SamizdatError, Severity
from samizdat.typesetting import composition, merging
from samizdat.typesetting.collation import Collation, Leaf, Opening
from samizdat.typesetting.composition import Composed, Copy, Remember
from samizdat.typesetting.folios import Folio, Folios
from samizdat.typesetting.starts import FIRST, Start

LOST_LINK = Rule(
    "P02",
    Severity.ERROR,
    "A link leads nowhere",
    "A link or page reference names an id that no section of the book has, so no page can be given for it.",
)
SAME_ID = Rule(
    "P03",
    Severity.ERROR,
    "Two places have the same id",
    "An id stands for one place in the whole book. Where two places share one, links and page numbers would go to the wrong one.",
)
RESTLESS = Rule(
    "P04",
    Severity.ERROR,
    "The page numbers do not settle",
    "Page references change the length of the text they stand in, and so the pages they refer to. Usually this settles at "
    "once; here it went round in a circle.",
)

_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a page.

    `label` is its number as printed, empty for a blank or uncounted page, `leaf` the id of its leaf, or of its section in a leaf
    of several, `folio` the number that it counts for; `shift` is how far right of the page's middle its text stands, in pt;
    `start` is where in its leaf or section it begins; a `plate` is filled by a picture that runs over its edges.
    """

    label: str
    leaf: str
    blank: bool
    folio: Folio
    shift: float = 0.0
    start: Start = FIRST
    plate: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A book that has been set: the master PDF, tagged, outlined and linked, not yet finished for a purpose."""

    pdf: bytes
    pages: tuple[PageFacts, ...]
    anchors: Mapping[str, int]
    """The index, from 0, of the page on which each id stands."""
    width: float
    """Of a page, in pt."""
    height: float
    title: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A leaf at its place: the blank pages before it, its first folio, and its pages."""

    leaf: Leaf
    blanks: int
    first: Folio
    composed: Composed


@dataclass(frozen=True, slots=True)
class Pagination:
    """A book whose pages are set and numbered, but not yet merged into one PDF."""

    placed: tuple[Placed, ...]
    pages: tuple[PageFacts, ...]
    anchors: Mapping[str, int]
    direction: str

    @property
    def heights(self) -> tuple[float, ...]:
        """How high the text of each leaf would stand on a single endless page, in pt, if all its pages but the last are full."""
        return tuple((each.composed.pages - 1) * each.composed.column + each.composed.depth for each in self.placed)

    def predict(self, growth: float, column: float, openings: Sequence[Opening]) -> int:
        """Estimate how many pages there would be if the text grew so many times higher, in a column of this many pt.

        Its leaves open where these `openings` say.
        """
        collation = Collation(self.direction)
        for each, height, opening in zip(self.placed, self.heights, openings, strict=True):
            collation.place(replace(each.leaf, opening=opening))
            collation.count(max(1, ceil(round(height * growth / column, 3))))
        return collation.position


def set_pages(
    leaves: Sequence[Leaf],
    css: str,
    *,
    title: str,
    language: str,
    remember: Remember,
    fetch: Callable[[str], bytes],
    direction: str = "ltr",
) -> Setting:
    """Set a book: `paginate` and `bind` in one."""
    remember = held(remember)
    pagination = paginate(leaves, css, remember=remember, fetch=fetch, direction=direction)
    return bind(pagination, title=title, language=language, remember=remember)


def paginate(
    leaves: Sequence[Leaf], css: str, *, remember: Remember, fetch: Callable[[str], bytes], direction: str = "ltr"
) -> Pagination:
    """Set the pages of a book.

    `css` names the house fonts by `fonts.Family`; their @font-face rules are added here. `remember` is `Cache.remember`;
    `fetch` gives the bytes of a picture by the address that a page names it by. What cannot be set raises SamizdatError.
    """
    copies = [composition.read(leaf.id, leaf.xhtml, fetch, leaf.source) for leaf in leaves]
    _check(copies)
    wanted = {id_ for copy in copies for id_ in copy.wanted}
    known: dict[str, Folio] | None = None
    for _round in range(_ROUNDS):
        placed = tuple(_compose_all(leaves, copies, css, known, remember, direction))
        pages, anchors = _map(placed)
        found = {id_: pages[_page(anchors, id_)].folio for id_ in sorted(wanted)}
        if found == (known or {}):
            return Pagination(placed, pages, anchors, direction)
        known = found
    raise SamizdatError(
        RESTLESS.problem("The page numbers in this book do not settle.", hint="Reword a sentence with a page reference.")
    )


def bind(pagination: Pagination, *, title: str, language: str, remember: Remember) -> Setting:
    """Merge the pages of a book into one PDF."""
    pdf, width, height = merging.merge(
        [merging.Part(each.blanks, each.composed) for each in pagination.placed],
        [page.folio for page in pagination.pages],
        pagination.anchors,
        title=title,
        language=language,
        remember=remember,
    )
    return Setting(pdf, pagination.pages, pagination.anchors, width, height, title, language, pagination.direction)


def held(remember: Remember) -> Remember:
    """Keep results at hand between the rounds of one book."""
    held: dict[tuple[str | bytes, ...], bytes] = {}

    def remember_here(make: Callable[[], bytes], *parts: str | bytes) -> bytes:
        if parts not in held:
            held[parts] = remember(make, *parts)
        return held[parts]

    return remember_here


def _page(anchors: Mapping[str, int], id_: str) -> int:
    """Find the page of an id; what is hidden by its style stands on none."""
    if id_ not in anchors:
        message = f"The page of “#{id_}” is asked for, but it stands on no page."
        raise SamizdatError(LOST_LINK.problem(message, Place(excerpt=id_), "Point to something that is printed."))
    return anchors[id_]


def _check(copies: Sequence[Copy]) -> None:
    """Refuse ids that stand twice and links that lead nowhere."""
    homes: dict[str, str] = {}
    problems = []
    for copy in copies:
        for id_ in sorted(copy.ids):
            if homes.setdefault(id_, copy.id) != copy.id:
                message = f"The id “{id_}” stands in “{homes[id_]}” and again in “{copy.id}”."
                problems.append(SAME_ID.problem(message, Place(excerpt=id_), "Give one of the two another id."))
    for copy in copies:
        for id_ in sorted(copy.links - homes.keys()):
            message = f"“{copy.id}” links to “#{id_}”, but nothing in the book has that id."
            problems.append(LOST_LINK.problem(message, Place(excerpt=id_), "Mend the link, or give its target this id."))
    if problems:
        raise SamizdatError(*problems)


def _compose_all(
    leaves: Sequence[Leaf],
    copies: Sequence[Copy],
    css: str,
    known: Mapping[str, Folio] | None,
    remember: Remember,
    direction: str,
) -> Iterator[Placed]:
    """Compose every leaf at its place. In the first round, leaves that ask for numbers are only counted."""
    collation = Collation(direction)
    for leaf, copy in zip(leaves, copies, strict=True):
        blanks, first, side = collation.place(leaf)
        composed = composition.compose(
            copy, css, first.number, side, known if copy.wanted else None, remember,
            count_only=known is None and bool(copy.wanted),
        )  # fmt: skip
        collation.count(composed.pages)
        yield Placed(leaf, blanks, first, composed)


def _map(placed: Sequence[Placed]) -> tuple[tuple[PageFacts, ...], dict[str, int]]:
    """List all pages of the book, and find the page of every id."""
    pages: list[PageFacts] = []
    anchors: dict[str, int] = {}
    for each in placed:
        leaf, first = each.leaf, each.first
        if each.blanks:
            last = pages[-1].folio if pages else Folio(Folios.NONE, 0)
            counted = last if last.series is Folios.NONE else Folio(last.series, last.number + 1)
            pages.append(PageFacts("", leaf.id, blank=True, folio=counted))
        anchors |= {id_: len(pages) + page for id_, page in each.composed.anchors.items()}
        for number, (shift, start) in enumerate(zip(each.composed.shifts, each.composed.starts, strict=True)):
            folio = Folio(first.series, first.number + number) if first.series is not Folios.NONE else first
            label = "" if leaf.folios is Folios.NONE else folio.label
            facts = PageFacts(
                label,
                start.section or leaf.id,
                blank=False,
                folio=folio,
                shift=shift,
                start=start,
                plate=number in each.composed.plates,
            )
            pages.append(facts)
    return tuple(pages), anchors
