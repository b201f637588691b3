"""Laying two rows of words side by side.

Most rows are the same but for a word here and there, and are walked along together. Where they part for longer, what occurs
once in both is a fixed point; between fixed points shorter runs are looked for, and what is left is small enough to be compared
sign by sign. The time grows with the length of the book, not with its square.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from samizdat.checks.ledger.words import OPEN, is_word

_RUNS = (6, 3, 1)
"""How many words together make a fixed point, tried in turn."""
_STRIDE = 64
"""How many words are compared at a time as long as they are the same."""
_REACH = 120
"""How many words of both rows together are looked through for the place from which on they are the same again."""
_LARGEST = 250_000
"""The most comparisons that a stretch without any fixed point is worth; beyond that it differs as a whole."""


class Difference(NamedTuple):
    """Words from `a` to `b` of the one row stand where words from `c` to `d` of the other do."""

    a: int
    b: int
    c: int
    d: int


def differences(one: Sequence[str], other: Sequence[str]) -> list[Difference]:
    """Return where two rows of words differ, in order."""
    found: list[Difference] = []
    for difference in _between(one, other, Difference(0, len(one), 0, len(other)), 0):
        if found and found[-1].b == difference.a and found[-1].d == difference.c:
            found[-1] = Difference(found[-1].a, difference.b, found[-1].c, difference.d)
        else:
            found.append(difference)
    return found


def _between(one: Sequence[str], other: Sequence[str], gap: Difference, level: int) -> Iterator[Difference]:
    """Yield what differs in a stretch: what is small at once, what is left when they part for longer by its fixed points."""
    a, b, c, d = gap
    while True:
        a, c = _along(one, other, Difference(a, b, c, d))
        if a == b or c == d or not (step := _again(one, other, Difference(a, b, c, d))):
            break
        small = Difference(a, a + step[0], c, c + step[1])
        yield from _split(one, other, small, 1) if min(step) and max(step) > 1 else (small,)
        a, c = small.b, small.d
    while a < b and c < d and one[b - 1] == other[d - 1]:
        b, d = b - 1, d - 1
    if a < b and c < d:
        yield from _split(one, other, Difference(a, b, c, d), level)
    elif a < b or c < d:
        yield Difference(a, b, c, d)


def _along(one: Sequence[str], other: Sequence[str], gap: Difference) -> tuple[int, int]:
    """Return how far the rows are the same from the beginning of a stretch on."""
    a, b, c, d = gap
    while a + _STRIDE <= b and one[a : a + _STRIDE] == other[c : c + _STRIDE] and c + _STRIDE <= d:
        a, c = a + _STRIDE, c + _STRIDE
    while a < b and c < d and one[a] == other[c]:
        a, c = a + 1, c + 1
    return a, c


def _again(one: Sequence[str], other: Sequence[str], gap: Difference) -> tuple[int, int] | None:
    """Return after how few words of each row there is a run in both; nothing if it is not near.

    What is open ends a run, and signs without a word make none: they may be those of a row of dots.
    """
    a, b, c, d = gap
    for reach in range(1, min(_REACH, b - a + d - c) + 1):
        for step in range(max(0, reach - (d - c) + 1), min(reach, b - a - 1) + 1):
            at, there = a + step, c + reach - step
            if one[at] == other[there]:
                size = next((more for more in range(1, _RUNS[0]) if at + more < b and one[at + more] in OPEN), _RUNS[0])
                run = one[at : min(at + size, b)]
                if len(run) == size and run == other[there : min(there + size, d)] and any(map(is_word, run)):
                    return step, reach - step
    return None


def _split(one: Sequence[str], other: Sequence[str], gap: Difference, level: int) -> Iterator[Difference]:
    """Yield what differs in a stretch whose ends differ, between its fixed points or sign by sign."""
    a, b, c, d = gap
    for deeper in range(level, len(_RUNS)):
        if points := _fixed_points(one, other, gap, _RUNS[deeper]):
            for at, there in points:
                yield from _between(one, other, Difference(a, at, c, there), deeper + 1)
                a, c = at, there
            yield from _between(one, other, Difference(a, b, c, d), deeper + 1)
            return
    if (b - a) * (d - c) > _LARGEST:
        yield gap
        return
    for tag, i, j, k, m in SequenceMatcher(None, one[a:b], other[c:d], autojunk=False).get_opcodes():
        if tag != "equal":
            yield Difference(a + i, a + j, c + k, c + m)


def _fixed_points(one: Sequence[str], other: Sequence[str], gap: Difference, size: int) -> list[tuple[int, int]]:
    """Find the runs of so many words that occur once in both rows, as far as their order is the same in both."""
    here, there = _once(one, gap.a, gap.b, size), _once(other, gap.c, gap.d, size)
    pairs = [(place, there[run]) for run, place in here.items() if place >= 0 and there.get(run, -1) >= 0]
    return _rising(pairs)


def _once(words: Sequence[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    """Map each run of words to its place, or to -1 where it occurs more than once; the places rise."""
    places: dict[tuple[str, ...], int] = {}
    last = max(start, end - size + 1)  # below nought it would count from the end
    rows = [words[start + shift : last + shift] for shift in range(size)]
    for place, run in enumerate(zip(*rows, strict=True), start):
        places[run] = -1 if run in places else place
    return places


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of pairs that rise in both numbers; the first number rises already."""
    pairs.sort()
    ends: list[int] = []
    best: list[int] = []
    before: list[int] = []
    for place, (_, number) in enumerate(pairs):
        rank = bisect_left(ends, number)
        before.append(best[rank - 1] if rank else -1)
        if rank == len(ends):
            ends.append(number)
            best.append(place)
        else:
            ends[rank], best[rank] = number, place
    chain: list[tuple[int, int]] = []
    place = best[-1] if best else -1
    while place >= 0:
        chain.append(pairs[place])
        place = before[place]
    return chain[::-1]
