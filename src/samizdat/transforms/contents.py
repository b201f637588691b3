"""Contents: the list of sections to turn to, and the lists of figures and tables."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, takewhile

from samizdat.model.block import Contents, ContentsEntry, Figure, Table
from samizdat.model.book import Book, Section
from samizdat.model.inline import Inlines, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import descend, rebuild
from samizdat.transforms import Transform
from samizdat.transforms.sections import change_sections
from samizdat.transforms.titles import bare


def contents(depth: int, lines: int = 0) -> Transform:
    """Fill the pages of contents: chapters are the first level, and a part stands above them without counting.

    Where `lines` is given, a list that would be longer than so many lines goes less deep.

    Listed are the front matter after the contents page, the body and the back matter, as far as they have a title. The lists of
    figures and tables hold what has a caption; a figure or table without an id is given one.
    """

    def transform(book: Book) -> Book:
        kinds = {section.kind for section in book.sections}
        if Kind.LIST_OF_FIGURES in kinds:
            book = _identified(book, Figure, "figure")
        if Kind.LIST_OF_TABLES in kinds:
            book = _identified(book, Table, "table")
        lists = {
            Kind.CONTENTS: lambda: _fitting(book, depth, lines),
            Kind.LIST_OF_FIGURES: lambda: _captions(book, Figure),
            Kind.LIST_OF_TABLES: lambda: _captions(book, Table),
        }
        return change_sections(
            book,
            lambda section: replace(section, blocks=(Contents(lists[section.kind]()),)) if section.kind in lists else section,
        )

    return transform


def _fitting(book: Book, depth: int, lines: int) -> tuple[ContentsEntry, ...]:
    """Return the deepest contents that fit into so many lines; the first level, however long it is."""
    for level in range(depth, 1, -1):
        listed = entries(book, level)
        if not lines or sum(isinstance(node, ContentsEntry) for node in descend(listed)) <= lines:
            return listed
    return entries(book, 1)


def entries(book: Book, depth: int) -> tuple[ContentsEntry, ...]:
    """Return the lines of the contents, each with those below it."""
    before = tuple(takewhile(lambda section: section.kind is not Kind.CONTENTS, book.front))
    front = book.front if len(before) == len(book.front) else book.front[len(before) + 1 :]
    return tuple(_entries(front + book.body + book.back, depth))


def _entries(sections: tuple[Section, ...], depth: int) -> Iterator[ContentsEntry]:
    for section in sections:
        is_part = section.kind is Kind.PART
        below = tuple(_entries(section.sections, depth if is_part else depth - 1)) if depth > 1 or is_part else ()
        if section.kind is Kind.NOTES:
            below = ()  # the titles of the chapters again, at which nobody begins to look
        title = bare(section.title)
        if section.kind is Kind.COLOPHON:
            continue  # by custom it is not listed: it comes after everything the reader looks for
        if title:
            yield ContentsEntry(section.id, title, below)
        else:
            yield from below


def _captions(book: Book, form: type[Figure] | type[Table]) -> tuple[ContentsEntry, ...]:
    return tuple(
        ContentsEntry(node.id, (*_number(node), *bare(node.caption)))
        for node in descend(book.sections)
        if isinstance(node, form) and node.caption
    )


def _number(node: Figure | Table) -> Inlines:
    return (Text(f"{node.number}.\u2002"),) if node.number else ()


def _identified(book: Book, form: type[Figure] | type[Table], name: str) -> Book:
    """Give an id to every figure, or every table, that has a caption and none."""
    taken = {getattr(node, "id", "") for node in descend(book.sections)}
    free = (identifier for number in count(1) if (identifier := f"{name}-{number}") not in taken)

    def identify(node: object) -> object:
        return replace(node, id=next(free)) if isinstance(node, form) and node.caption and not node.id else node

    return change_sections(book, lambda section: rebuild(section, identify))
