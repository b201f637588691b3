"""Starts: the words with which each page of a leaf begins, read off the pages as they are laid out.

Words are known by their letters and digits alone: spaces, marks and the hyphens at the ends of lines may differ wherever else
the text stands, letters may not. A picture, a formula or a break between scenes counts as one sign.
"""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from samizdat.typesetting.boxes import unboxed

OBJECT = "\ufffc"
"""Stands for what is seen but has no letters."""
UNCOUNTED = frozenset({"note-call", "note-number", "notes-title", "place", "linked-address"})
"""Classes of elements whose words belong to the edition and not to the text: calls and numbers of notes, places in the index,
printed addresses of links."""
PLATE = "plate"
"""The class of a picture that has a page to itself."""
SEVERAL = "run-on"
"""The class of a page's body that holds several sections, one below the other."""
_OBJECTS = frozenset({"img", "hr", "svg"})
_HYPHENS = ("-", "\u2010", "\u00ad")
_KNOWN_BY = 60
"""How many letters tell one page's beginning from another's."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins: how many letters of its leaf lie before it, its first letters, and whether it begins inside a word.

    In a leaf of several sections they are counted from the beginning of that one in which the page begins.

    A page without text, such as one that holds only the rest of a note, begins where the next one does.
    """

    letters: int = 0
    words: str = ""
    divided: bool = False
    section: str = ""
    """The id of the section in which it begins, where its leaf has several."""


FIRST = Start()
"""The beginning of a leaf."""


def letters(text: str) -> str:
    """Return the letters, digits and marks of a text, in one spelling and one case, and nothing else."""
    if text.isascii():
        return "".join(sign for sign in text if sign.isalnum()).lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign == OBJECT or unicodedata.category(sign)[0] in "LN")


def starts(pages: Sequence[Any], uncounted: Collection[ET.Element]) -> tuple[Start, ...]:
    """Find the start of each page of a document that has been laid out, passing over the words of some elements."""
    boxes = [page._page_box.children[0] for page in pages]  # noqa: SLF001 - a page's boxes are told nowhere else
    seen = [list(_sections(box, {*uncounted, *again})) for box, again in zip(boxes, _repeated(boxes), strict=True)]
    whole: dict[str, str] = {}
    begun: list[tuple[str, int, bool]] = []
    section, before = "", ""
    for texts in seen:
        first = next((name for name, text in texts if letters(text)), section)
        begun.append((first, len(whole.get(first, "")), first == section and before.endswith(_HYPHENS)))
        for section, text in texts:
            whole[section] = whole.get(section, "") + letters(text)
            before = text
    return tuple(Start(place, whole.get(name, "")[place : place + _KNOWN_BY], divided, name) for name, place, divided in begun)


def _sections(box: Any, uncounted: Collection[ET.Element]) -> Iterator[tuple[str, str]]:
    """Yield what a page has of each section of its leaf, with the section's id; of a leaf that is one section, with none."""
    body = next(iter(box.children), None)  # there is none on a page of notes alone
    if body is None or SEVERAL not in body.element.get("class", "").split():
        yield "", "".join(_texts(box, uncounted)).rstrip()
        return
    for child in body.children:
        if child.element is not body.element:
            yield child.element.get("id", ""), "".join(_texts(child, uncounted)).rstrip()


def _repeated(boxes: Sequence[Any]) -> list[set[ET.Element]]:
    """List for each page the heads of tables that stood on an earlier page, and the feet that stand again on a later one."""
    heads: dict[ET.Element, int] = {}
    feet: dict[ET.Element, int] = {}
    groups = [[group for group in box.descendants() if getattr(group, "is_header", False)] for box in boxes]
    closing = [[group for group in box.descendants() if getattr(group, "is_footer", False)] for box in boxes]
    for number, (above, below) in enumerate(zip(groups, closing, strict=True)):
        for group in above:
            heads.setdefault(group.element, number)
        for group in below:
            feet[group.element] = number
    return [
        {group.element for group in above if heads[group.element] != number}
        | {group.element for group in below if feet[group.element] != number}
        for number, (above, below) in enumerate(zip(groups, closing, strict=True))
    ]


def _texts(box: Any, uncounted: Collection[ET.Element]) -> Iterator[str]:
    """Yield the text below a box that comes from the page's source, in its order."""
    box = getattr(box, "_box", box)  # what stands outside the flow is held by a placeholder
    if "::" in (box.element_tag or "") or box.element in uncounted:
        return
    if box.element_tag == "figure" and PLATE in box.element.get("class", "").split():
        return  # it stands between two pages of text, where the other editions do not have it
    if box.element_tag in _OBJECTS:
        yield OBJECT
    elif hasattr(box, "text"):
        yield unboxed(box.text)
    else:
        for child in getattr(box, "children", ()):
            yield from _texts(child, uncounted)
