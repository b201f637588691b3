"""Text set solid: an extract has no space between its paragraphs, nor between a heading and its text, so line ends must tell.

The last line of a paragraph ends early, with a stop, and the next begins with a capital. A heading is a short line without a
stop right above a full one. Both hold only where lines are known to be those of a printed page.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from samizdat.importers.plain.habits import OPENING_MARKS, begins_capital, ends_sentence, first_word
from samizdat.importers.plain.numbering import number
from samizdat.importers.plain.record import Line, Lines, Passage, Passages

CLOSE = "close"
"""Data of a passage that stands right above its text, as a heading of an extract does."""
_EARLY = 0.84
_SHORT = 0.62
_INNER_ENDS = 0.05
"""Ends of paragraphs within passages, by passages; where blank lines part paragraphs there are none."""
_DEEPER = range(2, 9)
_MOST_WORDS = 12
_STOP_INSIDE = re.compile(r"[.!?][’”\"']?\s")


def parted(passages: Passages) -> Passages:
    """Part passages where their lines show paragraphs and headings."""
    lengths = sorted(len(line.words) for passage in passages if passage.unknown for line in passage.lines)
    long = [length for length in lengths if lengths and length > 0.6 * lengths[int(0.9 * (len(lengths) - 1))]]
    usual = long[len(long) // 2] if long else 0
    if not _is_solid(passages, usual):
        return passages
    return tuple(
        piece
        for passage in passages
        for piece in (_parted(passage, usual) if passage.unknown and len(passage.lines) > 1 else (passage,))
    )


def _is_solid(passages: Passages, usual: int) -> bool:
    """Tell whether paragraphs end within passages: an early line with a stop, between two full ones, as verse never has it."""
    several = [passage.lines for passage in passages if passage.unknown and len(passage.lines) > 1]
    ends = sum(
        len(line.words) < _SHORT * usual < _EARLY * usual < min(len(before.words), len(after.words)) and ends_sentence(line.words)
        for lines in several
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False)
    )
    return ends > _INNER_ENDS * len(several)


def _parted(passage: Passage, usual: int) -> Iterator[Passage]:
    run: list[Line] = []
    before = passage.before
    lines = passage.lines
    least = min(line.indent for line in lines)
    heads = _heads(lines, usual)
    for place, line in enumerate(lines):
        if run and _begins(lines, place, usual, least):
            yield replace(passage, lines=tuple(run), before=before)
            run, before = [], 1
        if not run and heads[place]:
            # How much space an extract leaves above a heading says nothing: it depends on what fitted on the page.
            yield replace(passage, lines=(line,), before=1, data=CLOSE)
            before = 1
            continue
        run.append(line)
    if run:
        yield replace(passage, lines=tuple(run), before=before)


def _begins(lines: Lines, place: int, usual: int, least: int) -> bool:
    """Tell whether a paragraph, or a heading, begins with a line."""
    line, last = lines[place], lines[place - 1]
    if begins_capital(line.words) is False:
        return False
    deeper = (
        line.indent - last.indent in _DEEPER
        and last.indent == least
        and (place + 1 == len(lines) or lines[place + 1].indent <= last.indent + 1)
    )
    if deeper:
        return True
    early = len(last.words) + 1 + len(first_word(line)) < _EARLY * usual
    return early and ends_sentence(last.words)


def _heads(lines: Lines, usual: int) -> list[bool]:
    """Tell of each line whether it looks like a heading and stands above a full line, or above another like it."""
    heads = [False] * len(lines)
    for place in reversed(range(len(lines) - 1)):
        following = lines[place + 1].words
        above = begins_capital(following) is not False and (len(following) > _EARLY * usual or heads[place + 1])
        heads[place] = above and _like_heading(lines, place, usual)
    return heads


def _like_heading(lines: Lines, place: int, usual: int) -> bool:
    """Tell whether a line is short and has no stop, and the next is not set in far."""
    text, indent = lines[place].words, lines[place].indent
    if len(text) > (_SHORT if place else _EARLY) * usual or len(text.split()) > _MOST_WORDS:
        return False
    if (ends_sentence(text) and text[-1:] not in "?!)") or text[-1:] in ",;-–—":
        return False
    if begins_capital(text) is False or text[:1] in OPENING_MARKS.strip("¿¡") or not any(map(str.isalpha, text)):
        return False
    found = number(text)
    numbered = found is not None and found.marked
    if not numbered and (text[0].isdigit() or _STOP_INSIDE.search(text)):
        return False
    return lines[place + 1].indent <= indent + 8
