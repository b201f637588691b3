"""Verse: lines that end before they are full and begin anew, set in or not.

Prose that was wrapped can be told by one thing: no line has room for the first word of the next. Lines that often have room, begin
with capitals and end with a stop are verse. The rest of the evidence is small: indents that come and go, what stands before, how
much of the book is verse; names, figures, labels and capitals speak against it.
"""

import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from samizdat.importers.plain.greetings import signed
from samizdat.importers.plain.habits import Habits, begins_capital, centred, early, first_word, habits
from samizdat.importers.plain.inlines import lines as inlines
from samizdat.importers.plain.passages import joined, pieces
from samizdat.importers.plain.record import Decision, Decisions, Line, Lines, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.model import block as model
from samizdat.problems import Rule, Severity

VERSE = Rule(
    "V51",
    Severity.ADVICE,
    "Verse",
    "The lines of a passage end although the next word would have had room, begin with capitals, and look like verse in other"
    " ways: set in, indents that come and go, stops at line ends, a colon before it, other verse around it.",
)
WITHIN = Rule(
    "V52",
    Severity.ADVICE,
    "Verse inside a paragraph",
    "Lines set in between lines of running text, without a blank line around them, are verse. The paragraph is divided there.",
)

_LABELLED = re.compile(r"[\[({]?(?:\d{1,3}|[ivxlc]{1,6}|[a-zA-Z])[\])}.]\s|[-•·]\s|\*\s")
_COLUMNS = re.compile(r"\.{4,}|(?:\. ){4,}|\S {3,}\S|\t|[$£€]\s?\d|\d\s*$|-{4,}|\|")
_SPEAKER = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’. ]{2,30}[.:]\s")
_SAID = re.compile(r"[\"“'‘„«—].*[.!?…,;—-][\"”'’“»]?\s?.*[.!?][\"”'’“»]?")
_ALWAYS_CAPITAL = re.compile(r"[\"“'‘(]*I\b")
_STOP = re.compile(r"[.,;:!?—–-][\"”’')\]_*»]*$")
_MOST_LINES = 5000


@dataclass(frozen=True, slots=True)
class Weight:
    """How strongly a passage speaks for verse (above 0) or against it, and what speaks for it."""

    points: float
    reasons: str

    @property
    def confidence(self) -> float:
        """The points as a probability."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.points))))


_NO = Weight(-9.0, "")


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find the verse; stanzas that follow one another become one passage."""
    habit = habits(passages, study)
    return found(passages, habit, rules, _poetic(passages, habit))


def found(passages: Passages, habit: Habits, rules: Rules, poetic: float) -> tuple[Passages, Decisions]:
    """Find the verse in passages of a book with these habits, of which so large a share is verse."""
    decisions: list[Decision] = []
    if rules.allow(WITHIN):
        passages, divided = _divided(passages, habit)
        decisions += divided
    if not rules.allow(VERSE):
        return passages, tuple(decisions)
    weights = _weighed(passages, habit, poetic)
    result: list[Passage] = []
    number = 0
    while number < len(passages):
        end = number
        while end < len(passages) and weights[end].points > 0 and (end == number or passages[end].before <= 2):
            end += 1
        if end == number:
            result.append(passages[number])
            number += 1
            continue
        poem = joined(passages[number:end])
        best = max(weights[number:end], key=lambda weight: weight.points)
        decisions.append(decide(VERSE, poem, best.confidence, f"verse, {_counted(number, end, poem)}", best.reasons))
        result.append(poem.decided(VERSE, PassageKind.VERSE, best.confidence))
        number = end
    return tuple(result), tuple(decisions)


def blocks(passage: Passage, study: Study) -> model.Blocks:
    """Return the stanzas, each line with its indent; a line that was wrapped is one again."""
    edge = max(max(line.length for line in passage.lines), study.width - 6 if study.wrapped else 0)
    least = min(line.indent for line in passage.lines if line.words)
    poem = [rows(stanza.lines, edge) for stanza in pieces(passage)]
    words = iter(inlines(_texts(poem), study))
    stanzas = []
    for stanza in poem:
        indents = [row[0].indent - least for row in stanza]
        stanzas.append(model.Stanza(tuple(model.Line(next(words), indent if indent > 1 else 0) for indent in indents)))
        next(words, None)
    return (model.Verse(tuple(stanzas)),)


def _texts(poem: list[tuple[Lines, ...]]) -> list[str]:
    """Return the words of each line of a poem, with an empty line between stanzas."""
    texts: list[str] = []
    for number, stanza in enumerate(poem):
        texts += [""] * (number > 0) + [" ".join(line.words for line in row) for row in stanza]
    return texts


def rows(lines: Lines, edge: int) -> tuple[Lines, ...]:
    """Put together what is one line of verse: a long one goes on in the next line, set in deeper."""
    result: list[list[Line]] = []
    for line in lines:
        if result and _goes_on(result[-1], line, edge):
            result[-1].append(line)
        else:
            result.append([line])
    return tuple(tuple(row) for row in result)


def weigh(passage: Passage, habit: Habits, *, in_verse: bool = False) -> Weight:
    """Weigh a passage by itself, without its neighbours; in a book of verse nothing is said against lines at the margin."""
    lines = passage.lines[:_MOST_LINES]
    if len(lines) < 2 or any(line.blank for line in lines) or signed(lines):
        return _NO
    edge = max(line.length for line in lines)
    if edge > habit.width + 25:
        return _NO
    taken = rows(lines, max(edge, habit.width - 6))
    if len(taken) < 2:
        return _NO
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
    inset = all(line.indent > habit.base for line in lines)
    points += 1.0 if inset else 0.0 if in_verse else -1.0
    if not inset and not in_verse:
        points -= 1.5 * (len(taken) < 4) + 1.5 * (edge > habit.width - 4 and habit.wrapped)
    if inset:
        reasons.append("set in")
    stops = sum(1 for row in taken if _STOP.search(row[-1].words)) / len(taken)
    points += 2 * (stops - 0.4)
    if _varied([row[0].indent for row in taken]):
        points += 0.7
        reasons.append("indents come and go")
    if len(taken) > 4 and inset and max(len(line.words) for line in lines) < 0.5 * habit.width:
        points += 1.0
    points -= _against(taken)
    back = sum(
        1
        for one, following in pairwise(taken)
        if following[0].indent < one[0].indent and _small(following[0].words) and one[-1].length > 0.7 * habit.width
    )
    points -= 6 * back / len(taken)
    return Weight(points, ", ".join(reasons))


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


def _against(taken: tuple[Lines, ...]) -> float:
    count = len(taken)
    words = [word for row in taken for word in row[0].words.split()[1:] if word.strip("\"'“”‘’.,;:!?()_-")[:1].isalpha()]
    names = sum(1 for word in words if word.lstrip("\"'“‘(_—-")[:1].isupper()) / len(words) if words else 1.0
    capitals = sum(1 for row in taken if row[0].words.isupper() and len(row[0].words) > 3) / count
    columns = sum(1 for row in taken if _COLUMNS.search(row[0].words)) / count
    labels = sum(1 for row in taken if _LABELLED.match(row[0].words)) / count
    speakers = sum(1 for row in taken if _SPEAKER.match(row[0].words)) / count
    sentences = sum(1 for row in taken if _SAID.fullmatch(row[-1].words if len(row) == 1 else "")) / count
    brief = sum(len(row[0].words.split()) for row in taken) / count
    return 6 * max(0.0, names - 0.35) + 3 * capitals + 5 * columns + 3 * labels + max(0.0, 4.0 - brief) + 8 * speakers + 6 * max(0.0, sentences - 0.3)


def _varied(indents: list[int]) -> bool:
    """Tell whether indents come and go as in stanzas, and not as in the first line of a paragraph or an entry that hangs."""
    levels = len({indent for indent in indents})
    changes = sum(1 for one, following in zip(indents, indents[1:], strict=False) if abs(one - following) > 1)
    return 2 <= levels <= 6 and changes > 1


def _goes_on(row: list[Line], line: Line, edge: int) -> bool:
    last = row[-1]
    if line.blank or last.blank or line.indent < row[0].indent + 2 or (len(row) > 1 and line.indent != last.indent):
        return False
    room = edge - (last.length + 1 + len(first_word(line)))
    if begins_capital(line.words) is not True and line.indent >= row[0].indent + 3 and last.length > 0.7 * min(edge, 74):
        return not _STOP.search(last.words) or room < 8
    return room < 3 + max(0, edge - 74) if begins_capital(line.words) is not True else room < 2


def _poetic(passages: Passages, habit: Habits) -> float:
    """Return the share of a book that is verse without doubt."""
    sizes = [sum(len(line.words) for line in one.lines) for one in passages if one.unknown]
    alone = [weigh(one, habit).points for one in passages if one.unknown]
    return sum(size for size, points in zip(sizes, alone, strict=True) if points > 1) / max(1, sum(sizes))


def _weighed(passages: Passages, habit: Habits, poetic: float) -> list[Weight]:
    """Weigh all passages: alone first, then with what the whole and their neighbours say."""
    alone = [weigh(one, habit, in_verse=poetic > 0.5) if one.unknown else _NO for one in passages]
    usual = _usual_indent(passages, alone)
    result = []
    for number, one in enumerate(passages):
        if not one.unknown:
            result.append(_NO)
            continue
        before = number - 1 if number and one.before <= 2 else -1
        after = number + 1 if number + 1 < len(passages) and passages[number + 1].before <= 2 else -1
        beside = [at for at in (before, after) if at >= 0 and alone[at].points > 1 and _alike(passages[at], one)]
        weight = alone[number]
        if len(one.lines) == 1:
            weight = _single(one, habit, beside, usual)
            if weight is _NO and poetic > 0.6 and one.lines[0].length < habit.width + 20 and (
                beside or _follows_heading(passages, number)
            ):
                weight = Weight(-1.0, "the book is verse")
        points, reasons = weight.points, weight.reasons
        if weight is not _NO:
            points += 4 * max(0.0, poetic - 0.3) + 0.8 * len(beside)
            if number and passages[number - 1].unknown and passages[number - 1].lines[-1].words[-1:] in ":—-":
                points += 0.5
                reasons += ", a colon or dash before it"
        result.append(Weight(points, reasons))
    return result


def _follows_heading(passages: Passages, number: int) -> bool:
    return number > 0 and passages[number - 1].kind is PassageKind.HEADING


def _single(one: Passage, habit: Habits, beside: list[int], usual: int) -> Weight:
    """Weigh a line that stands alone: verse where verse is on both sides of it, or where all verse is set in just so far."""
    line = one.lines[0]
    if not habit.inset(one.lines) or centred(line, habit.width) or line.words.isupper() or len(line.words.split()) < 3:
        return _NO
    if len(beside) == 2 or (beside and _STOP.search(line.words)):
        return Weight(1.0, "verse beside it")
    if usual >= 0 and line.indent == usual and line.words[:1] in "\"“‘'":
        return Weight(0.4, "a quotation set in just as the book's verse is")
    return _NO


def _usual_indent(passages: Passages, weights: list[Weight]) -> int:
    """Return how far the verse of a book is set in, where it always is so and other things are not."""
    verse = [min(line.indent for line in one.lines) for one, weight in zip(passages, weights, strict=True) if weight.points > 0.5]
    prose = [
        min(line.indent for line in one.lines)
        for one, weight in zip(passages, weights, strict=True)
        if one.unknown and weight.points < -1 and len(one.lines) > 1
    ]
    if not verse:
        return -1
    usual = max(set(verse), key=lambda indent: (verse.count(indent), indent))
    return usual if verse.count(usual) >= 0.75 * len(verse) and usual not in prose else -1


def _alike(one: Passage, other: Passage) -> bool:
    """Tell whether two passages begin at about the same distance from the margin."""
    return abs(min(line.indent for line in one.lines) - min(line.indent for line in other.lines)) <= 8


def _divided(passages: Passages, habit: Habits) -> tuple[Passages, list[Decision]]:
    """Divide paragraphs that have verse inside them, without blank lines around it."""
    result: list[Passage] = []
    decisions: list[Decision] = []
    for passage in passages:
        runs = _inner_runs(passage, habit) if passage.unknown and len(passage.lines) > 2 else ()
        if not runs:
            result.append(passage)
            continue
        end = 0
        for start, stop in runs:
            if start > end:
                result.append(replace(passage, lines=passage.lines[end:start], before=passage.before if end == 0 else 0))
            poem = replace(passage, lines=passage.lines[start:stop], before=0 if start else passage.before)
            decisions.append(decide(WITHIN, poem, 0.7, "verse, apart from the lines around it", "set in, between running text"))
            result.append(poem)
            end = stop
        if end < len(passage.lines):
            result.append(replace(passage, lines=passage.lines[end:], before=0))
    return tuple(result), decisions


def _inner_runs(passage: Passage, habit: Habits) -> tuple[tuple[int, int], ...]:
    lines = passage.lines
    deep = [line.indent >= habit.base + 3 for line in lines]
    if all(deep) or sum(deep) < 2 or any(line.indent > habit.base + 1 for line, is_deep in zip(lines, deep, strict=True) if not is_deep):
        return ()
    runs = []
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and deep[stop]:
            stop += 1
        if stop - start >= 2 and weigh(replace(passage, lines=lines[start:stop]), habit).points > 1:
            runs.append((start, stop))
        start = max(stop, start + 1)
    return tuple(runs)


def _counted(number: int, end: int, poem: Passage) -> str:
    lines = sum(1 for line in poem.lines if line.words)
    stanzas = end - number
    return f"{lines} lines" + (f" in {stanzas} stanzas" if stanzas > 1 else "")
