"""What search engines and programs that show previews are told of a book: JSON-LD in the words of schema.org.

Sources: schema.org, "Book" and "Chapter"; "JSON-LD 1.1", section 7, for data inside a page.
"""

import json
import re
from collections.abc import Mapping, Sequence

from samizdat.model.book import Metadata

_CONTEXT = {"@context": "https://schema.org"}


def book(metadata: Metadata, address: str = "", chapters: Sequence[tuple[str, str]] = ()) -> str:
    """Describe a book; `chapters` are titles and addresses. The text may stand in a page as it is."""
    parts = [_known({"@type": "Chapter", "name": title, "url": url}) for title, url in chapters]
    facts = {
        "alternativeHeadline": metadata.subtitle,
        "editor": _people(metadata, "editor"),
        "translator": _people(metadata, "translator"),
        "illustrator": _people(metadata, "illustrator"),
        "datePublished": metadata.date.isoformat() if metadata.dated else None,
        "publisher": {"@type": "Organization", "name": metadata.publisher} if metadata.publisher else None,
        "isbn": metadata.isbn,
        "bookEdition": metadata.edition,
        "description": metadata.description,
        "keywords": list(metadata.subjects),
        "isAccessibleForFree": True,
        "hasPart": parts,
    }
    return _script({**_CONTEXT, **_book(metadata, address), **facts})


def chapter(metadata: Metadata, title: str, position: int, address: str = "", book_address: str = "") -> str:
    """Describe a chapter, the `position`-th page of its book."""
    facts = {"name": title, "url": address, "position": position, "inLanguage": metadata.language}
    return _script({**_CONTEXT, "@type": "Chapter", **facts, "isPartOf": _known(_book(metadata, book_address))})


def _book(metadata: Metadata, address: str) -> dict[str, object]:
    names = {"name": metadata.title, "author": _people(metadata, "author"), "inLanguage": metadata.language}
    return {"@type": "Book", **names, "url": address}


def _people(metadata: Metadata, role: str) -> list[dict[str, str]]:
    return [{"@type": "Person", "name": name} for name in metadata.by_role(role)]


def _known(facts: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in facts.items() if value}


def _script(facts: Mapping[str, object]) -> str:
    text = json.dumps(_known(facts), ensure_ascii=False)
    return re.sub("[<>&]", lambda match: f"\\u{ord(match[0]):04x}", text)
