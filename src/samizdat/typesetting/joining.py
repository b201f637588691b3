"""Joining: the tags of one element that lines and pages had broken become one, and notes come to stand where they are called."""

from collections.abc import Callable, Iterable
from typing import Any

import pydyf

from samizdat.typesetting.tagging import CALL, MARKER, NOTE, Origins

_EMPTY = {"/Span", "/NonStruct"}
_BLOCKS = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}


class Tags:
    """The tags of a leaf while they are put in order."""

    def __init__(self, pdf: Any, elements: list[Any], origins: Origins) -> None:
        """Take the tags, the Document of which is the first."""
        self.pdf = pdf
        self.elements = elements
        self.known = {element.reference: element for element in elements if element}
        self.origins = origins
        self.moved: dict[bytes, bytes] = {}
        """Tags that are gone, and those that have taken their kids over."""

    def kids(self, element: Any) -> list[Any]:
        """Return the tags below one."""
        return [self.known[kid] for kid in element["K"] if isinstance(kid, bytes) and kid in self.known]

    def take_over(self, heir: Any, element: Any, kids: Iterable[Any]) -> None:
        """Give kids of an element to another; text that stands on another page than the heir says on which."""
        for kid in kids:
            if isinstance(kid, int):
                same = heir["Pg"] == element["Pg"]
                heir["K"].append(kid if same else pydyf.Dictionary({"Type": "/MCR", "Pg": element["Pg"], "MCID": kid}))
            else:
                if isinstance(kid, bytes) and kid in self.known:
                    self.known[kid]["P"] = heir.reference
                heir["K"].append(kid)

    def absorb(self, heir: Any, element: Any) -> None:
        """Let a tag become part of another."""
        kids = tuple(element["K"])
        self.take_over(heir, element, kids)
        self.moved[element.reference] = heir.reference
        del self.known[element.reference]
        element.clear()

    def make(self, kind: str, parent: Any, page: bytes) -> Any:
        """Make a further tag."""
        made = pydyf.Dictionary({"Type": "/StructElem", "S": kind, "K": pydyf.Array(), "Pg": page, "P": parent.reference})
        self.pdf.add_object(made)
        self.known[made.reference] = made
        self.elements.append(made)
        return made


def join(pdf: Any, elements: list[Any], origins: Origins) -> Callable[[bytes], bytes]:
    """Join what was broken; return how to find the tag that now holds what another held."""
    tags = Tags(pdf, elements, origins)
    document = elements[0]
    notes = _gather_notes(tags, document)
    for root in (document, *notes.values()):
        _close_up(tags, root)
    _place_notes(tags, document, notes)
    elements[:] = [element for element in elements if element]

    def heir(reference: bytes) -> bytes:
        while reference in tags.moved:
            reference = tags.moved[reference]
        return reference

    return heir


def _close_up(tags: Tags, parent: Any) -> None:
    """Join neighbours that are pieces of one element, from the top down, since joining parents makes neighbours of kids."""
    kept: list[Any] = []
    last: Any = None
    for kid in tuple(parent["K"]):
        element = tags.known.get(kid) if isinstance(kid, bytes) else None
        if element is not None and last is not None and _same(tags, last, element):
            tags.absorb(last, element)
            continue
        if element is not None and element["S"] in _EMPTY and not element["K"]:
            # a mark for the index, or what CSS would have added and did not
            del tags.known[element.reference]
            element.clear()
            continue
        kept.append(kid)
        last = element
    parent["K"][:] = kept
    for element in tags.kids(parent):
        _close_up(tags, element)


def _same(tags: Tags, one: Any, other: Any) -> bool:
    origin = tags.origins.element(one.reference)
    return (
        origin is not None
        and origin is tags.origins.element(other.reference)
        and one["S"] == other["S"]
        and tags.origins.kind(one.reference) == tags.origins.kind(other.reference)
    )


def _gather_notes(tags: Tags, document: Any) -> dict[str, Any]:
    """Take the notes from the feet of the pages, all pieces of one together; what else stood there stays."""
    notes: dict[str, Any] = {}
    for area in tags.kids(document):
        if tags.origins.element(area.reference) is not None:
            continue
        for piece in tags.kids(area):
            origin = tags.origins.element(piece.reference)
            name = origin.get(NOTE) if origin is not None else None
            if name is None:
                continue
            area["K"].remove(piece.reference)
            for inner in tags.kids(piece):
                if tags.origins.element(inner.reference) is origin and inner["S"] == piece["S"]:
                    place = piece["K"].index(inner.reference)
                    piece["K"][place : place + 1] = inner["K"]
                    for kid in tags.kids(inner):
                        kid["P"] = piece.reference
                    tags.moved[inner.reference] = piece.reference
                    del tags.known[inner.reference]
                    inner.clear()
            if name in notes:
                tags.absorb(notes[name], piece)
            else:
                piece["S"] = "/Note"
                piece["ID"] = pydyf.String(name)
                notes[name] = piece
        if not area["K"]:
            document["K"].remove(area.reference)
            del tags.known[area.reference]
            area.clear()
    return notes


def _place_notes(tags: Tags, document: Any, notes: dict[str, Any]) -> None:
    """Put each note behind the paragraph that calls it, and make links of calls and numbers."""
    placed: dict[bytes, int] = {}
    for element in tuple(tags.known.values()):
        kind = tags.origins.kind(element.reference)
        if kind.endswith(MARKER):
            _label(tags, element)
        elif kind.endswith(CALL) and element["S"] == "/NonStruct":
            element["S"] = "/Link" if _linked(tags, element) else "/Span"
            note = notes.pop(tags.origins.element(element.reference).get(NOTE), None)
            if note is None:
                continue
            block = element
            while block["S"] not in _BLOCKS and block["P"] in tags.known and block is not document:
                block = tags.known[block["P"]]
            if block is document or block["S"] not in _BLOCKS:
                # a call in a caption or a cell without paragraphs: the note stands in it, at its end
                home = tags.known[element["P"]]
                home["K"].append(note.reference)
            else:
                home = tags.known[block["P"]]
                placed[block.reference] = placed.get(block.reference, 0) + 1
                home["K"].insert(home["K"].index(block.reference) + placed[block.reference], note.reference)
            note["P"] = home.reference
    for note in notes.values():
        note["P"] = document.reference
        document["K"].append(note.reference)


def _linked(tags: Tags, element: Any) -> bool:
    """Say whether a tag holds a link."""
    return any(isinstance(kid, bytes) and kid not in tags.known for kid in element["K"])


def _label(tags: Tags, element: Any) -> None:
    """Make the number of a note its label, with the link back in it."""
    if element["S"] != "/NonStruct" or not _linked(tags, element):
        return
    parent = tags.known[element["P"]]
    label = tags.make("/Lbl", parent, element["Pg"])
    parent["K"][parent["K"].index(element.reference)] = label.reference
    element["S"], element["P"] = "/Link", label.reference
    label["K"].append(element.reference)
