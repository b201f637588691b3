"""The way through an EPUB: the navigation document, and the NCX by which readers of EPUB 2 find their way."""

import re
from collections.abc import Iterator

from lxml import etree

from samizdat.formats.publication import NavPoint, Page, Publication

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
NCX = "http://www.daisy.org/z3986/2005/ncx/"
NAV_NAME = "nav.xhtml"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return one line of text without the characters that XML cannot hold."""
    return " ".join(_NOT_XML.sub("", text).split())


def _namespaces(default: str, **prefixed: str) -> dict[str, str]:
    """Name the namespaces of a document; the key of the default one is None, which the stubs of lxml do not know."""
    return {None: default, **prefixed}  # type: ignore[dict-item]  # see above


def navigation_page(publication: Publication, identity: str = "nav-toc") -> Page:
    """Make the navigation document: contents with this id, and out of sight the landmarks and the page list.

    Put it among the pages to show it as the contents page.
    """
    metadata, titles = publication.metadata, publication.nav_titles
    attributes = {"lang": metadata.language, "dir": metadata.direction}
    html = etree.Element(f"{{{XHTML}}}html", attributes, nsmap=_namespaces(XHTML, epub=OPS))
    html.set("{http://www.w3.org/XML/1998/namespace}lang", metadata.language)
    head = _add(html, "head")
    _add(head, "meta", {"charset": "utf-8"})
    _add(head, "title", text=titles.contents)
    for sheet in publication.stylesheets:
        _add(head, "link", {"rel": "stylesheet", "type": "text/css", "href": sheet.path})
    body = _add(html, "body", {"class": "contents"})
    contents = _nav(body, "toc", titles.contents, "h1", identity)
    contents.set("role", "doc-toc")
    _contents_list(contents, publication.nav)
    if publication.landmarks:
        landmarks = _nav(body, "landmarks", titles.landmarks, "h2")
        landmarks.set("hidden", "hidden")
        items = _add(landmarks, "ol")
        for epub_type, title, href in publication.landmarks:
            link = _add(_add(items, "li"), "a", {"href": href}, title)
            link.set(f"{{{OPS}}}type", epub_type)
    if publication.page_list:
        pages = _nav(body, "page-list", titles.pages, "h2")
        pages.set("role", "doc-pagelist")
        pages.set("hidden", "hidden")
        items = _add(pages, "ol")
        for label, href in publication.page_list:
            _add(_add(items, "li"), "a", {"href": href}, label)
    return Page(NAV_NAME, titles.contents, _document(html, "<!DOCTYPE html>\n"), properties=("nav",))


def _nav(body: etree._Element, epub_type: str, title: str, heading: str, identity: str = "") -> etree._Element:
    name = identity or f"nav-{epub_type}"
    nav = _add(body, "nav", {"id": name, "aria-labelledby": f"{name}-title"})
    nav.set(f"{{{OPS}}}type", epub_type)
    _add(nav, heading, {"id": f"{name}-title"}, title)
    return nav


def _contents_list(parent: etree._Element, points: tuple[NavPoint, ...]) -> None:
    items = _add(parent, "ol")
    for point in points:
        item = _add(items, "li")
        if point.href:
            _add(item, "a", {"href": point.href}, point.title)
        else:
            _add(item, "span", text=point.title)
        if point.children:
            _contents_list(item, point.children)


def ncx(publication: Publication) -> bytes:
    """Make the NCX: the same contents and page list in the words of EPUB 2."""
    metadata = publication.metadata
    root = etree.Element(f"{{{NCX}}}ncx", {"version": "2005-1"}, nsmap=_namespaces(NCX))
    root.set("{http://www.w3.org/XML/1998/namespace}lang", metadata.language)
    head = _add(root, "head")
    numbers = [int(label) for label, _ in publication.page_list if label.isascii() and label.isdigit()]
    for name, content in (
        ("dtb:uid", metadata.identifier),
        ("dtb:depth", str(_depth(publication.nav))),
        ("dtb:totalPageCount", str(len(publication.page_list))),
        ("dtb:maxPageNumber", str(max(numbers, default=0))),
    ):
        _add(head, "meta", {"name": name, "content": content})
    _label(root, "docTitle", metadata.title)
    for author in metadata.authors:
        _label(root, "docAuthor", author)
    # Things that lead to the same place must have the same place in the order, whichever list they stand in.
    order: dict[str, int] = {}
    for href in (*(_target(point) for point in _flatten(publication.nav)), *(href for _, href in publication.page_list)):
        order.setdefault(href, len(order) + 1)
    _nav_points(_add(root, "navMap"), publication.nav, order, "nav")
    if publication.page_list:
        pages = _add(root, "pageList")
        _label(pages, "navLabel", publication.nav_titles.pages)
        for count, (label, href) in enumerate(publication.page_list, 1):
            kind, value = ("normal", label) if label.isascii() and label.isdigit() else ("front", "")
            target = _add(pages, "pageTarget", {"id": f"page-{count}", "type": kind, "playOrder": str(order[href])})
            if value:
                target.set("value", value)
            _label(target, "navLabel", label)
            _add(target, "content", {"src": href})
    return _document(root)


def _nav_points(parent: etree._Element, points: tuple[NavPoint, ...], order: dict[str, int], prefix: str) -> None:
    for count, point in enumerate(points, 1):
        name = f"{prefix}-{count}"
        element = _add(parent, "navPoint", {"id": name, "playOrder": str(order[_target(point)])})
        _label(element, "navLabel", point.title)
        _add(element, "content", {"src": _target(point)})
        _nav_points(element, point.children, order, name)


def _target(point: NavPoint) -> str:
    """Where a point leads; the NCX knows no heading without a target, so such a one leads where its first child does."""
    return point.href or (_target(point.children[0]) if point.children else "")


def _flatten(points: tuple[NavPoint, ...]) -> Iterator[NavPoint]:
    for point in points:
        yield point
        yield from _flatten(point.children)


def _depth(points: tuple[NavPoint, ...]) -> int:
    return max((1 + _depth(point.children) for point in points), default=0)


def _label(parent: etree._Element, tag: str, text: str) -> None:
    _add(_add(parent, tag), "text", text=text)


def _add(parent: etree._Element, tag: str, attributes: dict[str, str] | None = None, text: str = "") -> etree._Element:
    """Add an element in its parent's namespace."""
    name = f"{{{etree.QName(parent).namespace}}}{tag}"
    element = etree.SubElement(parent, name, {key: clean(value) for key, value in (attributes or {}).items()})
    if text:
        element.text = clean(text)
    return element


def _document(root: etree._Element, doctype: str = "") -> bytes:
    etree.indent(root)
    text = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{doctype}{text}\n'.encode()
