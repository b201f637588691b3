"""Notes that stand in brackets in the text itself: [Footnote: …]."""

from dataclasses import replace

from samizdat.importers.plain.inlines import CALL, END
from samizdat.importers.plain.notelabels import Label, calls, opening
from samizdat.importers.plain.record import Decision, Decisions, Line, Lines, Passage, PassageKind, Passages, decide
from samizdat.problems import Rule

_MOST_PASSAGES = 12
"""How many passages such a note may go on through."""
_MOST_IN_ONE = 300
"""How many such notes are taken out of one passage."""


def lifted(passages: Passages, rule: Rule) -> tuple[Passages, Decisions]:
    """Take notes in brackets out of the text; where no other call answers to its label, one is put where the note stood."""
    if not any(one.unknown and any(opening(line.text) for line in one.lines) for one in passages):
        return passages, ()
    called = {call.value for one in passages if one.unknown for line in one.lines for call in calls(line.text)}
    result: list[Passage] = []
    decisions: list[Decision] = []
    rest = list(reversed(passages))
    while rest:
        passage = rest.pop()
        bodies: list[Passage] = []
        while passage.lines and len(bodies) < _MOST_IN_ONE and (place := _next(passage, called)):
            row, label = place
            end = _closing(passage.lines, row, label.end)
            for _ in range(_MOST_PASSAGES):
                if end is not None or not rest or not rest[-1].unknown:
                    break
                following = rest.pop()
                lines = (*passage.lines, Line(following.first - 1, ""), *following.lines)
                passage = replace(passage, lines=lines)
                end = _closing(lines, row, label.end)
            if end is None:
                break
            key = "" if label.value in called else f"f{len(decisions) + 1}"
            before, body, after = _cut(passage.lines, row, label, end)
            if key and not before and not _attached(result, key):
                break
            note = replace(passage, lines=body, before=1)
            if key:
                text = passage.lines[row].text[label.start : label.end]
                why = "it stands in brackets and is called a footnote"
                decisions.append(decide(rule, note, 0.9, f"a note called where it stood: {note.flowed}", why, text.strip()))
                bodies.append(note.decided(rule, PassageKind.NOTE, 0.9, data=key))
            else:
                bodies.append(_labelled(note, label.value))
            mark = f"{CALL}{key}{END}" if key and before else ""
            passage = replace(passage, lines=_closed_up(before, mark, after))
        if passage.lines:
            result.append(passage)
        result += bodies
    return tuple(result), tuple(decisions)


def _next(passage: Passage, called: set[str]) -> tuple[int, Label] | None:
    """Find the next note in brackets. One that begins its passage and is called elsewhere is found by its label."""
    if not passage.unknown:
        return None
    for row, line in enumerate(passage.lines):
        label = opening(line.text)
        if label is not None:
            begins = row == 0 and not line.text[: label.start].strip()
            return None if begins and label.value in called else (row, label)
    return None


def _closing(lines: Lines, row: int, start: int) -> tuple[int, int] | None:
    """Find the bracket that closes a note."""
    depth = 1
    for number in range(row, len(lines)):
        text = lines[number].text
        for column in range(start if number == row else 0, len(text)):
            depth += {"[": 1, "]": -1}.get(text[column], 0)
            if depth == 0:
                return number, column
    return None


def _cut(lines: Lines, row: int, label: Label, end: tuple[int, int]) -> tuple[Lines, Lines, Lines]:
    """Cut lines into those before a note, those in it, and those after it."""
    number, column = end
    first, last = lines[row], lines[number]
    before = (*lines[:row], replace(first, text=first.text[: label.start].rstrip()))
    after = (replace(last, text=last.text[column + 1 :]), *lines[number + 1 :])
    if row == number:
        body: Lines = (replace(first, text=first.text[label.end : column]),)
    else:
        body = (replace(first, text=first.text[label.end :]), *lines[row + 1 : number], replace(last, text=last.text[:column]))
    return tuple(_spoken(before)), tuple(_spoken(body)), tuple(_spoken(after))


def _spoken(lines: Lines) -> Lines:
    """Leave out empty lines at both ends."""
    words = [number for number, line in enumerate(lines) if line.words]
    return lines[words[0] : words[-1] + 1] if words else ()


def _closed_up(before: Lines, mark: str, after: Lines) -> Lines:
    """Put the text together again that stood around a note."""
    if not before:
        return after
    last = replace(before[-1], text=before[-1].text + mark)
    if after and after[0].number == last.number:
        return (*before[:-1], replace(last, text=last.text + after[0].text), *after[1:])
    if after and not after[0].words[0].isalnum() and after[0].words[0] not in "\"“'‘([_":
        return (*before[:-1], replace(last, text=last.text + after[0].words), *after[1:])
    return (*before[:-1], last, *after)


def _labelled(note: Passage, value: str) -> Passage:
    """Give a body that is called elsewhere the label by which it will be found."""
    first, last = note.lines[0], note.lines[-1]
    if first is last:
        return replace(note, lines=(replace(first, text=f"[Footnote {value}: {first.words}]"),))
    ends = replace(first, text=f"[Footnote {value}: {first.words}"), replace(last, text=f"{last.text}]")
    return replace(note, lines=(ends[0], *note.lines[1:-1], ends[1]))


def _attached(result: list[Passage], key: str) -> bool:
    """Put a call at the end of the text before a note that stands by itself."""
    for number in reversed(range(max(0, len(result) - 3), len(result))):
        one = result[number]
        if one.kind is PassageKind.NOTE:
            continue
        if not one.unknown:
            return False
        last = one.lines[-1]
        result[number] = replace(one, lines=(*one.lines[:-1], replace(last, text=f"{last.text}{CALL}{key}{END}")))
        return True
    return False
