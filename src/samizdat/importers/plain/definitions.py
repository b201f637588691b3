"""Terms with their meanings: glossaries, and whole dictionaries."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from samizdat.importers.plain.dates import opening_date
from samizdat.importers.plain.passages import joined, pieces
from samizdat.importers.plain.record import Decision, Passage, PassageKind, Passages, decide
from samizdat.importers.plain.rules import Rules
from samizdat.problems import Rule, Severity

GLOSSARY = Rule(
    "L54",
    Severity.ADVICE,
    "A glossary",
    "At least three paragraphs that follow one another begin with a different term in capitals, or set apart in another way, and"
    " a colon or a dash; mostly in the order of the alphabet. They become a list of terms and meanings.",
)
DICTIONARY = Rule(
    "L55",
    Severity.ADVICE,
    "A dictionary",
    "Many paragraphs begin with a term in capitals and its part of speech, or with a term and a colon, in the order of the"
    " alphabet. What stands between one and the next - verse, quotations, further paragraphs - belongs to the entry.",
)

_SPEECH_PART = r"(?:n|v|adj|adv|pron?|prep|conj|interj|int|art|pp|part|p\. ?p|v\. ?[ti]|n\. ?(?:pl|[mf])|[mf]|subst|s|a|vb|pl)\.?"
_LEXICAL = re.compile(
    r"\s*(?P<term>[^\W\d_a-z][^\n.:;a-z]*?(?:\s?\([^)]{1,30}\))?),\s+"
    rf"(?P<end>{_SPEECH_PART}(?:,? (?:and|&|or) {_SPEECH_PART})?)\s*(?=\s|$|[,;])"
)
_CAPITALS = re.compile(r"\s*(?P<term>[^\W\d_a-z][^\n.:;!?a-z]{1,50}?)(?P<end>:|\s?(?:—|--|–))\s*(?=\S)")
_APART = re.compile(r"\s*(?P<term>[_*=]{1,2}[^_*=\n]{2,50}[_*=]{1,2})\s?(?P<end>:|—|--|–|\.)\s*(?=\S)")
_SHORT = re.compile(r"\s*(?P<term>[^\W\d_][^\n.:;!?\"“”]{1,40}?)(?P<end>:|\.(?:—|--|–)|\s(?:—|--|–)\s)\s*(?=\S)")

_ANY = re.compile(r"\s*(?P<term>\S[^\n:]{0,70}?)(?::|\s(?:—|--|–|-|=)\s)\s*(?=\S)")
_LOOSE = re.compile(r"\s*(?P<term>[^\W\d_a-z][^\W\d_a-z'’ -]+(?: or [^\W\d_a-z]+)?[?!]?)(?P<end>[.,:]?)(?: |$)")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where the term of an entry ends in its text, and where the meaning begins."""

    end: int
    meaning: int
    term: str


def lexical(text: str) -> bool:
    """Tell whether a text begins as an entry of a dictionary does: a term in capitals and its part of speech."""
    return _LEXICAL.match(text) is not None


def entry_words(passage: Passage, entry: Entry) -> tuple[str, str]:
    """Return the term of an entry, and the meaning."""
    text = passage.flowed
    return entry.term, text[entry.meaning :].strip()


def defined(passages: Passages, rules: Rules) -> tuple[Passages, list[Decision]]:
    """Find the entries, and make lists of them."""
    for rule, pattern, least in (
        (DICTIONARY, _LEXICAL, 8),
        (GLOSSARY, _CAPITALS, 3),
        (GLOSSARY, _APART, 3),
        (GLOSSARY, _SHORT, 4),
    ):
        if not rules.allow(rule):
            continue
        entries = {number: entry for number, one in enumerate(passages) if one.unknown and (entry := _entry(one, pattern))}
        if len(entries) < least or len({entry.term for entry in entries.values()}) < 0.8 * len(entries):
            continue
        terms = [entry.term for entry in entries.values()]
        if len(entries) >= 12 and _ordered(terms) > 0.85:
            return _dictionary(passages, entries | _among(passages, entries))
        if pattern is not _LEXICAL:
            passages, decisions = _glossaries(passages, entries, rule, least, strict=pattern is _SHORT)
            if decisions:
                return passages, decisions
    return passages, []


def _entry(one: Passage, pattern: re.Pattern[str]) -> Entry | None:
    text = one.flowed[:300]
    match = pattern.match(text)
    if match is None:
        return None
    term = match["term"].strip()
    letters = [letter for letter in term if letter.isalpha()]
    if not letters or len(term) > 60:
        return None
    if pattern is _LEXICAL:
        return Entry(match.end("term"), match.end("term") + 1, term)
    if term.strip("_*= ")[:1].isdigit() or any(opening_date(text)):
        return None  # the day of a diary, the hour of a log
    return Entry(match.end("term"), match.end(), term)


def _among(passages: Passages, entries: dict[int, Entry]) -> dict[int, Entry]:
    """Find the entries that are written in another way, by their place in the alphabet between the others."""
    found: dict[int, Entry] = {}
    last = ""
    following = _following(entries, len(passages))
    for number, one in enumerate(passages):
        if number in entries:
            last = entries[number].term
            continue
        match = _LOOSE.match(one.flowed[:100]) if one.unknown and last else None
        if match and (after := following[number]) is not None:
            term, stop = match["term"], entries[after].term
            in_letters = _sorting(last) <= _sorting(term) <= _sorting(stop)
            in_words = _sorting(last.split()[0]) <= _sorting(term.split()[0]) <= _sorting(stop.split()[0])
            if len(_sorting(term)) > 1 and (in_letters or in_words):
                found[number] = Entry(match.end("term"), match.end("end"), term)
                last = term
    return found


def _following(entries: dict[int, Entry], count: int) -> list[int | None]:
    """Return for each passage the next that is an entry."""
    result: list[int | None] = [None] * count
    after: int | None = None
    for number in reversed(range(count)):
        result[number] = after
        if number in entries:
            after = number
    return result


def _ordered(terms: list[str]) -> float:
    """Return the share of terms that stand in the order of the alphabet after the one before."""
    keys = [_sorting(term) for term in terms]
    return sum(1 for one, following in pairwise(keys) if one <= following) / max(1, len(keys) - 1)


def _sorting(term: str) -> str:
    letters = re.sub(r"^(?:the|an?|der|die|das|les?|la|el|los|las)\s+", "", term.lower().strip("_*="))
    return "".join(letter for letter in letters if letter.isalnum())


def _dictionary(passages: Passages, entries: dict[int, Entry]) -> tuple[Passages, list[Decision]]:
    """Make a list of each run of entries, with all that stands between them up to the next heading."""
    result: list[Passage] = []
    decisions: list[Decision] = []
    number = 0
    while number < len(passages):
        if number not in entries:
            result.append(passages[number])
            number += 1
            continue
        end = number
        while end < len(passages) and (end in entries or _belongs(passages[end])):
            end += 1
        result.append(_list(passages, entries, number, end, DICTIONARY, 0.9))
        count = sum(1 for at in range(number, end) if at in entries)
        whole = result[-1]
        why = "terms in the order of the alphabet, each with its part of speech or a colon"
        decisions.append(decide(DICTIONARY, whole, 0.9, f"{count} terms with their meanings", why))
        number = end
    return tuple(result), decisions


_OF_AN_ENTRY = frozenset({PassageKind.UNKNOWN, PassageKind.VERSE, PassageKind.QUOTE, PassageKind.DRAMA})


def _belongs(one: Passage) -> bool:
    return one.kind in _OF_AN_ENTRY and not one.pinned


def _glossaries(
    passages: Passages, entries: dict[int, Entry], rule: Rule, least: int, *, strict: bool
) -> tuple[Passages, list[Decision]]:
    """Make lists of entries that follow one another directly."""
    result: list[Passage] = []
    decisions: list[Decision] = []
    number = 0
    while number < len(passages):
        end = number
        while end in entries:
            end += 1
        terms = [entries[at].term for at in range(number, end)]
        if len(terms) < least or len(set(terms)) < len(terms) or (strict and (len(terms) < least or _ordered(terms) < 1)):
            result += passages[number : max(end, number + 1)]
            number = max(end, number + 1)
            continue
        sure = 0.9 if _ordered(terms) >= 0.7 else 0.75
        whole = _list(passages, entries, number, end, rule, sure)
        result.append(whole)
        why = f"{len(terms)} paragraphs in a row begin with a term and a colon or dash"
        decisions.append(decide(rule, whole, sure, f"{len(terms)} terms with their meanings", why))
        number = end
    return tuple(result), decisions


def _list(passages: Passages, entries: dict[int, Entry], start: int, end: int, rule: Rule, sure: float) -> Passage:
    parts = tuple(
        replace(one, kind=PassageKind.PARAGRAPH, data=entries[at]) if at in entries else _kept(one)
        for at, one in enumerate(passages[start:end], start=start)
    )
    whole = joined(passages[start:end])
    return replace(whole.decided(rule, PassageKind.DEFINITIONS, sure), data=None, parts=parts)


def pinned(passage: Passage) -> Passage:
    """Make terms and meanings of lines that a person says are such: parted by a colon or a dash, or by the end of a line."""
    parts: list[Passage] = []
    for piece in pieces(passage):
        rows = [replace(piece, lines=(line,)) for line in piece.lines]
        each = rows if all(_parting(row) for row in rows) else [piece]
        for one in each:
            entry = _parting(one)
            first = one.lines[0].words
            open_term = bool(parts) and isinstance(parts[-1].data, Entry) and not entry_words(parts[-1], parts[-1].data)[1]
            if entry is None and not open_term:
                entry = Entry(len(first), len(first), first)
            parts.append(replace(one, kind=PassageKind.PARAGRAPH, data=entry))
    return replace(passage, data=None, parts=tuple(parts))


def _parting(one: Passage) -> Entry | None:
    """Return the term that begins a passage, wherever a colon or a dash parts it from what follows."""
    found = (_entry(one, pattern) for pattern in (_CAPITALS, _APART, _SHORT))
    plain = _ANY.match(one.flowed[:300])
    return next((entry for entry in found if entry), None) or (
        Entry(plain.end("term"), plain.end(), plain["term"].strip()) if plain else None
    )


def _kept(one: Passage) -> Passage:
    return replace(one, kind=PassageKind.PARAGRAPH) if one.unknown else one
