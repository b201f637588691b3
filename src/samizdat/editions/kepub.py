"""The e-book for Kobo: the same EPUB with the marks by which a Kobo keeps a reader's place."""

from typing import ClassVar

from samizdat.editions.edition import Files, Press
from samizdat.editions.epub import Epub
from samizdat.formats.epub import package
from samizdat.formats.kepub import for_kobo
from samizdat.model.book import Book


class Kepub(Epub):
    """The e-book with a span round every sentence, as a Kobo wants it; copy it over by cable and keep its name."""

    suffix: ClassVar[str] = ".kepub.epub"
    title: ClassVar[str] = "E-book for Kobo"
    purpose: ClassVar[str] = "For a Kobo, by cable: the same e-book, which it then treats like the books from its own shop."
    rank: ClassVar[int] = 6

    def write(self, book: Book, press: Press) -> Files:
        """Put the spans into the e-book's pages and pack them."""
        return {f"{press.slug}{self.suffix}": package(for_kobo(self.publication(book, press)))}
