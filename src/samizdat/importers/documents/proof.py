"""The proof that nothing is lost: every word that was read stands in the book, or in the record."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from samizdat.importers.documents.metadata import Facts
from samizdat.importers.documents.nodes import Node, Nodes, change, text
from samizdat.importers.plain.record import Decision
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

_WORD = re.compile(r"[^\W_]+")
_SHOWN = 12


def lost(raw: Iterable[Any], sections: Iterable[Section], facts: Facts, decisions: Iterable[Decision]) -> list[Problem]:
    """Return a problem if words of pandoc's nodes stand neither in the book nor in the record."""
    read: Counter[str] = Counter()
    for nodes in raw:
        # What is raw is recorded by itself, where it is left out.
        read.update(_words(text(change(nodes, _raw))))
    for word in (word for section in sections for word in _spoken(section)):
        read.subtract([word])
    missing = +read
    if not missing:
        return []
    told = [part for one in decisions for part in (one.taken or one.before, one.given)]
    missing.subtract(word for part in (*told, facts.title, *(person.name for person in facts.people)) for word in _words(part))
    missing = +missing
    if not missing:
        return []
    shown = ", ".join(sorted(missing)[:_SHOWN])
    return [LOST.problem(f"{missing.total()} words are neither in the manuscript nor in the record: {shown}.")]


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
