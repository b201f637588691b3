"""Verse that a page holds as it was typed: each end of a line becomes a break, and what is set in stays so."""

from lxml import etree

from samizdat.importers.documents.markup import Element, is_element
from samizdat.importers.documents.styles import Use, use


def broken(element: Element) -> None:
    """Make lines of verse of a passage that was typed as such and is called verse."""
    if use(element.get("class", "").split(), {}).kind is not Use.VERSE:
        return
    element.tag = "div"
    for inner in list(element.iter()):
        if is_element(inner):
            _broken(inner, inner.text or "", None)
        if inner is not element and (parent := inner.getparent()) is not None:
            _broken(parent, inner.tail or "", inner)


def _broken(parent: Element, text: str, before: Element | None) -> None:
    """Put a line break in the place of each end of a line in a piece of text, which stands after a child or at the head."""
    first, *rest = [line.replace("  ", "\u00a0\u00a0") for line in text.strip("\n" if before is None else "").split("\n")]
    if before is None:
        parent.text = first
    else:
        before.tail = first
    place = 0 if before is None else parent.index(before) + 1
    for number, line in enumerate(rest):
        stop = etree.Element("br")
        stop.tail = line
        parent.insert(place + number, stop)
