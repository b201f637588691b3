"""The workspace: where texts, templates and results lie.

A workspace is a folder with `texts/` in it, one folder for each book; results go into `build/` beside it. A book may also lie
elsewhere and be named by its path. Here a book is simply its folder, and its short name (slug) the folder's name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from samizdat.formats.portable import is_device
from samizdat.problems import Place, Problem, Rule, SamizdatError, Severity, nearest

NO_TEXTS = Rule(
    "W01",
    Severity.ERROR,
    "No texts folder",
    "Samizdat looks for a folder called `texts` in the current folder and in those above it; each book is a folder inside. "
    "There was none. Go to the folder that holds it, name it with `--workspace`, or begin a first book with `samizdat new`.",
)
NO_BOOK = Rule(
    "W02",
    Severity.ERROR,
    "No such book",
    "A book is named by its folder in `texts`, for example `handbook`, or by a path to its folder. "
    "`samizdat list` shows the books there are.",
)
NO_BOOK_TOML = Rule(
    "W03",
    Severity.ERROR,
    "Not a book's folder",
    "The folder has no `book.toml`, the file that gives a book's title, language and order of chapters. "
    "`samizdat new` makes one; the handbook has a chapter on it.",
)
BAD_SLUG = Rule(
    "W04",
    Severity.ERROR,
    "A folder name that cannot serve",
    "A book's folder gives its short name, which becomes part of file names and web addresses. So that it works everywhere it is "
    "made of small letters a to z, digits and single hyphens, begins with a letter or a digit, and has at most 80 characters. "
    "Names that Windows keeps for devices, such as con and aux, cannot serve either.",
)
SAME_SLUG = Rule(
    "W05",
    Severity.ERROR,
    "Two books of one name",
    "Results lie in `build/` under the name of the book's folder. Two folders of the same name would overwrite each other's; "
    "build them one at a time, or rename one.",
)
MACHINE_TROUBLE = Rule(
    "W06",
    Severity.ERROR,
    "A file could not be read or written",
    "The machine refused to read or write a file: it may be write-protected, belong to somebody else, have vanished meanwhile, "
    "or the disk may be full. The message names the file and the reason that the machine gave.",
)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder that holds `texts/` and `build/`."""

    root: Path

    @property
    def texts(self) -> Path:
        """Where the books lie."""
        return self.root / "texts"

    @property
    def build(self) -> Path:
        """Where results go."""
        return self.root / "build"

    @property
    def cache(self) -> Path:
        """Where the program keeps what it need not make twice. May be deleted at any time."""
        return self.build / ".cache"

    def books(self) -> tuple[Path, ...]:
        """Return the folders of all books in `texts/`, by name."""
        if not self.texts.is_dir():
            raise SamizdatError(
                NO_TEXTS.problem(
                    "There is no folder called texts here or in any folder above.",
                    hint="Go to your workspace, name it with --workspace, or begin a book: samizdat new my-book",
                )
            )
        return tuple(sorted(path.parent for path in self.texts.glob("[!.]*/book.toml")))

    def choose(self, names: Iterable[str], here: Path) -> tuple[Path, ...]:
        """Return the folders of the books named by slug or by path from `here`, each once; all books where none is named."""
        chosen = dict.fromkeys(self._book(name, here) for name in names) or dict.fromkeys(self.books())
        if not chosen:
            raise SamizdatError(NO_TEXTS.problem("There is no book in texts yet.", hint="Begin one: samizdat new my-book"))
        slugs: dict[str, Path] = {}
        for folder in chosen:
            if folder.name in slugs:
                raise SamizdatError(
                    SAME_SLUG.problem(
                        f"Two books are called “{folder.name}”: {slugs[folder.name]} and {folder}.",
                        hint="Build them one at a time, or rename one of the folders.",
                    )
                )
            slugs[folder.name] = folder
        return tuple(chosen)

    def _book(self, name: str, here: Path) -> Path:
        in_texts = self.texts / name
        if "/" not in name and (in_texts / "book.toml").is_file():
            return in_texts
        elsewhere = (here / name).resolve()
        if (elsewhere / "book.toml").is_file():
            return elsewhere
        if elsewhere.is_dir() or in_texts.is_dir():
            raise SamizdatError(
                NO_BOOK_TOML.problem(
                    f"The folder “{name}” has no book.toml, so it is not a book.",
                    Place(f"{name}/book.toml"),
                    "Check the name, or begin a new book with: samizdat new",
                )
            )
        slugs = [folder.name for folder in self.books()] if self.texts.is_dir() else []
        hint = nearest(name, slugs) or f"The books here: {', '.join(slugs) or 'none yet'}."
        raise SamizdatError(NO_BOOK.problem(f"There is no book called “{name}”.", hint=hint))


def find(start: Path) -> Workspace:
    """Return the workspace that `start` lies in; where no folder upwards has texts, `start` itself."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "texts").is_dir():
            return Workspace(folder)
    return Workspace(start)


def check_slug(slug: str) -> None:
    """Refuse a short name that would make trouble in file names and web addresses."""
    if not _SLUG.fullmatch(slug) or len(slug) > _LONGEST_SLUG:
        suggestion = re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-")[:_LONGEST_SLUG].strip("-") or "my-book"
        raise SamizdatError(
            BAD_SLUG.problem(
                f"“{slug}” cannot be the short name of a book: only small letters a to z, digits and hyphens.",
                hint=f"For example: {suggestion}",
            )
        )
    if is_device(slug):
        message = f"“{slug}” cannot be the short name of a book: Windows takes files of that name for a device."
        raise SamizdatError(BAD_SLUG.problem(message, hint=f"For example: the-{slug}"))


def house_templates() -> Path:
    """Return the folder of the house templates: inside the installed package, or beside the sources in a checkout."""
    package = Path(__file__).parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parents[1] / "templates"


def template_folders(folder: Path) -> tuple[Path, ...]:
    """Return the template folders of a book, its own before the house's. Its own must really lie in the book's folder."""
    own = folder / "templates"
    there = own.is_dir() and own.resolve().is_relative_to(folder.resolve())
    return (own, house_templates()) if there else (house_templates(),)


def trouble(error: OSError) -> Problem:
    """Put into words what the machine refused to do."""
    return MACHINE_TROUBLE.problem(
        f"The machine would not read or write a file: {error.strerror or error}.",
        Place(str(error.filename or "")),
        "Check that the disk is not full and that the file and its folder belong to you.",
    )
