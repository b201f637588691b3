"""Two booklets at once, one above the other: cut the pile in two, then fold and staple each half. A6 booklets of A4 paper.

Of four pages, on both halves of the sheet:

    sheet 1   front  4 | 1   back  2 | 3
                     4 | 1         2 | 3
"""

from dataclasses import replace

from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.saddle import nested
from samizdat.formats.imposition.scheme import Line, Scheme, Sheet, Side


def _twice(side: Side) -> Side:
    return tuple(replace(position, row=row) for row in range(2) for position in side)


def _arrange(pages: int, _signature: int | None) -> tuple[Sheet, ...]:
    return tuple(Sheet(_twice(sheet.front), _twice(sheet.back)) for sheet in nested(1, pages))


TWO_BOOKLETS = Scheme(
    "two booklets to cut apart",
    columns=2,
    rows=2,
    pages_per_sheet=4,
    arrange=_arrange,
    making=(Gesture.CUT_ROWS, Gesture.FOLD),
    folds=(Line(upright=True, at=1),),
    cuts=(Line(upright=False, at=1),),
    copies=2,
    steps=(
        "Knock the sheets square and cut the pile in two, between the upper and the lower row of pages.",
        "Each half is a booklet: fold it across the middle, and run a spoon along the fold.",
        "Open it, turn it over so that the fold is a roof, and put two staples through the ridge from outside.",
    ),
)
