"""The French fold: printed on one side only, folded twice, so that every leaf is double and closed at its head.

Four pages a sheet. The upper half is folded back behind the lower, then the left half behind the right. Of four pages:

    front  3 | 2      upside down
           4 | 1

More sheets are laid into one another as in a stapled booklet. For printers that print one side, and for paper that shows through.
"""

from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.scheme import Line, Scheme, Sheet, folio


def _arrange(pages: int, _signature: int | None) -> tuple[Sheet, ...]:
    """Nest the folded sheets, the outermost first; each has two thicknesses of paper."""
    return tuple(
        Sheet(
            folio(pages - 2 * number - 1, 2 * number + 2, 2 * number + 1, rotation=180)
            + folio(pages - 2 * number, 2 * number + 1, 2 * number, row=1),
            (),
        )
        for number in range(pages // 4)
    )


FRENCH_FOLD = Scheme(
    "French fold",
    columns=2,
    rows=2,
    pages_per_sheet=4,
    arrange=_arrange,
    making=(Gesture.UPPER_BACK, Gesture.FOLD),
    folds=(Line(upright=False, at=1), Line(upright=True, at=1)),
    one_sided=True,
    steps=(
        "Print on one side only.",
        "Lay a sheet with the printed side up and the first page upright, and fold the upper half back behind the lower.",
        "Fold the half beside the first page back behind it, so that the first page lies on top. One sheet is a card, and done.",
        "Lay further sheets, folded once, into one another in their order before the second fold, and staple through it.",
    ),
)
