"""Headings that belong together: lines of a title page, and the number of a chapter over its name."""

import re
from collections.abc import Sequence

from samizdat.importers.documents.nodes import Node, Nodes, attributes, node, text, walk
from samizdat.importers.documents.numbers import AT
from samizdat.importers.documents.pins import LEVEL
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.problems import Rule

BOOK_TITLE = Rule(
    "M80",
    REPAIR,
    "The heading over everything is the book’s title",
    "A document that begins with one heading of its highest level, and has no other of that level, gives its title there. What "
    "stands"
    " below it becomes the chapters.",
)
NUMBER = Rule(
    "H85",
    REPAIR,
    "The number of a chapter and its name made one heading",
    "A heading that is only the number of a chapter stands right before another heading of the same "
    r"level. Together they are one: the"
    " number, a colon and the name.",
)

NUMBERED = re.compile(
    r"((chapter|chap\.|kapitel|chapitre|cap[ií]tulo|capitolo|глава|hoofdstuk|rozdział|kapittel|luku|κεφάλαιο|الفصل|פרק|part|teil|partie"
    r"|parte|часть|book|buch|livre|libro|section|abschnitt)\s+\S+(\s\S+)?|[ivxlc]+|\d+|第.{1,4}[章回节節])[.:]?",
    re.IGNORECASE,
)
_MOST = 6
"""How many blocks a title page has before its author."""
_BY = re.compile(r"by|von|par|por|di|av|door|przez", re.IGNORECASE)


def without_title_page(blocks: Nodes, title: str, people: Sequence[str], record: Record) -> Nodes:
    """Take off the headings at the head of a document that only say what book.toml says, if they are several.

    A heading with the words of the title that stands further on with nothing below it is a half title, and goes as well.
    """
    known = _letters(" ".join((title, *people, title)))
    page: list[int] = []
    names = {_letters(name) for name in people}
    heads = [item for item in blocks[:_MOST] if item["t"] == "Header"]
    authors = [place for place, item in enumerate(heads) if _letters(_BY.sub("", text(item["c"][2]), count=1)) in names]
    for place, item in enumerate(blocks):
        if LEVEL in item:
            break
        if item["t"] == "Header" and page and authors and item in heads[1 : authors[0]]:
            # What stands between title and author is a second title.
            page.append(place)
        elif item["t"] == "Header" and title and _says(text(item["c"][2]), known):
            page.append(place)
        elif item["t"] == "Header" or text(item) or any(inner["t"] == "Image" for inner in walk(item)):
            break
    if len(page) < 2:
        return blocks
    run = page[-1] + 1
    said = " / ".join(text(blocks[place]["c"][2]) for place in page)
    why, lines = "Headings with nothing between them say what the document states of itself.", tuple(_at(blocks[p]) for p in page)
    record.decide(BOOK_TITLE, 0.8, said, title, why, said, (lines[0], lines[-1]))
    result = [part for item in blocks[:run] for part in (left_behind(item) if item["t"] == "Header" else [item])]
    rest = blocks[run:]
    for number, item in enumerate(rest):
        half = item["t"] == "Header" and is_same(text(item["c"][2]), title)
        if half and number + 1 < len(rest) and rest[number + 1]["t"] == "Header":
            said, why = text(item["c"][2]), "The title, with nothing below it."
            record.decide(BOOK_TITLE, 0.7, said, title, why, said, (_at(item), _at(item)))
            result.extend(left_behind(item))
        else:
            result.append(item)
    return result


def _says(heading: str, known: str) -> bool:
    """Tell whether a heading says nothing but what is known."""
    return not NUMBERED.fullmatch(heading) and _letters(_BY.sub("", heading, count=1)) in known


def with_numbers(blocks: Nodes, record: Record) -> Nodes:
    """Join a heading that is only a number to the one after it, of the same level or one that has no other of its level."""
    result: Nodes = []
    for place, item in enumerate(blocks):
        last = result[-1] if result else None
        if last and last["t"] == item["t"] == "Header" and _are_one(last, item, blocks[place + 1 :]):
            before = text(last["c"][2])
            colon = node("Str", "" if before.endswith((".", ":")) else ":")
            whole = [*last["c"][2], colon, node("Space"), *item["c"][2]]
            given = last["c"][1] if last["c"][1][0] else item["c"][1]
            result[-1] = {**last, "c": [last["c"][0], given, whole]}
            if last["c"][1][0] and item["c"][1][0]:
                result.append(node("Div", [attributes(item["c"][1][0]), []]))
            why = "Nothing stands between the two headings."
            record.decide(NUMBER, 0.7, before, text(whole), why, lines=(_at(item), _at(item)))
            continue
        result.append(item)
    return result


def _are_one(number: Node, name: Node, after: Nodes) -> bool:
    """Tell whether a heading is the name to a number, and not the first of several sections below it."""
    if LEVEL in number or LEVEL in name:
        return False
    level, below = number["c"][0], name["c"][0]
    if not NUMBERED.fullmatch(text(number["c"][2])) or NUMBERED.fullmatch(text(name["c"][2])) or below < level:
        return False
    if below == level:
        return True
    for item in after:
        if item["t"] == "Header":
            if item["c"][0] <= level:
                break
            if item["c"][0] <= below and not NUMBERED.fullmatch(text(item["c"][2])):
                return False
    return True


def _at(item: Node) -> int:
    """Return the line of a block."""
    return int(item.get(AT, 0))


def is_same(one: str, other: str) -> bool:
    """Tell whether two titles have the same letters."""
    return _letters(one) == _letters(other)


def left_behind(heading: Node) -> Nodes:
    """Keep what a title leaves: a place that something refers to, and notes."""
    result = [node("Div", [attributes(heading["c"][1][0]), []])] if heading["c"][1][0] else []
    notes = [item for item in walk(heading["c"][2]) if item["t"] == "Note"]
    return [*result, *([node("Para", notes)] if notes else [])]


def _letters(words: str) -> str:
    return re.sub(r"\W", "", words).lower()
