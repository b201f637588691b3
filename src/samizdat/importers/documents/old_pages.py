"""The pages of an older print, which an e-book or a web page marks: each mark stays where that page begins."""

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from samizdat.importers.documents.contents import Entry
from samizdat.importers.documents.markup import Element, body, classes, is_element, removed, words
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.problems import Rule

PRINTED_PAGE = Rule(
    "I52",
    REPAIR,
    "The page of an older print became a mark",
    "The document says where the pages of a printed edition begin: [Pg 47]. Such a number is no word of the text. A mark stays in"
    " its place, []{.page n=…}, by which the e-book and the web page can be cited like that edition; book.toml says so under"
    " [pagination].",
)

MARK = "page"
_NUMBER = "data-n"
_MARKS = {"pagebreak", "doc-pagebreak"}
_NAMES = {"pagenum", "pagenumber", "page-number", "page_number", "pageno", "page-no", "page-num", "pgnum", "pgno", "ns-pg"}
_SAID = re.compile(
    r"[\[({]?\s*(?:pages?|pag|pg|p)?[\s.]*(\d{1,5}[a-z]?|[ivxlcdm]{1,9}|[a-z]-?\d{1,4})\s*\.?[\])}]?", re.IGNORECASE
)
_IDENTITY = re.compile(r"(?:\d+--)?(?:page|pagebreak|pg|p)[-_]?0*(\d{1,5}|[ivxlc]{1,9})", re.IGNORECASE)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LINES = {"p", "li", "td", "th", "dd", "dt", "pre", "figcaption", "caption", "h1", "h2", "h3", "h4", "h5", "h6"}
_LINES |= {"span", "a", "em", "i", "b", "strong", "small", "cite", "q", "sup", "sub", "u", "big", "font"}
_ROOMS = {"body", "div", "section", "article", "main", "blockquote", "aside", "header", "figure"}


def marked(root: Element, record: Record) -> None:
    """Make marks of the numbers of pages that stand in the text; a mark that does not say its number is taken out."""
    if not record.allow(PRINTED_PAGE):
        return
    found: list[tuple[str, str]] = []
    places: list[int] = []
    for element in [each for each in root.iter() if is_element(each) and _is_mark(each)]:
        label = _label(element)
        if element.getparent() is None or (not label and words(element)):
            continue
        found.append((words(element), label))
        places += [place for place in record.span(element) if place]
        _put(element, label)
    if found:
        labels = [label for _, label in found if label]
        after = f"marks of {len(labels)} pages, {labels[0]} to {labels[-1]}" if labels else ""
        said = " ".join(filter(None, (said for said, _ in found)))
        lines = (min(places), max(places)) if places else (0, 0)
        record.decide(PRINTED_PAGE, 0.9, said or "empty marks", after, "The document calls them marks of pages.", said, lines)


def listed(pages: Mapping[str, Element], entries: Iterable[Entry], record: Record) -> None:
    """Put marks where an e-book's list of printed pages leads, in pages by their paths; `marked` reads them with the others."""
    if not record.allow(PRINTED_PAGE):
        return
    places = {
        (path, element.get(key, "")): element for path, root in pages.items() for element in root.iter() for key in ("id", "name")
    }
    for entry in entries:
        found, root = _SAID.fullmatch(entry.title), pages.get(entry.path)
        if found is None or root is None:
            continue
        aim = places.get((entry.path, entry.fragment)) if entry.fragment else body(root)
        if aim is None or any(_is_mark(each) for each in (*aim.iter(), *aim.iterancestors()) if is_element(each)):
            continue
        mark = etree.Element("span")
        mark.set("class", "pagebreak")
        mark.set("title", found[1])
        if words(aim) or aim.tag not in {"a", "span"}:
            mark.tail, aim.text = aim.text, None
            aim.insert(0, mark)
        else:
            aim.addprevious(mark)


def is_number(label: str) -> bool:
    """Tell whether this can be what a printed page is called."""
    return bool(re.fullmatch(r"[\w.–-]{1,12}", label))


def _is_mark(element: Element) -> bool:
    said = set(classes(element))
    if said & _MARKS:
        return True
    return bool(said & _NAMES) and bool(_SAID.fullmatch(words(element)) or (not words(element) and _label(element)))


def _label(element: Element) -> str:
    """Return what the page is called: by its title, its words, or else its id."""
    for said in (element.get("title", ""), element.get("aria-label", ""), words(element)):
        if found := _SAID.fullmatch(" ".join(said.split())):
            return found[1]
    for inner in element.iter():
        if found := _IDENTITY.fullmatch(inner.get("id") or inner.get("name") or ""):
            return found[1]
    return ""


def _put(element: Element, label: str) -> None:
    """Put a mark in the place of an element, with the ids to which an index may lead."""
    parent = element.getparent()
    identities = [inner.get("id") or inner.get("name") or "" for inner in element.iter()]
    mark = _spans(identities, label)
    if parent is None or mark is None:
        removed(element)
        return
    tail, element.tail = element.tail, None
    if parent.tag in _LINES or (parent.tag in _ROOMS and element.tag in {"span", "a"} and _flows(element, parent, tail)):
        put = mark
    elif parent.tag in _ROOMS:
        put = etree.Element("p")
        put.append(mark)
    else:
        element.tail = tail
        removed(element)
        return
    parent.replace(element, put)
    put.tail = tail
    alone = parent if parent.tag == "p" and not words(parent) and len(parent) == 1 else put
    if alone is not mark and not (tail or "").strip():
        _with_next(alone, mark)


def _with_next(put: Element, mark: Element) -> None:
    """Let a mark that stands alone begin the next paragraph, after the headings over it: the page begins there."""
    following = put.getnext()
    while following is not None and (not is_element(following) or following.tag in {*_HEADINGS, "hr"}):
        if (following.tail or "").strip():
            return
        following = following.getnext()
    if following is not None and following.tag == "p":
        mark.tail, following.text = following.text, None
        following.insert(0, mark)
        removed(put)


def _flows(element: Element, parent: Element, tail: str | None) -> bool:
    """Tell whether words stand beside it in the same line."""
    before = element.getprevious()
    around = (tail, before.tail if before is not None else parent.text)
    return any((part or "").strip() for part in around)


def _spans(identities: Iterable[str], label: str) -> Element | None:
    """Return an empty element with the number, in others that bear the ids."""
    mark: Element | None = None
    if label:
        mark = etree.Element("span")
        mark.set("class", MARK)
        mark.set(_NUMBER, label)
    for identity in filter(None, identities):
        around = etree.Element("span")
        around.set("id", identity)
        if mark is not None:
            around.append(mark)
        mark = around
    return mark
