"""Lines that run from right to left, read from where their letters stand.

A page only shows where each letter is. The order in which a line is read follows from that, but for what the Unicode
bidirectional algorithm (UAX #9) sets in the same place for more than one text: a full stop at the edge belongs to either side, a
number between two scripts to either neighbour. So there are a few readings, and what the book owes chooses between them.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from samizdat.checks.ledger.words import is_mark, right_to_left

_CLASSES = {"R": "R", "AL": "R", "L": "L", "EN": "N", "AN": "N", "CS": "S", "ES": "S"}
_NUMBER = re.compile(r"N(?:S?N)+")
_LATIN = tuple(map(re.compile, (r"[LN][^R]*L|L|N(?:S?N)*", r"L[^RN]*L|L|N(?:S?N)*", r"[LN][^R]*[LN]|[LN]")))
"""What runs from left to right within a line that does not: words with what is between them, a number with them or by itself."""
_OTHER = tuple(map(re.compile, (r"[RN][^L]*R|R", r"R[^L]*[RN]|R", r"R[^L]*R|R")))
"""What runs from right to left within a line that does not, with a number on its left, which comes last, or on its right."""


class Sign(NamedTuple):
    """A letter that is drawn, and where it stands on its line."""

    text: str
    x: float


def readings(signs: Sequence[Sign], *, rtl: bool) -> tuple[str, ...]:
    """Return the ways to read a line of a book that runs from right to left, or else from left to right, the likeliest first."""
    row = _row(signs)
    kinds = "".join(map(_kind, row))
    from_left = [row] if "R" not in kinds else [[*_turned(row, kinds, runs)] for runs in _OTHER]
    row, kinds = row[::-1], kinds[::-1]
    from_right = [[*_turned(row, kinds, runs)] for runs in _LATIN] if set(kinds) & {"L", "N"} else [row]
    ways = (*from_right, *from_left) if rtl else (*from_left, *from_right)
    return tuple(dict.fromkeys(map("".join, ways)))


def _row(signs: Sequence[Sign]) -> list[str]:
    """Put letters in the order in which they stand, from left to right, each with its marks."""
    letters = sorted((sign for sign in signs if not is_mark(sign.text)), key=lambda sign: (sign.x, not sign.text.isspace()))
    row: list[list[str]] = []
    places: list[float] = []
    for letter in letters:
        if places and letter.x == places[-1] and not row[-1][0].isspace():  # letters of one glyph come in the order of reading
            row[-1].append(letter.text)
        else:
            row.append([letter.text])
            places.append(letter.x)
    for mark in signs:
        if row and is_mark(mark.text):
            place = max(0, bisect_right(places, mark.x) - 1)
            leans = row[place][0].isspace() and place + 1 < len(row)  # over the end of its word
            row[place + leans].append(mark.text)
    for place in range(len(row) - 2, -1, -1):  # a sign that is drawn around a number, as that of the year, is read before it
        for next_ in range(place + 1, len(row)):
            if not (_AROUND(row[next_ - 1][0]) and row[next_][0].isdigit()):
                break
            row[next_ - 1], row[next_] = row[next_], row[next_ - 1]
    return ["".join(letter) for letter in row]


_AROUND = re.compile("[\u0600-\u0605]").match


@cache
def _kind(text: str) -> str:
    """Return the class of a letter: of a script from right to left, from left to right, a number, what parts numbers, none."""
    return "R" if right_to_left(text[0]) and not text[0].isdigit() else _CLASSES.get(unicodedata.bidirectional(text[0]), "o")


def _turned(row: Sequence[str], kinds: str, runs: re.Pattern[str]) -> Iterator[str]:
    """Turn runs round; a number within a run that is read from right to left is not turned."""
    done = 0
    for run in runs.finditer(kinds):
        yield from row[done : run.start()]
        piece, inside = row[run.start() : run.end()][::-1], run[0][::-1]
        if "R" in inside:
            piece = list(_turned(piece, inside, _NUMBER))
        yield from piece
        done = run.end()
    yield from row[done:]
