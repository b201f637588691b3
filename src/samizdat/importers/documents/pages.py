"""Pages of HTML become leaves: ids made unique over all of them, notes linked, read by pandoc some at a time."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from samizdat.importers.documents.footnotes import Footnotes
from samizdat.importers.documents.markup import Element, body, is_element, written
from samizdat.importers.documents.nodes import Node, Nodes, change, node, walk
from samizdat.importers.documents.record import Record
from samizdat.importers.documents.wrapping import Ask

_MOST_AT_ONCE = 250_000
_PART = "samizdat-leaf"
_NOTE = "samizdat-note"


@dataclass
class Page:
    """A page: its name in its archive, and its tree."""

    name: str
    root: Element


def unique_ids(pages: Sequence[Page]) -> None:
    """Make ids unique over all pages, and links between pages links to ids."""
    numbers = {page.name: number for number, page in enumerate(pages)}
    for number, page in enumerate(pages):
        for element in page.root.iter():
            for key in ("id", "name"):
                given = element.get(key)
                if given and (key == "id" or element.tag == "a"):
                    element.set(key, f"{number}--{given}")
            if element.tag == "a" and (href := element.get("href")) is not None:
                element.set("href", _address(href, page.name, number, numbers))
        top = body(page.root)
        first = next((child for child in top.iter() if child is not top and is_element(child)), None)
        if first is not None and not first.get("id"):
            first.set("id", f"{number}--")
        elif first is not None:
            top.set("id", f"{number}--")


def _address(href: str, page: str, number: int, numbers: Mapping[str, int]) -> str:
    if href.startswith("#"):
        return f"#{number}--{unquote(href[1:])}" if len(href) > 1 else href
    try:
        parts = urlsplit(href)
    except ValueError:
        return href
    if parts.scheme or parts.netloc:
        return href
    name = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    return f"#{numbers[name]}--{unquote(parts.fragment)}" if name in numbers else href


def read(pages: Sequence[Page], ask: Ask, record: Record) -> list[Nodes]:
    """Return the blocks of each page, with its notes in their places."""
    notes = Footnotes([body(page.root) for page in pages], record).link()
    found: dict[str, Nodes] = {}
    parts = [_parts(body(page.root)) for page in pages]
    pieces = [(f"{_PART}-{number}-{at}", _PART, part) for number, each in enumerate(parts) for at, part in enumerate(each)]
    pieces += [(f"{_NOTE}-{key}", _NOTE, element) for key, element in notes.items()]
    for together in _bundles(pieces):
        tree = ask(
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body>{together}</body></html>'.encode()
        )
        for item in tree["blocks"]:
            if item["t"] == "Div":
                found[item["c"][0][0]] = item["c"][1]
    bodies = {f"samizdat-{key}": found.get(f"{_NOTE}-{key}", []) for key in notes}
    called: set[str] = set()

    def noted(item: Node) -> Any:
        if item["t"] == "Span" and "samizdat-noteref" in item["c"][0][1]:
            called.add(item["c"][0][0])
            return [node("Note", bodies.get(item["c"][0][0], []))]
        return None

    whole = [
        [block for at in range(len(each)) for block in found.get(f"{_PART}-{number}-{at}", [])]
        for number, each in enumerate(parts)
    ]
    result = [change(blocks, noted) for blocks in whole]
    lost = [bodies[key] for key in bodies if key not in called and not any(_calls(other, key) for other in bodies.values())]
    if lost and result:
        result[-1].extend(block for blocks in lost for block in blocks)
    inner = {key: change(blocks, noted) for key, blocks in bodies.items()}
    if any(_calls(blocks, "") for blocks in bodies.values()):
        # A note that calls a note: the inner one is put in, once.
        bodies = inner
        result = [change(blocks, noted) for blocks in whole]
    return result


def _parts(top: Element) -> list[Element]:
    """Divide a page that is long into parts of some of its blocks each, since pandoc needs much room for a long one."""
    if len(written(top)) <= _MOST_AT_ONCE:
        return [top]
    while len(top) == 1 and top[0].tag in {"div", "section", "article", "main"} and not (top.text or "").strip():
        top = top[0]
    parts: list[Element] = []
    room = 0
    for child in list(top):
        size = len(written(child)) + len(child.tail or "")
        if not parts or room + size > _MOST_AT_ONCE:
            parts.append(etree.Element("div"))
            room = 0
        parts[-1].append(child)
        room += size
    if parts:
        first, parts[0].text = parts[0], top.text
        first.set("id", top.get("id", ""))
        top.text = None
    return parts or [top]


def _calls(blocks: Nodes, key: str) -> bool:
    spans = (item["c"][0] for item in walk(blocks) if item["t"] == "Span")
    return any("samizdat-noteref" in given[1] and (not key or given[0] == key) for given in spans)


def _bundles(pieces: Sequence[tuple[str, str, Element]]) -> Iterator[str]:
    """Yield pages written one after another, as many as pandoc reads well at once."""
    bundle: list[str] = []
    size = 0
    for identity, name, element in pieces:
        inner = re.sub(r"^<(\w+)[^>]*>|</\w+>$", "", written(element).strip())
        top = element.get("id", "")
        before = f'<span id="{top}"></span>' if top and name == _PART else ""
        text = f'<div class="{name}" id="{identity}">{before}{inner}</div>'
        if bundle and size + len(text) > _MOST_AT_ONCE:
            yield "\n".join(bundle)
            bundle, size = [], 0
        bundle.append(text)
        size += len(text)
    if bundle:
        yield "\n".join(bundle)
