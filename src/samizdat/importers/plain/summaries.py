"""What is done everywhere alike has one record for all: lines made paragraphs, a typist's marks made those of print."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from samizdat.importers.plain.inlines import DASHES, DOTS, EMPHASIS, MARKS, QUOTES
from samizdat.importers.plain.paragraphs import INDENTED, LINE_EACH, WRAPPED
from samizdat.importers.plain.record import OUTSIDE, Decision, Decisions, Lines, Passage, PassageKind, Passages, Study, counted
from samizdat.importers.plain.rules import Rules
from samizdat.model.book import Book
from samizdat.model.inline import Emphasis, Strong, Superscript
from samizdat.model.walk import descend
from samizdat.problems import Rule

_FIRST = 4
"""How many places are named."""
_SIGNS = (
    (DASHES, re.compile(r"-{2,}"), "hyphens in a row", "a dash", "A typewriter has no dash."),
    (
        QUOTES,
        re.compile("[\"']"),
        "straight quotation marks and apostrophes",
        "curly ones",
        "The language of the text has its own marks.",
    ),
    (DOTS, re.compile(r"(?<!\.)\.{3}(?!\.)"), "three dots", "an ellipsis", "A typewriter has no ellipsis."),
)


def summed(passages: Passages, books: Iterable[Book], study: Study, rules: Rules) -> Decisions:
    """Return a decision for each rule that was at work in many places at once."""
    return (*_paragraphs(passages, study), *_signs(passages, rules), *_emphasis(passages, books, rules))


def _paragraphs(passages: Passages, study: Study) -> Iterator[Decision]:
    whys = {
        WRAPPED: f"The lines of this capture end at about {study.width} letters.",
        INDENTED: "The first line of a paragraph is set in, here as in the rest of the capture.",
        LINE_EACH: "The lines of this capture end where a paragraph does.",
    }
    for rule, why in whys.items():
        # Where lines are not wrapped, a paragraph of several was torn, and has a decision of its own.
        several = rule is not WRAPPED or study.wrapped
        found = [one for one in passages if several and one.rule == rule.code and (len(one.lines) > 1 or rule is not WRAPPED)]
        if found:
            lines = sum(1 for one in found for line in one.lines if line.words)
            after = f"{counted(len(found), 'paragraph')}, the first of them at {_places(one.first for one in found)}"
            yield Decision(rule.code, 0.95, found[0].first, found[-1].last, counted(lines, "line"), after, why)


def _signs(passages: Passages, rules: Rules) -> Iterator[Decision]:
    places: defaultdict[Rule, list[int]] = defaultdict(list)
    for line in _kept(passages):
        for rule, pattern, *_ in _SIGNS:
            places[rule] += [line.number] * len(pattern.findall(line.text))
    for rule, _, name, after, why in _SIGNS:
        if (found := places[rule]) and rules.allow(rule):
            before = f"{name}, {counted(len(found), 'time')}, first at {_places(found)}"
            yield Decision(rule.code, 0.95, found[0], found[-1], before, after, why)


def _emphasis(passages: Passages, books: Iterable[Book], rules: Rules) -> Iterator[Decision]:
    made = sum(isinstance(node, Emphasis | Strong | Superscript) for book in books for node in descend(book.sections))
    found = [line.number for line in _kept(passages) if MARKS.search(line.text)]
    if made and found and rules.allow(EMPHASIS):
        before = f"words between marks, {counted(made, 'time')}, first at {_places(found)}"
        why = "Typists put marks around words that print would slant, set in bold or raise."
        yield Decision(EMPHASIS.code, 0.9, found[0], found[-1], before, "emphasis", why)


def _kept(passages: Iterable[Passage]) -> Lines:
    return tuple(
        line
        for one in passages
        if one.kind not in OUTSIDE and one.kind not in {PassageKind.PREFORMATTED, PassageKind.BREAK}
        for line in one.lines
    )


def _places(numbers: Iterable[int]) -> str:
    """Name the first few lines."""
    found = list(dict.fromkeys(numbers))
    word = "line" if len(found) == 1 else "lines"
    return f"{word} {', '.join(map(str, found[:_FIRST]))}{' …' if len(found) > _FIRST else ''}"
