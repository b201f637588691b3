"""The number of a chapter and the title below it, or a title and the subtitle below it, are one heading."""

import re
from collections import defaultdict

from samizdat.importers.plain import contents
from samizdat.importers.plain.candidates import Candidate
from samizdat.importers.plain.dates import names_month
from samizdat.importers.plain.numbering import LABELS
from samizdat.importers.plain.record import Decision, Passage, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.signs import OPENS_SPEECH
from samizdat.importers.plain.titles import key, kind
from samizdat.problems import Rule, Severity

JOINED = Rule(
    "H58",
    Severity.ADVICE,
    "A number and a title joined",
    "The number of a chapter stands on one line and its title on the next. They are one heading.",
)

_TIME_OF_DAY = re.compile(r"\b\d{1,2}\s?(?:a\.?m|p\.?m)\b|\b\d{1,2}:\d\d\b", re.IGNORECASE)


def merged(
    accepted: list[Candidate],
    result: list[Passage],
    candidates: list[Candidate],
    study: Study,
    entries: dict[str, list[contents.Entry]],
    rules: Rules,
    decisions: list[Decision],
) -> list[Candidate]:
    """Join the number of a chapter with the title below it."""
    if not rules.allow(JOINED):
        return accepted
    by_index = {candidate.index: candidate for candidate in candidates}
    chosen = {candidate.index for candidate in accepted}
    alone: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in accepted:
        if candidate.number and not candidate.number.title:
            alone[candidate.family].append(candidate)
    gone: set[int] = set()
    for each in accepted:
        next_one = by_index.get(next_index(result, each.index))
        if (
            next_one
            and next_one.index not in chosen
            and not (each.number and not each.number.title)
            and _is_subtitle(each, next_one)
        ):
            _join(each, next_one, gone, decisions, "A short line right below a heading, which ends as the heading does.")
    for members in alone.values():
        below = [(each, by_index.get(next_index(result, each.index))) for each in members]
        fit = [(each, title) for each, title in below if title and _may_join(each, title, study, entries)]
        strong = [
            pair
            for pair in fit
            if pair[0].number
            and pair[0].number.style != "template"
            and (pair[1].listed or pair[1].case == "upper" or pair[1].index in chosen)
        ]
        if len(fit) < 0.6 * len(members) and not strong:
            continue
        joined = fit if len(fit) >= 0.6 * len(members) else strong
        for each, title in joined:
            _join(each, title, gone, decisions, "A number alone, and a short line below it before the text.")
    return [candidate for candidate in accepted if candidate.index not in gone]


def _join(each: Candidate, title: Candidate, gone: set[int], decisions: list[Decision], why: str) -> None:
    each.text = f"{each.text.rstrip(' .:')}: {clean(title.text)}"
    each.merged = title.index - each.index
    each.listed = each.listed or title.listed
    each.prose_after = title.prose_after
    gone.add(title.index)
    decisions.append(decide(JOINED, title.passage, 0.85, each.text, why))


def _is_subtitle(each: Candidate, below: Candidate) -> bool:
    """Tell whether a short line below a heading goes on with it."""
    words = below.text.split()
    return (
        below.prose_after
        and each.text[-1:] == below.text[-1:] == "."
        and 2 <= len(words) <= 8
        and below.case == "title"
        and below.number is None
        and below.before <= 2
        and not any(map(str.isdigit, below.text))
        and not names_month(below.text)
    )


def next_index(result: list[Passage], index: int) -> int:
    """Return the index of the next passage that nobody has decided."""
    index += 1
    while index < len(result) and not result[index].unknown:
        index += 1
    return index


def _may_join(each: Candidate, title: Candidate, study: Study, entries: dict[str, list[contents.Entry]]) -> bool:
    text = title.text.strip(" _*=.")
    if study.pages and title.passage.first in study.pages:
        return False  # the title of a part has its page to itself
    if title.number and title.number.marked and (title.number.label or not title.number.title):
        return False
    if text.casefold() in LABELS or title.passage.before > max(3, study.gap + 2) or len(title.text) > 160:
        return False
    if key(each.text) + key(title.text) in entries or title.listed:
        return True
    if kind(text) is not None and title.case != "upper":
        return False
    if title.text.rstrip()[-1:] in {",", ";", ":"} or title.text.startswith(OPENS_SPEECH):
        return False
    if title.text.endswith(".") and title.case != "upper" and not title.text.startswith("_"):
        return False
    if study.wrapped and any(line.indent > 0.5 * study.width for line in title.passage.lines):
        return False
    return title.case in {"upper", "title", "none", "sentence"} and title.score > 0.5 and not _TIME_OF_DAY.search(title.text)


def clean(text: str) -> str:
    """Return a title without marks of emphasis around it and without a rule below it."""
    text = " ".join(text.split())
    for mark in ("_", "*", "="):
        if text.startswith(mark) and text.endswith(mark) and text.count(mark) == 2:
            text = text[1:-1]
    return text
