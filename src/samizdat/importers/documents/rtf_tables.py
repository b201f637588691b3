r"""Tables in tables of RTF, of which pandoc keeps only the outermost: signs are put where cells and rows of the inner ones end,
and tables are made of what stands between them.

RTF 1.9.1, “Nested tables”: a paragraph says by \itap how deep it stands; \nestcell and \nestrow end inner cells and rows.
"""

import re
from dataclasses import dataclass, field

from samizdat.importers.documents.nodes import Node, Nodes, attributes, change, node, walk

_NESTED = re.compile(rb"\\(?:nestcell|itap[2-9])\b")
_GROUP = re.compile(rb"\{\s*(?:\\\*)?\s*\\(nonesttables|nesttableprops)\b")
_SIGN = re.compile(rb"\\itap([2-9])(?!\d) ?|\\(nestcell|nestrow|pard)\b ?")
_DEPTHS = "\ue0a0\ue0a1\ue0a2\ue0a3\ue0a4\ue0a5\ue0a6\ue0a7\ue0a8\ue0a9"
_CELL, _ROW = "\ue0b0", "\ue0b1"
_SIGNS = re.compile(f"[{_DEPTHS}{_CELL}{_ROW}]")


def signed(data: bytes) -> bytes:
    """Put signs into a text that has tables in tables; others stay as they are."""
    return _SIGN.sub(_sign, _without_groups(data)) if _NESTED.search(data) else data


def _sign(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return _letter(_DEPTHS[int(found[1])])
    if found[2] == b"pard":
        return b"\\pard " + _letter(_DEPTHS[1])
    return _letter(_CELL if found[2] == b"nestcell" else _ROW) + b"\\par "


def _letter(letter: str) -> bytes:
    return b"\\u%d\\'3f " % (ord(letter) - 0x10000)


def _without_groups(data: bytes) -> bytes:
    """Leave out what readers without inner tables are to show, and keep of the properties of inner rows that a row ends."""
    result = bytearray()
    at = 0
    while found := _GROUP.search(data, at):
        end = _closing(data, found.start())
        result += data[at : found.start()]
        if found[1] == b"nesttableprops" and b"\\nestrow" in data[found.start() : end]:
            result += b"\\nestrow "
        at = end
    return bytes(result + data[at:])


def _closing(data: bytes, start: int) -> int:
    """Return where a group ends."""
    depth = 0
    for found in re.finditer(rb"\\[{}\\]|[{}]", data[start:]):
        depth += {b"{": 1, b"}": -1}.get(found[0], 0)
        if not depth:
            return start + found.end()
    return len(data)


def nested(blocks: Nodes) -> Nodes:
    """Make tables of what stands between the signs, in each cell of a table, and take the signs out."""
    if not any(item["t"] == "Str" and _SIGNS.search(item["c"]) for item in walk(blocks)):
        return blocks

    def found(item: Node) -> Node | None:
        if item["t"] != "Table":
            return None
        return {"t": "Table", "c": _with_cells(item["c"])}

    return _bare(change(blocks, found))


def _with_cells(part: object) -> object:
    """Rebuild what each cell holds; a cell is the only list that begins with attributes, an alignment and two numbers."""
    if not isinstance(part, list):
        return part
    if len(part) == 5 and isinstance(part[1], dict) and str(part[1].get("t", "")).startswith("Align"):
        return [*part[:4], _built(part[4])]
    return [_with_cells(inner) for inner in part]


@dataclass
class _Inner:
    """A table in the making."""

    rows: list[list[Nodes]] = field(default_factory=list)
    row: list[Nodes] = field(default_factory=list)
    cell: Nodes = field(default_factory=list)

    def made(self) -> Nodes:
        """Make a table of it; what no cell or row ends is one all the same."""
        if self.cell:
            self.row.append(self.cell)
        if self.row:
            self.rows.append(self.row)
        width = max((len(row) for row in self.rows), default=0)
        if not width:
            return []
        default = node("AlignDefault")
        columns = [[default, node("ColWidthDefault")] for _ in range(width)]
        rows = [
            [attributes(), [[attributes(), default, 1, 1, cell] for cell in (*row, *([[]] * (width - len(row))))]]
            for row in self.rows
        ]
        empty = [attributes(), []]
        return [node("Table", [attributes(), [None, []], columns, empty, [[attributes(), 0, [], rows]], empty])]


def _built(blocks: Nodes) -> Nodes:
    """Make tables of the paragraphs of a cell, each of which says how deep it stands, or stands as deep as the last."""
    stack = [_Inner()]
    depth = 1
    for item in blocks:
        said = "".join(part["c"] for part in walk(item) if part["t"] == "Str") if item["t"] in {"Para", "Plain"} else ""
        depth = next((_DEPTHS.index(letter) for letter in reversed(said) if letter in _DEPTHS), depth)
        while len(stack) < depth:
            stack.append(_Inner())
        while len(stack) > max(depth, 1):
            done = stack.pop()
            stack[-1].cell += done.made()
        if _SIGNS.sub("", said) or not said:
            stack[-1].cell.append(item)
        if _CELL in said:
            stack[-1].row.append(stack[-1].cell)
            stack[-1].cell = []
        if _ROW in said and stack[-1].row:
            stack[-1].rows.append(stack[-1].row)
            stack[-1].row = []
    while len(stack) > 1:
        done = stack.pop()
        stack[-1].cell += done.made()
    return stack[0].cell


def _bare(blocks: Nodes) -> Nodes:
    def found(item: Node) -> Nodes | Node | None:
        if item["t"] != "Str" or not _SIGNS.search(item["c"]):
            return None
        said = _SIGNS.sub("", item["c"])
        return node("Str", said) if said else []

    result: Nodes = change(blocks, found)
    return result
