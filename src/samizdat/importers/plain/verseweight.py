"""How strongly the lines of a passage speak for verse, or against it.

Prose that was wrapped can be told by one thing: no line has room for the first word of the next. Lines that often have room,
begin with capitals and end with a stop are verse. The rest of the evidence is small: indents that come and go, narrow lines;
names, figures, labels, speakers and capitals speak against it.
"""

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from samizdat.importers.plain.dates import opening_date
from samizdat.importers.plain.greetings import signed
from samizdat.importers.plain.habits import Habits, begins_capital, early, first_word
from samizdat.importers.plain.record import Line, Lines, Passage

STOP = re.compile(r"[.,;:!?—–-][\"”’')\]_*»]*$")
_LABELLED = re.compile(r"[\[({]?(?:\d{1,3}|[ivxlc]{1,6}|[a-zA-Z])[\])}.]\s|[-•·]\s|\*\s")
_COLUMNS = re.compile(r"\.{4,}|(?:\. ){4,}|\S {3,}\S|\t|[$£€]\s?\d|\d\s*$|-{4,}|\|")
_SPEAKER = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’. ]{2,30}[.:]\s")
_SAID = re.compile(r"[\"“'‘„«—].*[.!?…,;—-][\"”'’“»]?\s?.*[.!?][\"”'’“»]?")
_ALWAYS_CAPITAL = re.compile(r"[\"“'‘(]*I\b")
_MOST_LINES = 5000
_OVER, _TWICE = 25, 2
"""Letters past the usual width from where a line is a paragraph; verse may run over it, though not by twice on the whole."""
_PROSE = -6.0
"""Points that nothing in a passage's surroundings can raise above 0; what else speaks against verse need not be looked for."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How strongly a passage speaks for verse (above 0) or against it, and what speaks for it."""

    points: float
    reasons: str

    @property
    def confidence(self) -> float:
        """The points as a probability."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.points))))


NO = Weight(-9.0, "")
"""Certainly no verse."""


def weigh(passage: Passage, habit: Habits, *, in_verse: bool = False) -> Weight:
    """Weigh a passage by itself, without its neighbours; in a book of verse nothing is said against lines at the margin."""
    lines = passage.lines[:_MOST_LINES]
    if len(lines) < 2 or any(line.blank for line in lines) or signed(lines):
        return NO
    edge = max(line.length for line in lines)
    if edge > habit.width + _OVER and not (in_verse and mean(line.length for line in lines) < _TWICE * habit.width):
        return NO
    taken = rows(lines, max(edge, habit.width - 6))
    if len(taken) < 2:
        return NO
    points, reasons = -1.0, []
    room = _room(lines, taken, edge, habit)
    points += room * 6 - 2.4 if len(taken) > 2 else (1.5 if room else -1.5)
    if room > 0.4:
        reasons.append("most lines end although the next word had room")
    first = [row[0].words for row in taken if not _ALWAYS_CAPITAL.match(row[0].words)]
    capitals = [capital for words in first if (capital := begins_capital(words)) is not None]
    if capitals:
        share = sum(capitals) / len(capitals)
        points += (4 if len(taken) > 2 else 2) * (share - 0.75)
        if share > 0.8:
            reasons.append("lines begin with capitals")
    inset = all(line.indent > habit.base for line in lines) and not habit.opens(lines)
    points += 1.0 if inset else 0.0 if in_verse else -1.0
    if not inset and not in_verse:
        points -= 1.5 * (len(taken) < 4) + 1.5 * (edge > habit.width - 4 and habit.wrapped)
    if inset:
        reasons.append("set in")
    stops = sum(1 for row in taken if STOP.search(row[-1].words)) / len(taken)
    points += 2 * (stops - 0.4)
    if _varied([row[0].indent for row in taken]):
        points += 0.7
        reasons.append("indents come and go")
    if len(taken) > 4 and inset and max(len(line.words) for line in lines) < 0.5 * habit.width:
        points += 3.0 if len({row[0].indent for row in taken}) > 6 else 1.0
    if points < _PROSE:
        return Weight(points, "")
    points -= _against(taken, habit.names)
    back = sum(
        1
        for one, following in pairwise(taken)
        if following[0].indent < one[0].indent and _small(following[0].words) and one[-1].length > 0.7 * habit.width
    )
    points -= 6 * back / len(taken)
    return Weight(points, ", ".join(reasons))


def rows(lines: Lines, edge: int) -> tuple[Lines, ...]:
    """Put together what is one line of verse: a long one goes on in the next line, set in deeper."""
    result: list[list[Line]] = []
    deeper = _set_deeper(lines)
    for line in lines:
        if result and _goes_on(result[-1], line, edge) and not (deeper and begins_capital(line.words)):
            result[-1].append(line)
        else:
            result.append([line])
    return tuple(tuple(row) for row in result)


def _set_deeper(lines: Lines) -> bool:
    """Tell whether every other line or so is set in deeper and begins with a capital: a line of its own, not the end of one."""
    deep = [line for line in lines[1:] if line.indent >= lines[0].indent + 2]
    return len(deep) >= max(2, 0.3 * len(lines)) and sum(begins_capital(line.words) is True for line in deep) > 0.8 * len(deep)


def _goes_on(row: list[Line], line: Line, edge: int) -> bool:
    last = row[-1]
    if line.blank or last.blank or line.indent < row[0].indent + 2 or (len(row) > 1 and line.indent != last.indent):
        return False
    room = edge - (last.length + 1 + len(first_word(line)))
    if begins_capital(line.words) is not True and line.indent >= row[0].indent + 3 and last.length > 0.7 * min(edge, 74):
        return not STOP.search(last.words) or room < 8
    return room < 3 + max(0, edge - 74) if begins_capital(line.words) is not True else room < 2


def _small(text: str) -> bool:
    return begins_capital(text) is False


def _room(lines: Lines, taken: tuple[Lines, ...], edge: int, habit: Habits) -> float:
    """Return the share of lines that end early: before the longest of them, and before where the book would wrap them."""
    ends = {row[-1].number for row in taken}
    inset = max(0, min(line.indent for line in lines) - habit.base)
    margin = max(edge, habit.width - (3 * (inset == 0) + inset if len(taken) <= 3 else 2 * inset + 4))
    by_book = [is_early for line, is_early in zip(lines, early(lines, margin), strict=False) if line.number in ends]
    if len(taken) <= 3 or not habit.wrapped:
        return sum(by_book) / max(1, len(by_book))
    by_longest = [is_early for line, is_early in zip(lines, early(lines, edge), strict=False) if line.number in ends]
    return (sum(by_book) + sum(by_longest)) / max(1, 2 * len(by_book))


def _against(taken: tuple[Lines, ...], usual: float) -> float:
    count = len(taken)
    words = [word for row in taken for word in row[0].words.split()[1:] if word.strip("\"'“”‘’.,;:!?()_-")[:1].isalpha()]
    names = sum(1 for word in words if word.lstrip("\"'“‘(_—-")[:1].isupper()) / len(words) if words else 1.0
    capitals = sum(1 for row in taken if row[0].words.isupper() and len(row[0].words) > 3) / count
    columns = sum(1 for row in taken if _COLUMNS.search(row[0].words)) / count
    labels = sum(1 for row in taken if _LABELLED.match(row[0].words) or any(opening_date(row[0].words))) / count
    speakers = sum(1 for row in taken if _SPEAKER.match(row[0].words)) / count
    sentences = sum(1 for row in taken if _SAID.fullmatch(row[-1].words if len(row) == 1 else "")) / count
    brief = sum(len(row[0].words.split()) for row in taken) / count
    forms = 3 * capitals + 5 * columns + 3 * labels + 8 * speakers + 6 * max(0.0, sentences - 0.3)
    return 6 * max(0.0, names - usual - 0.25) + max(0.0, 4.0 - brief) + forms


def _varied(indents: list[int]) -> bool:
    """Tell whether indents come and go as in stanzas, and not as in the first line of a paragraph or an entry that hangs."""
    levels = len(set(indents))
    changes = sum(1 for one, following in pairwise(indents) if abs(one - following) > 1)
    return 2 <= levels <= 6 and changes > 1
