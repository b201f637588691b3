"""Sewn signatures: sections of a few folded sheets, sewn through their folds one upon another, for a book with a back.

Of thirty-two pages, two sheets to a signature, the first section holds pages 1 to 8:

    sheet 1   front  8 | 1   back  2 | 7
    sheet 2   front  6 | 3   back  4 | 5
    sheet 3   front 16 | 9   back 10 | 15     the second section begins

The last section has the sheets that are left over.
"""

from samizdat.formats.imposition.gesture import Gesture
from samizdat.formats.imposition.saddle import nested
from samizdat.formats.imposition.scheme import Line, Scheme, Sheet

_USUAL = (4, 5, 3, 6)
"""Sheets in a section where nobody says otherwise: four, as in most books, if that does not leave a last section of one."""


def _arrange(pages: int, signature: int | None) -> tuple[Sheet, ...]:
    """Nest the sheets of each section, which has `signature` of them."""
    sheets = pages // 4
    signature = signature or next((usual for usual in _USUAL if sheets % usual != 1), _USUAL[0])
    begins = range(0, sheets, signature)
    return tuple(sheet for begin in begins for sheet in nested(4 * begin + 1, 4 * min(begin + signature, sheets)))


SIGNATURES = Scheme(
    "sewn signatures",
    columns=2,
    rows=1,
    pages_per_sheet=4,
    arrange=_arrange,
    making=(Gesture.FOLD,),
    joint="sew",
    folds=(Line(upright=True, at=1),),
    steps=(
        "Take the sheets of one section at a time, the first of them outermost, and fold them together across the middle.",
        "Lay the folded sections upon each other in their order, and press them under a board overnight.",
        "Mark the holes across all the backs at once, prick them with an awl from inside, and sew section to section.",
        "Glue the back, let it dry, trim the other three edges, and hang the block into its cover.",
    ),
)
