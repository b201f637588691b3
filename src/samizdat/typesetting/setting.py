"""Setting a book: every leaf composed by itself, page numbers settled, and all of it merged into one master PDF.

A book is not laid out as one long document but leaf by leaf. Memory stays bounded, an edited chapter is set again alone, and
numbers in contents, references and index are plain text by the time a page is laid out. Numbers and pages depend on each
other; so leaves that ask for numbers are set again until nothing moves.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from samizdat.problems import Place, Rule, SamizdatError, Severity
from samizdat.typesetting import composition, merging
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


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a page.

    `label` is its number as printed, empty for a blank or uncounted page, `folio` the number that it counts for; `shift` is
    how far right of the page's middle its text stands, in pt; `start` is where in its leaf it begins.
    """

    label: str
    leaf: str
    blank: bool
    folio: Folio
    shift: float = 0.0
    start: Start = FIRST


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
    """Set a book.

    `css` names the house fonts by `fonts.Family`; their @font-face rules are added here. `remember` is `Cache.remember`;
    `fetch` gives the bytes of a picture by the address that a page names it by. What cannot be set raises SamizdatError.
    """
    placed, pages, anchors = _settle(leaves, css, remember, fetch, direction)
    pdf, width, height = merging.merge(
        [merging.Part(blanks, composed) for _leaf, blanks, _folio, composed in placed],
        [page.folio for page in pages],
        anchors,
        title=title,
        language=language,
        remember=remember,
    )
    return Setting(pdf, pages, anchors, width, height, title, language, direction)


def list_pages(
    leaves: Sequence[Leaf],
    css: str,
    *,
    remember: Remember,
    fetch: Callable[[str], bytes],
    direction: str = "ltr",
) -> tuple[PageFacts, ...]:
    """Set a book as `set_pages` does, and tell only what is known of its pages."""
    return _settle(leaves, css, remember, fetch, direction)[1]


def _settle(
    leaves: Sequence[Leaf], css: str, remember: Remember, fetch: Callable[[str], bytes], direction: str
) -> tuple[list["_Placed"], tuple[PageFacts, ...], dict[str, int]]:
    """Compose all leaves until the page numbers in them are right; return them, the pages, and the page of every id."""
    copies = [composition.read(leaf.id, leaf.xhtml, fetch, leaf.source) for leaf in leaves]
    _check(copies)
    wanted = {id_ for copy in copies for id_ in copy.wanted}
    known: dict[str, Folio] | None = None
    remember = _held(remember)
    for _round in range(_ROUNDS):
        placed = list(_compose_all(leaves, copies, css, known, remember, direction))
        pages, anchors = _map(placed)
        found = {id_: pages[_page(anchors, id_)].folio for id_ in sorted(wanted)}
        if found == (known or {}):
            return placed, pages, anchors
        known = found
    raise SamizdatError(
        RESTLESS.problem("The page numbers in this book do not settle.", hint="Reword a sentence with a page reference.")
    )


def _held(remember: Remember) -> Remember:
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


_Placed = tuple[Leaf, int, Folio, Composed]
"""A leaf, the blank pages before it, its first folio, and its pages."""


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
) -> Iterator[_Placed]:
    """Compose every leaf at its place. In the first round, leaves that ask for numbers are only counted."""
    position = 0
    counts = {Folios.ROMAN: 0, Folios.ARABIC: 0}
    series = Folios.NONE
    for leaf, copy in zip(leaves, copies, strict=True):
        opens_series = leaf.folios is not Folios.NONE and counts[leaf.folios] == 0
        blanks = _blanks(Opening.RECTO if opens_series else leaf.opening, position)
        if series is not Folios.NONE:
            counts[series] += blanks
        if leaf.folios is not Folios.NONE:
            series = leaf.folios
        start = counts[series] + 1 if series is not Folios.NONE else 0
        position += blanks
        side = "right" if (position % 2 == 0) == (direction == "ltr") else "left"
        composed = composition.compose(
            copy, css, start, side, known if copy.wanted else None, remember, count_only=known is None and bool(copy.wanted)
        )
        position += composed.pages
        if series is not Folios.NONE:
            counts[series] += composed.pages
        yield leaf, blanks, Folio(series, start), composed


def _blanks(opening: Opening, position: int) -> int:
    """Count the blank pages, none or one, before a leaf that would fall on the page of this index."""
    if opening is Opening.ANY:
        return 0
    return int((position % 2 == 0) != (opening is Opening.RECTO))


def _map(placed: Sequence[_Placed]) -> tuple[tuple[PageFacts, ...], dict[str, int]]:
    """List all pages of the book, and find the page of every id."""
    pages: list[PageFacts] = []
    anchors: dict[str, int] = {}
    for leaf, blanks, first, composed in placed:
        if blanks:
            last = pages[-1].folio if pages else Folio(Folios.NONE, 0)
            counted = last if last.series is Folios.NONE else Folio(last.series, last.number + 1)
            pages.append(PageFacts("", leaf.id, blank=True, folio=counted))
        anchors |= {id_: len(pages) + page for id_, page in composed.anchors.items()}
        for number, (shift, start) in enumerate(zip(composed.shifts, composed.starts, strict=True)):
            folio = Folio(first.series, first.number + number) if first.series is not Folios.NONE else first
            label = "" if leaf.folios is Folios.NONE else folio.label
            pages.append(PageFacts(label, leaf.id, blank=False, folio=folio, shift=shift, start=start))
    return tuple(pages), anchors
