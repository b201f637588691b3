"""Pages of an e-book that every edition makes anew: cover, title page, contents, imprint."""

import posixpath
import re
from collections.abc import Container
from urllib.parse import unquote

from samizdat.importers.documents.contents import Item
from samizdat.importers.documents.markup import Element, body, is_element, words
from samizdat.importers.documents.metadata import Facts

_MADE = frozenset(
    "cover titlepage title-page halftitlepage toc doc-toc landmarks copyright-page imprint imprimatur colophon loi lot doc-cover"
    " other-credits seriespage".split()
)
_RIGHTS = re.compile(
    r"(copyright|©|\(c\) ?\d{4})|(isbn)|(all rights reserved|alle rechte|tous droits|todos los derechos|tutti i diritti)"
    r"|(printed (?:in|by|and)|gedruckt|imprim[ée]|impreso|stampato)|(published (?:in|by)|erschienen|erstausgabe|dépôt légal)"
    r"|(cover (?:design|art|image|photo)|umschlag|couverture)|(cataloguing|cataloging|bibliothek|creative ?commons)",
    re.IGNORECASE,
)
_LONGEST = 3000
_SIGNS = 2
_NEAR = 6
"""How far from either end of an e-book its imprint stands, in pages."""


def types(root: Element) -> set[str]:
    """Return what a page says it is: its body, and the one section or more that hold all of it."""
    found: set[str] = set()
    element: Element | None = body(root)
    while element is not None:
        found |= set(f"{element.get('epub:type', '')} {element.get('role', '')}".lower().split())
        inner = [child for child in element if is_element(child)]
        element = inner[0] if len(inner) == 1 and inner[0].tag in {"section", "div", "article", "main", "nav"} else None
    return found


def is_made(root: Element, item: Item, told: Container[str], cover: Item | None) -> bool:
    """Tell whether a page says of itself, or the e-book says of it, that it is one of these; `told` is what the e-book says."""
    if types(root) & _MADE or "nav" in item.properties:
        return True
    said = words(body(root))
    if any(name in told for name in _MADE) and len(said) < _LONGEST:
        return "toc" not in told or _linked(root) > 0.5 * len(said)
    images = [image.get("src") or image.get("href") or "" for image in root.iter("img", "image")]
    shown = {posixpath.normpath(posixpath.join(posixpath.dirname(item.path), unquote(name))) for name in images}
    return cover is not None and shown == {cover.path} and len(said) < 60


def looks_made(root: Element, facts: Facts, place: int, last: int) -> bool:
    """Tell whether a page that nobody names is a title page, an imprint or a list of contents, by its words and its place."""
    top = body(root)
    said = words(top)
    if not said or len(said) > _LONGEST or next(top.iter("img", "svg"), None) is not None:
        return False
    if place < _NEAR and _letters(said) and not _rest(said, facts):
        return True
    links = [link for link in top.iter("a") if link.get("href", "") and "://" not in link.get("href", "")]
    if len(links) > 3 and _linked(root) > 0.8 * len(said) and place < _NEAR:
        return True
    signs = {number for found in _RIGHTS.finditer(said) for number, sign in enumerate(found.groups()) if sign}
    return len(signs) > _SIGNS and not _NEAR <= place <= last - _NEAR


def _linked(root: Element) -> int:
    return sum(len(words(link)) for link in body(root).iter("a"))


def _rest(said: str, facts: Facts) -> str:
    """Return what a page says besides title, subtitle, people and publisher."""
    left = _letters(said)
    for known in sorted(
        (facts.title, facts.subtitle, facts.publisher, *(one.name for one in facts.people)), key=len, reverse=True
    ):
        left = left.replace(_letters(known), "") if _letters(known) else left
    return re.sub(r"^(by|von|par|por|di|av|door|przez)$", "", left) if left != _letters(said) else left


def _letters(said: str) -> str:
    return re.sub(r"[\W_]", "", said).casefold()
