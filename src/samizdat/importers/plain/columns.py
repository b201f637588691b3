"""Two columns side by side: an extract that keeps the layout of its pages writes the left and the right line as one.

Sentences are mixed up then, and no rule can be right about them. It is told, with the way out, rather than mended: the columns
of a page are parted safely only by a program that still has the page.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from samizdat.importers.plain.record import Line
from samizdat.problems import Problem, Rule, Severity

TWO_COLUMNS = Rule(
    "I66",
    Severity.WARNING,
    "Two columns side by side",
    "Most lines of this text are two, with a gap between them at the same place all the way down: the page it was taken from had"
    " two columns. What was imported runs across both and makes no sense. `pdftotext` without `-layout` writes one column after"
    " the other.",
)

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_FEWEST_LINES = 40
_FEWEST_WORDS = 3
"""On either side; the columns of a table rarely have so many."""
_MOSTLY = 0.5


def columns(lines: Iterable[Line]) -> Iterator[Problem]:
    """Warn of a text that was two columns."""
    full = [line.text for line in lines if len(line.words.split()) > _FEWEST_WORDS]
    gutters = Counter(gutter for text in full if (gutter := _gutter(text)))
    if not gutters or len(full) < _FEWEST_LINES:
        return
    (usual, _), *_ = gutters.most_common(1)
    # Ragged extracts move the right column by a letter or two from page to page.
    side_by_side = sum(number for gutter, number in gutters.items() if abs(gutter - usual) <= 3)
    if side_by_side > _MOSTLY * len(full):
        message = f"{side_by_side:,} of {len(full):,} lines are two side by side, with a gap at about column {usual}."
        hint = "Take the text out again so that one column follows the other (pdftotext without -layout), and import that."
        yield TWO_COLUMNS.problem(message, hint=hint)


def _gutter(text: str) -> int:
    """Return where the right half of a line begins, if it has one; columns count from 1."""
    gaps = [gap for gap in _GAP.finditer(text) if _several(text[: gap.start()]) and _several(text[gap.end() :])]
    return gaps[0].end() + 1 if len(gaps) == 1 else 0


def _several(text: str) -> bool:
    return len(text.split()) >= _FEWEST_WORDS
