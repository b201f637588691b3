"""The sections of a book, taken one by one."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from samizdat.model.book import Book, Section


def change_sections(book: Book, change: Callable[[Section], Section]) -> Book:
    """Return the book with every outermost section changed, in reading order."""
    return replace(
        book,
        front=tuple(change(section) for section in book.front),
        body=tuple(change(section) for section in book.body),
        back=tuple(change(section) for section in book.back),
    )


def every_section(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Yield sections and those below them, in reading order."""
    for section in sections:
        yield section
        yield from every_section(section.sections)
