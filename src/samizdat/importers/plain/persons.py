"""The persons of a play: short lines under a heading that says so, or names with those of the players."""

import re
from collections.abc import Callable

from samizdat.importers.plain.passages import joined
from samizdat.importers.plain.record import Decision, Decisions, Line, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.titles import is_cast
from samizdat.problems import Rule, Severity

CAST = Rule(
    "L53",
    Severity.ADVICE,
    "A list of persons",
    "Under a heading such as “Persons of the Play” stand short lines with names, one below the other or with space between them.",
)
PAIRS = Rule(
    "L66",
    Severity.ADVICE,
    "Names in pairs",
    "At least four lines follow one another, each of which is another name, a colon and one more name: persons of a play and who"
    " played them, offices and who held them. They are a list.",
)

_PERSONS = re.compile(
    r"(?:the\s+)?(?:persons?|characters?|people|cast|dramatis\s+person(?:ae|æ)|personen|personnages|personaggi|personajes)\b"
    r"[\s\w:,.-]{0,40}",
    re.IGNORECASE,
)
_LONGEST_HEADING = 60
_LONGEST_NAME = 70
_MOST = 80
_FEWEST_APART = 3
_MOST_LINES = 2
_WIDEST_GAP = 2
_FEWEST_PAIRS = 4
_PAIR = re.compile(r"([^:]{2,50}): +([^:]{4,50})")
_WORD = re.compile(r"[^\W\d_]{4,}")
"""Words long enough to be no particle of a name."""
_OPENING_QUOTES = ("“", '"', "‘", "«", "„", "—")


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:  # noqa: ARG001
    """Find the persons of a play before verse is looked for, under headings that can mean nothing else."""
    if not rules.allow(CAST):
        return passages, ()
    found, decisions = persons(passages, is_cast)
    return found, tuple(decisions)


def may_head(text: str) -> bool:
    """Tell whether a heading may be that of persons, if no verse stands below it."""
    return _PERSONS.fullmatch(text) is not None


def persons(passages: Passages, heads: Callable[[str], bool] = may_head) -> tuple[Passages, list[Decision]]:
    """Make lists of the names under headings for the persons of a play."""
    result: list[Passage] = []
    decisions: list[Decision] = []
    number = 0
    while number < len(passages):
        heading = passages[number - 1].flowed if number else ""
        named = len(heading) < _LONGEST_HEADING and heads(heading)
        size = _size(passages, number) if named else 0
        if not size:
            result.append(passages[number])
            number += 1
            continue
        whole = joined(passages[number : number + size])
        names = [one.lines for one in passages[number : number + size]] if size > 1 else [(line,) for line in whole.lines]
        parts = tuple(Passage(PassageKind.PARAGRAPH, lines) for lines in names)
        decisions.append(decide(CAST, whole, 0.8, f"a list of {len(parts)} names", f"it stands under “{heading}”"))
        result.append(whole.decided(CAST, PassageKind.LIST, 0.8, parts=parts))
        number += size
    return tuple(result), decisions


def in_pairs(passages: Passages) -> tuple[Passages, list[Decision]]:
    """Make lists of lines that are pairs of names."""
    result = list(passages)
    decisions: list[Decision] = []
    for number, one in enumerate(passages):
        if one.unknown and len(one.lines) >= _FEWEST_PAIRS and _are_pairs(one):
            parts = tuple(Passage(PassageKind.PARAGRAPH, (line,)) for line in one.lines)
            decisions.append(decide(PAIRS, one, 0.75, f"a list of {len(parts)} pairs", "each line is a name, a colon and a name"))
            result[number] = one.decided(PAIRS, PassageKind.LIST, 0.75, parts=parts)
    return tuple(result), decisions


def _are_pairs(one: Passage) -> bool:
    """Tell whether each line is a pair of names; who speaks in a play comes back, and what he says is no name."""
    pairs = [_PAIR.fullmatch(line.words) for line in one.lines]
    names = [pair[1] for pair in pairs if pair]
    words = [word for pair in pairs if pair for half in pair.groups() for word in _WORD.findall(half)]
    return len(set(names)) == len(pairs) and bool(words) and all(word[0].isupper() for word in words)


def _size(passages: Passages, start: int) -> int:
    """Return how many passages from here are names: one of short lines, or several of one or two lines each."""
    one = passages[start]
    if one.unknown and 2 <= len(one.lines) <= _MOST and all(map(_is_name, one.lines)):
        return 1
    end = start
    while end < len(passages) and passages[end].unknown and (end == start or passages[end].before <= _WIDEST_GAP):
        lines = passages[end].lines
        if len(lines) > _MOST_LINES or not all(map(_is_name, lines)) or lines[0].words.startswith(_OPENING_QUOTES):
            break
        end += 1
    return end - start if _FEWEST_APART <= end - start <= _MOST else 0


def _is_name(line: Line) -> bool:
    return len(line.words) < _LONGEST_NAME
