"""Two pages a side in reading order: nothing is folded, the pile is held by a clip.

sheet 1   front  1 | 2   back  3 | 4
"""

from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.scheme import Binding, Position, Scheme, Sheet, Side


def _side(first: int) -> Side:
    return tuple(Position(first + column, column=column, row=0, spine=Binding.LEFT) for column in range(2))


def _arrange(pages: int, _signature: int | None) -> tuple[Sheet, ...]:
    return tuple(Sheet(_side(first), _side(first + 2)) for first in range(1, pages + 1, 4))


TWO_UP = Scheme(
    "two pages a side",
    columns=2,
    rows=1,
    pages_per_sheet=4,
    arrange=_arrange,
    making=(Gesture.READ_ACROSS,),
    joint="clip",
    centred=True,
    steps=("Knock the sheets square and hold them with a clip, or a staple in the corner.",),
)
