"""The fingerprint of a book: a short digest of all its words in their order, and of nothing else."""

import hashlib

from samizdat.importers.plain import proof
from samizdat.model.book import Book

_SHORT = 16
"""How many digits of the digest are shown: sixteen hold 64 bits, which nobody meets twice by chance."""


def words(book: Book) -> tuple[str, ...]:
    """Return the words of a book as it was read, in the order of its files, notes after the section that calls them."""
    return tuple(proof.spoken(book.sections))


def fingerprint(words: tuple[str, ...]) -> str:
    """Return a short digest of words and their order, in four groups; punctuation, looks and metadata have no part in it."""
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()[:_SHORT]
    return " ".join(digest[at : at + 4] for at in range(0, _SHORT, 4))
