"""What a PDF shows besides words, read out of the finished file: faces of type, pictures, links, outline, described figures."""

from collections import Counter
from collections.abc import Iterator
from ctypes import POINTER, byref, c_float, c_int, c_long, c_uint, c_ushort, cast, create_string_buffer
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_INVISIBLE = 3
"""The mode in which letters are neither filled nor drawn round (ISO 32000-1, 9.3.6)."""
_URI = 3
"""What the library calls an action that leads out of the document."""
_NEAR = 2
"""How many pieces of a line are looked at beside a change of face."""
_SETTLED = 2000
"""How many pieces of lines it takes until it is sure which face is that of the text; a book may begin with pages in italics."""
_DEEPEST = 4
"""How many forms may lie within each other; a page on a sheet lies in one."""


class Spot(NamedTuple):
    """A place to which something leads: a page, counted from 1, and a height on it, in points; page 0 is nowhere."""

    page: int
    y: int


class Anchor(NamedTuple):
    """A link on a page: an address, or a spot of the document; and whether it has room to be hit."""

    page: int
    address: str
    spot: Spot
    roomy: bool


class Bookmark(NamedTuple):
    """A line of the outline."""

    title: str
    depth: int
    spot: Spot


@dataclass(slots=True)
class Looks:
    """What was seen."""

    apart: list[str] = field(default_factory=list)
    """Words that are set in another face than the text, in the order in which they are drawn; what touches is one."""
    beside: list[tuple[str, str]] = field(default_factory=list)
    """Words in the face of the text that stand beside others: how a run of them begins, and how it ends."""
    invisible: list[tuple[str, int]] = field(default_factory=list)
    """Words that are drawn in a way that shows nothing, with their pages."""
    pictures: Counter[tuple[int, int]] = field(default_factory=Counter)
    """Pictures by their width and height in px."""
    anchors: list[Anchor] = field(default_factory=list)
    names: dict[str, Spot] = field(default_factory=dict)
    """Places that have a name."""
    outline: list[Bookmark] = field(default_factory=list)
    tagged: bool = False
    described: Counter[str] = field(default_factory=Counter)
    """The words that stand for figures."""


class Looker:
    """Looks at a document, page after page."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        """Look at what belongs to no page."""
        self._document = document
        self._faces: Counter[bytes] = Counter()
        self._doubtful: list[tuple[bytes, str]] = []
        self.looks = Looks(tagged=bool(pdfium.FPDFCatalog_IsTagged(document)))
        for item in document.get_toc():
            spot = self._spot(item.get_dest() and item.get_dest().raw)
            self.looks.outline.append(Bookmark(item.get_title(), item.level, spot))
        if self.looks.outline:
            self.looks.names = dict(self._names())

    def page(self, page: Any, number: int, text: Any) -> None:
        """Look at a page, counted from 1, of which the letters are read already."""
        objects = list(_objects(page, 0))
        self._drawn(objects, number, text)
        if self.looks.outline:
            self.looks.anchors += self._anchors(page, number)
        if self.looks.tagged and any(kind != pdfium.FPDF_PAGEOBJ_TEXT for kind, _ in objects):  # mere text has no figure
            self.looks.described.update(_described(page))

    def seen(self) -> Looks:
        """Return what was seen, once all pages have been."""
        usual = self._usual()
        self.looks.apart += [words for face, words in self._doubtful if face != usual]
        return self.looks

    # ---- what is drawn

    def _usual(self) -> bytes:
        return max(self._faces, key=lambda face: self._faces[face], default=b"")

    def _drawn(self, objects: list[tuple[int, Any]], number: int, text: Any) -> None:
        letters = [(thing, _face(thing)) for kind, thing in objects if kind == pdfium.FPDF_PAGEOBJ_TEXT]
        self._faces.update(face for _, face in letters)
        usual = self._usual()
        self.looks.invisible += (
            (_words(thing, text), number) for thing, _ in letters if pdfium.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE
        )
        for face, run in groupby(letters, lambda letter: letter[1]):
            things = [thing for thing, _ in run]
            if face != usual:
                self.looks.apart.append("".join(_words(thing, text) for thing in things))
                continue
            if self._faces[usual] < _SETTLED:
                self._doubtful.append((face, "".join(_words(thing, text) for thing in things)))
            if len(things) < len(letters):
                begun, ended = ("".join(_words(thing, text) for thing in some) for some in (things[:_NEAR], things[-_NEAR:]))
                self.looks.beside.append((begun, ended))
        for kind, thing in objects:
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                width, height = c_uint(), c_uint()
                pdfium.FPDFImageObj_GetImagePixelSize(thing, byref(width), byref(height))
                self.looks.pictures[width.value, height.value] += 1

    # ---- ways through the document

    def _names(self) -> Iterator[tuple[str, Spot]]:
        for place in range(pdfium.FPDF_CountNamedDests(self._document)):
            length = c_long()
            pdfium.FPDF_GetNamedDest(self._document, place, None, byref(length))
            if length.value > 0:
                written = create_string_buffer(length.value)
                target = pdfium.FPDF_GetNamedDest(self._document, place, written, byref(length))
                yield written.raw.decode("utf-16-le", "replace").rstrip("\0"), self._spot(target)

    def _spot(self, target: Any) -> Spot:
        if not target:
            return Spot(0, 0)
        has_x, has_y, has_zoom, x, y, zoom = c_int(), c_int(), c_int(), c_float(), c_float(), c_float()
        pdfium.FPDFDest_GetLocationInPage(target, byref(has_x), byref(has_y), byref(has_zoom), byref(x), byref(y), byref(zoom))
        return Spot(pdfium.FPDFDest_GetDestPageIndex(self._document, target) + 1, round(y.value) if has_y.value else -1)

    def _anchors(self, page: Any, number: int) -> Iterator[Anchor]:
        at, link = c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page, byref(at), byref(link)):
            box = pdfium.FS_RECTF()
            pdfium.FPDFLink_GetAnnotRect(link, byref(box))
            roomy = abs(box.right - box.left) > 1 and abs(box.top - box.bottom) > 1
            action = pdfium.FPDFLink_GetAction(link)
            address = ""
            if action and pdfium.FPDFAction_GetType(action) == _URI:
                length = pdfium.FPDFAction_GetURIPath(self._document, action, None, 0)
                written = create_string_buffer(length)
                pdfium.FPDFAction_GetURIPath(self._document, action, written, length)
                address = written.value.decode("utf-8", "replace")
            yield Anchor(number, address, self._spot(pdfium.FPDFLink_GetDest(self._document, link)), roomy)


def _objects(holder: Any, depth: int) -> Iterator[tuple[int, Any]]:
    """Yield what is drawn on a page, also within forms, each with its kind."""
    count, get = (
        (pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
        if depth
        else (pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
    )
    for place in range(count(holder)):
        thing = get(holder, place)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _objects(thing, depth + 1)
        else:
            yield kind, thing


def _face(thing: Any) -> bytes:
    name = create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(thing), name, 128)
    return name.value


def _words(thing: Any, text: Any) -> str:
    room = 1024
    written = create_string_buffer(room)
    length = pdfium.FPDFTextObj_GetText(thing, text, cast(written, POINTER(c_ushort)), room)
    if length > room:
        written = create_string_buffer(length)
        pdfium.FPDFTextObj_GetText(thing, text, cast(written, POINTER(c_ushort)), length)
    return written.raw[:length].decode("utf-16-le", "replace").rstrip("\0")


def _described(page: Any) -> Iterator[str]:
    """Yield the words that stand for the figures of a page."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    waiting = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, place) for place in range(pdfium.FPDF_StructTree_CountChildren(tree))]
    while waiting:
        element = waiting.pop()
        if not element:
            continue
        if length := pdfium.FPDF_StructElement_GetAltText(element, None, 0):
            written = create_string_buffer(length)
            pdfium.FPDF_StructElement_GetAltText(element, written, length)
            yield written.raw.decode("utf-16-le", "replace").rstrip("\0")
        waiting += [
            pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
            for place in range(pdfium.FPDF_StructElement_CountChildren(element))
        ]
    pdfium.FPDF_StructTree_Close(tree)
