"""The quarter fold: a sheet printed on both sides, folded twice and opened at the head with a knife. The printer's quarto.

Eight pages a sheet. The upper half is folded back behind the lower, then the left half behind the right. Of eight pages:

    front  5 | 4      upside down        back  3 | 6      upside down
           8 | 1                               2 | 7

More sheets are laid into one another as in a stapled booklet.
"""

from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.scheme import Line, Scheme, Sheet, folio


def _arrange(pages: int, _signature: int | None) -> tuple[Sheet, ...]:
    """Nest the folded sheets, the outermost first: the lower half of each lies outside, the upper inside."""
    sheets = []
    for number in range(pages // 8):
        first, last, depth = 4 * number + 1, pages - 4 * number, 2 * number
        sheets.append(
            Sheet(
                folio(last - 3, first + 3, depth + 1, rotation=180) + folio(last, first, depth, row=1),
                folio(first + 2, last - 2, depth + 1, rotation=180) + folio(first + 1, last - 1, depth, row=1),
            )
        )
    return tuple(sheets)


QUARTER_FOLD = Scheme(
    "quarter fold",
    columns=2,
    rows=2,
    pages_per_sheet=8,
    arrange=_arrange,
    making=(Gesture.UPPER_BACK, Gesture.FOLD),
    folds=(Line(upright=False, at=1), Line(upright=True, at=1)),
    steps=(
        "Lay a sheet with its front up and the first page upright, and fold the upper half back behind the lower.",
        "Lay further sheets, folded once, into one another in their order.",
        "Fold the half beside the first page back behind it, so that the first page lies on top, and staple through the fold.",
        "Open the heads of the leaves with a knife, or trim them off.",
    ),
)
