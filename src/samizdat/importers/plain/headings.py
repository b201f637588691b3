"""Headings: what is short, stands apart, is numbered or named like others of its kind, or is listed in the table of contents.

No single sign decides. Each adds to or takes from a sum, the ledger names the signs, and a style that comes back is believed more
than a line that is alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from samizdat.importers.plain import contents, levels
from samizdat.importers.plain.dates import names_month
from samizdat.importers.plain.inlines import CALL, END
from samizdat.importers.plain.metadata import Stated, fields
from samizdat.importers.plain.numbering import LABELS, Number, Rank, number, template
from samizdat.importers.plain.passages import split
from samizdat.importers.plain.record import Decision, Decisions, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.titles import case, core, key, kind
from samizdat.problems import Rule, Severity

LABELLED = Rule(
    "H51",
    Severity.ADVICE,
    "A heading with a label and a number",
    "A short line that begins with “Chapter IV”, “Second Part”, “Глава 3” or the like and stands alone is a heading, in any of"
    " the"
    " languages whose words for chapter and part are known.",
)
NUMBERED = Rule(
    "H52",
    Severity.ADVICE,
    "A heading with a number",
    "A short line that begins with a number, and is one of a series that counts up, is a heading. Items of lists are told apart"
    " by their"
    " following one another without text between.",
)
LISTED = Rule(
    "H53",
    Severity.ADVICE,
    "A heading that the table of contents lists",
    "A short line that says the same as an entry of the printed table of contents is the heading of that chapter.",
)
NAMED = Rule(
    "H54",
    Severity.ADVICE,
    "A heading known by its name",
    "Preface, introduction, appendix, notes, glossary and their like in other languages are headings where they stand alone on a"
    " line.",
)
CAPITALS = Rule(
    "H55",
    Severity.ADVICE,
    "A heading in capitals",
    "A short line in capitals that stands apart from the text, without a speech of a play after it, is a heading.",
)
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
    " that"
    " comes back at some distance, is a heading.",
)
JOINED = Rule(
    "H58",
    Severity.ADVICE,
    "A number and a title joined",
    "The number of a chapter stands on one line and its title on the next. They are one heading.",
)
HALF_TITLE = Rule(
    "H59",
    Severity.ADVICE,
    "The title of the book again",
    "The title of the book is printed again before the first chapter. A half title is made anew, so the line is left out.",
)

_CALL = re.compile(f"{CALL}[^{END}]*{END}")
_LONGEST = 220
_MOST_WORDS = 24
_ENOUGH = 4.0
_SERIES = 4
_STOPS = frozenset(".。।॥។၊။።۔")
_BETWEEN = "is a short line between long paragraphs"
_RULE_LINE = re.compile(r"^\s*([-=~_*])\1{2,}\s*$")
_SIGNATURE = re.compile(r"^\W*(?:[A-Z]\.\s*){2,}[A-Z]?[\w’']*\W*$|^(?:[A-Z]\.\s?){1,4}$")
_OPENS_SPEECH = ("“", '"', "‘", "«", "„", "—", "–", "--", "'")
_INTRODUCES = re.compile(
    r"^(?:to quote|to cite|quoting|citing|in the words of|as \w+ (?:\w+ )?(?:says?|said|writes?|wrote|puts?|put) )|\b(?:says"
    r"|said|writes|wrote|quotes?|quoted|as follows|puts? it"
    r"|sagt|sagte|schreibt|schrieb|dit|écrit|dice|escribe|scrive|пишет|писал)$",
    re.IGNORECASE,
)
_TWO_SENTENCES = re.compile(r"(?:[^\W\d_][?!]|[^\W\d_]{4}\.)\s+[^\W\d_]")
_TIME_OF_DAY = re.compile(r"\b\d{1,2}\s?(?:a\.?m|p\.?m)\b|\b\d{1,2}:\d\d\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """What a heading says."""

    text: str
    number: Number | None = None


@dataclass(slots=True)
class _Candidate:
    index: int
    passage: Passage
    text: str
    number: Number | None
    case: str
    after: int
    prose_before: bool
    prose_after: bool
    goes_on: bool = False
    """What follows begins with a small letter."""
    family: str = ""
    score: float = 0.0
    signs: list[str] = field(default_factory=list)
    rule: Rule = UNMARKED
    listed: bool = False
    merged: int = 0
    taken: bool = False
    level: int = 0

    def add(self, points: float, sign: str) -> None:
        self.score += points
        if points > 0:
            self.signs.append(sign)

    @property
    def before(self) -> int:
        return self.passage.before


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find the headings and their levels."""
    decisions: list[Decision] = []
    result = list(_half_titles(_apart(passages, rules), rules, decisions))
    candidates = _candidates(result, study)
    entries = _entries(result)
    for candidate in candidates:
        _weigh(candidate, study, entries)
    _weigh_templates(candidates)
    _weigh_series(candidates)
    _once_each(candidates, entries)
    _below_headings(candidates, study)
    _weigh_families(candidates, study)
    accepted = [each for each in candidates if each.score >= _ENOUGH and rules.allow(each.rule)]
    accepted = _merged(accepted, result, candidates, study, entries, rules, decisions)
    pinned = [
        _Candidate(
            index,
            passage,
            passage.flowed,
            number(passage.flowed),
            case(passage.flowed),
            0,
            prose_before=True,
            prose_after=True,
            level=passage.level,
        )
        for index, passage in enumerate(result)
        if passage.kind is PassageKind.HEADING
    ]
    heads = sorted([*accepted, *pinned], key=lambda each: each.index)
    depth = levels.assign([_head(each, result, entries) for each in heads])
    for candidate, level in zip(heads, depth, strict=True):
        passage = result[candidate.index]
        given = candidate.level or level
        confidence = 1.0 if candidate.level else min(0.99, 0.5 + 0.08 * (candidate.score - _ENOUGH))
        title = Title(_clean(candidate.text), candidate.number)
        for index in range(candidate.index, candidate.index + candidate.merged + 1):
            if index > candidate.index and result[index].unknown:
                passage = replace(passage, lines=passage.lines + result[index].lines)
                result[index] = replace(result[index], lines=())
        rule = candidate.rule
        heading = passage.decided(rule, PassageKind.HEADING, confidence, level=given, data=title)
        result[candidate.index] = heading
        if not candidate.level:
            why = f"{', '.join(candidate.signs)}." if candidate.signs else "Its style comes back."
            decisions.append(decide(rule, heading, confidence, f"{'#' * given} {title.text}", why[:1].upper() + why[1:]))
    return tuple(passage for passage in result if passage.lines), tuple(decisions)


def _apart(passages: Passages, rules: Rules) -> Iterator[Passage]:
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


def _half_titles(passages: Iterable[Passage], rules: Rules, decisions: list[Decision]) -> Iterator[Passage]:
    """Take out the book's title where it is printed again before the text."""
    found = list(passages)
    titles = {
        key(value)
        for passage in found
        if isinstance(passage.data, Stated)
        for name, value in passage.data.fields
        if name == "title"
    } - {""}
    unknown = [index for index, passage in enumerate(found) if passage.unknown]
    inside = {*unknown[:6], *(first for first, second in pairwise(unknown) if _is_first(found[second]))}
    for index, passage in enumerate(found):
        if index in inside and key(passage.flowed) in titles and rules.allow(HALF_TITLE):
            decisions.append(decide(HALF_TITLE, passage, 0.9, "", "It says the same as the title of the book."))
            yield passage.decided(HALF_TITLE, PassageKind.METADATA, 0.9)
        else:
            yield passage


def _is_first(passage: Passage) -> bool:
    found = number(passage.flowed[:80])
    return bool(found and found.label and found.value == 1 and len(passage.flowed) < 100)


def _candidates(result: list[Passage], study: Study) -> list[_Candidate]:
    """Return every passage that may be a heading."""
    found: list[_Candidate] = []
    for index, passage in enumerate(result):
        if not passage.unknown or not _short(passage, study):
            continue
        previous = _neighbour(result, index, -1)
        following = _neighbour(result, index, 1)
        lines = [line for line in passage.lines if not _RULE_LINE.match(line.text)]
        text = " ".join(line.words for line in lines)
        if not text or not any(map(str.isalnum, text)):
            continue
        found.append(
            _Candidate(
                index,
                passage,
                text,
                number(_CALL.sub("", text)),
                case(text.strip("_*=")),
                following.before if following else 0,
                previous is None or _is_prose(previous, study) or (not study.wrapped and _is_sentence(previous)),
                following is not None and (_is_prose(following, study) or following.lines[0].indent > passage.lines[0].indent),
                goes_on=following is not None and following.flowed[:1].islower(),
            )
        )
    return found


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
    return len(text) > 120 or len(passage.lines) > 1


def _is_sentence(passage: Passage) -> bool:
    """Tell whether a short passage is a sentence, or names the source of what stands above it."""
    text = passage.flowed
    return text.rstrip('”"’»)').endswith((".", "!", "?", "…")) or text.startswith(("—", "–", "―", "--"))


def _entries(result: list[Passage]) -> dict[str, list[contents.Entry]]:
    """Return the entries of the tables of contents by what their titles have in common with headings."""
    found: defaultdict[str, list[contents.Entry]] = defaultdict(list)
    stated = fields(result)
    titles = {key(title) for title in stated.get("title", ())}
    for entry in contents.listed(tuple(result)):
        for name in {key(entry.title), core(entry.title)}:
            if name and name not in titles:
                found[name].append(entry)
    return found


def _weigh(candidate: _Candidate, study: Study, entries: dict[str, list[contents.Entry]]) -> None:
    text, found = candidate.text, candidate.number
    plain = text.strip(" _*=[]()")
    count = len(plain.split()) if candidate.case != "none" else len(plain) // 4
    add = candidate.add
    if candidate.passage.data == "underlined":
        add(5, "underlined")
        candidate.rule = UNDERLINED
    if found and found.label and found.rank < Rank.SECTION:
        add(4 if found.marked and len(found.title) < 120 else 1.5, f"begins with “{found.label.title()}” and a number")
        candidate.rule = LABELLED
    elif found and found.label and found.marked:
        add(2.5, f"begins with “{found.label.title()}” and a number")
        candidate.rule = LABELLED
    elif found and found.marked:
        add(1.0, "begins with a number")
        candidate.rule = NUMBERED
    if _is_listed(text, found, entries):
        add(4, "stands in the table of contents")
        candidate.listed = True
        candidate.rule = candidate.rule if candidate.rule in {LABELLED, NUMBERED} else LISTED
    if kind(text):
        add(2.5, "is known by its name")
        candidate.rule = NAMED if candidate.rule is UNMARKED else candidate.rule
    if candidate.case == "upper" and len(plain) > 2:
        add(1.5, "is in capitals")
        candidate.rule = CAPITALS if candidate.rule is UNMARKED else candidate.rule
    elif candidate.case == "lower":
        add(-3, "")
    elif candidate.case == "title" and count > 1:
        add(0.5, "is capitalised like a title")
    extra = candidate.before - study.gap
    if study.wrapped:
        add(1.5 if extra >= 2 else 1.0 if extra == 1 else 0, "has more space before it than a paragraph")
        add(0.5 if candidate.after > study.gap else 0, "has more space after it than a paragraph")
    elif candidate.prose_before and candidate.prose_after:
        add(2.5, _BETWEEN)
    if candidate.prose_after:
        add(0.5, "has text below it")
    else:
        add(-0.5 if study.wrapped else -1.0, "")
    add(0.5 if count <= 9 else 0 if count <= 14 else (-1 if study.wrapped else -0.5) if count <= 20 else -2, "is short")
    _weigh_end(candidate, plain, found)
    if not candidate.listed:
        _weigh_against(candidate, plain, study)
    if _SIGNATURE.match(plain) and not (found and found.marked and found.style != "alpha"):
        add(-2, "")
    if len(candidate.passage.lines) > 2 and not (found and found.label):
        add(-1 if not candidate.listed else 0, "")
    right = min(line.indent for line in candidate.passage.lines)
    if study.wrapped and right > 0.45 * study.width and not (found and found.marked):
        add(-2.5, "")
    if re.fullmatch(r"\[[^\]]*\]?|\([^)]*\)", text.strip()) and not candidate.listed:
        add(-2.5, "")
    if plain.strip(".").casefold() in LABELS and not candidate.listed:
        add(-2.5, "")
    if _INTRODUCES.search(plain) and not candidate.listed:
        add(-2, "")


def _weigh_against(candidate: _Candidate, plain: str, study: Study) -> None:
    """Take off for what speaks against a heading that no table of contents lists."""
    apart = not study.wrapped or candidate.before > study.gap + 1
    quoted = plain[:1] in "“\"‘«„'" and plain[-1:] in "”\"’»“'" and plain[-2:-1].isalnum()
    if plain.startswith(("—", "–", "―", "--")):
        candidate.add(-3, "")
    elif plain.startswith(_OPENS_SPEECH) and not (quoted and apart):
        candidate.add(-1.5, "")
    if candidate.goes_on and plain[-1:].isalpha():
        candidate.add(-4, "")
    if not study.wrapped and _TWO_SENTENCES.search(plain) and not candidate.number:
        candidate.add(-1.5, "")


def _weigh_end(candidate: _Candidate, plain: str, found: Number | None) -> None:
    end = plain[-1:]
    strong = candidate.listed or bool(found and (found.label or not found.title)) or kind(plain) is not None
    if end in {",", ";"}:
        candidate.add(-1 if strong else -3, "")
    elif end == ":":
        candidate.add(0 if strong else -3, "")
    elif end in _STOPS:
        slight = candidate.case == "upper" or (candidate.text.startswith("_") and candidate.before > 2)
        candidate.add(0 if strong else -0.5 if slight else -2, "")
    elif end in {"!", "?", "…"}:
        candidate.add(
            0 if strong or candidate.before > 2 or (candidate.prose_before and _BETWEEN in candidate.signs) else -0.5, ""
        )
    elif end in {"”", '"', "’", "»"} and not strong:
        inner = plain.rstrip('”"’»')[-1:]
        candidate.add(-1.5 if inner in {".", "!", ",", "?"} else 0.5, "has no stop at its end")
    else:
        candidate.add(0.5, "has no stop at its end")


def _is_listed(text: str, found: Number | None, entries: dict[str, list[contents.Entry]]) -> bool:
    plain = key(text)
    if plain in entries:
        return bool(len(plain) > 1 or found)
    return bool(found and found.marked and found.title and (key(found.title) in entries))


def _weigh_templates(candidates: list[_Candidate]) -> None:
    """Take the same words with numbers that count up for headings, in any language."""
    series: defaultdict[str, list[tuple[_Candidate, int]]] = defaultdict(list)
    for candidate in candidates:
        words, value = template(candidate.text) if not candidate.number or not candidate.number.label else ("", 0)
        if words and not names_month(words):
            series[words].append((candidate, value))
    for members in series.values():
        run: list[_Candidate] = []
        last = 0
        for candidate, value in members:
            if last < value <= last + 3:
                run.append(candidate)
                last = value
        close = sum(b.index - a.index == 1 for a, b in pairwise(run))
        if len(run) < _SERIES or close > 0.3 * len(run):
            continue
        for place, candidate in enumerate(run, start=1):
            candidate.number = Number("", "template", place, "", marked=True)
            candidate.rule = LABELLED
            candidate.add(6.0, "has the same words as others, with a number that counts up")


def _once_each(candidates: list[_Candidate], entries: dict[str, list[contents.Entry]]) -> None:
    """Let an entry of the table of contents stand for one heading: the best of those that say the same."""
    same: defaultdict[str, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.listed:
            same[core(candidate.text)].append(candidate)
    for name, members in same.items():
        most = max(
            (len(found) for other in {name, *(key(each.text) for each in members)} if (found := entries.get(other))), default=1
        )
        for candidate in sorted(members, key=lambda each: -each.score)[most:]:
            candidate.add(-4, "")
            candidate.listed = False


def _below_headings(candidates: list[_Candidate], study: Study) -> None:
    """Let a heading stand right below another that is sure."""
    sure = {
        candidate.index
        for candidate in candidates
        if candidate.score >= _ENOUGH - 0.5 and candidate.number and candidate.number.marked
    }
    for candidate in candidates:
        if candidate.index - 1 in sure and candidate.prose_after and not study.wrapped and not candidate.prose_before:
            candidate.add(1.5, "stands between a heading and its text")
        elif candidate.index + 1 in sure and not candidate.prose_after:
            candidate.prose_after = True
            candidate.add(1.0, "stands above a number")


def _weigh_series(candidates: list[_Candidate]) -> None:
    """Numbers that count up are headings; numbers that follow one another without text between are a list."""
    series: defaultdict[str, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        found = candidate.number
        if found and found.marked:
            series[f"{found.label}/{_same(found.style)}/{bool(found.title)}"].append(candidate)
    for members in series.values():
        run: list[_Candidate] = []
        for candidate in members:
            value = _value(candidate)
            if not run or value == _value(run[-1]) + 1:
                run.append(candidate)
            elif value == _value(run[-1]):
                continue
            else:
                _weigh_run(run)
                run = [candidate]
        _weigh_run(run)


def _value(candidate: _Candidate) -> int:
    return candidate.number.value if candidate.number else 0


def _same(style: str) -> str:
    return style if style in {"roman", "arabic", "small-roman", "word", "decimal"} else "alpha"


def _weigh_run(run: list[_Candidate]) -> None:
    found = run[0].number
    if not found:
        return
    if len(run) == 1:
        if not found.label and not found.title:
            run[0].add(-1, "")
        return
    close = sum(b.index - a.index == 1 for a, b in pairwise(run))
    if close >= 0.6 * (len(run) - 1):
        for candidate in run:
            candidate.add(-3 if not candidate.listed else 0, "")
        return
    points = 2.5 if found.value == 1 else 1.5
    for candidate in run:
        candidate.add(points, f"is one of {len(run)} that count up")


def _weigh_families(candidates: list[_Candidate], study: Study) -> None:
    """Believe a style more that comes back at some distance."""
    families: defaultdict[str, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        found = candidate.number
        indent = candidate.passage.lines[0].indent
        place = "centre" if indent > 12 else "in" if indent > 1 else "left"
        name = f"{found.label}/{_same(found.style)}/{bool(found.title)}" if found and found.marked else ""
        look = "title" if candidate.case == "sentence" and not study.wrapped else candidate.case
        marked = "em" if candidate.text.startswith(("_", "*", "=")) else ""
        candidate.family = name or f"{look}/{place}/{marked}/{min(candidate.before, 6) if study.wrapped else 0}"
        families[candidate.family].append(candidate)
    for members in families.values():
        good = [each for each in members if each.score >= _ENOUGH - 1.5]
        if len(good) < 3:
            continue
        apart = sum(b.passage.first - a.passage.last > 4 for a, b in pairwise(good))
        if apart < 0.6 * (len(good) - 1) or len(good) < 0.4 * sum(each.score > 1 for each in members):
            continue
        spaced = not study.wrapped or sum(each.before > study.gap for each in good) > 0.7 * len(good) or bool(good[0].number)
        for candidate in good:
            if spaced:
                candidate.add(1.0, f"is one of {len(good)} in the same style")


def _merged(
    accepted: list[_Candidate],
    result: list[Passage],
    candidates: list[_Candidate],
    study: Study,
    entries: dict[str, list[contents.Entry]],
    rules: Rules,
    decisions: list[Decision],
) -> list[_Candidate]:
    """Join the number of a chapter with the title below it."""
    if not rules.allow(JOINED):
        return accepted
    by_index = {candidate.index: candidate for candidate in candidates}
    chosen = {candidate.index for candidate in accepted}
    alone: defaultdict[str, list[_Candidate]] = defaultdict(list)
    for candidate in accepted:
        if candidate.number and not candidate.number.title:
            alone[candidate.family].append(candidate)
    gone: set[int] = set()
    for each in accepted:
        next_one = by_index.get(_next_index(result, each.index))
        if (
            next_one
            and next_one.index not in chosen
            and not (each.number and not each.number.title)
            and _is_subtitle(each, next_one)
        ):
            _join(each, next_one, gone, decisions, "A short line right below a heading, which ends as the heading does.")
    for members in alone.values():
        below = [(each, by_index.get(_next_index(result, each.index))) for each in members]
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


def _join(each: _Candidate, title: _Candidate, gone: set[int], decisions: list[Decision], why: str) -> None:
    each.text = f"{each.text.rstrip(' .:')}: {_clean(title.text)}"
    each.merged = title.index - each.index
    each.listed = each.listed or title.listed
    each.prose_after = title.prose_after
    gone.add(title.index)
    decisions.append(decide(JOINED, title.passage, 0.85, each.text, why))


def _is_subtitle(each: _Candidate, below: _Candidate) -> bool:
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


def _next_index(result: list[Passage], index: int) -> int:
    index += 1
    while index < len(result) and not result[index].unknown:
        index += 1
    return index


def _may_join(each: _Candidate, title: _Candidate, study: Study, entries: dict[str, list[contents.Entry]]) -> bool:
    text = title.text.strip(" _*=.")
    if title.number and title.number.marked and (title.number.label or not title.number.title):
        return False
    if text.casefold() in LABELS or title.passage.before > max(3, study.gap + 2) or len(title.text) > 160:
        return False
    if key(each.text) + key(title.text) in entries or title.listed:
        return True
    if kind(text) is not None and title.case != "upper":
        return False
    if title.text.rstrip()[-1:] in {",", ";", ":"} or title.text.startswith(_OPENS_SPEECH):
        return False
    if title.text.endswith(".") and title.case != "upper" and not title.text.startswith("_"):
        return False
    if study.wrapped and any(line.indent > 0.5 * study.width for line in title.passage.lines):
        return False
    return title.case in {"upper", "title", "none", "sentence"} and title.score > 0.5 and not _TIME_OF_DAY.search(title.text)


def _head(candidate: _Candidate, result: list[Passage], entries: dict[str, list[contents.Entry]]) -> levels.Head:
    """Say what matters for a heading's level."""
    last = candidate.index + candidate.merged
    following = _next_index(result, last)
    listed = entries.get(key(candidate.text), []) or entries.get(core(candidate.text), []) if candidate.listed else []
    found = candidate.number
    return levels.Head(
        family=candidate.family,
        label=found.label if found else "",
        style=found.style if found else "",
        value=found.value if found and found.marked else 0,
        depth=found.depth if found else 1,
        case=candidate.case,
        before=candidate.before,
        line=candidate.passage.first,
        next_line=result[following].first if following < len(result) else 0,
        index=candidate.index,
        following=following,
        listed=candidate.listed,
        indent=listed[0].indent if listed else -1,
        entry=_entry_style(listed[0]) if listed else "",
        kind=kind(candidate.text),
    )


def _entry_style(entry: contents.Entry) -> str:
    found = number(entry.title)
    if found and (found.label or found.style == "decimal"):
        return ""
    return f"toc/{bool(found and found.marked)}/{case(entry.title) == 'upper'}/{entry.indent // 3}"


def _clean(text: str) -> str:
    """Return a title without marks of emphasis around it and without a rule below it."""
    text = " ".join(text.split())
    for mark in ("_", "*", "="):
        if text.startswith(mark) and text.endswith(mark) and text.count(mark) == 2:
            text = text[1:-1]
    return text
