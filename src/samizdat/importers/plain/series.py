"""What speaks for several headings together: numbers that count up, words that return, a style that comes back."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from samizdat.importers.plain import contents
from samizdat.importers.plain.candidates import UNMARKED, Candidate
from samizdat.importers.plain.dates import names_month
from samizdat.importers.plain.numbering import Number, template
from samizdat.importers.plain.record import Study
from samizdat.importers.plain.signs import BETWEEN, CAPITALS, LABELLED, between
from samizdat.importers.plain.solid import CLOSE
from samizdat.importers.plain.titles import core, key, kind

ENOUGH = 4.0
_SERIES = 4
_APART = 2.5
_SLIP = 2
"""Letters by which a misprinted label may be longer or shorter."""
_MISPRINTED = 2.5
_FARTHEST = 100
"""How many short lines after the one before it a misprinted one is looked for among."""
_MANY = 8
_LONELY = 2
_WITH_TITLE = 2
"""How many passages a number and its title are."""
_MOSTLY = 0.5
_FEW_OPEN = 0.1
"""The share of short lines without a stop up to which lacking one is rare."""


def weigh_templates(candidates: list[Candidate]) -> None:
    """Take the same words with numbers that count up for headings, in any language."""
    series: defaultdict[str, list[tuple[Candidate, int]]] = defaultdict(list)
    for candidate in candidates:
        words, value = template(candidate.text) if not candidate.number or not candidate.number.label else ("", 0)
        if words and not names_month(words):
            series[words].append((candidate, value))
    for members in series.values():
        run: list[Candidate] = []
        last = 0
        for candidate, value in members:
            if last < value <= last + 3:
                if run and value == last + 2:
                    run += _misprinted(candidates, run, candidate, Number("", "template", value, "", marked=True))
                run.append(candidate)
                last = value
        close = sum(b.index - a.index == 1 for a, b in pairwise(run))
        if len(run) < _SERIES or close > 0.3 * len(run):
            continue
        for place, candidate in enumerate(run, start=1):
            candidate.number = Number("", "template", place, "", marked=True)
            candidate.rule = LABELLED
            candidate.add(6.0, "has the same words as others, with a number that counts up")


def _place(candidate: Candidate) -> int:
    return candidate.index


def _misprinted(candidates: list[Candidate], run: list[Candidate], following: Candidate, found: Number) -> list[Candidate]:
    """Return the one that a series leaves out, if a line in its place has the number, and other words by a slip."""
    wanted = template(following.text)[1] - 1
    start = bisect_right(candidates, run[-1].index, key=_place)
    end = bisect_left(candidates, following.index, key=_place)
    for each in candidates[start : min(end, start + _FARTHEST)]:
        slip = abs(len(each.text) - len(following.text)) <= _SLIP
        if slip and not each.numbered and wanted > 0 and template(each.text)[1] == wanted:
            each.number, each.rule = replace(found, value=found.value - 1), LABELLED
            each.add(_MISPRINTED, "has the number that a series leaves out there")
            return [each]
    return []


def weigh_opening(candidates: list[Candidate], study: Study) -> None:
    """Let the short line right above the first text be its heading, where headings with numbers follow, whatever its language."""
    numbered = [each for each in candidates if each.score >= ENOUGH and each.numbered]
    if not study.even or len(numbered) < _SERIES:
        return
    opening = [each for each in candidates if each.opening and each.index < numbered[0].index]
    if opening:
        candidate = min(opening, key=lambda each: len(each.text))
        given = between(study) if BETWEEN in candidate.signs else 0.0
        candidate.add(_APART - given, "stands right above the first text")


def weigh_stops(candidates: list[Candidate], study: Study) -> None:
    """Believe a title between paragraphs more where nearly every other short line is a sentence that ends with a stop."""
    open_ones = [each for each in candidates if each.text.rstrip(" _*=")[-1:].isalnum()]
    if not study.even or len(open_ones) > _FEW_OPEN * len(candidates):
        return
    for candidate in open_ones:
        words = len(candidate.text.split())
        if words > 1 and candidate.case == "title" and BETWEEN in candidate.signs and not candidate.numbered:
            candidate.add(1.0, "lacks the stop that nearly all short lines have")


def doubt_lonely(candidates: list[Candidate], study: Study) -> None:
    """Believe a line less that is the only one of its kind among many headings with numbers: a sentence may begin on it."""
    numbered = sum(each.score >= ENOUGH and each.numbered for each in candidates)
    unmarked = [each for each in candidates if each.score >= ENOUGH and not each.numbered]
    if not study.even or numbered < _MANY or len(unmarked) > _LONELY:
        return
    for candidate in unmarked:
        if not (candidate.opening or candidate.listed or kind(candidate.text)) and candidate.rule in {UNMARKED, CAPITALS}:
            candidate.add(-1.5, "")


def once_each(candidates: list[Candidate], entries: dict[str, list[contents.Entry]]) -> None:
    """Let an entry of the table of contents stand for one heading: the best of those that say the same."""
    same: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.listed:
            same[core(candidate.text)].append(candidate)
    for name, members in same.items():
        most = max(
            (len(found) for other in {name, *(key(each.text) for each in members)} if (found := entries.get(other))), default=1
        )
        for candidate in sorted(members, key=lambda each: -each.score)[most:]:
            candidate.add(-4, "")
            candidate.listed = False


def below_headings(candidates: list[Candidate], study: Study) -> None:
    """Let a heading stand right below another that is sure."""
    sure = {
        candidate.index
        for candidate in candidates
        if candidate.score >= ENOUGH - 0.5 and candidate.number and candidate.number.marked
    }
    for candidate in candidates:
        if candidate.index - 1 in sure and candidate.prose_after and study.even and not candidate.prose_before:
            candidate.add(1.5, "stands between a heading and its text")
        elif candidate.index + 1 in sure and not candidate.prose_after:
            candidate.prose_after = True
            candidate.add(1.0, "stands above a number")


def weigh_series(candidates: list[Candidate]) -> None:
    """Numbers that count up are headings; numbers that follow one another without text between are a list."""
    series: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        found = candidate.number
        if found and found.marked:
            series[f"{found.label}/{_same(found.style)}/{bool(found.title)}"].append(candidate)
    for members in series.values():
        parts = _parts(members)
        _weigh_runs(parts, candidates)
        _weigh_runs([each for each in members if each not in parts], candidates)


def _parts(members: list[Candidate]) -> list[Candidate]:
    """Return the numbers of parts: each stands, with its title, right above a first chapter that is numbered in the same way."""
    above = [one for one, other in pairwise(members) if _value(other) == 1 and other.index <= one.index + _WITH_TITLE]
    return above if len(above) > 1 and [_value(each) for each in above] == list(range(1, len(above) + 1)) else []


def _weigh_runs(members: list[Candidate], candidates: list[Candidate]) -> None:
    run: list[Candidate] = []
    for candidate in members:
        value = _value(candidate)
        if run and candidate.number and value == _value(run[-1]) + 2:
            run += _misprinted(candidates, run, candidate, candidate.number)
        if not run or value == _value(run[-1]) + 1:
            run.append(candidate)
        elif value == _value(run[-1]):
            run[-1] = max(run[-1], candidate, key=lambda each: each.score)
        else:
            _weigh_run(run)
            run = [candidate]
    if run:
        _weigh_run(run)


def _value(candidate: Candidate) -> int:
    return candidate.number.value if candidate.number else 0


def _same(style: str) -> str:
    return style if style in {"roman", "arabic", "small-roman", "word", "decimal"} else "alpha"


def _weigh_run(run: list[Candidate]) -> None:
    found = run[0].number
    if not found:
        return
    if len(run) == 1:
        if not found.label and not found.title:
            run[0].add(-1, "")
        return
    close = sum(b.index - a.index == 1 for a, b in pairwise(run))
    if close >= 0.6 * (len(run) - 1):
        for candidate in run:
            candidate.add(-3 if not candidate.listed else 0, "")
        return
    points = 2.5 if found.value == 1 else 1.5
    for candidate in run:
        candidate.add(points, f"is one of {len(run)} that count up")


def _sign(members: list[Candidate]) -> None:
    """Take what mostly stands below something set in for the names of those whose verse or words that is."""
    short = [each for each in members if each.score > 1 and not each.numbered and not each.listed]
    names = [each for each in short if each.after_inset]
    if len(names) > max(2, _MOSTLY * len(short)):
        for candidate in names:
            candidate.add(-3.0, "")


def weigh_families(candidates: list[Candidate], study: Study) -> None:
    """Believe a style more that comes back at some distance."""
    families: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        found = candidate.number
        indent = candidate.passage.lines[0].indent
        place = "centre" if indent > 12 else "in" if indent > 1 else "left"
        name = f"{found.label}/{_same(found.style)}/{bool(found.title)}" if found and found.marked else ""
        close = candidate.passage.data == CLOSE
        look = "close" if close else "title" if candidate.case == "sentence" and study.even else candidate.case
        marked = "em" if candidate.text.startswith(("_", "*", "=")) else ""
        candidate.family = name or f"{look}/{place}/{marked}/{min(candidate.before, 6) if not study.even else 0}"
        families[candidate.family].append(candidate)
    for members in families.values():
        _sign(members)
        good = [each for each in members if each.score >= ENOUGH - 1.5]
        if len(good) < 3:
            continue
        apart = sum(b.passage.first - a.passage.last > 4 for a, b in pairwise(good))
        if apart < 0.6 * (len(good) - 1) or len(good) < 0.4 * sum(each.score > 1 for each in members):
            continue
        spaced = (
            study.even
            or good[0].passage.data == CLOSE
            or sum(each.before > study.gap for each in good) > 0.7 * len(good)
            or bool(good[0].number)
        )
        for candidate in good:
            if spaced:
                candidate.add(1.0, f"is one of {len(good)} in the same style")
