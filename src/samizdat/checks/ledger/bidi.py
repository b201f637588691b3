"""Lines that run from right to left, read from where their letters stand.

A page only shows where each letter is. The order in which a line is read follows from that, but for what the Unicode
bidirectional algorithm (UAX #9) sets in the same place for more than one text: a full stop at the edge belongs to either side, a
number between two scripts to either neighbour. So there are a few readings, and what the book owes chooses between them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from samizdat.checks.ledger.words import DIVIDED, is_mark, plain, right_to_left

_CLASSES = {"R": "R", "AL": "R", "L": "L", "EN": "N", "AN": "N", "CS": "S", "ES": "S"}
_NUMBER = re.compile(r"N(?:S?N)+")
_LATIN = tuple(map(re.compile, (r"[LN][^R]*L|L|N(?:S?N)*", r"L[^RN]*L|L|N(?:S?N)*", r"[LN][^R]*[LN]|[LN]")))
"""What runs from left to right within a line that does not: words with what is between them, a number with them or by itself."""
_OTHER = tuple(map(re.compile, (r"[RN][^L]*R|R", r"R[^L]*[RN]|R", r"R[^L]*R|R")))
"""What runs from right to left within a line that does not, with a number on its left, which comes last, or on its right."""
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
"""Whichever way a line is read, it shows the one on the left that is open to the right."""
_TURNED_ROUND = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
"""Brackets as they are drawn in a line from right to left (UAX #9, L4)."""


def readings(glyphs: Sequence[str], *, rtl: bool) -> tuple[str, ...]:
    """Return the ways to read a line of a book that runs from right to left, or else from left to right, the likeliest first.

    Given is what each glyph stands for, from left to right as they stand there.
    """
    row = _row(glyphs)
    plainly = "".join(map(_kind, row))
    from_left, from_right = list[list[str]](), list[list[str]]()
    for kinds in dict.fromkeys((_enclosed(row, plainly), plainly)):
        from_left += ([*_turned(row, kinds, runs, rtl=False)] for runs in _OTHER)
        from_right += ([*_turned(row[::-1], kinds[::-1], runs, rtl=True)] for runs in _LATIN)
    ways = (*from_right, *from_left) if rtl else (*from_left, *from_right)
    return tuple(dict.fromkeys(map("".join, ways)))


def _row(glyphs: Sequence[str]) -> list[str]:
    """Put marks to their letters; one that is read from right to left stands on the left of its letter."""
    row: list[str] = []
    waiting = ""
    for glyph in filter(None, (plain(glyph.replace("\u00ad", DIVIDED)) for glyph in glyphs)):
        if not all(map(is_mark, glyph)):
            row.append(glyph + waiting)
            waiting = ""
        elif right_to_left(glyph):
            waiting = glyph + waiting
        elif row:
            row[-1] += glyph
    if waiting and row:
        row[-1] += waiting
    return row


@cache
def _kind(text: str) -> str:
    """Return the class of a letter: of a script from right to left, from left to right, a number, what parts numbers, none."""
    return _CLASSES.get(unicodedata.bidirectional(text[0]), "o")


def _enclosed(row: Sequence[str], kinds: str) -> str:
    """Give brackets the class of the letters between them, if these are all of one (UAX #9, N0)."""
    found, waiting = list(kinds), list[int]()
    for place, sign in enumerate(row):
        if sign in _BRACKETS:
            waiting.append(place)
        elif waiting and sign == _BRACKETS[row[waiting[-1]]]:
            begun = waiting.pop()
            if len(strong := set(kinds[begun:place]) & {"L", "R"}) == 1:
                found[begun] = found[place] = strong.pop()
    return "".join(found)


def _turned(row: Sequence[str], kinds: str, runs: re.Pattern[str], *, rtl: bool) -> Iterator[str]:
    """Turn runs round; a number within a run that is read from right to left is not turned. `rtl` says how all else is read."""
    beside = [each.translate(_TURNED_ROUND) for each in row] if rtl else row
    done = 0
    for run in runs.finditer(kinds):
        yield from beside[done : run.start()]
        piece, inside = row[run.start() : run.end()][::-1], run[0][::-1]
        yield from _turned(piece, inside, _NUMBER, rtl=True) if "R" in inside else piece
        done = run.end()
    yield from beside[done:]
