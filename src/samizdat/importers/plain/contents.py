"""Printed tables of contents: found, read, and taken out of the text. What they list is the best evidence for headings."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from samizdat.importers.plain.numbering import Number, number
from samizdat.importers.plain.record import Decision, Decisions, Lines, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.titles import is_contents, key
from samizdat.problems import Rule, Severity

TITLED = Rule(
    "C51",
    Severity.ADVICE,
    "A printed table of contents",
    "Short lines below the word “Contents”, up to where the first of them comes back as a heading, are the table of contents of"
    " the old edition. A new one is made, so it is not kept; what it lists is expected as headings.",
)
RECURRING = Rule(
    "C52",
    Severity.ADVICE,
    "A table of contents without a title",
    "A run of short lines before the text, most of which come back later alone on their lines, is a table of contents even where"
    " nothing says so.",
)

_LEADER = re.compile(r"\s*(?:\.\s?){3,}\s*([\divxlcIVXLC]*)\s*$|\s{2,}([\divxlc]{1,5})\s*$|\t+([\divxlc]{1,5})\s*$")
_PAGE_WORD = re.compile(r"^\W*(?:page|pages|seite|p\.|pag\.?|chapter|chap\.?|стр\.?)(?:\s+page)?\W*$", re.IGNORECASE)
_PAGE_ALONE = re.compile(r"\W*\d{1,4}\W*")
_NO_PAGE = "…"
"""The page of an entry whose dots lead to no number: an extract may put the numbers elsewhere."""
_FEWEST = 3
_FEWEST_TITLED = 2
_EARLY = 0.2
_LONGEST_ENTRY = 120
_LONGEST_LEADER = 160
_NUMBER = 4
"""Spaces that a number and its stop take up before a title."""
_ENOUGH = 500
"""Lines of a passage, all through it, that tell of the others."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table of contents."""

    title: str
    indent: int
    page: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a table of contents lists."""

    entries: tuple[Entry, ...]


def listed(passages: Passages) -> tuple[Entry, ...]:
    """Return the entries of all tables of contents."""
    return tuple(entry for passage in passages if isinstance(passage.data, Listed) for entry in passage.data.entries)


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find tables of contents."""
    decisions: list[Decision] = []
    result = list(passages)
    inside = [index for index, passage in enumerate(result) if passage.unknown]
    later = Counter(key(result[index].flowed) for index in inside if len(result[index].flowed) < _LONGEST_ENTRY)
    if rules.allow(TITLED):
        position = 0
        while position < len(inside):
            index = inside[position]
            first = result[index].lines[0].words
            if is_contents(first) or (len(result[index].lines) == 1 and is_contents(result[index].flowed)):
                size = _extent(result, inside[position:], study, later)
                if size:
                    _take(result, inside[position : position + size], TITLED, decisions)
                    position += size
            position += 1
    if rules.allow(RECURRING) and not listed(tuple(result)):
        early = [index for index in inside if result[index].unknown][: max(12, int(_EARLY * len(inside)))]
        tails = _tails(result)
        for index in early:
            if _recurs(result[index], later, tails, index):
                _take(result, [index], RECURRING, decisions)
                break
        else:
            run = _recurring_run([index for index in early if result[index].unknown], result, later)
            if len(run) >= _FEWEST + 1:
                _take(result, run, RECURRING, decisions)
    return tuple(result), tuple(decisions)


def _extent(result: list[Passage], inside: list[int], study: Study, later: Counter[str]) -> int:
    """Return over how many passages a table of contents goes, its title included; 0 if none follows."""
    seen: dict[str, int] = {}
    entries = 0
    widest = 0
    size = 1
    first_lines = result[inside[0]].lines[1:]
    keys: set[str] = set()
    if first_lines:
        for line in first_lines:
            keys.add(key(_entry(line.words).title))
        entries = len(first_lines)
        keys.discard("")
    last_good = 1 if entries >= _FEWEST_TITLED else 0
    for position, index in enumerate(inside[1:], start=1):
        passage = result[index]
        if _is_text(passage, study):
            break
        flat = key(passage.flowed)
        lines = [line.words for line in passage.lines if not _PAGE_WORD.match(line.words)]
        if lines and entries >= _FEWEST_TITLED and (flat in keys or _starts_again(flat, lines, seen, later)):
            return position
        gap = passage.before
        if (
            entries >= _FEWEST_TITLED
            and gap >= max(3, widest + 2)
            and later[flat] < 2
            and not _has_page(lines)
            and not _returns(lines, later)
        ):
            return position
        if position > 1:
            widest = max(widest, gap) if gap < 6 else widest
        for text in lines:
            plain = key(_entry(text).title)
            if plain:
                keys.add(plain)
                seen.setdefault(plain, position)
                entries += 1
        size = position + 1
        last_good = size
    return last_good if entries >= _FEWEST_TITLED else 0


def _starts_again(flat: str, lines: list[str], seen: dict[str, int], later: Counter[str]) -> bool:  # noqa: ARG001
    """Tell whether a passage is the heading of the first chapter: its number begins an entry seen before, and it stands alone."""
    if len(lines) > 2 or not flat:
        return False
    found = number(lines[0])
    if not found or not (found.value == 1 and found.marked):
        return False
    return any(entry.startswith(flat) or flat.startswith(entry) for entry in list(seen)[:3])


def _returns(lines: list[str], later: Counter[str]) -> bool:
    return sum(later[key(_entry(line).title)] > 0 for line in lines) > 0.5 * len(lines) and len(lines) > 1


def _has_page(lines: list[str]) -> bool:
    return any(_entry(line).page for line in lines)


def _is_text(passage: Passage, study: Study) -> bool:
    lines = passage.lines
    if not study.wrapped:
        return any(len(line.words) > 1.5 * _LONGEST_ENTRY for line in lines)
    paged = sum(bool(_entry(line.text).page) for line in lines)
    if paged > 0.2 * len(lines):
        return False
    full = [line for line in lines if line.length > 0.8 * study.width]
    ended = len(lines) >= 2 and full and lines[-1].words.endswith((".", "!", "?", '"', "”", "’", "."))
    return len(full) >= 3 or (len(full) >= max(1, 0.6 * len(lines)) and bool(ended))


def _entry(text: str) -> Entry:
    indent = len(text) - len(text.lstrip())
    line = text.rstrip()
    # A row of dots ends a line; looking for one through a very long run of spaces would take for ever.
    found = _LEADER.search(line, max(indent, len(line) - _LONGEST_LEADER))
    page = next((group for group in found.groups() if group), _NO_PAGE) if found else ""
    title = (text[: found.start()] if found else text).strip(" _*=")
    if numbered := _set_off(title):
        # Numbers may be set to the right; the titles after them show how deep an entry is.
        indent = max(0, text.rfind(numbered.title[:20]) - _NUMBER)
    return Entry(title, indent, page)


def _recurs(passage: Passage, later: Counter[str], tails: Mapping[str, int], index: int) -> bool:
    """Tell whether most lines of a passage come back as passages of their own."""
    lines = passage.lines
    if len(lines) < _FEWEST or any(len(line.words) > _LONGEST_ENTRY for line in lines):
        return False
    some = lines[:: max(1, len(lines) // _ENOUGH)]
    return sum(_known(_entry(line.text).title, later, tails, index) for line in some) >= 0.6 * len(some)


def _tails(result: list[Passage]) -> dict[str, int]:
    """Return what short passages say, with and without their numbers, and where each of it stands last."""
    return {
        key(number_free): index
        for index, passage in enumerate(result)
        if passage.unknown and len(passage.lines) < 4 and len(passage.flowed) < _LONGEST_ENTRY
        for number_free in _without_numbers(passage.flowed)
    }


def _without_numbers(text: str) -> tuple[str, ...]:
    found = number(text)
    return (text, found.title) if found and found.title else (text,)


def _known(title: str, later: Counter[str], tails: Mapping[str, int], index: int) -> bool:
    """Tell whether a title comes back as a passage, or below this one as the words after a number."""
    plain = (name for name in map(key, _without_numbers(title)) if len(name) > 1)
    return any(later[name] > 0 or tails.get(name, 0) > index for name in plain)


def _recurring_run(early: list[int], result: list[Passage], later: Counter[str]) -> list[int]:
    """Return the longest run of short passages that come back later."""
    best: list[int] = []
    run: list[int] = []
    seen: set[str] = set()
    for index in early:
        flat = key(result[index].flowed)
        if flat and len(result[index].flowed) < _LONGEST_ENTRY and later[flat] > 1 and flat not in seen:
            run.append(index)
            seen.add(flat)
        else:
            best = max(best, run, key=len)
            run, seen = [], set()
    return max(best, run, key=len)


def _paired(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Join the number of a chapter with the title on the next line."""
    alone = [(found := number(entry.title)) is not None and bool(found.label) and not found.title for entry in entries]
    follows = [place for place in range(len(entries) - 1) if alone[place] and number(entries[place + 1].title) is None]
    if len(follows) < 0.6 * sum(alone):
        return entries
    joined = {place + 1 for place in follows}
    return tuple(
        Entry(f"{entry.title.rstrip(' .:')}: {entries[place + 1].title}", entry.indent, entries[place + 1].page)
        if place in follows
        else entry
        for place, entry in enumerate(entries)
        if place not in joined
    )


def _aligned(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Give entries without numbers the depth of those with, where numbers set to the right leave all titles in one column."""
    numbered = {entry: len(entry.title) - len(found.title) for entry in entries if (found := _set_off(entry.title))}
    depths = Counter(entry.indent for entry in numbered)
    depth = max(depths, key=lambda each: depths[each], default=0)
    right = depths[depth] == len(numbered) and len(set(numbered.values())) > 1
    column = depth + _NUMBER
    return tuple(
        replace(entry, indent=depth) if right and entry.indent == column and entry not in numbered else entry for entry in entries
    )


def _set_off(title: str) -> Number | None:
    """Return the number before a title, unless a word such as chapter stands before it."""
    found = number(title)
    return found if found and found.title and not found.label else None


def pinned(passage: Passage) -> Passage:
    """Read lines that a person says are a table of contents."""
    return replace(passage, data=Listed(_read(passage.lines)))


def _read(lines: Lines) -> tuple[Entry, ...]:
    led = any(_entry(line.text).page == _NO_PAGE for line in lines)
    entries = tuple(
        entry
        for line in lines
        if line.words
        and not is_contents(line.words)
        and not _PAGE_WORD.match(line.words)
        and not (led and _PAGE_ALONE.fullmatch(line.words))
        and (entry := _entry(line.text)).title
    )
    return _aligned(_paired(entries))


def _take(result: list[Passage], indexes: list[int], rule: Rule, decisions: list[Decision]) -> None:
    lines = tuple(line for index in indexes for line in result[index].lines)
    entries = _read(lines)
    for index in indexes:
        result[index] = result[index].decided(rule, PassageKind.CONTENTS, 0.9)
    result[indexes[0]] = replace(result[indexes[0]], data=Listed(entries))
    whole = replace(result[indexes[0]], lines=lines)
    decisions.append(
        decide(rule, whole, 0.9, f"{len(entries)} entries", "Short lines one below the other that come back as headings.")
    )
