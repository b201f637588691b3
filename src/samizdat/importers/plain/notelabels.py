"""How notes are marked: the labels before their bodies and the calls in the running text, in every usual shape."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How a label or a call is written."""

    NAMED = "Footnote 1:"
    BRACKET = "[1]"
    BRACE = "{1}"
    PAREN = "(1)"
    LOOSE = " (1)"
    """A number in parentheses with a space before it: a call only under strong evidence."""
    RAISED = "¹"
    CARET = "^1"
    MARK = "*"
    DOT = "1."
    NUMBER = "1"
    """A number without any mark: before a body, or glued to the end of a word."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label or a call: its shape, what it says, and where it stands in its line."""

    shape: Shape
    value: str
    start: int
    end: int
    word: str = ""
    """The word that a call without any mark is glued to."""


_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_VALUE = r"(?P<value>\d{1,4}[a-z]?|[A-Za-z]|[ivxlc]{2,7}|[*†‡§¶]{1,4})"
_NAME = r"(?:foot|end)?note"

BODIES = (
    (Shape.NAMED, re.compile(rf"\s*\[?_?{_NAME}\s+\[?{_VALUE}\]?_?\s*[:.]_?\s*", re.IGNORECASE)),
    (Shape.BRACKET, re.compile(rf"\s*\[\^?{_VALUE}\][:.]?\s*")),
    (Shape.BRACE, re.compile(rf"\s*\{{{_VALUE}\}}[:.]?\s*")),
    (Shape.PAREN, re.compile(r"\s*\((?P<value>\d{1,3}|[a-z*†‡])\)\s+")),
    (Shape.RAISED, re.compile(r"\s*(?P<value>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})\s*")),
    (Shape.CARET, re.compile(r"\s*\^\{?(?P<value>\d{1,4})\}?\s+")),
    (Shape.MARK, re.compile(r"\s*(?P<value>\*{1,4}|†{1,3}|‡{1,3}|§{1,3}|¶)\s*(?=[\w\"“”'‘’_(\[«„])")),
    (Shape.DOT, re.compile(r"\s*(?P<value>\d{1,3})[.)]:?\s+(?=\S)")),
    (Shape.NUMBER, re.compile(r"\s*(?P<value>\d{1,3})\s{1,4}(?=[A-Z\"“‘'«„_*])")),
)
"""Labels before the body of a note, in the order in which they are tried."""

_CALLS = (
    (Shape.BRACKET, re.compile(rf"\[\^?{_VALUE}\](?!\()")),
    (Shape.BRACE, re.compile(rf"(?<!\^)\{{{_VALUE}\}}")),
    (Shape.PAREN, re.compile(r"(?<=[^\s(])\((?P<value>\d{1,3}|[a-z*†‡])\)(?!\w)")),
    (Shape.LOOSE, re.compile(r"(?<=\S )\((?P<value>\d{1,3})\)(?=[\s.,;:]|$)")),
    (Shape.RAISED, re.compile(r"(?<=\S)(?P<value>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})")),
    (Shape.CARET, re.compile(r"(?<=[^\s^])\^(?:(?P<value>\d{1,4})(?!\d)|\{(?P<braced>\d{1,4})\})")),
    (Shape.MARK, re.compile(r"(?<=[^\s*†‡§]) ?(?P<value>\*{1,4}|†{1,3}|‡{1,3}|§{1,3}|¶)(?=[\s.,;:!?)”’\"'—-]|$)")),
    (
        Shape.NUMBER,
        re.compile(
            r"(?:(?<=[^\W\d_])|(?<=[^\W\d][.,;:!?”\"’')\]])|(?<=[.,;:!?][”\"’'])|(?<=[”\"’')\]][.,;:]))"
            r"(?P<value>\d{1,3})(?=[\s.,;:)—]|$)"
        ),
    ),
)
_GLUED = re.compile(r"[^\W_]+$")
_LONGEST_WORD = 60
_ANY_CALL = re.compile("[\\[{^*†‡§¶⁰¹²³⁴⁵⁶⁷⁸⁹0-9]")

ANSWERS = {
    Shape.NAMED: tuple(shape for shape, _ in _CALLS),
    Shape.BRACKET: (Shape.BRACKET, Shape.RAISED, Shape.MARK),
    Shape.BRACE: (Shape.BRACE,),
    Shape.PAREN: (Shape.PAREN, Shape.RAISED, Shape.LOOSE),
    Shape.RAISED: (Shape.RAISED,),
    Shape.CARET: (Shape.CARET,),
    Shape.MARK: (Shape.MARK, Shape.BRACKET, Shape.PAREN),
    Shape.DOT: (Shape.RAISED, Shape.BRACKET, Shape.PAREN, Shape.BRACE, Shape.CARET, Shape.NUMBER, Shape.LOOSE),
    Shape.NUMBER: (Shape.RAISED, Shape.BRACKET, Shape.PAREN, Shape.NUMBER),
}
"""Which calls may belong to a body with a label of each shape, the likeliest first."""

_HEADINGS = (
    "notes? footnotes? endnotes? references fußnoten? fussnoten? anmerkungen? endnoten noten voetnoten opmerkingen eindnoten"
    " notas notes_de_bas_de_page notes_et_références note_a_piè_di_pagina noter fotnoter anmärkningar przypisy poznámky"
    " примечани[ея] сноски примітки lábjegyzetek jegyzetek alaviitteet viitteet σημειώσεις notlar"
).replace("_", r"\s")
_HEADING = re.compile(rf"[\W_]*(?:{'|'.join(_HEADINGS.split())})[\W_]*", re.IGNORECASE)

_INSIDE = re.compile(rf"\s?\[_?{_NAME}(?:\s+\[?{_VALUE}\]?)?_?\s*:_?\s*", re.IGNORECASE)


def body_label(text: str) -> Label | None:
    """Return the label with which a line begins, if a note's body could follow it."""
    for shape, pattern in BODIES:
        if match := pattern.match(text):
            if shape is Shape.MARK and _emphatic(text, match.end(), match["value"]):
                return None
            return Label(shape, _value(match), match.start(), match.end())
    return None


def calls(text: str) -> Iterator[Label]:
    """Yield what could be the call of a note in a line of running text."""
    if not _ANY_CALL.search(text):
        return
    for shape, pattern in _CALLS:
        for match in pattern.finditer(text):
            if match["value"] == "*" and _closes(text, match.start("value")):
                continue
            word = _GLUED.search(text, max(0, match.start() - _LONGEST_WORD), match.start()) if shape is Shape.NUMBER else None
            if word and not word[0].isalpha():
                continue  # a code, not a call
            yield Label(shape, _value(match), match.start(), match.end(), word[0] if word else "")


def opening(text: str, start: int = 0) -> Label | None:
    """Return where a note that stands in brackets in the text itself begins, with the word "footnote"."""
    match = _INSIDE.search(text, start)
    if match is None or (match["value"] is None and "foot" not in match[0].lower() and "endn" not in match[0].lower()):
        return None
    return Label(Shape.NAMED, _value(match), match.start(), match.end())


def is_heading(text: str) -> bool:
    """Tell whether a line is nothing but a heading over notes."""
    return len(text) < 40 and bool(_HEADING.fullmatch(text.strip()))


def follows(value: str, following: str) -> bool:
    """Tell whether a label comes after another: it counts up, or begins again."""
    if value.isdecimal() and following.isdecimal():
        return int(following) in {int(value) + 1, 1}
    if value.isalnum():
        return len(value) == len(following) == 1 and ord(following) == ord(value) + 1
    return not following.isalnum()


def counts_on(value: str, following: str) -> bool:
    """Tell whether a label comes after another in the same run."""
    return follows(value, following) and following != "1"


def _value(match: re.Match[str]) -> str:
    groups = match.groupdict()
    value = groups.get("value") or groups.get("braced") or ""
    return value.translate(_DIGITS)


def _closes(text: str, at: int) -> bool:
    """Tell whether a star after a word is the second of two around emphatic words."""
    before = text[max(0, at - 400) : at]
    opened = len(re.findall(r"(?<![^\s(\[“‘\"'«—-])\*(?=[^\s*])", before))
    return opened > len(re.findall(r"(?<=[^\s*])\*(?![^\W_])", before))


def _emphatic(text: str, start: int, mark: str) -> bool:
    """Tell whether a star before a word is the first of two around emphatic words."""
    rest = text[start:]
    return text[start - 1 : start] == mark[-1:] and bool(re.search(rf"\S{re.escape(mark)}(?![^\W\d_])", rest))
