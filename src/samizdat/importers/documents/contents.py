"""The contents of an e-book: what its pages are called, and headings for those that have none."""

import posixpath
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from lxml import etree

from samizdat.importers.documents.archive import Archive
from samizdat.importers.documents.markup import Element, body, parsed, removed, words
from samizdat.importers.documents.office import xml
from samizdat.importers.documents.pages import Page
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.problems import Rule, SamizdatError

FROM_CONTENTS = Rule(
    "H84",
    REPAIR,
    "A heading from the e-book’s contents",
    "The page has no element for its heading, but the e-book’s own contents say what it is called, so that this becomes the "
    "heading. A line"
    " at the head of the page with the same words is that heading.",
)

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an e-book's manifest."""

    identity: str
    path: str
    media_type: str
    properties: tuple[str, ...]
    fallback: str = ""
    """The id of what stands in for it where its kind cannot be shown (EPUB 3.3, 3.5.1)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: its words, where it leads, and how deep it stands, from 1."""

    title: str
    path: str
    fragment: str
    depth: int


def navigation(package: Element, items: Mapping[str, Item], archive: Archive, record: Record) -> tuple[Entry, ...]:
    """Read the contents of an e-book: its navigation document, or the older file of another form."""
    nav = next((item for item in items.values() if "nav" in item.properties and item.path in archive), None)
    if nav and (root := _tree(archive, nav.path, record)) is not None:
        lists = [element for element in root.iter("nav") if "toc" in element.get("epub:type", "")] or list(root.iter("nav"))
        found = [entry for element in lists[:1] for top in element.findall("ol") for entry in _lines(top, nav.path, 1)]
        if found:
            return tuple(found)
    ncx = _ncx(package, items)
    if ncx and ncx.path in archive:
        try:
            root = xml(archive.read(ncx.path))
        except SamizdatError:
            return ()
        return tuple(_targets(root, ncx.path, "navPoint"))
    return ()


Landmarks = Mapping[str, tuple[str, ...]]
"""What an e-book says of its pages, by their paths."""


def landmarks(package: Element, items: Mapping[str, Item], archive: Archive, record: Record) -> Landmarks:
    """Read what an e-book calls its pages, in its landmarks (EPUB 3.3, 7.4.3) or its guide (OPF 2.0.1, 2.6).

    Only whole pages are named; a place in a page is not.
    """
    found: dict[str, tuple[str, ...]] = {}
    for item in _navs(items, archive):
        if (root := _tree(archive, item.path, record)) is not None:
            for nav in (each for each in root.iter("nav") if "landmarks" in each.get("epub:type", "")):
                for link in nav.iter("a"):
                    _note(found, item.path, link.get("href", ""), link.get("epub:type", ""))
    for reference in package.iter("reference"):
        where = unquote(reference.get("href", "")).removeprefix("./")
        path = next((item.path for item in items.values() if where and item.path.endswith(where)), "")
        if path:
            found[path] = (*found.get(path, ()), reference.get("type", "").lower())
    return found


def _note(found: dict[str, tuple[str, ...]], base: str, href: str, types: str) -> None:
    if href and "#" not in href:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(href)))
        found[path] = (*found.get(path, ()), *types.lower().split())


def _navs(items: Mapping[str, Item], archive: Archive) -> list[Item]:
    return [item for item in items.values() if "nav" in item.properties and item.path in archive]


def printed_pages(package: Element, items: Mapping[str, Item], archive: Archive, record: Record) -> tuple[Entry, ...]:
    """Read the list of the pages of a print: EPUB 3.3, 7.4.4, or the page list of the older file of another form."""
    for item in _navs(items, archive):
        if (root := _tree(archive, item.path, record)) is not None:
            lists = [each for each in root.iter("nav") if "page-list" in each.get("epub:type", "")]
            if found := [_entry(words(link), link.get("href", ""), item.path, 1) for nav in lists for link in nav.iter("a")]:
                return tuple(found)
    ncx = _ncx(package, items)
    if ncx is None or ncx.path not in archive:
        return ()
    try:
        root = xml(archive.read(ncx.path))
    except SamizdatError:
        return ()
    return tuple(_targets(root, ncx.path, "pageTarget"))


def _ncx(package: Element, items: Mapping[str, Item]) -> Item | None:
    spine = next(package.iter("spine"), None)
    named = items.get(spine.get("toc", "")) if spine is not None else None
    return named or next((item for item in items.values() if item.media_type == "application/x-dtbncx+xml"), None)


def risen(entries: Sequence[Entry], kept: Container[str]) -> tuple[Entry, ...]:
    """Return the contents without the pages that were not kept: what stood below one of them rises to its place."""
    above: list[tuple[int, int]] = []
    result = []
    for entry in entries:
        while above and above[-1][0] >= entry.depth:
            above.pop()
        depth = above[-1][1] + 1 if above else 1
        if entry.path in kept:
            result.append(replace(entry, depth=depth))
            above.append((entry.depth, depth))
        else:
            above.append((entry.depth, depth - 1))
    return tuple(result)


def _tree(archive: Archive, path: str, record: Record) -> Element | None:
    try:
        return parsed(archive.read(path), record)
    except SamizdatError:
        return None


def _lines(top: Element, base: str, depth: int) -> Iterator[Entry]:
    if depth > 8:
        return
    for item in top.findall("li"):
        link = item.find("a")
        if link is None:
            link = next((element for element in item.iterchildren("span", "p") for element in element.iter("a")), None)
        if link is not None and words(link):
            yield _entry(words(link), link.get("href", ""), base, depth)
        for inner in item.findall("ol"):
            yield from _lines(inner, base, depth + 1)


def _targets(root: Element, base: str, name: str) -> Iterator[Entry]:
    for point in root.iter(f"{{*}}{name}"):
        depth = 1 + sum(1 for _ in point.iterancestors(f"{{*}}{name}"))
        label = next((words(text) for text in point.iterfind("{*}navLabel/{*}text")), "")
        source = next((content.get("src", "") for content in point.iterfind("{*}content")), "")
        if label and source and depth <= 8:
            yield _entry(label, source, base, depth)


def _entry(title: str, href: str, base: str, depth: int) -> Entry:
    path, _, fragment = href.partition("#")
    full = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path))) if path else base
    return Entry(title, full, unquote(fragment), depth)


def headed(found: Sequence[Page], entries: tuple[Entry, ...], record: Record) -> None:
    """Give headings to the pages that have none but stand in the contents."""
    for page in found if record.allow(FROM_CONTENTS) else ():
        _headed(page.root, page.name, entries, record)


def _headed(root: Element, name: str, entries: tuple[Entry, ...], record: Record) -> None:
    top = body(root)
    if next(top.iter(*_HEADINGS), None) is not None:
        return
    for entry in (entry for entry in entries if entry.path == name):
        aim = next((element for element in top.iter() if entry.fragment and element.get("id") == entry.fragment), None)
        place = _block(aim, top) if aim is not None else None
        heading = etree.Element(f"h{min(entry.depth, 6)}")
        heading.text = entry.title
        lines = _title_lines(place if place is not None else top, entry.title, inside=place is None)
        if lines:
            heading.text = " ".join(words(line) for line in lines)
            parent = lines[0].getparent()
            index = parent.index(lines[0]) if parent is not None else 0
            for line in lines:
                if line.get("id"):
                    heading.set("id", line.get("id", ""))
                line.tail = None
                removed(line)
            if parent is not None:
                parent.insert(index, heading)
        elif place is not None and (parent := place.getparent()) is not None:
            parent.insert(parent.index(place), heading)
        else:
            top.insert(0, heading)
            heading.tail, top.text = top.text, None
        at = record.span(lines[0] if lines else place if place is not None else top)
        why = "The e-book’s contents name this place."
        record.decide(FROM_CONTENTS, 0.8, entry.title, heading.text or "", why, lines=(at[0], at[0]))


def _block(element: Element, top: Element) -> Element | None:
    """Return the block that an element stands in, as deep as blocks go."""
    for up in (element, *element.iterancestors()):
        if up is top:
            return None
        if up.tag in {"p", "div", "section", "blockquote", "ul", "ol", "table", "figure"}:
            return up
    return None


def _title_lines(start: Element, title: str, *, inside: bool) -> list[Element]:
    """Return the first lines from a place on, if together they say what the contents say."""
    wanted = _letters(title)
    scope = start.iter("p", "div") if inside else (start, *start.itersiblings("p", "div"))
    lines: list[Element] = []
    said = ""
    for element in scope:
        if any(child.tag in {"p", "div", "ul", "ol", "table", "blockquote"} for child in element.iterdescendants()):
            if not inside and element is start:
                return _title_lines(start, title, inside=True)
            continue
        text = _letters(words(element))
        if not text:
            continue
        if not wanted.startswith(said + text) or len(lines) > 3:
            break
        said += text
        lines.append(element)
        if said == wanted:
            return lines
    return []


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).lower()
