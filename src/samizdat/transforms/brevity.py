"""What is so short that a book's usual pages would be a large part of it: paper is spent on the text."""

from statistics import median

from samizdat.model.block import Verse
from samizdat.model.book import Book, Section
from samizdat.model.inline import Code, Text
from samizdat.model.kind import Kind, Matter
from samizdat.model.walk import descend

PAGE = 2500
"""Letters that fill a page and begin another, with all that stands between them."""
LEAFLET = 5 * PAGE
"""Letters of a text that goes on a sheet or two."""
MANY = 6
"""Chapters of which it can be said how long they usually are."""
FEW = 3
"""Chapters that are enough to go one below the other."""
TINY = PAGE // 3
"""Letters of a chapter that leaves most of its page empty."""


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


def has_tiny_chapters(book: Book) -> bool:
    """See whether chapters are so short that several go on a page, as the articles of a declaration do; poems have their own."""
    lengths = [PAGE if _is_verse(chapter) else _length(chapter, PAGE) for chapter in book.leaves if chapter.kind is Kind.CHAPTER]
    return len(lengths) >= FEW and median(lengths) < TINY


def _is_verse(chapter: Section) -> bool:
    return any(isinstance(node, Verse) for node in descend(chapter))


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
