"""Tables as Markdown: with pipes where every cell is a few words, else as a grid."""

from collections.abc import Callable
from dataclasses import dataclass

from samizdat.manuscript.inlines import one_line
from samizdat.manuscript.words import attributes, narrow
from samizdat.model.block import Align, Blocks, Cell, Column, Paragraph, Row, Table
from samizdat.model.inline import LineBreak
from samizdat.model.walk import descend

WriteBlocks = Callable[[Blocks], str]

_RULES = {Align.START: "---", Align.CENTRE: ":-:", Align.END: "--:"}
_LONGEST_PIPE_LINE = 72


def table(node: Table, blocks: WriteBlocks) -> str:
    """Write a table and its caption. `blocks` writes what stands in a cell."""
    rows = node.head + node.body + node.foot
    headed = any(cell.heads_row for row in rows for cell in row.cells)
    lines = _piped(node)
    widths = ""
    if not lines:
        lines = _drawn(node, blocks)
        widths = " ".join(f"{column.width:g}" for column in node.columns)
    given = attributes(node.id, ("row-headers",) if headed else (), widths=widths)
    caption = " ".join(part for part in (one_line(node.caption), given) if part)
    return "\n".join(lines) + (f"\n\n: {caption}" if caption else "")


def _piped(node: Table) -> list[str]:
    """Draw a table with pipes, if it is simple enough: one row of heads, and a few words in each cell."""
    rows = node.head + node.body
    simple = (
        len(node.head) == 1
        and not node.foot
        and not any(column.width for column in node.columns)
        and all(len(row.cells) == len(node.columns) and all(map(_is_simple, row.cells)) for row in rows)
    )
    if not simple:
        return []
    words = [[_words(cell) for cell in row.cells] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in words]
    lines.insert(1, f"|{'|'.join(_RULES[column.align] for column in node.columns)}|")
    return lines if max(map(len, lines)) <= _LONGEST_PIPE_LINE else []


def _is_simple(cell: Cell) -> bool:
    if (cell.columns, cell.rows) != (1, 1) or len(cell.blocks) > 1:
        return False
    only_words = all(isinstance(inner, Paragraph) for inner in cell.blocks)
    return only_words and not any(isinstance(inner, LineBreak) for inner in descend(cell.blocks))


def _words(cell: Cell) -> str:
    return " ".join(one_line(inner.inlines) for inner in cell.blocks if isinstance(inner, Paragraph))


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell's place on the grid, and its lines."""

    row: int
    column: int
    rows: int
    columns: int
    lines: list[str]


def _drawn(node: Table, blocks: WriteBlocks) -> list[str]:
    """Draw a table as a grid: boxes with borders of plus, minus and bar."""
    rows = node.head + node.body + node.foot
    boxes = _boxes(rows, blocks)
    across = _edges(len(node.columns), [(box.column, box.columns, max(map(len, box.lines), default=0) + 2) for box in boxes], 5)
    down = _edges(len(rows), [(box.row, box.rows, len(box.lines)) for box in boxes], 1)
    canvas = [[" "] * (across[-1] + 1) for _ in range(down[-1] + 1)]
    for box in boxes:
        _draw(canvas, box, across, down)
    heads, feet = len(node.head), len(rows) - len(node.foot)
    if heads:
        _double(canvas[down[heads]])
    if node.foot:
        _double(canvas[down[feet]])
        _double(canvas[down[-1]])
    _align(canvas[down[heads]], across, node.columns)
    return ["".join(line).rstrip() for line in canvas]


def _boxes(rows: tuple[Row, ...], blocks: WriteBlocks) -> list[_Box]:
    """Find each cell its place, after those that reach down or across from before."""
    taken: set[tuple[int, int]] = set()
    boxes = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            taken |= {(number + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            boxes.append(_Box(number, column, cell.rows, cell.columns, narrow(blocks(cell.blocks)).split("\n")))
            column += cell.columns
    return boxes


def _edges(count: int, spans: list[tuple[int, int, int]], least: int) -> list[int]:
    """Place the borders so that what lies between them has room."""
    sizes = [least] * count
    for start, length, size in sorted(spans, key=lambda span: span[1]):
        missing = size - sum(sizes[start : start + length]) - (length - 1)
        if missing > 0:
            sizes[start + length - 1] += missing
    edges = [0]
    for size in sizes:
        edges.append(edges[-1] + size + 1)
    return edges


def _draw(canvas: list[list[str]], box: _Box, across: list[int], down: list[int]) -> None:
    left, right = across[box.column], across[box.column + box.columns]
    top, bottom = down[box.row], down[box.row + box.rows]
    for y in (top, bottom):
        for x in range(left + 1, right):
            if canvas[y][x] == " ":
                canvas[y][x] = "-"
    for x in (left, right):
        for y in range(top + 1, bottom):
            if canvas[y][x] == " ":
                canvas[y][x] = "|"
    for y in (top, bottom):
        for x in (left, right):
            canvas[y][x] = "+"
    for number, text in enumerate(box.lines):
        canvas[top + 1 + number][left + 2 : left + 2 + len(text)] = text


def _double(border: list[str]) -> None:
    border[:] = ["=" if mark == "-" else mark for mark in border]


def _align(border: list[str], across: list[int], columns: tuple[Column, ...]) -> None:
    """Put the colons that say how a column is set into the border below the heads."""
    if all(column.align is Align.START for column in columns):
        return
    for edge in across:
        border[edge] = "+"
    for number, column in enumerate(columns):
        if column.align is not Align.START:
            border[across[number + 1] - 1] = ":"
        if column.align is Align.CENTRE:
            border[across[number] + 1] = ":"
