"""Words of a passage become inlines: emphasis, raised letters, links and the calls of notes.

The notes pass has put each call between CALL and END, with the note's key between them; here it becomes a NoteRef. Straight
quotation marks become those of the language here, since a typist's marks are no part of the text; two hyphens are a dash.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from samizdat.importers.plain.record import Study
from samizdat.model.inline import Emphasis, Inline, Inlines, Link, NoteRef, Strong, Superscript, Text
from samizdat.problems import Rule, Severity
from samizdat.transforms.languages import Language, customs
from samizdat.transforms.quotations import Quotations

EMPHASIS = Rule(
    "G51",
    Severity.ADVICE,
    "Words between marks are emphatic",
    "Typists put _underscores_, *stars* or =signs= around words that print would slant or set in bold, and ^ before what is"
    " raised. Turned off, the marks stay as they were typed.",
)
DASHES = Rule(
    "G52",
    Severity.ADVICE,
    "Hyphens in a row became a dash",
    "Two or three hyphens stand for the dash that a typewriter does not have.",
)
QUOTES = Rule(
    "G53",
    Severity.ADVICE,
    "Straight quotation marks became those of the language",
    "A typewriter has one mark for all quotations and for the apostrophe. In the book they are the marks of its language.",
)
DOTS = Rule(
    "G54",
    Severity.ADVICE,
    "Three dots became an ellipsis",
    "Three dots in a row stand for the one sign that is called an ellipsis. Four and more stay as they are.",
)

CALL, END = "\ue000", "\ue001"
_SPACES = re.compile(r"[ \t\n]+")
_DASHES = re.compile(r"(?<![-|+])-{2,}(?![-|+>])")
_DASH_OF = {2: "—", 3: "—", 4: "——"}
_ELLIPSIS = re.compile(r"(?<!\.)\.\.\.(?=\.?(?!\.))")
_URL = r"https?://[^\s<>\"“”«»\ue000]+[^\s<>\"“”«»\ue000.,;:!?'’)\]}*_]"
_TOKEN = re.compile(
    rf"(?P<call>{CALL}[^{END}]*{END})|(?P<url>{_URL})"
    r"|(?<![^\W_])(?P<strong>\*\*|__|=)(?=[^\s*_=])(?P<bold>[^*_=\n]{1,4000}?)(?<=[^\s*_=])(?P=strong)(?![^\W_])"
    r"|(?<![^\W_])(?P<mark>[_*~+])(?=[^\s_*~+])(?P<words>(?:(?!(?P=mark)).){1,4000}?)(?<=[^\s])(?P=mark)(?![^\W_]{2}|\d)"
    r"|(?<=[^\W_])\^(?:\{(?P<braced>[^{}\n]{1,12})\}|(?P<raised>\d{1,3}|[a-z]{1,3})(?![^\W_]))",
    re.DOTALL,
)
MARKS = re.compile(
    r"(?<![^\W_])(?P<mark>[_*~+=])(?=[^\s_*~+=])(?:(?!(?P=mark))[^\n]){1,400}(?<=\S)(?P=mark)(?![^\W_])|(?<=[^\W_])\^"
)
"""What may be words between marks, in a line."""
_UNMARKED = re.compile(
    rf"(?P<call>{CALL}[^{END}]*{END})|(?P<url>{_URL})|(?P<bold>(?!))|(?P<words>(?!))|(?P<braced>(?!))|(?P<raised>(?!))"
)
"""The same without marks: calls of notes, and addresses."""
_MARKS = ("_", "*", "~", "+", "=")


def inlines(text: str, study: Study) -> Inlines:
    """Return the inlines for the words of a paragraph or a title."""
    return tuple(_merged(_parse(_SPACES.sub(" ", typed(text, study)).strip(" "), _tokens(study))))


def lines(texts: Sequence[str], study: Study) -> tuple[Inlines, ...]:
    """Return the inlines for lines of one text, as of a poem: quotations and emphasis may go on over line ends."""
    whole = typed("\n".join(texts), study)
    tokens = _tokens(study)
    rows = whole.split("\n")
    rows = _balanced(rows) if tokens is _TOKEN else rows
    return tuple(tuple(_merged(_parse(_SPACES.sub(" ", line).strip(" "), tokens))) for line in rows)


def _tokens(study: Study) -> re.Pattern[str]:
    """Return what is looked for in a line; marks of emphasis are left as they are where a person wants them so."""
    return _UNMARKED if EMPHASIS.code in study.off else _TOKEN


def typed(text: str, study: Study) -> str:
    """Replace what stands for a sign that typewriters lack: straight quotation marks, hyphens for dashes, dots."""
    if "--" in text and DASHES.code not in study.off:
        text = _DASHES.sub(lambda match: _DASH_OF.get(len(match[0]), match[0]), text)
    if "..." in text and DOTS.code not in study.off:
        text = _ELLIPSIS.sub("…", text)
    if ('"' in text or "'" in text) and QUOTES.code not in study.off:
        language = _customs(study.language or "en")
        parts, end = [], 0
        for start, stop, mark in Quotations(language).edits(text, lambda _: language):
            parts += [text[end:start], mark]
            end = stop
        text = "".join((*parts, text[end:]))
        text = re.sub(r"(?<=[^\W\d])'|'(?=[^\W_])", "’", text)
    return text


@lru_cache(maxsize=32)
def _customs(language: str) -> Language:
    return customs(language)


def _parse(text: str, tokens: re.Pattern[str]) -> Iterator[Inline]:
    end = 0
    for token in tokens.finditer(text):
        if token.start() < end:
            continue
        node = _node(token)
        if node is None:
            continue
        if text[end : token.start()]:
            yield Text(text[end : token.start()])
        yield node
        end = token.end()
    if text[end:]:
        yield Text(text[end:])


def _node(token: re.Match[str]) -> Inline | None:
    if token["call"]:
        return NoteRef(token["call"][1:-1])
    if token["url"]:
        return _link(token["url"])
    if token["bold"]:
        return Strong(tuple(_parse(token["bold"], _TOKEN)))
    if token["words"]:
        return Emphasis(tuple(_parse(token["words"], _TOKEN)))
    return Superscript((Text(token["braced"] or token["raised"]),))


def _link(address: str) -> Inline | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return Link(address, (Text(address),)) if parts.netloc else None


def _merged(nodes: Iterator[Inline]) -> Iterator[Inline]:
    """Make one Text of neighbours."""
    last: Text | None = None
    for node in nodes:
        if isinstance(node, Text):
            last = Text(last.text + node.text) if last else node
            continue
        if last:
            yield last
            last = None
        yield node
    if last:
        yield last


def _balanced(texts: Sequence[str]) -> list[str]:
    """Close emphasis that goes on over a line end, and open it again in the next line."""
    result = list(texts)
    for mark in _MARKS[:2]:
        opened = False
        for number, text in enumerate(result):
            if not text.strip():
                continue
            count = len(re.findall(rf"(?<![\w{re.escape(mark)}]){re.escape(mark)}(?=\S)|(?<=\S){re.escape(mark)}(?!\w)", text))
            line = mark + text.lstrip() if opened else text
            ends_open = (count + opened) % 2 == 1
            if ends_open and not _closes_later(result, number, mark):
                if opened:
                    result[number] = text
                break
            result[number] = line + mark if ends_open else line
            opened = ends_open
    return result


def _closes_later(texts: Sequence[str], number: int, mark: str) -> bool:
    return any(mark in text for text in texts[number + 1 : number + 40])
