"""What a Kobo wants in an EPUB besides: every sentence in a span of its own, by which it keeps the place, marks and statistics.

An EPUB with these spans is opened by the better of a Kobo's two reading programs, if its name ends in `.kepub.epub`. It is still
a valid EPUB, and other readers see nothing unusual. Kobo has published no specification; the form is the one that has become
customary: the body inside two `div`, and spans whose id counts paragraphs and the sentences in each.

Where a printed page begins is not counted: such a mark stands inside the span of its sentence. Else a page that begins elsewhere
would move the places that a reader has kept, though no word of the book has changed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml import etree

from samizdat.formats.navigation import XHTML
from samizdat.formats.publication import Page, Publication

_PARAGRAPHS = frozenset("address blockquote caption dd div dt figcaption h1 h2 h3 h4 h5 h6 li p td th".split())
"""Elements with which the count of sentences begins anew."""
_WHOLE = frozenset("audio code math pre script style svg video".split())
"""Elements that are left as they are; spaces count in them, or a span could not stand there."""
_SENTENCE = re.compile(r""".+?(?:[.!?…。！？؟]["'”’»“«)\]]*(?:\s+|(?<=[。！？])|$)|$)""", re.DOTALL)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)


class _Mark(NamedTuple):
    """Where a printed page begins: how many signs of its text stand before it, and the element that says so."""

    place: int
    element: etree._Element


def for_kobo(publication: Publication) -> Publication:
    """Return the publication with the spans in all its pages but the navigation, which a Kobo shows in its own way."""
    pages = tuple(page if "nav" in page.properties else _with_spans(page) for page in publication.pages)
    return replace(publication, pages=pages)


def sentences(text: str) -> tuple[str, ...]:
    """Divide text after each sentence; the pieces together are the text."""
    return tuple(match[0] for match in _SENTENCE.finditer(text))


def _with_spans(page: Page) -> Page:
    root = etree.fromstring(page.data, _PARSER)
    body = root.find(f"{{{XHTML}}}body")
    if body is not None:
        _Counter().mark(body)
        columns = etree.Element(f"{{{XHTML}}}div", {"id": "book-columns"})
        inner = etree.SubElement(columns, f"{{{XHTML}}}div", {"id": "book-inner"})
        inner.text, body.text = body.text, None
        inner.extend(list(body))
        body.append(columns)
    return replace(page, xhtml=etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True))


@dataclass(slots=True)
class _Counter:
    """Counts paragraphs, and sentences in the present one."""

    paragraph: int = 0
    sentence: int = 0

    def mark(self, element: etree._Element) -> None:
        """Put the text below an element into spans, in reading order."""
        if _name(element) in _PARAGRAPHS:
            self._begin()
        children, text = list(element), element.text or ""
        for child in children:
            element.remove(child)
        element.text = None
        marks: list[_Mark] = []
        for child in children:
            tail, child.tail = child.tail or "", None
            if _is_mark(child):
                child.text = ""  # so that it is written with an end tag: Kobo reads pages as HTML, which knows no other way
                marks.append(_Mark(len(text), child))
                text += tail
                continue
            self._add(element, text, marks)
            if _name(child) == "img":
                self._begin()
                element.append(self._span())
                element[-1].append(child)
            else:
                element.append(child)
                if _name(child) not in _WHOLE:
                    self.mark(child)
            text, marks = tail, []
        self._add(element, text, marks)

    def _begin(self) -> None:
        self.paragraph += 1
        self.sentence = 0

    def _add(self, element: etree._Element, text: str, marks: Sequence[_Mark]) -> None:
        """Put text at the end of an element: sentences in spans, the spaces between elements as they are."""
        left = list(marks)
        start = 0
        for sentence in sentences(text) if text.strip() else (text,):
            end = start + len(sentence)
            inside = element
            if sentence.strip():
                while left and left[0].place == start:
                    element.append(left.pop(0).element)
                inside = self._span()
                element.append(inside)
            while left and left[0].place < end:
                place, child = left.pop(0)
                _write(inside, text[start:place])
                inside.append(child)
                start = place
            _write(inside, text[start:end])
            start = end
        element.extend([mark.element for mark in left])

    def _span(self) -> etree._Element:
        self.sentence += 1
        paragraph = max(self.paragraph, 1)
        return etree.Element(f"{{{XHTML}}}span", {"class": "koboSpan", "id": f"kobo.{paragraph}.{self.sentence}"})


def _write(element: etree._Element, text: str) -> None:
    """Put text at the end of an element as it is."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _is_mark(element: etree._Element) -> bool:
    """See whether an element marks the beginning of a printed page, and does nothing else."""
    return element.get("role") == "doc-pagebreak" and not len(element) and not element.text


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
