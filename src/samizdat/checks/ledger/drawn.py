"""Besides words, on drawn pages: emphasis by a change of face, pictures by their sizes, links and outline if it has them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from samizdat.checks.ledger.besides import ASTRAY, LEVELLED, MADE, UNDESCRIBED, UNLINKED, UNSEEN
from samizdat.checks.ledger.expected import squeezed
from samizdat.checks.ledger.guides import MISLED, Entry, astray
from samizdat.checks.ledger.looks import Looks
from samizdat.checks.ledger.ways import Spot
from samizdat.model.block import ContentsEntry, IndexEntry
from samizdat.model.book import Book, Section
from samizdat.model.inline import CrossReference, Emphasis, Image, Link, Math, NoteRef, Strong
from samizdat.model.walk import descend, plain_text
from samizdat.problems import Place, Problem, Rule, Severity
from samizdat.transforms.titles import bare

HIDDEN = Rule(
    "L06",
    Severity.ERROR,
    "Words of an edition are drawn so that nobody sees them",
    "The words are in the finished file, and a machine finds them there, but on the page they leave no trace. Look at style "
    "sheets; else tell the makers of samizdat.",
)
UNHITTABLE = Rule(
    "L25",
    Severity.ERROR,
    "A link that nobody can hit",
    "A link in the finished file has no room on the page: it is there, and no pointer will ever find it.",
)
_SLANTED = re.compile(r"[0-9A-Za-z\u00c0-\u052f\u1e00-\u1fff]")
"""What is emphasised by other faces; most scripts besides these have none."""

_LINE = 20
"""Letters from which on a passage is known by its beginning, where it fills pages."""


def drawn(book: Book, file: str, looks: Looks) -> Iterator[Problem]:
    """Compare a book with what its pages show."""
    nodes = [node for leaf in book.leaves if leaf.kind not in MADE for node in descend(leaf)]
    for words, page in looks.invisible:
        said = words.strip() or "…"
        yield HIDDEN.problem(f"“{said}” cannot be seen.", Place(f"{file}, page {page}", 0, said[:200]))
    yield from _levelled(nodes, file, looks)
    yield from _pictures(book, nodes, file, looks)
    if looks.outline:
        yield from _unlinked(book, nodes, file, looks)
        yield from _outline(book, file, looks)


def _levelled(nodes: Sequence[object], file: str, looks: Looks) -> Iterator[Problem]:
    """See that whatever is emphasised is set in another face, as often as the book emphasises it."""
    meant: Counter[str] = Counter()
    mixed = NoteRef | Image | Math | CrossReference | Emphasis | Strong
    for node in nodes:
        if isinstance(node, Emphasis | Strong) and not any(isinstance(each, mixed) for each in descend(node.inlines)):
            text = plain_text(node)
            if _SLANTED.search(text) and all(_SLANTED.match(sign) for sign in text if sign.isalnum()):
                meant[" ".join(text.split())] += 1
    runs = [_letters(run) for run in looks.apart]
    whole = "\n".join(runs)
    beside = [(_letters(begun), _letters(ended)) for begun, ended in looks.beside]
    for text, number in meant.items():
        letters = _letters(text)
        missing = number - whole.count(letters) if letters else 0
        if missing > 0:  # in what is all in italics, the face of the text is the emphatic one
            missing -= sum(begun.startswith(letters) or ended.endswith(letters) for begun, ended in beside)
            missing -= sum(len(begun) >= _LINE and letters.startswith(begun) for begun, _ in beside)
        if missing > 0 and not _in_two(letters, runs) and not _in_two(letters, [*chain(*beside)]):
            yield LEVELLED.problem(f"“{text}” has lost its emphasis.", Place(file, 0, text[:200]))


def _letters(text: str) -> str:
    return squeezed(text).casefold().replace("-", "").replace("\u2010", "").replace("\ufffe", "")


def _in_two(letters: str, runs: Sequence[str]) -> bool:
    """Say whether words are divided between two runs, as by the end of a page."""
    begun = {letters[:end] for end in range(1, len(letters))}
    starts = {part for run in runs for part in (run[-length:] for length in range(1, len(letters))) if part in begun}
    return any(run.startswith(letters[len(start) :]) for start in starts for run in runs)


def _pictures(book: Book, nodes: Sequence[object], file: str, looks: Looks) -> Iterator[Problem]:
    sizes = {each.path: (each.width, each.height) for each in book.pictures if each.media_type != "image/svg+xml" and each.width}
    shown = [node for node in nodes if isinstance(node, Image)]
    owed = Counter(sizes[node.source] for node in shown if node.source in sizes)
    for size, number in (owed - looks.pictures).items():
        named = next(node for node in shown if sizes.get(node.source) == size)
        message = f"The picture “{named.source}” ({size[0]} × {size[1]} px) is missing{f' {number} times' if number > 1 else ''}."
        yield UNSEEN.problem(message, Place(file, 0, named.alt[:200] or named.source))
    if looks.tagged:
        for alt in Counter(node.alt for node in shown if node.alt) - looks.described:
            yield UNDESCRIBED.problem(f"No picture has the words “{alt}”.", Place(file, 0, alt[:200]))


def _unlinked(book: Book, nodes: Sequence[object], file: str, looks: Looks) -> Iterator[Problem]:
    """See that all links are there and lead where the book says; by a name, or at least to its spot."""
    for anchor in looks.anchors:
        place = Place(f"{file}, page {anchor.page}")
        if not anchor.address and not anchor.spot.page:
            yield ASTRAY.problem("A link leads nowhere.", place)
        elif not anchor.roomy:
            yield UNHITTABLE.problem(f"The link to {anchor.address or f'page {anchor.spot.page}'} has no room.", place)
    owed: Counter[str | Spot] = Counter()
    said: dict[str | Spot, tuple[str, str]] = {}

    def owe(target: str, words: str) -> None:
        way = looks.names.get(target, target)
        owed[way] += 1
        said.setdefault(way, (target, words))

    listed = [node for leaf in book.leaves if leaf.kind in MADE for node in descend(leaf) if isinstance(node, ContentsEntry)]
    for node in (*nodes, *listed):
        match node:
            case Link(target) | CrossReference(target) | ContentsEntry(target):
                owe(target, plain_text(node.title if isinstance(node, ContentsEntry) else node.inlines))
            case NoteRef(target, number) if number:
                owe(target, str(number))
                if (back := f"{target}-call") in looks.names:
                    owe(back, str(number))
            case IndexEntry(term, places):
                for first in _led_to(places, looks.names):
                    owe(first, term)
            case _:
                pass
    known = {node.target for leaf in book.leaves for node in descend(leaf) if isinstance(node, Link)}
    for address in sorted({anchor.address for anchor in looks.anchors} - known - {""}):
        yield ASTRAY.problem(f"A link leads to “{address}”, which the book does not do.", Place(file, 0, address[:200]))
    for way in owed - Counter(anchor.address or anchor.spot for anchor in looks.anchors):
        target, words = said[way]
        yield UNLINKED.problem(f"A link on “{words}” to “{target}” is missing.", Place(file, 0, words[:200] or target))


def _led_to(places: Sequence[str], names: Mapping[str, Spot]) -> Iterator[str]:
    """Yield the places to which the page numbers of an index entry lead: the first on a page, and of pages in a row the first."""
    first: dict[int, str] = {}
    for place in places:
        first.setdefault(names.get(place, Spot(0, 0)).page, place)
    yield from (place for page, place in first.items() if page - 1 not in first)


def _outline(book: Book, file: str, looks: Looks) -> Iterator[Problem]:
    """Hold the outline against the headings: a line leads to a heading if it says the same and leads to the same page."""
    waiting = [(section.id, squeezed(plain_text(bare(section.title)))) for section in _sections(book) if section.title]
    entries: list[Entry] = []
    for mark in looks.outline:
        words = squeezed(mark.title)
        found = next((each for each in waiting if each[1] == words), None)
        place = Place(f"{file}, outline", 0, mark.title[:200])
        if found is None:
            yield MISLED.problem(f"The outline has “{mark.title}”, which is no heading.", place)
            continue
        waiting.remove(found)
        entries.append(Entry(mark.title, found[0]))
        spot = looks.names.get(found[0], Spot(mark.spot.page, 0))
        if spot.page != mark.spot.page:
            message = f"In the outline “{mark.title}” leads to page {mark.spot.page}, and the heading stands on page {spot.page}."
            yield MISLED.problem(message, place)
    yield from astray(book, entries, "The outline", Place(f"{file}, outline"))


def _sections(book: Book) -> Iterator[Section]:
    """Yield every section, in reading order."""
    waiting = [*reversed(book.sections)]
    while waiting:
        section = waiting.pop()
        yield section
        waiting += reversed(section.sections)
