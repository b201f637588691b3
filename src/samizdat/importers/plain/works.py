"""Several works in one capture: where the next one begins, and what a web page put after the text."""

import re
from collections import Counter
from dataclasses import replace

from samizdat.importers.plain.debris import WEB
from samizdat.importers.plain.record import Decision, Decisions, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.statements import Stated, fields, titled
from samizdat.importers.plain.titles import case, key
from samizdat.problems import Rule, Severity

AFTER = Rule(
    "W51",
    Severity.ADVICE,
    "Another text after the end",
    "An advertisement, a list of related posts or a line with the author’s name after a title shows that the text has ended and"
    " another begins. It becomes a manuscript of its own.",
)
STUB = Rule(
    "W52",
    Severity.ADVICE,
    "A teaser of another text",
    "A title with the same sentences below it that also stand below other titles is no text of its own. It is left out.",
)
LINK = Rule(
    "W53",
    Severity.ADVICE,
    "A line that only leads elsewhere",
    "A short line after the end of a text that asks the reader to order, register, comment or read on elsewhere, and whose link"
    " is dead, is left out.",
)

NAMED_IN_TITLE = Rule(
    "W54",
    Severity.ADVICE,
    "A second work that the title names",
    "The title of the file joins two titles, and the second stands alone on a line far into the text. From there on it is a work"
    " of its own.",
)

_BYLINE = re.compile(r"^\s*(?:by|By|BY)\s+([A-Z][\w.’'-]*(?:\s+[\w.’'-]+){1,4})\s*$")
_LINK = re.compile(
    r"\b(?:here|this link|link)\W*$|^\W*(?:you can|register|registration|click|order|contact us|links? for|the .{3,40} (?:is"
    r"|website is) here"
    r"|if you (?:liked|enjoyed)|you (?:might|may) also|see also|read (?:more|also)|https?://|www\.)|\b(?:comment on"
    r"|read and comment)\b|@\w+\.\w+",
    re.IGNORECASE,
)


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find where another work begins."""
    decisions: list[Decision] = []
    result = list(passages)
    if study.even:
        _after_the_end(result, rules, decisions)
    _second_title_pages(result, rules, decisions)
    if rules.allow(NAMED_IN_TITLE):
        _named_in_title(result, decisions)
    return tuple(result), tuple(decisions)


def _after_the_end(result: list[Passage], rules: Rules, decisions: list[Decision]) -> None:
    """Find the posts that follow when a web page was captured whole."""
    border = _border(result)
    if border is None or not rules.allow(AFTER):
        return
    rest = [index for index in range(border, len(result)) if result[index].unknown]
    repeated = Counter(key(result[index].flowed) for index in rest if len(result[index].flowed) > 120)
    words = 0
    start: int | None = None
    for position, index in enumerate(rest):
        passage = result[index]
        text = passage.flowed
        following = result[rest[position + 1]] if position + 1 < len(rest) else None
        if (
            start is not None
            and len(text) < 160
            and _LINK.search(text)
            and rules.allow(LINK)
            and not (following and _is_title(text) and len(following.flowed) > 300)
        ):
            result[index] = passage.decided(LINK, PassageKind.DEBRIS, 0.8)
            decisions.append(decide(LINK, passage, 0.8, "", "A short line after the end of the text that leads elsewhere."))
        elif rules.allow(STUB) and repeated[key(text)] > 1:
            result[index] = passage.decided(STUB, PassageKind.DEBRIS, 0.9)
            decisions.append(decide(STUB, passage, 0.9, "", "The same words stand below other titles too."))
        elif rules.allow(STUB) and following and repeated[key(following.flowed)] > 1:
            result[index] = passage.decided(STUB, PassageKind.DEBRIS, 0.9)
            decisions.append(decide(STUB, passage, 0.9, "", "Below it stands what also stands below other titles."))
        elif _is_title(text) and following is not None and (start is None or (len(following.flowed) > 200 and words > 150)):
            stated = Stated(tuple(titled(text)), begins_work=True)
            result[index] = replace(passage.decided(AFTER, PassageKind.METADATA, 0.75), data=stated)
            decisions.append(
                decide(AFTER, passage, 0.75, f"a work of its own: {text}", "It stands after the end of the text before it.")
            )
            start, words = index, 0
        else:
            words += len(text.split())


def _border(result: list[Passage]) -> int | None:
    """Return the first passage after the debris that ends a text."""
    total = sum(len(passage.text) for passage in result)
    before = 0
    for index, passage in enumerate(result):
        before += len(passage.text)
        if passage.rule == WEB.code and before > 0.25 * total and index + 1 < len(result):
            following = [each for each in result[index + 1 : index + 6] if each.unknown]
            if following and re.fullmatch(
                r"advertisements?|related.*|more .*|anzeige|publicité|publicidad", passage.flowed.strip(" .:"), re.IGNORECASE
            ):
                return index + 1
    return None


def _is_title(text: str) -> bool:
    return (
        len(text) < 110
        and not text.endswith((".", ",", ":", ";"))
        and case(text) in {"title", "upper", "none", "sentence"}
        and not _LINK.search(text)
    )


def _named_in_title(result: list[Passage], decisions: list[Decision]) -> None:
    """Find the second of two works where the title is "A, and B" and B stands on a line of its own."""
    known = fields(result)
    title = known.get("title", ("",))[0]
    inside = [index for index, passage in enumerate(result) if passage.unknown]
    places = {
        key(result[index].flowed): index
        for index in inside[len(inside) // 10 :]
        if len(result[index].flowed) < 120 and result[index].before > 1
    }
    for joint in re.finditer(r",?\s+(?:and|und|et|y|e|en|och|og|&)\s+|\s*[;/]\s*", title):
        first, second = title[: joint.start()], title[joint.end() :]
        index = places.get(key(second))
        if index is None or len(key(first)) < 3 or len(key(second)) < 6:
            continue
        people = tuple((role, name) for role in ("author", "translator", "editor", "language") for name in known.get(role, ()))
        passage = result[index]
        stated = Stated((("title", second), *people), begins_work=True)
        result[index] = replace(passage.decided(NAMED_IN_TITLE, PassageKind.METADATA, 0.85), data=stated)
        why = "The title of the file names it second, and it stands alone on a line far into the text."
        decisions.append(decide(NAMED_IN_TITLE, passage, 0.85, f"a work of its own: {second}", why))
        for place, other in enumerate(result):
            if place < index and isinstance(other.data, Stated):
                changed = tuple(
                    (name, first if name == "title" and value == title else value) for name, value in other.data.fields
                )
                result[place] = replace(other, data=replace(other.data, fields=changed))
        return


def _second_title_pages(result: list[Passage], rules: Rules, decisions: list[Decision]) -> None:
    """Find a title with a line "by …" below it, far from the beginning, after a wide gap."""
    if not rules.allow(AFTER):
        return
    titles = {key(passage.flowed) for passage in result if isinstance(passage.data, Stated)}
    authors = {
        key(value)
        for passage in result
        if isinstance(passage.data, Stated)
        for name, value in passage.data.fields
        if name == "author"
    }
    inside = [index for index, passage in enumerate(result) if passage.unknown]
    start = int(0.05 * len(inside))
    gap = max(3, int(1.5 * max((Counter(result[index].before for index in inside).most_common(1) or [(1, 0)])[0][0], 1)))
    for position, index in enumerate(inside[:-1]):
        passage, following = result[index], result[inside[position + 1]]
        if position < start or passage.before < gap or len(passage.flowed) > 120 or len(passage.lines) > 3:
            continue
        byline = _BYLINE.match(following.flowed)
        glued = _BYLINE.match(passage.lines[-1].text) if len(passage.lines) > 1 else None
        found = byline or glued
        if not found or (authors and key(found[1]) not in authors) or key(passage.flowed) in titles:
            continue
        title = " ".join(line.words for line in passage.lines[: -1 if glued else None])
        stated = Stated((*titled(title), ("author", found[1].strip())), begins_work=True)
        result[index] = replace(passage.decided(AFTER, PassageKind.METADATA, 0.8), data=stated)
        decisions.append(
            decide(AFTER, passage, 0.8, f"a work of its own: {title}", "A title with its author below it, after a wide gap.")
        )
        if byline:
            result[inside[position + 1]] = following.decided(AFTER, PassageKind.METADATA, 0.8)
