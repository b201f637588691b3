"""The kinds of value that book.toml holds. A message is a sentence's end; what follows its bar is the hint."""

import datetime
import re
import unicodedata
import uuid
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from samizdat.model.inline import NO_CHARACTERS

_LONGEST, _LONGEST_TITLE = 20_000, 1_000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069" + NO_CHARACTERS + "]")
"""Control characters, those too that turn the direction of what follows: in a list of books that would be other books."""
_LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{3})?(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?"
    r"(-([A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*(-x(-[A-Za-z0-9]{1,8})+)?"
)
_COLOUR = re.compile(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_ADDRESS = re.compile(r"https?://[^\s\"'<>{}|\\^`/?#@]+(/[^\s\"'<>{}|\\^`]*)?")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EARLIEST, _LATEST = 1980, 2107


def _printable(text: str) -> str:
    if _UNPRINTABLE.search(text):
        message = "holds control characters|Delete what cannot be seen in it, or type it again."
        raise ValueError(message)
    if len(text) > _LONGEST:
        message = f"is longer than {_LONGEST:,} letters|Long texts belong in a file of their own."
        raise ValueError(message)
    return text.strip()


def _fits_a_page(text: str) -> str:
    if len(text) > _LONGEST_TITLE:
        message = f"is longer than {_LONGEST_TITLE:,} letters, which no title page holds|Shorten it."
        raise ValueError(message)
    return text


def _not_empty(text: str) -> str:
    if all(unicodedata.category(letter)[0] in "CMZ" for letter in text):
        message = "is empty"
        raise ValueError(message)
    return text


def _is_language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        message = f'(“{text}”) is not a language tag|Write a code such as "en", "en-GB", "de" or "pt-BR".'
        raise ValueError(message)
    return text


def _is_colour(text: str) -> str:
    if text and not _COLOUR.fullmatch(text):
        message = f'(“{text}”) is not a colour|Write a hash and six digits from 0 to f: "#7a1f1f".'
        raise ValueError(message)
    return text


def _is_identifier(text: str) -> str:
    if re.search(r"\s", text):
        message = 'has blanks in it|An identifier is one word: "urn:uuid:…" or "urn:isbn:…".'
        raise ValueError(message)
    if text.lower().startswith("urn:uuid:"):
        try:
            uuid.UUID(text[len("urn:uuid:") :])
        except ValueError as error:
            message = "is not a whole UUID|It has 32 digits from 0 to f in five groups."
            raise ValueError(message) from error
    return text


def _is_address(text: str) -> str:
    if text and not _ADDRESS.fullmatch(text):
        message = f'(“{text}”) is not the address of a web page|Write it in full: "https://example.org/books/".'
        raise ValueError(message)
    return text


def _is_book(text: str) -> str:
    return _is_address(text) if re.search("[:/]", text) else _is_slug(text)


def _is_slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        message = f'(“{text}”) is neither the short name of a book nor an address|For example: "the-last-tram-de".'
        raise ValueError(message)
    return text


def _is_isbn(text: str) -> str:
    digits = re.sub(r"[\s-]", "", text).upper()
    if text and not (_isbn_13(digits) or _isbn_10(digits)):
        message = f"(“{text}”) is not a valid ISBN|Compare it with the one you were given; one digit is wrong or missing."
        raise ValueError(message)
    return text


def _isbn_13(digits: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{13}", digits)) and sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10 == 0


def _isbn_10(digits: str) -> bool:
    if not re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        return False
    return sum((10 - i) * (10 if d == "X" else int(d)) for i, d in enumerate(digits)) % 11 == 0


def _is_day(value: object) -> object:
    """Refuse what pydantic would take for a date though nobody means it so: numbers, and times of day."""
    if isinstance(value, str | datetime.date) and not isinstance(value, datetime.datetime):
        return value
    message = "is not a date|Write it as year-month-day without quotation marks: date = 2026-11-23."
    raise ValueError(message)


def _is_recent(value: datetime.date) -> datetime.date:
    if not _EARLIEST <= value.year <= _LATEST:
        message = (
            f"lies outside {_EARLIEST} to {_LATEST}, the years that files can be stamped with"
            "|This is the date of your edition; the date of an old text goes into `source` or `rights`."
        )
        raise ValueError(message)
    return value


Words = Annotated[str, AfterValidator(_printable)]
Needed = Annotated[str, AfterValidator(_printable), AfterValidator(_not_empty)]
Short = Annotated[Words, AfterValidator(_fits_a_page)]
Title = Annotated[Needed, AfterValidator(_fits_a_page)]
Language = Annotated[Needed, AfterValidator(_is_language)]
Identifier = Annotated[Needed, AfterValidator(_is_identifier)]
Day = Annotated[datetime.date, BeforeValidator(_is_day), AfterValidator(_is_recent)]
Address = Annotated[Words, AfterValidator(_is_address)]
Whereabouts = Annotated[Needed, AfterValidator(_is_book)]
Isbn = Annotated[Words, AfterValidator(_is_isbn)]
Colour = Annotated[Words, AfterValidator(_is_colour)]
