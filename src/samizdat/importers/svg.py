"""SVG drawings: only those that are a picture and nothing else."""

import base64
import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import unquote

from lxml import etree

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_PAGES = "{http://www.w3.org/1999/xhtml}"
_HREFS = {"href", "{http://www.w3.org/1999/xlink}href"}
_REFUSED = {"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler", "listener"}
_EMBEDDED = re.compile(r"data:image/(png|jpeg|gif);base64,", re.IGNORECASE)
_LINK = re.compile(r"(?:url|src|image|image-set)\(\s*['\"]?\s*([^'\")]*)|@import", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|mm|cm|in|pt|pc|q)?\s*", re.IGNORECASE)
_PIXELS = {"px": 1.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "pt": 96 / 72, "pc": 16.0, "q": 96 / 101.6}
_SIDES = 4
_REFERENCE = re.compile(r"(?:^\s*|url\(\s*['\"]?)#([^'\")\s]+)")
_POINTING = {"a", "animate", "animateMotion", "animateTransform", "set"}
"""What names another element without drawing it."""
_DEEPEST = 300
_MOST_SHAPES = 200_000


def examine(data: bytes) -> tuple[int, int, str]:
    """Return a drawing's width and height in px (0: unknown), and what is wrong with it, in words that follow its name."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return 0, 0, "is not well-formed XML"
    if root.tag != f"{_NAMESPACE}svg":
        return 0, 0, "is not an SVG drawing"
    if re.search(rb"<!\s*DOCTYPE", data):
        return 0, 0, "has a DOCTYPE, which may pull in other files"
    for node in (*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()):
        if fault := _fault(node):
            return 0, 0, fault
    if fault := _endless(root):
        return 0, 0, fault
    width, height = _size(root)
    return width, height, ""


def embedded(data: bytes) -> Iterator[bytes]:
    """Yield the bytes of every picture that a sound drawing holds; nothing for one that cannot be unpacked."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    texts = [value for node in root.iter(etree.Element) for _, value in _attributes(node)]
    texts += ["".join(map(str, node.itertext())) for node in root.iter(f"{_NAMESPACE}style")]
    for text in texts:
        for found in _EMBEDDED.finditer(text):
            packed = re.match(r"[A-Za-z0-9+/=\s%]*", text[found.end() :])
            with suppress(ValueError):
                yield base64.b64decode(unquote(packed[0] if packed else ""))


def _endless(root: etree._Element) -> str:
    """Say whether a drawing draws on itself, or on so much of itself that it would not end in reasonable time."""
    named = {str(element.get("id")): element for element in root.iter(etree.Element) if element.get("id")}
    sizes: dict[etree._Element, int] = {}
    open_: list[etree._Element] = []

    def size(element: etree._Element) -> int:
        """Count the shapes that an element draws, those that it refers to as well; raises RecursionError for a circle."""
        if element not in sizes:
            if element in open_ or len(open_) > _DEEPEST:
                raise RecursionError
            open_.append(element)
            pointed = [] if etree.QName(element).localname in _POINTING else _attributes(element)
            targets = [named[name] for _, value in pointed for name in _REFERENCE.findall(value) if name in named]
            sizes[element] = 1 + sum(size(other) for other in (*element.iterchildren(etree.Element), *targets))
            open_.pop()
        return sizes[element]

    try:
        shapes = size(root)
    except RecursionError:
        return "draws on itself"
    return "draws more shapes than anyone can see" if shapes > _MOST_SHAPES else ""


def _fault(node: etree._Element) -> str:
    tag: object = node.tag
    if tag is etree.Comment:
        return ""
    if not isinstance(tag, str):
        return "holds an instruction to programs, or an entity"
    name = etree.QName(node).localname
    if tag.startswith(_PAGES):
        return "holds a piece of a web page"
    if name in _REFUSED:
        return f"holds a <{name}>"
    for key, value in _attributes(node):
        attribute = etree.QName(key).localname
        if attribute.lower().startswith("on"):
            return f"holds a program (the attribute {attribute})"
        if attribute == "base":
            return "draws on another file or page"
        if attribute == "attributeName" and "href" in value:
            return "changes its links while it is shown"
        if key in _HREFS and not value.strip().startswith("#") and not _EMBEDDED.match(value.strip()):
            return "draws on another file or page"
        if _reaches_out(value):
            return "draws on another file or page"
    if name == "style" and _reaches_out("".join(str(text) for text in node.itertext())):
        return "draws on another file or page"
    return ""


def _attributes(node: etree._Element) -> list[tuple[str, str]]:
    return [(str(key), str(value)) for key, value in node.attrib.items()]


def _reaches_out(style: str) -> bool:
    """Tell whether a style takes something from outside; an escaped letter hides what it says and is not trusted."""
    found = _LINK.search(style)
    while found:
        target = (found[1] or "").strip()
        if not (target.startswith("#") or _EMBEDDED.match(target)):
            return True
        found = _LINK.search(style, found.end())
    return "\\" in style and ("(" in style or "@" in style)


def _size(root: etree._Element) -> tuple[int, int]:
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if not (width and height) and len(box) == _SIDES:
        width, height = _pixels(box[2]), _pixels(box[3])
    return round(width), round(height)


def _pixels(length: str) -> float:
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _PIXELS[(match[2] or "px").lower()] if match else 0.0
