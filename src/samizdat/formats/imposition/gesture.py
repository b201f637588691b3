"""What hands do with printed sheets, gesture by gesture, so that a program can follow it too.

A scheme tells people its steps in sentences, and says the same here in a few words of a closed list. Nothing in it depends on
which page stands where: whoever checks a finished file folds its sheets by these and reads what comes of it.
"""

from enum import Enum, auto


class Gesture(Enum):
    """Something that is done with all the sheets, in the order in which they lie."""

    HALF_BACK = auto()
    """Fold the half without the first page back behind the other, across the middle of the columns."""
    UPPER_BACK = auto()
    """Fold the upper half of each sheet back behind the lower."""
    CUT_ROWS = auto()
    """Cut between the rows; each row is a copy."""
    STACK_ROWS = auto()
    """Cut between the rows, and lay the stacks upon each other, that of the first row uppermost."""
    CUT_APART = auto()
    """Cut into all the cells; each stack is a copy."""
    STACK = auto()
    """Cut into all the cells, and lay the stacks upon each other row by row, from the side on which the book is bound."""
    FOLD = auto()
    """Lay the sheets upon each other, the first outermost, and fold the half without the first page back behind it."""
    CROSS = auto()
    """Fold lengthwise with the print outside, and push the slit open to a cross whose arms are the leaves."""
    READ_ACROSS = auto()
    """Neither fold nor cut: each side is read across."""
