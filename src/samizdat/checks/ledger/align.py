"""Laying two rows of words side by side.

What occurs once in both is a fixed point; between fixed points shorter runs are looked for, and what is left is small enough
to be compared sign by sign. The time grows with the length of the book, not with its square.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_RUNS = (6, 3, 1)
"""How many words together make a fixed point, tried in turn."""
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
    """Yield what differs in a stretch, after its equal ends are taken off."""
    a, b, c, d = gap
    while a < b and c < d and one[a] == other[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and one[b - 1] == other[d - 1]:
        b, d = b - 1, d - 1
    gap = Difference(a, b, c, d)
    if a == b and c == d:
        return
    if a == b or c == d:
        yield gap
        return
    for deeper in range(level, len(_RUNS)):
        if points := _fixed_points(one, other, gap, _RUNS[deeper]):
            for at, there in points:
                if one[a:at] != other[c:there]:
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
