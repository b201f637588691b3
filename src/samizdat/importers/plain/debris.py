"""Debris: licences and headers of libraries, credits of transcribers, what a web page has around its text."""

import re
from collections.abc import Iterator
from dataclasses import replace

from samizdat.importers.plain.pages import apart, without_pages
from samizdat.importers.plain.passages import split
from samizdat.importers.plain.record import Decision, Decisions, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
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
_FRONT = 60
_AMBIGUOUS = re.compile(
    r"home|about|search|contact|print|share|menu|like|related|next|previous|download|telegram|pocket|pdf|copyright.*",
    re.IGNORECASE,
)


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find what does not belong to the book."""
    decisions: list[Decision] = []
    passages = _library(passages, rules, decisions)
    if not study.pages:
        passages = without_pages(passages, rules, decisions)
    return tuple(_small(passages, study, rules, decisions)), tuple(decisions)


def begins(passage: Passage) -> bool:
    """Tell whether a passage holds the line of a library that says where a text starts."""
    return any(_START.match(line.text) for line in passage.lines)


def ends(passage: Passage) -> bool:
    """Tell whether a passage holds the line of a library that says where a text ends."""
    return any(_END.match(line.text) for line in passage.lines)


def _library(passages: Passages, rules: Rules, decisions: list[Decision]) -> Passages:
    """Take off the header and the licence of Project Gutenberg."""
    start = end = 0
    for index, passage in enumerate(passages):
        if any(_START.match(line.text) or _SMALL_PRINT.search(line.text) for line in passage.lines) and not end:
            start = index + 1
        elif start < index and ends(passage) and not end:
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
            study.even
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
            for piece in apart(passage, found):
                if piece.first in found:
                    decisions.append(decide(MARKER, piece, 0.9, "", "It is nothing but the name of a picture or an address."))
                    yield piece.decided(MARKER, PassageKind.DEBRIS, 0.9)
                else:
                    yield piece
        else:
            yield passage


def _lonely(passages: Passages, index: int) -> bool:
    """Tell whether a line that might be a heading stands among others of its kind, not before a text."""
    if not _AMBIGUOUS.fullmatch(passages[index].flowed.strip(" .:|*_")):
        return True
    following = passages[index + 1] if index + 1 < len(passages) else None
    return following is None or len(following.flowed) < 80
