"""Notes: the bodies, wherever they stand, and their calls in the running text, found together and linked.

Neither a label nor a call says much alone; that they answer one another, in the same order, makes them notes. The call becomes a
mark in its line, from which `inlines` makes a NoteRef; the body becomes a passage of the kind NOTE with the note's key as data.
What finds no partner stays where it is, and is reported.
"""

import re
from collections import defaultdict
from dataclasses import replace

from samizdat.importers.plain import quotes
from samizdat.importers.plain.inlines import CALL, END
from samizdat.importers.plain.notebodies import BODY, taken
from samizdat.importers.plain.notelabels import Label, Shape, body_label, calls, follows, is_heading
from samizdat.importers.plain.notelinks import Found, Links, Place, link
from samizdat.importers.plain.notesinside import lifted
from samizdat.importers.plain.record import Decision, Decisions, Line, Passage, Passages, Study, excerpt
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Blocks
from samizdat.problems import Rule, Severity

INSIDE = Rule(
    "N52",
    Severity.ADVICE,
    "A note in brackets in the text itself",
    "“[Footnote: …]” stands in the middle of the text or after the paragraph. It becomes a note called at that place.",
)
UNCALLED = Rule(
    "N53",
    Severity.ADVICE,
    "A note that nothing calls",
    "A passage among notes has a label that is not called anywhere. It stays in the text as a paragraph, with its label.",
)
UNANSWERED = Rule(
    "N54",
    Severity.ADVICE,
    "A call without a note",
    "A mark in the text looks like the calls of this book's notes, but there is no body for it. It stays in the text.",
)


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find the notes, link them with their calls and take their bodies out of the text."""
    decisions: list[Decision] = []
    if rules.allow(INSIDE):
        passages, found = lifted(passages, INSIDE)
        decisions += found
    if not rules.allow(BODY):
        return passages, tuple(decisions)
    parted = _parted(passages)
    bodies, called = _bodies(parted), _calls(parted)
    headed = _headed(parted, bodies)
    links = link(bodies, called, headed)
    answered = {place[0] for place in links}
    links = {place: call for place, call in links.items() if call.place[0] not in answered}  # a note has no notes
    if links:
        passages, found_bodies = taken(_marked(parted, links), bodies, links, headed, study, rules)
        decisions += found_bodies
        decisions += _lonely(parted, bodies, called, links, rules)
    return passages, tuple(decisions)


def blocks(passage: Passage, study: Study) -> Blocks:
    """Return the body of a note."""
    return quotes.inner(passage, study)


def key(passage: Passage) -> str:
    """Return the key of the note whose body a passage is."""
    return str(passage.data)


def without_calls(text: str) -> str:
    """Return a text without the marks of its calls."""
    return re.sub(f"{CALL}[^{END}]*{END}", "", text)


def _parted(passages: Passages) -> Passages:
    """Divide passages of which each line, or every few lines, begins the body of another note; cut off a heading over them."""
    result: list[Passage] = []
    for passage in passages:
        if not passage.unknown:
            result.append(passage)
            continue
        starts = _starts(passage)
        if not starts:
            result.append(passage)
            continue
        ends = [*starts[1:], len(passage.lines)]
        for start, end in zip(starts, ends, strict=True):
            result.append(replace(passage, lines=passage.lines[start:end], before=passage.before if start == 0 else 0))
    return tuple(result)


def _starts(passage: Passage) -> list[int]:
    lines = passage.lines
    first = 1 if len(lines) > 1 and is_heading(lines[0].words) else 0
    label = body_label(lines[first].text)
    if label is None:
        return []
    starts = [0, 1] if first else [0]
    last = label
    for number in range(first + 1, len(lines)):
        one = body_label(lines[number].text)
        if one is not None and one.shape is label.shape and follows(last.value, one.value):
            starts.append(number)
            last = one
    return starts if len(starts) > 1 else []


def _bodies(passages: Passages) -> list[Found]:
    found = []
    for number, passage in enumerate(passages):
        if passage.unknown and (label := body_label(passage.lines[0].text)):
            found.append(Found((number, 0), label))
    return found


def _calls(passages: Passages) -> list[Found]:
    found = []
    for number, passage in enumerate(passages):
        if not passage.unknown:
            continue
        for row, line in enumerate(passage.lines):
            label = body_label(line.text) if row == 0 else None
            found += [Found((number, row), call) for call in calls(line.text) if label is None or call.start >= label.end]
    return found


def _headed(passages: Passages, bodies: list[Found]) -> frozenset[Place]:
    """Return the bodies that stand under a heading of notes, before anything that begins after a wide gap."""
    places = {body.place for body in bodies}
    headed = set()
    under = False
    for number, passage in enumerate(passages):
        if not passage.unknown or is_heading(passage.flowed):
            under = passage.unknown
        elif (number, 0) in places:
            if under:
                headed.add((number, 0))
        elif passage.before > 3:
            under = False
    return frozenset(headed)


def _marked(passages: Passages, links: Links) -> Passages:
    """Put a mark with the note's key in the place of each call, numbered in the order of the text."""
    changes: defaultdict[int, defaultdict[int, list[tuple[Label, str]]]] = defaultdict(lambda: defaultdict(list))
    for key, call in enumerate(sorted(links.values(), key=lambda found: found.order), start=1):
        number, row = call.place
        changes[number][row].append((call.label, str(key)))
    result = list(passages)
    for number, rows in changes.items():
        lines = tuple(_with_marks(line, rows[row]) if row in rows else line for row, line in enumerate(result[number].lines))
        result[number] = replace(result[number], lines=lines)
    return tuple(result)


def _with_marks(line: Line, calls: list[tuple[Label, str]]) -> Line:
    """Put marks with the keys of notes in the place of the calls in a line."""
    parts, end = [], 0
    for label, key in calls:
        parts += [line.text[end : label.start].rstrip(), f"{CALL}{key}{END}"]
        end = label.end
    return replace(line, text="".join((*parts, line.text[end:])))


def _lonely(passages: Passages, bodies: list[Found], called: list[Found], links: Links, rules: Rules) -> list[Decision]:
    """Report labels and calls that look like those of this book's notes and found no partner."""
    shapes = {body.label.shape for body in bodies if body.place in links} - {Shape.DOT, Shape.NUMBER, Shape.MARK, Shape.PAREN}
    answers = {call.label.shape for call in links.values()} - {Shape.NUMBER, Shape.MARK, Shape.PAREN}
    used = {call.order for call in links.values()}
    decisions = []
    if rules.allow(UNCALLED):
        alone = [body for body in bodies if body.place not in links and body.label.shape in shapes]
        decisions += [_alone(UNCALLED, body, passages, "is called nowhere before it") for body in alone]
    if rules.allow(UNANSWERED):
        alone = [call for call in called if call.order not in used and call.label.shape in answers]
        decisions += [_alone(UNANSWERED, call, passages, "has no body after it") for call in alone]
    return decisions


def _alone(rule: Rule, one: Found, passages: Passages, what: str) -> Decision:
    line = passages[one.place[0]].lines[one.place[1]]
    words = excerpt(line.words)
    return Decision(rule.code, 0.6, line.number, line.number, words, words, f"“{one.label.value}” {what}")
