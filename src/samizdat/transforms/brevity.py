"""What is so short that a book's usual pages would be a large part of it: paper is spent on the text."""

from statistics import median

from samizdat.model.book import Book, Section
from samizdat.model.inline import Code, Text
from samizdat.model.kind import Matter
from samizdat.model.walk import descend

PAGE = 2500
"""Letters that fill a page and begin another, with all that stands between them."""
LEAFLET = 5 * PAGE
"""Letters of a text that goes on a sheet or two."""
MANY = 6
"""Chapters of which it can be said how long they usually are."""


def is_leaflet(book: Book) -> bool:
    """See whether a book is a short text and nothing besides: no preface, no appendix."""
    left = LEAFLET
    for chapter in _chapters(book):
        left -= _length(chapter, left) if chapter.kind.matter is Matter.BODY else left
    return left > 0


def has_brief_chapters(book: Book) -> bool:
    """See whether chapters are so short that a blank page before most of them would be a large part of the book."""
    lengths = [_length(chapter, PAGE) for chapter in _chapters(book)]
    return is_leaflet(book) or (len(lengths) >= MANY and median(lengths) < PAGE)


def _chapters(book: Book) -> list[Section]:
    return [leaf for leaf in book.leaves if not leaf.kind.generated]


def _length(section: Section, most: int) -> int:
    """Count letters up to some number, since more of them change nothing."""
    length = 0
    for node in descend(section):
        if isinstance(node, Text | Code):
            length += len(node.text)
            if length >= most:
                return most
    return length
