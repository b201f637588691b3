"""The octavo: a sheet printed on both sides and folded three times, opened at the heads and fore-edges with a knife.

Sixteen pages a sheet. The half without the first page is folded back behind the other, then the upper half behind the lower, and
at last the sheets, laid into one another, are folded at the spine. Of sixteen pages:

    front   5 | 12 |  9 |  8    upside down        back   7 | 10 | 11 |  6    upside down
            4 | 13 | 16 |  1                              2 | 15 | 14 |  3
"""

from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.scheme import Binding, Line, Position, Scheme, Sheet, Side

_LEAVES = 4
"""How many leaves lie in one another in each half of a folded sheet."""


def _row(pages: tuple[int, int, int, int], depths: tuple[int, int], row: int, rotation: int = 0) -> Side:
    """Put four pages side by side, the outer fold in the middle and the spine between the pages of each half."""
    return tuple(
        Position(page, column, row, (Binding.RIGHT, Binding.LEFT)[column % 2], rotation, depths[column // 2])
        for column, page in enumerate(pages)
    )


def _arrange(pages: int, _signature: int | None) -> tuple[Sheet, ...]:
    """Nest the folded sheets, the outermost first."""
    sheets = []
    for number in range(pages // 16):
        depth = _LEAVES * number
        first, last = 1 + 2 * depth, pages - 2 * depth
        sheets.append(
            Sheet(
                _row((first + 4, last - 4, last - 7, first + 7), (depth + 2, depth + 3), 0, 180)
                + _row((first + 3, last - 3, last, first), (depth + 1, depth), 1),
                _row((first + 6, last - 6, last - 5, first + 5), (depth + 3, depth + 2), 0, 180)
                + _row((first + 1, last - 1, last - 2, first + 2), (depth, depth + 1), 1),
            )
        )
    return tuple(sheets)


OCTAVO = Scheme(
    "octavo",
    columns=4,
    rows=2,
    pages_per_sheet=16,
    arrange=_arrange,
    making=(Gesture.HALF_BACK, Gesture.UPPER_BACK, Gesture.FOLD),
    folds=(Line(upright=True, at=2), Line(upright=False, at=1), Line(upright=True, at=1), Line(upright=True, at=3)),
    steps=(
        "Lay a sheet with its front up and the first page upright, and fold the half without it back behind the other.",
        "Fold the upper half back behind the lower.",
        "Lay further sheets, folded twice, into one another in their order.",
        "Fold the half beside the first page back behind it, so that the first page lies on top, and staple through the fold.",
        "Open the heads and the outer edges of the leaves with a knife, or trim them off.",
    ),
)
