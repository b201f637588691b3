"""A raw capture is read: decoded, cut into passages, judged pass by pass, and put together as one book or several."""

import hashlib
from dataclasses import dataclass, replace

from samizdat.importers.bounded import Budget
from samizdat.importers.plain import PASSES, assemble
from samizdat.importers.plain.capture import MOJIBAKE, Capture, decode, decoded
from samizdat.importers.plain.columns import columns
from samizdat.importers.plain.passages import cut
from samizdat.importers.plain.pins import pinned
from samizdat.importers.plain.proof import Account, account, where
from samizdat.importers.plain.record import Decisions, Lines, PassageKind, Passages, Study
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.several import parted
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
    "The file has more lines, paragraphs or headings than any book has, or a single line longer than any book. It is a table, a"
    " log or a whole library; divide it, and import what is to be a book.",
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
_MOST_LINES = 250_000
_MOST_PASSAGES = 50_000
_MOST_HEADINGS = 10_000
_LONGEST_LINE = 3_000_000
_LONG_BOOK = 3 << 20
"""Bytes; hardly any book has more."""
_SECONDS, _SECONDS_MORE, _MEGABYTES_MORE = 16, 6, 80
"""What reading may cost, and how much more with each megabyte beyond a long book."""
_PATIENCE = 8
"""Times longer that it may take by the clock; no other program works on it, so that all its work is counted."""
_OF_TEXTS = frozenset("\0\t\n\r\f\x0b\x1a\x1b")


@dataclass(frozen=True, slots=True)
class _Text:
    """What became of one text of a capture."""

    passages: Passages
    study: Study
    books: tuple[Book, ...]
    decisions: Decisions


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


def budget(size: int) -> Budget:
    """Return what reading so many bytes may cost: prose takes two seconds of work a megabyte; what takes far more is no book."""
    beyond = max(0, size - _LONG_BOOK) / (1 << 20)
    return Budget(_SECONDS + _SECONDS_MORE * beyond, int(Budget().megabytes + _MEGABYTES_MORE * beyond), _PATIENCE)


def read(data: bytes, name: str, rules: Rules) -> Reading:
    """Read a capture; `name` is the file's name without its suffix."""
    if _is_binary(data):
        raise SamizdatError(BINARY.problem("The file is full of control characters.", Place(name)))
    _measure(data, name)
    capture = decode(data, mend=rules.allow(MOJIBAKE))
    if len(capture.lines) > _MOST_LINES or len(cut(capture.lines)) > _MOST_PASSAGES:
        raise SamizdatError(TOO_MUCH.problem(f"The file has {len(capture.lines):,} lines.", Place(name)))
    captures, decisions = parted(capture, rules)
    digest = hashlib.sha256(data).hexdigest()
    texts = [_text(each, f"{name} {number}", f"{digest}/{number}", rules) for number, each in enumerate(captures[1:], start=2)]
    texts.insert(0, _text(captures[0], name, digest, rules))
    books = tuple(book for text in texts for book in text.books)
    if not books:
        raise SamizdatError(EMPTY.problem("There is no text in this file.", Place(name)))
    passages = tuple(passage for text in texts for passage in text.passages)
    decisions += tuple(decision for text in texts for decision in text.decisions)
    study = next(text.study for text in texts if text.books)
    counted = account(capture.lines, passages, decisions, books)
    if counted.missing:
        raise SamizdatError(*_lost(capture, counted, name))
    ordered = tuple(sorted(decisions, key=lambda each: (each.first, each.last, each.rule, each.before)))
    return Reading(books, ordered, capture.encoding, study, counted, digest, capture.lines, tuple(columns(capture.lines)))


def _measure(data: bytes, name: str) -> None:
    """Refuse what has more lines than any book, or a line that is longer than any book, before anything is made of it."""
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > _MOST_LINES:
        raise SamizdatError(TOO_MUCH.problem(f"The file has {lines:,} lines.", Place(name)))
    longest = max(map(len, data.splitlines()), default=0)
    if longest > _LONGEST_LINE:
        raise SamizdatError(TOO_MUCH.problem(f"A single line of the file has {longest >> 20} megabytes.", Place(name)))


def _is_binary(data: bytes) -> bool:
    """Tell whether bytes are no text: control characters stand everywhere in it, in whatever encoding they are read."""
    sample, _ = decoded(data[:65536])
    return sum(letter < " " and letter not in _OF_TEXTS for letter in sample) > 0.05 * len(sample)


def _text(capture: Capture, name: str, seed: str, rules: Rules) -> _Text:
    """Read one text of a capture, or what a library left there without a text."""
    passages, study, decisions = judged(capture, rules)
    if all(passage.kind in {PassageKind.DEBRIS, PassageKind.CONTENTS} for passage in passages):
        return _Text(passages, study, (), decisions)
    headings = sum(passage.kind is PassageKind.HEADING for passage in passages)
    if headings > _MOST_HEADINGS:
        raise SamizdatError(TOO_MUCH.problem(f"The file has {headings:,} headings.", Place(name)))
    works = assemble.works(passages, study, name, seed)
    books = tuple(work.book for work in works)
    made = tuple(decision for work in works for decision in work.decisions)
    return _Text(passages, study, books, decisions + made + summed(passages, books, study, rules))


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
