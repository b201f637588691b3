"""The stapled booklet: sheets folded once, laid into one another and stapled through the fold.

Each sheet carries four pages. Of eight pages, bound on the left:

    sheet 1   front  8 | 1   back  2 | 7      the outermost
    sheet 2   front  6 | 3   back  4 | 5

Print on both sides, landscape, turned on the short edge.
"""

from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.scheme import Line, Scheme, Sheet, folio


def nested(first: int, last: int) -> tuple[Sheet, ...]:
    """Lay sheets into one another for the pages from first to last: two pages from either end to a sheet, the outermost first."""
    return tuple(
        Sheet(
            folio(last - 2 * depth, first + 2 * depth, depth),
            folio(first + 2 * depth + 1, last - 2 * depth - 1, depth),
        )
        for depth in range((last - first + 1) // 4)
    )


def _arrange(pages: int, _signature: int | None) -> tuple[Sheet, ...]:
    return nested(1, pages)


SADDLE = Scheme(
    "saddle stitch",
    columns=2,
    rows=1,
    pages_per_sheet=4,
    arrange=_arrange,
    making=(Gesture.FOLD,),
    folds=(Line(upright=True, at=1),),
    steps=(
        "Knock the sheets square, in the order in which they are numbered, sheet 1 with the first page lowest and face down.",
        "Fold the whole pile across the middle, and run a spoon along the fold.",
        "Open it, turn it over so that the fold is a roof, and put two staples through the ridge from outside.",
        "Close it, press it under books overnight, and cut the open edge if it is uneven.",
    ),
)
