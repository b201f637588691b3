"""What a person said of some lines comes before all passes: they are made what they are said to be, whatever they look like."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import groupby

from samizdat.importers.plain import contents, definitions, drama, letters, lists
from samizdat.importers.plain.inlines import CALL, END
from samizdat.importers.plain.notelabels import body_label, calls
from samizdat.importers.plain.passages import joined
from samizdat.importers.plain.record import PINNED, Decision, Decisions, Line, Passage, PassageKind, Passages, decide
from samizdat.importers.plain.rules import Pin, Rules
from samizdat.importers.plain.statements import Stated, people, titled

_EACH = frozenset({PassageKind.PARAGRAPH, PassageKind.BREAK})
"""Kinds of which each run of lines without a blank one is another."""
_MAKERS: Mapping[PassageKind, Callable[[Passage], Passage]] = {
    PassageKind.DEFINITIONS: definitions.pinned,
    PassageKind.DRAMA: drama.pinned,
    PassageKind.STAGE: drama.pinned,
    PassageKind.LETTER: letters.pinned,
    PassageKind.CONTENTS: contents.pinned,
}
_LABEL = re.compile(r"\s*[^\W\d_][\w ]{1,18}:\s+(?=\S)")
_BY = re.compile(r"\s*(?:by|von|par|por|di|de|door|av|af)\s+(?=\S)", re.IGNORECASE)


def pinned(passages: Passages, rules: Rules) -> tuple[Passages, Decisions]:
    """Take the word of a person for what lines are."""
    if not rules.pins:
        return passages, ()
    last = passages[-1].last if passages else 0
    pins = {number: pin for pin in rules.pins for number in range(pin.first, min(pin.last, last) + 1)}
    pieces: list[tuple[Passage, Pin | None]] = []
    # Pins are compared by where they are stated, too: two that say the same of neighbouring lines are still two.
    for pin, group in groupby(_cut(passages, pins), key=lambda piece: pins.get(piece.first)):
        pieces += [(piece, pin) for piece in ((joined(group),) if pin and pin.kind not in _EACH else group)]
    decisions: list[Decision] = []
    # Notes go first: their calls are marked in lines that other pins may divide.
    for number, (_, pin) in enumerate(pieces):
        if pin and pin.kind is PassageKind.NOTE:
            pieces[number] = (_note(pieces, number, pin, decisions), pin)
    for number, (piece, pin) in enumerate(pieces):
        if pin and pin.kind is not PassageKind.NOTE:
            pieces[number] = (_made(piece, pin, decisions), pin)
    return tuple(piece for piece, _ in pieces), tuple(decisions)


def _cut(passages: Passages, pins: Mapping[int, Pin]) -> Passages:
    """Cut passages where a pin begins or ends."""
    pieces: list[Passage] = []
    for passage in passages:
        before = passage.before
        for _, run in groupby(passage.lines, key=lambda line: pins.get(line.number)):
            pieces.append(replace(passage, lines=tuple(run), before=before))
            before = 0
    return tuple(pieces)


def _made(piece: Passage, pin: Pin, decisions: list[Decision]) -> Passage:
    """Make of lines what a pin says."""
    after, taken = pin.kind.value + (f" of level {pin.level}" if pin.level else ""), ""
    piece = piece.decided(PINNED, pin.kind, 1.0, level=pin.level)
    made = piece
    if pin.kind is PassageKind.LIST:
        made, taken = lists.pinned(piece)
    elif pin.kind is PassageKind.BREAK:
        taken = piece.text
    elif pin.says:
        made = replace(piece, data=Stated(_stated(piece.flowed, pin.says)))
        after = f"{pin.says}: {piece.flowed}"
    elif pin.kind in _MAKERS:
        made = _MAKERS[pin.kind](piece)
    decisions.append(replace(decide(PINNED, piece, 1.0, after, _why(pin)), taken=taken))
    return made


def _why(pin: Pin) -> str:
    return f"The rules file says so of {pin.where}."


def _note(pieces: list[tuple[Passage, Pin | None]], number: int, pin: Pin, decisions: list[Decision]) -> Passage:
    """Make the body of a note, and mark its call; a body that is called nowhere stays in the text."""
    piece = pieces[number][0].decided(PINNED, PassageKind.NOTE, 1.0, data=f"p{pieces[number][0].first}")
    first, *rest = piece.lines
    label = body_label(first.text)
    found = _called(pieces[:number], label.value if label else "", pin.call)
    if found is None:
        why = f"{_why(pin)} No call was found, so that it stays in the text."
        decisions.append(decide(PINNED, piece, 1.0, "a note that nothing calls", why))
        return piece
    at, row, start, end = found
    called, of_call = pieces[at]
    line = called.lines[row]
    marked = replace(line, text=f"{line.text[:start].rstrip()}{CALL}{piece.data}{END}{line.text[end:]}")
    pieces[at] = replace(called, lines=(*called.lines[:row], marked, *called.lines[row + 1 :])), of_call
    mark = first.text[label.start : label.end].strip() if label else ""
    why = f"{_why(pin)} It is called in line {line.number}."
    taken = f"{mark} {line.text[start:end]}"
    decisions.append(replace(decide(PINNED, piece, 1.0, "a note", why), taken=taken))
    head = Line(first.number, first.text[label.end :] if label else first.text)
    lines = (head, *rest) if head.words else tuple(rest)
    return replace(piece, lines=lines) if any(each.words for each in lines) else piece


def _called(pieces: list[tuple[Passage, Pin | None]], label: str, wanted: int) -> tuple[int, int, int, int] | None:
    """Find a note's call, as passage, row, start and end: the nearest with its label, or the end of the line that is named."""
    for at in reversed(range(len(pieces))):
        for row, line in reversed(tuple(enumerate(pieces[at][0].lines))):
            if not line.words or (wanted and line.number != wanted):
                continue
            found = [call for call in calls(line.text) if label and call.value == label]
            if found:
                return at, row, found[-1].start, found[-1].end
            if wanted:
                return at, row, len(line.text), len(line.text)
    return None


def _stated(text: str, says: str) -> tuple[tuple[str, str], ...]:
    """Return what lines state, without the name of the field or the “by” before it."""
    value = _LABEL.sub("", text, count=1) if _LABEL.match(text) and says != "title" else text
    if says == "title":
        return tuple(titled(value))
    if says in {"author", "translator", "editor", "illustrator"}:
        return tuple((says, name) for name in people(_BY.sub("", value, count=1)))
    return ((says, value),)
