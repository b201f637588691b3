"""The pages of the library: the catalogue of all books, and a page for each with its files and which of them one needs."""

from collections.abc import Mapping, Sequence

from samizdat.formats import schema
from samizdat.library.languages import language_name
from samizdat.library.shelf import Shelved, house
from samizdat.render import Templates

_ROLES = {
    "author": "By",
    "editor": "Edited by",
    "translator": "Translated by",
    "illustrator": "Illustrated by",
    "foreword": "With a foreword by",
    "afterword": "With an afterword by",
    "contributor": "With contributions by",
}


def write(books: Sequence[Shelved], templates: Templates) -> Mapping[str, bytes]:
    """Make the catalogue and the page of each book."""
    press = ", ".join(house(books))
    names = {book.metadata.language: language_name(book.metadata.language) for book in books}
    catalogue = templates.page(
        "catalogue.xhtml.j2",
        books=books,
        press=press,
        names=names,
        languages=sorted(set(names.values())),
        subjects=sorted({subject for book in books for subject in book.metadata.subjects}, key=str.casefold),
    )
    return {
        "index.html": catalogue.encode(),
        **{
            f"{book.slug}/index.html": templates.page(
                "book.xhtml.j2",
                book=book,
                metadata=book.metadata,
                press=press,
                language=names[book.metadata.language],
                hands=[(_ROLES.get(role, _ROLES["contributor"]), people) for role, people in book.hands],
                facts=schema.book(book.metadata, book.address),
            ).encode()
            for book in books
        },
    }
