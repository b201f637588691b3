"""The persons of a play: short lines under a heading that says so."""

import re

from samizdat.importers.plain.passages import joined
from samizdat.importers.plain.record import Decision, Line, Passage, PassageKind, Passages, decide
from samizdat.problems import Rule, Severity

CAST = Rule(
    "L53",
    Severity.ADVICE,
    "A list of persons",
    "Under a heading such as “Persons of the Play” stand short lines with names, one below the other or with space between them.",
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
_OPENING_QUOTES = ("“", '"', "‘", "«", "„", "—")


def persons(passages: Passages) -> tuple[Passages, list[Decision]]:
    """Make lists of the names under headings for the persons of a play."""
    result: list[Passage] = []
    decisions: list[Decision] = []
    number = 0
    while number < len(passages):
        heading = passages[number - 1].flowed if number else ""
        named = len(heading) < _LONGEST_HEADING and _PERSONS.fullmatch(heading) is not None
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
