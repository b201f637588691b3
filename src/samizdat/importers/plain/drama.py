"""Drama: speakers before their speeches, stage directions in brackets."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from samizdat.importers.plain import quotes
from samizdat.importers.plain.inlines import inlines
from samizdat.importers.plain.passages import joined, pieces
from samizdat.importers.plain.record import Decision, Decisions, Line, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Block, Blocks, Division, Paragraph, Role, Speech
from samizdat.model.inline import Inline, Inlines, Span, SpanRole, Text
from samizdat.problems import Rule, Severity

SPEECHES = Rule(
    "A51",
    Severity.ADVICE,
    "A scene of a play",
    "Most paragraphs of a stretch begin with one of a few names that come again and again, in capitals or before a full stop or"
    " colon. They are speakers, and the rest of the paragraph is what they say; paragraphs in brackets are stage directions.",
)

_CAPITALS = re.compile(
    r"\s*(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ'’.&-]*(?: (?:[A-ZÀ-Þ][A-ZÀ-Þ'’.&-]*|and|AND|OF|THE|\d)){0,4}?)"
    r"(?P<aside>(?:,? ?[\[(][^\])]{1,300}[\])])?)\s*(?P<mark>[.:](?=\s|$)|[.:]?(?:--|—)|(?<=[\])])(?=\s|$)|$)\s*"
)
_PLAIN = re.compile(
    r"\s*_?(?P<name>[^\W\d_a-z][\w'’-]*\.?(?: [^\W\d_a-z][\w'’-]*){0,3}?)_?(?P<aside>(?: ?[\[(][^\])]{1,300}[\])])?)_?"
    r"(?P<mark>[.:])_?\s+(?=\S)"
)
_ASIDE = re.compile(r"\[[^\[\]]{1,600}\]|\((?=_)[^()]{1,600}\)")
_STAGE = re.compile(r"\s*(?:\[.*\]|\(.*\)|_\[.*\]_|_\(.*\)_)\.?\s*", re.DOTALL)
_NO_NAMES = frozenset(
    "i oh ah yes no well sir dear what why mr mrs dr st p.s note chapter act scene volume book part letter".split()
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A part that is a speech: the speaker, the direction after the name, and where the words begin."""

    name: str
    aside: str
    end: int


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:  # noqa: ARG001
    """Find stretches of speeches; each becomes one passage with a part for each speech and each direction."""
    if not rules.allow(SPEECHES):
        return passages, ()
    for pattern, least, times in ((_CAPITALS, 6, 2), (_PLAIN, 16, 4)):
        spoken = _spoken(passages, pattern, times)
        if len(spoken) >= least and len({one.name for one in spoken.values()}) > 1:
            capitals = pattern is _CAPITALS
            return _scenes(passages, _spoken(passages, pattern, 1) if capitals else spoken, 0.35 if capitals else 0.6)
    return passages, ()


def blocks(passage: Passage, study: Study) -> Blocks:
    """Return a scene."""
    result: list[Block] = []
    for part in passage.parts:
        if part.kind is PassageKind.STAGE:
            result.append(Division((Paragraph(_words(part.flowed, study)),), Role.STAGE))
        elif isinstance(part.data, Spoken):
            words = _after(part, part.data.end)
            first = " ".join(text for text in (part.data.aside, words) if text)
            result.append(Speech(inlines(part.data.name, study), (Paragraph(_words(first, study)),) if first else ()))
        else:
            inner = quotes.inner(replace(part, kind=PassageKind.DRAMA, parts=(part,)), study)
            last = result[-1] if result else None
            if isinstance(last, Speech):
                result[-1] = replace(last, blocks=(*last.blocks, *inner))
            else:
                result += inner
    return (Division(tuple(result), Role.DRAMA),)


def _after(part: Passage, end: int) -> str:
    return part.flowed[end:].strip()


def _words(text: str, study: Study) -> Inlines:
    """Return inlines with what stands in brackets as stage directions."""
    result: list[Inline] = []
    for node in inlines(text, study):
        if not isinstance(node, Text):
            result.append(node)
            continue
        end = 0
        for match in _ASIDE.finditer(node.text):
            if node.text[end : match.start()]:
                result.append(Text(node.text[end : match.start()]))
            result.append(Span((Text(match[0]),), SpanRole.STAGE))
            end = match.end()
        if node.text[end:]:
            result.append(Text(node.text[end:]))
    return tuple(result)


def _spoken(passages: Passages, pattern: re.Pattern[str], times: int) -> dict[int, Spoken]:
    found: dict[int, Spoken] = {}
    for number, one in enumerate(passages):
        if not one.unknown:
            continue
        text = one.flowed[:400]
        match = pattern.match(text)
        if match is None or match["name"].lower().strip(".") in _NO_NAMES or len(match["name"].replace(".", "")) < 2:
            continue
        if not match["mark"] and not match["aside"] and len(one.lines) < 2:
            continue
        found[number] = _speaker(match)
    counts = Counter(one.name for one in found.values())
    return {number: one for number, one in found.items() if counts[one.name] >= times}


def _scenes(passages: Passages, spoken: dict[int, Spoken], share: float) -> tuple[Passages, Decisions]:
    result: list[Passage] = []
    decisions: list[Decision] = []
    number = 0
    while number < len(passages):
        end = _scene_end(passages, spoken, number) if number in spoken else number
        count = sum(1 for at in range(number, end) if at in spoken)
        names = len({spoken[at].name for at in range(number, end) if at in spoken})
        if count < 4 or names < 2 or count < share * (end - number):
            result.append(passages[number])
            number += 1
            continue
        start = number
        while result and _is_stage(result[-1]):
            start -= 1
            result.pop()
        whole = joined(passages[start:end])
        parts = tuple(_part(passages[at], spoken.get(at)) for at in range(start, end))
        sure = min(0.95, 0.6 + count / 50)
        why = f"{count} of {end - number} paragraphs begin with one of {names} names that come again"
        decisions.append(decide(SPEECHES, whole, sure, f"a scene of {count} speeches", why))
        result.append(replace(whole.decided(SPEECHES, PassageKind.DRAMA, sure), parts=parts))
        number = end
    return tuple(result), tuple(decisions)


_OF_A_SCENE = frozenset({PassageKind.UNKNOWN, PassageKind.VERSE, PassageKind.QUOTE})


def _scene_end(passages: Passages, spoken: dict[int, Spoken], start: int) -> int:
    """Go on as long as the next speech is near."""
    end, silent = start + 1, 0
    for at in range(start + 1, len(passages)):
        if passages[at].kind not in _OF_A_SCENE or passages[at].pinned:
            break
        if at in spoken or _STAGE.fullmatch(passages[at].flowed[:2000]):
            end, silent = at + 1, 0
        else:
            silent += 1
            if silent > 3:
                break
    return end


def pinned(passage: Passage) -> Passage:
    """Make a scene of lines that a person says are one: what begins with a name is a speech, what is in brackets a direction."""
    if passage.kind is PassageKind.STAGE:
        return replace(passage, parts=tuple(replace(piece, kind=PassageKind.STAGE) for piece in pieces(passage)))
    parts: list[Passage] = []
    for piece in pieces(replace(passage, kind=PassageKind.UNKNOWN)):
        named = [bool((match := _CAPITALS.match(line.text)) and match["mark"]) for line in piece.lines]
        if not any(named):
            named = [bool(_PLAIN.match(line.text)) for line in piece.lines]
            named = named if all(named) else [False] * len(named)
        starts = [0, *(row for row in range(1, len(named)) if named[row])]
        for start, end in pairwise([*starts, len(named)]):
            one = replace(piece, lines=piece.lines[start:end])
            match = _CAPITALS.match(one.flowed[:400]) or _PLAIN.match(one.flowed[:400])
            parts.append(_part(one, _speaker(match) if match and one.flowed[match.end() :] else None))
    return replace(passage, parts=tuple(parts))


def _speaker(match: re.Match[str]) -> Spoken:
    name = match["name"].rstrip(".") if match["mark"][:1] in "-—" else match["name"]
    return Spoken(name, match["aside"].lstrip(", "), match.end())


def _is_stage(one: Passage) -> bool:
    """Tell whether a passage of which nothing is known stands in brackets: before the first speech it says who enters."""
    return one.unknown and not one.pinned and bool(_STAGE.fullmatch(one.flowed[:2000]))


def _part(one: Passage, spoken: Spoken | None) -> Passage:
    if spoken:
        return replace(one, kind=PassageKind.PARAGRAPH, data=spoken)
    if one.unknown and _STAGE.fullmatch(one.flowed[:2000]):
        return replace(one, kind=PassageKind.STAGE)
    if one.unknown:
        lines = tuple(Line(line.number, line.words) for line in one.lines)
        return replace(one, kind=PassageKind.PARAGRAPH, lines=lines)
    return one
