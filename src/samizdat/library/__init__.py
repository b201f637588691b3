"""The library: what is made of many books together, and of each for those who choose among them.

Pages for people, feeds for their programs, and the checksums of everything; all of it from what the stamps say of the books.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from samizdat.library import checksums, feeds, opds, pages
from samizdat.library.shelf import Shelved
from samizdat.render import Templates, layers

__all__ = ["Shelved", "make"]


def make(shelf: Sequence[Shelved], roots: Path) -> Mapping[str, bytes]:
    """Return the library's files by their paths in the build folder, the catalogue first; books stand by title."""
    books = sorted(shelf, key=lambda book: (book.metadata.title.casefold(), book.slug))
    templates = Templates(layers([roots], "library", "styles"))
    files = {
        **pages.write(books, templates),
        "feed.atom": feeds.atom(books, templates),
        "opds.xml": feeds.opds(books, templates),
        "opds.json": opds.feed(books),
    }
    return {**files, "SHA256SUMS": checksums.sums(books, files)}
