"""What a word is, wherever words are counted: for the record of an import, the ledger and the fingerprint of a book."""

import re
import sys
import unicodedata
from functools import cache
from itertools import groupby

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def words(text: str) -> list[str]:
    """Return the words of a text, in one spelling: letters and digits, with the marks that belong to them."""
    return _word(plain=text.isascii()).findall(unicodedata.normalize("NFC", text))


@cache
def _word(*, plain: bool) -> re.Pattern[str]:
    """Make the pattern of a word; a plain text has no marks."""
    letter = rf"[^\W_{_RAISED}]"
    return re.compile(f"{letter}+" if plain else f"{letter}+(?:[{_marks()}]+{letter}*)*")


def _marks() -> str:
    """List the marks on letters, and the joiners within words, as they stand in a set of a pattern."""
    signs = (chr(code) for code in range(0x300, sys.maxunicode // 0x10) if not 0xD800 <= code < 0xE000)
    runs = ((belongs, [*group]) for belongs, group in groupby(signs, lambda sign: unicodedata.category(sign) in {"Mn", "Mc"}))
    return "\u200c\u200d" + "".join(f"{run[0]}-{run[-1]}" for belongs, run in runs if belongs)
