"""One spelling of each letter: what a keyboard, a converter or a page wrote as a letter and loose marks becomes one sign.

Browsers, searches and validators ask for that spelling. Source: W3C, "Character Model for the World Wide Web: String Matching".
"""

import re
import unicodedata

_WORD = re.compile("[^\\s\u2329\u232a\uf900-\ufaff\U0002f800-\U0002fa1f]{2,200}")
"""Of a word without end a bounded piece. Han in the forms that names are written in would lose these forms."""


def composed(text: str) -> str:
    """Compose the letters of a text (Unicode Annex 15, form C), but for forms of Han that would become others."""
    return text if text.isascii() else _WORD.sub(lambda word: unicodedata.normalize("NFC", word[0]), text)
