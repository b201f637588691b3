"""Quotations and epigraphs: prose that is set in, what a colon introduces in a capture without indents, and whose words they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from samizdat.importers.plain import paragraphs, verse
from samizdat.importers.plain.greetings import dated, greets, signed, takes_leave
from samizdat.importers.plain.habits import Habits, centred, ends_sentence, habits
from samizdat.importers.plain.inlines import CALL, inlines
from samizdat.importers.plain.passages import cut, joined
from samizdat.importers.plain.record import Decision, Decisions, Lines, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Block, Blocks, Epigraph, Paragraph, Quote
from samizdat.model.inline import Inlines
from samizdat.problems import Rule, Severity

INSET = Rule(
    "Q51",
    Severity.ADVICE,
    "A quotation that is set in",
    "All lines of a passage stand further in than the running text of the book, and it is prose: its lines are full.",
)
INTRODUCED = Rule(
    "Q52",
    Severity.ADVICE,
    "A quotation that a colon introduces",
    "The paragraph before ends with a colon and says that somebody wrote or said what follows; the passage has no quotation marks"
    " around it as dialogue would. The call of a note at its end makes it surer.",
)
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

DISPLAYED = Rule(
    "Q57",
    Severity.ADVICE,
    "Lines set in the middle",
    "Several short lines stand in the middle of the page between paragraphs: a sign, an inscription, the title of a newspaper piece.",
)

_DASH = re.compile(r"\s*(?:—|–|--|―|-\s)\s*(?=[\w\"“'‘_*«„(])")
_BRACKETED = re.compile(r"\[[^\[\]]+\]|\([^()]+\)|_[^_]+_\.?|\*[^*]+\*")
_SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|wr(?:ote|ites?|itten|iting)|describ\w*|argu(?:e|es|ed|ing)|explain\w*|declar\w*|stat(?:ed|es|ing)|quot\w*"
    r"|not(?:ed|es|ing)|remark\w*|observ\w*|answer\w*|repl(?:y|ies|ied)|announc\w*|proclaim\w*|report(?:ed|s)|recall\w*|assert\w*"
    r"|words of|put it|puts it|letter|speech|passage|according to|conclud\w*|insist\w*|comment\w*|urg(?:ed|es|ing)|warn\w*|testif\w*"
    r"|spoke|speaks|schr(?:ieb|eibt)\w*|sagte?|écri\w+|disait|escribi\w+|dijo|scri(?:sse|ve)|disse|schreef|zei)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(r".{0,80}\((?:1[5-9]|20)\d\d[a-z]?\)")
_NAME = re.compile(r"(?:For|As|According to|In the words of|To)?\s*(?:[^\W\d_a-z][\w'’.-]+ ?){1,4}[,:]|\b[^\W\d_a-z][\w'’-]+ [^\W\d_a-z][\w'’-]+")
_CALL_AT_END = re.compile(f"{CALL}[^\ue001]*\ue001[^.!?]{{0,40}}$")
_LIST = re.compile(r"[\[({]?(?:\d{1,3}|[ivx]{1,5}|[a-zA-Z])[\])}.:]\s|[-•·*]\s")
_QUOTED = (PassageKind.QUOTE, PassageKind.VERSE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """The last part of a quotation is its attribution."""

    attributed: bool = False


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find quotations, join those that follow one another, and give them their attributions."""
    return found_in(passages, habits(passages, study), rules)


def found_in(passages: Passages, habit: Habits, rules: Rules) -> tuple[Passages, Decisions]:
    """Find the quotations in passages of a book with these habits."""
    decisions: list[Decision] = []
    if rules.allow(DISPLAYED):
        passages, found = _displayed(passages, habit)
        decisions += found
    if rules.allow(INSET):
        passages, found = _inset(passages, habit)
        decisions += found
    if rules.allow(INTRODUCED):
        passages, found = _introduced(passages, habit)
        decisions += found
    if rules.allow(ATTRIBUTED):
        passages, found = _attributed(passages, habit)
        decisions += found
    if rules.allow(EPIGRAPH):
        passages, found = _epigraphs(passages)
        decisions += found
    return passages, tuple(decisions)


def blocks(passage: Passage, study: Study) -> Blocks:
    """Return the quotation or the epigraph."""
    attribution: Inlines = ()
    parts = passage.parts
    if isinstance(passage.data, Quotation) and passage.data.attributed and len(parts) > 1:
        words = parts[-1].flowed
        dash = _DASH.match(words)
        attribution = inlines(words[dash.end() :] if dash else words, study)
        passage = replace(passage, parts=parts[:-1])
    body = inner(passage, study)
    if passage.kind is PassageKind.EPIGRAPH:
        return (Epigraph(body, attribution),)
    return (Quote(body, attribution),)


def inner(passage: Passage, study: Study) -> Blocks:
    """Return what stands in a quotation or a note: paragraphs, verse, quotations."""
    if not passage.parts:
        return tuple(Paragraph(inlines(" ".join(line.words for line in lines), study)) for lines in parted(passage))
    result: list[Block] = []
    for part in passage.parts:
        match part.kind:
            case PassageKind.VERSE:
                result += verse.blocks(part, study)
            case PassageKind.QUOTE if passage.kind is PassageKind.QUOTE:
                result += inner(part, study)
            case PassageKind.QUOTE | PassageKind.EPIGRAPH:
                result += blocks(part, study)
            case _:
                result += paragraphs.blocks(part, study)
    return tuple(result)


def parted(passage: Passage) -> list[Lines]:
    """Part a quotation at its blank lines, and where a line is set in deeper, or hangs out, as the first of a paragraph does."""
    found: list[Lines] = []
    for piece in cut(passage.lines):
        lines = piece.lines
        least = min(line.indent for line in lines)
        deep = [line.indent >= least + 2 for line in lines]
        hangs = not deep[0] and len(lines) > 2 and sum(deep) > len(lines) / 2
        if sum(deep) > len(lines) / 2 and not hangs:
            deep = [False] * len(lines)
        starts = [0, *(at for at in range(1, len(lines)) if deep[at] != hangs and (hangs or not deep[at - 1]))]
        found += [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return found


def _inset(passages: Passages, habit: Habits) -> tuple[Passages, list[Decision]]:
    is_quote = [one.unknown and _is_inset(one, habit) for one in passages]
    _with_forms(passages, is_quote, habit)
    result: list[Passage] = []
    decisions = []
    number = 0
    while number < len(passages):
        end = number
        while end < len(passages) and is_quote[end] and (end == number or passages[end].before <= 2):
            end += 1
        if end == number:
            result.append(passages[number])
            number += 1
            continue
        whole = joined(passages[number:end])
        sure = 0.95 if len(whole.lines) > 2 else 0.7
        why = f"set in by {min(line.indent for line in whole.lines if line.words) - habit.base} spaces"
        decisions.append(decide(INSET, whole, sure, "a quotation", why))
        result.append(whole.decided(INSET, PassageKind.QUOTE, sure))
        number = end
    return tuple(result), decisions


def _with_forms(passages: Passages, is_quote: list[bool], habit: Habits) -> None:
    """Add the dates, greetings and signatures that belong to a letter that is set in."""
    for number in range(1, len(passages)):
        one = passages[number]
        if is_quote[number - 1] and one.unknown and one.before <= 2 and habit.inset(one.lines):
            is_quote[number] = is_quote[number] or signed(one.lines) or takes_leave(one.flowed)
    for number in reversed(range(len(passages) - 1)):
        one = passages[number]
        if is_quote[number + 1] and one.unknown and passages[number + 1].before <= 2 and habit.inset(one.lines):
            short = len(one.lines) <= 3 and len(one.flowed) < 80 and not one.flowed.isupper()
            is_quote[number] = is_quote[number] or (short and (greets(one.flowed) or dated(one.flowed)))


def _is_inset(one: Passage, habit: Habits) -> bool:
    lines = one.lines
    if not habit.wrapped or not habit.inset(lines):
        return False
    if any("...." in line.words or re.search(r"\S {3,}\S", line.words) for line in lines):
        return False
    if len(lines) == 1:
        line = lines[0]
        words = line.words
        if habit.indented or centred(line, habit.width) or words.isupper() or len(words.split()) < 4 or _LIST.match(words):
            return False
        return ends_sentence(words) and not _BRACKETED.fullmatch(words)
    if all(centred(line, habit.width) or line.words.isupper() for line in lines):
        return False
    full = sum(1 for line in lines if len(line.words) > 0.5 * (habit.width - line.indent))
    return full >= 0.5 * len(lines) or ends_sentence(lines[-1].words)


def _displayed(passages: Passages, habit: Habits) -> tuple[Passages, list[Decision]]:
    """Find runs of short lines in the middle, after a paragraph."""
    result: list[Passage] = []
    decisions = []
    number = 0
    while number < len(passages):
        end = number
        while end < len(passages) and _in_the_middle(passages[end], habit) and (end == number or passages[end].before <= 2):
            end += 1
        follows = bool(result) and result[-1].unknown and len(result[-1].lines) > 1 and result[-1].lines[0].indent <= habit.base + 4
        before_verse = end < len(passages) and passages[end].kind is PassageKind.VERSE
        if end - number < 2 or not follows or before_verse:
            result += passages[number : max(end, number + 1)]
            number = max(end, number + 1)
            continue
        whole = joined(passages[number:end])
        parts = tuple(replace(one, kind=PassageKind.PARAGRAPH) for one in passages[number:end])
        decisions.append(decide(DISPLAYED, whole, 0.6, "a quotation", f"{end - number} short lines in the middle of the page"))
        result.append(replace(whole.decided(DISPLAYED, PassageKind.QUOTE, 0.6), parts=parts))
        number = end
    return tuple(result), decisions


def _in_the_middle(one: Passage, habit: Habits) -> bool:
    return one.unknown and habit.wrapped and len(one.lines) <= 2 and all(centred(line, habit.width, habit.width // 10) for line in one.lines)


def _introduced(passages: Passages, habit: Habits) -> tuple[Passages, list[Decision]]:
    """Find quotations in captures where nothing but the words around shows them."""
    result = list(passages)
    decisions = []
    for number in range(1, len(passages)):
        one, before = passages[number], passages[number - 1]
        if not one.unknown or not before.unknown or one.before > 3:
            continue
        after = passages[number + 1] if number + 1 < len(passages) else None
        weight, why = _weigh_introduced(one, before, after, habit)
        if weight >= 1.0:
            sure = min(0.9, 0.35 + 0.25 * weight)
            decisions.append(decide(INTRODUCED, one, sure, "a quotation", why))
            result[number] = one.decided(INTRODUCED, PassageKind.QUOTE, sure)
    return tuple(result), decisions


def _weigh_introduced(one: Passage, before: Passage, after: Passage | None, habit: Habits) -> tuple[float, str]:
    text, words_before = one.flowed, before.flowed
    lead = re.split(r"(?<=[.!?])\s", words_before)[-1]
    colon = words_before.rstrip("\"”—- ").endswith(":")
    says = _SAYING.search(lead[-160:])
    points, why = 0.0, []
    called = bool(_CALL_AT_END.search(text))
    signed = after is not None and after.unknown and _signs(after)
    if signed:
        points += 1.2
        why.append("a line after it says whose words they are")
    named = colon and bool(_NAME.search(lead[-160:].rstrip(":")))
    if not signed and not (colon and (says or (named and called))) and not ("quot" in lead.lower() and len(words_before) < 120):
        return 0.0, ""
    if _SOURCE.match(text):
        return 0.0, ""
    points += (0.6 if colon else 0.5) if says else 0.0
    if colon and says:
        why.append(f"introduced by “{says[0]}” and a colon")
    if called:
        points += 1.0
        why.append("the call of a note ends it")
    if text.startswith(("...", "…", "[")) or text[:1].islower():
        points += 0.6
        why.append("it begins in the middle of a sentence")
    if text[:1] in "*_" and text.rstrip(".")[-1:] in "*_":
        points += 0.6
        why.append("all of it is emphatic")
    if not habit.wrapped and not signed and colon:
        points += 0.5
    if text[:1] in "\"“‘'«„—":
        points -= 0.8
    if len(text.split()) < 12 or _LIST.match(text) or text.rstrip().endswith(":"):
        points -= 1.0
    if after is not None and _LIST.match(after.flowed) and _LIST.match(text):
        points -= 1.0
    return points, ", ".join(why)


def _signs(one: Passage) -> bool:
    """Tell whether a passage is a dash and a name or a title, and no dialogue."""
    text = one.flowed
    match = _DASH.match(text)
    if match is None or len(text) > 120 or len(one.lines) > 3:
        return False
    rest = text[match.end() :]
    return not rest.endswith(("?", "!", ",", ";", ":")) and len(rest.split()) <= 14 and not re.search(r"[.!?] [A-Z].*[.!?]$", rest)


def _attributed(passages: Passages, habit: Habits) -> tuple[Passages, list[Decision]]:
    dialogue = sum(1 for one in passages if one.unknown and _DASH.match(one.text)) > max(6, 0.06 * len(passages))
    names = _names(passages)
    result: list[Passage] = []
    decisions = []
    for number, one in enumerate(passages):
        last = result[-1] if result else None
        if last is None or last.kind not in _QUOTED or not one.unknown or one.before > 2:
            result.append(one)
            continue
        why = _attribution(one, last, habit, dialogue, number in names)
        if not why:
            result.append(one)
            continue
        decisions.append(decide(ATTRIBUTED, one, 0.85, "the attribution of the quotation before it", why))
        result[-1] = _with_attribution(last, one)
    return tuple(result), decisions


def _attribution(one: Passage, last: Passage, habit: Habits, dialogue: bool, name: bool) -> str:
    text = one.flowed
    if len(one.lines) > 3 or len(text) > 120:
        return ""
    if _signs(one) and not (dialogue and last.kind is not PassageKind.VERSE):
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


def _with_attribution(last: Passage, one: Passage) -> Passage:
    whole = joined((last, one))
    body: Sequence[Passage] = last.parts or (last,)
    if last.kind is PassageKind.QUOTE and not last.parts:
        body = tuple(replace(last, lines=lines, kind=PassageKind.PARAGRAPH, before=1) for lines in parted(last))
    signature = replace(one, kind=PassageKind.PARAGRAPH)
    return replace(whole, kind=PassageKind.QUOTE, data=Quotation(attributed=True), parts=(*body, signature))


def _epigraphs(passages: Passages) -> tuple[Passages, list[Decision]]:
    result = list(passages)
    decisions = []
    for number, one in enumerate(passages):
        if one.kind is not PassageKind.QUOTE or not isinstance(one.data, Quotation) or len(one.lines) > 30:
            continue
        before = next((other for other in reversed(passages[max(0, number - 4) : number]) if other.kind not in _LEFT_OUT), None)
        if before is None or before.kind in {PassageKind.HEADING, PassageKind.EPIGRAPH}:
            result[number] = one.decided(EPIGRAPH, PassageKind.EPIGRAPH, 0.85)
            decisions.append(decide(EPIGRAPH, one, 0.85, "an epigraph", "a quotation with its source right after a heading"))
    return tuple(result), decisions


_LEFT_OUT = frozenset({PassageKind.DEBRIS, PassageKind.METADATA, PassageKind.CONTENTS, PassageKind.NOTE, PassageKind.EPIGRAPH})
