"""Scene breaks: lines of nothing but marks."""

import re
from dataclasses import replace
from itertools import groupby

from samizdat.importers.plain.record import Decision, Decisions, Line, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Blocks, SceneBreak
from samizdat.problems import Rule, Severity

MARKS = Rule(
    "B51",
    Severity.ADVICE,
    "A scene break",
    "A line holds nothing but marks: stars, dashes, dots, ornaments. It becomes a break, and the marks are left to the design.",
)

_STARS = re.compile(
    r"\s*(?:[*•·#~+=o○●◦◆◇♦❦❧☙✻✽❋⁂§¤†‡x_–—-]\s*){3,}\s*|\s*(?:⁂|❦|❧|☙|\*|#|§|\*\s*\*|—|——|–|-|~|oOo|\.oOo\.|-oOo-)\s*"
)
_DOTS = re.compile(r"\s*(?:\.\s*){4,}|\s*(?:…\s*){2,}|\s*(?:\. ){3,}\.?\s*")
_WORD = re.compile(r"[^\W_]{2,}")
_RULE = re.compile(r"\s*[-_=~—–]{3,}\s*")


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:  # noqa: ARG001
    """Find lines of marks, alone or at the edge of a paragraph."""
    if not rules.allow(MARKS):
        return passages, ()
    result: list[Passage] = []
    decisions: list[Decision] = []
    for passage in passages:
        if not passage.unknown:
            result.append(passage)
            continue
        for piece in _pieces(passage):
            confidence = _confidence(piece)
            if confidence:
                decisions.append(decide(MARKS, piece, confidence, "a scene break", "the line holds nothing but marks"))
                result.append(piece.decided(MARKS, PassageKind.BREAK, confidence))
            else:
                result.append(piece)
    return _trimmed(result), tuple(decisions)


def blocks(passage: Passage, study: Study) -> Blocks:  # noqa: ARG001
    """Return the break."""
    return (SceneBreak(),)


def _confidence(piece: Passage) -> float:
    if not all(_is_break(line) for line in piece.lines):
        return 0.0
    text = piece.lines[0].words
    if _DOTS.fullmatch(text):
        return 0.6
    if _RULE.fullmatch(text):
        return 0.75
    return 0.95 if len(text) > 2 else 0.6


def _is_break(line: Line) -> bool:
    text = line.words
    if not text or len(text) > 200 or _WORD.search(text.replace("oOo", "").replace("ooo", "")):
        return False
    return bool(_STARS.fullmatch(text) or _DOTS.fullmatch(text)) and not re.fullmatch(r"[ivx\s]+", text)


def _pieces(passage: Passage) -> Passages:
    """Cut lines of marks out of a passage; lines of dots stay in it, since words were left out there."""
    lines = passage.lines
    marks = [_is_break(line) and not _DOTS.fullmatch(line.words) and not _RULE.fullmatch(line.words) for line in lines]
    if len(lines) == 1 or not any(marks):
        return (passage,)
    found = []
    start = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or marks[end] != marks[start] or marks[start]:
            found.append(replace(passage, lines=lines[start:end], before=passage.before if start == 0 else 0))
            start = end
    return tuple(found)


def _trimmed(passages: list[Passage]) -> Passages:
    """Make one break of several in a row; the lines of all are kept together."""
    result: list[Passage] = []
    for breaks, run in groupby(passages, key=lambda passage: passage.kind is PassageKind.BREAK):
        alike = tuple(run)
        result += (replace(alike[0], lines=tuple(line for one in alike for line in one.lines)),) if breaks else alike
    return tuple(result)
