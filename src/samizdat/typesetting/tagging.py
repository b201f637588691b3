"""Tagging: which element of the page every tag came from, kept while WeasyPrint tags a leaf, and used to put its tags in order.

WeasyPrint tags boxes, and a box ends with its line or page. Here the pieces of one element become one tag again, notes become
Notes beside the paragraph that calls them, and what is printed on every page is no part of the text.

Source: ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7.2 (language), 7.8 (running heads), 7.9 (notes), 7.18 (links).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags as weasyprint_tags

OPENING = "opening"
"""The class of the first words of a chapter that begins with a large letter."""
CALL, MARKER = "::footnote-call", "::footnote-marker"
NOTE = "data-note"
"""The attribute of a note and of all its pieces that tells its id."""

_KINDS = {"code": "/Code", "em": "/Span", "strong": "/Span", "sub": "/Span", "sup": "/Span", "s": "/Span"}
_REPEATED = ("thead", "tfoot")

_build = weasyprint_tags._build_box_tree  # noqa: SLF001 - there is no other way in
_add = weasyprint_tags.add_tags


@dataclass(slots=True)
class Origins:
    """Where the tags of a leaf came from: the box of each, by the tag's reference, and what is printed on every page."""

    boxes: dict[bytes, Any] = field(default_factory=dict)
    furniture: dict[int, set[int]] = field(default_factory=dict)
    """The numbers of marked content that is no part of the text, by page."""
    headed: dict[int, int] = field(default_factory=dict)
    """The page on which the head of a table stood first, by the identity of its element."""

    def element(self, reference: bytes) -> Any:
        """Return the element that a tag came from; None for what has none, such as a line."""
        box = self.boxes.get(reference)
        return None if box is None else box.element

    def kind(self, reference: bytes) -> str:
        """Return the name of the element or of the part of it that CSS added; empty for what has none."""
        box = self.boxes.get(reference)
        return "" if box is None or box.element is None else str(box.element_tag)


def origins(pdf: Any) -> Origins:
    """Return the origins of the tags of a leaf's PDF."""
    kept: Origins = pdf.__dict__.setdefault("_origins", Origins())
    return kept


def _built(box: Any, parent: Any, pdf: Any, page: int, nums: Any, annotations: Any, marked: Any) -> Iterator[Any]:
    """Build the tags of a box, and remember where they came from."""
    known = origins(pdf)
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.MarginBox) or _repeats(box, page, known):
        _set_aside(box, page, nums, marked, known)
        return
    for element in _build(box, parent, pdf, page, nums, annotations, marked):
        if element.reference not in known.boxes:
            known.boxes[element.reference] = box
            _describe(element, box)
        yield element


def _repeats(box: Any, page: int, known: Origins) -> bool:
    """Say whether a box is the head of a table again, on a later page."""
    if box.element is None or box.element_tag not in _REPEATED:
        return False
    return known.headed.setdefault(id(box.element), page) != page


def _set_aside(box: Any, page: int, nums: Any, marked: Any, known: Origins) -> None:
    """Take what a box has marked out of the text."""
    for inner in box.descendants(placeholders=True):
        inner = getattr(inner, "_box", inner)  # noqa: PLW2901 - a placeholder stands for its box
        if isinstance(inner, boxes.TableCellBox):
            # WeasyPrint looks for the tag of every cell of the table
            inner.mark = pydyf.Dictionary({"A": pydyf.Dictionary()})
        kid = marked.pop(inner, None)
        if kid is not None:
            known.furniture.setdefault(page, set()).add(kid["mcid"])
            nums[kid["mcid"]] = b"null"


def _describe(element: Any, box: Any) -> None:
    """Say what WeasyPrint does not: the language of an element, and what kind of words stand in it."""
    if box.element is None:
        return
    added = "::" in box.element_tag
    if box.is_leader:
        element["S"] = "/Span"
        element["ActualText"] = pydyf.String(" ")
    elif added and element["S"] == "/Link":
        element["S"] = "/Span"
    elif not added:
        element["S"] = _KINDS.get(box.element_tag, element["S"])
        if box.element.get("class") == OPENING:  # a large letter is a drawing apart, and would be read apart from its word
            element["ActualText"] = pydyf.String("".join(box.element.itertext()))
        language = box.element.get("lang")
        if language:
            element["Lang"] = pydyf.String(language)


def _added(pdf: Any, document: Any, version: Any, streams: Any) -> None:
    """Tag a leaf, and mark in its drawings what is no part of the text."""
    _add(pdf, document, version, streams)
    for page, numbers in origins(pdf).furniture.items():
        parts = streams[page].stream
        for place in range(len(parts) - 1):
            listed = parts[place]
            if isinstance(listed, pydyf.Dictionary) and listed.get("MCID") in numbers and parts[place + 1] == b"BDC":
                parts[place - 1 : place + 2] = ["/Artifact", b"", b"BMC"]


def link_notes(page: Any) -> None:
    """Link the call of every note on a laid out page with the note, and the note's number with the call."""
    for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001 - boxes are told nowhere else
        if box.element is None or not box.element_tag.endswith((CALL, MARKER)) or isinstance(box, boxes.TextBox):
            continue
        note = box.element.get("id")
        if note and not isinstance(box, boxes.LineBox):
            x, y, width, height = box.hit_area()
            area = (x, y, x + width, y + height)
            call = f"{note}-call"
            if box.element_tag.endswith(CALL):
                page.anchors[call] = area
                page.links.append(("internal", note, area, box))
            else:
                page.links.append(("internal", call, area, box))


def install() -> None:
    """Let WeasyPrint tag so."""
    weasyprint_tags._build_box_tree = _built  # noqa: SLF001 - see above
    weasyprint.pdf.add_tags = _added
