"""The flow of a text: the words of a paragraph, a title or a cell as one string, over the borders of its inlines.

A rule of typography reads the whole flow, so that it sees what stands before a word in emphasis; what it changes goes back
to the inline it came from.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from samizdat.model.inline import Code, Image, Inline, Inlines, LineBreak, Link, Math, NoteRef, PageBreak, PageRange, Span, Text
from samizdat.model.walk import plain_text
from samizdat.transforms.characters import HIDDEN, rules
from samizdat.transforms.languages import Language, customs
from samizdat.transforms.quotations import Edit, Quotations

_ADDRESS = re.compile(
    r"""\b(?:https?://|ftp://|mailto:|www\.|doi:|urn:)\S+?(?=[.,;:!?…»”’“‘›"')\]]*(?:\s|\Z))|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b10\.\d{4,}/\S+"""
    r"|\bIS[BS]N(?:-1[03])?:?\s*[\dXx-]+(?:[ -][\dXx]+)*"
)
_MAYBE_ADDRESS = ("://", "@", "www.", "mailto:", "doi:", "urn:", "10.", "ISBN", "ISSN")


@dataclass(slots=True)
class _Piece:
    """A stretch of a flow in one language; without a language it is hidden from the rules."""

    text: str
    language: str

    @property
    def seen(self) -> str:
        return self.text if self.language or not self.text else HIDDEN


def correct(inlines: Inlines, language: str) -> Inlines:
    """Apply the rules of each language in a flow to the words in that language."""
    leaves = list(_leaves(inlines, language))
    pieces = [piece for leaf in leaves for piece in leaf]
    spoken = _Spoken(pieces)
    changed = spoken.edit(Quotations(customs(language)).edits(spoken.text, spoken.customs_at))
    for tag in dict.fromkeys(piece.language for piece in pieces if piece.language):
        for rule in rules(tag):
            changed |= spoken.edit(rule.edits(spoken.text), tag)
    if not changed:
        return inlines
    return _refill(inlines, iter(["".join(piece.text for piece in leaf) for leaf in leaves]))


def joined(inlines: Inlines) -> Inlines:
    """Return the inlines with neighbouring texts made one."""
    result: list[Inline] = []
    for is_text, run in groupby(inlines, key=lambda inline: isinstance(inline, Text)):
        if is_text:
            text = "".join(plain_text(inline) for inline in run)
            result.extend([Text(text)] if text else [])
        else:
            result.extend(run)
    return tuple(result)


def _leaves(inlines: Inlines, language: str) -> Iterator[list[_Piece]]:
    """Yield the pieces of each Text in reading order, and one for whatever else stands in the line."""
    for inline in inlines:
        match inline:
            case Text(text):
                yield _text_pieces(text, language)
            case NoteRef() | PageBreak():
                continue
            case LineBreak():
                yield [_Piece("\n", language)]
            case Code() | Math() | Image() | PageRange():
                yield [_Piece(HIDDEN, "")]
            case Link(target, inner) if plain_text(inner) in target:
                yield [_Piece(HIDDEN, "")]
            case Span(inner, lang=lang):
                yield from _leaves(inner, lang or language)
            case _:
                yield from _leaves(inline.inlines, language)


def _text_pieces(text: str, language: str) -> list[_Piece]:
    if not any(sign in text for sign in _MAYBE_ADDRESS):
        return [_Piece(text, language)]
    pieces = []
    start = 0
    for match in _ADDRESS.finditer(text):
        pieces += [_Piece(text[start : match.start()], language), _Piece(match[0], "")]
        start = match.end()
    return [*pieces, _Piece(text[start:], language)]


class _Spoken:
    """The pieces of a flow as one text, kept together while edits are made."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces
        self._join()

    def _join(self) -> None:
        self.text = "".join(piece.seen for piece in self._pieces)
        self._starts = list(accumulate((len(piece.seen) for piece in self._pieces), initial=0))

    def customs_at(self, place: int) -> Language:
        """Return the customs of the language that a character is in."""
        return customs(self._pieces[bisect_right(self._starts, place) - 1].language)

    def edit(self, edits: list[Edit], language: str = "") -> bool:
        """Make changes in the pieces of a language, or of any; one that would span two pieces is not made."""
        texts: dict[int, list[str]] = {}
        done: dict[int, int] = {}
        for start, end, new in edits:
            at = bisect_right(self._starts, start) - 1
            if start == end and not self._open(at, language):
                at = bisect_right(self._starts, start - 1) - 1
            if self._open(at, language) and end <= self._starts[at + 1]:
                offset = self._starts[at]
                texts.setdefault(at, []).extend((self._pieces[at].text[done.get(at, 0) : start - offset], new))
                done[at] = end - offset
        for at, parts in texts.items():
            self._pieces[at].text = "".join(parts) + self._pieces[at].text[done[at] :]
        if texts:
            self._join()
        return bool(texts)

    def _open(self, at: int, language: str) -> bool:
        """Tell whether a piece may be changed."""
        spoken = self._pieces[at].language if at < len(self._pieces) else ""
        return bool(spoken) and spoken == (language or spoken)


def _refill(inlines: Inlines, texts: Iterator[str]) -> Inlines:
    """Return the inlines with the words of each Text taken from `texts`, which follow `_leaves` one by one."""
    result: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text():
                result.append(Text(next(texts)))
            case NoteRef() | PageBreak():
                result.append(inline)
            case LineBreak() | Code() | Math() | Image() | PageRange():
                next(texts)
                result.append(inline)
            case Link(target, inner) if plain_text(inner) in target:
                next(texts)
                result.append(inline)
            case _:
                result.append(replace(inline, inlines=_refill(inline.inlines, texts)))
    return tuple(result)
