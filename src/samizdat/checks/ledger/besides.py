"""Besides words, in marked-up text: calls of notes, links, references, emphasis, lists' numbers and pictures of the book.

Each that the book has must be there as often as the book has it; a template may add some of its own. Every link within the
edition must arrive.
"""

import base64
import binascii
import hashlib
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import cast
from urllib.parse import unquote, urlsplit

from lxml import etree

from samizdat.checks.ledger.expected import squeezed
from samizdat.model.block import IndexEntry, List
from samizdat.model.book import Book
from samizdat.model.inline import (
    CrossReference,
    Emphasis,
    Image,
    Link,
    Math,
    NoteRef,
    ReferenceForm,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
)
from samizdat.model.kind import Kind
from samizdat.model.walk import descend, plain_text
from samizdat.problems import Place, Problem, Rule, Severity

ASTRAY = Rule(
    "L20",
    Severity.ERROR,
    "A link within an edition does not arrive",
    "A link in the finished file leads to a place that is not there: a note, a chapter, an entry of the index. The edition is "
    "not put in place. Look at the book's own templates; else tell the makers of samizdat.",
)
UNLINKED = Rule(
    "L21",
    Severity.ERROR,
    "A link of the book is missing from an edition",
    "The book calls a note, refers to a place or links to a page elsewhere, and the finished file has no such link on these "
    "words, has it fewer times than the book, or leads elsewhere.",
)
LEVELLED = Rule(
    "L22",
    Severity.ERROR,
    "Emphasis of the book is missing from an edition",
    "The book emphasises these words, strikes them out, raises or lowers them, and in the finished file they stand like all "
    "others.",
)
UNSEEN = Rule(
    "L23",
    Severity.ERROR,
    "A picture of the book is missing from an edition",
    "The book shows a picture, and the finished file does not, shows another in its place, or the picture's bytes are not in it.",
)
UNDESCRIBED = Rule(
    "L24",
    Severity.ERROR,
    "The words for a picture are missing from an edition",
    "The book says what a picture shows, for those who do not see it, and the finished file does not say it of that picture.",
)
RENUMBERED = Rule(
    "L07",
    Severity.ERROR,
    "The numbers of a list are other ones in an edition",
    "A list of the book is numbered in a certain way and from a certain number on, and the finished file has no such list.",
)

MADE = {Kind.HALF_TITLE, Kind.TITLE_PAGE, Kind.IMPRINT, Kind.COLOPHON, Kind.CONTENTS}
_EMPHATIC: Mapping[str, type[object]] = {
    "em": Emphasis,
    "strong": Strong,
    "sup": Superscript,
    "sub": Subscript,
    "s": Strikeout,
}
_GUIDING = etree.XPath("ancestor::*[local-name()='nav' or contains(concat(' ', @class, ' '), ' contents-list ')]")
_IDS = etree.XPath("//@id", smart_strings=False)
_CALLED = etree.XPath("ancestor::*[local-name()='a'][contains(@role, 'noteref')]")


def besides(book: Book, file: str, pages: Mapping[str, etree._Element], kept: Mapping[str, bytes]) -> Iterator[Problem]:
    """Compare a book with the pages of an edition, by their names; `kept` is what lies beside them."""
    nodes = [node for leaf in book.leaves if leaf.kind not in MADE for node in descend(leaf)]
    place = partial(_place, file)
    yield from _unlinked(nodes, pages, place)
    for name, kind in _EMPHATIC.items():
        found = (
            each for page in pages.values() for each in page.iterfind(f".//{{*}}{name}") if name != "sup" or not _CALLED(each)
        )
        said = Counter(squeezed("".join(_said(each))) for each in found)
        meant = {squeezed(plain_text(node)): node for node in nodes if isinstance(node, kind) and _plain(node)}
        counted = Counter(squeezed(plain_text(node)) for node in nodes if isinstance(node, kind) and _plain(node))
        for words in counted - said:
            if words:
                text = plain_text(meant[words])
                yield LEVELLED.problem(f"“{text}” has lost its emphasis.", place("", text))
    yield from _renumbered(nodes, pages, place)
    yield from _pictures(book, nodes, pages, kept, place)


# ---- links


def _unlinked(nodes: Iterable[object], pages: Mapping[str, etree._Element], place: "_Placed") -> Iterator[Problem]:
    arrived, astray = _links(pages)
    for href, page in astray:
        yield ASTRAY.problem(f"The link to “{href}” leads nowhere.", place(page, href))
    owed = Counter(chain.from_iterable(map(_targets, nodes)))
    told = {(target, words): text for target, words, text in owed}
    counted: Counter[tuple[str, str]] = Counter()
    for (target, words, _), number in owed.items():
        counted[target, words] += number
    for (target, words), number in (counted - arrived).items():
        text = told[target, words]
        message = f"The link{f' on “{text}”' if text else ''} to “{target}” is missing{_times(number)}."
        yield UNLINKED.problem(message, place("", text or target))


def _links(pages: Mapping[str, etree._Element]) -> tuple[Counter[tuple[str, str]], list[tuple[str, str]]]:
    """Count links by where they lead (within the edition by the id of the place) and their words; list those that do not arrive.

    What the ways through the book lead to, such as its contents, is no link of the text; but it must arrive as well.
    """
    ids = {(name, each) for name, root in pages.items() for each in cast("list[str]", _IDS(root))}
    arrival = partial(_arrival, sections={name: first_section(root) for name, root in pages.items()}, ids=ids)
    arrived: Counter[tuple[str, str]] = Counter()
    astray: list[tuple[str, str]] = []
    for name, root in pages.items():
        for link in root.iterfind(".//{*}a[@href]"):
            target = arrival(link.get("href", ""), name)
            if target is None:
                astray.append((link.get("href", ""), name))
            elif not _GUIDING(link):
                arrived[target, squeezed("".join(_said(link)))] += 1
                arrived[target, ""] += 1
    return arrived, astray


def _arrival(href: str, page: str, *, sections: Mapping[str, str], ids: set[tuple[str, str]]) -> str | None:
    """Return where a link leads: an address, or the id of a place; None where there is no such place."""
    parts = urlsplit(href)
    path = _resolved(page, parts.path) if parts.path else page
    if parts.scheme or path not in sections:
        return href
    if not parts.fragment:
        return sections[path]
    fragment = unquote(parts.fragment)
    return fragment if (path, fragment) in ids else None


def first_section(page: etree._Element) -> str:
    """Return the id of the first section of a page, to which whoever comes to the page comes."""
    section = page.find(".//{*}section[@id]")
    return "" if section is None else section.get("id", "")


def _resolved(page: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))


def _targets(node: object) -> Iterator[tuple[str, str, str]]:
    """Yield where a node leads, and on which words, squeezed and as they are; where these depend on the edition, on none."""
    match node:
        case Link(target) | CrossReference(target, ReferenceForm.TEXT) if _plain(node, but=CrossReference):
            text = plain_text(node)
            yield target, squeezed(text), text
        case Link(target) | CrossReference(target):
            yield target, "", ""
        case NoteRef(key, number) if number:
            yield key, str(number), str(number)
        case IndexEntry(term, places):
            yield from ((place, str(number), f"{term}, {number}") for number, place in enumerate(places, 1))
        case _:
            pass


# ---- lists and pictures


def _renumbered(nodes: Iterable[object], pages: Mapping[str, etree._Element], place: "_Placed") -> Iterator[Problem]:
    owed = Counter((node.numbering.value, str(node.start)) for node in nodes if isinstance(node, List) and node.numbering)
    lists = (each for page in pages.values() for each in page.iterfind(".//{*}ol"))
    found = Counter((name, each.get("start", "1")) for each in lists for name in each.get("class", "").split())
    for (numbering, start), number in (owed - found).items():
        yield RENUMBERED.problem(
            f"A list that begins with {start}, numbered “{numbering}”, is missing{_times(number)}.", place("", start)
        )


def _pictures(
    book: Book, nodes: Iterable[object], pages: Mapping[str, etree._Element], kept: Mapping[str, bytes], place: "_Placed"
) -> Iterator[Problem]:
    """See that each picture is shown, with its own bytes and its own words."""
    digests = {picture.path: _digest(picture.data) for picture in book.pictures}
    owed = Counter((digests.get(node.source, ""), node.alt) for node in nodes if isinstance(node, Image))
    names = {digests.get(node.source, ""): node.source for node in nodes if isinstance(node, Image)}
    shown: Counter[tuple[str, str]] = Counter()
    for page, root in pages.items():
        for each in root.iterfind(".//{*}img"):
            source = each.get("src", "")
            data = _bytes(page, source, kept)
            if not data:
                yield UNSEEN.problem(f"The picture “{source[:60]}” is shown, but not there.", place(page, source))
            shown[_digest(data), each.get("alt", "")] += 1
    seen = Counter(digest for digest, _ in shown.elements())
    for (digest, alt), number in (owed - shown).items():
        if seen[digest] >= sum(times for (each, _), times in owed.items() if each == digest):
            yield UNDESCRIBED.problem(f"The picture “{names[digest]}” has lost its words “{alt}”.", place("", alt))
        else:
            yield UNSEEN.problem(
                f"The picture “{names[digest]}” is missing{_times(number)}: “{alt}”.", place("", alt or names[digest])
            )


def _bytes(page: str, source: str, kept: Mapping[str, bytes]) -> bytes:
    """Return what an address in a page stands for."""
    if source.startswith("data:"):
        try:
            return base64.b64decode(source.partition(",")[2])
        except binascii.Error:
            return b""
    return next((data for name, data in kept.items() if name.endswith(_resolved(page, source))), b"")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest() if data else ""


# ---- telling

_Placed = partial[Place]


def _plain(node: object, but: type[object] | None = None) -> bool:
    """Say whether a node holds nothing but words."""
    return not any(
        isinstance(each, NoteRef | Image | Math | CrossReference) and not (each is node and but and isinstance(each, but))
        for each in descend(node)
    )


def _said(element: etree._Element) -> Iterable[str]:
    return (str(text) for text in element.itertext())


def _times(number: int) -> str:
    return f" {number} times" if number > 1 else ""


def _place(file: str, page: str, excerpt: str) -> Place:
    return Place(f"{file}, {page}" if page else file, 0, excerpt[:200])
