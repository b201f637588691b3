"""An extract from a printed book, with form feeds between its pages: heads, folios, and notes at the foot are found page by page.

Where pages are known, three things need no guessing. A folio stands in the first or the last line of a page and keeps step with
the pages. A running head is a first line that other pages begin with too. Notes at the foot are the last lines of a page, from
the first label that is called further up on the same page.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from samizdat.importers.plain.notelabels import body_label, calls, follows
from samizdat.importers.plain.numbering import roman
from samizdat.importers.plain.pages import PAGE_NUMBER, RUNNING_HEAD, apart, aside
from samizdat.importers.plain.passages import split
from samizdat.importers.plain.record import Decision, Decisions, Line, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.solid import parted
from samizdat.importers.plain.titles import key
from samizdat.problems import Rule

_FOLIO = re.compile(r"\W*(?:p(?:age|g)?\.?\s*)?(?:(\d{1,4})|([ivxlc]{1,8}))\W*(?:(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_BESIDE = re.compile(r"^(\d{1,4})\s+(\S.*)$|^(.*\S)\s+(\d{1,4})$", re.DOTALL)
_FEWEST = 3
_LONGEST_HEAD = 90
_SHORT_HEAD = 50
_FULL_PAGE = 8
"""Lines; a title page has fewer, and no running head."""
_EVERYWHERE = 0.3
"""The share of pages that the head of a whole book stands on; that of a chapter stands on fewer, and says the chapter's title."""


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Take off the heads and folios of pages, part notes at the foot from the text, and paragraphs from one another."""
    pages = _pages(passages, study.pages)
    if len(pages) < _FEWEST:
        return passages, ()
    decisions: list[Decision] = []
    found: dict[int, Rule] = {}
    if rules.allow(PAGE_NUMBER):
        found |= dict.fromkeys(_folios(pages), PAGE_NUMBER)
    if rules.allow(RUNNING_HEAD):
        found |= dict.fromkeys(_heads(pages, set(found)), RUNNING_HEAD)
    feet = {_foot([line for line in page if line.number not in found]) for page in pages}
    starts = feet | {line.number for page in pages for line in page if line.number in study.pages}
    return parted(aside(_divided(passages, found, starts, decisions))), tuple(decisions)


def _pages(passages: Passages, starts: frozenset[int]) -> list[list[Line]]:
    """Return the lines of each page that are still undecided."""
    ordered = sorted(starts)
    pages: defaultdict[int, list[Line]] = defaultdict(list)
    for passage in passages:
        if passage.unknown:
            for line in passage.lines:
                pages[bisect_right(ordered, line.number)].append(line)
    return [pages[number] for number in sorted(pages)]


def _ends(page: list[Line]) -> Iterable[Line]:
    return (page[0], page[-1]) if len(page) > 1 else page


def _folios(pages: list[list[Line]]) -> Iterator[int]:
    """Yield the lines with folios: numbers that grow as the pages do."""
    told: defaultdict[tuple[bool, int], list[int]] = defaultdict(list)
    for position, page in enumerate(pages):
        for line in _ends(page):
            match = _FOLIO.fullmatch(line.words) if len(line.words) < 24 else None
            if match:
                value = int(match[1]) if match[1] else roman(match[2])
                told[bool(match[1]), value - position].append(line.number)
    for lines in told.values():
        if len(lines) >= _FEWEST:
            yield from lines
    # A blank leaf more or less, or a first page without a number, moves the folios against the pages.
    steady = {number for lines in told.values() if len(lines) >= _FEWEST for number in lines}
    if len(steady) >= _FEWEST:
        yield from (number for lines in told.values() if len(lines) < _FEWEST for number in lines)


def _heads(pages: list[list[Line]], folios: set[int]) -> Iterator[int]:
    """Yield the first lines that several pages have in common."""
    tops: defaultdict[str, list[tuple[int, Line]]] = defaultdict(list)
    for position, page in enumerate(pages):
        rest = [line for line in page if line.number not in folios]
        if len(rest) >= _FULL_PAGE or (rest and len(rest) < len(page)):
            text = _without_folio(rest[0].words)
            if text and len(text) < _LONGEST_HEAD:
                tops[key(text)].append((position, rest[0]))
    told = sum(len(members) for members in tops.values() if len(members) >= _FEWEST)
    for name, members in tops.items():
        first, line = members[0]
        if len(members) < 2 or not name:
            # Where pages have heads, a short line on top that falls into a sentence is one too.
            if told > _EVERYWHERE * len(pages) and len(line.words) < _SHORT_HEAD and _interrupts(pages, first, folios):
                yield line.number
            continue
        numbered = _without_folio(line.words) != line.words
        everywhere = len(members) > _EVERYWHERE * len(pages) or _interrupts(pages, first, folios)
        if len(members) >= _FEWEST or not everywhere:
            # The first page of a chapter begins with the chapter's title; the pages after it repeat that.
            yield from (each.number for _, each in members[0 if numbered or everywhere else 1 :])


def _without_folio(text: str) -> str:
    found = _BESIDE.match(text)
    return ((found[2] or found[3]).strip() if found else text).strip(" |·•—–-")


def _interrupts(pages: list[list[Line]], position: int, folios: set[int]) -> bool:
    """Tell whether the text of the page before goes on below the first line of a page."""
    before = [line for line in pages[position - 1] if line.number not in folios] if position else []
    return bool(before) and before[-1].words[-1:].isalpha() and len(before) >= _FULL_PAGE


def _foot(page: list[Line]) -> int:
    """Return the line in which the notes at the foot of a page begin, 0 if there are none."""
    called = {call.value for line in page for call in calls(line.text)}
    start = last = ""
    first = 0
    for line in page:
        label = body_label(line.text)
        if label is None or label.value not in called:
            continue
        if not start or not follows(last, label.value):
            start, first = label.value, line.number
        last = label.value
    above = [line for line in page if line.number < first]
    answered = any(call.value == start for line in above for call in calls(line.text))
    return first if answered and len(above) >= 2 else 0


def _divided(passages: Passages, found: dict[int, Rule], starts: set[int], decisions: list[Decision]) -> Iterator[Passage]:
    """Cut out what stands at the edges of pages, and cut where a page or its notes begin."""
    for passage in passages:
        if not passage.unknown:
            yield passage
            continue
        for piece in apart(passage, found):
            if rule := found.get(piece.first):
                decisions.append(decide(rule, piece, 0.95, "", "It stands at the edge of a page, as on other pages."))
                yield piece.decided(rule, PassageKind.DEBRIS, 0.95)
            else:
                places = [place for place, line in enumerate(piece.lines) if place and line.number in starts]
                sizes = [end - start for start, end in pairwise([0, *places])]
                yield from (replace(part, before=part.before or 1) for part in split(piece, *sizes))
