"""Passages: what a book says without anything between, as an edition owes it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from samizdat.checks.ledger.words import CALL, COUNTED, LISTED
from samizdat.model.words import words

_ADDED = re.compile(f"{CALL}(?:[0-9]+|{COUNTED})|{LISTED}[^{LISTED}]*{LISTED}")

_MANY = 20_000
"""How many texts are remembered."""


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
    cell: tuple[int, int] = (0, 0)
    """The row and the cell of a table that it stands in, each counted through the book; 0: in none."""
    numbered: bool = False
    """A note's number stands before it."""

    @property
    def words(self) -> int:
        """How many words it has, counted as in the record of an import, so that a book's figures agree from its capture on."""
        return _counted(self.text)

    @property
    def written(self) -> int:
        """How many of them the author wrote; the rest are numbers of notes and lists, or pages that the program makes."""
        return 0 if self.added else _counted(_ADDED.sub("", self.text)) - self.numbered


@lru_cache(_MANY)
def _counted(text: str) -> int:
    """Count words; the editions of a book have their texts in common."""
    return len(words(text))
