"""Quotations: prose that is set in, lines in the middle of a page, and what a colon introduces in a capture without indents."""

import re
from dataclasses import replace

from samizdat.importers.plain import paragraphs, verse
from samizdat.importers.plain.attributions import ATTRIBUTED, DASH, EPIGRAPH, Quotation, attributed, epigraphs, signs
from samizdat.importers.plain.cases import is_small
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

DISPLAYED = Rule(
    "Q57",
    Severity.ADVICE,
    "Lines set in the middle",
    "Several short lines stand in the middle of the page between paragraphs: a sign, an inscription, the head of a newspaper"
    " piece.",
)

_BRACKETED = re.compile(r"\[[^\[\]]+\]|\([^()]+\)|_[^_]+_\.?|\*[^*]+\*")
_SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|wr(?:ote|ites?|itten|iting)|describ\w*|argu(?:e|es|ed|ing)|explain\w*|declar\w*|quot\w*"
    r"|stat(?:ed|es|ing)|not(?:ed|es|ing)|remark\w*|observ\w*|answer\w*|repl(?:y|ies|ied)|announc\w*|proclaim\w*|report(?:ed|s)|recall\w*|assert\w*"
    r"|words of|put it|puts it|letter|speech|passage|according to|conclud\w*|insist\w*|comment\w*|warn\w*|testif\w*"
    r"|urg(?:ed|es|ing)|spoke|speaks|schr(?:ieb|eibt)\w*|sagte?|écri\w+|disait|escribi\w+|dijo|scri(?:sse|ve)|disse|schreef|zei)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(r".{0,80}\((?:1[5-9]|20)\d\d[a-z]?\)")
_NAME = re.compile(
    r"(?:For|As|According to|In the words of|To)?\s*(?:[^\W\d_a-z][\w'’.-]+ ?){1,4}[,:]|\b[^\W\d_a-z][\w'’-]+ [^\W\d_a-z][\w'’-]+"
)
_CALL_AT_END = re.compile(f"{CALL}[^\ue001]*\ue001[^.!?]{{0,40}}$")
_LIST = re.compile(r"[\[({]?(?:\d{1,3}|[ivx]{1,5}|[a-zA-Z])[\])}.:]\s|[-•·*]\s")


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
        passages, found = attributed(passages, habit, parted)
        decisions += found
    if rules.allow(EPIGRAPH):
        passages, found = epigraphs(passages)
        decisions += found
    return passages, tuple(decisions)


def blocks(passage: Passage, study: Study) -> Blocks:
    """Return the quotation or the epigraph."""
    attribution: Inlines = ()
    parts = passage.parts
    if isinstance(passage.data, Quotation) and passage.data.attributed and len(parts) > 1:
        words = parts[-1].flowed
        dash = DASH.match(words)
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
        follows = (
            bool(result) and result[-1].unknown and len(result[-1].lines) > 1 and result[-1].lines[0].indent <= habit.base + 4
        )
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
    return (
        one.unknown
        and habit.wrapped
        and len(one.lines) <= 2
        and all(centred(line, habit.width, habit.width // 10) for line in one.lines)
    )


def _introduced(passages: Passages, habit: Habits) -> tuple[Passages, list[Decision]]:
    """Find quotations in captures where nothing but the words around shows them."""
    result = list(passages)
    decisions = []
    for number in range(1, len(passages)):
        one, before = passages[number], passages[number - 1]
        if not one.unknown or one.before > 3:
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
    runs_on = "quot" in lead.lower() and len(words_before) < 120
    colon = words_before.rstrip('"”—- ').endswith(":") or (runs_on and words_before[-1:].isalnum())
    says = _SAYING.search(lead[-160:])
    points, why = 0.0, []
    called = bool(_CALL_AT_END.search(text))
    signed = after is not None and after.unknown and signs(after)
    if signed:
        points += 1.2
        why.append("a line after it says whose words they are")
    if not signed and not before.unknown:
        return 0.0, ""
    named = colon and bool(_NAME.search(lead[-160:].rstrip(":")))
    if not signed and not (colon and (says or (named and called))) and not runs_on:
        return 0.0, ""
    if _SOURCE.match(text):
        return 0.0, ""
    points += (0.6 if colon else 0.5) if says else 0.0
    if colon and says:
        why.append(f"introduced by “{says[0]}” and a colon")
    if called:
        points += 1.0
        why.append("the call of a note ends it")
    if text.startswith(("...", "…", "[")) or is_small(text[:1]):
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
