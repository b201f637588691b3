"""The manuscript: a Book becomes a book's folder, book.toml and Markdown, such that reading it gives the same Book.

This is the way back from the importers. What a new book begins with is here too.
"""

from samizdat.manuscript.folder import write
from samizdat.manuscript.starter import new

__all__ = ["new", "write"]
