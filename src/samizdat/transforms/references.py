"""Cross references: the words of those that take them from their target."""

from collections.abc import Iterator
from dataclasses import replace

from samizdat.model.block import Definition, Figure, Heading, Table
from samizdat.model.book import Book, Section
from samizdat.model.inline import CrossReference, Inlines, ReferenceForm, Text
from samizdat.model.walk import children, rebuild
from samizdat.transforms.sections import change_sections
from samizdat.transforms.titles import bare
from samizdat.words import Words


def references(book: Book) -> Book:
    """Give each reference without words of its own the title of its target.

    That is a section's title, "Figure 3" for a numbered figure or table or else its caption, the term of a definition; for any
    other place, the title of the section it lies in. A reference by page gets the title as well, for readers whose pages have no
    numbers.
    """
    words = Words(book.metadata.language)
    titles = {target: title for section in book.sections for target, title in _titles(section, (), words)}

    def fill(node: object) -> object:
        if isinstance(node, CrossReference) and node.form is not ReferenceForm.TEXT and not node.inlines:
            return replace(node, inlines=bare(titles.get(node.target, ())))
        return node

    return change_sections(book, lambda section: rebuild(section, fill))


def _titles(node: object, around: Inlines, words: Words) -> Iterator[tuple[str, Inlines]]:
    """Yield each id at or below a node with its title; `around` is that of the section the node lies in."""
    match node:
        case Section(title=title):
            around = title or around
            own = around
        case Figure(number=number) | Table(number=number) if number:
            own = (Text(f"{words('figure' if isinstance(node, Figure) else 'table')}\u00a0{number}"),)
        case Figure(caption=title) | Table(caption=title) | Definition(term=title) | Heading(inlines=title):
            own = title or around
        case _:
            own = around
    if identifier := getattr(node, "id", ""):
        yield identifier, own
    for child in children(node):
        yield from _titles(child, around, words)
