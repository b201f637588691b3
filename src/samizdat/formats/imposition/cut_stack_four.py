"""Cut stacks of four: small pages, four a side; the quarters of the pile are laid upon each other row by row.

Of eight pages:

    front  1 | 3   back  4 | 2
           5 | 7         8 | 6
"""

from samizdat.formats.imposition.cut_stack import stacks
from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.scheme import Line, Scheme, Sheet


def _arrange(pages: int, _signature: int | None) -> tuple[Sheet, ...]:
    return stacks(pages, columns=2, rows=2)


CUT_STACK_FOUR = Scheme(
    "cut stacks of four",
    columns=2,
    rows=2,
    pages_per_sheet=8,
    arrange=_arrange,
    making=(Gesture.STACK,),
    joint="glue",
    cuts=(Line(upright=True, at=1), Line(upright=False, at=1)),
    centred=True,
    steps=(
        "Knock the sheets square, sheet 1 on top with its front up, and cut the pile into four.",
        "Lay the four stacks upon each other row by row: the one with the first page, then its neighbour, then the lower two.",
        "Knock the block square at its spine, clamp it, roughen the back with a saw or coarse paper, and glue it twice.",
        "Lay the cover around it while the second coat is wet, and trim the other three edges when it is dry.",
    ),
)
