"""Stage directions: what stands in brackets, and what says who comes and goes."""

import re

_BRACKETED = re.compile(r"\s*(?:\[.*\]|\(.*\)|_\[.*\]_|_\(.*\)_)\.?\s*", re.DOTALL)
_MOVES = re.compile(r"\s*_?(?:(?:re-)?enter|exit|exeunt|manent|alarums?|flourish)\b", re.IGNORECASE)
_LONGEST = 2000


def is_direction(text: str) -> bool:
    """Tell whether a paragraph of a play is a stage direction."""
    return bool(_BRACKETED.fullmatch(text[:_LONGEST]) or moves(text))


def moves(text: str) -> bool:
    """Tell whether a text begins as stages have said since Shakespeare’s time that somebody comes or goes."""
    return bool(_MOVES.match(text))
