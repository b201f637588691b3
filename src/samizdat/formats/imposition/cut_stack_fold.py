"""A booklet of half the size: the pile is cut in two, the halves are laid upon each other, folded together and stapled.

Of eight pages:

    sheet 1   front  8 | 1   back  2 | 7
                     6 | 3         4 | 5
"""

from dataclasses import replace

from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.saddle import nested
from samizdat.formats.imposition.scheme import Line, Scheme, Sheet, Side


def _below(upper: Side, lower: Side) -> Side:
    return upper + tuple(replace(position, row=1) for position in lower)


def _arrange(pages: int, _signature: int | None) -> tuple[Sheet, ...]:
    """Give the outer half of the booklet the upper halves of the sheets, and the inner half the lower ones."""
    strips = nested(1, pages)
    middle = len(strips) // 2
    return tuple(
        Sheet(_below(upper.front, lower.front), _below(upper.back, lower.back))
        for upper, lower in zip(strips[:middle], strips[middle:], strict=True)
    )


CUT_STACK_FOLD = Scheme(
    "cut, stacked and folded",
    columns=2,
    rows=2,
    pages_per_sheet=8,
    arrange=_arrange,
    making=(Gesture.STACK_ROWS, Gesture.FOLD),
    folds=(Line(upright=True, at=1),),
    cuts=(Line(upright=False, at=1),),
    steps=(
        "Knock the sheets square, sheet 1 on top with its front up, and cut the pile in two between its rows.",
        "Lay the upper half of the pile upon the lower one, without turning either, and turn all of it over.",
        "Fold it across the middle, so that the first page is outside, and run a spoon along the fold.",
        "Open it, turn it over so that the fold is a roof, and put two staples through the ridge from outside.",
    ),
)
