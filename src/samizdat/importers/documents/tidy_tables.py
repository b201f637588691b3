"""Tables of any shape become regular: every row as long as the table is wide, and a head for those who hear it."""

from collections.abc import Callable
from typing import Any

from samizdat.importers.documents.nodes import Nodes, attributes, node, text, walk
from samizdat.importers.documents.record import ODD_TABLE, Record
from samizdat.importers.documents.tidy_inlines import flattened

MOST_COLUMNS = 40
_DEEPEST = 3
"""How many tables may stand in each other, less one."""
_MOST_CELLS = 20_000
_MOST_WORDS = 200
"""In a cell of a table; what has more is a page."""
_ALIGN = "AlignDefault"

Row = list[Any]
Regular = tuple[list[Any], list[Any], list[Any], list[Any]]


def regular(content: list[Any], within: Callable[[Nodes], Nodes], record: Record, depth: int) -> Regular | None:
    """Return columns, head, bodies and foot of a table in order, or None if nothing is in it, or more columns than a page has."""
    _, _, columns, (_, head), bodies, (_, foot) = content
    body = [row for _, _, subheads, rows in bodies for row in (*subheads, *rows)]
    headed = any(body_[1] for body_ in bodies)
    rows = [_cells(row, within, record, depth) for row in (*head, *body, *foot)]
    count = min(max((sum(cell[3] for cell in row) for row in rows), default=0), max(len(columns), 1))
    widest = max((sum(cell[3] for cell in row) for row in rows), default=0)
    if not rows or not count or min(widest, max(len(columns), 1)) > MOST_COLUMNS:
        return None
    if len(rows) * count > _MOST_CELLS:
        record.decide(
            ODD_TABLE, 0.5, text(content)[:200], "", f"This table has {len(rows):,} rows; only its words are kept whole."
        )
    heads, feet = len(head), len(foot)
    top, rest = rows[:heads], rows[heads:]
    bottom = rest[len(rest) - feet :] if feet else []
    middle = rest[: len(rest) - feet]
    if not top and middle:
        top, middle = _head(middle, record)
    starts: dict[int, int] = {}
    parts = [_fitted(part, count, record, starts) for part in (top, middle, bottom)]
    used = sorted({starts[id(cell)] for part in parts for row in part for cell in row})
    for cell in (cell for part in parts for row in part for cell in row):
        # A column that no cell begins in is none.
        cell[3] = sum(starts[id(cell)] <= start < starts[id(cell)] + cell[3] for start in used)
    columns = [spec for number, spec in enumerate(columns) if number in used]
    count = len(used)
    specs = (columns + [[node(_ALIGN), node("ColWidthDefault")]] * count)[:count]
    given = attributes("", ("row-headers",)) if headed else attributes()
    return (
        _widths(specs),
        [attributes(), [_row(cells) for cells in parts[0]]],
        [[given, 0, [], [_row(cells) for cells in parts[1]]]],
        [attributes(), [_row(cells) for cells in parts[2]]],
    )


def _row(cells: list[Row]) -> Row:
    return [attributes(), cells]


def _widths(specs: list[Any]) -> list[Any]:
    """Keep the widths where they make sense together."""
    shares = [width.get("c", 0.0) for _, width in specs]
    if all(0 < share <= 1 for share in shares) and sum(shares) <= 1.01:
        return specs
    return [[align, node("ColWidthDefault")] for align, _ in specs]


def _cells(row: Row, within: Callable[[Nodes], Nodes], record: Record, depth: int) -> list[Row]:
    cells = []
    for _, align, down, across, inside in row[1]:
        blocks = inside
        if depth > _DEEPEST and any(item["t"] == "Table" for item in walk(blocks)):
            record.decide(
                ODD_TABLE,
                0.6,
                text(blocks),
                text(blocks),
                "Tables stand in tables too deep; the innermost became paragraphs, one a cell.",
            )
            blocks = _without_tables(blocks)
        cells.append([attributes(), align, max(1, down), max(1, across), within(blocks)])
    return cells


def _without_tables(blocks: Nodes) -> Nodes:
    result: Nodes = []
    for item in blocks:
        if item["t"] == "Table":
            result.extend(flattened(item["c"][1:]))
        elif any(inner["t"] == "Table" for inner in walk(item)):
            result.extend(flattened([item]))
        else:
            result.append(item)
    return result


def _fitted(rows: list[list[Row]], count: int, record: Record, starts: dict[int, int]) -> list[list[Row]]:
    """Give each row as many cells as there are columns, counting those that reach down from above."""
    above: list[Row | None] = [None] * count
    left = [0] * count
    result: list[list[Row]] = []
    odd = False
    for number, row in enumerate(rows):
        queue = [list(cell) for cell in row]
        cells: list[Row] = []
        column = 0
        while column < count:
            if left[column]:
                left[column] -= 1
                column += 1
                continue
            odd |= not queue
            cell: Row = queue.pop(0) if queue else [attributes(), node(_ALIGN), 1, 1, []]
            free = next((at for at in range(column, count) if left[at]), count) - column
            down, across = min(cell[2], len(rows) - number), min(cell[3], free)
            odd |= (down, across) != (cell[2], cell[3])
            cell[2:4] = down, across
            cells.append(cell)
            starts[id(cell)] = column
            for at in range(column, column + across):
                above[at], left[at] = cell, down - 1
            column += across
        last = cells[-1] if cells else next(cell for cell in reversed(above) if cell)
        last[4] = [*last[4], *(block for cell in queue for block in cell[4])]
        odd |= bool(queue)
        if cells:
            result.append(cells)
        else:
            # Every cell reaches through this row from above, so that it is no row.
            for cell in {id(cell): cell for cell in above if cell}.values():
                cell[2] -= 1
    if odd:
        record.count(ODD_TABLE, "rows of different lengths", "Each row of a table has a cell for every column.")
    return result


def _head(rows: list[list[Row]], record: Record) -> tuple[list[list[Row]], list[list[Row]]]:
    """Take the first row that says something for the header, where the document names none, with those that it reaches into."""
    empty = 0
    while empty < len(rows) - 1 and not any(_says(cell) for cell in rows[empty]) and all(cell[2] == 1 for cell in rows[empty]):
        empty += 1
    if not any(_says(cell) for row in rows for cell in row):
        empty = 0
    rows = rows[empty:]
    height = max((cell[2] for cell in rows[0]), default=1)
    if height >= len(rows):
        height = 1
        for cell in rows[0]:
            cell[2] = 1
    head = rows[:height]
    shown = " | ".join(text(cell[4]) for row in head for cell in row)
    if shown.strip(" |"):
        lengths = [len(text(cell[4])) for cell in head[0]]
        sure = 0.7 if max(lengths, default=0) <= 40 and all(lengths) else 0.3
        record.decide(ODD_TABLE, sure, shown, shown, "The document names no header row; readers who hear a table need one.")
    return head, rows[height:]


def _says(cell: Row) -> bool:
    return bool(text(cell[4])) or any(item["t"] in {"Image", "Math", "Table"} for item in walk(cell[4]))


def only_arranges(content: list[Any]) -> Nodes | None:
    """Return the blocks of a table of one column that only arranges the page: sections, or whole pages of text, stand in it."""
    _, caption, _, (_, head), bodies, (_, foot) = content
    rows = [*head, *(row for _, _, subheads, rows in bodies for row in (*subheads, *rows)), *foot]
    cells = [cell for row in rows for cell in row[1]]
    if any(len(row[1]) != 1 for row in rows) or caption[1]:
        return None
    blocks = [block for cell in cells for block in cell[4]]
    long = len(text(blocks).split()) > _MOST_WORDS * max(len(rows), 1)
    return blocks if long or any(item["t"] == "Header" for item in walk(blocks)) else None
