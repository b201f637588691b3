"""Emphases: which letters of a book may be bold, italic or both, by its pages and their style sheet.

A font is cut to the letters that it sets. What a selector means in full only browsers know; here elements, classes and what
stands within what are heeded, and all else is taken to hold: a face may get a letter too many, and none too few.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

Style = tuple[bool, bool]
"""Bold or not, italic or not."""
STYLES: tuple[Style, ...] = ((False, False), (False, True), (True, False), (True, True))

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_BOLD = re.compile(r"font(?:-weight)?:[^;]*\b(?:bold|bolder|[6-9]00)\b")
_ITALIC = re.compile(r"font(?:-style)?:[^;]*\b(?:italic|oblique)\b")
_UPRIGHT = {_BOLD: re.compile(r"font-weight:\s*normal"), _ITALIC: re.compile(r"font-style:\s*normal")}
_USUAL = {_BOLD: "b strong th h1 h2 h3 h4 h5 h6".split(), _ITALIC: "em i cite dfn var address".split()}
"""What browsers and e-readers set so by themselves. Source: HTML Living Standard, "Rendering"."""
_COMMA = re.compile(r",(?![^()]*\))")
_COMBINATOR = re.compile(r"\s*([>+~]|\s)\s*(?![^()\[\]]*[)\]])")
_SIMPLE = re.compile(r"([a-z][\w-]*)?((?:\.[\w-]+)*)", re.IGNORECASE)
_ALTERNATIVES = re.compile(r":(?:is|where|has)\(")
_MARKERS = frozenset("0123456789.)-\u2010 ")
"""What is set without being written: numbers of lists, and hyphens."""
_UNSEEN = frozenset({"head", "script", "style", "template"})
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


@dataclass(frozen=True, slots=True)
class _Compound:
    """What a selector says of one element: its name and classes, as far as it does."""

    name: str
    classes: frozenset[str]

    def fits(self, element: etree._Element) -> bool:
        """Say whether it may mean an element."""
        named = not self.name or self.name == etree.QName(element).localname
        return named and self.classes <= set(element.get("class", "").split())


_Selector = tuple[_Compound, ...]
"""Elements that stand within one another, the innermost first."""


def letters_by_style(pages: Iterable[bytes], style: str) -> Mapping[Style, frozenset[str]]:
    """List the letters of some pages by the style in which they may be set; those of the upright style are all."""
    letters: dict[Style, set[str]] = {each: set() for each in STYLES}
    selectors = [tuple(_selectors(style, wanted)) for wanted in (_BOLD, _ITALIC)]
    for page in pages:
        for text, bold, italic in _runs(etree.fromstring(page, _PARSER), selectors, (False, False)):
            for (strong, slanted), found in letters.items():
                if (bold or not strong) and (italic or not slanted):
                    found.update(text)
    return {each: frozenset(found | _MARKERS if found else ()) for each, found in letters.items()}


def _runs(
    element: etree._Element, selectors: Iterable[tuple[_Selector, ...]], above: tuple[bool, ...]
) -> Iterator[tuple[str, bool, bool]]:
    """Yield the texts in an element, and whether they may be bold and italic."""
    if etree.QName(element).localname in _UNSEEN:
        return
    bold, italic = (
        so or any(_means(selector, element) for selector in those) for so, those in zip(above, selectors, strict=True)
    )
    yield element.text or "", bold, italic
    for child in element:
        if isinstance(child.tag, str):
            yield from _runs(child, selectors, (bold, italic))
        yield child.tail or "", bold, italic


def _means(selector: _Selector, element: etree._Element) -> bool:
    """Say whether a selector may mean an element: it fits, and the others fit elements further and further out."""
    first, *others = selector
    if not first.fits(element):
        return False
    around = element.iterancestors()
    return all(any(other.fits(each) for each in around) for other in others)


def _selectors(style: str, wanted: re.Pattern[str]) -> Iterator[_Selector]:
    """Yield what is set in a style: by itself, unless all of its name is told not to be, and by the rules of a style sheet."""
    rules = [(match[1], match[2]) for match in _RULE.finditer(_COMMENT.sub("", style))]
    told = {name.strip() for names, declared in rules if _UPRIGHT[wanted].search(declared) for name in names.split(",")}
    yield from ((_Compound(name, frozenset()),) for name in _USUAL[wanted] if name not in told)
    for selectors, declared in rules:
        if wanted.search(declared) and "@" not in selectors:
            yield from map(_selector, _COMMA.split(selectors))


def _selector(written: str) -> _Selector:
    """Read a selector; of elements that stand before others, only the others are heeded."""
    *outer, last = _COMBINATOR.split(written.strip())
    within = [one for one, combinator in zip(outer[::2], outer[1::2], strict=True) if combinator not in "+~"]
    return tuple(_compound(one) for one in (last, *reversed(within)))


def _compound(written: str) -> _Compound:
    match = _SIMPLE.match("" if _ALTERNATIVES.search(written) else written)
    name, classes = match.groups() if match else ("", "")
    return _Compound(name or "", frozenset(filter(None, classes.split("."))))
