"""The stapled booklet: sheets folded once, laid into one another and stapled through the fold.

Each sheet carries four pages. Of eight pages, bound on the left:

    sheet 1   front  8 | 1   back  2 | 7      the outermost
    sheet 2   front  6 | 3   back  4 | 5

Print on both sides, landscape, turned on the short edge.
"""

from samizdat.formats.imposition.scheme import Binding, Position, Scheme, Sheet, Side


def _arrange(pages: int, binding: Binding) -> tuple[Sheet, ...]:
    """Set out the sheets, the outermost first: the first two pages left stand back to back with the last two."""
    sheets = []
    for depth in range(pages // 4):
        first, last = 2 * depth + 1, pages - 2 * depth
        sheets.append(Sheet(_side(last, first, depth, binding), _side(first + 1, last - 1, depth, binding)))
    return tuple(sheets)


def _side(left: int, right: int, depth: int, binding: Binding) -> Side:
    """Put two pages side by side with the fold between them; a book bound on the right has them the other way round."""
    if binding is Binding.RIGHT:
        left, right = right, left
    return (
        Position(left, column=0, row=0, spine=Binding.RIGHT, depth=depth),
        Position(right, column=1, row=0, spine=Binding.LEFT, depth=depth),
    )


SADDLE = Scheme("saddle stitch", columns=2, rows=1, pages_per_sheet=4, arrange=_arrange)
