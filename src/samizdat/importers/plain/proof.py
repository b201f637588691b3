"""The proof that nothing is lost: every word of the capture is in a manuscript, or was left out under a rule."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from samizdat.importers.plain.inlines import CALL, END
from samizdat.importers.plain.record import OUTSIDE, Decision, Lines, Passages
from samizdat.model.block import Preformatted
from samizdat.model.book import Book, Section
from samizdat.model.inline import Emphasis, Inline, Strong, Superscript, Text
from samizdat.model.walk import children, descend, plain_text, rebuild
from samizdat.model.words import words as counted

_INLINES = get_args(Inline)
_MARKED = Emphasis | Strong | Superscript
_CALL = re.compile(f"{CALL}[^{END}]*{END}")


@dataclass(frozen=True, slots=True)
class Account:
    """How many words the capture has, where they went, and which are missing or too many."""

    captured: int
    kept: int
    left_out: dict[str, int]
    """Words by the code of the rule that left them out."""
    missing: Counter[str]
    extra: Counter[str]

    @property
    def gone(self) -> int:
        """How many words were left out."""
        return sum(self.left_out.values())


NOTHING = Account(0, 0, {}, Counter(), Counter())


def words(text: str) -> list[str]:
    """Return the words of a text as they are counted here."""
    return counted(_CALL.sub("", text))


def account(lines: Lines, passages: Passages, decisions: Iterable[Decision], books: Iterable[Book]) -> Account:
    """Count the words."""
    texts = {line.number: line.text for line in lines}
    captured = Counter(word for line in lines for word in words(line.text))
    expected = Counter(captured)
    left_out: Counter[str] = Counter()
    for passage in passages:
        if passage.kind in OUTSIDE:
            gone = Counter(word for line in passage.lines for word in words(texts.get(line.number, "")))
            expected.subtract(gone)
            left_out[passage.rule] += gone.total()
    for decision in decisions:
        taken, given = Counter(words(decision.taken)), Counter(words(decision.given))
        expected.subtract(taken)
        expected.update(given)
        if taken:
            left_out[decision.rule] += taken.total() - given.total()
    kept = Counter(word for book in books for word in spoken(book.sections))
    missing, extra = Counter(expected), Counter(kept)
    missing.subtract(kept)
    extra.subtract(expected)
    return Account(captured.total(), kept.total(), dict(sorted(left_out.items())), +missing, +extra)


def spoken(sections: tuple[Section, ...]) -> Iterator[str]:
    """Yield the words of sections in their order, as they are counted here."""
    return (word for text in _texts(sections) for word in words(text))


def _texts(node: object) -> Iterator[str]:
    """Yield the words of each paragraph, title and line."""
    if isinstance(node, tuple) and any(isinstance(each, _INLINES) for each in node):
        marked = any(isinstance(each, _MARKED) for each in descend(node))
        yield plain_text(rebuild(node, _apart) if marked else node)
        return
    if isinstance(node, Preformatted):
        yield node.text
    for child in children(node):
        yield from _texts(child)


def _apart(node: object) -> object:
    """Set raised and emphatic letters apart, as the signs around them do in the capture: m^2, *dog*s."""
    return (Text("^"), node, Text("^")) if isinstance(node, _MARKED) else node


def where(lines: Lines, missing: Iterable[str], most: int = 8) -> list[tuple[int, str]]:
    """Return lines of the capture in which missing words stand."""
    wanted = set(missing)
    found: list[tuple[int, str]] = []
    for line in lines:
        if len(found) >= most:
            break
        if wanted & set(words(line.text)):
            found.append((line.number, line.words))
    return found
