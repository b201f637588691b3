"""The catalogue: one page with every book, its cover and its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from samizdat.editions import found
from samizdat.model.book import direction
from samizdat.render import Templates, layers

_PICTURES = (".jpg", ".png")


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download: what it is for, its address from the catalogue, its kind, its size in bytes."""

    title: str
    href: str
    kind: str
    size: int
    rank: int

    @property
    def spoken_size(self) -> str:
        """The size as people say it: "120 kB", "1.4 MB"."""
        return f"{self.size / 1e6:.1f} MB" if self.size >= 1e6 else f"{max(1, round(self.size / 1e3))} kB"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A book as the catalogue shows it. `files` are (edition, path below the build folder, size in bytes)."""

    slug: str
    title: str
    language: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    files: tuple[tuple[str, str, int], ...] = ()

    @property
    def direction(self) -> str:
        """The direction of the book's script."""
        return direction(self.language)

    @property
    def cover(self) -> str:
        """The address of the cover, empty where there is none."""
        return next((quote(path) for _, path, _ in self.files if path.endswith(_PICTURES)), "")

    @property
    def downloads(self) -> tuple[Download, ...]:
        """The files to download, the most wanted first."""
        editions = found()
        downloads = [
            Download(
                editions[edition].title, quote(path), Path(path).suffix.removeprefix(".").upper(), size, editions[edition].rank
            )
            for edition, path, size in self.files
            if edition in editions and not path.endswith(_PICTURES)
        ]
        return tuple(sorted(downloads, key=lambda download: (download.rank, download.href)))


def write(shelf: Sequence[Shelved], templates: Path) -> Mapping[str, bytes]:
    """Make the catalogue's files; books stand by title."""
    books = sorted(shelf, key=lambda book: (book.title.casefold(), book.slug))
    page = Templates(layers([templates], "library", "styles")).page("catalogue.xhtml.j2", books=books)
    return {"index.html": page.encode()}
