"""The chapters of a document by its headings: the title taken off, levels closed, front and back matter known by name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from samizdat.importers.documents.headings import (
    BOOK_TITLE,
    NUMBER,
    is_same,
    left_behind,
    with_numbers,
    without_imprint,
    without_rules,
    without_title_page,
)
from samizdat.importers.documents.kinds import by_title, in_place, is_part
from samizdat.importers.documents.letters import curled
from samizdat.importers.documents.metadata import FILE_NAME
from samizdat.importers.documents.nodes import Nodes, attributes, node, text, walk, words
from samizdat.importers.documents.numbers import AT
from samizdat.importers.documents.pins import LEVEL as LEVEL_GIVEN
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.model.kind import Kind
from samizdat.problems import Rule

LEVEL = Rule(
    "H81",
    REPAIR,
    "The level of a heading changed",
    "Levels of headings go down one at a time and are four at most, so that skipped ones are closed and those below the fourth "
    "are"
    " raised.",
)
NO_HEADING = Rule(
    "H82",
    REPAIR,
    "A heading for text that has none",
    "A chapter needs a title. Text without a heading gets the title of the document, which is all that is known of it.",
)
SAYS_ITSELF = Rule(
    "H87",
    REPAIR,
    "A heading over a dedication or an epigraph left out",
    "A dedication and an epigraph stand on their page without a heading. One that only says “Dedication”, or that was given to"
    " the page because the contents call it so, is left out; the contents of the new edition name the page all the same.",
)

_LEVELS = 4
_UNTITLED = {Kind.DEDICATION, Kind.EPIGRAPH}
_MOST_CHAPTERS = 800
_KIND = "kind"
"""Where a heading carries what an e-book says of it; pandoc's own nodes have nothing of that name."""
_SHORT = 900
"""Words below which what stands under headings of the second level are sections of one chapter, not chapters."""


@dataclass
class Leaf:
    """A piece of a document that came as one: the whole of it, or a file of an e-book."""

    blocks: Nodes
    kind: Kind | None = None
    level: int = 0
    """The level that its first heading has in the e-book's own contents; 0 where that does not say."""


@dataclass
class Chapter:
    """A chapter to be: its blocks begin with its title, of level 1."""

    title: str
    kind: Kind
    blocks: Nodes


def chapters(
    leaves: Sequence[Leaf], title: str, people: Sequence[str], file_name: str, record: Record
) -> tuple[list[Chapter], str, str]:
    """Part a document into chapters, in reading order; also return its title and second title, which its first headings may say.

    `title` and `people` are what the document states of itself.
    """
    blocks, second = _joined(leaves), ""
    if record.allow(BOOK_TITLE):
        blocks, second = without_title_page(blocks, title, people, record)
    blocks = without_rules(blocks, record)
    if record.allow(NUMBER):
        blocks = with_numbers(blocks, record)
    place = _title_heading(blocks, title) if record.allow(BOOK_TITLE) else None
    if place is not None:
        found = text(_without_notes(blocks[place]["c"][2]))
        title = title or found
        if not _is_short(blocks):
            why, at = "It is the first heading, and the only one of its level.", blocks[place].get(AT, 0)
            record.decide(BOOK_TITLE, 0.8, found, title, why, found, (at, at))
            blocks = [*blocks[:place], *left_behind(blocks[place]), *without_imprint(blocks[place + 1 :], record)]
            blocks = without_rules(blocks, record)
    blocks = _few(_levelled(blocks, record), title or file_name, record)
    tops = [text(_without_notes(item["c"][2])) for item in blocks if item["t"] == "Header" and item["c"][0] == 1]
    if not title and len(tops) == 1:
        title = tops[0]
    if not title:
        title = file_name
        record.decide(FILE_NAME, 0.2, "", title, "The document states no title, and has no heading over all of it.")
    return _named(_parted(blocks, title, record), record), title, second


def _few(blocks: Nodes, title: str, record: Record) -> Nodes:
    """Make sections of one chapter where there would be more chapters than any book has."""
    count = sum(item["t"] == "Header" and item["c"][0] == 1 for item in blocks)
    if count <= _MOST_CHAPTERS:
        return blocks
    record.decide(
        LEVEL, 0.4, f"{count:,} headings of the first level", "level 2", "No book has as many chapters; they are sections of one."
    )
    lower = [
        {**item, "c": [min(item["c"][0] + 1, _LEVELS), *item["c"][1:]]} if item["t"] == "Header" else item for item in blocks
    ]
    return [node("Header", [1, attributes(), words(curled(title, ""))]), *lower]


def _joined(leaves: Sequence[Leaf]) -> Nodes:
    """Make one run of blocks of all leaves; the first heading of a leaf carries what an e-book says of its kind."""
    blocks: Nodes = []
    for leaf in leaves:
        levels = [item["c"][0] for item in leaf.blocks if item["t"] == "Header"]
        shift = leaf.level - levels[0] if leaf.level and levels else 0
        first = True
        for item in leaf.blocks:
            if item["t"] != "Header":
                blocks.append(item)
                continue
            moved = {**item, "c": [max(1, item["c"][0] + shift), *item["c"][1:]]}
            blocks.append({**moved, _KIND: leaf.kind} if leaf.kind and first else moved)
            first = False
    return blocks


def _title_heading(blocks: Nodes, title: str) -> int | None:
    """Find the heading that is the document's title."""
    headings = [
        (number, item["c"][0], text(item["c"][2]))
        for number, item in enumerate(blocks)
        if item["t"] == "Header" and LEVEL_GIVEN not in item
    ]
    if len(headings) < 2:
        return None
    first, level, words_ = headings[0]
    if not title and headings[1][0] == first + 1 and headings[1][1] <= level and first == 0:
        # Nothing stands between the first heading and the next, which is no deeper: it is the title of all.
        return first
    if any(other <= level for _, other, _ in headings[1:]):
        return first if title and is_same(words_, title) and first == 0 and len(headings) > 1 and headings[1][0] == 1 else None
    if sum(len(text(item)) for item in blocks[:first]) > 400:
        return None
    return None if title and not _begins_as(words_, title) else first


def _begins_as(heading: str, title: str) -> bool:
    """Tell whether a heading is the title that is stated, or one of both goes on where the other ends."""
    one, other = sorted((_plain(heading), _plain(title)), key=len)
    return bool(one) and other.startswith(one)


def _plain(words_: str) -> str:
    return re.sub(r"\W", "", words_).lower()


def _is_short(blocks: Nodes) -> bool:
    """Tell whether what stands below the title are sections of one short piece."""
    headings = [item["c"][0] for item in blocks if item["t"] == "Header"]
    level = min(headings[1:])
    if level <= headings[0]:
        return False
    count = headings.count(level)
    return len(text(blocks).split()) < _SHORT * count


def _levelled(blocks: Nodes, record: Record) -> Nodes:
    """Close the gaps between levels of headings."""
    stack: list[int] = []
    result: Nodes = []
    own = sorted({item["c"][0] for item in blocks if item["t"] == "Header" and LEVEL_GIVEN not in item})
    for item in blocks:
        if item["t"] != "Header":
            result.append(item)
            continue
        level, given, inner = item["c"]
        if pinned := item.get(LEVEL_GIVEN, 0):
            # A person counts levels as the book does, from the chapters; the document may begin lower.
            level = own[pinned - 1] if pinned <= len(own) else pinned
        while stack and (len(stack) >= pinned if pinned else stack[-1] >= level):
            stack.pop()
        stack.append(max(level, stack[-1] + 1) if pinned and stack else level)
        new = min(len(stack), _LEVELS)
        if new != len(stack):
            why, at = f"Four levels are the most; this was of level {len(stack)}.", item.get(AT, 0)
            record.decide(LEVEL, 0.7, text(inner), f"level {new}", why, lines=(at, at))
        result.append({**item, "c": [new, given, inner]})
    lowest = sorted({item["c"][0] for item in blocks if item["t"] == "Header"})
    if any(below - above > 1 for above, below in pairwise([0, *lowest])):
        record.count(LEVEL, "levels " + ", ".join(map(str, lowest)), "Levels of headings go down one at a time, from the first.")
    return result


def _parted(blocks: Nodes, title: str, record: Record) -> list[Nodes]:
    """Cut at the headings of the first level."""
    pieces: list[Nodes] = []
    for item in blocks:
        if (item["t"] == "Header" and item["c"][0] == 1) or not pieces:
            pieces.append([])
        pieces[-1].append(item)
    if pieces and not (pieces[0][0]["t"] == "Header" and pieces[0][0]["c"][0] == 1):
        first = pieces[0]
        if len(pieces) > 1 and not text(first) and not any(item["t"] == "Image" for item in walk(first)):
            pieces[1][1:1] = first
            return pieces[1:]
        at = next((item[AT] for item in first if AT in item), 0)
        record.decide(NO_HEADING, 0.5, text(first)[:200], title, "There is no heading before this text.", lines=(at, at))
        pieces[0] = [node("Header", [1, attributes(), words(curled(title, ""))]), *first]
    return pieces


def _without_notes(inlines: Nodes) -> Nodes:
    return [item for item in inlines if item["t"] != "Note"]


def _named(pieces: list[Nodes], record: Record) -> list[Chapter]:
    titles = [text(_without_notes(piece[0]["c"][2])) for piece in pieces]
    given = [piece[0].get(_KIND) for piece in pieces]
    kinds = [kind or by_title(title) for kind, title in zip(given, titles, strict=True)]
    # an epigraph below the heading of a chapter does not make the chapter one
    kinds = [by_title(title) if kind is Kind.EPIGRAPH else kind for kind, title in zip(kinds, titles, strict=True)]
    result: list[Chapter] = []
    parts = [kind is Kind.PART or is_part(title) for kind, title in zip(given, titles, strict=True)]
    for piece, title, kind, part in zip(pieces, titles, in_place(kinds), parts, strict=True):
        if part and _opens_part(piece, several=sum(parts) > 1):
            result.extend(_part(title, piece))
        elif kind in _UNTITLED and by_title(title) is kind and _is_bare(piece[1:]) and record.allow(SAYS_ITSELF):
            at = piece[0].get(AT, 0)
            record.decide(SAYS_ITSELF, 0.7, title, "", f"Below it is nothing but the {kind.value}.", title, (at, at))
            result.append(Chapter(title, kind, [*left_behind(piece[0]), *piece[1:]]))
        else:
            result.append(Chapter(title, Kind.CHAPTER if kind is Kind.PART else kind, piece))
    return result


def _is_bare(nodes: Nodes) -> bool:
    """Tell whether there is text, and no heading in it."""
    return bool(text(nodes)) and not any(item["t"] == "Header" for item in nodes)


def _opens_part(piece: Nodes, *, several: bool) -> bool:
    """Tell whether what is called a part holds chapters, or nothing but its title."""
    below = [number for number, item in enumerate(piece) if item["t"] == "Header" and item["c"][0] == 2]
    if not below:
        return len(piece) == 1
    return several and len(text(piece[1 : below[0]]).split()) < 400


def _part(title: str, piece: Nodes) -> list[Chapter]:
    """Make a part and its chapters of a piece whose second level are chapters."""
    cuts = [number for number, item in enumerate(piece) if item["t"] == "Header" and item["c"][0] == 2]
    result = [Chapter(title, Kind.PART, piece[: cuts[0]] if cuts else piece)]
    for start, end in pairwise([*cuts, len(piece)]):
        raised = [
            node("Header", [max(1, item["c"][0] - 1), *item["c"][1:]]) if item["t"] == "Header" else item
            for item in piece[start:end]
        ]
        result.append(Chapter(text(raised[0]["c"][2]), Kind.CHAPTER, raised))
    return result
