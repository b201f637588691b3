"""Searching without a server: the text of the book, place by place, as a file that a page can load from a stick as well."""

import json
from collections.abc import Iterable, Iterator

from samizdat.model.block import Preformatted, Stanza
from samizdat.model.book import Section
from samizdat.model.inline import Inline
from samizdat.model.walk import children, plain_text


def search_script(leaves: Iterable[tuple[Section, str, str]]) -> bytes:
    """Return a script that hands over the text of leaves, each with the name of its file and its title.

    It is a script and not mere data because a page that is opened from a disk may load nothing else.
    """
    pages = [[file, title, list(passages(leaf))] for leaf, file, title in leaves]
    return f"samizdatText({json.dumps(pages, ensure_ascii=False, separators=(',', ':'))});\n".encode()


def passages(leaf: Section) -> Iterator[tuple[str, str]]:
    """Yield the passages of a leaf in reading order, each with the nearest id at or before it; none at the leaf's own head."""
    place = ""
    for identity, text in _texts(leaf):
        if identity:
            place = "" if identity == leaf.id else identity
        elif text.strip():
            yield place, text


def _texts(node: object) -> Iterator[tuple[str, str]]:
    """Yield ids and texts as they come; the words of a paragraph, a title or a cell are one text."""
    if isinstance(node, tuple):
        if node and isinstance(node[0], Inline):
            yield "", plain_text(node)
            return
    elif identity := getattr(node, "id", "") or getattr(node, "key", ""):
        yield identity, ""
    match node:
        case Preformatted(text):
            yield "", text
        case Stanza(lines):
            yield "", " / ".join(plain_text(line) for line in lines)
            return
        case _:
            pass
    for child in children(node):
        yield from _texts(child)
