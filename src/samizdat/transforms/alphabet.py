"""The order of words in an index, by language, from a small table and no other source, so that it is the same on every machine.

Words are compared word by word (New York before Newark), numbers by their value, capitals like small letters, accents like the
plain letter unless the language counts the accented one as a letter of its own. Letters of the language's alphabet come first,
then those of other scripts.
"""

import re
import unicodedata
from functools import cache

_LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
_NORDIC = {"da": "æ ø å", "nb": "æ ø å", "nn": "æ ø å", "no": "æ ø å", "fi": "å ä ö", "sv": "å ä ö", "is": "þ æ ö"}
_ALPHABETS = {language: f"{_LATIN} {letters}" for language, letters in _NORDIC.items()} | {
    "be": "а б в г д е ж з і й к л м н о п р с т у ў ф х ц ч ш ы ь э ю я",
    "bg": "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ь ю я",
    "cs": "a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž",
    "el": "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ τ υ φ χ ψ ω",
    "eo": "a b c ĉ d e f g ĝ h ĥ i j ĵ k l m n o p r s ŝ t u ŭ v z",
    "es": "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z",
    "hr": "a b c č ć d dž đ e f g h i j k l lj m n nj o p q r s š t u v w x y z ž",
    "hu": "a b c cs d e f g gy h i j k l ly m n ny o ö p q r s sz t ty u ü v w x y z zs",
    "lt": "a b c č d e f g h i y j k l m n o p q r s š t u v w x z ž",
    "lv": "a b c č d e f g ģ h i j k ķ l ļ m n ņ o p q r s š t u v w x y z ž",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż",
    "ro": "a ă â b c d e f g h i î j k l m n o p q r s ș t ț u v w x y z",
    "ru": "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
    "sk": "a ä b c č d e f g h ch i j k l m n o ô p q r s š t u v w x y z ž",
    "sl": "a b c č d e f g h i j k l m n o p q r s š t u v w x y z ž",
    "tr": "a b c ç d e f g ğ h ı i j k l m n o ö p q r s ş t u ü v w x y z",
    "uk": "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я",
}
_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"})
_SPACE, _NUMBER, _OWN_LETTER, _OTHER_LETTER = range(4)

SortKey = tuple[tuple[tuple[int, int], ...], str]


@cache
def _ranks(language: str) -> dict[str, int]:
    letters = _ALPHABETS.get(language.lower().split("-")[0], _LATIN).split()
    return {unicodedata.normalize("NFC", letter): rank for rank, letter in enumerate(letters)}


@cache
def _letters(language: str) -> re.Pattern[str]:
    """Match a number, a letter of the alphabet (the longest first: Czech "ch"), or any other character with its accents."""
    letters = sorted(_ranks(language), key=len, reverse=True)
    return re.compile(rf"\d+|{'|'.join(letters)}|.", re.DOTALL)


def sort_key(word: str, language: str) -> SortKey:
    """Return what to sort a word by."""
    return tuple(part for letter in _split(word, language) for part in _weights(letter, language)), word


def initial(word: str, language: str) -> str:
    """Return the capital that a word stands under; empty for numbers and signs."""
    for letter in _split(word, language):
        weights = _weights(letter, language)
        if weights:
            if weights[0][0] in (_SPACE, _NUMBER):
                return ""
            return _capital(letter, language)
    return ""


def _split(word: str, language: str) -> list[str]:
    lowered = _lower(unicodedata.normalize("NFC", word), language)
    return _letters(language).findall(lowered)


def _lower(word: str, language: str) -> str:
    return word.replace("I", "ı").replace("İ", "i").lower() if language.startswith("tr") else word.lower()


def _weights(letter: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return the rank of a letter, of each of its parts where it is a compound, or nothing for a sign that does not count."""
    rank = _ranks(language).get(letter)
    if rank is not None:
        return ((_OWN_LETTER, rank),)
    if letter.isdigit():
        return ((_NUMBER, int(letter)),) if letter.isdecimal() else ()
    if letter.isspace() or letter in "-–/":
        return ((_SPACE, 0),)
    plain = _plain(letter)
    if plain == letter:
        return ((_OTHER_LETTER, ord(letter)),) if letter.isalpha() else ()
    return tuple(weight for part in plain for weight in _weights(part, language))


def _plain(letter: str) -> str:
    """Take the accents off a letter, and its compounds apart; katakana become hiragana."""
    folded = unicodedata.normalize("NFKD", letter.translate(_PLAIN))
    folded = "".join(part for part in folded if not unicodedata.combining(part))
    return "".join(chr(ord(part) - 0x60) if "ァ" <= part <= "ヶ" else part for part in folded)


def _capital(letter: str, language: str) -> str:
    shown = letter if letter in _ranks(language) else _plain(letter)[:1]
    if "一" <= shown <= "鿿":
        return "字"
    if language.startswith("tr"):
        return shown.replace("i", "İ").upper()
    return shown.title() if len(shown) > 1 else shown.upper()
