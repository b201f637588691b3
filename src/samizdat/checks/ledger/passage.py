"""Passages: what a book says without anything between, as an edition owes it."""

import re
from dataclasses import dataclass

from samizdat.checks.ledger.words import CALL, COUNTED

_COUNTED = re.compile(r"[^\W_⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_CALLS = re.compile(f"{CALL}(?:[0-9]+|{COUNTED})")


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words with nothing between them: a paragraph, a title, a cell."""

    text: str
    place: str
    """The title of the section it stands in."""
    note: bool = False
    small_capitals: frozenset[str] = frozenset()
    """The words in it that are set in small capitals."""
    all_small: bool = False
    """Its capitals are small ones too."""
    plate: bool = False
    """It is the caption of a picture that has a page to itself."""
    added: bool = False
    """The program has put it together: contents, index, the statement on accessibility."""
    numbered: bool = False
    """A note's number stands before it."""

    @property
    def words(self) -> int:
        """How many words it has, counted as in the record of an import, so that a book's figures agree from its capture on."""
        return len(_COUNTED.findall(self.text))

    @property
    def written(self) -> int:
        """How many of them the author wrote; the rest are numbers of notes, or pages that the program makes."""
        return 0 if self.added else len(_COUNTED.findall(_CALLS.sub("", self.text))) - self.numbered
