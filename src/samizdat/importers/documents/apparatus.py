"""What a page still has of the file or the edition that it comes from: the licence of a library, a list of contents."""

import re
from collections.abc import Container

from samizdat.importers.documents.markup import Element, dropped, is_element, stands, words
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.importers.documents.sitewords import CONTENTS, names
from samizdat.problems import Rule

LIBRARY = Rule(
    "D89",
    REPAIR,
    "What a library of free texts puts before and after a text",
    "Project Gutenberg marks where a text begins and ends. What stands before and after is its own title and its licence, which "
    "hold for its file, not for another edition.",
)
OWN_CONTENTS = Rule(
    "D87",
    REPAIR,
    "The page’s own list of contents",
    "A list of links to the headings of the same page is made anew from the headings, as every edition needs it.",
)
_BEGINS = re.compile(r"\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE)
_ENDS = re.compile(r"\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|^\s*End of (?:the )?Project Gutenberg", re.IGNORECASE)
_LONGEST_LICENCE = 30_000
_TRANSCRIBER = {"transnote", "transnotes", "transcribers-note", "transcriber-note", "tnote", "tnotes", "tn"}
TRANSCRIBER = Rule(
    "D69",
    REPAIR,
    "A transcriber’s note of a page",
    "The page marks what its transcribers say of their work: which errors they corrected, what they changed. It holds for their"
    " file, is no part of the book, and stays in the record.",
)


def library(top: Element, record: Record) -> None:
    """Take off what stands before the mark at which a library says that its text begins, and after that of the end."""
    for pattern, before in ((_BEGINS, True), (_ENDS, False)):
        mark = next((one for one in top.iter("p", "pre", "div", "span") if pattern.search(_own(one))), None)
        if mark is None or len(words(mark)) > _LONGEST_LICENCE:
            continue
        inside = {*mark.iterancestors(), *mark.iter()}
        order = {element: number for number, element in enumerate(top.iter())}
        for element, place in order.items():
            outside = place < order[mark] if before else place > order[mark]
            if outside and is_element(element) and element not in inside and stands(element, top):
                dropped(element, LIBRARY, record, 0.95)
        dropped(mark, LIBRARY, record, 0.95)
    for note in list(top.iter("div", "section", "p", "blockquote", "table")):
        if stands(note, top) and _TRANSCRIBER & set((note.get("class") or "").lower().split()):
            dropped(note, TRANSCRIBER, record, 0.8)


def _own(element: Element) -> str:
    return (element.text or "") + "".join(child.tail or "" for child in element)


def contents(top: Element, record: Record) -> None:
    """Take out a list of links to headings of this page, with the word over it."""
    places = {
        element.get("id") or element.get("name"): element for element in top.iter() if element.get("id") or element.get("name")
    }
    for element in list(top.iter("div", "ul", "ol", "table", "p", "section")):
        if not stands(element, top):
            continue
        aims = [places.get(link.get("href", "")[1:]) for link in element.iter("a") if link.get("href", "").startswith("#")]
        headings = [aim for aim in aims if aim is not None and _opens(aim) and element not in set(aim.iterancestors())]
        linked = sum(len(words(link)) for link in element.iter("a"))
        is_named = bool(CONTENTS & set(names(element)))
        if len(headings) < max(1 if is_named else 3, 0.7 * len(aims)) or (linked < 0.6 * len(words(element)) and not is_named):
            continue
        dropped(element, OWN_CONTENTS, record, 0.8)
    for over in list(top.iter("h1", "h2", "h3", "h4", "h5", "p")):
        if not stands(over, top) or not _CONTENTS.fullmatch(words(over).strip(" .:")):
            continue
        after = [one for one in over.itersiblings() if is_element(one) and one.tag not in {"hr", "br"}][:1]
        listed = [one for one in after if _leads(one, places)]
        if listed or not after or re.fullmatch("h[1-6]", after[0].tag):
            for element in (*listed, over):
                dropped(element, OWN_CONTENTS, record, 0.8)


_LONGEST_LINE = 120
"""Letters of a line in a list of contents, with what stands between its links."""
_CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|table des matières|sommaire|índice|indice|содержание|spis treści",
    re.IGNORECASE,
)


def _leads(block: Element, places: Container[str | None]) -> bool:
    """Tell whether a block is a list of places in the page."""
    links = [link for link in block.iter("a") if link.get("href", "")[1:] in places]
    return len(links) > 1 and len(words(block)) < _LONGEST_LINE * len(links)


def _opens(aim: Element) -> bool:
    """Tell whether a place is a heading, stands in one, or is right before one."""
    around = [aim, *list(aim.iterancestors())[:2]]
    if (
        any(re.fullmatch("h[1-6]", str(element.tag)) for element in around)
        or next(aim.iter("h1", "h2", "h3", "h4", "h5", "h6"), None) is not None
    ):
        return True
    block = next((element for element in around if element.tag in {"p", "div", "a"}), None)
    after = block.getnext() if block is not None else None
    return after is not None and bool(re.fullmatch("h[1-6]", str(after.tag)))
