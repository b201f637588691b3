"""Notes: the bodies, wherever they stand, and their calls in the running text, found together and linked.

Neither a label nor a call says much alone; that they answer one another, in the same order, makes them notes. The call becomes a
mark in its line, from which `inlines` makes a NoteRef; the body becomes a passage of the kind NOTE with the note's key as data.
What finds no partner stays where it is, and is reported.
"""

import re
from dataclasses import dataclass, replace

from samizdat.importers.plain import quotes, verse
from samizdat.importers.plain.habits import Habits, ends_sentence, habits
from samizdat.importers.plain.inlines import CALL, END
from samizdat.importers.plain.notelabels import Label, Shape, body_label, calls, is_heading
from samizdat.importers.plain.notelinks import Found, Links, Place, link
from samizdat.importers.plain.notesinside import lifted
from samizdat.importers.plain.passages import joined, pieces
from samizdat.importers.plain.record import Decision, Decisions, Line, Passage, PassageKind, Passages, Study, decide, excerpt
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Blocks
from samizdat.problems import Rule, Severity

BODY = Rule(
    "N51",
    Severity.ADVICE,
    "The body of a note",
    "A passage begins with a label such as [1], {1}, 1., * or “Footnote 1:”, and the same label is called in the text before it."
    " Calls and bodies are lined up in their order; where numbers begin again in each chapter, or marks repeat, the nearest is"
    " taken. The passage leaves the text and becomes a note at the place of its call.",
)
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
HEADING = Rule(
    "N55",
    Severity.ADVICE,
    "A heading over notes",
    "“Footnotes” or “Notes” in a line of its own, and under it nothing but notes that went to their calls. It is left out.",
)

_SURE = {
    Shape.NAMED: 0.98, Shape.BRACKET: 0.97, Shape.BRACE: 0.97, Shape.RAISED: 0.95, Shape.CARET: 0.9,
    Shape.MARK: 0.85, Shape.PAREN: 0.85, Shape.DOT: 0.9, Shape.NUMBER: 0.75,
}  # fmt: skip
_MOST_AFTER = 8
"""Passages that may follow the last note of a section and belong to it."""
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]_*]*$")


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
    if links:
        passages, found_bodies = _taken(_marked(parted, links), bodies, links, headed, study, rules)
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
        if one is not None and one.shape is label.shape and _follows(last.value, one.value):
            starts.append(number)
            last = one
    return starts if len(starts) > 1 else []


def _follows(value: str, following: str) -> bool:
    if value.isdecimal() and following.isdecimal():
        return int(following) in {int(value) + 1, 1}
    if value.isalnum():
        return len(value) == len(following) == 1 and ord(following) == ord(value) + 1
    return not following.isalnum()


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
    changes: dict[Place, list[tuple[Label, str]]] = {}
    for number, call in enumerate(sorted(links.values(), key=lambda found: found.order), start=1):
        changes.setdefault(call.place, []).append((call.label, str(number)))
    result = list(passages)
    for (number, row), labels in changes.items():
        lines = list(result[number].lines)
        text = lines[row].text
        for label, name in reversed(labels):
            text = f"{text[: label.start].rstrip()}{CALL}{name}{END}{text[label.end :]}"
        lines[row] = replace(lines[row], text=text)
        result[number] = replace(result[number], lines=tuple(lines))
    return tuple(result)


@dataclass(frozen=True, slots=True)
class _Body:
    """A body that is linked: its key, its call, its label."""

    key: str
    call: Found
    label: Label


def _taken(
    passages: Passages, bodies: list[Found], links: Links, headed: frozenset[Place], study: Study, rules: Rules
) -> tuple[Passages, list[Decision]]:
    """Make notes of the bodies, with the passages that belong to them, and leave out headings over nothing but notes."""
    order = {call.order: str(number) for number, call in enumerate(sorted(links.values(), key=lambda found: found.order), start=1)}
    linked = {body.place[0]: _Body(order[links[body.place].order], links[body.place], body.label) for body in bodies if body.place in links}
    labelled = {body.place[0] for body in bodies}
    habit = habits(passages, study)
    decisions: list[Decision] = []
    result: list[Passage] = []
    number = 0
    while number < len(passages):
        passage = passages[number]
        if number in linked:
            end = _end(passages, number, linked, labelled, section=study.wrapped and (number, 0) in headed)
            note, found = _note(passages[number:end], linked[number], habit, rules, passages)
            result.append(note)
            decisions += found
            number = end
        else:
            result.append(passage)
            number += 1
    result, found = _without_headings(result, rules)
    return tuple(result), decisions + found


def _end(passages: Passages, start: int, linked: dict[int, _Body], labelled: set[int], *, section: bool) -> int:
    """Find where the body of a note ends: at the next note of a run, or where it is complete."""
    following = next((at for at in range(start + 1, min(start + 40, len(passages))) if at in labelled or not passages[at].unknown), -1)
    if following > start + 1 and following in linked and _counts_on(linked[start].label.value, linked[following].label.value):
        between = passages[start + 1 : following]
        called_before = linked[following].call.order < (start, 0, 0)
        if called_before and all(one.before <= 3 and not _like_heading(one) for one in between):
            return following
    end = start + 1
    if linked[start].label.shape is Shape.NAMED and passages[start].lines[0].words.startswith("["):
        return _closed(passages, start, labelled)
    rest = _rest(passages, end, labelled)
    if section and len(rest) <= _MOST_AFTER and not any(map(_like_heading, rest)):
        return end + len(rest)
    indent = min(line.indent for line in passages[start].lines[1:] or passages[start].lines)
    for body in rest:
        hanging = indent >= 2 and min(line.indent for line in body.lines) >= indent
        torn = not _SENTENCE_END.search(passages[end - 1].lines[-1].words) and body.lines[0].words[:1].islower()
        if not (hanging or torn):
            break
        end += 1
    return end


def _rest(passages: Passages, start: int, labelled: set[int]) -> Passages:
    """Return what stands before the next label or wide gap."""
    end = start
    while end < len(passages) and end - start <= _MOST_AFTER:
        if end in labelled or not passages[end].unknown or passages[end].before > 2 or is_heading(passages[end].flowed):
            break
        end += 1
    return passages[start:end]


def _closed(passages: Passages, start: int, labelled: set[int]) -> int:
    """Find the end of a body that stands in brackets."""
    depth = 0
    for number in range(start, min(start + 40, len(passages))):
        if number > start and (number in labelled or not passages[number].unknown):
            break
        text = passages[number].text
        depth += text.count("[") - text.count("]")
        if depth <= 0:
            return number + 1
    return start + 1


def _note(
    body: Passages, what: _Body, habit: Habits, rules: Rules, passages: Passages
) -> tuple[Passage, list[Decision]]:
    first = body[0].lines[0]
    label = first.text[what.label.start : what.label.end]
    text = first.text[what.label.end :]
    bracket = label.strip().startswith("[") and "]" not in label
    lines = (Line(first.number, " " * first.indent + text if text.strip() else ""), *body[0].lines[1:])
    if not lines[0].words:
        lines = lines[1:] or (Line(first.number, ""),)
    body = (replace(body[0], lines=lines), *body[1:])
    if bracket and body[-1].lines[-1].words.endswith("]"):
        last = body[-1].lines[-1]
        body = (*body[:-1], replace(body[-1], lines=(*body[-1].lines[:-1], Line(last.number, last.text.rstrip()[:-1]))))
    whole = joined(body)
    at = what.call
    line = passages[at.place[0]].lines[at.place[1]].number
    why = f"it begins with “{label.strip()}”, which is called in line {line}"
    sure = _SURE[what.label.shape] if at.label.shape is not Shape.NUMBER else 0.7
    taken = f"{label.strip()} {at.label.value}"
    decision = decide(BODY, whole, sure, f"note {what.key}: {whole.flowed}", why, taken)
    parts: Passages = ()
    decisions: Decisions = ()
    if len(whole.lines) > 2:
        parts, decisions = _judged(whole, habit, rules)
    return whole.decided(BODY, PassageKind.NOTE, sure, data=what.key, parts=parts), [decision, *decisions]


def _judged(whole: Passage, habit: Habits, rules: Rules) -> tuple[Passages, Decisions]:
    """Find the verse and the quotations in a note; a note without any has no parts."""
    parts = tuple(replace(piece, kind=PassageKind.UNKNOWN, data=None) for piece in pieces(whole))
    first = min((line.indent for line in parts[0].lines), default=0)
    parts = tuple(replace(part, lines=tuple(Line(line.number, line.text[min(first, line.indent) :]) for line in part.lines)) for part in parts)
    habit = replace(habit, base=0)
    parts, in_verse = verse.found(parts, habit, rules, 0.0)
    parts, in_quotes = quotes.found_in(parts, habit, rules)
    return (parts, in_verse + in_quotes) if any(not part.unknown for part in parts) else ((), ())


def _without_headings(passages: list[Passage], rules: Rules) -> tuple[list[Passage], list[Decision]]:
    """Leave out headings over nothing but notes, and those of chapters among the notes."""
    decisions: list[Decision] = []
    below = False
    for number in reversed(range(len(passages) if rules.allow(HEADING) else 0)):
        one = passages[number]
        if one.kind is PassageKind.NOTE:
            below = True
            continue
        above = passages[number - 1] if number else None
        among = above is not None and (above.kind is PassageKind.NOTE or is_heading(above.flowed)) and _like_heading(one)
        below = below and one.unknown and (is_heading(one.flowed) or among)
        if below:
            passages[number] = one.decided(HEADING, PassageKind.DEBRIS, 0.95 if is_heading(one.flowed) else 0.8)
            why = "under it stand only notes, which go where they are called"
            decisions.append(decide(HEADING, one, passages[number].confidence, "left out", why))
    return passages, decisions


def _like_heading(one: Passage) -> bool:
    """Tell whether a passage is short, at the margin and no sentence."""
    text = one.flowed
    return is_heading(text) or (len(text) < 60 and not ends_sentence(text) and body_label(text) is None)


def _counts_on(value: str, following: str) -> bool:
    return _follows(value, following) and following != "1"


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
