"""Lists: items with bullets, with numbers or letters that count up, and terms with their meanings, as in a glossary."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from samizdat.importers.plain import entries, quotes
from samizdat.importers.plain.definitions import DICTIONARY, GLOSSARY, Entry, defined, entry_words
from samizdat.importers.plain.inlines import inlines
from samizdat.importers.plain.passages import joined, pieces
from samizdat.importers.plain.persons import CAST, PAIRS, in_pairs, persons
from samizdat.importers.plain.record import Decision, Decisions, Line, Lines, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Blocks, Definition, DefinitionList, List, Numbering, Paragraph
from samizdat.problems import Rule, Severity

BULLETS = Rule(
    "L51",
    Severity.ADVICE,
    "A list with bullets",
    "Several lines or paragraphs that follow one another begin with the same mark: a dash and a space, a star, a bullet.",
)
NUMBERS = Rule(
    "L52",
    Severity.ADVICE,
    "A numbered list",
    "Lines or paragraphs that follow one another begin with numbers or letters that count up from the first: 1., (1), a), I.",
)
_BULLET = re.compile(r"\s*([-–—•·▪◦‣*+])\s+(?=\S)")
_NUMBER = re.compile(r"\s*([\[({]?)(\d{1,3}|[A-Za-z]|[ivxlIVXL]{2,6})([\])}.]|\.\))\s+(?=\S)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Marked:
    """How the items of a list are marked: the numbering, or None for bullets; the number of the first."""

    numbering: Numbering | None
    start: int = 1
    tight: bool = True


@dataclass(frozen=True, slots=True)
class _Item:
    """The label of a line: its style, its number, and where the words begin."""

    style: str
    number: int
    end: int
    value: str


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find lists of terms, then lists with labels."""
    decisions: list[Decision] = []
    passages, found = defined(passages, rules)
    decisions += found
    if rules.allow(CAST):
        passages, found = persons(passages)
        decisions += found
    if rules.allow(PAIRS):
        passages, found = in_pairs(passages)
        decisions += found
    passages, found = _marked(passages, study, rules)
    decisions += found
    passages, found = _worded(passages, rules)
    return passages, (*decisions, *found)


def blocks(passage: Passage, study: Study) -> Blocks:
    """Return the list."""
    if passage.kind is PassageKind.DEFINITIONS:
        return _definitions(passage, study)
    marked = passage.data if isinstance(passage.data, Marked) else Marked(None)
    items = tuple(quotes.inner(part, study) for part in passage.parts)
    return (List(items, marked.numbering, marked.start, marked.tight),)


def _definitions(passage: Passage, study: Study) -> Blocks:
    items: list[Definition] = []
    for part in passage.parts:
        if isinstance(part.data, Entry):
            term, meaning = entry_words(part, part.data)
            body: Blocks = (Paragraph(inlines(meaning, study)),) if meaning else ()
            items.append(Definition(inlines(term, study), (body,)))
        elif items:
            last = items[-1]
            more = quotes.inner(replace(part, kind=PassageKind.LIST, parts=(part,)), study)
            items[-1] = replace(last, meanings=((*last.meanings[0], *more),))
    return (DefinitionList(tuple(items)),)


def _item(line: Line) -> _Item | None:
    if match := _BULLET.match(line.text):
        return _Item(match[1], 0, match.end(), "")
    if match := _NUMBER.match(line.text):
        value = match[2]
        if value.isdecimal():
            return _Item(f"{match[1]}1{match[3]}", int(value), match.end(), value)
        case = "A" if value[0].isupper() else "a"
        return _Item(f"{match[1]}{case}{match[3]}", 0, match.end(), value)
    return None


def _number(item: _Item, roman: bool) -> int:
    if item.number or not item.value:
        return item.number
    if roman:
        values = [_ROMAN.get(letter, 0) for letter in item.value.lower()]
        return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))
    return ord(item.value.lower()) - 96 if len(item.value) == 1 else 0


def _marked(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, list[Decision]]:
    """Find runs of items: each in a passage of its own, or several lines of one passage."""
    result: list[Passage] = []
    decisions: list[Decision] = []
    number = 0
    while number < len(passages):
        run = _run(passages, number)
        rule = BULLETS if run and run[0].item.value == "" else NUMBERS
        if run and rules.allow(rule) and (marked := _convincing(run, passages, number, study)):
            end = run[-1].passage + 1
            whole = joined(passages[number:end])
            parts = tuple(_part(one) for one in run)
            taken = " ".join(one.item.value for one in run if one.item.value)
            sure = min(0.97, 0.7 + 0.06 * len(run))
            why = f"{len(run)} labels that count up" if taken else f"{len(run)} lines with the same mark"
            decisions.append(decide(rule, whole, sure, f"a list of {len(run)} items", why, taken))
            result.append(replace(whole.decided(rule, PassageKind.LIST, sure), data=marked, parts=parts))
            number = end
        else:
            # What does not convince from its beginning does not from its middle; only with its last another may begin.
            end = max(number + 1, run[-1].passage) if run else number + 1
            result += passages[number:end]
            number = end
    return tuple(result), decisions


@dataclass(frozen=True, slots=True)
class _Found:
    """An item of a run: the passage in which it stands, its lines."""

    passage: int
    item: _Item
    lines: Lines
    before: int


def _run(passages: Passages, start: int) -> list[_Found]:
    run: list[_Found] = []
    roman: bool | None = None
    for at in range(start, len(passages)):
        one = passages[at]
        if not one.unknown or (run and one.before > 2):
            break
        found = _items(one, at)
        if not found:
            break
        complete = True
        for item in found:
            if run:
                roman = _roman(run, item) if roman is None else roman
                if not _continues(run[-1].item, item.item, bool(roman)):
                    complete = False
                    break
            run.append(item)
        if not complete:
            run = [item for item in run if item.passage < at]
            break
    return run if len(run) > 1 else []


def _items(one: Passage, at: int) -> list[_Found]:
    """Return the items in a passage: one, or one for each line that begins with a label."""
    first = _item(one.lines[0])
    if first is None:
        return []
    starts = [(0, first)]
    roman = first.value.lower() in {"i", "ii", "iii", "iv"}
    for row in range(1, len(one.lines)):
        item = _item(one.lines[row])
        same_margin = abs(one.lines[row].indent - one.lines[0].indent) <= 2
        if item and same_margin and _continues(starts[-1][1], item, roman and item.value.lower() != "b"):
            starts.append((row, item))
    if first.value == "" and len(one.lines) > len(starts) > 1 and len(starts) < 0.4 * len(one.lines):
        starts = starts[:1]
    ends = [*(row for row, _ in starts[1:]), len(one.lines)]
    return [
        _Found(at, item, one.lines[row:end], one.before if row == 0 else 0) for (row, item), end in zip(starts, ends, strict=True)
    ]


def _roman(run: Sequence[_Found], item: _Found) -> bool:
    return run[0].item.value.lower() == "i" and item.item.value.lower() == "ii"


def _continues(last: _Item, item: _Item, roman: bool) -> bool:
    if last.style != item.style:
        return False
    return last.value == item.value == "" or _number(item, roman) == _number(last, roman) + 1


def _convincing(run: list[_Found], passages: Passages, number: int, study: Study) -> Marked | None:
    """Weigh whether labels are those of a list, and not initials, years, speakers or numbered chapters of prose."""
    first, before = run[0].item, passages[number - 1] if number else None
    tight = all(one.before == 0 for one in run[1:])
    introduced = before is not None and before.unknown and before.lines[-1].words.endswith((":", ":—", ":--"))
    lengths = [sum(len(line.words) for line in one.lines) for one in run]
    if first.value == "":
        dashes = first.style in "-–—"
        speech = dashes and first.style != "-" and any(length > 160 for length in lengths)
        if speech or (dashes and first.style != "-" and not tight and not introduced):
            return None
        return Marked(None, tight=tight)
    roman = first.value.lower() == "i" and run[1].item.value.lower() == "ii"
    start = _number(first, roman)
    if start not in {0, 1} and not (introduced and start < 100):
        return None
    if any(length < 3 for length in lengths) or (not study.wrapped and max(lengths) > 3000):
        return None
    if not first.value.isdecimal() and not roman and len(run) < 3 and not introduced:
        return None
    return Marked(_numbering(first, roman=roman), start, tight)


def pinned(passage: Passage) -> tuple[Passage, str]:
    """Make a list of lines that a person says are one, and return the labels that it does without.

    Labels that count up part the items; where there are none, blank lines do, or else line ends.
    """
    whole = pieces(replace(passage, kind=PassageKind.UNKNOWN))
    run = [item for at, one in enumerate(whole) for item in _items(one, at)]
    roman = len(run) > 1 and run[0].item.value.lower() == "i" and run[1].item.value.lower() == "ii"
    counted = all(_continues(one.item, other.item, roman) for one, other in pairwise(run))
    if run and counted and all(_item(one.lines[0]) for one in whole):
        numbering = _numbering(run[0].item, roman=roman) if run[0].item.value else None
        data = Marked(numbering, max(1, _number(run[0].item, roman)), tight=all(one.before == 0 for one in run[1:]))
        parts = tuple(_part(one) for one in run)
        return replace(passage, data=data, parts=parts), " ".join(one.item.value for one in run)
    lines = [one.lines for one in whole] if len(whole) > 1 else [(line,) for line in passage.lines]
    parts = tuple(Passage(PassageKind.PARAGRAPH, tuple(Line(line.number, line.words) for line in part)) for part in lines)
    return replace(passage, data=Marked(None, tight=len(whole) == 1), parts=parts), ""


def _numbering(first: _Item, *, roman: bool) -> Numbering:
    if first.value.isdecimal():
        return Numbering.DECIMAL
    if roman:
        return Numbering.UPPER_ROMAN if first.value.isupper() else Numbering.LOWER_ROMAN
    return Numbering.UPPER_ALPHA if first.value.isupper() else Numbering.LOWER_ALPHA


def _worded(passages: Passages, rules: Rules) -> tuple[Passages, list[Decision]]:
    """Find lists whose labels are words of the text: entries with dates, and numbers inside a paragraph."""
    result: list[Passage] = []
    decisions: list[Decision] = []
    number = 0
    while number < len(passages):
        one = passages[number]
        size, items = entries.dated(passages, number) if one.unknown and rules.allow(entries.DATED) else (0, ())
        inside = entries.run_in(one) if one.unknown and not size and rules.allow(entries.RUN_IN) else None
        if size:
            whole = joined(passages[number : number + size])
            data = Marked(None, tight=all(one.before == 0 for one in passages[number + 1 : number + size]))
            parts = tuple(_flat(lines) for lines in items)
            decisions.append(decide(entries.DATED, whole, 0.75, f"a list of {len(items)} items", "short, with dates that rise"))
            result.append(replace(whole.decided(entries.DATED, PassageKind.LIST, 0.75), data=data, parts=parts))
        elif inside:
            first = inside.labels[0]
            data = Marked(Numbering.DECIMAL if first.isdecimal() else Numbering.LOWER_ALPHA, tight=False)
            parts = tuple(_flat(lines) for lines in inside.items)
            after, why = f"a list of {len(parts)} items", "sentences after a colon, with numbers that count up"
            decisions.append(decide(entries.RUN_IN, inside.whole, 0.7, after, why, " ".join(inside.labels)))
            result += [
                inside.before,
                replace(inside.whole.decided(entries.RUN_IN, PassageKind.LIST, 0.7), data=data, parts=parts),
            ]
        else:
            result.append(one)
        number += size or 1
    return tuple(result), decisions


def _flat(lines: Lines) -> Passage:
    """Return an item without what its lines are set in."""
    return Passage(PassageKind.PARAGRAPH, tuple(Line(line.number, line.words) for line in lines))


def _part(found: _Found) -> Passage:
    first = found.lines[0]
    lines = (Line(first.number, " " * found.item.end + first.text[found.item.end :]), *found.lines[1:])
    return _flat(lines)


__all__ = ["DICTIONARY", "GLOSSARY", "Marked", "blocks", "judge", "pinned"]
