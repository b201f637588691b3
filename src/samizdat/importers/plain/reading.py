"""A raw capture is read: decoded, cut into passages, judged pass by pass, and put together as one book or several."""

import hashlib
from dataclasses import dataclass, replace

from samizdat.importers.plain import PASSES, assemble
from samizdat.importers.plain.capture import MOJIBAKE, Capture, decode, decoded
from samizdat.importers.plain.columns import columns
from samizdat.importers.plain.passages import cut
from samizdat.importers.plain.pins import pinned
from samizdat.importers.plain.proof import Account, account, where
from samizdat.importers.plain.record import Decisions, Lines, PassageKind, Passages, Study
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.study import study as studied
from samizdat.importers.plain.summaries import summed
from samizdat.model.book import Book
from samizdat.problems import Place, Problem, Rule, SamizdatError, Severity

LOST = Rule(
    "I21",
    Severity.ERROR,
    "Words of the capture are missing",
    "After each import the words of the capture are counted against those of the manuscript and those that rules left out. If"
    " any are missing, nothing is written, because a rule of the importer is at fault. Turn that rule off in a rules file, and"
    " tell us.",
)
EMPTY = Rule(
    "I22",
    Severity.ERROR,
    "Nothing to import",
    "The file holds no words, or only words that are known not to be of a book, such as a licence. There is nothing to make a"
    " manuscript of.",
)
TOO_MUCH = Rule(
    "I27",
    Severity.ERROR,
    "More than a book",
    "The file has more lines or paragraphs than any book has, or a single line longer than any book. It is a table, a log or a"
    " whole library; divide it, and import what is to be a book.",
)
BINARY = Rule(
    "I28",
    Severity.ERROR,
    "Not a text",
    "The file is full of characters that no text has: it is a picture, a program or something packed or locked. Save what is in"
    " it as text, and import that.",
)

FIRM = frozenset({"F51", "M58", "N98", "X51", "X53", "X65"})
"""Rules that cannot be turned off, because a book would lack what they give, or because they say what a file is."""
_MOST_LINES = 400_000
_MOST_PASSAGES = 50_000
_LONGEST_LINE = 3_000_000
_OF_TEXTS = frozenset("\0\t\n\r\f\x0b\x1a\x1b")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a capture became."""

    books: tuple[Book, ...]
    decisions: Decisions
    encoding: str
    study: Study
    account: Account
    sha256: str
    lines: Lines
    problems: tuple[Problem, ...] = ()


def read(data: bytes, name: str, rules: Rules) -> Reading:
    """Read a capture; `name` is the file's name without its suffix."""
    if _is_binary(data):
        raise SamizdatError(BINARY.problem("The file is full of control characters.", Place(name)))
    _measure(data, name)
    capture = decode(data, mend=rules.allow(MOJIBAKE))
    if len(capture.lines) > _MOST_LINES or len(cut(capture.lines)) > _MOST_PASSAGES:
        raise SamizdatError(TOO_MUCH.problem(f"The file has {len(capture.lines)} lines.", Place(name)))
    passages, study, decisions = judged(capture, rules)
    if all(passage.kind in {PassageKind.DEBRIS, PassageKind.CONTENTS} for passage in passages):
        raise SamizdatError(EMPTY.problem("There is no text in this file.", Place(name)))
    digest = hashlib.sha256(data).hexdigest()
    works = assemble.works(passages, study, name, digest)
    books = tuple(work.book for work in works)
    decisions += tuple(decision for work in works for decision in work.decisions) + summed(passages, books, study, rules)
    counted = account(capture.lines, passages, decisions, books)
    if counted.missing:
        raise SamizdatError(*_lost(capture, counted, name))
    ordered = tuple(sorted(decisions, key=lambda each: (each.first, each.last, each.rule, each.before)))
    return Reading(books, ordered, capture.encoding, study, counted, digest, capture.lines, tuple(columns(capture.lines)))


def _measure(data: bytes, name: str) -> None:
    """Refuse what has more lines than any book, or a line that is longer than any book, before anything is made of it."""
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > _MOST_LINES:
        raise SamizdatError(TOO_MUCH.problem(f"The file has {lines} lines.", Place(name)))
    longest = max(map(len, data.splitlines()), default=0)
    if longest > _LONGEST_LINE:
        raise SamizdatError(TOO_MUCH.problem(f"A single line of the file has {longest >> 20} megabytes.", Place(name)))


def _is_binary(data: bytes) -> bool:
    """Tell whether bytes are no text: control characters stand everywhere in it, in whatever encoding they are read."""
    sample, _ = decoded(data[:65536])
    return sum(letter < " " and letter not in _OF_TEXTS for letter in sample) > 0.05 * len(sample)


def judged(capture: Capture, rules: Rules) -> tuple[Passages, Study, Decisions]:
    """Cut a capture into passages, and say of each what it is."""
    passages = cut(capture.lines)
    study = replace(studied(capture.lines, passages, capture.pages), off=rules.off)
    passages, decisions = pinned(passages, rules)
    for judge in PASSES:
        passages, made = judge(passages, study, rules)
        decisions += made
    return passages, study, capture.decisions + decisions


def _lost(capture: Capture, counted: Account, name: str) -> list[Problem]:
    total = counted.missing.total()
    some = ", ".join(f"“{word}”" for word in list(counted.missing)[:10])
    places = where(capture.lines, counted.missing) or [(0, "")]
    message = f"{total} of {counted.captured} words are missing: {some}."
    return [
        LOST.problem(message if not position else "Missing words may have stood here.", Place(name, *place))
        for position, place in enumerate(places)
    ]
