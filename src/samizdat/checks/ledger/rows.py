"""Rows of words: what the book owes and what was taken, cut into words, with what parts each from the one before it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from itertools import chain

from samizdat.checks.ledger.align import Difference
from samizdat.checks.ledger.passage import Passage
from samizdat.checks.ledger.taken import Stretch
from samizdat.checks.ledger.words import CALL, DIVIDED, FORMULA, RAISED, UNDRAWN, has_marks, is_mark, parted, said

_OPEN = re.compile(f"[{CALL}{FORMULA}{RAISED}]")
_MANY = 20_000
"""How many texts are remembered."""
_NEAR = 4
"""Differences so few words apart are looked at together before they are given up."""


class Gap(IntEnum):
    """What parts a word from the one before it."""

    NONE = 0
    SPACE = 1
    FREE = 2
    """Nothing that could be compared: a line's end on a page, a raised sign, a formula."""


@dataclass(slots=True)
class Row:
    """Words one after the other; for each the passage or stretch that it comes from, and the gap before it."""

    words: list[str] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    calls: set[int] = field(default_factory=set)
    """Which words are the numbers of notes' calls."""

    def said(self, start: int, end: int) -> str:
        """Write some of the words as they stand there."""
        return said(self.words[start:end], [gap is not Gap.NONE for gap in self.gaps[start:end]])

    def add(self, words: Sequence[str], gaps: Sequence[Gap], source: int) -> None:
        """Add words that come from one source."""
        self.words += words
        self.gaps += gaps
        self.sources += [source] * len(words)


def owed_row(passages: Sequence[Passage], *, drawn: bool) -> Row:
    """Divide what is owed into words; a mark that is drawn apart from its letter hides whether a space is behind it."""
    row = Row()
    for source, passage in enumerate(passages):
        words, gaps = _loosened(passage.text, drawn=drawn)
        if CALL in passage.text:
            row.calls.update(place for place, word in enumerate(words, len(row.words)) if word[0] == CALL)
            words = tuple([word.lstrip(CALL) for word in words])
        row.add(words, gaps, source)
    return row


@lru_cache(_MANY)
def _loosened(text: str, *, drawn: bool) -> tuple[tuple[str, ...], tuple[Gap, ...]]:
    """Divide a text into words, and let gaps be free where something is raised, or stands for what is not known."""
    words, gaps = _cut(text)
    if not _OPEN.search(text) and not (drawn and has_marks(text)):
        return words, gaps
    kept, free, loose = list[str](), list[Gap](), False
    for word, gap in zip(words, gaps, strict=True):
        if word == RAISED:
            loose = True
            continue
        open_ = word[0] == CALL or word == FORMULA
        kept.append(word)
        free.append(Gap.FREE if loose or open_ else gap)
        loose = open_ or (drawn and is_mark(word[-1]))
    return tuple(kept), tuple(free)


def taken_row(stretches: Sequence[Stretch], *, drawn: bool) -> Row:
    """Divide what was taken into words; one that is divided between two lines belongs to the first."""
    row = Row()
    between = Gap.FREE if drawn else Gap.SPACE
    held, gap, last = "", between, between
    for source, stretch in enumerate(stretches):
        words, gaps = _cut(held + stretch.text)
        if not held:
            gap = between
        held = ""
        if words and words[-1].endswith(DIVIDED):
            last = gap if len(words) == 1 else gaps[-1]
            held, words, gaps = words[-1], words[:-1], gaps[:-1]
        if words:
            row.add([word.lstrip(CALL) for word in words] if CALL in stretch.text else words, (gap, *gaps[1:]), source)
        gap = last if held else gap
    if held:
        row.add((held,), (gap,), len(stretches) - 1)
    return row


@lru_cache(_MANY)
def _cut(text: str) -> tuple[tuple[str, ...], tuple[Gap, ...]]:
    """Divide a text into words, and tell what parts each from the one before it; before the first there is a space.

    Editions of a book have their texts in common.
    """
    found = parted(text)
    return tuple([word for _, word in found]), tuple([Gap.SPACE, *[_gap(space) for space, _ in found[1:]]][: len(found)])


def _gap(space: str) -> Gap:
    return Gap.NONE if not space else Gap.FREE if UNDRAWN in space else Gap.SPACE


def equal_runs(differences: Sequence[Difference], owed: Row, taken: Row) -> Iterator[tuple[int, int, int]]:
    """Yield where the rows are the same between differences: a place in each, and how many words."""
    a = c = 0
    for one in chain(differences, (Difference(len(owed.words), 0, len(taken.words), 0),)):
        if one.a > a:
            yield a, c, one.a - a
        a, c = one.b, one.d


def ill_spaced(differences: Sequence[Difference], owed: Row, taken: Row) -> Iterator[tuple[int, int]]:
    """Yield pairs of words, each the same in both rows, before which the one row has a space and the other has none.

    What stands before the first word after a difference belongs to that.
    """
    for a, c, length in equal_runs(differences, owed, taken):
        for place in range(1, length):
            if owed.gaps[a + place] + taken.gaps[c + place] == 1:
                yield a + place, c + place


def spaced_alike(one: Difference, owed: Row, taken: Row) -> bool:
    """Say whether words that are cut in two ways, and have the same letters, have spaces between the same of them.

    They are compared from both ends, as far as the letters are the same: between may stand what the book owes without knowing it.
    """
    here, there = [*_spelt(owed, one.a, one.b)], [*_spelt(taken, one.c, one.d)]
    return _alike(here, there) and _alike(here[::-1], there[::-1])


def _alike(here: Sequence[tuple[str, Gap]], there: Sequence[tuple[str, Gap]]) -> bool:
    rest = iter(there)
    before: tuple[Gap, Gap] = Gap.FREE, Gap.FREE
    for letter, gap in here:
        other, space = next(rest, ("", Gap.FREE))
        while other == DIVIDED and letter not in "-‐":
            other, space = next(rest, ("", Gap.FREE))
        if other.casefold() != letter.casefold() and other != DIVIDED:
            return True
        if sum(before) == 1:
            return False
        before = gap, space
    return sum(before) != 1


def _spelt(row: Row, start: int, end: int) -> Iterator[tuple[str, Gap]]:
    """Yield letter after letter, each with the gap before it."""
    for number in range(start, end):
        free = False
        for place, letter in enumerate(row.words[number]):
            yield letter, row.gaps[number] if not place else Gap.FREE if free else Gap.NONE
            free = letter == DIVIDED


def around(row: Row, start: int, end: int, instead: str = "") -> str:
    """Write some words in brackets between their neighbours; where there are none, what stands in their place."""
    start = max(0, start)
    before, inside, after = row.said(max(0, start - 6), start), row.said(start, end), row.said(end, end + 6)
    return f"{before} [{inside or instead}] {after}".strip()


def neighbours(found: Sequence[Difference]) -> Iterator[list[Difference]]:
    """Put differences together that have hardly a word between them."""
    run: list[Difference] = []
    for one in found:
        if run and one.a - run[-1].b > _NEAR:
            yield run
            run = []
        run.append(one)
    if run:
        yield run
