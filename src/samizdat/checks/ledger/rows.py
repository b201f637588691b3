"""Rows of words: what the book owes and what was taken, cut into words, with what parts each from the one before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import chain

from samizdat.checks.ledger.align import Difference
from samizdat.checks.ledger.expected import Passage
from samizdat.checks.ledger.taken import Stretch
from samizdat.checks.ledger.words import CALL, DIVIDED, FORMULA, RAISED, UNDRAWN, is_mark, parted, said


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

    def _add(self, word: str, source: int, gap: Gap) -> None:
        self.words.append(word)
        self.sources.append(source)
        self.gaps.append(gap)


def owed_row(passages: Sequence[Passage], *, drawn: bool) -> Row:
    """Divide what is owed into words; a mark that is drawn apart from its letter hides whether a space is behind it."""
    row = Row()
    for source, passage in enumerate(passages):
        first, loose = True, False
        for space, word in parted(passage.text):
            if word == RAISED:
                loose = True
                continue
            called = word[0] == CALL
            if called:
                row.calls.add(len(row.words))
            free = loose or called or word == FORMULA
            row._add(word.lstrip(CALL), source, Gap.FREE if free else Gap.SPACE if space or first else Gap.NONE)  # noqa: SLF001
            first, loose = False, called or word == FORMULA or (drawn and is_mark(word[-1]))
    return row


def taken_row(stretches: Sequence[Stretch], *, drawn: bool) -> Row:
    """Divide what was taken into words; one that is divided between two lines belongs to the first."""
    row = Row()
    between = Gap.FREE if drawn else Gap.SPACE
    held, gap, last = "", between, between
    for source, stretch in enumerate(stretches):
        found = parted(held + stretch.text)
        if not held:
            gap = between
        held = ""
        if found and found[-1][1].endswith(DIVIDED):
            space, held = found.pop()
            last = gap if not found else _gap(space)
        for number, (space, word) in enumerate(found):
            row._add(word.lstrip(CALL), source, _gap(space) if number else gap)  # noqa: SLF001
        gap = last if held else gap
    if held:
        row._add(held, len(stretches) - 1, gap)  # noqa: SLF001
    return row


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
