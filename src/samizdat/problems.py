"""Problems: what is wrong, where, and what to do about it.

A Problem is a value. Checks yield it, importers collect it, and a `SamizdatError` carries it when work cannot go on.
Only `report` turns one into a sentence on a terminal, and only `cli` catches the error.
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error stops the edition, a warning does not, advice is for the careful."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem lies: a file (relative to the book's folder where it can be), a line from 1 (0: unknown), an excerpt."""

    file: str = ""
    line: int = 0
    excerpt: str = ""


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: a code to look up, a place, a sentence of what is wrong and a sentence of what to do."""

    severity: Severity
    code: str
    place: Place
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of problem: its code, its weight, its name, and the explanation that `samizdat explain` prints.

    The code's letter names the field: C configuration, I import, S structure, N notes, T typography, L ledger, X XHTML,
    E EPUB, P PDF, W workspace.
    """

    code: str
    severity: Severity
    title: str
    explanation: str

    def problem(self, message: str, place: Place = NOWHERE, hint: str = "") -> Problem:
        """Make a problem of this kind.

        What it quotes may come from strangers, so that it is cut where it is long, and has no codes that a terminal would obey.
        """
        place = replace(place, file=_quoted(place.file), excerpt=_quoted(place.excerpt))
        return Problem(self.severity, self.code, place, _quoted(message), _quoted(hint))


_LONGEST = 800
_COMMAND = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _quoted(words: str) -> str:
    words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    return _COMMAND.sub("�", words)


def nearest(word: str, words: Iterable[str]) -> str:
    """Return a question that proposes the most alike of some words, fit for a hint; nothing where none is alike."""
    matches = difflib.get_close_matches(word, list(words), n=1)
    return f"Did you mean “{matches[0]}”?" if matches else ""


class SamizdatError(Exception):
    """Work cannot go on; carries one problem or several found together. Any other exception is a bug."""

    def __init__(self, *problems: Problem) -> None:
        """Take at least one problem."""
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems
