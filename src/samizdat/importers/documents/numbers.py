"""Places in a document: its text as read, in numbered lines that a person can name.

A text with marks keeps the lines that an editor shows. Everything else (a page, an e-book, a word processor's file) has a line
for each paragraph, heading, item or cell, counted from the first, with what an importer leaves out. pandoc says of none of its
nodes where they stood, so they are found again by their words, in order.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from samizdat.importers.documents.markup import Element, is_element
from samizdat.importers.documents.nodes import Node, Nodes, leaves, text
from samizdat.importers.documents.record import Record
from samizdat.importers.plain.record import Line

AT = "at"
"""Where a node carries the number of its line; pandoc's own have nothing of that name."""
_WORD = re.compile(r"[^\W_]+")
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
    " br".split()
)
_HEAD = 6
"""Words by which a block is found again."""
_NEAR, _FAR = 400, 20_000
"""How many words ahead a block of one or two words may lie, and one of more."""
_TRIES = 500
"""Places that are looked at for a block; a file that repeats one word without end has too many."""


def of_text(source: str, record: Record) -> None:
    """Give numbers to the lines of a text with marks, as they stand in the file."""
    record.lines.extend(Line(number, line.rstrip()) for number, line in enumerate(source.split("\n"), start=1))


def of_page(top: Element, record: Record) -> None:
    """Give numbers to the paragraphs of a page, those that are left out as well, and note the element of each."""
    parts: list[str] = []
    block = top

    def end() -> None:
        if words := " ".join("".join(parts).split()):
            record.lines.append(Line(len(record.lines) + 1, words))
            record.places.setdefault(block, len(record.lines))
        parts.clear()

    stack: list[tuple[Element, bool]] = [(top, True)]
    owners = [top]
    while stack:
        element, opens = stack.pop()
        apart = element.tag in _BLOCKS
        if opens:
            if apart:
                end()
                owners.append(element)
                block = element
            stack.append((element, False))
            if is_element(element) and element.tag != "svg":  # the words in a drawing belong to the picture
                parts.append(element.text or "")
                stack.extend((child, True) for child in reversed(element))
            continue
        if apart:
            end()
            owners.pop()
            block = owners[-1]
        if element is not top:
            parts.append(element.tail or "")
    end()


def of_nodes(pieces: Iterable[Nodes], record: Record) -> None:
    """Give each block that holds words the number of its line; where nothing has been numbered yet, the blocks are the lines."""
    blocks = [leaf for piece in pieces for leaf in leaves(piece)]
    if record.lines:
        _find(blocks, record.lines)
        return
    for leaf in blocks:
        if words := text(leaf):
            record.lines.append(Line(len(record.lines) + 1, words))
        leaf[AT] = max(1, len(record.lines))


def _find(blocks: Sequence[Node], lines: Sequence[Line]) -> None:
    """Find blocks in lines, one after the other, by their first words; what cannot be found lies where the last one did."""
    stream = [(word.casefold(), line.number) for line in lines for word in _WORD.findall(line.text)]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for position, (word, _) in enumerate(stream):
        places[word].append(position)
    start, last = 0, 1
    for leaf in blocks:
        said = [word.casefold() for word in _WORD.findall(text(leaf)[:2000])]
        found = next((at for size in (_HEAD, 3) if (at := _next(said[:size], start, stream, places)) >= 0), -1)
        if found >= 0:
            last = stream[found][1]
            start = found + max(1, min(len(said), _HEAD))
        leaf[AT] = last


def _next(said: Sequence[str], start: int, stream: Sequence[tuple[str, int]], places: dict[str, list[int]]) -> int:
    """Return where some words follow one another, from a position on; -1 if that is nowhere near."""
    if not said or said[0] not in places:
        return -1
    reach = start + (_NEAR if len(said) < 3 else _FAR)
    where = places[said[0]]
    first = bisect_left(where, start)
    for number in range(first, min(len(where), first + _TRIES)):
        at = where[number]
        if at > reach:
            return -1
        if all(at + row < len(stream) and stream[at + row][0] == word for row, word in enumerate(said)):
            return at
    return -1


def spread(made: Nodes, at: object) -> Nodes:
    """Give what became of a block its number."""
    for item in made:
        if at and AT not in item:
            item[AT] = at
    return made
