"""Importing: a file that somebody captured becomes a manuscript folder, or several, with the record of how."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from samizdat import manuscript
from samizdat.cache import write_whole
from samizdat.config.ids import slug
from samizdat.importers.plain import ledger, reading
from samizdat.importers.plain import rules as rules_file
from samizdat.importers.plain.rules import Rules
from samizdat.model.book import Book
from samizdat.problems import Place, Rule, SamizdatError, Severity

NO_FILE = Rule(
    "I23",
    Severity.ERROR,
    "A file that cannot be read",
    "The file named to `samizdat import` is not there, is a folder, or may not be read by you. The path is taken from where you are.",
)
TAKEN = Rule(
    "I24",
    Severity.ERROR,
    "A manuscript must not be overwritten",
    "The folder for the manuscript holds something that was not made by an import. So that no work is lost, nothing was written.",
)
TOO_LARGE = Rule(
    "I25",
    Severity.ERROR,
    "A file that is too large",
    "A capture of more than 64 megabytes is no book. A long one has about one megabyte; what is larger is usually pictures or several"
    " libraries in one file.",
)
PDF = Rule(
    "I26",
    Severity.ERROR,
    "A PDF cannot be imported",
    "A PDF says where each letter stands on the page, not what is a heading, a note or a paragraph. Extract its text with a program for"
    " that, such as pdftotext with the option -layout, save it as a .txt file, and import that.",
)
RULES_FILE = "import-rules.toml"
"""Looked for in the target folder where no other file is named."""

_LARGEST = 64 << 20
_PLAIN = frozenset({".txt", ".text", ".asc", ".utf8", ""})


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written, and the figures of the proof."""

    folders: tuple[Path, ...]
    titles: tuple[str, ...]
    words: int
    kept: int
    left_out: int
    decisions: int


def import_file(path: Path, texts: Path, to: Path | None = None, rules: Path | None = None) -> Imported:
    """Read a capture and write its manuscripts: to the folder `to`, or to one named after author and title in `texts`."""
    data = _data(path)
    given = _rules(rules, to)
    result = reading.read(data, path.stem, given)
    target = to or texts / _slug(result.books[0], path)
    folders = []
    for number, book in enumerate(result.books, start=1):
        folder = target if number == 1 else target.with_name(f"{target.name}-{number}")
        _free(folder)
        files: Mapping[str, bytes] = manuscript.write(book)
        _write(folder, {**files, ledger.FILE: ledger.write(result, path.name, number).encode()})
        folders.append(folder)
    counted = result.account
    return Imported(
        tuple(folders),
        tuple(book.metadata.title for book in result.books),
        counted.captured,
        counted.kept,
        sum(counted.left_out.values()),
        len(result.decisions),
    )


def review(folder: Path, rules: Path | None = None) -> tuple[ledger.Doubt, ...]:
    """Return the decisions of an import, the most doubtful first."""
    path = folder / ledger.FILE
    if not path.is_file():
        raise SamizdatError(NO_FILE.problem(f"There is no {ledger.FILE} in “{folder.name}”.", Place(folder.name)))
    return ledger.doubts(path.read_text("utf-8"), _rules(rules, folder).accepted)


def _data(path: Path) -> bytes:
    if path.suffix.lower() == ".pdf":
        raise SamizdatError(PDF.problem(f"“{path.name}” is a PDF.", Place(path.name), "Extract the text first, then import the .txt file."))
    try:
        if path.stat().st_size > _LARGEST:
            raise SamizdatError(TOO_LARGE.problem(f"“{path.name}” has {path.stat().st_size >> 20} megabytes.", Place(path.name)))
        return path.read_bytes()
    except OSError as error:
        raise SamizdatError(NO_FILE.problem(f"“{path.name}” cannot be read.", Place(path.name))) from error


def _rules(rules: Path | None, to: Path | None) -> Rules:
    path = rules or (to / RULES_FILE if to else None)
    if path is None or (rules is None and not path.is_file()):
        return Rules()
    try:
        return rules_file.read(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise SamizdatError(NO_FILE.problem(f"The rules file “{path.name}” cannot be read.", Place(path.name))) from error


def _slug(book: Book, path: Path) -> str:
    author = book.metadata.authors[0].split()[-1] if book.metadata.authors else ""
    return slug(f"{author} {book.metadata.title}".strip()) or slug(PurePath(path.name).stem) or "imported"


def _free(folder: Path) -> None:
    """See that a folder is new, empty, or was made by an import."""
    if folder.exists() and any(folder.iterdir()) and not (folder / ledger.FILE).is_file() and {each.name for each in folder.iterdir()} != {RULES_FILE}:
        message = f"The folder “{folder.name}” is not empty and holds no {ledger.FILE}."
        raise SamizdatError(TAKEN.problem(message, Place(folder.name), "Name another folder with --to."))


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files; chapters of an import before that are no longer made are taken away."""
    for old in folder.glob("[0-9]*.md"):
        if old.name not in files:
            old.unlink()
    for name, data in files.items():
        write_whole(folder / name, data)
