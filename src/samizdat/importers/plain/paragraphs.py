"""Paragraphs: lines wrapped at a width become one again, across page breaks and hyphens."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from samizdat.importers.plain import arguments
from samizdat.importers.plain.cases import is_small
from samizdat.importers.plain.inlines import inlines
from samizdat.importers.plain.pages import torn_apart
from samizdat.importers.plain.passages import pieces
from samizdat.importers.plain.record import Decision, Decisions, Line, Passage, PassageKind, Passages, Study, counted, decide
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Blocks, Paragraph, Preformatted
from samizdat.problems import Rule, Severity

WRAPPED = Rule(
    "P51",
    Severity.ADVICE,
    "Lines of one paragraph",
    "The capture breaks its lines at a fixed width. The lines between two blank ones are one paragraph again.",
)
LINE_EACH = Rule(
    "P52",
    Severity.ADVICE,
    "A paragraph on each line",
    "The capture does not break its lines, so lines that follow one another without a blank line between are paragraphs of their"
    " own.",
)
INDENTED = Rule(
    "P53",
    Severity.ADVICE,
    "A paragraph that begins with an indented line",
    "Paragraphs in this capture are marked by indenting their first line, not by a blank line between them.",
)
TORN = Rule(
    "P54",
    Severity.ADVICE,
    "A torn paragraph joined",
    "A paragraph without a stop at its end and the next one that goes on in small letters were torn apart by the end of a page."
    " They are one paragraph again.",
)
HYPHEN = Rule(
    "P55",
    Severity.ADVICE,
    "A word divided at the end of a line",
    "A hyphen at the end of a line either belongs to the word or was put there to divide it. The word is looked for elsewhere in"
    " the text, with and without its hyphen; in doubt the hyphen stays.",
)

_ENDED = re.compile(r"[.!?…:;—–\"”’»›)\]*_=|]\s*$|[。！？」』）]$")
_HYPHENATED = re.compile(r"([^\W\d_]+)[-\u2010]$")
_NEXT = re.compile(r"^([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_FLOWED = {
    PassageKind.PARAGRAPH,
    PassageKind.QUOTE,
    PassageKind.EPIGRAPH,
    PassageKind.LIST,
    PassageKind.NOTE,
    PassageKind.DEFINITIONS,
    PassageKind.DRAMA,
}

_BETWEEN = frozenset({PassageKind.DEBRIS, PassageKind.NOTE})
"""What the end of a page puts between the halves of a paragraph."""
_LONG_ENOUGH = 40


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Make paragraphs of what is left."""
    decisions: list[Decision] = []
    found = list(_cut(passages, study, rules))
    found = _joined(found, study, rules, decisions)
    if rules.allow(HYPHEN):
        known = Counter(word.lower() for passage in found for word in _WORD.findall(passage.text))
        found = [_unhyphenated(passage, known, decisions) for passage in found]
    return tuple(found), tuple(decisions)


def _cut(passages: Passages, study: Study, rules: Rules) -> Iterator[Passage]:
    for passage in passages:
        if not passage.unknown:
            yield passage
        elif len(passage.lines) > 1 and (not rules.allow(WRAPPED) if study.wrapped else rules.allow(LINE_EACH)):
            for position, line in enumerate(passage.lines):
                before = passage.before if not position else 0
                yield replace(passage, lines=(line,), before=before).decided(LINE_EACH, PassageKind.PARAGRAPH, 0.8)
        elif study.indented and len(passage.lines) > 2 and rules.allow(INDENTED):
            yield from _at_indents(passage)
        else:
            yield passage.decided(WRAPPED, PassageKind.PARAGRAPH, 0.95)


def _at_indents(passage: Passage) -> Iterator[Passage]:
    least = min(line.indent for line in passage.lines[1:])
    run: list[Line] = []
    for line in passage.lines:
        if run and 2 <= line.indent - least <= 10:
            yield replace(passage, lines=tuple(run)).decided(INDENTED, PassageKind.PARAGRAPH, 0.85)
            run = []
        run.append(line)
    yield replace(passage, lines=tuple(run)).decided(INDENTED, PassageKind.PARAGRAPH, 0.85)


def _joined(found: list[Passage], study: Study, rules: Rules, decisions: list[Decision]) -> list[Passage]:
    """Join paragraphs that the end of a page tore apart."""
    if not rules.allow(TORN):
        return found
    halves: list[list[Passage]] = []
    last: list[Passage] | None = None
    for passage in found:
        may_join = passage.kind is PassageKind.PARAGRAPH and not passage.pinned
        if may_join and last is not None and last[-1].kind is PassageKind.PARAGRAPH and not last[-1].pinned:
            torn, why, confidence = _is_torn(last[-1], passage, study, alone=len(last) == 1)
            if torn:
                decisions.append(decide(TORN, passage, confidence, f"… {_end(last[-1])} {passage.flowed[:40]}", why))
                last.append(passage)
                continue
        halves.append([passage])
        if passage.kind not in _BETWEEN:
            last = halves[-1]
    return [
        replace(first, lines=tuple(line for half in (first, *more) for line in half.lines)) if more else first
        for first, *more in halves
    ]


def _end(passage: Passage) -> str:
    """Return the last few words."""
    text = passage.flowed[-30:]
    return text.partition(" ")[2] or text


def _is_torn(first: Passage, second: Passage, study: Study, *, alone: bool) -> tuple[bool, str, float]:
    """Weigh whether two passages are halves of a paragraph; `alone` says that the first is not itself the end of a torn one."""
    one, two = first.flowed, second.flowed
    page_between = second.first in study.pages or torn_apart(first, second)
    if page_between and study.indented and study.pages and _runs_on(first, second, study):
        return True, "A page ends there, and the next does not begin with the indent of a paragraph.", 0.7
    if _ENDED.search(one) or not one or not two:
        return False, "", 0.0
    if (alone and len(one) < _LONG_ENOUGH) or (len(two) < _LONG_ENOUGH and not page_between):
        return False, "", 0.0
    if study.wrapped and not page_between and first.lines[-1].length < 0.7 * study.width:
        return False, "", 0.0
    start = next((letter for letter in two if letter.isalpha()), "")
    if is_small(two[:1]) and start:
        return True, "The first part has no stop at its end, and the second begins with a small letter.", 0.9
    last = one.split()[-1].lower()
    if last in _BOUND.get(study.language, "").split() and two[:1].isalpha():
        return True, f"The first part ends with “{last}”, after which something must follow.", 0.8
    if page_between and two[:1].isalpha():
        return True, "The first part has no stop at its end, and a page ends there.", 0.8
    return False, "", 0.0


def _runs_on(first: Passage, second: Passage, study: Study) -> bool:
    """Tell whether a full line ends a page and the next begins at the margin, in a text that indents its paragraphs."""
    last, margin = first.lines[-1], min(line.indent for line in second.lines)
    full = last.length > 0.85 * study.width and not last.words.endswith(":")
    return full and len(second.lines) > 2 and second.lines[0].indent == margin


_BOUND = {
    "en": "the a an of and or to in for with by from at on that which who as is are was were be than but if its their his her my"
    " our your not no into about",
    "de": "der die das den dem des ein eine einen einem einer und oder zu in für mit von aus auf an als ist war bei nach",
    "fr": "le la les un une des de du et ou à dans pour avec par sur que qui est sont au aux en",
    "es": "el la los las un una de del y o a en para con por que es son al",
    "it": "il lo la i gli le un una di del della e o a in per con da che è sono al",
    "pt": "o a os as um uma de do da e ou em para com por que é são ao no na",
    "nl": "de het een van en of te in voor met door op aan als is zijn dat die",
    "ru": "и в на с к о от по из за для что как или но у не",
    "pl": "i w z na do o od po za dla przez że oraz lub nie",
}
"""Words after which something must follow."""


def _unhyphenated(passage: Passage, known: Counter[str], decisions: list[Decision]) -> Passage:
    """Move the second half of a divided word up to the first."""
    if passage.parts:
        parts = tuple(
            replace(_unhyphenated(replace(part, kind=PassageKind.PARAGRAPH), known, decisions), kind=PassageKind.UNKNOWN)
            if part.unknown
            else _unhyphenated(part, known, decisions)
            for part in passage.parts
        )
        return replace(passage, parts=parts, lines=tuple(line for part in parts for line in part.lines))
    if passage.kind not in _FLOWED:
        return passage
    lines = list(passage.lines)
    for place in range(len(lines) - 1):
        first = _HYPHENATED.search(lines[place].text)
        second = _NEXT.match(lines[place + 1].words) if first else None
        if not first or not second or not second[1][0].islower():
            continue
        whole, parted = first[1] + second[1], f"{first[1]}-{second[1]}"
        apart = known[parted.lower()]
        together = known[whole.lower()]
        drop = together > apart
        word = whole if drop else parted
        rest = lines[place + 1].words[len(second[1]) :]
        follows = re.match(r"\S*", rest)
        tail = follows[0] if follows else ""
        lines[place] = Line(lines[place].number, lines[place].text[: first.start()] + word + tail)
        indent = " " * lines[place + 1].indent
        lines[place + 1] = Line(lines[place + 1].number, indent + rest[len(tail) :].lstrip())
        why = f"Neither “{whole}” nor “{parted}” stands elsewhere in the text, and in doubt the hyphen stays."
        if together or apart:
            times = counted(together, "time"), counted(apart, "time")
            why = f"“{whole}” stands {times[0]} elsewhere in the text, “{parted}” {times[1]}."
        where = replace(passage, lines=(lines[place],))
        decision = decide(HYPHEN, where, 0.9 if together or apart else 0.6, word, why)
        taken, given = (f"{first[1]} {second[1]}", word) if drop else ("", "")
        decisions.append(replace(decision, before=f"{first[1]}- / {second[1]}", taken=taken, given=given))
    if any(line.blank for line in lines):
        original = {line.number for line in passage.lines if line.blank}
        lines = [line for line in lines if not line.blank or line.number in original]
    return replace(passage, lines=tuple(lines))


def blocks(passage: Passage, study: Study) -> Blocks:
    """Return a paragraph for each run of lines without a blank one."""
    if isinstance(passage.data, arguments.Argument):
        return arguments.blocks(passage, study)
    return tuple(Paragraph(inlines(piece.flowed, study)) for piece in pieces(passage))


def preformatted(passage: Passage, study: Study) -> Blocks:  # noqa: ARG001
    """Return the lines as they stand."""
    return (Preformatted(passage.text),)
