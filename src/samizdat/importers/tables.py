"""pandoc's tables become the model's."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from samizdat.importers.conversion import ATTRIBUTE, Conversion
from samizdat.importers.inlines import inlines
from samizdat.model.block import Align, Blocks, Cell, Column, Row, Table

ROW_HEADERS = "row-headers"
"""The class of a table whose first column heads its rows."""
_ALIGN = {"AlignLeft": Align.START, "AlignCenter": Align.CENTRE, "AlignRight": Align.END}

ReadBlocks = Callable[[Conversion, list[Any]], Blocks]


def table(c: Conversion, content: list[Any], blocks: ReadBlocks) -> Table:
    """Convert a table. `blocks` converts what stands in a cell."""
    attributes, (_, caption), specs, (_, head), bodies, (_, foot) = content
    given, classes, pairs = c.take(attributes, (ROW_HEADERS,), ("widths",))
    headed = ROW_HEADERS in classes
    shares = _widths(c, pairs["widths"], len(specs)) if "widths" in pairs else [width.get("c", 0.0) for _, width in specs]
    aligns = [_ALIGN.get(align["t"], Align.START) for align, _ in specs]
    columns = tuple(Column(align, round(share, 4)) for align, share in zip(aligns, shares, strict=True))
    above = tuple(node for block in caption for node in inlines(c, block["c"]))  # first, as its notes come first
    heads = [_row(c, row, blocks) for row in head]
    body = []
    for _, _, subheads, rows in bodies:
        body += [_row(c, row, blocks) for row in subheads]
        body += [_row(c, row, blocks) for row in rows]
    return Table(
        columns=columns,
        head=_aligned(heads, columns),
        body=_aligned(body, columns, headed=headed),
        foot=_aligned([_row(c, row, blocks) for row in foot], columns, headed=headed),
        caption=above,
        id=given,
    )


def _widths(c: Conversion, given: str, count: int) -> list[float]:
    """Read the shares of the columns that the table's caption gives: `widths="0.3 0.7"`; 0 is as wide as the words."""
    try:
        shares = [float(share) for share in given.split()]
    except ValueError:
        shares = []
    if len(shares) == count and all(0 <= share <= 1 for share in shares):
        return shares
    hint = f'Write {count} numbers from 0 to 1: widths="{" ".join([str(round(1 / count, 2))] * count)}".'
    c.source.report(ATTRIBUTE, f"“{given}” are not the widths of {count} columns.", f'widths="{given}', hint)
    return [0.0] * count


def _aligned(rows: list[Row], columns: tuple[Column, ...], *, headed: bool = False) -> tuple[Row, ...]:
    """Give each cell without an alignment that of the column it begins in, which cells reaching down from above move on."""
    taken = [0] * len(columns)
    aligned = []
    for row in rows:
        cells = []
        free = (place for place in range(len(columns)) if not taken[place])
        reaching = [max(0, rows_left - 1) for rows_left in taken]
        for cell in row.cells:
            place = next(free, len(columns) - 1)
            for _ in range(cell.columns - 1):
                next(free, None)
            for covered in range(place, min(place + cell.columns, len(columns))):
                reaching[covered] = cell.rows - 1
            cells.append(replace(cell, align=cell.align or columns[place].align, heads_row=headed and place == 0))
        taken = reaching
        aligned.append(Row(tuple(cells)))
    return tuple(aligned)


def _row(c: Conversion, row: list[Any], blocks: ReadBlocks) -> Row:
    cells = []
    for _, align, rows, columns, content in row[1]:
        cells.append(Cell(blocks(c, content), _ALIGN.get(align["t"]), columns, rows))
    return Row(tuple(cells))
