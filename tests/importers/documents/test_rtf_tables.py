"""Tables in tables of RTF keep their cells, their order and what stands around them."""

from collections.abc import Callable

from samizdat.importers.documents.reading import Document
from samizdat.model.block import Table
from samizdat.model.walk import descend, plain_text

INNER = rb"""{\rtf1\ansi
\trowd\cellx5000
\pard\intbl\itap2 Before\par
\pard\intbl\itap3 Mud\nestcell Wet\nestcell
{\*\nesttableprops\trowd\cellx2000\cellx4000\nestrow}
{\nonesttables Not shown\par}
\pard\intbl\itap3 Stone\nestcell Dry\nestcell
{\*\nesttableprops\trowd\cellx2000\cellx4000\nestrow}
\pard\intbl\itap2 After\nestcell
{\*\nesttableprops\trowd\cellx4000\nestrow}
\pard\intbl\itap1 Outer\cell
\row
\pard Outside\par
}"""


def test_tables_in_tables(read_bytes: Callable[[str, bytes], Document]) -> None:
    document = read_bytes("a.rtf", INNER)
    tables = [node for node in descend(document.book.sections) if isinstance(node, Table)]
    assert [len(table.columns) for table in tables] == [1, 1, 2]
    inner = tables[2]
    assert [plain_text(cell.blocks) for row in (*inner.head, *inner.body) for cell in row.cells] == ["Mud", "Wet", "Stone", "Dry"]
    words = plain_text(document.book.sections)
    assert all(word in words for word in ("Before", "After", "Outer", "Outside"))
    assert "Not shown" not in words
    assert not any("\ue000" <= letter <= "\uf8ff" for letter in words)
