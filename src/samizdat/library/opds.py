"""OPDS 2.0: the catalogue as JSON, for the e-readers of today.

Sources: "OPDS 2.0", section 2; "Readium Web Publication Manifest", default context.
"""

import json
from collections.abc import Sequence

from samizdat.library.shelf import Shelved, house, updated
from samizdat.model.book import Metadata

MEDIA_TYPE = "application/opds+json"

_ROLES = {"author": "author", "editor": "editor", "translator": "translator", "illustrator": "illustrator"}
"""Roles of book.toml that the manifest has a word for; everyone else is a contributor."""


def feed(books: Sequence[Shelved]) -> bytes:
    """Return the feed of all books."""
    value = {
        "metadata": {"title": ", ".join(house(books)) or "Catalogue", "modified": updated(books), "numberOfItems": len(books)},
        "links": [
            {"rel": "self", "href": "opds.json", "type": MEDIA_TYPE},
            {"rel": "alternate", "href": "index.html", "type": "text/html"},
        ],
        "publications": [_publication(book) for book in books],
    }
    # without a “<” it is no page, whatever a server says it were and a title holds
    return (json.dumps(value, ensure_ascii=False, indent=1).replace("<", r"\u003c") + "\n").encode()


def _publication(book: Shelved) -> dict[str, object]:
    files = [
        {
            "rel": "http://opds-spec.org/acquisition/open-access",
            "href": file.href,
            "type": file.media_type,
            "title": file.title,
            "size": file.size,
        }
        for file in book.downloads
    ]
    page = {"rel": "alternate", "href": f"{book.slug}/index.html", "type": "text/html"}
    publication: dict[str, object] = {"metadata": _metadata(book.metadata, book), "links": [*files, page]}
    if book.cover:
        pictures = {book.cover: book.cover_type, book.thumbnail: book.thumbnail_type}
        publication["images"] = [{"href": href, "type": kind} for href, kind in pictures.items()]
    return publication


def _metadata(metadata: Metadata, book: Shelved) -> dict[str, object]:
    """Write down what is known; what is not stays unsaid."""
    series = metadata.series
    known: dict[str, object] = {
        "@type": "http://schema.org/Book",
        "identifier": book.identity,
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        **_people(metadata),
        "language": metadata.language,
        "modified": book.updated,
        "published": metadata.date.isoformat(),
        "publisher": metadata.publisher,
        "description": metadata.description,
        "subject": list(metadata.subjects),
        "readingProgression": metadata.direction,
    }
    if series is not None and series.name:
        place = {} if series.number is None else {"position": series.number}
        known["belongsTo"] = {"series": {"name": series.name, **place}}
    return {key: value for key, value in known.items() if value}


def _people(metadata: Metadata) -> dict[str, list[dict[str, str]]]:
    people: dict[str, list[dict[str, str]]] = {}
    for person in metadata.people:
        name = {"name": person.name, **({"sortAs": person.sort} if person.sort else {})}
        people.setdefault(_ROLES.get(person.role, "contributor"), []).append(name)
    return people
