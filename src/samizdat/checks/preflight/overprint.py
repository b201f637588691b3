"""Nothing is printed over anything else: found by where the letters of a finished page stand."""

from collections.abc import Iterator

import pypdfium2

from samizdat.problems import Place, Problem, Rule, Severity

OVERPRINTED = Rule(
    "P47",
    Severity.ERROR,
    "Words are printed over one another",
    "Two runs of text stand in the same place on a page, so that neither can be read: a note that had no room, a table cell that "
    "is too narrow, something placed by a style of the book's own.",
)

_SHARED = 0.5
"""How much of the lower of two lines may lie within the other: letters with tails and accents reach into each other's lines."""
_WIDE = 3.0
"""In pt; an italic leans so far over what follows it."""

_Box = tuple[float, float, float, float]


def overprinted(data: bytes) -> Iterator[Problem]:
    """Find words that stand over other words, one problem a page."""
    document = pypdfium2.PdfDocument(data)
    try:
        for number, leaf in enumerate(document, 1):
            text = leaf.get_textpage()
            boxes = sorted(text.get_rect(index) for index in range(text.count_rects()))
            pairs = ([text.get_text_bounded(*box).strip()[:60] for box in pair] for pair in _overlaps(boxes))
            words = next((" / ".join(pair) for pair in pairs if _hides(*pair)), "")
            if words:
                yield OVERPRINTED.problem(
                    "Words are printed over one another.",
                    Place(f"page {number}", excerpt=words),
                    "Look at the page; a shorter note, a wider column or another line break usually mends it.",
                )
    finally:
        document.close()


def _hides(one: str, other: str) -> bool:
    """Say whether words cannot be read for one another: not an accent over its letter, nor a letter over its own shadow."""
    return one != other and any(map(str.isalnum, one)) and any(map(str.isalnum, other))


def _overlaps(boxes: list[_Box]) -> Iterator[tuple[_Box, _Box]]:
    """Yield pairs of boxes that share a good part of the lower one; boxes come in the order of their left edges."""
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            if other[0] >= one[2] - _WIDE:
                break
            low, high = max(one[1], other[1]), min(one[3], other[3])
            height = min(one[3] - one[1], other[3] - other[1])
            width = min(one[2], other[2]) - other[0]
            if height > 0 and width > _WIDE and (high - low) / height > _SHARED:
                yield one, other
