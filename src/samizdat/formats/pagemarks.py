"""Page marks: the places in a marked-up page where the pages of the printed edition begin.

A printed page is known by the letters before it and by its first words; the same letters are counted here. Where the two editions
do not have the same words (a reference that says “page 47” in print, the numbers of an index) the count goes astray by a
little, and the place nearest to it where the words stand is taken.

A mark stands before a word and what is set before the word, such as a quotation mark or a bracket. A word that is divided
between two pages belongs to the page on which it begins. A mark that would stand first in a heading or a table stands before it;
in a list of contents it stands in the link.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from samizdat.typesetting import OBJECT, UNCOUNTED, PageFacts, Start, letters

_TOKEN = re.compile(r"<!--.*?-->|<[^>]*>|&[^;\s]*;|[^<&]+", re.DOTALL)
_TAG = re.compile(r"<(/?)([\w:.-]+)([^>]*?)(/?)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""\b(id|class|role)=(?:"([^"]*)"|'([^']*)')""")
_INLINE = frozenset(
    (
        "a abbr b bdi bdo cite code data del dfn em i img ins kbd mark math q s samp small span strong sub sup svg time u var wbr"
    ).split()
)
_OBJECTS = frozenset({"img", "hr", "math", "svg"})
_SILENT = frozenset({"head", "script", "style", "template"})
_CALLS = frozenset({"doc-noteref", "doc-backlink"})
_LINES = frozenset({"line"})
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "table", "thead", "colgroup", "col", "nav"})
"""Elements that a mark does not stand first in."""
_STRICT = frozenset({"table", "thead", "tbody", "tfoot", "tr", "colgroup", "ul", "ol", "dl"})
"""Elements that hold no text, and so no mark. Source: HTML Living Standard, content models.

An item of a list of contents holds a link and nothing beside it. Source: EPUB 3.3, 7.2, "The nav element: restrictions".
"""
_JOINTS = "-\u2010\u2011\u00ad'\u2019"
_KNOWN_BY = (60, 30, 15, 8)
"""How many letters of a page's first words are looked for, the most first."""
_PASSED_OVER = (15, 30, 45)
"""How many letters may be passed over where a page begins with words of the printed edition alone."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A page with its marks, and the printed pages whose marks it holds."""

    xhtml: str
    pages: tuple[PageFacts, ...]


def mark(xhtml: str, leaves: Collection[str], pages: Sequence[PageFacts], write: Callable[[PageFacts], str]) -> Marked:
    """Put a mark, as `write` has it, where each printed page begins.

    `leaves` are the ids of the elements that hold what was set as a leaf. A page without a number gets no mark, nor does one
    whose words are not here.
    """
    reading = _Reading(xhtml, leaves)
    marks: list[tuple[int, PageFacts]] = []
    reached: dict[str, int] = {}
    texts = {leaf: _Text(runs) for leaf, runs in reading.runs.items()}
    for page in pages:
        if page.blank or not page.label or page.leaf not in texts:
            continue
        text = texts[page.leaf]
        letter = text.find(page.start, reached.get(page.leaf, 0))
        if letter is not None:
            reached[page.leaf] = letter
            place = text.place(letter, divided=page.start.divided)
            marks.append((reading.ends[page.leaf] if place is None else reading.before_heads(place), page))
    marks.sort(key=lambda pair: pair[0])
    cuts = [0, *(place for place, _ in marks), len(xhtml)]
    pieces = [xhtml[: cuts[1]]]
    for number, (_, page) in enumerate(marks, 1):
        pieces += [write(page), xhtml[cuts[number] : cuts[number + 1]]]
    return Marked("".join(pieces), tuple(page for _, page in marks))


class _Run(NamedTuple):
    """Text between two tags, or a sign that is written as an entity: its place in the page, and the block that it stands in."""

    place: int
    text: str
    block: int


class _Block(NamedTuple):
    """A block's text: each sign's place in the page, and how many letters of the leaf there are up to its end."""

    text: str
    places: list[int]
    letters: list[int]


class _Token(NamedTuple):
    place: int
    blank: bool
    """White space between tags."""
    head: bool
    """A tag that a mark may be moved before."""
    strict: bool
    """No mark may stand here."""


@dataclass(slots=True)
class _Open:
    """An element that has begun and not ended."""

    name: str
    leaf: str
    silent: bool
    in_head: bool
    in_nav: bool = False

    @property
    def strict(self) -> bool:
        """No mark may stand in it."""
        return self.name in _STRICT or (self.in_nav and self.name == "li")


class _Reading:
    """A page read through: its text by leaves, the tags in it, and where each leaf ends."""

    def __init__(self, xhtml: str, leaves: Collection[str]) -> None:
        self.runs: dict[str, list[_Run]] = {}
        self.ends: dict[str, int] = {}
        self._tokens: list[_Token] = []
        self._open = [_Open("", "", silent=False, in_head=False)]
        self._leaves = leaves
        self._block = 0
        for match in _TOKEN.finditer(xhtml):
            place, token = match.start(), match[0]
            if token.startswith("<"):
                self._tag(place, token)
                continue
            inside = self._open[-1]
            self._tokens.append(_Token(place, token.isspace(), head=False, strict=inside.strict))
            if not inside.silent:
                self._add(place, unescape(token) if token.startswith("&") else token)
        self._places = [token.place for token in self._tokens]

    def _add(self, place: int, text: str) -> None:
        if leaf := self._open[-1].leaf:
            self.runs.setdefault(leaf, []).append(_Run(place, text, self._block))

    def _tag(self, place: int, token: str) -> None:
        match = _TAG.fullmatch(token)
        inside = self._open[-1]
        if match is None:
            self._tokens.append(_Token(place, blank=True, head=False, strict=inside.strict))
            return
        ends, name, rest, alone = match.groups()
        attributes = {key: one or other for key, one, other in _ATTRIBUTE.findall(rest)}
        classes = set(attributes.get("class", "").split())
        inline = name in _INLINE and classes.isdisjoint(_LINES)
        self._block += not inline
        head = name in {"colgroup", "col"}
        if not ends:
            head = self._is_head(name, classes, inside, inline=inline) or attributes.get("role") == "heading"
        self._tokens.append(_Token(place, blank=False, head=head, strict=inside.strict))
        if ends:
            if inside.leaf != self._open[-2].leaf:
                self.ends[inside.leaf] = place
            self._open.pop()
            return
        if not inside.silent and name in _OBJECTS:
            self._add(place, OBJECT)
            self._block += not inline
        if not alone:
            identity = attributes.get("id", "")
            leaf = identity if identity in self._leaves else inside.leaf
            if leaf != inside.leaf:
                self.runs.setdefault(leaf, [])
            own = name in _SILENT or name in _OBJECTS or attributes.get("role") in _CALLS or not classes.isdisjoint(UNCOUNTED)
            in_nav = inside.in_nav or name == "nav"
            self._open.append(_Open(name, leaf, inside.silent or own, inside.in_head or name == "thead", in_nav))

    def _is_head(self, name: str, classes: Collection[str], inside: _Open, *, inline: bool) -> bool:
        in_head = inside.in_head and name in {"tr", "th"}
        line = "line" in classes
        return name in _HEADS or in_head or line or "head" in classes or (inline and name not in _OBJECTS)

    def before_heads(self, place: int) -> int:
        """Move a place that is first in a heading, a table, or a stretch of emphasis before it."""
        moved, strict = place, False
        for number in range(bisect_right(self._places, place - 1) - 1, -1, -1):
            token = self._tokens[number]
            if token.head:
                moved, strict = token.place, token.strict
            elif not token.blank:
                break
        return place if strict else moved


@dataclass(slots=True)
class _Text:
    """The text of a leaf, and how many of its letters stand before each of its runs."""

    runs: list[_Run]
    letters: str = ""
    before: list[int] = field(default_factory=list)
    _blocks: dict[int, _Block] = field(default_factory=dict)

    def __post_init__(self) -> None:
        counted = [letters(run.text) for run in self.runs]
        self.letters = "".join(counted)
        self.before = list(accumulate(map(len, counted), initial=0))

    def find(self, start: Start, after: int) -> int | None:
        """Find the first letter of a page, not before the one that was reached; None where its words are not here."""
        whole, expected = self.letters, start.letters
        if not expected or whole.startswith(start.words, expected):
            return min(expected, len(whole))
        for passed in (0, *_PASSED_OVER):
            for length in _KNOWN_BY if not passed else _KNOWN_BY[1:3]:
                words = start.words[passed : passed + length]
                if len(words) < _KNOWN_BY[-1] and passed:
                    break
                if words and (places := _around(whole, words, after + passed, expected + passed)):
                    return min(places, key=lambda found: abs(found - passed - expected)) - passed
        return None

    def place(self, letter: int, *, divided: bool) -> int | None:
        """Return the place in the page before the word that has this letter; None for the end of the leaf."""
        if letter >= len(self.letters):
            return None
        text, places, counted = self._block(bisect_right(self.before, letter) - 1)
        at = bisect_right(counted, letter)
        if divided and at and _in_word(text[at - 1]):
            end = next((number for number in range(at, len(text)) if not _in_word(text[number])), len(text))
            return self.place(counted[end - 1], divided=False)
        return places[_opening(text, at)]

    def _block(self, number: int) -> _Block:
        """Read the block that a run stands in, once for all the pages that begin in it."""
        block = self.runs[number].block
        if block not in self._blocks:
            begin, end = number, number + 1
            while begin and self.runs[begin - 1].block == block:
                begin -= 1
            while end < len(self.runs) and self.runs[end].block == block:
                end += 1
            runs = self.runs[begin:end]
            text = "".join(run.text for run in runs)
            counts = accumulate((len(letters(sign)) for sign in text), initial=self.before[begin])
            self._blocks[block] = _Block(text, [run.place + at for run in runs for at in range(len(run.text))], list(counts)[1:])
        return self._blocks[block]


def _around(whole: str, words: str, after: int, expected: int) -> list[int]:
    """List where some letters stand last before a place, and first from there on, but not before what was reached."""
    places = whole.rfind(words, after, expected + len(words) - 1), whole.find(words, max(after, expected))
    return [place for place in places if place >= 0]


def _in_word(sign: str) -> bool:
    return sign in _JOINTS or unicodedata.category(sign)[0] in "LNM"


def _opening(text: str, at: int) -> int:
    """Go back from a letter over what is set before its word, and no further than to a space, a dash or what closes a word."""
    start = at
    while start and not (text[start - 1].isspace() or text[start - 1].isalnum() or _parts(text[start - 1])):
        start -= 1
    if start and text[start - 1].isalnum():
        while start < at and unicodedata.category(text[start]) not in {"Ps", "Pi"}:
            start += 1
    return start


def _parts(sign: str) -> bool:
    """Tell whether a line may end after a sign: a dash, a space without width, a picture."""
    return sign in {"\u200b", OBJECT} or unicodedata.category(sign) == "Pd"
