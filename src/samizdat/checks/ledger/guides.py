"""Guides: the ways through a book that stand beside its text (contents, navigation, outline), held against its headings.

They must name the headings as they are, in their order, each leading to its own; and down to the depth that a guide has, none
may be left out.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from samizdat.checks.ledger.besides import MADE, first_section
from samizdat.checks.ledger.expected import squeezed
from samizdat.model.book import Book, Section
from samizdat.model.kind import Kind
from samizdat.model.walk import plain_text
from samizdat.problems import Place, Problem, Rule, Severity
from samizdat.transforms.titles import bare

MISLED = Rule(
    "L08",
    Severity.ERROR,
    "The contents of an edition are not its headings",
    "Contents, navigation and outline name the headings of a book in their order, each leading to its own. In the finished file "
    "one of them is left out, says something else than its heading, stands in another order or leads elsewhere.",
)


class Entry(NamedTuple):
    """A line of a guide: what it says, and the id of the heading that it leads to."""

    words: str
    target: str


@dataclass(frozen=True, slots=True)
class _Headed:
    """A heading of the book, in reading order."""

    id: str
    words: str
    title: str
    """The words as they are written."""
    depth: tuple[int, bool]
    """How deep it stands, and whether in a part; a guide has all of a depth or none."""
    needed: bool
    """It stands in every guide that is deep enough."""


def astray(book: Book, entries: Sequence[Entry], where: str, place: Place) -> Iterator[Problem]:
    """Hold a guide against the headings of a book; `where` names it for people."""
    headed = tuple(_headed(book))
    known = {one.id: number for number, one in enumerate(headed)}
    listed = [(entry, known[entry.target]) for entry in entries if entry.target in known]
    depths = {headed[number].depth for _, number in listed} | {(1, False)}
    last = -1
    for entry, number in listed:
        heading = headed[number]
        if squeezed(entry.words) != heading.words:
            yield MISLED.problem(f"{where} says “{entry.words}” of “{heading.title}”.", place)
        if number <= last:
            yield MISLED.problem(f"{where} has “{heading.title}” after “{headed[last].title}”.", place)
        last = max(last, number)
    there = {number for _, number in listed}
    for number, heading in enumerate(headed):
        if heading.needed and heading.depth in depths and number not in there:
            yield MISLED.problem(f"{where} does not lead to “{heading.title}”.", place)


def _headed(book: Book) -> Iterator[_Headed]:
    """Yield the headings of a book. What stands before the contents need not stand in them."""
    leaves = tuple(book.leaves)
    before = {leaf.id for leaf in takewhile(lambda leaf: leaf.kind is not Kind.CONTENTS, leaves)}
    if len(before) == len(leaves):
        before = set()
    for section in book.sections:
        yield from _below(section, 1, before, in_part=False)


def _below(section: Section, level: int, before: set[str], *, in_part: bool) -> Iterator[_Headed]:
    title = plain_text(bare(section.title))
    if title:
        needed = section.kind not in MADE and section.id not in before
        yield _Headed(section.id, squeezed(title), title, (level, in_part), needed)
    if section.kind is not Kind.NOTES:  # the titles of the chapters again, at which nobody begins to look
        in_part = in_part or section.kind is Kind.PART
        for inner in section.sections:
            yield from _below(inner, level + (section.kind is not Kind.PART), before, in_part=in_part)


# ---- guides of marked-up text

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def misled(book: Book, file: str, pages: Mapping[str, etree._Element], kept: Mapping[str, bytes]) -> Iterator[Problem]:
    """Hold each guide among the pages of an edition against the headings, and the older one in its container."""
    sections = {name: first_section(root) for name, root in pages.items()}
    for name, root in pages.items():
        navs = [nav for nav in root.iterfind(".//{*}nav") if nav.get("role") == "doc-toc" or nav.get("id") == "contents"]
        for nav in navs:
            entries = [_line(link, name, sections) for link in nav.iterfind(".//{*}li/{*}a")]
            yield from astray(book, entries, "The contents", Place(f"{file}, {name}" if name else file))
    for name, data in kept.items():
        if name.endswith(".ncx"):
            pages_beside = {posixpath.basename(page): id_ for page, id_ in sections.items()}
            points = etree.fromstring(data, _PARSER).iterfind(".//{*}navPoint")
            entries = [_point(point, pages_beside) for point in points]
            yield from astray(book, entries, "The contents for older readers", Place(f"{file}, {name}"))


def _line(link: etree._Element, page: str, sections: Mapping[str, str]) -> Entry:
    return Entry("".join(map(str, link.itertext())), _id(link.get("href", ""), sections, page))


def _point(point: etree._Element, sections: Mapping[str, str]) -> Entry:
    content = point.find("{*}content")
    href = "" if content is None else content.get("src", "")
    return Entry(point.findtext("{*}navLabel/{*}text", ""), _id(href, sections, ""))


def _id(href: str, sections: Mapping[str, str], page: str) -> str:
    """Return the id of the section that an address leads to."""
    path, _, fragment = href.partition("#")
    at = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) if path else page
    return unquote(fragment) or sections.get(at, "")
