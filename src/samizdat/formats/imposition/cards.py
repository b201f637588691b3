"""Cards with two sides, as many a sheet as it has room for: odd pages are their fronts, and the page after each is its back.

Of eight pages, four cards a sheet:

    front  1 | 3   back  4 | 2
           5 | 7         8 | 6
"""

from samizdat.formats.imposition.cut_stack import stacks
from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.scheme import Line, Scheme, Sheet


def _cards(columns: int, rows: int) -> Scheme:
    def arrange(pages: int, _signature: int | None) -> tuple[Sheet, ...]:
        return stacks(pages, columns, rows)

    return Scheme(
        "cards with two sides",
        columns,
        rows,
        pages_per_sheet=2 * columns * rows,
        arrange=arrange,
        making=(Gesture.STACK,),
        joint="loose",
        cuts=(
            *(Line(upright=True, at=column) for column in range(1, columns)),
            *(Line(upright=False, at=row) for row in range(1, rows)),
        ),
        centred=True,
        fitted=_cards,
        steps=(
            "Hold a sheet against the light: each back must stand behind its front, or the printer has turned the sheet wrongly.",
            "Knock the sheets square, sheet 1 on top with its front up, and cut the pile into strips, and the strips into cards.",
            "Lay the stacks upon each other row by row, beginning with the first card: the cards are in their order.",
        ),
    )


CARDS = _cards(4, 2)
