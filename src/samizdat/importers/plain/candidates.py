"""Passages that may be headings: what is short, with what stands before and after it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from samizdat.importers.plain.cases import is_small
from samizdat.importers.plain.dates import date_in
from samizdat.importers.plain.inlines import CALL, END
from samizdat.importers.plain.numbering import Number, Rank, number
from samizdat.importers.plain.passages import split
from samizdat.importers.plain.record import Passage, PassageKind, Passages, Study
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.titles import case
from samizdat.problems import Rule, Severity

UNDERLINED = Rule(
    "H56",
    Severity.ADVICE,
    "An underlined heading",
    "A short line with a line of hyphens or equals signs below it is a heading; the signs are left out.",
)
UNMARKED = Rule(
    "H57",
    Severity.ADVICE,
    "An unmarked heading",
    "A short line without a stop at its end, with text before and after it, set off by more space than paragraphs or of a style"
    " that comes back at some distance, is a heading.",
)

CALLED = re.compile(f"{CALL}[^{END}]*{END}")
_LONGEST = 220
_LEAD_IN = 2
_PARAGRAPH = 120
_DENSE = 2
"""How many letters more a character of Chinese or Japanese is worth, and a syllable of Korean."""
_OPENING = 5
"""Spaces that the first line of a paragraph may be set in."""
_ROW = re.compile(r"\S(?: {3,}| ?\.{4,} ?)(?:\S{1,12} ){0,3}[$£€(]?\d[\d.,/ -]*%?\)?\s*$")
_RULE_LINE = re.compile(r"^\s*([-=~_*])\1{2,}\s*$")


@dataclass(slots=True)
class Candidate:
    index: int
    passage: Passage
    text: str
    number: Number | None
    case: str
    after: int
    prose_before: bool
    prose_after: bool
    over_inset: bool = False
    """What follows is set in, as verse and quotations are that a line introduces."""
    after_inset: bool = False
    """What stands before it is set in, and what follows is not: it may be a name below verse or a quotation."""
    in_table: bool = False
    """It is a row of a table, with a figure at the end after a gap, or stands right over one."""
    goes_on: bool = False
    """What follows begins with a small letter."""
    after_comma: bool = False
    """What stands before it ends with a comma: the sentence goes on."""
    in_list: bool = False
    """The paragraph before it or after it has the number before its own or after it: it is an item among longer ones."""
    over_date: bool = False
    """What follows is nothing but a date, as below the place where a preface was signed."""
    opening: bool = False
    """Nothing but short lines and a paragraph that leads in stands before it, and text right below."""
    family: str = ""
    score: float = 0.0
    signs: list[str] = field(default_factory=list)
    rule: Rule = UNMARKED
    listed: bool = False
    merged: int = 0
    level: int = 0

    def add(self, points: float, sign: str) -> None:
        """Add to the sum, or take from it; what speaks for a heading is named in the ledger."""
        self.score += points
        if points > 0:
            self.signs.append(sign)

    @property
    def why(self) -> str:
        """What speaks for it, in a sentence."""
        *most, last = dict.fromkeys(self.signs) or ("is of a style that comes back",)
        return f"It {', '.join(most)} and {last}." if most else f"It {last}."

    @property
    def before(self) -> int:
        """How many blank lines stand before it."""
        return self.passage.before

    @property
    def numbered(self) -> bool:
        """It begins with a number that is set off."""
        return self.number is not None and self.number.marked


def apart(passages: Passages, rules: Rules) -> Iterator[Passage]:
    """Cut off headings that stand on the first line of a passage, with the text close below."""
    numbers = _close_numbers(passages)
    for passage in passages:
        lines = passage.lines
        if not passage.unknown or len(lines) < 2:
            yield passage
        elif _RULE_LINE.match(lines[1].text) and len(lines[0].words) < 100 and rules.allow(UNDERLINED):
            head, *rest = split(passage, 2)
            yield replace(head, data="underlined")
            yield from rest
        elif lines[0].number in numbers or _label_above_text(passage):
            yield from split(passage, 1)
        else:
            yield passage


def _label_above_text(passage: Passage) -> bool:
    found = number(passage.lines[0].words)
    return bool(found and found.rank <= Rank.SCENE and not found.title and len(passage.flowed) > 300)


def _close_numbers(passages: Passages) -> set[int]:
    """Return the lines that hold only a number, above text without a blank line between, where such numbers count up."""
    found: set[int] = set()
    run: list[tuple[int, int]] = []
    for passage in passages:
        if not passage.unknown:
            continue
        first = passage.lines[0]
        if len(first.words) > 8:
            continue
        value = number(first.words)
        if not value or value.title or value.label:
            continue
        close = len(passage.lines) > 1 and len(passage.lines[1].words) > 8
        if run and value.value == run[-1][1] + 1:
            run.append((first.number if close else 0, value.value))
        else:
            if len(run) > 1:
                found |= {line for line, _ in run}
            run = [(first.number if close else 0, 1)] if value.value == 1 else []
    if len(run) > 1:
        found |= {line for line, _ in run}
    return found - {0}


def candidates_in(result: list[Passage], study: Study) -> list[Candidate]:
    """Return every passage that may be a heading."""
    found: list[Candidate] = []
    begun = 0
    for index, passage in enumerate(result):
        opening = begun < _LEAD_IN
        begun += passage.unknown and _is_prose(passage, study)
        if not passage.unknown or not _short(passage, study):
            continue
        previous = _neighbour(result, index, -1)
        following = _neighbour(result, index, 1)
        below = following is not None and (_is_prose(following, study) or (study.even and following.flowed.endswith(":")))
        lines = [line for line in passage.lines if not _RULE_LINE.match(line.text)]
        text = " ".join(line.words for line in lines)
        if not text or not any(map(str.isalnum, text)):
            continue
        found.append(
            Candidate(
                index,
                passage,
                text,
                number(CALLED.sub("", text)),
                case(text.strip("_*=")),
                following.before if following else 0,
                previous is None or _is_prose(previous, study) or (study.even and _is_sentence(previous)),
                below or (following is not None and following.lines[0].indent > passage.lines[0].indent),
                over_inset=following is not None and following.lines[0].indent > passage.lines[0].indent + _OPENING,
                after_inset=previous is not None and following is not None and _after_inset(previous, following),
                in_table=any(_ROW.search(line.text) for line in (*lines, *(following.lines[:1] if following else ()))),
                goes_on=following is not None and is_small(following.flowed[:1]),
                after_comma=previous is not None and previous.unknown and previous.flowed.endswith((",", "，", "、", "،")),
                in_list=_is_item(previous, passage, following),
                over_date=following is not None and bool(date_in(following.flowed)),
                opening=opening and below,
            )
        )
    return found


def _is_item(before: Passage | None, passage: Passage, after: Passage | None) -> bool:
    """Tell whether the passage before or after counts on in the same manner."""
    one = _item_number(passage)
    return one is not None and any(
        other is not None
        and (item := _item_number(other)) is not None
        and (item.style, item.value) == (one.style, one.value + step)
        for other, step in ((before, -1), (after, 1))
    )


def _item_number(passage: Passage) -> Number | None:
    found = number(passage.flowed[:_LONGEST])
    return found if found and found.marked and found.title and not found.label else None


def _margin(passage: Passage) -> int:
    return min(line.indent for line in passage.lines)


def _after_inset(before: Passage, after: Passage) -> bool:
    """Tell whether the lines before are set in, and those after are not."""
    return len(before.lines) > 1 and _margin(before) >= _margin(after) + 2


def _short(passage: Passage, study: Study) -> bool:
    if len(passage.lines) > 5 or len(passage.flowed) > _LONGEST:
        return False
    return not (study.wrapped and len(passage.lines) > 1 and sum(line.length > 0.85 * study.width for line in passage.lines) > 1)


def _neighbour(result: list[Passage], index: int, step: int) -> Passage | None:
    index += step
    while 0 <= index < len(result):
        if result[index].kind in {PassageKind.UNKNOWN, PassageKind.NOTE, PassageKind.HEADING}:
            return result[index]
        index += step
    return None


def _is_prose(passage: Passage, study: Study) -> bool:
    text = passage.flowed
    if passage.kind is PassageKind.NOTE:
        return True
    if study.wrapped:
        return len(passage.lines) > 1 or len(text) > 0.6 * study.width
    return len(text) + _DENSE * sum(map(_is_dense, text)) > _PARAGRAPH or len(passage.lines) > 1


def _is_dense(letter: str) -> bool:
    return letter >= "\u3040"


def _is_sentence(passage: Passage) -> bool:
    """Tell whether a short passage is a sentence, or names the source of what stands above it."""
    text = passage.flowed
    return text.rstrip('”"’»)').endswith((".", "!", "?", "…")) or text.startswith(("—", "–", "―", "--"))
