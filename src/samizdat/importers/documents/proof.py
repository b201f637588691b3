"""The proof that nothing is lost: every word that was read stands in the book, or in the record."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from samizdat.importers.documents.metadata import STATED, Facts
from samizdat.importers.documents.nodes import Node, Nodes, change, text, walk
from samizdat.importers.documents.record import Record
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
from samizdat.problems import Place, Rule, SamizdatError, Severity

LOST = Rule(
    "I45",
    Severity.ERROR,
    "Words that were lost on the way",
    "At the end of an import the words that were read are counted against those in the manuscript and in the record. These are in"
    " neither, which is a fault of the program, so that nothing is written. If you can do without them, say so in a rules file:"
    ' I45 = "accepted". They then stand in the record, and the manuscript without them.',
)

_UNSPACED = r"\u0e00-\u109f\u1780-\u17ff\u2e80-\U0003ffff"
_WORD = re.compile(f"(?![\\W\\d_])[{_UNSPACED}]|[^\\W\\d_{_UNSPACED}]+|\\d+")
"""A number is a word of its own: the call of a note, or what is raised or lowered, may stand close to letters. So is each letter
of a script that sets no spaces between words, where a line's end is no end of a word."""
_SHOWN = 12
_PLACES = 8
_PIECES = 6
"""Into how many words of the capture a word of the book may have been cut: by marks, comments, changes."""
_GLUED = (1, 2, 3)
"""How many words of neighbouring elements may stand together as one."""


def account(
    raw: Iterable[Any], lines: Lines, sections: Iterable[Section], facts: Facts, decisions: Iterable[Decision]
) -> Account:
    """Count the words: of the `lines` of a page or an e-book, taken from it before pandoc saw it; else of pandoc's nodes."""
    # What is raw is recorded by itself, where it is left out.
    source = (line.text for line in lines) if lines else (text(_without_raw(nodes)) for nodes in raw)
    said = [word for part in source for word in _words(part)]
    spoken = [word for section in sections for word in _spoken(section)]
    left_out: Counter[str] = Counter()
    left = Counter(said)
    left.subtract(spoken)

    def answer(rule: str, words: str) -> None:
        """Let a rule answer for words, as far as they are not in the book."""
        for size in _GLUED:
            gone = Counter(_joined(_words(words), size)) & +left
            left.subtract(gone)
            left_out[rule] += gone.total()

    # Rules that took words out come before those that only speak of them.
    for one in sorted(decisions, key=lambda each: not each.taken):
        answer(one.rule, one.taken or one.before)
        left.update(_words(one.given))
    for part in (facts.title, *(person.name for person in facts.people)):
        answer(STATED.code, part)
    _divided(left, said, -1)
    _divided(left, spoken, 1)
    told = {code: count for code, count in sorted(left_out.items()) if count}
    return Account(len(said), len(spoken), told, +left, -left)


def _divided(left: Counter[str], words: list[str], sign: int) -> None:
    """Settle what is the same letters in other pieces: some words of the one side make one of the other.

    `words` are those of the side that has the pieces, in order; `sign` says on which side of the sum the whole word stands.
    """
    pieces = [word for word in words if left[word] * -sign > 0] if any(count * sign > 0 for count in left.values()) else []
    for size in range(2, _PIECES + 1):
        for start in range(len(pieces) - size + 1):
            run = pieces[start : start + size]
            whole = "".join(run)
            if left[whole] * sign > 0 and all(left[word] * -sign >= count for word, count in Counter(run).items()):
                left[whole] -= sign
                left.update(Counter(run)) if sign > 0 else left.subtract(Counter(run))


def _joined(said: list[str], size: int) -> list[str]:
    """Return what words make that stand together without a space, as in a row of buttons."""
    return ["".join(said[start : start + size]) for start in range(len(said) - size + 1)]


def settled(counted: Account, lines: Lines, record: Record) -> Account:
    """See that no word is missing; if some are, a person must have accepted that, and they are in the record as well.

    Raises SamizdatError, with the words and the lines in which they may have stood.
    """
    if not counted.missing:
        return counted
    places = [line for line in lines if not counted.missing.keys().isdisjoint(_words(line.text))][:_PLACES]
    total = counted.missing.total()
    first = places[0].number if places else 0
    if record.rules.accepted & {LOST.code, f"{LOST.code}@{first}"}:
        gone = " ".join(counted.missing.elements())
        record.decide(LOST, 1.0, gone, "", "You can do without these words.", gone, (first, first))
        return replace(counted, left_out={**counted.left_out, LOST.code: total}, missing=Counter())
    shown = ", ".join(f"“{word}”" for word in sorted(counted.missing)[:_SHOWN])
    number = "One word is" if total == 1 else f"{total:,} words are"
    message = f"{number} neither in the manuscript nor in the record: {shown}."
    told = [LOST.problem(message, hint=_HINT)]
    told += [LOST.problem("Missing words may have stood here.", Place("", line.number, line.words[:120])) for line in places]
    raise SamizdatError(*told)


_HINT = f'To import without them, put {LOST.code} = "accepted" into a rules file and name it with --rules; and please tell us.'


def _without_raw(nodes: Any) -> Any:
    return change(nodes, _raw) if any(item["t"] in _RAW for item in walk(nodes)) else nodes


_RAW = frozenset(("RawInline", "RawBlock"))


def _raw(item: Node) -> Nodes | None:
    return [] if item["t"] in _RAW else None


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
