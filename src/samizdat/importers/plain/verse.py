"""Verse: lines that end before they are full and begin anew, set in or not.

Each passage is weighed by itself first; then what the whole book and the neighbours say is added: a book of verse needs no
indents, a stanza is rarely alone, a colon often stands before one.
"""

from dataclasses import replace

from samizdat.importers.plain.habits import Habits, centred, habits
from samizdat.importers.plain.inlines import lines as inlines
from samizdat.importers.plain.passages import joined, pieces
from samizdat.importers.plain.record import Decision, Decisions, Lines, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.verseweight import NO, STOP, Weight, rows, weigh
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

_MOST = 0.5
"""The share of verse from where a book is one of verse."""


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find the verse; stanzas that follow one another become one passage."""
    habit = habits(passages, study)
    return found(passages, habit, rules, _poetic(passages, habit))


def found(passages: Passages, habit: Habits, rules: Rules, poetic: float) -> tuple[Passages, Decisions]:
    """Find the verse in passages of a book with these habits, of which so large a share is verse."""
    decisions: list[Decision] = []
    if rules.allow(WITHIN):
        passages, made = divided(passages, habit)
        decisions += made
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
    edge = max(study.width - 6 if study.wrapped else 0, *(line.length for line in passage.lines))
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


def _poetic(passages: Passages, habit: Habits) -> float:
    """Return the share of a book that is verse without doubt."""
    sizes = [sum(len(line.words) for line in one.lines) for one in passages if one.unknown]
    alone = [weigh(one, habit).points for one in passages if one.unknown]
    return sum(size for size, points in zip(sizes, alone, strict=True) if points > 1) / max(1, sum(sizes))


def _weighed(passages: Passages, habit: Habits, poetic: float) -> list[Weight]:
    """Weigh all passages: alone first, then with what the whole and their neighbours say."""
    alone = [weigh(one, habit, in_verse=poetic > _MOST) if one.unknown else NO for one in passages]
    usual = _usual_indent(passages, alone)
    result = []
    for number, one in enumerate(passages):
        if not one.unknown:
            result.append(NO)
            continue
        before = number - 1 if number and one.before <= 2 else -1
        after = number + 1 if number + 1 < len(passages) and passages[number + 1].before <= 2 else -1
        beside = [at for at in (before, after) if at >= 0 and alone[at].points > 1 and _alike(passages[at], one)]
        weight = alone[number]
        if len(one.lines) == 1:
            weight = _single(one, habit, beside, usual)
            placed = beside or _follows_heading(passages, number)
            if weight is NO and poetic > _MOST and placed and one.lines[0].length < habit.width + 20:
                weight = Weight(-1.0, "the book is verse")
        points, reasons = weight.points, weight.reasons
        if weight is not NO:
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
    if (
        not habit.inset(one.lines)
        or habit.opens(one.lines)
        or centred(line, habit.width)
        or line.words.isupper()
        or len(line.words.split()) < 3
    ):
        return NO
    if len(beside) == 2 or (beside and STOP.search(line.words)):
        return Weight(1.0, "verse beside it")
    if usual >= 0 and line.indent == usual and line.words[:1] in "\"“‘'":
        return Weight(0.4, "a quotation set in just as the book's verse is")
    return NO


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


def divided(passages: Passages, habit: Habits) -> tuple[Passages, list[Decision]]:
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
    deep = [line.indent >= habit.base + 3 and not habit.opens((line,)) for line in lines]
    between = any(habit.base + 1 < line.indent < habit.base + 3 for line in lines)
    if all(deep) or sum(deep) < 2 or between:
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
