"""Captions: figures and tables that can be referred to, because they have an id, are numbered through the book."""

from dataclasses import replace
from itertools import count

from samizdat.model.block import Figure, Table
from samizdat.model.book import Book
from samizdat.model.walk import rebuild


def captions(book: Book) -> Book:
    """Give numbers to the figures and the tables that have both an id and a caption, each kind in the order of reading.

    A picture that only wants a line below it needs no id, and then stays without a number.
    """
    figures, tables = count(1), count(1)

    def change(node: object) -> object:
        match node:
            case Figure(id=identity, caption=caption) if identity and caption:
                return replace(node, number=next(figures))
            case Table(id=identity, caption=caption) if identity and caption:
                return replace(node, number=next(tables))
            case _:
                return node

    return replace(book, front=rebuild(book.front, change), body=rebuild(book.body, change), back=rebuild(book.back, change))
