"""Pages that a picture fills: their captions stand there alone, between two pages of the text, which goes on around them."""

from collections.abc import Iterable

from samizdat.checks.ledger.expected import squeezed
from samizdat.checks.ledger.pages import Line
from samizdat.checks.ledger.passage import Passage


def set_apart(leaves: Iterable[list[Line]], passages: Iterable[Passage]) -> list[Line]:
    """Take from the pages the lines of those that say nothing but the caption of a plate, each caption once."""
    captions = [squeezed(passage.text).casefold() for passage in passages if passage.plate]
    apart: list[Line] = []
    for lines in leaves if captions else ():
        words = squeezed("".join(line.text for line in lines)).casefold()
        if words in captions:
            captions.remove(words)
            apart += lines
            lines.clear()
    return apart
