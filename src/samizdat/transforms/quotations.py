"""Straight quotation marks: which opens, which closes, and at what depth; what is neither is left, mostly as an apostrophe.

A mark opens after a space and before a word, and closes after a word and before a space or a stop. The same mark may stand for a
quotation and for one within it. A double mark that opens and is never closed is set too: the quotation goes on in the next
paragraph, which opens with another.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from samizdat.model.inline import Inline, Inlines, Quoted, QuoteMark, Text
from samizdat.model.walk import descend, plain_text, rebuild
from samizdat.transforms.languages import NARROW, Language, listed

Edit = tuple[int, int, str]
"""From where to where in a text, and what to put there."""

_STRAIGHT = "\"'"
_BEFORE_OPENING = "([{<¡¿—–-/="
_UNSPACED = re.compile("[\u2e80-\u2fff\u3001\u3002\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
"""Scripts that put no space between words, or none after a quotation."""
_FEET = re.compile(r"\d['’′]\s?\d+\Z")
_LOOSE_APOSTROPHE = re.compile(r"(?<!\w)’|’(?!\w)")
_SENTENCE_ENDS = ".,!?…;:—"
_MOST_STRAY = 20
"""Single marks that neither open nor close, past which the one that closes is not looked for."""


@dataclass(frozen=True, slots=True)
class _Quotation:
    """A quotation by the places of its marks; one that is never closed ends after the text."""

    opens: int
    closes: int
    straight: bool = True
    """Its marks are to be set; else they are the language's own already."""
    again: bool = False
    """It is the one around it, opened once more at the head of a stanza."""


@dataclass(slots=True)
class _Opened:
    """The marks that wait for their end, each with its place, and by themselves the places of each."""

    marks: list[tuple[int, str]] = field(default_factory=list)
    places: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def last(self, mark: str) -> int:
        """Return where the last of these marks stands that waits; -1 if there is none."""
        return self.places[mark][-1] if self.places[mark] else -1

    def add(self, at: int, mark: str) -> None:
        self.marks.append((at, mark))
        self.places[mark].append(at)

    def close(self, at: int) -> None:
        """Take off the mark at a place, and all within it."""
        while self.marks and self.marks[-1][0] >= at:
            self.places[self.marks.pop()[1]].pop()


def pair(language: Language, depth: int) -> tuple[str, str]:
    """Return the opening and the closing mark at a depth, with the space inside guillemets where the language has one."""
    marks = language.quotes[depth % len(language.quotes)]
    space = language.quotes_space if marks[0] in "«‹" else ""
    return marks[0] + space, space + marks[1]


@dataclass(frozen=True, slots=True)
class Quotations:
    """Finds the quotations in straight marks in a text of one language, which may hold words of others."""

    language: Language

    def edits(self, text: str, language_at: Callable[[int], Language]) -> list[Edit]:
        """Return the changes to a text, in order; each quotation has the marks of the language in which it opens."""
        if '"' not in text and "'" not in text:
            return []
        found = sorted(self._quotations(text), key=lambda quotation: quotation.opens)
        openers = {quotation.opens for quotation in found}
        closers = {quotation.closes for quotation in found}
        edits = []
        around: list[int] = []
        for quotation in found:
            while around and around[-1] < quotation.opens:
                around.pop()
            depth = len(around) - quotation.again
            around += [] if quotation.again else [quotation.closes]
            if not quotation.straight:
                continue
            language = language_at(quotation.opens)
            opening, closing = pair(language, depth)
            if self._clipped(text, quotation.opens + 1):
                opening += "’"
            if language.quotes_apart:
                opening += NARROW * (quotation.opens + 1 in openers)
                closing = NARROW * (quotation.closes - 1 in closers) + closing
            edits.append((quotation.opens, quotation.opens + 1, opening))
            if quotation.closes < len(text) and not quotation.again:
                edits.append((quotation.closes, quotation.closes + 1, closing))
        return sorted(edits)

    def _quotations(self, text: str) -> Iterator[_Quotation]:
        """Yield the quotations in straight marks, and those typed with the language's outer marks, which count for the depth."""
        outer, end = self.language.quotes[0][:1], self.language.quotes[0][1:]
        typed = "" if end in {outer, "’"} else outer + end
        opened = _Opened()
        openers: set[int] = set()
        for match in re.finditer(f"[{_STRAIGHT}{typed}]", text):
            at, mark = match.start(), match[0]
            last = opened.last(mark.replace(end, outer))
            if mark in typed:
                if mark == outer:
                    opened.add(at, mark)
                elif last >= 0:
                    yield _Quotation(last, at, straight=False)
                    opened.close(last)
            elif last >= 0 and self._may_close(text, at):
                yield _Quotation(last, at)
                opened.close(last)
            elif self._may_open(text, at, openers):
                if last >= 0 and text.endswith("\n\n", 0, at):
                    yield _Quotation(at, at, again=True)  # a quotation of several stanzas opens each with a mark
                    continue
                opened.add(at, mark)
                openers.add(at)
        yield from (_Quotation(at, len(text), straight=mark == '"') for at, mark in opened.marks if mark != "'")

    def _may_open(self, text: str, at: int, openers: set[int]) -> bool:
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        if after.isspace():
            return False
        free = before.isspace() or before in _BEFORE_OPENING or at - 1 in openers or _UNSPACED.match(before)
        if text[at] == '"':
            # After an elided article, l'"art", where that sign cannot be the end of a quotation.
            elided = before in "'’" and all(marks[1] != "’" for marks in self.language.quotes[:2])
            return bool(free) or (elided and text[at - 2 : at - 1].isalpha())
        return bool(free) and not self._elision(text, at)

    def _may_close(self, text: str, at: int) -> bool:
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        if before.isspace() or (after.isalnum() and not _UNSPACED.match(after)):
            return False
        if text[at] == '"':
            return not _FEET.search(text, max(0, at - 6), at)
        return not self._possessive(text, at) and not _between(text, at, "n")

    def _elision(self, text: str, at: int) -> bool:
        """Tell whether a single mark before a word is the apostrophe of a shortened one: 'tis, the '90s, rock 'n' roll."""
        if _between(text, at, "n"):
            return True
        if self._clipped(text, at + 1):
            close = _next_close(text, at)
            return close < 0 or text[close - 1] not in _SENTENCE_ENDS
        words = listed(self.language.clippable)
        if not words or not _begins(text, at + 1, words):
            return False
        close = _next_close(text, at)
        return close < 0 or text[close - 1] in "sn"

    def _clipped(self, text: str, at: int) -> bool:
        words = listed(self.language.clipped)
        return bool(words) and (_begins(text, at, words) or bool(re.compile(r"\d\ds?\b").match(text, at)))

    @staticmethod
    def _possessive(text: str, at: int) -> bool:
        """Tell whether a single mark after an s belongs to the dogs' bones, since another one closes later."""
        return text[at - 1] in "sS" and bool(re.compile(r"'\s[^\W\d_]").match(text, at)) and _next_close(text, at) >= 0


def _begins(text: str, at: int, words: tuple[str, ...]) -> bool:
    return bool(re.compile(rf"(?:{'|'.join(words)})\b", re.IGNORECASE).match(text, at))


def _between(text: str, at: int, letter: str) -> bool:
    """Tell whether a mark is one of the two around a letter that stands alone."""
    around = f"'{letter}'"
    return text[at : at + 3].lower() == around or (at > 1 and text[at - 2 : at + 1].lower() == around)


def _next_close(text: str, at: int) -> int:
    """Return where the next single mark is that may close, before any that opens and any double one; -1 if there is none."""
    for match in islice(re.compile(r"""["']""").finditer(text, at + 1), _MOST_STRAY):
        place = match.start()
        before, after = text[place - 1], text[place + 1 : place + 2]
        if match[0] == '"' or (before.isspace() and after.isalnum()):
            return -1
        if not before.isspace() and not after.isalnum():
            return place
    return -1


def misread(inlines: Inlines) -> bool:
    """Tell whether an importer took the marks of a line for the wrong ones.

    pandoc pairs the first mark with the next, even where that one opens a quotation within, and then has marks left over, which
    it makes English ones.
    """
    text = plain_text(inlines)
    left_over = text.count("“") != text.count("”") and "„" not in text
    return left_over and any(isinstance(node, Quoted) for node in descend(inlines))


def straightened(inlines: Inlines) -> Inlines:
    """Return a line with straight marks again, as they were typed, to be read anew."""
    single = "‘" not in plain_text(inlines)

    def straighten(node: object) -> object:
        match node:
            case Text(text):
                text = text.replace("“", '"').replace("”", '"')
                return Text(_LOOSE_APOSTROPHE.sub("'", text) if single else text)
            case Quoted(mark, inner):
                sign = '"' if mark is QuoteMark.DOUBLE else "'"
                return Text(sign), *inner, Text(sign)
            case _:
                return node

    return rebuild(_respaced(inlines), straighten)


def _respaced(inlines: Inlines) -> Inlines:
    """Give back the space that was lost where a quotation seems to end right before a word."""
    result: list[Inline] = []
    for inline, following in zip(inlines, (*inlines[1:], Text("")), strict=True):
        if isinstance(inline, Quoted) and plain_text(following)[:1].isalnum():
            result.append(replace(inline, inlines=(*inline.inlines, Text(" "))))
        else:
            result.append(inline)
    return tuple(result)
