"""The rules that explain a difference between the book and a file, each by its name.

A rule explains a difference whole or not at all: what the book owes becomes a pattern, and the words of the file must match it
from end to end. Nothing is let through for being small.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from samizdat.checks.ledger.expected import Expected
from samizdat.checks.ledger.passage import Passage
from samizdat.checks.ledger.words import (
    COUNTED,
    DIVIDED,
    EITHER,
    FOLIO,
    LED,
    MIRRORED,
    PLACES,
    SPAN,
    is_word,
    right_to_left,
)

_ONE_SIGN = str.maketrans({"…": "...", "µ": "μ", "‐": "-", "‑": "-", "ʼ": "’", "∕": "/", "⁄": "/", "∙": "·", "⋅": "·", "ـ": ""})
_NUMBER = "(?:[0-9]+|[ivxlcdm]+)"
_RANGE = f"{_NUMBER}(?:–{_NUMBER})?"
DRAWN = {
    FOLIO: f"{_NUMBER}?",
    LED: rf"\.*{_NUMBER}?",
    PLACES: f",(?:{_RANGE}(?:,{_RANGE})*)?",
    SPAN: f"(?:{_RANGE})?",
    COUNTED: "[0-9]{1,3}",
}
_MARKED = {PLACES: ", [0-9]+(?: , [0-9]+)*"}

LINE_END = "hyphen at a line's end"
PAGE_NUMBER = "page number in contents, index or reference"
NOTE_CALL = "note number"
COUNTED_NOTE = "note number, counted on its page"
SPACES = "spaces as drawn"
SMALL_CAPITALS = "small capitals, one sign for both cases"
ONE_SIGN = "characters that a font draws with one sign"
ACCENT = "accent drawn apart from its letter"
LETTERING = "lettering of a picture"
RIGHT_TO_LEFT = "signs between words from right to left"
TABLE_HEAD = "head of a table, repeated on the next page"
OVERLEAF = "row of a table that goes on overleaf"
LIST_NUMBER = "number of a list"
MADE_PAGE = "page made from the metadata"
OWN_TEMPLATE = "words of the book's own template"
ADDRESS = "address of a link, printed"
NOTES = "note at the foot or the end"


def as_drawn(text: str) -> str:
    """Write each of the characters that a font draws with one sign in the same way."""
    return text.translate(_ONE_SIGN)


def marked_pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Make a pattern of words that marked-up text owes, with spaces between them."""
    return re.compile(" ".join(_MARKED.get(word) or re.escape(word) for word in words))


def drawn_pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Make a pattern of words that pages owe, without spaces: numbers of pages are open, words may be divided."""
    return re.compile("".join(map(_drawn_word, words)))


def made_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Make a pattern of a page made from the metadata: small letters may be small capitals, but a capital stays one."""
    return re.compile("".join(DRAWN.get(word) or "".join(map(_small_sign, word)) for word in words))


def _small_sign(sign: str) -> str:
    large = sign.upper()
    return f"(?:{_drawn_sign(sign)}|{re.escape(large)}{DIVIDED}?)" if large != sign else _drawn_sign(sign)


def _drawn_word(word: str) -> str:
    if word.startswith(EITHER):
        return f"(?:{'|'.join(map(_drawn_word, word.strip(EITHER).split('|')))})"
    return DRAWN.get(word) or "".join(map(_drawn_sign, word))


def _drawn_sign(sign: str) -> str:
    return f"(?:{sign}|{DIVIDED})" if sign in "-‐" else f"{re.escape(sign)}{DIVIDED}?"


def named(here: Sequence[str], text: str, *, called: bool) -> str:
    """Name the rule by which a pattern fits."""
    if COUNTED in here:
        return COUNTED_NOTE
    if any(word in DRAWN for word in here):
        return PAGE_NUMBER
    if DIVIDED in text:
        return LINE_END
    return NOTE_CALL if called else SPACES


class _Turned(NamedTuple):
    """Words that run from right to left, as far as a page shows their order.

    A bracket faces either side there, and a mark stands by a neighbour or is given twice: a letter with two marks is several
    glyphs, and each may say both.
    """

    letters: str
    signs: tuple[tuple[int, str], ...]
    """Signs that are no letters, each after so many letters."""
    marks: frozenset[tuple[int, str]]


def _turned(row: Sequence[str]) -> _Turned:
    letters: list[str] = []
    signs: list[tuple[int, str]] = []
    marks: set[tuple[int, str]] = set()
    for sign in unicodedata.normalize("NFD", "".join(row).translate(MIRRORED)):
        if unicodedata.combining(sign):
            marks.add((len(letters), sign))
        elif sign.isalnum():
            letters.append(sign)
        else:
            signs.append((len(letters), sign))
    return _Turned("".join(letters), tuple(signs), frozenset(marks))


def _as_turned(here: _Turned, there: _Turned) -> bool:
    """Say whether the same words are drawn: letters and signs in their order, each mark by its letter or the next one to it."""
    return here.letters == there.letters and here.signs == there.signs and _near(here, there) and _near(there, here)


def _near(one: _Turned, other: _Turned) -> bool:
    return all(any((place + step, mark) in other.marks for step in (0, -1, 1)) for place, mark in one.marks)


def _marks(text: str) -> list[str]:
    """Return the marks on a text's letters."""
    return sorted(sign for sign in unicodedata.normalize("NFD", text) if unicodedata.combining(sign))


def _markless(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def explain(owed: Expected, here: list[str], there: list[str], among: Sequence[Passage]) -> str:
    """Name the rule that explains a difference between the book and pages, if there is one."""
    whole, text = "".join(here), "".join(there)
    both_ways = owed.direction == "rtl" or any(right_to_left(passage.text) for passage in among)
    if both_ways and _as_turned(_turned(here), _turned(there)):
        return RIGHT_TO_LEFT
    pattern = drawn_pattern(here)
    if drawn_pattern([as_drawn(whole)]).fullmatch(as_drawn(text)):
        return ONE_SIGN
    small = frozenset[str]().union(*(passage.small_capitals for passage in among))
    as_written = text.replace(DIVIDED, "")
    lowered = all(word.casefold() in small or word in as_written or not is_word(word) for word in here)
    as_small = re.compile(pattern.pattern, re.IGNORECASE) if any(each.all_small for each in among) else made_pattern(here)
    if small and lowered and as_small.fullmatch(text):
        return SMALL_CAPITALS
    if _marks(whole) and _marks(whole) == _marks(text) and drawn_pattern([_markless(whole)]).fullmatch(_markless(text)):
        return ACCENT
    for head in owed.table_heads:
        found = drawn_pattern([head]).search(text) if head else None
        if found and pattern.fullmatch(text[: found.start()] + text[found.end() :]):
            return TABLE_HEAD
    if not here and any(all(word.replace(DIVIDED, "-") in letters for word in there) for letters in owed.lettering):
        return LETTERING
    return ""
