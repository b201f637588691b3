"""Lists whose labels belong to the text: days and years that rise, and numbers run into a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from samizdat.importers.plain.dates import opening_date
from samizdat.importers.plain.habits import begins_capital
from samizdat.importers.plain.record import Line, Lines, Passage, Passages
from samizdat.problems import Rule, Severity

DATED = Rule(
    "L61",
    Severity.ADVICE,
    "Entries with dates",
    "At least three short paragraphs or lines follow one another, each of which begins with a day or a year, and these rise: they"
    " are the entries of a diary, a log or a chronology. The dates stay, for they do not count up one by one.",
)
RUN_IN = Rule(
    "L62",
    Severity.ADVICE,
    "A numbered list run into a paragraph",
    "After a colon stand sentences with numbers in brackets, which count up from (1) or (a) to the end of the paragraph.",
)

_FEWEST = 3
_LONGEST = 240
"""Letters of an entry; where a diary tells at length, its entries are paragraphs."""
LABEL = re.compile(r"(?<!\S)\((\d{1,2}|[a-z])\)\s+(?=\S)")
_COLON = re.compile(r":(?:\s?(?:—|–|--))?$")
_STOP = re.compile(r"[.!?…][\"”’')\]»]*$")
_LONGEST_LAST = 3
"""How many times as long as the items before it the last may be; else the paragraph goes on after its list."""


def dated(passages: Passages, start: int) -> tuple[int, tuple[Lines, ...]]:
    """Return how many passages from here are dated entries, and the lines of each entry; 0 where there are too few."""
    found: list[Lines] = []
    last = (0, 0, 0)
    end = start
    while end < len(passages) and passages[end].unknown and (end == start or passages[end].before <= 2):
        cut = list(_cut(passages[end]))
        dates = [opening_date(lines[0].words) for lines in cut]
        if not all(_rises(one, other) for one, other in zip((last, *dates), dates, strict=False)):
            break
        if any(sum(len(line.words) for line in lines) > _LONGEST for lines in cut):
            break
        found += cut
        last = dates[-1]
        end += 1
    return (end - start, tuple(found)) if len(found) >= _FEWEST else (0, ())


def _cut(passage: Passage) -> Iterator[Lines]:
    """Cut a passage before each line that begins with a date of the same form as the first."""
    shape = _shape(opening_date(passage.lines[0].words))
    start = 0
    for row, line in enumerate(passage.lines):
        if row and any(shape) and _shape(opening_date(line.words)) == shape:
            yield passage.lines[start:row]
            start = row
    yield passage.lines[start:]


def _shape(date: tuple[int, int, int]) -> tuple[bool, ...]:
    return tuple(map(bool, date))


def _rises(last: tuple[int, int, int], date: tuple[int, int, int]) -> bool:
    """Tell whether a date is later than the last and says as much; without years, a month may follow any other."""
    if not any(date) or (any(last) and _shape(last) != _shape(date)):
        return False
    other_month = not date[0] and date[1] != last[1]
    return other_month or date > last


@dataclass(frozen=True, slots=True)
class RunIn:
    """A list that is run into a paragraph: the words before it, the list, the lines of its items, and their labels."""

    before: Passage
    whole: Passage
    items: tuple[Lines, ...]
    labels: tuple[str, ...]


def run_in(passage: Passage) -> RunIn | None:
    """Return the list that is run into a paragraph, if there is one."""
    places = [(row, found.start(), found[1]) for row, line in enumerate(passage.lines) for found in LABEL.finditer(line.text)]
    labels = tuple(label for _, _, label in places)
    counted = [str(number) if labels[0] == "1" else chr(96 + number) for number in range(1, len(labels) + 1)]
    if len(labels) < 2 or list(labels) != counted:
        return None
    borders = [(0, 0), *((row, start) for row, start, _ in places), (len(passage.lines), 0)]
    before, *items = [_between(passage.lines, one, other) for one, other in pairwise(borders)]
    texts = [LABEL.sub("", _flowed(item), count=1) for item in items]
    if not _COLON.search(_flowed(before)) or not all(_STOP.search(text) and begins_capital(text) for text in texts):
        return None
    if len(texts[-1]) > _LONGEST_LAST * max(map(len, texts[:-1])):
        return None
    whole = replace(passage, lines=tuple(line for item in items for line in item), before=0)
    return RunIn(replace(passage, lines=before), whole, tuple(map(_unlabelled, items)), labels)


def _between(lines: Lines, start: tuple[int, int], end: tuple[int, int]) -> Lines:
    """Return the text from one place to another, each given by the row and the letter in it."""
    found = []
    for row in range(start[0], min(end[0] + 1, len(lines))):
        first = start[1] if row == start[0] else 0
        text = lines[row].text[first : end[1] if row == end[0] else None]
        if text.strip():
            found.append(Line(lines[row].number, text.rstrip()))
    return tuple(found)


def _unlabelled(lines: Lines) -> Lines:
    return (Line(lines[0].number, LABEL.sub("", lines[0].text, count=1)), *lines[1:])


def _flowed(lines: Lines) -> str:
    return " ".join(line.words for line in lines)
