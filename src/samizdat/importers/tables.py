"""pandoc's tables become the model's."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from samizdat.importers.conversion import Conversion
from samizdat.importers.inlines import inlines
from samizdat.model.block import Align, Blocks, Cell, Column, Row, Table

ROW_HEADERS = "row-headers"
"""The class of a table whose first column heads its rows."""
_ALIGN = {"AlignLeft": Align.START, "AlignCenter": Align.CENTRE, "AlignRight": Align.END}

ReadBlocks = Callable[[Conversion, list[Any]], Blocks]


def table(c: Conversion, content: list[Any], blocks: ReadBlocks) -> Table:
    """Convert a table. `blocks` converts what stands in a cell."""
    attributes, (_, caption), specs, (_, head), bodies, (_, foot) = content
    given, classes, _ = c.take(attributes, classes=(ROW_HEADERS,))
    headed = ROW_HEADERS in classes
    columns = tuple(Column(_ALIGN.get(align["t"], Align.START), round(width.get("c", 0.0), 4)) for align, width in specs)
    body = []
    for _, _, subheads, rows in bodies:
        body += [_row(c, row, blocks, headed=False) for row in subheads]
        body += [_row(c, row, blocks, headed=headed) for row in rows]
    return Table(
        columns=columns,
        head=_aligned([_row(c, row, blocks, headed=False) for row in head], columns),
        body=_aligned(body, columns),
        foot=_aligned([_row(c, row, blocks, headed=headed) for row in foot], columns),
        caption=tuple(node for block in caption for node in inlines(c, block["c"])),
        id=given,
    )


def _aligned(rows: list[Row], columns: tuple[Column, ...]) -> tuple[Row, ...]:
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
            cells.append(cell if cell.align else replace(cell, align=columns[place].align))
        taken = reaching
        aligned.append(Row(tuple(cells)))
    return tuple(aligned)


def _row(c: Conversion, row: list[Any], blocks: ReadBlocks, *, headed: bool) -> Row:
    cells = []
    for number, (_, align, rows, columns, content) in enumerate(row[1]):
        heads_row = headed and number == 0
        cells.append(Cell(blocks(c, content), _ALIGN.get(align["t"]), columns, rows, heads_row))
    return Row(tuple(cells))
