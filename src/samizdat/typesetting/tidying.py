"""Tidying: what WeasyPrint writes of a leaf, made smaller and fit to be joined with others before it becomes bytes."""

import re
from collections.abc import Callable
from typing import Any

import pydyf

from samizdat.typesetting.joining import join
from samizdat.typesetting.tagging import origins
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
    _drop_line_elements(pdf, elements)
    elements = [element for element in elements if element]
    _hand_over(pdf, join(pdf, elements, origins(pdf)))
    mend(pdf, elements, leaf)
    _name(pdf, elements)
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
    for owners in _parents(pdf):
        if isinstance(owners, list):
            owners[:] = [dropped[owner][1] if owner in dropped else owner for owner in owners]


def _tree(pdf: Any) -> Any:
    return next(thing for thing in pdf.objects if isinstance(thing, dict) and thing.get("Type") == "/StructTreeRoot")


def _parents(pdf: Any) -> Any:
    """Return the list by which text and links find their tags: a number, then a tag or the tags of a page, and so on."""
    return pdf.objects[int(_tree(pdf)["ParentTree"].split()[0])]["Nums"]


def _hand_over(pdf: Any, heir: Callable[[bytes], bytes]) -> None:
    """Let text and links find the tags that have taken others' kids over."""
    parents = _parents(pdf)
    for place, owners in enumerate(parents):
        if isinstance(owners, list):
            owners[:] = [heir(owner) for owner in owners]
        elif isinstance(owners, bytes):
            parents[place] = heir(owners)


def _name(pdf: Any, elements: list[Any]) -> None:
    """List the tags that have names, in the order in which readers search (ISO 32000-1, table 322)."""
    names = pydyf.Array()
    for name, reference in sorted((element["ID"].data, element.reference) for element in elements if "ID" in element):
        names += [name, reference]
    if names:
        _tree(pdf)["IDTree"] = pydyf.Dictionary({"Names": names})


def _group_rows(elements: list[Any]) -> None:
    """Call a table's rows that stand in no group of their own a body, as a table may hold nothing but groups and rows."""
    tables = {element.reference for element in elements if element.get("S") == "/Table"}
    for element in elements:
        # WeasyPrint takes the group that it puts around loose rows for a table of its own.
        if element.get("S") in {"/Table", "/NonStruct"} and element["P"] in tables:
            element["S"] = "/TBody"
