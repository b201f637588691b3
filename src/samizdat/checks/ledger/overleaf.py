"""Rows of tables that go on overleaf: a page shows how each of their cells begins, and the next how each goes on.

The book has one cell after the other, the pages have a part of each in turn. So such a row is read line by line: each line goes
on with what the cell of the line before it, or one after that, has not said yet.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from samizdat.checks.ledger.align import Difference
from samizdat.checks.ledger.expected import squeezed
from samizdat.checks.ledger.passage import Passage
from samizdat.checks.ledger.rows import Row
from samizdat.checks.ledger.rules import drawn_pattern
from samizdat.checks.ledger.taken import Stretch
from samizdat.checks.ledger.words import DIVIDED


def read_over(
    found: Sequence[Difference], owed: Row, taken: Row, passages: Sequence[Passage], stretches: Sequence[Stretch]
) -> Iterable[tuple[range, list[str], list[list[str]]]]:
    """Yield each row in which something differs: its words, the letters of its cells, and its lines, page by page."""
    rows = {passages[owed.sources[one.a]].cell[0] for one in found if one.a < len(owed.sources)}
    for row in sorted(rows - {0}):
        places = [place for place, source in enumerate(owed.sources) if passages[source].cell[0] == row]
        first, last = places[0], places[-1] + 1
        before = max((one for one in found if one.a < first), default=Difference(0, 0, 0, 0))
        within = max((one for one in found if one.b <= last), default=Difference(0, 0, 0, 0))
        if before.b > first:
            continue
        begin, end = first + before.d - before.b, last + within.d - within.b
        lines = stretches[taken.sources[begin] : taken.sources[end - 1] + 1]
        cells = groupby((passage for passage in passages if passage.cell[0] == row), lambda passage: passage.cell)
        pages = groupby(lines, lambda line: line.place)
        yield (
            range(first, last + 1),
            [squeezed("".join(passage.text for passage in cell)) for _, cell in cells],
            [[squeezed(line.text) for line in page] for _, page in pages],
        )


def in_turn(cells: Sequence[str], pages: Sequence[Sequence[str]], heads: Collection[str]) -> bool:
    """Say whether pages have a part of each cell in turn, and all of each in the end; each may begin with a head again."""
    rest = [*cells]
    for number, page in enumerate(pages):
        cell = 0
        for line in page if not number else _without_head(page, heads):
            text = line
            while text:
                cell = next((each for each in range(cell, len(rest)) if _goes_on(rest[each], text)), len(rest))
                if cell == len(rest):
                    return False
                said = min(len(rest[cell]), len(text.rstrip(DIVIDED)))
                rest[cell], text = rest[cell][said:], text[said:]
                if text == DIVIDED:
                    rest[cell], text = rest[cell].lstrip("-\u2010"), ""
    return len(pages) > 1 and not any(rest)


def _goes_on(rest: str, line: str) -> bool:
    """Say whether a line is how the rest of a cell begins, or begins with all of it."""
    letters = line.rstrip(DIVIDED)
    return bool(rest) and (rest.startswith(letters) or letters.startswith(rest))


def _without_head(page: Sequence[str], heads: Collection[str]) -> Sequence[str]:
    """Leave out the lines at the beginning of a page that are the head of a table."""
    for end in range(len(page), 0, -1):
        if any(head and drawn_pattern([head]).fullmatch("".join(page[:end])) for head in heads):
            return page[end:]
    return page
