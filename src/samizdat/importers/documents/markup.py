"""HTML and XHTML as a tree: decoded, mended, without programs, and with what its classes say put so that pandoc keeps it."""

import html
import re
from collections.abc import Iterator

from lxml import etree

from samizdat.importers.documents.record import RAW_PIECE, SHALLOWER, Record
from samizdat.importers.plain.capture import decode
from samizdat.problems import Rule

_NAME = re.compile(r"[A-Za-z_][\w:.-]*")
"""A name that an element can have; soup has others."""
Element = etree._Element  # noqa: SLF001  the only name that lxml has for its type

_DECLARED = re.compile(rb"""(?i)(?:<\?xml[^>]*\bencoding=["']|<meta[^>]*\bcharset\s*=\s*["']?)([a-z0-9_-]+)""")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_XML_OWN = {"amp", "lt", "gt", "quot", "apos"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NOT_TEXT = (
    "script style template iframe frame frameset embed applet link meta base noscript canvas map area track source param".split()
)
_RUN_OF_TAGS = re.compile(r"(?:<(\w+)>\s*)(?:<\1>\s*){40,}")
_OPS = "{http://www.idpf.org/2007/ops}type"
_DEEPEST = 90
_WRAPPERS = {"div", "span", "section", "font", "center", "article", "main", "b", "i", "em", "strong", "blockquote", "a", "p"}


def decoded(data: bytes) -> str:
    """Return the text of a page: valid UTF-8 is believed before what the page says of itself."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:4096])
    name = declared[1].decode().lower() if declared else ""
    if name and not name.startswith("utf"):
        try:
            return data.decode({"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(name, name), "replace")
        except LookupError:
            pass
    return "\n".join(line.text for line in decode(data).lines)


def parsed(data: bytes, record: Record) -> Element | None:
    """Parse a page, as XML where it is well-formed, else as the soup that browsers eat. None where there is nothing."""
    text = _CONTROL.sub("", decoded(data))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    xhtml = "www.w3.org/1999/xhtml" in text[:4000]
    text = _DOCTYPE.sub("", text, count=1)
    text = _RUN_OF_TAGS.sub(lambda run: f"<{run[1]}>", text)
    if xhtml:
        spelt = _ENTITY.sub(lambda entity: _letter(entity, record), text)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
        try:
            return _plain(etree.fromstring(spelt.encode(), parser), record)
        except (etree.XMLSyntaxError, ValueError):
            record.count(
                RAW_PIECE, "not well-formed", "The page is not well-formed XHTML; it was read as browsers read such pages."
            )
    soup = etree.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8", remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), soup)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root is None else _plain(root, record)


def is_element(node: Element) -> bool:
    """Tell an element from a comment or an instruction, whose tags are no words."""
    tag: object = node.tag
    return isinstance(tag, str)


def _letter(entity: re.Match[str], record: Record) -> str:
    """Spell an entity of HTML as its letter; one that only the file itself declares is left out."""
    if entity[1] in _XML_OWN:
        return entity[0]
    letter = html.unescape(entity[0])
    if letter == entity[0]:
        record.count(RAW_PIECE, f"the entity {entity[0]}", "Entities that a file declares itself are not expanded.")
        return ""
    return letter


def _plain(root: Element, record: Record) -> Element:
    """Take namespaces, comments, programs and needless depth off."""
    for element in list(root.iter()):
        if not is_element(element):
            removed(element)
            continue
        name = element.tag.rpartition("}")[2]
        element.tag = (name if _is_math(element) else name.lower()) if _NAME.fullmatch(name) else "span"
        for key in list(element.attrib):
            name = str(key)
            if name == _OPS:
                element.set("epub:type", element.attrib.pop(key))
            elif name == "{http://www.w3.org/XML/1998/namespace}lang":
                element.set("lang", element.attrib.pop(key))
            elif name.startswith("{"):
                element.set(name.rpartition("}")[2], element.attrib.pop(key))
            elif name.startswith("on"):
                del element.attrib[key]
    for element in list(root.iter(*_NOT_TEXT)):
        if element.getparent() is None or (element.tag in {"meta", "link", "base"} and _in_head(element)):
            continue
        if element.tag == "script":
            record.count(RAW_PIECE, "script", "Programs have no place in a book.")
        removed(element)
    _shallow(root, record)
    etree.cleanup_namespaces(root)
    return root


def _is_math(element: Element) -> bool:
    return "Math/MathML" in str(element.tag)


def _in_head(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "head"


def _shallow(root: Element, record: Record) -> None:
    """Unwrap what stands too deep."""
    depths = {root: 0}
    deep = []
    for element in root.iter():
        parent = element.getparent()
        depths[element] = depths.get(parent, 0) + 1 if parent is not None else 0
        if depths[element] > _DEEPEST and element.tag in _WRAPPERS:
            deep.append(element)
    for element in deep:
        unwrapped(element)
    if deep:
        record.count(
            SHALLOWER, f"{len(deep)} elements of the page", "No page can show things in things so deep; their words stay."
        )


def removed(element: Element) -> None:
    """Take an element out; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def unwrapped(element: Element) -> None:
    """Take an element out, and leave what is in it in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    before = element.getprevious()
    if element.text:
        if before is not None:
            before.tail = (before.tail or "") + element.text
        else:
            parent.text = (parent.text or "") + element.text
    inner = list(element)
    for child in reversed(inner):
        parent.insert(place, child)
    if element.tail:
        last = inner[-1] if inner else before
        if last is not None:
            last.tail = (last.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


def body(root: Element) -> Element:
    """Return the body of a page."""
    found = root.find("body") if root.tag == "html" else None
    if found is None:
        found = next(root.iter("body"), None)
    return root if found is None else found


def classes(element: Element) -> list[str]:
    """Return the classes of an element, and what EPUB says of it."""
    return f"{element.get('class', '')} {element.get('epub:type', '')} {element.get('role', '')}".lower().split()


def words(element: Element) -> str:
    """Return the words of an element in one line."""
    return " ".join(" ".join(spoken(element)).split())


def spoken(element: Element) -> Iterator[str]:
    """Yield the pieces of text in an element, without its tail."""
    if element.text:
        yield element.text
    for child in element.iterdescendants():
        if is_element(child) and child.text:
            yield child.text
        if child.tail:
            yield child.tail


def written(element: Element) -> str:
    """Return what is in an element as HTML."""
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)


def stands(element: Element, top: Element) -> bool:
    """Tell whether an element still stands in the page, since what it stood in may be gone."""
    return any(up is top for up in element.iterancestors())


def dropped(element: Element, rule: Rule, record: Record, sure: float) -> None:
    """Take an element out, but for what a person wants kept of it; its words go to the record."""
    if not record.allow(rule) or (spared := record.spared(element)) == [element]:
        return
    lines = record.span(element)
    for kept in spared:
        removed(kept)
        kept.tail = None
        if kept.tag in {"li", "td", "th", "dd", "dt"}:
            kept.tag = "div"
        element.addprevious(kept)
    said = words(element)
    name = " ".join(filter(None, (str(element.tag), element.get("id"), element.get("class"))))[:60]
    if said:
        record.drop(rule, sure, said, f"The element is called “{name}”.", lines)
    removed(element)
