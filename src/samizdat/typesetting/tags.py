"""Tags that WeasyPrint writes and PDF/UA does not take, mended in the objects of a leaf's PDF before they become bytes.

Source: ISO 32000-1, 14.8.4.3.3 (lists) and 14.8.5.7 (attributes of tables); ISO 14289-1, 7.5 and 7.6.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pydyf

_GROUPS = {"/THead", "/TBody", "/TFoot", "/NonStruct"}
_CELLS = {"/TH", "/TD"}
_ITEM_PARTS = {"/Lbl", "/LBody"}


def mend(pdf: Any, elements: list[Any], leaf: str) -> None:
    """Mend the tags of tables and lists; elements that are added join the others.

    Cells are named after the leaf, so that no other leaf has the same names.
    """
    by_reference = {element.reference: element for element in elements}
    for element in tuple(elements):
        if element.get("S") == "/Table":
            _head_cells(element, by_reference, f"{leaf}-{element.number}")
        elif element.get("S") == "/LI":
            elements.extend(_give_body(pdf, element, by_reference))


def _head_cells(table: Any, elements: Mapping[bytes, Any], name: str) -> None:
    """Say of each header what it heads, and of each other cell which headers it has.

    The cells are laid on a grid with their spans, which WeasyPrint follows across one column only.
    """
    columns: dict[int, list[str]] = {}
    rows: dict[int, list[str]] = {}
    taken: dict[int, int] = {}
    for row_number, (group, row) in enumerate(_rows(table, elements)):
        place = 0
        below = {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in _kids(row, elements):
            if cell["S"] not in _CELLS:
                continue
            while taken.get(place):
                place += 1
            attributes = cell["A"]
            covered = range(place, place + attributes.get("ColSpan", 1))
            place = covered.stop
            below |= dict.fromkeys(covered, attributes.get("RowSpan", 1) - 1)
            if cell["S"] == "/TD":
                headers = [
                    *rows.get(row_number, ()),
                    *dict.fromkeys(header for column in covered for header in columns.get(column, ())),
                ]
                attributes["Headers"] = pydyf.Array(pydyf.String(header) for header in headers)
                continue
            identity = f"{name}-{row_number}-{covered.start}"
            cell["ID"] = pydyf.String(identity)
            attributes["Scope"] = "/Column" if group == "/THead" else "/Row"
            if group == "/THead":
                for column in covered:
                    columns.setdefault(column, []).append(identity)
            else:
                for beside in range(row_number, row_number + attributes.get("RowSpan", 1)):
                    rows.setdefault(beside, []).append(identity)
        taken = {column: left for column, left in below.items() if left}


def _rows(parent: Any, elements: Mapping[bytes, Any], group: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the rows below a table with the kind of group they stand in."""
    for kid in _kids(parent, elements):
        if kid["S"] == "/TR":
            yield group, kid
        elif kid["S"] in _GROUPS:
            yield from _rows(kid, elements, kid["S"])


def _kids(element: Any, elements: Mapping[bytes, Any]) -> Iterator[Any]:
    return (elements[kid] for kid in element["K"] if isinstance(kid, bytes) and kid in elements)


def _give_body(pdf: Any, item: Any, elements: Mapping[bytes, Any]) -> Iterator[Any]:
    """Put what stands loose in a list item into a body, as an item may hold a label and a body only; yield a new body."""
    labels = [kid for kid in item["K"] if isinstance(kid, bytes) and kid in elements and elements[kid]["S"] in _ITEM_PARTS]
    loose = [kid for kid in item["K"] if kid not in labels]
    if not loose:
        return
    body = next((elements[kid] for kid in labels if elements[kid]["S"] == "/LBody"), None)
    if body is None:
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(), "Pg": item["Pg"], "P": item.reference})
        pdf.add_object(body)
        labels.append(body.reference)
        yield body
    for kid in loose:
        if isinstance(kid, bytes) and kid in elements:
            elements[kid]["P"] = body.reference
    body["K"].extend(loose)
    item["K"][:] = labels
