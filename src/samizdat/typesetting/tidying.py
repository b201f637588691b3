"""Tidying: what WeasyPrint writes of a leaf, made smaller and fit to be joined with others before it becomes bytes."""

import re
from typing import Any

import pydyf

from samizdat.typesetting.tags import mend

_NOTHING = re.compile(rb">0<")
_FINE = re.compile(rb"(\.\d{3})\d+")
_BARE = 5
"""How many entries an element has that has nothing but its type, kind, kids, page and parent."""


def tidy(pdf: Any, leaf: str) -> None:
    """Tidy the objects of one leaf's PDF before they are written."""
    elements = []
    colours = []
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream):
            _shorten(thing)
        elif isinstance(thing, dict):
            if thing.get("Type") == "/StructElem":
                elements.append(thing)
            elif "lab-d50" in thing:
                colours.append(thing)
    _group_rows(elements)
    mend(pdf, elements, leaf)
    _drop_line_elements(pdf, elements)
    for spaces in colours:
        # Colours are written as RGB, grey or CMYK here; a printer's checks would ask what these are for.
        del spaces["lab-d50"], spaces["lab-d65"]


def _shorten(stream: Any) -> None:
    """Leave out moves by nothing between letters, and digits finer than a printer's dot."""
    stream.stream = [_shorter(part) if isinstance(part, bytes) and part.endswith(b"] TJ") else part for part in stream.stream]


def _shorter(text: bytes) -> bytes:
    """Shorten one show-text operation."""
    return _FINE.sub(rb"\1", _NOTHING.sub(b"", text).replace(b"<>", b" "))


def _drop_line_elements(pdf: Any, elements: list[Any]) -> None:
    """Tie the text of each line to its paragraph instead of to an element of its own.

    WeasyPrint makes an element for each line's text, four fifths of all it writes, that says nothing.
    """
    dropped: dict[bytes, tuple[int, bytes]] = {}
    for element in elements:
        kids = element["K"]
        if element["S"] == "/Span" and len(kids) == 1 and isinstance(kids[0], int) and len(element) == _BARE:
            dropped[element.reference] = (kids[0], element["P"])
    for element in elements:
        if element.reference in dropped:
            element.clear()
        else:
            element["K"][:] = [dropped[kid][0] if kid in dropped else kid for kid in element["K"]]
    tree = next(thing for thing in pdf.objects if isinstance(thing, dict) and thing.get("Type") == "/StructTreeRoot")
    numbers = pdf.objects[int(tree["ParentTree"].split()[0])]["Nums"]
    for owners in numbers:
        if isinstance(owners, list):
            owners[:] = [dropped[owner][1] if owner in dropped else owner for owner in owners]


def _group_rows(elements: list[Any]) -> None:
    """Call a table's rows that stand in no group of their own a body, as a table may hold nothing but groups and rows."""
    tables = {element.reference for element in elements if element.get("S") == "/Table"}
    for element in elements:
        # WeasyPrint takes the group that it puts around loose rows for a table of its own.
        if element.get("S") in {"/Table", "/NonStruct"} and element["P"] in tables:
            element["S"] = "/TBody"
