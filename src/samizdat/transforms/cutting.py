"""Cutting blocks into runs of so many words, for what does not fit on a page in one piece.

A word is what stands between two blanks where a line may end; a no-break space joins. Cuts fall between blocks, else after a
sentence, else between two words; of a table between its rows, of verse and code between lines. What cannot be cut stays whole.
"""

import math
import re
from dataclasses import replace
from typing import NamedTuple

from samizdat.model.block import (
    Block,
    Blocks,
    Column,
    DefinitionList,
    Division,
    Line,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Row,
    Stanza,
    Table,
    Verse,
)
from samizdat.model.inline import Emphasis, Inline, Inlines, LineBreak, Link, SmallCaps, Span, Strikeout, Strong, Text
from samizdat.model.walk import children, plain_text

_SENTENCE_END = re.compile(r"[.!?…。！？][”’»“)\]]*$")
_LINE = 6
"""What a row of a table and a line of verse or code take at least, in words: they have a line to themselves."""
_FEWEST = 5
"""No cut leaves fewer words than this on either side, where there is a choice."""


class _Halves(NamedTuple):
    """What fits and what is left over; None where there is nothing."""

    first: Block | None
    rest: Block | None


def count(node: object) -> int:
    """Count the words of a node, a block's first word never joined to the last of the block before."""
    match node:
        case Paragraph(inlines):
            return len(plain_text(inlines).replace("\n", " ").split(" ")) if inlines else 0
        case tuple() if any(isinstance(child, Inline) for child in node):
            return count(Paragraph(node))
        case Preformatted(text):
            return _LINE * len(text.splitlines())
        case Line() | Row():
            return max(_LINE, sum(count(child) for child in children(node)))
        case _:
            return sum(count(child) for child in children(node))


def cut(blocks: Blocks, words: int) -> tuple[Blocks, ...]:
    """Cut blocks into runs of at most so many words; nothing is lost and nothing changes its order."""
    runs: list[list[Block]] = [[]]
    room = words
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if runs[-1] and count(block) > room and (room < _FEWEST or count(block) <= words < 2 * (words - room)):
            runs.append([])  # too little room to begin a block in, or more than half full and the block fits whole into the next
            room = words
        first, rest = _halve(block, room)
        if first is None and not runs[-1]:
            first, rest = block, None  # it cannot be cut, so it stays whole
        if first is not None:
            runs[-1].append(first)
            room -= count(first)
        if rest is not None:
            runs.append([])
            room = words
            waiting.append(rest)
    return tuple(tuple(run) for run in runs if run)


def _halve(block: Block, room: int) -> _Halves:
    """Cut one block so that its first half has at most so many words."""
    if count(block) <= room:
        return _Halves(block, None)
    match block:
        case Paragraph(inlines):
            offset = _offset(inlines, room)
            if not offset:
                return _Halves(None, block)
            left, right = _split(inlines, offset)
            return _Halves(Paragraph(left), Paragraph(right))
        case Quote(blocks, attribution):
            first, rest = _halve_all(blocks, room)
            return _Halves(Quote(first) if first else None, Quote(rest, attribution))
        case Division(blocks):
            first, rest = _halve_all(blocks, room)
            return _Halves(replace(block, blocks=first), replace(block, blocks=rest, id="")) if first else _Halves(None, block)
        case List(items):
            fitting = _fitting(items, room)
            if not fitting:
                return _Halves(None, block)
            return _Halves(
                replace(block, items=items[:fitting]), replace(block, items=items[fitting:], start=block.start + fitting)
            )
        case DefinitionList(items) if fitting := _fitting(items, room):
            return _Halves(DefinitionList(items[:fitting]), DefinitionList(items[fitting:]))
        case Verse(stanzas):
            fitting = _fitting(stanzas, room)
            if fitting:
                return _Halves(Verse(stanzas[:fitting]), Verse(stanzas[fitting:]))
            return _halve_stanza(stanzas, _fitting(stanzas[0].lines, room)) or _Halves(None, block)
        case Table(body=rows) if all(cell.rows == 1 for row in rows for cell in row.cells):
            fitting = _fitting(rows, room - count(block.head) - count(block.caption))
            return _halve_table(block, fitting) if fitting else _Halves(None, block)
        case Preformatted(text) if fitting := room // _LINE:
            lines = text.splitlines()
            return _Halves(replace(block, text="\n".join(lines[:fitting])), replace(block, text="\n".join(lines[fitting:])))
        case _:
            return _Halves(None, block)


def _halve_stanza(stanzas: tuple[Stanza, ...], lines: int) -> _Halves | None:
    """Cut the first stanza after so many lines."""
    first = stanzas[0]
    if not lines:
        return None
    rest = (Stanza(first.lines[lines:]), *stanzas[1:])
    return _Halves(Verse((replace(first, lines=first.lines[:lines]),)), Verse(rest))


def _halve_table(table: Table, rows: int) -> _Halves:
    """Cut a table after so many rows. Its columns get fixed widths, so that they stand below each other in all its parts."""
    columns = table.columns
    if not any(column.width for column in columns):
        longest = [1] * len(columns)
        for row in (*table.head, *table.body, *table.foot):
            for place, cell in zip(range(len(columns)), row.cells, strict=False):
                longest[place] = max(longest[place], len(plain_text(cell)))
        columns = tuple(Column(column.align, most / sum(longest)) for column, most in zip(columns, longest, strict=True))
    return _Halves(
        replace(table, columns=columns, body=table.body[:rows], foot=()),
        replace(table, columns=columns, head=(), body=table.body[rows:], caption=(), id="", number=0),
    )


def _halve_all(blocks: Blocks, room: int) -> tuple[Blocks, Blocks]:
    fitting = _fitting(blocks, room)
    if fitting == len(blocks):
        return blocks, ()
    first, rest = _halve(blocks[fitting], room - count(blocks[:fitting]))
    middle = () if first is None else (first,)
    return blocks[:fitting] + middle, (() if rest is None else (rest,)) + blocks[fitting + 1 :]


def _fitting(members: tuple[object, ...], room: int) -> int:
    """Return how many of the first members fit into so many words."""
    for index, member in enumerate(members):
        room -= count(member)
        if room < 0:
            return index
    return len(members)


def _offset(inlines: Inlines, room: int) -> int:
    """Return the place of the blank to cut at, counted in characters of the plain text; 0 where there is none."""
    text = _cuttable(inlines)
    blanks = [match.start() for match in re.finditer(r"[ \n]", text)]
    total = count(Paragraph(inlines))
    # Blanks inside what cannot be cut are words too, so the place of a blank is not its number.
    words_before = {blank: len(re.split(r"[ \n\0]", text[:blank])) for blank in blanks[:room]}
    allowed = [blank for blank in blanks[:room] if words_before[blank] <= room]
    easy = [blank for blank in allowed if min(words_before[blank], total - words_before[blank]) >= _FEWEST] or allowed
    sentences = [
        blank
        for blank in easy
        if words_before[blank] >= math.ceil(room / 2) and _SENTENCE_END.search(text, max(0, blank - 6), blank)
    ]
    return max(sentences or easy, default=0)


def _cuttable(inlines: Inlines) -> str:
    """Return the plain text, with a null for each blank that must not be cut at."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text() | LineBreak():
                parts.append(plain_text(inline))
            case Emphasis(inner) | Strong(inner) | SmallCaps(inner) | Strikeout(inner) | Link(inlines=inner) | Span(inner):
                parts.append(_cuttable(inner))
            case _:
                parts.append(re.sub(r"[ \n]", "\0", plain_text(inline)))
    return "".join(parts)


def _split(inlines: Inlines, offset: int) -> tuple[Inlines, Inlines]:
    """Split inlines at a blank, which is left out; what holds the blank stands on both sides, its id only on the first."""
    left: list[Inline] = []
    right: list[Inline] = []
    start = 0
    for inline in inlines:
        length = len(plain_text(inline))
        end = start + length
        if end <= offset:
            left.append(inline)
        elif start > offset:
            right.append(inline)
        else:
            before, after = _split_one(inline, offset - start)
            left.extend(before)
            right.extend(after)
        start = end
    return tuple(left), tuple(right)


def _split_one(inline: Inline, offset: int) -> tuple[Inlines, Inlines]:
    match inline:
        case Text(text):
            return _filled(Text(text[:offset])), _filled(Text(text[offset + 1 :]))
        case Emphasis(inner) | Strong(inner) | SmallCaps(inner) | Strikeout(inner) | Link(inlines=inner) | Span(inner):
            before, after = _split(inner, offset)
            rest = replace(inline, inlines=after, id="") if isinstance(inline, Span) else replace(inline, inlines=after)
            return (replace(inline, inlines=before),) if before else (), (rest,) if after else ()
        case _:  # a line break is the blank itself
            return (), ()


def _filled(text: Text) -> Inlines:
    return (text,) if text.text else ()
