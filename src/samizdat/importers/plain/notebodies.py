"""The bodies of linked notes: where each ends, what is in it, and the headings over them that are left with nothing."""

import re
from dataclasses import dataclass, replace

from samizdat.importers.plain import quotes, verse
from samizdat.importers.plain.cases import is_small
from samizdat.importers.plain.habits import Habits, ends_sentence, habits
from samizdat.importers.plain.inlines import CALL
from samizdat.importers.plain.notelabels import Label, Shape, body_label, counts_on, is_heading
from samizdat.importers.plain.notelinks import Found, Links, Place
from samizdat.importers.plain.passages import joined, pieces
from samizdat.importers.plain.record import Decision, Decisions, Line, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.problems import Rule, Severity

BODY = Rule(
    "N51",
    Severity.ADVICE,
    "The body of a note",
    "A passage begins with a label such as [1], {1}, 1., * or “Footnote 1:”, and the same label is called in the text before it."
    " Calls and bodies are lined up in their order; where numbers begin again in each chapter, or marks repeat, the nearest is"
    " taken. The passage leaves the text and becomes a note at the place of its call.",
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


@dataclass(frozen=True, slots=True)
class _Body:
    """A body that is linked: its key, its call, its label."""

    key: str
    call: Found
    label: Label


def taken(
    passages: Passages, bodies: list[Found], links: Links, headed: frozenset[Place], study: Study, rules: Rules
) -> tuple[Passages, list[Decision]]:
    """Make notes of the bodies, with the passages that belong to them, and leave out headings over nothing but notes."""
    order = {
        call.order: str(number) for number, call in enumerate(sorted(links.values(), key=lambda found: found.order), start=1)
    }
    linked = {
        body.place[0]: _Body(order[links[body.place].order], links[body.place], body.label)
        for body in bodies
        if body.place in links
    }
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
    following = next(
        (at for at in range(start + 1, min(start + 40, len(passages))) if at in labelled or not passages[at].unknown), -1
    )
    if following > start + 1 and following in linked and counts_on(linked[start].label.value, linked[following].label.value):
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
        torn = not _SENTENCE_END.search(passages[end - 1].lines[-1].words) and is_small(body.lines[0].words[:1])
        if not (hanging or torn):
            break
        end += 1
    return end


def _rest(passages: Passages, start: int, labelled: set[int]) -> Passages:
    """Return what stands before the next label or wide gap."""
    end = start
    while end < len(passages) and end - start <= _MOST_AFTER:
        one = passages[end]
        if end in labelled or not one.unknown or one.before > 2 or is_heading(one.flowed) or CALL in one.text:
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


def _note(body: Passages, what: _Body, habit: Habits, rules: Rules, passages: Passages) -> tuple[Passage, list[Decision]]:
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
    taken = f"{label.strip()} {at.label.word}{at.label.value}"
    decision = decide(BODY, whole, sure, f"note {what.key}: {whole.flowed}", why, taken, given=at.label.word)
    parts: Passages = ()
    decisions: Decisions = ()
    if len(whole.lines) > 2:
        parts, decisions = _judged(whole, habit, rules)
    return whole.decided(BODY, PassageKind.NOTE, sure, data=what.key, parts=parts), [decision, *decisions]


def _judged(whole: Passage, habit: Habits, rules: Rules) -> tuple[Passages, Decisions]:
    """Find the verse and the quotations in a note; a note without any has no parts."""
    parts = tuple(replace(piece, kind=PassageKind.UNKNOWN, data=None) for piece in pieces(whole))
    first = min((line.indent for line in parts[0].lines), default=0)
    parts = tuple(
        replace(part, lines=tuple(Line(line.number, line.text[min(first, line.indent) :]) for line in part.lines))
        for part in parts
    )
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
