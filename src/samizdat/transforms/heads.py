"""Running heads: a title that is longer than a line is shortened for the head of the page, unless its author has done so."""

import re
from dataclasses import replace
from unicodedata import east_asian_width

from samizdat.model.book import Book, Section
from samizdat.model.walk import plain_text
from samizdat.transforms import Transform

_CLAUSE = re.compile(r"[;:,—–]?(?= — | – )|(?:[.!?…]+[”’»)]?|[;:,])(?= )|：")
"""Where a title can end early: after a clause, before a dash."""
_UNIT = re.compile(r"[⺀-鿿豈-﫿＀-￯]|[^\s⺀-鿿豈-﫿＀-￯]+|\s+")
"""What is left out whole: a word, or a letter of Chinese or Japanese."""
_TRAILING = " ;:,.—–：、，"
_LEAST = 0.3
"""How much of a line a clause must fill to stand for the whole title."""


def short_heads(letters: float) -> Transform:
    """Give each title that has no short form, and more letters than go on a line, one that fits."""

    def transform(book: Book) -> Book:
        facts = replace(book.metadata, short=book.metadata.short or _other(book.metadata.title, letters))
        front, body, back = (tuple(map(shorten, matter)) for matter in (book.front, book.body, book.back))
        return replace(book, metadata=facts, front=front, body=body, back=back)

    def shorten(section: Section) -> Section:
        short = section.short or _other(plain_text(section.title), letters)
        return replace(section, short=short, sections=tuple(map(shorten, section.sections)))

    return transform


def _other(title: str, letters: float) -> str:
    short = shortened(title, letters)
    return "" if short == title else short


def shortened(title: str, letters: float) -> str:
    """Return as much of a title as has so many letters: its first clauses if they say enough, else its first words."""
    if _width(title) <= letters:
        return title
    ends = [clause for clause in _CLAUSE.finditer(title) if _LEAST * letters <= _width(title[: clause.start()]) <= letters]
    if ends:
        return title[: ends[-1].end()].rstrip(_TRAILING)
    units = _UNIT.findall(title)
    while len(units) > 1 and _width("".join(units)) > letters - 1:
        units.pop()
    words = "".join(units).rstrip(_TRAILING)
    return f"{words}…" if _width(words) < letters else title


def _width(text: str) -> int:
    """Count letters; those of Chinese and Japanese are twice as wide as others (Unicode Standard Annex 11)."""
    return sum(2 if east_asian_width(letter) in {"W", "F"} else 1 for letter in text)
