"""Calls: the numbers of notes where they begin again on each page.

Which notes share a page is known when it has been set. So notes are set with a number of usual width, counted, and set again
until each has the number that it counts for.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

from samizdat.problems import Place, Rule, SamizdatError, Severity

RESTLESS = Rule(
    "P62",
    Severity.ERROR,
    "The numbers of the notes do not settle",
    "Where the numbers of notes begin again on each page, a number may be wider or narrower than the one before and carry its "
    "word, and with it the note, to another page, where it has another number. Usually this settles at once; here it went round "
    "in a circle.",
)

NUMBER = "data-number"
"""The attribute that holds a note's number, empty where it is to be counted."""
_ROUNDS = 6


class Calls:
    """The notes of a leaf that are counted on each page."""

    def __init__(self, root: ET.Element) -> None:
        """Find them, and give each a number to begin with."""
        self._pieces: dict[str, list[ET.Element]] = {}
        for element in root.iter():
            if element.get(NUMBER) == "":
                self._pieces.setdefault(element.get("data-note", ""), []).append(element)
                element.set(NUMBER, "1")
        self._rounds = 0

    def recount(self, pages: Sequence[Any]) -> bool:
        """Count the notes on pages that have been laid out, and tell whether any number has changed; raises SamizdatError P62."""
        changed = False
        if not self._pieces:
            return changed
        places = {name: number for number, page in enumerate(pages) for name in page.anchors}
        counted: Counter[int] = Counter()
        for note, pieces in self._pieces.items():
            page = places.get(f"{note}-call", -1)
            counted[page] += 1
            changed = changed or pieces[0].get(NUMBER) != str(counted[page])
            for piece in pieces:
                piece.set(NUMBER, str(counted[page]))
        self._rounds += changed
        if self._rounds > _ROUNDS:
            note = next(iter(self._pieces))
            raise SamizdatError(
                RESTLESS.problem(
                    "The numbers of the notes on these pages do not settle.",
                    Place(excerpt=note),
                    "Reword a sentence with a note, or number the notes by chapter.",
                )
            )
        return changed
