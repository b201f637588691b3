"""The text of an office file put so that pandoc finds all of it: boxes of text, fields, and lists in notes, which it passes
over.
"""

import re
from functools import partial

from lxml import etree

from samizdat.importers.documents.markup import Element, removed, unwrapped
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.problems import Rule

BOX = Rule(
    "X93",
    REPAIR,
    "The words of a text box stand in the text",
    "A box of text that floats over the page has no place of its own in a book. Its paragraphs follow the one that it was tied "
    "to.",
)
CHART = Rule(
    "X94",
    REPAIR,
    "A chart or drawing of an office program left out",
    "Charts and diagrams are kept as programs for drawing, not as pictures. Save them as pictures in the office program, and "
    "import again.",
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_CHARTS = {
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "a chart",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "a diagram",
}
_PICTURES = (f"{_W}drawing", f"{_W}pict", f"{_W}object")
_PARTS = {"word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "content.xml"}


_USUAL = {
    b"w": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"r": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"wp": b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    b"a": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"pic": b"http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_HEAD = 8192
_TAG = re.compile(rb"<[^!?<>][^<>]*>")
_SIGNS = (b"fldSimple", b"txbxContent", b"note-body", b"smartTag", b"/chart", b"/diagram", b'anchor-type="page"')


def readable(name: str, data: bytes, record: Record) -> bytes:
    """Return a part of an office file with its text where pandoc looks for it; what is not well-formed stays as it is."""
    if name.startswith("word/"):
        data = _with_usual_names(data)
    if name not in _PARTS or not any(sign in data for sign in _SIGNS):
        return data
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return data
    for element in list(root.iter(f"{_MC}AlternateContent")):
        _one_choice(element)
    for element in list(root.iter(f"{_W}fldSimple", f"{_W}smartTag", f"{_W}customXml")):
        unwrapped(element)
    for element in reversed(list(root.iter(f"{_W}txbxContent"))):
        _lifted(element, record)
    for element in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"):
        if (uri := element.get("uri", "")) in _CHARTS:
            record.decide(CHART, 0.8, _CHARTS[uri], "", "It is not a picture.")
    for frame in list(root.iter(f"{_DRAW}frame")):
        _anchored(frame)
    for body in root.iter(f"{_TEXT}note-body"):
        for element in list(body.iter(f"{_TEXT}list", f"{_TEXT}list-item", f"{_TEXT}list-header")):
            unwrapped(element)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _with_usual_names(data: bytes) -> bytes:
    """Give the elements the prefixes that Word writes, by which pandoc knows them; XML allows any."""
    for prefix, namespace in _USUAL.items():
        found = re.search(rb"\sxmlns:([\w.-]+)=[\"']" + re.escape(namespace) + rb"[\"']", data[:_HEAD])
        if found and found[1] != prefix and b"xmlns:" + prefix + b"=" not in data[:_HEAD]:
            own = re.compile(rb"(?<=[\s<:/])" + re.escape(found[1]) + rb"(?=[:=])")
            data = _TAG.sub(partial(_renamed, own, prefix), data)
    return data


def _renamed(own: re.Pattern[bytes], prefix: bytes, tag: re.Match[bytes]) -> bytes:
    return own.sub(prefix, tag[0])


def _anchored(frame: Element) -> None:
    """Put a picture or a box that is tied to a page of the old edition into a paragraph, where pandoc looks for it."""
    parent = frame.getparent()
    if parent is not None and parent.tag == f"{{{_OFFICE}}}text":
        place = parent.index(frame)
        paragraph = etree.Element(f"{_TEXT}p")
        parent.replace(frame, paragraph) if not frame.tail else parent.insert(place, paragraph)
        paragraph.append(frame)
        frame.tail = None


def _one_choice(element: Element) -> None:
    """Keep the form of a drawing that new programs use, and the old one where there is no other."""
    boxes = list(element.iter(f"{_W}txbxContent"))
    choice = element.find(f"{_MC}Choice")
    if not boxes or choice is None:
        return
    for fallback in element.findall(f"{_MC}Fallback"):
        removed(fallback)


def _lifted(box: Element, record: Record) -> None:
    """Put the paragraphs of a text box after the paragraph that it is tied to."""
    paragraph = next(box.iterancestors(f"{_W}p"), None)
    place = paragraph.getparent() if paragraph is not None else None
    words = "".join(str(part) for part in box.itertext())
    if paragraph is None or place is None or not (words.strip() or next(box.iter(*_PICTURES), None) is not None):
        return
    after = place.index(paragraph) + 1
    for number, part in enumerate(list(box)):
        place.insert(after + number, part)
    record.decide(BOX, 0.7, words, words, "A book has no floating boxes.")
