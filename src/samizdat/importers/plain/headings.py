"""Headings: what is short, stands apart, is numbered or named like others of its kind, or is listed in the table of contents.

No single sign decides. Each adds to or takes from a sum, the ledger names the signs, and a style that comes back is believed more
than a line that is alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from samizdat.importers.plain import contents, levels
from samizdat.importers.plain.candidates import Candidate, apart, candidates_in
from samizdat.importers.plain.joining import clean, merged, next_index
from samizdat.importers.plain.numbering import Number, number
from samizdat.importers.plain.record import Decision, Decisions, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.series import (
    ENOUGH,
    below_headings,
    doubt_lonely,
    once_each,
    weigh_families,
    weigh_opening,
    weigh_series,
    weigh_stops,
    weigh_templates,
)
from samizdat.importers.plain.signs import entries_of, weigh
from samizdat.importers.plain.statements import Stated
from samizdat.importers.plain.titles import case, core, key, kind
from samizdat.problems import Rule, Severity

HALF_TITLE = Rule(
    "H59",
    Severity.ADVICE,
    "The title of the book again",
    "The title of the book is printed again before the first chapter. A half title is made anew, so the line is left out.",
)

_MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class Title:
    """What a heading says."""

    text: str
    number: Number | None = None


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find the headings and their levels."""
    decisions: list[Decision] = []
    result = list(_half_titles(apart(passages, rules), rules, decisions))
    candidates = candidates_in(result, study)
    entries = entries_of(result)
    for candidate in candidates:
        weigh(candidate, study, entries)
    weigh_templates(candidates)
    weigh_series(candidates)
    once_each(candidates, entries)
    weigh_opening(candidates, study)
    below_headings(candidates, study)
    weigh_stops(candidates, study)
    weigh_families(candidates, study)
    doubt_lonely(candidates, study)
    accepted = [each for each in candidates if each.score >= ENOUGH and rules.allow(each.rule)]
    accepted = merged(accepted, result, candidates, study, entries, rules, decisions)
    pinned = [
        Candidate(
            index,
            passage,
            passage.flowed,
            number(passage.flowed),
            case(passage.flowed),
            0,
            prose_before=True,
            prose_after=True,
            level=passage.level,
        )
        for index, passage in enumerate(result)
        if passage.kind is PassageKind.HEADING
    ]
    heads = sorted([*accepted, *pinned], key=lambda each: each.index)
    depth = levels.assign([_head(each, result, entries) for each in heads])
    for candidate, level in zip(heads, depth, strict=True):
        passage = result[candidate.index]
        given = candidate.level or level
        confidence = 1.0 if candidate.level else min(0.99, 0.5 + 0.08 * (candidate.score - ENOUGH))
        title = Title(clean(candidate.text), candidate.number)
        for index in range(candidate.index, candidate.index + candidate.merged + 1):
            if index > candidate.index and result[index].unknown:
                passage = replace(passage, lines=passage.lines + result[index].lines)
                result[index] = replace(result[index], lines=())
        rule = candidate.rule
        heading = passage.decided(rule, PassageKind.HEADING, confidence, level=given, data=title)
        result[candidate.index] = heading
        if not candidate.level:
            decisions.append(decide(rule, heading, confidence, f"{'#' * given} {title.text}", candidate.why))
    return tuple(passage for passage in result if passage.lines), tuple(decisions)


def _half_titles(passages: Iterable[Passage], rules: Rules, decisions: list[Decision]) -> Iterator[Passage]:
    """Take out the book's title where it is printed again before the text."""
    found = list(passages)
    titles = {
        key(value)
        for passage in found
        if isinstance(passage.data, Stated)
        for name, value in passage.data.fields
        if name == "title"
    } - {""}
    unknown = [index for index, passage in enumerate(found) if passage.unknown]
    inside = {*unknown[:6], *(first for first, second in pairwise(unknown) if _is_first(found[second]))}
    for index, passage in enumerate(found):
        if index in inside and key(passage.flowed) in titles and rules.allow(HALF_TITLE):
            decisions.append(decide(HALF_TITLE, passage, 0.9, "", "It says the same as the title of the book."))
            yield passage.decided(HALF_TITLE, PassageKind.METADATA, 0.9)
        else:
            yield passage


def _is_first(passage: Passage) -> bool:
    found = number(passage.flowed[:80])
    return bool(found and found.label and found.value == 1 and len(passage.flowed) < 100)


def _head(candidate: Candidate, result: list[Passage], entries: dict[str, list[contents.Entry]]) -> levels.Head:
    """Say what matters for a heading's level."""
    last = candidate.index + candidate.merged
    following = next_index(result, last)
    listed = entries.get(key(candidate.text), []) or entries.get(core(candidate.text), []) if candidate.listed else []
    found = candidate.number
    return levels.Head(
        family=candidate.family,
        label=found.label if found else "",
        style=found.style if found else "",
        value=found.value if found and found.marked else 0,
        depth=found.depth if found else 1,
        case=candidate.case,
        before=candidate.before,
        line=candidate.passage.first,
        next_line=result[following].first if following < len(result) else 0,
        index=candidate.index,
        following=following,
        listed=candidate.listed,
        indent=listed[0].indent if listed else -1,
        entry=_entry_style(listed[0]) if listed else "",
        kind=kind(candidate.text),
    )


def _entry_style(entry: contents.Entry) -> str:
    found = number(entry.title)
    if found and (found.label or found.style == "decimal"):
        return ""
    return f"toc/{bool(found and found.marked)}/{case(entry.title) == 'upper'}/{entry.indent // 3}"
