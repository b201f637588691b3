"""What the pages of a printed book left in the text: page numbers and running heads."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from samizdat.importers.plain.record import Decision, Line, Passage, PassageKind, Passages, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.titles import key
from samizdat.problems import Rule, Severity

PAGE_NUMBER = Rule(
    "D56",
    Severity.ADVICE,
    "A page number",
    "A number alone on its line, one higher than the last, at distances of about a page, is the number of a printed page. The"
    " text runs on across it.",
)
RUNNING_HEAD = Rule(
    "D57",
    Severity.ADVICE,
    "A running head",
    "A short line that returns again and again at distances of about a page, often with a page number, is the running head of a"
    " printed page. It is not a heading.",
)

_PAGE = re.compile(
    r"^\s*(?:[-–—\[({]\s*)?(?:p(?:age|g)?\.?\s*)?(\d{1,4})(?:\s*[-–—\])}])?(?:\s*(?:of|/)\s*\d{1,4})?\s*$", re.IGNORECASE
)
_PAGE_MARK = re.compile(r"^\s*[\[{](?:pg|p|page)\.?\s*(\d{1,4}|[ivxlc]+)[\]}]\s*$", re.IGNORECASE)
_OWN_SPACE = 3
"""Blank lines below a running head that are the space before a heading."""
_DIGITS = re.compile(r"\d+")


def without_pages(passages: Passages, rules: Rules, decisions: list[Decision]) -> Passages:
    """Find page numbers and running heads, which come back at distances of about a page."""
    lines = [line for passage in passages if passage.unknown for line in passage.lines]
    numbers = _page_numbers(lines) if rules.allow(PAGE_NUMBER) else {}
    heads = _running_heads(lines, set(numbers)) if rules.allow(RUNNING_HEAD) else {}
    marks = {line.number: line.words for line in lines if _PAGE_MARK.match(line.text)} if rules.allow(PAGE_NUMBER) else {}
    found = dict.fromkeys(numbers | marks, PAGE_NUMBER) | dict.fromkeys(heads, RUNNING_HEAD)
    if not found:
        return passages
    result: list[Passage] = []
    for passage in passages:
        if not passage.unknown or not any(line.number in found for line in passage.lines):
            result.append(passage)
            continue
        for piece in apart(passage, found):
            rule = found.get(piece.first)
            if rule:
                result.append(piece.decided(rule, PassageKind.DEBRIS, 0.9))
                decisions.append(decide(rule, piece, 0.9, "", "It returns at distances of about a page."))
            else:
                result.append(piece)
    return aside(result)


def apart(passage: Passage, found: dict[int, Rule]) -> Iterator[Passage]:
    """Cut single lines out of a passage."""
    run: list[Line] = []
    before = passage.before
    for line in passage.lines:
        if line.number in found:
            if run:
                yield replace(passage, lines=tuple(run), before=before)
                run, before = [], 0
            yield replace(passage, lines=(line,), before=before)
            before = 0
        else:
            run.append(line)
    if run:
        yield replace(passage, lines=tuple(run), before=before)


def aside(passages: Iterable[Passage]) -> Passages:
    """Move what pages left in the text to its end, so that the passages between which it stood are neighbours."""
    result: list[Passage] = []
    moved: list[Passage] = []
    torn = False
    for passage in passages:
        if passage.rule in {PAGE_NUMBER.code, RUNNING_HEAD.code}:
            moved.append(passage)
            torn = True
        else:
            result.append(replace(passage, before=1) if torn and passage.before < _OWN_SPACE else passage)
            torn = False
    return (*result, *moved)


def torn_apart(one: Passage, other: Passage) -> bool:
    """Tell whether lines are missing between two neighbours: the end of a page came between them."""
    return other.first - one.last - 1 > other.before


def _page_numbers(lines: list[Line]) -> dict[int, str]:
    """Return the lines that hold page numbers: a rising run of numbers, each about a page after the last."""
    candidates = [(index, line, int(found[1])) for index, line in enumerate(lines) if (found := _PAGE.match(line.text))]
    best: list[tuple[int, Line, int]] = []
    run: list[tuple[int, Line, int]] = []
    for index, line, value in candidates:
        if run and value <= run[-1][2]:
            continue
        if run and not (value - run[-1][2] <= 3 and 8 <= index - run[-1][0] <= 90 * (value - run[-1][2])):
            if len(run) > len(best):
                best = run
            run = []
        run.append((index, line, value))
    best = run if len(run) > len(best) else best
    if len(best) < 4 or len(best) < 0.6 * len(candidates):
        return {}
    steps = sorted((b[0] - a[0]) / (b[2] - a[2]) for a, b in pairwise(best))
    middle = steps[len(steps) // 2]
    even = sum(0.6 * middle <= step <= 1.6 * middle for step in steps) >= 0.7 * len(steps)
    torn = sum(bool(index) and lines[index - 1].words[-1:].isalpha() for index, _, _ in best)
    return {line.number: line.words for _, line, _ in best} if even and torn >= 0.15 * len(best) and middle >= 12 else {}


def _running_heads(lines: list[Line], numbered: set[int]) -> dict[int, str]:
    """Return short lines that come back with nothing changed but a number, next to page numbers or at even distances."""
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if 3 < len(line.words) < 70 and any(map(str.isalpha, line.words)):
            with_number = bool(re.match(r"^\d{1,4}\s{2,}\S|.*\S\s{2,}\d{1,4}$", line.words))
            places.setdefault(("#" if with_number else "") + key(_DIGITS.sub("", line.words)), []).append(index)
    found: dict[int, str] = {}
    for name, at in places.items():
        if len(at) < 4:
            continue
        near = sum(
            any(lines[other].number in numbered for other in (index - 1, index + 1) if 0 <= other < len(lines)) for index in at
        )
        gaps = Counter(min((b - a) // 8, 12) for a, b in pairwise(at))
        even = gaps.most_common(1)[0][1] > 0.6 * (len(at) - 1) and all(b - a > 12 for a, b in pairwise(at))
        if near > 0.6 * len(at) or (even and name.startswith("#")):
            found |= {lines[index].number: lines[index].words for index in at}
    return found
