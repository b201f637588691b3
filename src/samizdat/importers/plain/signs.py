"""The signs of a heading, each weighed by itself: number, name, case, space, stop, place in the table of contents."""

import re
from collections import defaultdict

from samizdat.importers.plain import contents
from samizdat.importers.plain.candidates import UNDERLINED, UNMARKED, Candidate
from samizdat.importers.plain.definitions import lexical
from samizdat.importers.plain.directions import moves
from samizdat.importers.plain.numbering import LABELS, Number, Rank
from samizdat.importers.plain.record import Passage, Study
from samizdat.importers.plain.solid import CLOSE
from samizdat.importers.plain.statements import fields
from samizdat.importers.plain.titles import core, is_cast, key, kind
from samizdat.problems import Rule, Severity

LABELLED = Rule(
    "H51",
    Severity.ADVICE,
    "A heading with a label and a number",
    "A short line that begins with “Chapter IV”, “Second Part”, “Глава 3” or the like and stands alone is a heading, in any of"
    " the languages whose words for chapter and part are known.",
)
NUMBERED = Rule(
    "H52",
    Severity.ADVICE,
    "A heading with a number",
    "A short line that begins with a number, and is one of a series that counts up, is a heading. Items of lists are told apart"
    " by their following one another without text between.",
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

_STOPS = frozenset(".。।॥។၊။።۔")
_TERSE = 0.13
"""Short sentences among the passages of an essay or a treatise; a novel has more."""
BETWEEN = "is a short line between long paragraphs"
_SIGNATURE = re.compile(r"^\W*(?:[A-Z]\.\s*){2,}[A-Z]?[\w’']*\W*$|^(?:[A-Z]\.\s?){1,4}$")
OPENS_SPEECH = ("“", '"', "‘", "«", "„", "—", "–", "--", "'")
_INTRODUCES = re.compile(
    r"^(?:to quote|to cite|quoting|citing|in the words of|as \w+ (?:\w+ )?(?:says?|said|writes?|wrote|puts?|put) )|\b(?:says"
    r"|said|writes|wrote|quotes?|quoted|as follows|puts? it"
    r"|sagt|sagte|schreibt|schrieb|dit|écrit|dice|escribe|scrive|пишет|писал)$",
    re.IGNORECASE,
)
_LONG_CALL = 9
"""Words; a longer line with a dash inside that asks or calls out is a sentence."""
_TWO_SENTENCES = re.compile(r"(?:[^\W\d_][?!]|[^\W\d_]{4}\.)\s+[^\W\d_]")


def entries_of(result: list[Passage]) -> dict[str, list[contents.Entry]]:
    """Return the entries of the tables of contents by what their titles have in common with headings."""
    found: defaultdict[str, list[contents.Entry]] = defaultdict(list)
    stated = fields(result)
    titles = {key(title) for title in stated.get("title", ())}
    for entry in contents.listed(tuple(result)):
        for name in {key(entry.title), core(entry.title)}:
            if name and name not in titles:
                found[name].append(entry)
    return found


def weigh(candidate: Candidate, study: Study, entries: dict[str, list[contents.Entry]]) -> None:
    """Weigh the signs of one candidate."""
    text, found = candidate.text, candidate.number
    plain = text.strip(" _*=[]()")
    if candidate.passage.data == "underlined":
        candidate.add(5, "underlined")
        candidate.rule = UNDERLINED
    elif candidate.passage.data == CLOSE:
        candidate.add(3.0, "stands by itself right above its text")
    _weigh_number(candidate, found, study)
    if _is_listed(text, found, entries):
        candidate.add(4, "stands in the table of contents")
        candidate.listed = True
        candidate.rule = candidate.rule if candidate.rule in {LABELLED, NUMBERED} else LISTED
    if kind(text) or is_cast(text):
        candidate.add(2.5, "is known by its name")
        candidate.rule = NAMED if candidate.rule is UNMARKED else candidate.rule
    if moves(text) and not candidate.listed and not candidate.numbered:
        candidate.add(-4, "")
    count = len(plain.split()) if candidate.case != "none" else len(plain) // 4
    _weigh_case(candidate, plain, count)
    _weigh_place(candidate, study)
    candidate.add(
        0.5 if count <= 9 else 0 if count <= 14 else (-0.5 if study.even else -1) if count <= 20 else -2, "has few words"
    )
    _weigh_end(candidate, plain, found)
    if not candidate.listed:
        _weigh_against(candidate, plain, study)
    if _SIGNATURE.match(plain) and not (found and found.marked and found.style != "alpha"):
        candidate.add(-2, "")


def _weigh_number(candidate: Candidate, found: Number | None, study: Study) -> None:
    if found and found.label and found.rank < Rank.SECTION:
        sure = found.marked and len(found.title) < 120
        candidate.add(4 if sure else 1.5, f"begins with “{found.label.title()}” and a number")
        candidate.rule = LABELLED
    elif found and found.label and found.marked:
        candidate.add(2.5, f"begins with “{found.label.title()}” and a number")
        candidate.rule = LABELLED
    elif found and found.marked:
        # A letter may be an initial, or who speaks; where space says nothing, a series must tell whether it is a number.
        candidate.add(0.0 if study.even and "alpha" in found.style and found.title else 1.0, "begins with a number")
        candidate.rule = NUMBERED


def _weigh_case(candidate: Candidate, plain: str, count: int) -> None:
    if candidate.case == "upper" and len(plain) > 2:
        candidate.add(1.5, "is in capitals")
        candidate.rule = CAPITALS if candidate.rule is UNMARKED else candidate.rule
    elif candidate.case == "lower":
        candidate.add(-3, "")
    elif candidate.case == "title" and count > 1:
        candidate.add(0.5, "is capitalised like a title")


def _weigh_place(candidate: Candidate, study: Study) -> None:
    """Weigh the space around a line, and what stands before and after it."""
    if not study.even:
        extra = candidate.before - study.gap
        candidate.add(1.5 if extra >= 2 else 1.0 if extra == 1 else 0, "has more space before it than a paragraph")
        candidate.add(0.5 if candidate.after > study.gap else 0, "has more space after it than a paragraph")
    elif candidate.prose_before and candidate.prose_after and not candidate.over_inset:
        candidate.add(between(study), BETWEEN)
    deep = study.wrapped and min(line.indent for line in candidate.passage.lines) > 0.45 * study.width
    if deep and not candidate.numbered:
        candidate.add(-2.5, "")
    if candidate.prose_after:
        candidate.add(0.5, "has text below it")
    else:
        candidate.add(-1.0 if study.even else -0.5, "")


def between(study: Study) -> float:
    """Return what standing between long paragraphs is worth: the less, the more sentences of the text are short."""
    return 2.5 * min(1.0, _TERSE / max(_TERSE, study.terse))


def _weigh_against(candidate: Candidate, plain: str, study: Study) -> None:
    """Take off for what speaks against a heading that no table of contents lists."""
    if len(candidate.passage.lines) > 2 and not (candidate.number and candidate.number.label):
        candidate.add(-1, "")
    if re.fullmatch(r"\[[^\]]*\]?|\([^)]*\)", candidate.text.strip()):
        candidate.add(-2.5, "")
    if plain.strip(".").casefold() in LABELS:
        candidate.add(-2.5, "")
    if _INTRODUCES.search(plain):
        candidate.add(-2, "")
    apart = study.even or candidate.before > study.gap + 1
    quoted = plain[:1] in "“\"‘«„'" and plain[-1:] in "”\"’»“'" and plain[-2:-1].isalnum()
    if plain.startswith(("—", "–", "―", "--")):
        candidate.add(-3, "")
    elif plain.startswith(OPENS_SPEECH) and not (quoted and apart):
        candidate.add(-1.5, "")
    if candidate.goes_on and plain[-1:].isalpha():
        candidate.add(-4, "")
    if candidate.after_comma and not candidate.numbered:
        candidate.add(-2, "")
    if study.even and _TWO_SENTENCES.search(plain) and not candidate.number:
        # A question with its answer may be a title, as long as no stop ends it.
        candidate.add(-0.5 if plain[-1:].isalnum() and "." not in plain else -1.5, "")
    if candidate.in_table or candidate.in_list or lexical(plain) or (candidate.over_date and candidate.prose_before):
        candidate.add(-4, "")
    if plain[-1:] in {"!", "?"} and re.search(r"\w(?:—|--|,--|,—)\w", plain) and len(plain.split()) > _LONG_CALL:
        candidate.add(-1.5, "")


def _weigh_end(candidate: Candidate, plain: str, found: Number | None) -> None:
    end = plain[-1:]
    strong = candidate.listed or bool(found and (found.label or not found.title)) or kind(plain) is not None
    if end in {",", ";"}:
        candidate.add(-1 if strong else -3, "")
    elif end == ":":
        candidate.add(0 if strong else -3, "")
    elif end in _STOPS:
        slight = candidate.case == "upper" or (candidate.text.startswith("_") and candidate.before > 2)
        candidate.add(0 if strong else -0.5 if slight else -2, "")
    elif end in {"!", "?"} and candidate.passage.data == CLOSE:
        candidate.add(0.5, "asks or calls")
    elif end in {"!", "?", "…"}:
        candidate.add(
            0 if strong or candidate.before > 2 or (candidate.prose_before and BETWEEN in candidate.signs) else -0.5, ""
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
