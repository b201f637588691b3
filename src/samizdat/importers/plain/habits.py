"""What a book does usually with its lines: where they begin, where they end. A passage is judged against that."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from samizdat.importers.plain.cases import has_case
from samizdat.importers.plain.record import Line, Lines, Passages, Study

_LONG = 50
_DEFAULT_WIDTH = 72
_NARROWEST = 60
"""Shorter lines are the author's, not a typist's."""
OPENING_MARKS = "\"'“‘„«‹([_*¿¡—–-…. "
_SENTENCE_END = re.compile(r"[.!?…:;][\"”’')\]_*»]*$")


@dataclass(frozen=True, slots=True)
class Habits:
    """Where running text begins and ends in this book."""

    base: int
    """Spaces before a line of running text."""
    width: int
    """How far lines of running text reach before they are wrapped."""
    wrapped: bool
    """Paragraphs are broken into lines at that width."""
    names: float = 0.1
    """The share of words within its lines that begin with a capital."""
    indented: bool = False
    """A paragraph begins with a line that is set in, and goes on at the margin."""
    opening: int = 0
    """Spaces before the first line of a paragraph, where that is set in."""

    def inset(self, lines: Iterable[Line]) -> bool:
        """Tell whether all lines are set in from the running text."""
        return all(line.indent >= self.base + 2 for line in lines if line.words)

    def opens(self, lines: Iterable[Line]) -> bool:
        """Tell whether no line is set in further than the first of a paragraph is: short paragraphs one below the other."""
        return self.opening > 0 and all(line.indent <= self.opening for line in lines if line.words)


def habits(passages: Passages, study: Study) -> Habits:
    """Learn the habits of a book from its long lines."""
    long = [line for passage in passages for line in passage.lines if line.length > _LONG]
    indents = Counter(line.indent for line in long)
    base = indents.most_common(1)[0][0] if indents else 0
    ends = sorted(line.length for line in long)
    usual = study.width or (ends[int(0.9 * len(ends))] if ends else 0)
    wrapped = study.wrapped or (not study.width and 0 < usual < 100)
    usual = max(usual, _NARROWEST)
    words = [word for line in long[:: max(1, len(long) // 2000)] for word in line.words[:400].split()[1:] if word[0].isalpha()]
    names = min(0.6, sum(1 for word in words if word[0].isupper()) / len(words)) if len(words) > 100 else 0.1
    several = [passage.lines for passage in passages if len(passage.lines) > 2]
    first_in = [
        lines[0].indent for lines in several if lines[0].indent >= base + 2 and lines[1].indent == lines[2].indent == base
    ]
    indented = len(first_in) > 0.2 * max(1, len(several))
    opening = Counter(first_in).most_common(1)[0][0] if indented else 0
    return Habits(base, usual if wrapped else _DEFAULT_WIDTH, wrapped, names, indented, opening)


def first_word(line: Line) -> str:
    """Return the first word of a line with what is glued to it."""
    return line.words.split(" ", 1)[0]


def early(lines: Lines, edge: int) -> list[bool]:
    """Tell for each line but the last whether the next word would still have fitted on it: prose is never broken so."""
    return [line.length + 1 + len(first_word(following)) <= edge for line, following in pairwise(lines)]


def begins_capital(text: str) -> bool | None:
    """Tell whether the first letter is a capital; None where the script has none or no letter comes first."""
    letters = text.lstrip(OPENING_MARKS)
    if not letters or not has_case(letters[0]):
        return None
    return letters[0].isupper()


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends with the end of a sentence, or a colon or semicolon."""
    return bool(_SENTENCE_END.search(text))


def centred(line: Line, width: int, tolerance: int = 3) -> bool:
    """Tell whether a line is set in the middle."""
    return line.indent >= 8 and abs(line.indent - (width - len(line.words)) / 2) <= tolerance
