"""Drama: speakers before their speeches, stage directions in brackets."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from samizdat.importers.plain import quotes, verse
from samizdat.importers.plain.directions import is_direction
from samizdat.importers.plain.habits import Habits, early, habits
from samizdat.importers.plain.inlines import inlines
from samizdat.importers.plain.passages import joined, pieces
from samizdat.importers.plain.record import Decision, Decisions, Line, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.verseweight import weigh
from samizdat.model.block import Block, Blocks, Division, Paragraph, Role, Speech
from samizdat.model.inline import Inline, Inlines, Span, SpanRole, Text
from samizdat.problems import Rule, Severity

SPEECHES = Rule(
    "A51",
    Severity.ADVICE,
    "A scene of a play",
    "Most paragraphs of a stretch begin with one of a few names that come again and again, in capitals, before a full stop or"
    " colon, or on a line of their own. They are speakers, and the rest of the paragraph is what they say, in verse or in prose;"
    " paragraphs in brackets, and those that say who enters or leaves, are stage directions.",
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
_SHORTEST_NAME = 2
_NO_NAMES = frozenset(
    "i oh ah yes no well sir dear what why mr mrs dr st p.s note chapter act scene volume book part letter".split()
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A part that is a speech: the speaker, the direction after the name, and where the words begin."""

    name: str
    aside: str
    end: int


@dataclass(frozen=True, slots=True)
class _Shape:
    """A way to set speeches: where a name stands and how it is written, and what it takes to believe it."""

    pattern: re.Pattern[str]
    above: bool
    """The name has a line of its own, above the words."""
    fewest: int
    """Speeches of names that come so often as the next figure says."""
    often: int
    seldom: int
    """How often a name comes at the least, where it is in a scene of others."""
    scene: int
    """Speeches that make a scene."""
    share: float
    """Of the paragraphs of a scene, how many are speeches at the least."""


_SHAPES = (
    _Shape(_CAPITALS, above=True, fewest=6, often=2, seldom=2, scene=1, share=0.35),
    _Shape(_CAPITALS, above=False, fewest=6, often=2, seldom=1, scene=4, share=0.35),
    _Shape(_PLAIN, above=False, fewest=16, often=4, seldom=4, scene=4, share=0.6),
)


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find stretches of speeches; each becomes one passage with a part for each speech and each direction.

    This comes before verse is looked for: a speech in verse is a speech, and not a stanza that begins with a name.
    """
    if not rules.allow(SPEECHES):
        return passages, ()
    looked_for = ((shape, _spoken(passages, shape)) for shape in _SHAPES)
    shape, spoken = next(((shape, spoken) for shape, spoken in looked_for if _is_play(passages, spoken, shape)), (None, {}))
    if shape is None:
        return passages, ()
    scenes, decisions = _scenes(passages, _named(passages, spoken, shape.seldom), shape)
    habit = habits(passages, study)
    result: list[Passage] = []
    for one in scenes:
        if one.rule == SPEECHES.code:
            parts, made = _versed(one.parts, habit, rules)
            result.append(replace(one, parts=parts))
            decisions += made
        else:
            result.append(one)
    return tuple(result), decisions


def _is_play(passages: Passages, spoken: Mapping[int, Spoken], shape: _Shape) -> bool:
    often = _named(passages, spoken, shape.often)
    return len(often) >= shape.fewest and len({one.name for one in often.values()}) > 1


def _versed(parts: Passages, habit: Habits, rules: Rules) -> tuple[Passages, Decisions]:
    """Say of each part of a scene whether it is verse, and divide speeches of prose that have verse inside them."""
    if not rules.allow(verse.VERSE):
        return parts, ()
    result: list[Passage] = []
    decisions: list[Decision] = []
    for part in parts:
        form = _form(part, habit)
        if form is not PassageKind.PARAGRAPH or not rules.allow(verse.WITHIN):
            result.append(replace(part, kind=form))
            continue
        inner, made = verse.divided((replace(part, kind=PassageKind.UNKNOWN),), habit)
        poems = {decision.first for decision in made}
        for piece in inner:
            data = part.data if piece.first == part.first else None
            result.append(replace(piece, kind=PassageKind.VERSE if piece.first in poems else form, data=data))
        decisions += made
    return tuple(result), tuple(decisions)


def _form(part: Passage, habit: Habits) -> PassageKind:
    """Tell verse by its look, and by lines that were not broken for want of room, the name before the first one counted."""
    said = _said(part)
    room = early(part.lines[-len(said.lines) :], habit.width)
    if part.kind is PassageKind.PARAGRAPH and 2 * sum(room) > len(room) and weigh(said, habit, in_verse=True).points > 0:
        return PassageKind.VERSE
    return part.kind


def _said(part: Passage) -> Passage:
    """Return the words of a part without the name before them, and its first line as far in as the next."""
    if not isinstance(part.data, Spoken):
        return part
    lines, left = list(part.lines), part.data.end
    while lines and left >= len(lines[0].words):
        left -= len(lines.pop(0).words) + 1
    if lines and left > 0:
        indent = min((line.indent for line in lines[1:]), default=0)
        lines[0] = Line(lines[0].number, " " * indent + lines[0].words[left:].lstrip())
    return replace(part, lines=tuple(lines), data=None)


def blocks(passage: Passage, study: Study) -> Blocks:
    """Return a scene."""
    result: list[Block] = []
    for part in passage.parts:
        if part.kind is PassageKind.STAGE:
            result.append(Division((Paragraph(_words(part.flowed, study)),), Role.STAGE))
        elif isinstance(part.data, Spoken):
            result.append(Speech(inlines(part.data.name, study), _speech(part, part.data, study)))
        else:
            inner = quotes.inner(replace(part, kind=PassageKind.DRAMA, parts=(part,)), study)
            last = result[-1] if result else None
            if isinstance(last, Speech):
                result[-1] = replace(last, blocks=(*last.blocks, *inner))
            else:
                result += inner
    return (Division(tuple(result), Role.DRAMA),)


def _speech(part: Passage, spoken: Spoken, study: Study) -> Blocks:
    said = _said(part)
    if part.kind is PassageKind.VERSE:
        aside = (Paragraph(_words(spoken.aside, study)),) if spoken.aside else ()
        return (*aside, *verse.blocks(said, study))
    words = " ".join(text for text in (spoken.aside, said.flowed) if text)
    return (Paragraph(_words(words, study)),) if words else ()


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


def _spoken(passages: Passages, shape: _Shape) -> dict[int, Spoken]:
    """Return what looks like speeches, by where it stands."""
    found: dict[int, Spoken] = {}
    for number, one in enumerate(passages):
        if one.unknown and (speaker := _above(one) if shape.above else _beside(one, shape.pattern)):
            found[number] = speaker
    return found


def _named(passages: Passages, spoken: Mapping[int, Spoken], times: int) -> dict[int, Spoken]:
    """Keep the speeches of those who are named so often, or right after a stage direction."""
    counts = Counter(one.name for one in spoken.values())
    return {at: one for at, one in spoken.items() if counts[one.name] >= times or (at and _is_stage(passages[at - 1]))}


def _above(one: Passage) -> Spoken | None:
    """Return the speaker who stands on the first line, where nothing else does."""
    line = one.lines[0].words
    match = _CAPITALS.fullmatch(line) if len(one.lines) > 1 else None
    if match is None or len(match["name"].replace(".", "")) < _SHORTEST_NAME:
        return None
    return Spoken(match["name"].rstrip("."), match["aside"].lstrip(", "), len(line))


def _beside(one: Passage, pattern: re.Pattern[str]) -> Spoken | None:
    """Return the speaker who stands on a line with the first words."""
    match = pattern.match(one.flowed[:400])
    if match is None or match["name"].lower().strip(".") in _NO_NAMES or len(match["name"].replace(".", "")) < _SHORTEST_NAME:
        return None
    return _speaker(match) if match["mark"] or match["aside"] or len(one.lines) > 1 else None


def _scenes(passages: Passages, spoken: dict[int, Spoken], shape: _Shape) -> tuple[Passages, Decisions]:
    result: list[Passage] = []
    decisions: list[Decision] = []
    number = 0
    while number < len(passages):
        end = _scene_end(passages, spoken, number) if number in spoken else number
        count = sum(1 for at in range(number, end) if at in spoken)
        names = len({spoken[at].name for at in range(number, end) if at in spoken})
        if count < shape.scene or names < min(2, shape.scene) or count < shape.share * (end - number):
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
        why = f"paragraphs that begin with the name of a speaker: {count} of {end - number}; names: {names}"
        decisions.append(decide(SPEECHES, whole, sure, "a scene of a play", why))
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
        if at in spoken or is_direction(passages[at].flowed):
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
    return one.unknown and not one.pinned and is_direction(one.flowed)


def _part(one: Passage, spoken: Spoken | None) -> Passage:
    if spoken:
        return replace(one, kind=PassageKind.PARAGRAPH, data=spoken)
    if one.unknown and is_direction(one.flowed):
        return replace(one, kind=PassageKind.STAGE)
    if one.unknown:
        lines = tuple(Line(line.number, line.words) for line in one.lines)
        return replace(one, kind=PassageKind.PARAGRAPH, lines=lines)
    return one
