"""Feeds in Atom: new editions for those who follow the press, and OPDS 1.2, by which e-readers fetch books by themselves.

Sources: RFC 4287, "The Atom Syndication Format"; "OPDS Catalog 1.2", sections 2 and 5.
"""

from collections.abc import Sequence

from samizdat.library.shelf import Shelved, derived, house, updated
from samizdat.render import Templates

MOST_RECENT = 100
"""How many editions the feed of new ones holds."""


def atom(books: Sequence[Shelved], templates: Templates) -> bytes:
    """Return the feed of new editions, the youngest first. An edition of another date is a new entry."""
    recent = sorted(books, key=lambda book: book.metadata.date, reverse=True)[:MOST_RECENT]
    return _feed("feed.atom.j2", recent, books, templates)


def opds(books: Sequence[Shelved], templates: Templates) -> bytes:
    """Return the OPDS 1.2 acquisition feed of all books."""
    return _feed("opds.xml.j2", books, books, templates)


def _feed(template: str, entries: Sequence[Shelved], books: Sequence[Shelved], templates: Templates) -> bytes:
    publishers = house(books)
    page = templates.page(
        template,
        books=entries,
        identity=derived(template, *publishers),
        house=", ".join(publishers) or "samizdat",
        updated=updated(books),
    )
    return page.encode()
