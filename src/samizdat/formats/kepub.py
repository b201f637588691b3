"""What a Kobo wants in an EPUB besides: every sentence in a span of its own, by which it keeps the place, marks and statistics.

An EPUB with these spans is opened by the better of a Kobo's two reading programs, if its name ends in `.kepub.epub`. It is still
a valid EPUB, and other readers see nothing unusual. Kobo has published no specification; the form is the one that has become
customary: the body inside two `div`, and spans whose id counts paragraphs and the sentences in each.
"""

import re
from dataclasses import dataclass, replace

from lxml import etree

from samizdat.formats.navigation import XHTML
from samizdat.formats.publication import Page, Publication

_PARAGRAPHS = frozenset("address blockquote caption dd div dt figcaption h1 h2 h3 h4 h5 h6 li p td th".split())
"""Elements with which the count of sentences begins anew."""
_WHOLE = frozenset("audio code math pre script style svg video".split())
"""Elements that are left as they are; spaces count in them, or a span could not stand there."""
_SENTENCE = re.compile(r""".+?(?:[.!?…。！？؟]["'”’»“«)\]]*(?:\s+|(?<=[。！？])|$)|$)""", re.DOTALL)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)


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
        self._add(element, text)
        for child in children:
            tail, child.tail = child.tail or "", None
            if _name(child) == "img":
                self._begin()
                element.append(self._span())
                element[-1].append(child)
            else:
                element.append(child)
                if _name(child) not in _WHOLE:
                    self.mark(child)
            self._add(element, tail)

    def _begin(self) -> None:
        self.paragraph += 1
        self.sentence = 0

    def _add(self, element: etree._Element, text: str) -> None:
        """Put text at the end of an element: sentences in spans, the spaces between elements as they are."""
        if not text.strip():
            if len(element):
                element[-1].tail = text
            else:
                element.text = text
            return
        for sentence in sentences(text):
            span = self._span()
            span.text = sentence
            element.append(span)

    def _span(self) -> etree._Element:
        self.sentence += 1
        paragraph = max(self.paragraph, 1)
        return etree.Element(f"{{{XHTML}}}span", {"class": "koboSpan", "id": f"kobo.{paragraph}.{self.sentence}"})


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
