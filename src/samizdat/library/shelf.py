"""A book on the shelf: what is known of it, and the files it can be had in."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from samizdat.editions import found
from samizdat.model.book import Metadata

_COVERS = ("-cover.jpg", "-cover.png")
_THUMBNAIL = "-thumbnail.jpg"
_PICTURES = (*_COVERS, _THUMBNAIL)
"""Ends of the names of pictures that shelves show, and that are no downloads."""

_MEDIA_TYPES = {
    ".epub": "application/epub+zip",
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".txt": "text/plain",
    ".zip": "application/zip",
}
"""Media types by the end of a file's name; the machine's own table differs from one to the next."""


def media_type(path: str) -> str:
    """Return the media type of a file by its name."""
    # two kinds of EPUB beside each other under one type would look like one file twice to a program that fetches books
    if path.endswith(".kepub.epub"):
        return "application/kepub+zip"
    return _MEDIA_TYPES.get(PurePath(path).suffix, "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download: what it is, whom it serves, its path below the build folder, its size in bytes, its facts."""

    title: str
    purpose: str
    path: str
    size: int
    rank: int
    facts: str = ""

    @property
    def href(self) -> str:
        """Its address from the catalogue."""
        return quote(self.path)

    @property
    def name(self) -> str:
        """Its address from the page of its book."""
        return quote(self.path.partition("/")[2])

    @property
    def kind(self) -> str:
        """The end of its name in capitals: "EPUB"."""
        return PurePath(self.path).suffix.removeprefix(".").upper()

    @property
    def media_type(self) -> str:
        """Its media type."""
        return media_type(self.path)

    @property
    def spoken_size(self) -> str:
        """The size as people say it: "120 kB", "1.4 MB"."""
        return f"{self.size / 1e6:.1f} MB" if self.size >= 1e6 else f"{max(1, round(self.size / 1e3))} kB"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A book and its files. `files` are (edition, path below the build folder, size in bytes, SHA-256, facts)."""

    slug: str
    metadata: Metadata
    files: tuple[tuple[str, str, int, str, str], ...] = ()

    @property
    def cover(self) -> str:
        """The address of the cover from the catalogue, empty where there is none."""
        return self._picture(*_COVERS)

    @property
    def cover_type(self) -> str:
        """The media type of the cover."""
        return media_type(self.cover)

    @property
    def thumbnail(self) -> str:
        """The address of the small copy of the cover, or of the cover itself where there is none."""
        return self._picture(_THUMBNAIL) or self.cover

    @property
    def thumbnail_type(self) -> str:
        """The media type of the thumbnail."""
        return media_type(self.thumbnail)

    def _picture(self, *ends: str) -> str:
        return next((quote(path) for _, path, *_ in self.files if path.endswith(ends)), "")

    @property
    def downloads(self) -> tuple[Download, ...]:
        """The files to download, the most wanted first."""
        editions = found()
        downloads = [
            Download(editions[edition].title, editions[edition].purpose, path, size, editions[edition].rank, facts)
            for edition, path, size, _, facts in self.files
            if edition in editions and not editions[edition].folder and not path.endswith(_PICTURES)
        ]
        return tuple(sorted(downloads, key=lambda download: (download.rank, download.path)))

    @property
    def online(self) -> str:
        """The address, from the catalogue, of the page at which to begin reading in the browser; empty where there is none."""
        editions = found()
        return next((quote(path) for edition, path, *_ in self.files if edition in editions and editions[edition].folder), "")

    @property
    def address(self) -> str:
        """The address of its page on the web, where book.toml says where the library is put online."""
        return f"{self.metadata.address}{self.slug}/index.html" if self.metadata.address else ""

    @property
    def hands(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Everyone who had a hand in the book, by role; roles in the order of book.toml."""
        return tuple(
            (role, self.metadata.by_role(role)) for role in dict.fromkeys(person.role for person in self.metadata.people)
        )

    @property
    def creators(self) -> tuple[str, ...]:
        """Those under whom the book is catalogued: its authors, else its editors, else its publisher."""
        metadata = self.metadata
        return metadata.authors or metadata.by_role("editor") or ((metadata.publisher,) if metadata.publisher else ("Anonymous",))

    @property
    def identity(self) -> str:
        """The identifier as feeds want it: a URI, made from the identifier where that is none."""
        name = self.metadata.identifier
        return name if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+", name) else derived(name)

    @property
    def updated(self) -> str:
        """The date of the edition as a point of time."""
        return f"{self.metadata.date.isoformat()}T00:00:00Z"

    @property
    def release(self) -> str:
        """A name for this very edition: another date is another release."""
        return derived(self.metadata.identifier, self.metadata.date.isoformat())


def derived(*parts: str) -> str:
    """Return a URI made from other names, the same every time."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, ' '.join(parts))}"


def house(books: Sequence[Shelved]) -> tuple[str, ...]:
    """Return the publishers of the books, by name."""
    return tuple(sorted({book.metadata.publisher for book in books} - {""}))


def updated(books: Sequence[Shelved]) -> str:
    """Return when the youngest edition came out."""
    return max(book.updated for book in books)
