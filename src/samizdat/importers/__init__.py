"""Importers: what a book's folder holds becomes a Book.

Each kind of file has a module here with `SUFFIXES` and `read(source) -> Section`, and is found by that.
"""

from samizdat.importers.book import Reading, read_book

__all__ = ["Reading", "read_book"]
