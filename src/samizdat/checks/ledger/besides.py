"""Besides words: calls of notes, links, references, emphasis and pictures of the book, looked for in marked-up text.

Each that the book has must be there as often as the book has it; a template may add some of its own. Every link within the
edition must arrive.
"""

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from lxml import etree

from samizdat.checks.ledger.expected import squeezed
from samizdat.model.book import Book
from samizdat.model.inline import CrossReference, Emphasis, Image, Link, Math, NoteRef, Strong
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
    "The book calls a note, refers to a place or links to a page elsewhere, and the finished file has no such link, or has it "
    "fewer times than the book.",
)
LEVELLED = Rule(
    "L22",
    Severity.ERROR,
    "Emphasis of the book is missing from an edition",
    "The book emphasises these words, and in the finished file they stand like all others.",
)
UNSEEN = Rule(
    "L23",
    Severity.ERROR,
    "A picture of the book is missing from an edition",
    "The book shows a picture, and the finished file does not, or the picture's bytes are not in it.",
)

_MADE = {Kind.HALF_TITLE, Kind.TITLE_PAGE, Kind.IMPRINT, Kind.COLOPHON, Kind.CONTENTS}
_EMPHATIC: Mapping[str, type[object]] = {"em": Emphasis, "strong": Strong}


def besides(book: Book, file: str, pages: Mapping[str, etree._Element], kept: frozenset[str]) -> Iterator[Problem]:
    """Compare a book with the pages of an edition, by their names; `kept` names the files in its container, if it has one."""
    if not pages:
        return  # drawn pages have no elements
    arrived, astray = _links(pages)
    for href, page in astray:
        yield ASTRAY.problem(f"The link to “{href}” leads nowhere.", _place(file, page, href))
    nodes = [node for leaf in book.leaves if leaf.kind not in _MADE for node in descend(leaf)]
    owed = Counter(_target(node) for node in nodes if isinstance(node, Link | CrossReference | NoteRef))
    del owed[""]
    for target, number in (owed - arrived).items():
        message = f"The link to “{target}” is missing{_times(number)}."
        yield UNLINKED.problem(message, _place(file, "", target))
    for name, kind in _EMPHATIC.items():
        said = Counter(squeezed("".join(_said(each))) for page in pages.values() for each in page.iterfind(f".//{{*}}{name}"))
        meant = {squeezed(plain_text(node)): node for node in nodes if isinstance(node, kind) and _plain(node)}
        counted = Counter(squeezed(plain_text(node)) for node in nodes if isinstance(node, kind) and _plain(node))
        for words in counted - said:
            if words:
                text = plain_text(meant[words])
                yield LEVELLED.problem(f"“{text}” has lost its emphasis.", _place(file, "", text))
    shown = Counter(each.get("alt", "") for page in pages.values() for each in page.iterfind(".//{*}img"))
    for alt, number in (Counter(node.alt for node in nodes if isinstance(node, Image)) - shown).items():
        yield UNSEEN.problem(f"A picture is missing{_times(number)}: “{alt}”.", _place(file, "", alt))
    if kept:
        yield from _absent(file, pages, kept)


def _absent(file: str, pages: Mapping[str, etree._Element], kept: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem for each picture that is called and not in the container."""
    for page, root in pages.items():
        for each in root.iterfind(".//{*}img"):
            source = each.get("src", "")
            if not source.startswith("data:") and not any(name.endswith(_resolved(page, source)) for name in kept):
                yield UNSEEN.problem(f"The picture “{source}” is shown, but not there.", _place(file, page, source))


def _links(pages: Mapping[str, etree._Element]) -> tuple[Counter[str], list[tuple[str, str]]]:
    """Count links by where they lead, within the edition by the id of the place, and list those that do not arrive."""
    ids = {(name, each.get("id", "")) for name, root in pages.items() for each in root.iter("{*}*") if each.get("id")}
    arrived: Counter[str] = Counter()
    astray: list[tuple[str, str]] = []
    for name, root in pages.items():
        for link in root.iterfind(".//{*}a[@href]"):
            href = link.get("href", "")
            parts = urlsplit(href)
            path = _resolved(name, parts.path) if parts.path else name
            if parts.scheme or path not in pages:
                arrived[href] += 1
            elif not parts.fragment:
                section = pages[path].find(".//{*}section[@id]")
                arrived["" if section is None else section.get("id", "")] += 1
            elif (path, unquote(parts.fragment)) in ids:
                arrived[unquote(parts.fragment)] += 1
            else:
                astray.append((href, name))
    return arrived, astray


def _resolved(page: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))


def _target(node: object) -> str:
    """Return where a node leads: an address, or the id of a place in the book; empty where it leads nowhere."""
    match node:
        case Link(target) | CrossReference(target):
            return target
        case NoteRef(key, number) if number:
            return key
        case _:
            return ""


def _plain(node: object) -> bool:
    """Say whether a node holds nothing but words."""
    return not any(isinstance(each, NoteRef | Image | Math | CrossReference) for each in descend(node))


def _said(element: etree._Element) -> Iterable[str]:
    return (str(text) for text in element.itertext())


def _times(number: int) -> str:
    return f" {number} times" if number > 1 else ""


def _place(file: str, page: str, excerpt: str) -> Place:
    return Place(f"{file}, {page}" if page else file, 0, excerpt[:200])
