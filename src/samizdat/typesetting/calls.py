"""Calls: the numbers of notes where they begin again on each page.

Which notes share a page is known when it has been set. So notes are set with a number of usual width and counted. Where the
numbers are as wide as those that stand there, as figures mostly are, they are exchanged on the finished pages; else all is set
again.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import Layout

from samizdat.problems import Place, Rule, SamizdatError, Severity
from samizdat.typesetting.lines import Slug
from samizdat.typesetting.measuring import Fount
from samizdat.typesetting.tagging import CALL, MARKER

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
_FIGURES = re.compile(r"\d+")
_SAME = 0.01
"""In px: what differs by less is as wide."""


class Calls:
    """The notes of a leaf that are counted on each page."""

    def __init__(self, root: ET.Element) -> None:
        """Find them, and give each a number to begin with."""
        self._notes: dict[str, ET.Element] = {}
        for element in root.iter():
            if element.get(NUMBER) == "":
                self._notes[element.get("data-note", "")] = element
                element.set(NUMBER, "1")
        self._rounds = 0

    def recount(self, pages: Sequence[Any]) -> bool:
        """Count the notes on pages that have been laid out, and tell whether any number has changed; raises SamizdatError P62."""
        changed = False
        if not self._notes:
            return changed
        places = {name: number for number, page in enumerate(pages) for name in page.anchors}
        counted: Counter[int] = Counter()
        for note, element in self._notes.items():
            page = places.get(f"{note}-call", -1)
            counted[page] += 1
            changed = changed or element.get(NUMBER) != str(counted[page])
            element.set(NUMBER, str(counted[page]))
        changed = changed and not self._exchanged(pages)
        self._rounds += changed
        if self._rounds > _ROUNDS:
            note = next(iter(self._notes))
            raise SamizdatError(
                RESTLESS.problem(
                    "The numbers of the notes on these pages do not settle.",
                    Place(excerpt=note),
                    "Reword a sentence with a note, or number the notes by chapter.",
                )
            )
        return changed

    def _exchanged(self, pages: Sequence[Any]) -> bool:
        """Exchange the numbers on laid out pages; do nothing, and say so, where one is not as wide as the one before."""
        own = set(self._notes.values())
        exchanges = []
        for page in pages:
            for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001 - boxes are told nowhere else
                if isinstance(box, boxes.TextBox) and box.element in own and box.element_tag.endswith((CALL, MARKER)):
                    before, number = box.text, box.element.get(NUMBER)
                    after = _FIGURES.sub(number, before)
                    if after != before:
                        fount = Fount(box.style)
                        if abs(fount.width(after) - fount.width(before)) > _SAME:
                            return False
                        exchanges.append((box, after, fount))
        for box, after, fount in exchanges:
            _exchange(box, after, fount)
        return True


def _exchange(box: Any, text: str, fount: Fount) -> None:
    """Put another text of the same width into a text box that has been laid out."""
    before = box.pango_layout
    words = fount.words(text) if isinstance(before, Slug) else None
    if words is None:
        after: Any = Layout(box.style)
        after.set_text(text)
        after.deactivate()
        after.first_line_direction = before.first_line_direction
    else:
        after = Slug(words)
        after.decoration = before.decoration
    after.justification_spacing = before.justification_spacing
    box.text, box.pango_layout = text, after
