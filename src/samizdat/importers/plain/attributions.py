"""Whose words a quotation has: a short line after it is its attribution, and right after a heading it is an epigraph."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from samizdat.importers.plain.greetings import takes_leave
from samizdat.importers.plain.habits import Habits
from samizdat.importers.plain.passages import joined
from samizdat.importers.plain.record import Decision, Lines, Passage, PassageKind, Passages, decide
from samizdat.problems import Rule, Severity

ATTRIBUTED = Rule(
    "Q53",
    Severity.ADVICE,
    "Whose words a quotation has",
    "A short line after a quotation or verse: after a dash, in brackets, far to the right, or a name with a wide gap after it, as"
    " this book has them. It becomes the attribution.",
)
EPIGRAPH = Rule(
    "Q54",
    Severity.ADVICE,
    "An epigraph",
    "A quotation with an attribution stands right after a heading, or before the first.",
)

DASH = re.compile(r"\s*(?:—|–|--|―|-\s)\s*(?=[\w\"“'‘_*«„(])")
_BRACKETED = re.compile(r"\[[^\[\]]+\]|\([^()]+\)|_[^_]+_\.?|\*[^*]+\*")
_TITLE = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]")
_QUOTED = (PassageKind.QUOTE, PassageKind.VERSE)
_LEFT_OUT = frozenset({PassageKind.DEBRIS, PassageKind.METADATA, PassageKind.CONTENTS, PassageKind.NOTE, PassageKind.EPIGRAPH})


@dataclass(frozen=True, slots=True)
class Quotation:
    """The last part of a quotation is its attribution."""

    attributed: bool = False


def attributed(passages: Passages, habit: Habits, parted: Callable[[Passage], list[Lines]]) -> tuple[Passages, list[Decision]]:
    """Give quotations the short lines after them; `parted` cuts one into its paragraphs."""
    dialogue = sum(1 for one in passages if one.unknown and DASH.match(one.text)) > max(6, 0.06 * len(passages))
    names = _names(passages)
    result: list[Passage] = []
    decisions = []
    for number, one in enumerate(passages):
        last = result[-1] if result else None
        if last is None or last.kind not in _QUOTED or not one.unknown or one.before > 2:
            result.append(one)
            continue
        if last.kind is PassageKind.QUOTE and not last.parts and takes_leave(last.lines[-1].words) and habit.inset(one.lines):
            result[-1] = replace(last, lines=joined((last, one)).lines)  # the name under a letter
            continue
        why = _attribution(one, last, habit, dialogue, number in names)
        if not why:
            result.append(one)
            continue
        decisions.append(decide(ATTRIBUTED, one, 0.85, "the attribution of the quotation before it", why))
        result[-1] = _with_attribution(last, one, parted)
    return tuple(result), decisions


def _attribution(one: Passage, last: Passage, habit: Habits, dialogue: bool, name: bool) -> str:
    text = one.flowed
    if len(one.lines) > 3 or len(text) > 120:
        return ""
    if signs(one) and not (dialogue and last.kind is not PassageKind.VERSE):
        return "a dash and a name"
    if name:
        return "a short line after a quotation and before a wide gap, as in the rest of the book"
    if _BRACKETED.fullmatch(text) and len(text.split()) <= 12 and not text.endswith(("?)", "!)")):
        return "a short line in brackets or in italics"
    deepest = min(line.indent for line in one.lines)
    quoted = min(line.indent for line in last.lines if line.words)
    if deepest >= max(quoted + 12, habit.base + 16) and len(text.split()) <= 10 and habit.wrapped:
        return "a short line far to the right"
    return ""


def signs(one: Passage) -> bool:
    """Tell whether a passage is a dash and a name or a title, and no dialogue."""
    text = one.flowed
    match = DASH.match(text)
    if match is None or len(text) > 120 or len(one.lines) > 3:
        return False
    rest = text[match.end() :]
    return (
        not rest.endswith(("?", "!", ",", ";", ":"))
        and len(_TITLE.sub("title", rest).split()) <= 14
        and not re.search(r"[.!?] [A-Z].*[.!?]$", rest)
    )


def _names(passages: Passages) -> frozenset[int]:
    """Return the short lines after quotations with a wider gap behind them, where a book has many."""
    found = []
    for number in range(1, len(passages) - 1):
        one = passages[number]
        if not one.unknown or passages[number - 1].kind not in _QUOTED or len(one.lines) > 2:
            continue
        if _is_name(one.flowed) and passages[number + 1].before > one.before:
            found.append(number)
    return frozenset(found) if len(found) >= 3 else frozenset()


def _is_name(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    return 0 < len(words) <= 9 and len(text) < 70 and sum(1 for word in words if word[0].isupper()) >= 0.5 * len(words)


def _with_attribution(last: Passage, one: Passage, parted: Callable[[Passage], list[Lines]]) -> Passage:
    whole = joined((last, one))
    body: Passages = last.parts or (last,)
    if last.kind is PassageKind.QUOTE and not last.parts:
        body = tuple(replace(last, lines=lines, kind=PassageKind.PARAGRAPH, before=1) for lines in parted(last))
    signature = replace(one, kind=PassageKind.PARAGRAPH)
    return replace(whole, kind=PassageKind.QUOTE, data=Quotation(attributed=True), parts=(*body, signature))


def epigraphs(passages: Passages) -> tuple[Passages, list[Decision]]:
    """Make epigraphs of quotations with a source right after a heading."""
    result = list(passages)
    decisions = []
    for number, one in enumerate(passages):
        if one.kind is not PassageKind.QUOTE or one.pinned or not isinstance(one.data, Quotation) or len(one.lines) > 30:
            continue
        before = next((other for other in reversed(passages[max(0, number - 4) : number]) if other.kind not in _LEFT_OUT), None)
        if before is None or before.kind in {PassageKind.HEADING, PassageKind.EPIGRAPH}:
            result[number] = one.decided(EPIGRAPH, PassageKind.EPIGRAPH, 0.85)
            decisions.append(decide(EPIGRAPH, one, 0.85, "an epigraph", "a quotation with its source right after a heading"))
    return tuple(result), decisions
