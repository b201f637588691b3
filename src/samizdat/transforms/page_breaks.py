"""Page breaks of an older print, which the manuscript marks: kept with ids of their own, or taken out."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from samizdat.model.block import Paragraph
from samizdat.model.book import Book
from samizdat.model.inline import PageBreak
from samizdat.model.walk import descend, rebuild


def keep_page_breaks(book: Book) -> Book:
    """Give every mark its id: `p47`, made longer where the book has that already or a page is marked twice."""
    taken = Counter(getattr(node, "id", "") for node in descend(book.sections))

    def change(node: object) -> object:
        if not isinstance(node, PageBreak):
            return node
        name = plain = f"p{'-'.join(node.label.split())}"
        count = 1
        while taken[name]:
            count += 1
            name = f"{plain}-{count}"
        taken[name] += 1
        return replace(node, id=name)

    return _changed(book, change)


def drop_page_breaks(book: Book) -> Book:
    """Take all marks out, and with them a paragraph that held nothing else."""
    return _changed(book, _without)


def _without(node: object) -> object:
    match node:
        case PageBreak() | Paragraph(()):
            return ()
        case _:
            return node


def _changed(book: Book, change: Callable[[object], object]) -> Book:
    return replace(book, front=rebuild(book.front, change), body=rebuild(book.body, change), back=rebuild(book.back, change))
