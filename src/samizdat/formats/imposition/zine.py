"""The eight-page zine of one sheet: printed on one side, folded and cut once, and no staple.

    front  7 | 6 | 5 | 4      upside down
           8 | 1 | 2 | 3

The sheet is folded lengthwise and crosswise into eight, cut along the middle of its long fold, and pushed together so that the
cut opens into a square and closes again as a cross; its four arms are the leaves.
"""

from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.scheme import Binding, Line, Position, Scheme, Sheet

_UPPER, _LOWER = (7, 6, 5, 4), (8, 1, 2, 3)


def _arrange(_pages: int, _signature: int | None) -> tuple[Sheet, ...]:
    """Set out the eight pages; an odd page has its spine on its own left, which is the right of the cell if it is upside down."""
    upper = tuple(
        Position(page, column, 0, Binding.RIGHT if page % 2 else Binding.LEFT, rotation=180) for column, page in enumerate(_UPPER)
    )
    lower = tuple(Position(page, column, 1, Binding.LEFT if page % 2 else Binding.RIGHT) for column, page in enumerate(_LOWER))
    return (Sheet(upper + lower, ()),)


ZINE = Scheme(
    "zine of one sheet",
    columns=4,
    rows=2,
    pages_per_sheet=8,
    arrange=_arrange,
    making=(Gesture.CROSS,),
    joint="fold",
    folds=(Line(upright=True, at=1), Line(upright=True, at=2), Line(upright=True, at=3), Line(upright=False, at=1)),
    cuts=(Line(upright=False, at=1, start=1, end=3),),
    most=8,
    one_sided=True,
    steps=(
        "Print on one side only, and fold the sheet into eight, lengthwise once and crosswise three times; open it again.",
        "Fold it crosswise in the middle and cut along the long fold, from the middle as far as the next fold.",
        "Open it, fold it lengthwise with the print outside, and push the ends together until the cut opens and makes a cross.",
        "Lay the four arms upon each other, with the first page on top, and press the folds.",
    ),
)
