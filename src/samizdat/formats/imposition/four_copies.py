"""Four copies a sheet, to be cut apart: each quarter of the pile is a copy in order, held at its spine.

sheet 1   front  1 | 1   back  2 | 2
                 1 | 1         2 | 2
"""

from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.scheme import Binding, Line, Position, Scheme, Sheet, Side


def _side(page: int, spine: Binding) -> Side:
    return tuple(Position(page, column, row, spine) for row in range(2) for column in range(2))


def _arrange(pages: int, _signature: int | None) -> tuple[Sheet, ...]:
    return tuple(Sheet(_side(page, Binding.LEFT), _side(page + 1, Binding.RIGHT)) for page in range(1, pages + 1, 2))


FOUR_COPIES = Scheme(
    "four copies to cut apart",
    columns=2,
    rows=2,
    pages_per_sheet=2,
    arrange=_arrange,
    making=(Gesture.CUT_APART,),
    joint="clip",
    cuts=(Line(upright=True, at=1), Line(upright=False, at=1)),
    copies=4,
    centred=True,
    steps=(
        "Knock the sheets square and cut the pile in two across the middle, and each half again.",
        "Each quarter is a copy in its order: hold it at the spine with a staple, a clip or glue.",
    ),
)
