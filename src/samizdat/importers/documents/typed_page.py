"""A web page that is nothing but a frame around a typed text, as libraries of scans show what a machine has read.

Such a text has lines, running heads and page numbers, but no elements: it is read as raw text, and what stood around it is told.
"""

import re
from dataclasses import dataclass

from samizdat.importers.documents import webhead
from samizdat.importers.documents.markup import Element, body, decoded, parsed, spoken, words
from samizdat.importers.documents.record import Record
from samizdat.importers.documents.surroundings import OUTSIDE
from samizdat.importers.plain.record import Decision, excerpt
from samizdat.importers.plain.rules import Rules

_LEAST = 2000
"""Letters that are a text."""
_MOST_OF_IT = 0.8
_LINES = 20
_FULL_TEXT = re.compile(r"(?:full text of|volltext von|texte intégral de)\s*[\"“„«]?\s*(.+?)\s*[\"”“»]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedPage:
    """The text, and the words that stood around it."""

    text: str
    around: str

    @property
    def decision(self) -> Decision:
        """Say what was left out."""
        why = "The page is a frame around a text that was typed, or read by a machine."
        return Decision(OUTSIDE.code, 0.8, 0, 0, excerpt(self.around), "", why, self.around)


def typed(data: bytes, rules: Rules) -> TypedPage | None:
    """Return the text of a page that is only its frame; None for all other pages, and where a person wants the frame as well."""
    root = parsed(data, Record()) if rules.allow(OUTSIDE) else None
    pre = max(body(root).iter("pre"), key=_length, default=None) if root is not None else None
    if root is None or pre is None or _length(pre) < max(_LEAST, _MOST_OF_IT * len(words(body(root)))):
        return None
    text = "".join(spoken(pre)).strip("\n")
    if text.count("\n") < _LINES or next(pre.iter("h1", "h2", "h3", "p", "table"), None) is not None:
        return None
    title = webhead.facts(root, decoded(data), Record()).title
    if known := _FULL_TEXT.fullmatch(title):
        text = f"Title: {known[1]}\n\n{text}"
    parent = pre.getparent()
    if parent is not None:
        parent.remove(pre)
    return TypedPage(text, words(body(root)))


def _length(element: Element) -> int:
    return len(words(element))
