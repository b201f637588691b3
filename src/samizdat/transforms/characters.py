"""The rules that change single characters of a text: apostrophes, ellipses, fractions, dashes and the spaces that hold.

Each rule is a pattern and what takes its place. The patterns look at the characters around, treat every space alike where it is
only context, and so come to the same result however often they are applied. No rule touches a letter or a digit, but for the
fractions.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from samizdat.transforms.languages import NARROW, NO_BREAK, UNITS, Language, customs, listed
from samizdat.transforms.quotations import Edit

HIDDEN = "\ufffc"
"""Stands in a text for what the rules must not see: code, a formula, an address."""

_JOINER = "\u2060"
_CAPITAL = "[" + "".join(letter for letter in map(chr, range(0x41, 0x530)) if letter.isupper()) + "]"
_FRACTIONS = {"1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞"}
_LETTER = r"[^\W\d_" + "".join(_FRACTIONS.values()) + "]"
_DIGIT = "[0-9" + "".join(_FRACTIONS.values()) + "]"
_ROMAN = r"[ivxlcIVXLC]+\b"
_SPACE = rf"[ {NO_BREAK}{NARROW}]"

_OVERLONG = re.compile(rf"[{NO_BREAK}{NARROW}](?<=[\S{NO_BREAK}{NARROW}]{{64}})")
"""A space that holds at the end of so much held together that no line would take it, such as a page of words of one letter."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, what takes the place of a match, and a piece of text without which there is none."""

    pattern: re.Pattern[str]
    replacement: str | Callable[[re.Match[str]], str]
    needs: str = ""

    def edits(self, text: str) -> list[Edit]:
        """Return the changes to a text: from where to where, and what to put there."""
        if self.needs not in text:
            return []
        replacement = self.replacement
        found = (
            (match.start(), match.end(), replacement if isinstance(replacement, str) else replacement(match))
            for match in self.pattern.finditer(text)
        )
        return [(start, end, new) for start, end, new in found if text[start:end] != new]


@cache
def rules(tag: str) -> tuple[Rule, ...]:
    """Return the rules of a language in the order in which they are applied."""
    language = customs(tag)
    return (
        Rule(re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…", "..."),
        Rule(_fraction_pattern(), _fraction, "/"),
        *_apostrophes(language),
        *((Rule(_RANGE, _range, "-"),) if language.ranges else ()),
        *_raised_signs(language),
        *_guillemets(language),
        *_dialogue(language),
        *_holds(language),
        Rule(_OVERLONG, " "),
    )


def _apostrophes(language: Language) -> Iterator[Rule]:
    if language.apostrophe:
        yield Rule(re.compile(rf"(?<={_LETTER})'|(?<=\d)'(?=s\b)"), "’", "'")
        yield Rule(re.compile(r"(?<!\w)'(?=\d\ds?\b)"), "’", "'")
    if words := f"{language.clipped} {language.clippable}".strip():
        yield Rule(re.compile(rf"(?<!\w)'(?=(?:{_any(words)})\b)", re.IGNORECASE), "’", "'")


def _fraction_pattern() -> re.Pattern[str]:
    """Match the common fractions, but not a date, a double number of a journal or a part of a longer figure."""
    mixed = r"(?:(?<=\b\d)|(?<=\b\d\d))(?<![/.,:–-]\d)(?<![/.,:–-]\d\d) "
    alone = rf"(?<!\d{_SPACE})(?<![\w/.,:–-])(?<!\.{_SPACE})(?<!№{_SPACE})"
    return re.compile(rf"(?:{mixed}|{alone})({'|'.join(_FRACTIONS)})(?![\w/–-]|[.,:]\d|{_SPACE}?\()")


def _fraction(match: re.Match[str]) -> str:
    return _FRACTIONS[match[1]]


_RANGE = re.compile(rf"(?<![\w.,:/+–-])(?<!\d{_SPACE})(?<!\bISSN{_SPACE})(\d{{1,4}})-(\d{{1,4}})(?![\w/:–-]|[.,]\d|{_SPACE}\d)")


def _range(match: re.Match[str]) -> str:
    """Set an en dash where the second number is certainly the end of a range that the first begins."""
    first, last = match[1], match[2]
    short = len(last) < len(first)
    if short and len(first) == 4 and int(last) <= 12:  # 2001-05 may be a month
        return match[0]
    end = int(first[: -len(last)] + last) if short else int(last)
    far = end - int(first) >= (100 if len(last) > len(first) else 1000)  # a telephone number
    certain = int(first) < end and not far and not first.startswith("0") and not last.startswith("0")
    return f"{first}–{last}" if certain else match[0]


def _raised_signs(language: Language) -> Iterator[Rule]:
    """Put the right space before a sign, where there is another or, after a word, none."""
    for sign, space in language.raised:
        follow = r"(?=:(?:\s|[»”]|\Z))" if sign == ":" else rf"(?={re.escape(sign)}(?![\w=&]))"
        yield Rule(re.compile(rf"(?<=\S){_SPACE}+(?={re.escape(sign)})|(?<=[\w»”’)\]%€{HIDDEN}]){follow}"), space, sign)


def _guillemets(language: Language) -> Iterator[Rule]:
    """Put the right space inside guillemets that were typed as such."""
    if language.quotes_space:
        yield Rule(re.compile(rf"«{_SPACE}*(?=\S)"), f"«{language.quotes_space}", "«")
        yield Rule(re.compile(rf"(?<=\S){_SPACE}*(?=»)"), language.quotes_space, "»")


def _dialogue(language: Language) -> Iterator[Rule]:
    """Join a dash of dialogue to the word it introduces, and to the stop after it."""
    if language.joined_dash:
        yield Rule(re.compile(rf"(?<={_SPACE}—)(?=[\w¡¿«“])|(?<=\w)(?=—[.,;:…])"), _JOINER, "—")


def _holds(language: Language) -> Iterator[Rule]:
    """Turn spaces where no line may end into spaces that hold."""
    narrow = [_after(first, re.escape(second)) for first, second in _pairs(language.compounds)]
    if language.thousands:
        narrow.append(r"(?=\d{3}(?!\d))(?:(?<=\b\d )|(?<=\b\d\d )|(?<=\b\d{3} ))")
    if narrow:
        yield Rule(re.compile(f" (?:{'|'.join(narrow)})"), NARROW, " ")
    yield Rule(re.compile(f" (?:{'|'.join(_wide_holds(language))})"), NO_BREAK, " ")


def _wide_holds(language: Language) -> Iterator[str]:
    """Yield the contexts of a space that holds; the space itself is the last character of what lies behind."""
    yield r"(?<=\S )(?=[–—](?:\s|\Z))"
    yield r"(?<=^[–—] )|(?<=\n[–—] )"
    yield r"(?<=[§№¶] )(?=\S)"
    yield rf"(?={_CAPITAL}\.)(?<=\b{_CAPITAL}\. )"
    yield rf"(?={_CAPITAL})(?<=\b{_CAPITAL}\. )(?<!\bI\. )"  # in English a sentence may end with I
    yield rf"(?<={_DIGIT} )(?=(?:{_any(f'{UNITS} {language.units}')})(?!\w))"
    if language.centuries:
        yield rf"(?=(?:{_any(language.centuries)})(?!\w))(?:(?<=[IVX] )|(?<=[IVX]e )|(?<=[IVX]er ))"
    if language.months:
        day = "|".join(rf"(?<=\b{day} )" for day in (r"\d", r"\d\d", r"\d\.", r"\d\d\.", "1er"))
        yield rf"(?=(?:{_any(language.months)})\b)(?:{day})"
    if language.numbered:
        yield rf"(?=\d|{_ROMAN})(?:{'|'.join(_after(word) for word in listed(language.numbered))})"
    if language.titles:
        yield rf"(?={_CAPITAL})(?:{'|'.join(_after(word) for word in listed(language.titles))})"
    if language.letters:
        letters = f"[{language.letters}{language.letters.upper()}]"
        yield rf"(?=[\w«„“(])(?:(?<=^{letters} )|(?<=[^\w’'.-]{letters} ))"
    if language.leaning:
        yield rf"(?<=\w )(?=(?:{_any(language.leaning)})(?![\w-]))"


def _after(word: str, follow: str = "") -> str:
    """Match the space after a word, where this follows."""
    behind = rf"(?<=\b{re.escape(word)} )"
    return f"{behind}(?={follow})" if follow else behind


def _any(words: str) -> str:
    """Match one of the words, the longest that fits."""
    return "|".join(re.escape(word) for word in sorted(listed(words), key=lambda word: (-len(word), word)))


def _pairs(compounds: str) -> list[tuple[str, str]]:
    """Return the neighbours in abbreviations of several parts, each pair once, in the order of the table."""
    parts = [compound.split(" ") for compound in listed(compounds)]
    return list(dict.fromkeys((first, second) for words in parts for first, second in pairwise(words)))
