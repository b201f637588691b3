"""Importing: a file that somebody captured becomes a manuscript folder, or several, with the record of how."""

import hashlib
import pkgutil
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib import import_module
from itertools import count
from pathlib import Path, PurePath

from samizdat import importers, manuscript
from samizdat.cache import write_whole
from samizdat.config.ids import slug
from samizdat.importers import bounded, chain
from samizdat.importers.documents import TypedPage, read_document, record, unpacked
from samizdat.importers.documents.proof import LOST
from samizdat.importers.documents.refusals import in_folder
from samizdat.importers.plain import ledger, reading
from samizdat.importers.plain import rules as rules_file
from samizdat.importers.plain.language import detect
from samizdat.importers.plain.proof import Account, words
from samizdat.importers.plain.record import Decisions, Lines
from samizdat.importers.plain.rules import Rules
from samizdat.model.book import UNDATED, Book, direction
from samizdat.model.walk import plain_text
from samizdat.problems import Place, Problem, Rule, SamizdatError, Severity

NO_FILE = Rule(
    "I23",
    Severity.ERROR,
    "A file that cannot be read",
    "The file named to `samizdat import` is not there, is a folder without an unpacked e-book in it, or may not be read by you."
    " Its path is taken from where you are.",
)
TAKEN = Rule(
    "I24",
    Severity.ERROR,
    "A manuscript must not be overwritten",
    "The folder for the manuscript holds something that was not made by an import, or was made of another file, or was changed"
    " since. So that no work is lost, nothing was written.",
)
TOO_LARGE = Rule(
    "I25",
    Severity.ERROR,
    "A file that is too large",
    "A raw text of more than 16 megabytes is no book. A long one has about one megabyte; what is larger is usually a whole"
    " library in one file.",
)
LEFT_OVER = Rule(
    "I65",
    Severity.WARNING,
    "A work of an import before",
    "An import before this one found more works in the same capture, and wrote a folder for each. The folder named here is one"
    " that is no longer written, and would be built as a book all the same. Throw it away, if you do not want it.",
)
RULES_FILE = "import-rules.toml"
"""Looked for in the folder to be written, where no other file is named."""

_LARGEST = 16 << 20
DAMAGED = Rule(
    "W15",
    Severity.ERROR,
    "A record of an import that is none",
    "`import.toml` is written by an import and tells what it decided. Somebody, or a failing disk, has changed it, and it"
    " tells nothing any more. The manuscript beside it is not touched by that.",
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written, and the figures of the proof."""

    folders: tuple[Path, ...]
    titles: tuple[str, ...]
    decisions: int
    account: Account
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    books: tuple[Book, ...]
    origin: ledger.Origin
    decisions: Decisions
    account: Account
    lines: Lines
    problems: tuple[Problem, ...] = ()


def import_file(path: Path, texts: Path, to: Path | None = None, rules: Path | None = None) -> Imported:
    """Read a capture and write its manuscripts: to the folder `to`, or to one named after author and title in `texts`.

    The rules are those of the file named, or else those that lie in the folder to be written. Which folder that is may only be
    known once the capture has been read; then it is read a second time.
    """
    path = path.resolve() if path.is_dir() else path
    read = _read(path, _rules(rules or _beside(to)))
    target = to or texts / _slug(read.books[0], path)
    if not (rules or to) and (found := _beside(target)):
        read = _read(path, _rules(found))
    folders = [target, *(target.with_name(f"{target.name}-{number}") for number in range(2, len(read.books) + 1))]
    for folder in folders:
        _free(folder, path.name if folder != to else "")
    for number, (folder, book) in enumerate(zip(folders, read.books, strict=True), start=1):
        origin = replace(read.origin, work=number, works=len(read.books))
        told = ledger.write(origin, read.account, read.decisions)
        _write(folder, {**manuscript.write(book), ledger.FILE: told.encode()})
    titles = tuple(book.metadata.title for book in read.books)
    problems = (*read.problems, *_left_over(target, len(folders), read.origin))
    return Imported(tuple(folders), titles, len(read.decisions), read.account, problems)


def review(folder: Path, rules: Path | None = None) -> tuple[ledger.Doubt, ...]:
    """Return the decisions of an import that nobody has accepted, the most doubtful first."""
    path = folder / ledger.FILE
    if not path.is_file():
        raise SamizdatError(NO_FILE.problem(f"There is no {ledger.FILE} in “{folder.name}”.", Place(folder.name)))
    accepted = _rules(rules or _beside(first_of(folder))).accepted
    try:
        return ledger.doubts(path.read_text("utf-8"), accepted)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        hint = "Bring the copy back that you keep, or import the capture once more."
        raise SamizdatError(DAMAGED.problem("The record of the import cannot be read.", Place(ledger.FILE), hint)) from error


def first_of(folder: Path) -> Path:
    """Return the folder of the first work of a capture, where its rules lie, by the folder of any."""
    record = chain.capture(folder)
    suffix = f"-{record.work}" if record and record.work > 1 else ""
    return folder.with_name(folder.name.removesuffix(suffix)) if suffix and folder.name.endswith(suffix) else folder


def numbered(path: Path) -> Lines:
    """Return the lines of a capture by whose numbers the ledger and a rules file name its places."""
    return _read(path, Rules()).lines


@cache
def rules_of(package: str = "") -> Mapping[str, Rule]:
    """Return the rules by which an import decides, by their codes; those of one package of importers, or all."""
    found: dict[str, Rule] = {}
    for module in pkgutil.walk_packages(importers.__path__, f"{importers.__name__}."):
        if package in module.name:
            values = vars(import_module(module.name)).values()
            found.update((value.code, value) for value in values if isinstance(value, Rule) and value.severity is Severity.ADVICE)
    return dict(sorted(found.items()))


def _read(path: Path, rules: Rules) -> _Read:
    """Read a file, whatever it is, and see that all that the rules file says was heeded."""
    if path.is_dir() and unpacked.root(path) is None:
        raise SamizdatError(NO_FILE.problem(f"“{path.name}” is a folder.", Place(path.name), in_folder(path.name)))
    if not (path.is_file() or path.is_dir()):
        raise SamizdatError(NO_FILE.problem(f"There is no file “{path.name}”.", Place(path.name)))
    read = _document(path, rules)
    package, firm = ".documents.", record.FIRM
    if read is None:
        read, package, firm = _capture(path, rules), ".plain.", reading.FIRM
    last = read.lines[-1].number if read.lines else 0
    unheeded = rules.unheeded(read.decisions, frozenset(rules_of(package)), firm, last)
    told = {problem.place for problem in read.problems}
    return replace(read, problems=(*(problem for problem in unheeded if problem.place not in told), *read.problems))


def _document(path: Path, rules: Rules) -> _Read | None:
    """Read what pandoc reads, an e-book or a web page; None says that it is raw text."""
    document = read_document(path, rules)
    if document is None:
        return None
    if isinstance(document, TypedPage):
        return _framed(path, document, rules)
    book, confidence = _settled(document.book, document.date)
    digest = hashlib.sha256(unpacked.content(path)).hexdigest()
    origin = ledger.Origin(path.name, digest, language=book.metadata.language, confidence=confidence)
    return _Read((book,), origin, document.decisions, document.account, document.lines, document.problems)


def _settled(book: Book, stated: str) -> tuple[Book, float]:
    """Give a document what a manuscript cannot do without: a language, told from its words, and a date that files can bear.

    A date that lies before those, as it was `stated`, becomes part of the source.
    """
    metadata, confidence = book.metadata, 1.0
    if not metadata.language:
        language, confidence = detect(plain_text(section) for section in book.sections)
        metadata = replace(metadata, language=language or "und", direction=direction(language))
    if metadata.date < UNDATED:
        metadata = replace(metadata, date=UNDATED, source=", ".join(part for part in (metadata.source, stated) if part))
    return replace(book, metadata=metadata), confidence


def _capture(path: Path, rules: Rules) -> _Read:
    """Read raw text, in a process of its own: a text from elsewhere may be made to do harm as well as a document."""
    try:
        if path.stat().st_size > _LARGEST:
            raise SamizdatError(TOO_LARGE.problem(f"“{path.name}” has {path.stat().st_size >> 20} megabytes.", Place(path.name)))
        data = path.read_bytes()
    except OSError as error:
        raise SamizdatError(NO_FILE.problem(f"“{path.name}” cannot be read.", Place(path.name))) from error
    return _text(path, data, rules, hashlib.sha256(data).hexdigest())


def _text(path: Path, data: bytes, rules: Rules, digest: str) -> _Read:
    read = bounded.run(partial(reading.read, data, path.stem), rules, reading.budget(len(data)), path.name)
    origin = ledger.Origin(path.name, digest, read.encoding, read.study.language, read.study.language_confidence)
    problems = tuple(replace(problem, place=Place(path.name)) for problem in read.problems)
    return _Read(read.books, origin, read.decisions, read.account, read.lines, problems)


def _framed(path: Path, page: TypedPage, rules: Rules) -> _Read:
    """Read the text in a page that is only its frame; the words of the frame are in the record."""
    read = _text(path, page.text.encode(), rules, hashlib.sha256(path.read_bytes()).hexdigest())
    decision, left = page.decision, len(words(page.around))
    counted = replace(
        read.account,
        captured=read.account.captured + left,
        left_out={**read.account.left_out, decision.rule: left},
    )
    return replace(read, decisions=(decision, *read.decisions), account=counted)


def _beside(folder: Path | None) -> Path | None:
    """Return the rules file in a folder, if there is one."""
    path = folder / RULES_FILE if folder else None
    return path if path and path.is_file() else None


def _rules(path: Path | None) -> Rules:
    if path is None:
        return Rules()
    try:
        return rules_file.read(path.read_text("utf-8-sig"), path.name, {*rules_of(), LOST.code})
    except (OSError, UnicodeDecodeError) as error:
        raise SamizdatError(NO_FILE.problem(f"The rules file “{path.name}” cannot be read.", Place(path.name))) from error


def _slug(book: Book, path: Path) -> str:
    author = book.metadata.authors[0].split()[-1] if book.metadata.authors else ""
    return slug(f"{author} {book.metadata.title}".strip()) or slug(PurePath(path.name).stem) or "imported"


def _left_over(target: Path, works: int, origin: ledger.Origin) -> Iterator[Problem]:
    """Yield what an import before made of further works in this capture, of which there are fewer now."""
    for number in count(works + 1):
        folder = target.with_name(f"{target.name}-{number}")
        before = chain.capture(folder)
        if before is None or (before.file, before.sha256, before.work) != (origin.file, origin.sha256, number):
            return
        message = f"“{folder.name}” was written when {before.works} works were found in this capture."
        yield LEFT_OVER.problem(message, Place(folder.name), "Throw it away, if you do not want it.")


def _free(folder: Path, file: str) -> None:
    """See that a folder is new, empty, or was made by an import: of this `file`, unless that is empty."""
    names = {each.name for each in folder.iterdir()} if folder.is_dir() else set()
    if folder.exists() and names - {RULES_FILE} and ledger.FILE not in names:
        message = f"“{folder.name}” is there already and holds no {ledger.FILE}."
        raise SamizdatError(TAKEN.problem(message, Place(folder.name), "Name another folder with --to."))
    if ledger.FILE in names:
        before = chain.capture(folder)
        if before and file and before.file != file:
            message = f"“{folder.name}” holds what was made of another file, “{before.file}”."
            raise SamizdatError(TAKEN.problem(message, Place(folder.name), "Name another folder with --to."))
        imported = (folder / ledger.FILE).stat().st_mtime_ns
        changed = sorted(name for name in names if _is_manuscript(name) and (folder / name).stat().st_mtime_ns > imported)
        if changed:
            message = f"In “{folder.name}” these have been changed since it was imported: {', '.join(changed)}."
            hint = "Name another folder with --to, and take over what you changed; or delete these files, and import again."
            raise SamizdatError(TAKEN.problem(message, Place(folder.name), hint))


def _is_manuscript(name: str) -> bool:
    return name.endswith((".md", ".toml")) and name not in {RULES_FILE, ledger.FILE}


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a manuscript in its place: all is written beside it first, so that a full disk or an end in the middle spoils nothing.

    In a folder that is there already the record comes first and is the youngest, so that an import which was ended while its
    files were moved is no manuscript that somebody has changed, and can be run again. Chapters that are no longer made go.
    """
    target = folder.resolve()
    draft = target.with_name(f".{target.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        for name in sorted(files, key=ledger.FILE.__eq__):
            write_whole(draft / name, files[name])
        if not target.exists():
            draft.rename(target)
            return
        for name in sorted(files, key=ledger.FILE.__ne__):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (draft / name).replace(target / name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for old in target.glob("[0-9]*.md"):
        if old.name not in files:
            old.unlink()
