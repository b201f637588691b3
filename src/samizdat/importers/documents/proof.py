"""The proof that nothing is lost: every word that was read stands in the book, or in the record."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from samizdat.importers.documents.metadata import STATED, Facts
from samizdat.importers.documents.nodes import Node, Nodes, change, text
from samizdat.importers.plain.proof import Account
from samizdat.importers.plain.record import Decision, Lines
from samizdat.model.block import Formula, Preformatted
from samizdat.model.book import Section
from samizdat.model.inline import (
    Code,
    CrossReference,
    Emphasis,
    Image,
    Link,
    Math,
    Quoted,
    SmallCaps,
    Span,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from samizdat.model.walk import children
from samizdat.problems import Problem, Rule, Severity

LOST = Rule(
    "I45",
    Severity.WARNING,
    "Words that were lost on the way",
    "At the end of an import the words that were read are counted against those in the manuscript and in the record. These are in"
    " neither, which is a fault of the program. Compare the manuscript with the document at these words.",
)

_WORD = re.compile(r"[^\W\d_]+|\d+")
"""A number is a word of its own: the call of a note, or what is raised or lowered, may stand close to letters."""
_SHOWN = 12
_GLUED = (1, 2, 3)
"""How many words of neighbouring elements may stand together as one."""


def account(
    raw: Iterable[Any], lines: Lines, sections: Iterable[Section], facts: Facts, decisions: Iterable[Decision]
) -> Account:
    """Count the words: of the `lines` of a page or an e-book, taken from it before pandoc saw it; else of pandoc's nodes."""
    read: Counter[str] = Counter()
    for line in lines:
        read.update(_words(line.text))
    for nodes in () if lines else raw:
        # What is raw is recorded by itself, where it is left out.
        read.update(_words(text(change(nodes, _raw))))
    kept = Counter(word for section in sections for word in _spoken(section))
    left_out: Counter[str] = Counter()
    left = Counter(read)
    left.subtract(kept)

    def answer(rule: str, said: str) -> None:
        """Let a rule answer for words, as far as they are not in the book."""
        for size in _GLUED:
            gone = Counter(_joined(_words(said), size)) & +left
            left.subtract(gone)
            left_out[rule] += gone.total()

    # Rules that took words out come before those that only speak of them.
    for one in sorted(decisions, key=lambda each: not each.taken):
        answer(one.rule, one.taken or one.before)
        left.update(_words(one.given))
    for part in (facts.title, *(person.name for person in facts.people)):
        answer(STATED.code, part)
    told = {code: count for code, count in sorted(left_out.items()) if count}
    return Account(read.total(), kept.total(), told, +left, -left)


def _joined(said: list[str], size: int) -> list[str]:
    """Return what words make that stand together without a space, as in a row of buttons."""
    return ["".join(said[start : start + size]) for start in range(len(said) - size + 1)]


def lost(counted: Account) -> list[Problem]:
    """Return a problem if words stand neither in the book nor in the record."""
    if not counted.missing:
        return []
    shown = ", ".join(sorted(counted.missing)[:_SHOWN])
    total = counted.missing.total()
    number = "One word is" if total == 1 else f"{total:,} words are"
    return [LOST.problem(f"{number} neither in the manuscript nor in the record: {shown}.")]


def _raw(item: Node) -> Nodes | None:
    return [] if item["t"] in {"RawInline", "RawBlock"} else None


def _words(words: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(words)]


def _spoken(section: Section) -> list[str]:
    """Return the words of a section, those of its notes and of its pictures' descriptions."""
    parts: list[str] = []
    _gather(section, parts)
    return _words("".join(parts))


def _gather(item: object, parts: list[str]) -> None:
    match item:
        case Text(words) | Code(words) | Math(words):
            parts.append(words)
        case Formula(words) | Preformatted(words):
            parts.append(f" {words} ")
        case Image():
            parts.append(f" {item.alt} ")
        case tuple():
            for inner in item:
                _gather(inner, parts)
        case _:
            apart = "" if isinstance(item, _IN_LINES) else " "
            for inner in children(item):
                parts.append(apart)
                _gather(inner, parts)
            parts.append(apart)


_IN_LINES = (Emphasis, Strong, SmallCaps, Superscript, Subscript, Strikeout, Quoted, Link, CrossReference, Span)
