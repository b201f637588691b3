"""The title page: the short lines before the first text, table of contents or chapter."""

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise

from samizdat.importers.plain.bylines import BY, NAME, authors, credited, plain, signed
from samizdat.importers.plain.dates import date_in
from samizdat.importers.plain.numbering import number
from samizdat.importers.plain.record import Decision, Passage, PassageKind, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.statements import Stated, people, titled
from samizdat.importers.plain.titles import case, is_cast, is_contents, key, kind, words
from samizdat.problems import Rule, Severity

TITLE = Rule(
    "M53",
    Severity.ADVICE,
    "The title of the work",
    "A short line that stands before all text, or says the same as the title in the library’s header, is the title. What follows"
    " a colon or “or,” is the subtitle.",
)
AUTHOR = Rule(
    "M54",
    Severity.ADVICE,
    "The author of the work",
    "A line near the title that begins with “by”, or says the same as the author in the library’s header, names the author."
    " Nobody is taken for the author without such a line.",
)
DATE = Rule(
    "M55",
    Severity.ADVICE,
    "The date of the work",
    "A line below the title that is nothing but a date says when the text was published.",
)
IMPRINT = Rule(
    "M56",
    Severity.ADVICE,
    "Lines of a title page",
    "Between the title and the first chapter stand publisher, place, printings and rights of the old edition. They are kept in"
    " the record and not printed again.",
)

FIELDS = "M52"
"""The rule of fields at the head of a capture; where a person or a site has written these, no printed title page follows."""

SAYS_SOURCE = re.compile(
    r"^\W*(?:(?:this (?:article|text|essay|post|piece|story|interview|review|pamphlet|chapter|work) (?:was |is )?)?(?:first "
    r"|originally |also |re)?"
    r"(?:re)?(?:posted|published|appeared|retrieved|archived)\b.{0,160}\b(?:at|in|on|by|from)\b"
    r"|(?:this is )?(?:part|one|the \w+ (?:part|article|piece)) (?:\w+ )?of (?:the|a|our) .{2,80}\b(?:series|articles)\b"
    r"|this is the (?:full |complete )?text of\b|you can (?:buy|order|find|read)\b|(?:quelle|source|fuente|fonte|retrieved from"
    r"|источник)\s*:"
    r"|(?:erschienen|zuerst veröffentlicht|paru dans|publié dans|publicado en|pubblicato)\b)",
    re.IGNORECASE | re.DOTALL,
)
_IMPRINT = re.compile(
    r"publish|printed|press\b|edition|copyright|rights reserved|impression|illustrat|author of|london|new york|boston|chicago"
    r"|paris|berlin"
    r"|leipzig|verlag|éditions?\b|translated|company|& co|\bltd|\binc\b|library|\b1[5-9]\d\d\b|introduction by|preface by",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"copyright|©|rights reserved|\bISBN\b|\burn:|printed (?:in|by|and bound)", re.IGNORECASE)
_LONGEST_IMPRINT = 1500
_LONGEST_WITH_STOP = 7
_SUBTITLE = re.compile(r"^(?:or[,:]?\s|being\b|an?\s)", re.IGNORECASE)
_SPACED = re.compile(r"(?<=\b\w)\s(?=\w\b)")
"""The space inside letterspaced words, as title pages have them."""
_MOST_PASSAGES = 24
_FEWEST_WORDS, _MOST_WORDS = 3, 12
"""Of a title that the text before it announces."""
_DEDICATION = re.compile(
    r"^\W*(?:to|for|dedicated to|inscribed|in memory of|dem|der|meine[mr]|für|à|a mi|ai|al|alla)\b", re.IGNORECASE
)
LONGEST_TITLE = 160


def read_title_page(
    result: list[Passage], study: Study, rules: Rules, known: dict[str, tuple[str, ...]], decisions: list[Decision]
) -> None:
    """Read the title page: the short passages before the first text, table of contents or chapter."""
    page = _page(result, study)
    if not page:
        if not known and rules.allow(TITLE):
            _announced(result, decisions)
        return
    following = next((passage for index, passage in enumerate(result) if index > page[-1] and passage.unknown), None)
    opened = following is None or is_contents(following.lines[0].words) or _opens(following)
    if not opened and not known and len(page) > 1:
        page = _without_headings(page, result)
    printed = not any(passage.rule == FIELDS for passage in result)
    explicit = [index for index in page if _IMPRINT.search(result[index].flowed) or date_in(result[index].flowed)]
    reader = _Reader(known, rules)
    starts = sorted(study.pages)

    def leaf(index: int) -> int:
        """Return which page of an extract a passage stands on; without pages none is like another."""
        return bisect_right(starts, result[index].first) if starts else index

    for position, index in enumerate(page):
        passage = result[index]
        enclosed = (
            printed
            and (bool(known.get("title")) or reader.named)
            and (index < max(explicit, default=-1) or leaf(index) == leaf(page[0]))
        )
        rule, stated = reader.read(passage, second=position == 1, enclosed=enclosed)
        if rule and rules.allow(rule):
            result[index] = replace(passage.decided(rule, PassageKind.METADATA, 0.85), data=Stated(tuple(stated)))
            after = "; ".join(": ".join(pair) for pair in stated) or "known already"
            decisions.append(decide(rule, passage, 0.85, after, "It stands before the text, among the lines of the title page."))


def _announced(result: list[Passage], decisions: list[Decision]) -> None:
    """Take a short line for the title that the paragraph right before it, the first of the text, says word for word."""
    inside = [index for index, passage in enumerate(result) if passage.unknown]
    if len(inside) <= 2:
        return
    lead, passage = result[inside[0]], result[inside[1]]
    name = words(passage.flowed)
    if not _FEWEST_WORDS <= len(name) <= _MOST_WORDS or not _may_be_title(passage) or _opens(passage):
        return
    if f" {' '.join(name)} " in f" {' '.join(words(lead.flowed))} ":
        stated = Stated(tuple(titled(passage.flowed)))
        result[inside[1]] = replace(passage.decided(TITLE, PassageKind.METADATA, 0.7), data=stated)
        why = "It stands alone below the paragraph that opens the text, which says the same words."
        decisions.append(decide(TITLE, passage, 0.7, "; ".join(": ".join(pair) for pair in stated.fields), why))


def _page(result: list[Passage], study: Study) -> list[int]:
    """Return the short passages before the text."""
    page: list[int] = []
    for index, passage in enumerate(result):
        if not passage.unknown:
            continue
        imprint = bool(page) and _COPYRIGHT.search(passage.flowed) is not None and len(passage.flowed) < _LONGEST_IMPRINT
        text = _is_text(passage, study) and not imprint
        if text or is_contents(passage.lines[0].words) or len(page) > _MOST_PASSAGES or _opens(passage):
            break
        if imprint:
            page.append(index)
            continue
        if page and _keeps(passage) and not _IMPRINT.search(passage.flowed):
            if not any(pattern.search(result[page[-1]].flowed) for pattern in (_IMPRINT, BY)) and len(page) > 1:
                page.pop()
            break
        page.append(index)
    return page


class _Reader:
    """Reads a title page from top to bottom, and remembers what it has read."""

    def __init__(self, known: dict[str, tuple[str, ...]], rules: Rules) -> None:
        self.rules = rules
        titles, subtitles = known.get("title", ()), known.get("subtitle", ())
        self.titles = {key(title) for title in titles + subtitles} | {key(" ".join((title, *subtitles))) for title in titles}
        self.authors = {words(name) for name in known.get("author", ())}
        self.named = bool(self.titles)
        self.subtitled = bool(subtitles)
        self.after_by = False
        self.dedicated = False

    def read(self, passage: Passage, *, second: bool, enclosed: bool) -> tuple[Rule | None, list[tuple[str, str]]]:
        """Return the rule for a passage and what it states; no rule where it is not of the title page."""
        text = passage.flowed
        is_title = _is_title(text, self.titles)
        self.dedicated = (self.dedicated or (self.named and bool(_DEDICATION.match(text)))) and not is_title
        if self.dedicated or SAYS_SOURCE.match(text):
            return None, []
        if is_title:
            return TITLE, []
        if by_and_date := signed(text):
            return AUTHOR, [each for each in by_and_date if each[0] != "author" or not self.authors]
        if others := credited(text):
            return IMPRINT, others
        date, by = date_in(text), BY.match(text)
        if not self.named and self.rules.allow(TITLE) and not by and not date and _may_be_title(passage):
            self.named = True
            stated = _title_page_lines(passage)
            self.titles |= {key(value) for _, value in stated} | {key(text)}
            return TITLE, stated
        if by:
            self.after_by = not by[1]
            return AUTHOR, [("author", name) for name in authors(by[1])] if by[1] and not self.authors else []
        if self.after_by or self._is_author(text):
            self.after_by = False
            name = text.strip(" .,")
            return AUTHOR, [("author", plain(each)) for each in people(name)] if not self.authors and NAME.match(name) else []
        if date and len(words(text)) <= 5:
            return DATE, [("date", date)]
        if self.named and second and not self.subtitled and _SUBTITLE.match(text) and len(words(text)) < 16:
            return TITLE, [("subtitle", text.strip(" ."))]
        if _IMPRINT.search(text) or _COPYRIGHT.search(text) or (enclosed and _short_lines(passage)):
            return IMPRINT, []
        return None, []

    def _is_author(self, text: str) -> bool:
        """Tell whether a line says the same as a name that the library's header gives, or a part of it."""
        said = set(words(text))
        return bool(said) and any(said >= set(name) or said <= set(name) for name in self.authors)


def _is_text(passage: Passage, study: Study) -> bool:
    text = passage.flowed
    if not study.wrapped:
        return len(text) > LONGEST_TITLE and not SAYS_SOURCE.match(text)
    full = sum(line.length > 0.75 * study.width and line.indent < 8 for line in passage.lines)
    return full >= 2 or len(text) > 400


def _opens(passage: Passage) -> bool:
    """Tell whether a passage opens the text: a numbered heading, one known by its name, or that of the persons of a play."""
    text = passage.flowed
    found = number(text)
    return bool((found and found.marked and (found.label or found.value == 1) and len(text) < 120) or kind(text) or is_cast(text))


def _without_headings(page: list[int], result: list[Passage]) -> list[int]:
    """Leave the last short line before the text to be its heading, if there is more than a title and it stands apart."""
    rest = [
        index
        for index in page[1:]
        if not (
            BY.match(result[index].flowed)
            or signed(result[index].flowed)
            or date_in(result[index].flowed)
            or SAYS_SOURCE.match(result[index].flowed)
        )
    ]
    return [index for index in page if not rest or index < rest[0]]


def _is_title(text: str, titles: set[str]) -> bool:
    plain = key(text)
    return bool(plain) and any(
        plain == title or (len(plain) > 8 and title and (plain.startswith(title) or title.startswith(plain))) for title in titles
    )


def _may_be_title(passage: Passage) -> bool:
    text = passage.flowed
    return (
        len(text) <= LONGEST_TITLE
        and not text.endswith((",", ";"))
        and case(text) != "lower"
        and bool(words(text))
        and not SAYS_SOURCE.match(text)
        and not _is_sentence(text)
    )


def _is_sentence(text: str) -> bool:
    """Tell whether a line is the first sentence of a text rather than its title."""
    return len(words(text)) > _LONGEST_WITH_STOP and text.endswith(".") and case(text) == "sentence"


def _title_page_lines(passage: Passage) -> list[tuple[str, str]]:
    """Read a title of one or several lines; the author may stand in the last."""
    lines = [line.words for line in passage.lines]
    stated: list[tuple[str, str]] = []
    for position, (line, following) in enumerate(pairwise([*lines, ""])):
        if position and (found := BY.match(line)):
            name = found[1] or following
            stated += [("author", each) for each in authors(name)]
            lines = lines[:position]
            break
    return [
        *titled(plain(" ".join(lines)) if len(lines) == 1 else lines[0]),
        *([("subtitle", " ".join(lines[1:]))] if len(lines) > 1 else []),
        *stated,
    ]


def _short_lines(passage: Passage) -> bool:
    return all(len(_SPACED.sub("", line.words)) < 60 for line in passage.lines) and len(passage.lines) < 8


def _keeps(passage: Passage) -> bool:
    """Tell whether short lines before the text are a text of their own: verse, a quotation, persons of a play."""
    return (
        len(passage.lines) > 3
        or passage.flowed.endswith(('"', "”", "’", "—"))
        or passage.flowed.startswith(("“", '"', "‘", "—", "--"))
    )


def is_imprint(text: str) -> bool:
    """Tell whether a line speaks of publisher, place, printing or rights of an edition."""
    return bool(_IMPRINT.search(text)) and len(text) <= _LONGEST_IMPRINT
