"""Two copies a sheet, to be cut apart: each half of the pile is a copy in order, held at its spine.

sheet 1   front  1 | 1   back  2 | 2
"""

from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.scheme import Binding, Line, Position, Scheme, Sheet, Side


def _side(page: int, spine: Binding) -> Side:
    return tuple(Position(page, column=column, row=0, spine=spine) for column in range(2))


def _arrange(pages: int, _signature: int | None) -> tuple[Sheet, ...]:
    return tuple(Sheet(_side(page, Binding.LEFT), _side(page + 1, Binding.RIGHT)) for page in range(1, pages + 1, 2))


TWO_COPIES = Scheme(
    "two copies to cut apart",
    columns=2,
    rows=1,
    pages_per_sheet=2,
    arrange=_arrange,
    making=(Gesture.CUT_APART,),
    joint="clip",
    cuts=(Line(upright=True, at=1),),
    copies=2,
    centred=True,
    steps=(
        "Knock the sheets square and cut the pile in two across the middle.",
        "Each half is a copy in its order: hold it at the spine with a staple, a clip or glue.",
    ),
)
