"""Imposition: the pages of a PDF set out on sheets so that, printed on both sides and folded, they read in order.

A scheme says as plain data which page stands where (`scheme.py`; `saddle.py` is the one for stapled booklets), and
`drawing.py` draws it. A further scheme is one more file like `saddle.py`.
"""

from samizdat.formats.imposition.drawing import impose, scale
from samizdat.formats.imposition.saddle import SADDLE
from samizdat.formats.imposition.scheme import Binding, Imposition, Position, Scheme, Sheet, Side, plan, scaled_down, too_thick

__all__ = [
    "SADDLE",
    "Binding",
    "Imposition",
    "Position",
    "Scheme",
    "Sheet",
    "Side",
    "impose",
    "plan",
    "scale",
    "scaled_down",
    "too_thick",
]
