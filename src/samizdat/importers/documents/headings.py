"""Headings that belong together: lines of a title page, and the number of a chapter over its name."""

import re
from collections.abc import Sequence

from samizdat.importers.documents.nodes import Node, Nodes, attributes, node, text, walk
from samizdat.importers.documents.numbers import AT
from samizdat.importers.documents.pins import LEVEL
from samizdat.importers.documents.record import PLAIN_WORDS, REPAIR, Record
from samizdat.importers.plain.numbering import number
from samizdat.importers.plain.titlepage import is_imprint
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

_OTHER_NUMBERS = re.compile(r"(κεφάλαιο|الفصل|פרק)\s+\S+(\s\S+)?|第.{1,4}[章回节節]", re.IGNORECASE)
"""Numbers of chapters in scripts that `numbering` does not read."""
_APART = re.compile(r"\b(\w+ty)\s+(\w+)$")
IMPRINT = Rule(
    "M86",
    REPAIR,
    "Lines of an old title page",
    "Between the title and the first chapter stand publisher, place and year of the old edition. They are kept in the record and"
    " not printed again.",
)
_EDITION = re.compile(r"\bedition\b|\bpublish|\bpress\b|copyright", re.IGNORECASE)
_YEAR = re.compile(r"\b1[4-9]\d\d\b|\b20\d\d\b|\bM(?:D|CM|DC+|CC?)[MDCLXVI]*\b")
_EMPTY = {"Div", "Para", "Plain"}
_LONGEST_IMPRINT = 300
_MOST = 6
"""How many blocks a title page has before its author."""
_BY = re.compile(r"by|von|par|por|di|av|door|przez", re.IGNORECASE)


def without_title_page(blocks: Nodes, title: str, people: Sequence[str], record: Record) -> tuple[Nodes, str]:
    """Take off the headings at the head of a document that only say what book.toml says, if they are several.

    A heading with the words of the title that stands further on with nothing below it is a half title, and goes as well. Also
    return the second title, if there is one.
    """
    known = _letters(" ".join((title, *people, title)))
    page: list[int] = []
    second = ""
    names = {_letters(name) for name in people}
    heads = [item for item in blocks[:_MOST] if item["t"] == "Header"]
    authors = [place for place, item in enumerate(heads) if _letters(_BY.sub("", text(item["c"][2]), count=1)) in names]
    for place, item in enumerate(blocks):
        if LEVEL in item:
            break
        if item["t"] == "Header" and page and authors and item in heads[1 : authors[0]]:
            # What stands between title and author is a second title.
            page.append(place)
            second += "" if _says(text(item["c"][2]), known) else f" {text(item['c'][2])}"
        elif item["t"] == "Header" and title and _says(text(item["c"][2]), known):
            page.append(place)
        elif item["t"] == "Header" or text(item) or any(inner["t"] == "Image" for inner in walk(item)):
            break
    if len(page) < 2:
        return blocks, ""
    run = page[-1] + 1
    said = " / ".join(text(blocks[place]["c"][2]) for place in page)
    why, lines = "Headings with nothing between them say what the document states of itself.", tuple(_at(blocks[p]) for p in page)
    record.decide(BOOK_TITLE, 0.8, said, title, why, said, (lines[0], lines[-1]))
    result = [part for item in blocks[:run] for part in (left_behind(item) if item["t"] == "Header" else [item])]
    rest = blocks[run:]
    for place, item in enumerate(rest):
        half = item["t"] == "Header" and is_same(text(item["c"][2]), title)
        if half and place + 1 < len(rest) and rest[place + 1]["t"] == "Header":
            said, why = text(item["c"][2]), "The title, with nothing below it."
            record.decide(BOOK_TITLE, 0.7, said, title, why, said, (_at(item), _at(item)))
            result.extend(left_behind(item))
        else:
            result.append(item)
    return without_imprint(result, record), second.strip()


def without_imprint(blocks: Nodes, record: Record) -> Nodes:
    """Take off what follows the title and speaks of the old edition: its publisher, place and year."""
    result = list(blocks)
    for place, item in enumerate(blocks):
        said = text(item)
        after = next((one for one in blocks[place + 1 :] if text(one) or any(inner["t"] == "Image" for inner in walk(one))), None)
        bare = item["t"] == "Header" and after is not None and after["t"] == "Header"
        if bare and _EDITION.search(said) and LEVEL not in item and record.allow(IMPRINT):
            record.drop(
                IMPRINT, 0.7, said, "It is a heading with nothing below, and speaks of an edition.", (_at(item), _at(item))
            )
            result[place] = node("HorizontalRule")
            continue
        if item["t"] == "Header" or len(said) > _LONGEST_IMPRINT or place > _MOST:
            break
        if said and item["t"] in {"Para", "Plain", "Div", "LineBlock"} and is_imprint(said) and record.allow(IMPRINT):
            at = next((inner[AT] for inner in walk(item) if AT in inner), 0)
            record.drop(IMPRINT, 0.7, said, "It stands on the title page, and speaks of an edition.", (at, at))
            result[place] = node("HorizontalRule")
    return result


def imprint(record: Record) -> str:
    """Return what the title page says of the old edition, if it says its year."""
    said = (one.taken for one in record.decisions if one.rule == IMPRINT.code)
    return next((line for line in said if _YEAR.search(line)), "")


def without_rules(blocks: Nodes, record: Record) -> Nodes:
    """Take out lines drawn across the page beside headings and at the ends, where all is parted already."""
    kept = [item for item in blocks if not (item["t"] in _EMPTY and not text(item))]
    bare = {
        id(item)
        for place, item in enumerate(kept)
        if item["t"] == "HorizontalRule" and (_is_edge(kept, place, -1) or _is_edge(kept, place, 1))
    }
    if bare:
        record.count(PLAIN_WORDS, "a line across the page beside a heading", "The heading parts the text already.")
    return [item for item in blocks if id(item) not in bare]


def _is_edge(blocks: Nodes, place: int, step: int) -> bool:
    """Tell whether nothing but such lines stands between a place and a heading, or the end; or another such line before it."""
    at = place + step
    if step < 0 <= at and blocks[at]["t"] == "HorizontalRule":
        return True
    while 0 <= at < len(blocks) and blocks[at]["t"] == "HorizontalRule":
        at += step
    return not 0 <= at < len(blocks) or blocks[at]["t"] == "Header"


def _says(heading: str, known: str) -> bool:
    """Tell whether a heading says nothing but what is known."""
    return not is_number(heading) and _letters(_BY.sub("", heading, count=1)) in known


def with_numbers(blocks: Nodes, record: Record) -> Nodes:
    """Join a heading that is only a number to the one after it, of the same level or one that has no other of its level."""
    result: Nodes = []
    uneven = _uneven(blocks)
    for place, item in enumerate(blocks):
        last = result[-1] if result else None
        if (
            last
            and item["t"] == "Header"
            and last is blocks[place - 1]
            and last["t"] == "Header"
            and _are_one(blocks, place, uneven)
        ):
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


def _are_one(blocks: Nodes, place: int, uneven: set[int]) -> bool:
    """Tell whether the heading at a place is the name to the number right before it, and not the first of sections below it.

    Where a name stands lower than its number, the numbers of that level must all have one name each, or nothing.
    """
    first, name = blocks[place - 1], blocks[place]
    if LEVEL in first or LEVEL in name or not _names(blocks, place):
        return False
    level = first["c"][0]
    return name["c"][0] == level or level not in uneven


def _uneven(blocks: Nodes) -> set[int]:
    """Return the levels at which some number has several names below it, so that those are sections."""
    pairs = [at for at in range(1, len(blocks)) if blocks[at]["t"] == blocks[at - 1]["t"] == "Header"]
    numbers = [at for at in pairs if is_number(_bare(blocks[at - 1])) and not is_number(_bare(blocks[at]))]
    return {blocks[at - 1]["c"][0] for at in numbers if not _names(blocks, at)}


def _names(blocks: Nodes, place: int) -> bool:
    """Tell whether a heading can be the name to the number before it: it stands no higher, and alone."""
    first, name = blocks[place - 1], blocks[place]
    level, below = first["c"][0], name["c"][0]
    if not is_number(_bare(first)) or is_number(_bare(name)) or below < level:
        return False
    headings = (item for item in blocks[place + 1 :] if item["t"] == "Header") if below > level else ()
    for item in headings:
        if item["c"][0] <= level:
            break
        if item["c"][0] <= below and not is_number(_bare(item)):
            return False
    return True


def _bare(heading: Node) -> str:
    """Return what a heading says, without its notes."""
    return text([item for item in heading["c"][2] if item["t"] != "Note"])


def is_number(words: str) -> bool:
    """Tell whether a heading is nothing but the number of a chapter: IV, Chapter Twenty One, Erstes Kapitel."""
    plain = _APART.sub(r"\1-\2", words.strip(" .:"))
    found = number(plain)
    if plain.isdigit():
        return True
    if found is None or found.title:
        return bool(_OTHER_NUMBERS.fullmatch(plain))
    return bool(found.label) or found.style not in {"alpha", "small-alpha", "word"}


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
