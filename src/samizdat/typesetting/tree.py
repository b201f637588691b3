"""The tree of a page: XHTML as WeasyPrint wants it."""

from xml.etree import ElementTree as ET

_XHTML = "{http://www.w3.org/1999/xhtml}"


def parse(xhtml: str) -> ET.Element:
    """Parse a page; XHTML elements lose their namespace, others (SVG) keep it."""
    root = ET.fromstring(xhtml)  # noqa: S314 - expat bounds the growth of entities, and fetches nothing
    for element in root.iter():
        element.tag = element.tag.removeprefix(_XHTML)
    return root
