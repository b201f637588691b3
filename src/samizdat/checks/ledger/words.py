"""What a word is, in every script, and how it is written so that two ways of writing it are one.

Words are letters, digits and the marks on them; every other sign is a word by itself, hyphen and apostrophe included, so that
a lost hyphen is a lost word. Chinese and Japanese are compared sign by sign. Accents count; case counts.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby, pairwise

FOLIO, PLACES, LED, FORMULA, CALL, SMALL, SPAN, COUNTED, EITHER, PLATE, RAISED, LISTED = map(chr, range(0xFDD0, 0xFDDC))
"""Signs that no text can hold, for what the book owes without knowing its words: a page number; the page numbers of an index
entry; a number at the end of a row of dots; a formula; before the number of a note's call; before words
set in small capitals, which are one sign for both cases; the pages from one to another; the number
of a note that is counted on each page; around two words with a stroke between them, that it is one or the other; before
the caption of a picture that has a page to itself; before and after signs that are raised, lowered or large, that a page does
not show whether a space is beside them; and around the number or bullet of a list, which the author did not write."""
ALL_SMALL = 3 * SMALL
"""Before words of which the capitals are small ones as well."""
UNDRAWN = "\u200a"
"""A space that nobody drew: letters only stand apart, as the number of a note and its text do."""
DIVIDED = "\ufffe"
"""Stands in drawn text where a line ended in a hyphen: it belongs to the word, or only to the line."""

_MARKS = "".join(
    f"{run[0]}-{run[-1]}"
    for combining, group in groupby(
        (chr(code) for code in range(0x300, 0xFFFE) if not 0xD800 <= code < 0xE000),
        lambda sign: unicodedata.category(sign) in {"Mn", "Mc"},
    )
    if combining and (run := list(group))
)
MIRRORED = str.maketrans(")]}>»›”", "([{<«‹“")
"""Makes one of the two sides of a bracket or quotation mark: a line from right to left has them turned."""
_HAN = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_WORD = re.compile(
    rf"[^\W_{_HAN}]+(?:[{_MARKS}{DIVIDED}]+[^\W_{_HAN}]*)*|[{_HAN}][{_MARKS}]*|{CALL}(?:\d+|{COUNTED})|{EITHER}[^{EITHER}]*{EITHER}|\S[{_MARKS}]*"
)
_PARTED = re.compile(rf"(\s*)({_WORD.pattern})")
_MARK = re.compile(f"[{_MARKS}]")
_UNSEEN = re.compile(
    f"[{SMALL}{PLATE}{LISTED}\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_TIGHT_BEFORE = re.compile(r"[.,;:!?’”)\]-]")
_TIGHT_AFTER = re.compile(r"[“‘(\[-]")
OPEN = {FOLIO, PLACES, LED, SPAN, COUNTED}
"""Stand for numbers that are not known."""
_MOST = 24
"""How many words are said in full."""
_SHAPES = re.compile("[\u0e33\u0eb3\ufb00-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")


def plain(text: str) -> str:
    """Write a text in one way: accents one with their letters, ligatures and joined shapes as letters, nothing unseen."""
    if text.isascii():
        return text
    text = _SHAPES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), _UNSEEN.sub("", text))
    return unicodedata.normalize("NFC", text)


def split(text: str) -> list[str]:
    """Divide a text into words."""
    return [word for word in _WORD.findall(plain(text)) if word != RAISED]


def parted(text: str) -> list[tuple[str, str]]:
    """Divide a text into words, each after the space before it."""
    return _PARTED.findall(plain(text))


def is_word(token: str) -> bool:
    """Tell a word from a mark of punctuation."""
    return token[0].isalnum() or token[0] == CALL


def is_mark(sign: str) -> bool:
    """Say whether a sign is a mark on a letter."""
    return bool(_MARK.match(sign))


def has_marks(text: str) -> bool:
    """Say whether a text has marks on letters, apart from these."""
    return not text.isascii() and bool(_MARK.search(text))


def right_to_left(text: str) -> bool:
    """Say whether any letter of a text is written from right to left."""
    return bool(_RIGHT_TO_LEFT.search(text))


def said(words: Sequence[str], spaced: Sequence[bool] = ()) -> str:
    """Put words together again as they are written, where it is known which have a space before them; else more or less."""
    known = spaced or [
        not (_TIGHT_BEFORE.match(word) or (before and _TIGHT_AFTER.match(before))) for before, word in pairwise(("", *words))
    ]
    shown = [
        (" " if space else "") + ("n" if word in OPEN else word.replace(DIVIDED, "-"))
        for word, space in zip(words, known, strict=True)
    ]
    return "".join(shown if len(shown) <= _MOST else [*shown[:12], " …", *shown[-8:]]).strip()
