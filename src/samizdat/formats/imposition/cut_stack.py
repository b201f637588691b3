"""Cut stacks for a glued back: cut the pile in two, lay the left stack on the right one, and the pages are in order.

Of eight pages:

    sheet 1   front  1 | 5   back  6 | 2
    sheet 2   front  3 | 7   back  8 | 4
"""

from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.scheme import Binding, Line, Position, Scheme, Sheet


def _arrange(pages: int, _signature: int | None) -> tuple[Sheet, ...]:
    return stacks(pages, columns=2, rows=1)


def stacks(pages: int, columns: int, rows: int) -> tuple[Sheet, ...]:
    """Give each cell of the sheet a run of pages of its own; the back of a cell lies behind it, in the mirrored column."""
    cells = [(column, row) for row in range(rows) for column in range(columns)]
    run = pages // len(cells)
    return tuple(
        Sheet(
            tuple(Position(number * run + first, column, row, Binding.LEFT) for number, (column, row) in enumerate(cells)),
            tuple(
                Position(number * run + first + 1, columns - 1 - column, row, Binding.RIGHT)
                for number, (column, row) in enumerate(cells)
            ),
        )
        for first in range(1, run + 1, 2)
    )


CUT_STACK = Scheme(
    "cut stacks",
    columns=2,
    rows=1,
    pages_per_sheet=4,
    arrange=_arrange,
    making=(Gesture.STACK,),
    joint="glue",
    cuts=(Line(upright=True, at=1),),
    centred=True,
    steps=(
        "Knock the sheets square, sheet 1 on top with its front up, and cut the pile in two across the middle.",
        "Lay the stack with the first page upon the other one.",
        "Knock the block square at its spine, clamp it, roughen the back with a saw or coarse paper, and glue it twice.",
        "Lay the cover around it while the second coat is wet, and trim the other three edges when it is dry.",
    ),
)
