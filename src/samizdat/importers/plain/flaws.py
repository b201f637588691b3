"""Flaws of the text itself: told to the person, never mended."""

import re
from collections.abc import Iterator
from itertools import islice

from samizdat.importers.plain.inlines import CALL, END
from samizdat.importers.plain.record import Decision, Decisions, Passage, PassageKind, Passages, Study, excerpt
from samizdat.importers.plain.rules import Rules
from samizdat.problems import Rule, Severity

DOUBLED = Rule(
    "F52",
    Severity.ADVICE,
    "A word twice",
    "The same word stands twice in a row. Sometimes that is meant; often it is a slip. Nothing is changed.",
)
UNCLOSED = Rule(
    "F53",
    Severity.ADVICE,
    "A quotation that is not closed",
    "A paragraph has more opening than closing quotation marks, and the next one does not open with a mark as it would if the"
    " quotation went on. Nothing is changed.",
)
STOPS = Rule(
    "F54",
    Severity.ADVICE,
    "Odd punctuation",
    "A stop has a space before it, or stands twice, or a comma is followed at once by a full stop. Nothing is changed.",
)
SMALL = Rule(
    "F55",
    Severity.ADVICE,
    "A sentence that begins with a small letter",
    "A full stop stands where a comma may be meant, or a small letter where a capital is. Nothing is changed.",
)

_TWICE = re.compile(r"\b([^\W\d_]{2,})[ \n]+\1\b")
_MEANT = frozenset(
    "had that is her very so no yes oh ha bye many much there well now on in long come old good far dear too again".split()
)
_ODD = re.compile(r"\w ([,;])(?=\s)|,,|;;|,\.(?!\.)|(?<=[^\W\d_]{5})\.,(?=\s[a-z])|[?!]\.(?=\s|$)")
"""A comma after a stop is odd only where no abbreviation ends: etc., S.J., ibid., have one often."""
_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]{1,4}|\d|\.[A-Za-z])$")
_SENTENCE = re.compile(r"\b([^\W\d_]{5,40})\. +([a-zà-ÿ]{2,}) ")
_FLOWING = frozenset({PassageKind.UNKNOWN, PassageKind.PARAGRAPH, PassageKind.QUOTE, PassageKind.NOTE})
_MOST = 200
"""Findings of one kind; a text with more has a manner, not flaws."""


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:  # noqa: ARG001
    """Report what looks like a slip; the passages stay as they are."""
    decisions: list[Decision] = []
    for rule, find in ((DOUBLED, _doubled), (UNCLOSED, _unclosed), (STOPS, _odd), (SMALL, _small)):
        if not rules.allow(rule):
            continue
        flowing = (number for number, one in enumerate(passages) if one.kind in _FLOWING)
        found = tuple(islice((decision for number in flowing for decision in find(rule, passages, number)), _MOST + 1))
        decisions += found if len(found) <= _MOST else ()
    return passages, tuple(decisions)


def _doubled(rule: Rule, passages: Passages, number: int) -> Iterator[Decision]:
    one = passages[number]
    for match in _TWICE.finditer(_plain(one)):
        if match[1].lower() not in _MEANT and match[1].islower():
            yield _report(rule, one, match, f"“{match[1]}” stands twice", 0.7)


def _odd(rule: Rule, passages: Passages, number: int) -> Iterator[Decision]:
    one = passages[number]
    for match in _ODD.finditer(_plain(one)):
        yield _report(rule, one, match, f"“{match[0].strip()}” is not how stops are set", 0.6)


def _small(rule: Rule, passages: Passages, number: int) -> Iterator[Decision]:
    one = passages[number]
    for match in _SENTENCE.finditer(_plain(one)):
        if not _ABBREVIATED.search(match[1][:4] if len(match[1]) < 5 else ""):
            yield _report(rule, one, match, f"“{match[2]}” follows a full stop", 0.5)


def _unclosed(rule: Rule, passages: Passages, number: int) -> Iterator[Decision]:
    one = passages[number]
    if one.kind is PassageKind.NOTE:
        return
    text = _plain(one)
    straight = text.count('"')
    opened = text.count("“") - text.count("”") > 0 if "“" in text else straight % 2 == 1
    if not opened or not ("“" in text or straight):
        return
    following = passages[number + 1] if number + 1 < len(passages) else None
    if following is not None and (
        following.text.lstrip("_*( ").startswith(("“", '"', "‘", "'")) or following.kind is not one.kind
    ):
        return
    last = one.lines[-1]
    words = excerpt(text)
    yield Decision(rule.code, 0.5, one.first, last.number, words, words, "the marks that open are more than those that close")


def _plain(one: Passage) -> str:
    text = "\n".join(line.words for line in one.lines)
    return re.sub(f"{CALL}[^{END}]*{END}", "", text) if CALL in text else text


def _report(rule: Rule, one: Passage, match: re.Match[str], why: str, sure: float) -> Decision:
    text = match.string
    row = text.count("\n", 0, match.start())
    line = one.lines[min(row, len(one.lines) - 1)].number
    # Not in the middle of a word: what is cut off is shown to be.
    start = text.rfind(" ", 0, max(0, match.start() - 20)) + 1
    end = text.find(" ", min(len(text), match.end() + 20))
    words = excerpt(f"{'… ' if start else ''}{text[start : end if end > 0 else len(text)]}{' …' if end > 0 else ''}")
    return Decision(rule.code, sure, line, line, words, words, why)
