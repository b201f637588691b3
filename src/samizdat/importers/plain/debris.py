"""Debris: licences and headers of libraries, credits of transcribers, what a web page has around its text, page numbers."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from samizdat.importers.plain.passages import split
from samizdat.importers.plain.record import Decision, Decisions, Line, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.titles import key
from samizdat.problems import Rule, Severity

HEADER = Rule(
    "D51",
    Severity.ADVICE,
    "A library’s header",
    "Project Gutenberg puts a header before each text and says in a marked line where the text starts. All up to that line is"
    " left out; title and author are taken from it.",
)
LICENCE = Rule(
    "D52",
    Severity.ADVICE,
    "A library’s licence",
    "Project Gutenberg says in a marked line where the text ends. The licence that follows is left out, for it speaks of the"
    " file and not of the book.",
)
CREDITS = Rule(
    "D53",
    Severity.ADVICE,
    "Credits of those who made the file",
    "Near the beginning or the end of the text a few lines say who typed, scanned or proofread the file. They are kept in the"
    " record of the import, not in the book.",
)
TRANSCRIBER = Rule(
    "D54",
    Severity.ADVICE,
    "A transcriber’s note",
    "A note of the transcriber tells how the file differs from the printed book. It is no part of the book, and stays in the"
    " record of the import.",
)
WEB = Rule(
    "D55",
    Severity.ADVICE,
    "What a web page has around its text",
    "Buttons for sharing and printing, menus, calls to subscribe or to comment and advertisements were captured with the text,"
    " but they are not part of it.",
)
PAGE_NUMBER = Rule(
    "D56",
    Severity.ADVICE,
    "A page number",
    "A number alone on its line, one higher than the last, at distances of about a page, is the number of a printed page. The"
    " text runs on across it.",
)
RUNNING_HEAD = Rule(
    "D57",
    Severity.ADVICE,
    "A running head",
    "A short line that returns again and again at distances of about a page, often with a page number, is the running head of a"
    " printed page. It is not a heading.",
)
MARKER = Rule(
    "D58",
    Severity.ADVICE,
    "A mark of the capture",
    "Names of picture files, empty picture marks and lines that only hold the address of the page were left behind when the text"
    " was taken from its page.",
)

_START = re.compile(r"^\s*\*{2,3}\s*START\s+OF\s+(?:TH(?:IS|E)\s+)?PROJECT\s+GUTENBERG", re.IGNORECASE)
_SMALL_PRINT = re.compile(r"\*END\s?\*?\s?(?:THE|THIS)?\s*SMALL PRINT|^\*END\*THE SMALL PRINT", re.IGNORECASE)
_END = re.compile(
    r"^\s*(?:\*{2,3}\s*END\s+OF\s+(?:TH(?:IS|E)\s+)?PROJECT\s+GUTENBERG|End of (?:the |this )?Project Gutenberg|\*{3}\s*END:? )",
    re.IGNORECASE,
)
_CREDITS = re.compile(
    r"^[\[(]?(?:this\s+(?:etext|e-text|ebook)\s+was\s+)?(?:produced|prepared|transcribed|typed|scanned|proofed|converted"
    r"|digitized"
    r"|digitised|e-?text (?:prepared|scanned|produced)|html (?:version|by)|additional (?:editing|proof)|updated editions)\b"
    r"(?=.*\b(?:by|from)\b)",
    re.IGNORECASE | re.DOTALL,
)
_TRANSCRIBER = re.compile(
    r"^\W*(?:transcriber|transcription|e-?text|proofreader|editor of this e)[’'s]*\s*(?:end)?note", re.IGNORECASE
)
_WEB_WORDS = (
    r"skip to (?:main )?content|share (?:this|on)\b.*|share|tweet|print(?: this)?|email(?: this)?|e-mail|advertisements?|anzeige"
    r"|werbung"
    r"|publicité|publicidad|pubblicità|реклама|subscribe.*|newsletter.*|sign up.*|log ?in.*|leave a (?:reply|comment).*"
    r"|post a comment"
    r"|\d* ?comments?|no comments(?: yet)?|like this:?|like|loading\W*|related(?: posts?| articles?)?:?|posted (?:in|by|on)\b.*"
    r"|tagged(?: with)?:?\b.*|tags?:.*|categor(?:y|ies):.*|filed under.*|(?:previous|next|older|newer)(?: posts?| article| page"
    r"| entry)?"
    r"|← .*|.* →|« .*|.* »|click (?:here|to)\b.*|read more.*|continue reading.*|back to top|home|menu|search|about"
    r"|contact(?: us)?"
    r"|privacy policy|terms of (?:use|service)|cookie.*|we use cookies.*|accept(?: all)?|follow us.*|all rights reserved\.?"
    r"|©.*|copyright ©.*|facebook|twitter|whatsapp|reddit|pinterest|linkedin|tumblr|telegram|pocket|download(?: pdf)?|pdf|epub"
    r"|\d+ (?:min(?:ute)?s?) read|reading time.*|report this ad|powered by .*|create a (?:free )?(?:website|blog).*"
    r"|teilen|drucken|kommentare?|weiterlesen.*|partager.*|imprimer|commentaires?|compartir.*|imprimir|comentarios?|condividi"
    r"|stampa"
)
_WEB = re.compile(rf"(?:{_WEB_WORDS})", re.IGNORECASE)
_MENU = re.compile(r"^\s*[^|»>·•]{1,30}(?:\s[|»>·•]\s[^|»>·•]{1,30}){2,}$")
_MARK = re.compile(
    r"^\s*(?:[\w%./-]+\.(?:png|jpe?g|gif|webp|svg|bmp)|\[(?:illustration|image|photo|picture|graphic|bild|foto)\]"
    r"|https?://\S+)\s*$",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"^\s*(?:[-–—\[({]\s*)?(?:p(?:age|g)?\.?\s*)?(\d{1,4})(?:\s*[-–—\])}])?(?:\s*(?:of|/)\s*\d{1,4})?\s*$", re.IGNORECASE
)
_PAGE_MARK = re.compile(r"^\s*[\[{](?:pg|p|page)\.?\s*(\d{1,4}|[ivxlc]+)[\]}]\s*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_FRONT = 60


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find what does not belong to the book."""
    decisions: list[Decision] = []
    passages = _library(passages, rules, decisions)
    passages = _pages(passages, rules, decisions)
    return tuple(_small(passages, study, rules, decisions)), tuple(decisions)


def _library(passages: Passages, rules: Rules, decisions: list[Decision]) -> Passages:
    """Take off the header and the licence of Project Gutenberg."""
    start = end = 0
    for index, passage in enumerate(passages):
        if any(_START.match(line.text) or _SMALL_PRINT.search(line.text) for line in passage.lines) and not end:
            start = index + 1
        elif start < index and any(_END.match(line.text) for line in passage.lines) and not end:
            end = index
    if end and not start:
        start = _unmarked_header(passages)
    result = list(passages)
    if start and rules.allow(HEADER):
        result[:start] = _header(passages[:start], decisions)
    if end and rules.allow(LICENCE):
        cut = next(number for number, line in enumerate(passages[end].lines) if _END.match(line.text))
        *kept, rest = split(passages[end], cut) if cut else (passages[end],)
        tail = [piece.decided(LICENCE, PassageKind.DEBRIS, 1.0) for piece in (rest, *passages[end + 1 :])]
        result[len(result) - len(passages) + end :] = [*kept, *tail]
        whole = replace(tail[0], lines=tuple(line for piece in tail for line in piece.lines))
        decisions.append(decide(LICENCE, whole, 1.0, "", "The line that says where the text ends, and all after it."))
    return tuple(result)


def _header(passages: Passages, decisions: list[Decision]) -> list[Passage]:
    last = passages[-1]
    cut = max(
        number
        for number, line in enumerate(last.lines)
        if _START.match(line.text) or _SMALL_PRINT.search(line.text) or number == 0
    )
    while cut + 1 < len(last.lines) and "***" in last.lines[cut + 1].text:
        cut += 1
    pieces = [*passages[:-1], *split(last, cut + 1)]
    kept = pieces[len(passages) :]
    header = [piece.decided(HEADER, PassageKind.DEBRIS, 1.0) for piece in pieces[: len(passages)]]
    whole = replace(header[0], lines=tuple(line for piece in header for line in piece.lines))
    decisions.append(decide(HEADER, whole, 1.0, "", "All up to the line that says where the text starts."))
    return [*header, *kept]


def _unmarked_header(passages: Passages) -> int:
    """Return how many passages an old header has that no line ends."""
    last = 0
    for index, passage in enumerate(passages[:_FRONT]):
        if re.search(
            r"project gutenberg|etext|gutenberg\.(?:net|org)|character set encoding|ebook #", passage.flowed, re.IGNORECASE
        ):
            last = index + 1
    return last


def _pages(passages: Passages, rules: Rules, decisions: list[Decision]) -> Passages:
    """Find page numbers and running heads, which come back at distances of about a page."""
    lines = [line for passage in passages if passage.unknown for line in passage.lines]
    numbers = _page_numbers(lines) if rules.allow(PAGE_NUMBER) else {}
    heads = _running_heads(lines, set(numbers)) if rules.allow(RUNNING_HEAD) else {}
    marks = {line.number: line.words for line in lines if _PAGE_MARK.match(line.text)} if rules.allow(PAGE_NUMBER) else {}
    found = dict.fromkeys(numbers | marks, PAGE_NUMBER) | dict.fromkeys(heads, RUNNING_HEAD)
    if not found:
        return passages
    result: list[Passage] = []
    for passage in passages:
        if not passage.unknown or not any(line.number in found for line in passage.lines):
            result.append(passage)
            continue
        for piece in _apart(passage, found):
            rule = found.get(piece.first)
            if rule:
                result.append(piece.decided(rule, PassageKind.DEBRIS, 0.9))
                decisions.append(decide(rule, piece, 0.9, "", "It returns at distances of about a page."))
            else:
                result.append(piece)
    return tuple(result)


def _apart(passage: Passage, found: dict[int, Rule]) -> Iterator[Passage]:
    """Cut single lines out of a passage."""
    run: list[Line] = []
    before = passage.before
    for line in passage.lines:
        if line.number in found:
            if run:
                yield replace(passage, lines=tuple(run), before=before)
                run, before = [], 0
            yield replace(passage, lines=(line,), before=before)
            before = 0
        else:
            run.append(line)
    if run:
        yield replace(passage, lines=tuple(run), before=before)


def _page_numbers(lines: list[Line]) -> dict[int, str]:
    """Return the lines that hold page numbers: a rising run of numbers, each about a page after the last."""
    candidates = [(index, line, int(found[1])) for index, line in enumerate(lines) if (found := _PAGE.match(line.text))]
    best: list[tuple[int, Line, int]] = []
    run: list[tuple[int, Line, int]] = []
    for index, line, value in candidates:
        if run and value <= run[-1][2]:
            continue
        if run and not (value - run[-1][2] <= 3 and 8 <= index - run[-1][0] <= 90 * (value - run[-1][2])):
            if len(run) > len(best):
                best = run
            run = []
        run.append((index, line, value))
    best = run if len(run) > len(best) else best
    if len(best) < 4 or len(best) < 0.6 * len(candidates):
        return {}
    steps = sorted((b[0] - a[0]) / (b[2] - a[2]) for a, b in pairwise(best))
    middle = steps[len(steps) // 2]
    even = sum(0.6 * middle <= step <= 1.6 * middle for step in steps) >= 0.7 * len(steps)
    torn = sum(bool(index) and lines[index - 1].words[-1:].isalpha() for index, _, _ in best)
    return {line.number: line.words for _, line, _ in best} if even and torn >= 0.15 * len(best) and middle >= 12 else {}


def _running_heads(lines: list[Line], numbered: set[int]) -> dict[int, str]:
    """Return short lines that come back with nothing changed but a number, next to page numbers or at even distances."""
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if 3 < len(line.words) < 70 and any(map(str.isalpha, line.words)):
            with_number = bool(re.match(r"^\d{1,4}\s{2,}\S|.*\S\s{2,}\d{1,4}$", line.words))
            places.setdefault(("#" if with_number else "") + key(_DIGITS.sub("", line.words)), []).append(index)
    found: dict[int, str] = {}
    for name, at in places.items():
        if len(at) < 4:
            continue
        near = sum(
            any(lines[other].number in numbered for other in (index - 1, index + 1) if 0 <= other < len(lines)) for index in at
        )
        gaps = Counter(min((b - a) // 8, 12) for a, b in pairwise(at))
        even = gaps.most_common(1)[0][1] > 0.6 * (len(at) - 1) and all(b - a > 12 for a, b in pairwise(at))
        if near > 0.6 * len(at) or (even and name.startswith("#")):
            found |= {lines[index].number: lines[index].words for index in at}
    return found


def _small(passages: Passages, study: Study, rules: Rules, decisions: list[Decision]) -> Iterator[Passage]:
    """Find credits, transcribers' notes, and what is left of a web page."""
    texts = [index for index, passage in enumerate(passages) if passage.unknown]
    front = set(texts[:8]) | set(texts[-6:])
    note = False
    for index, passage in enumerate(passages):
        if not passage.unknown:
            yield passage
            continue
        text = passage.flowed
        rule: Rule | None = None
        why = ""
        if index in front and len(passage.lines) <= 8 and len(text) < 500 and _CREDITS.match(text):
            rule, why = CREDITS, "A few lines near the beginning or the end that say who made the file."
        elif _TRANSCRIBER.match(text) and len(text) < 6000:
            rule, why = TRANSCRIBER, "It begins with “Transcriber’s Note”."
            note = text.startswith("[") and "]" not in text
        elif note:
            rule, why = TRANSCRIBER, "It stands in the brackets of a transcriber’s note."
            note = "]" not in text
        elif all(_MARK.match(line.text) for line in passage.lines):
            rule, why = MARKER, "It is nothing but the name of a picture or an address."
        elif (
            not study.wrapped
            and len(text) < 80
            and (_WEB.fullmatch(text.strip(" .:|*_")) or _MENU.match(text))
            and _lonely(passages, index)
        ):
            rule, why = WEB, "A short line that web pages have around their texts."
        if rule and rules.allow(rule):
            decisions.append(decide(rule, passage, 0.9, "", why))
            yield passage.decided(rule, PassageKind.DEBRIS, 0.9)
        elif len(passage.lines) > 1 and rules.allow(MARKER) and any(_MARK.match(line.text) for line in passage.lines):
            found = {line.number: MARKER for line in passage.lines if _MARK.match(line.text)}
            for piece in _apart(passage, found):
                if piece.first in found:
                    decisions.append(decide(MARKER, piece, 0.9, "", "It is nothing but the name of a picture or an address."))
                    yield piece.decided(MARKER, PassageKind.DEBRIS, 0.9)
                else:
                    yield piece
        else:
            yield passage


_AMBIGUOUS = re.compile(
    r"home|about|search|contact|print|share|menu|like|related|next|previous|download|telegram|pocket|pdf|copyright.*",
    re.IGNORECASE,
)


def _lonely(passages: Passages, index: int) -> bool:
    """Tell whether a line that might be a heading stands among others of its kind, not before a text."""
    if not _AMBIGUOUS.fullmatch(passages[index].flowed.strip(" .:|*_")):
        return True
    following = passages[index + 1] if index + 1 < len(passages) else None
    return following is None or len(following.flowed) < 80
