"""The pipeline: from books in a workspace to files in its build folder, told as events.

What is up to date is only looked at; the rest goes to the workers. The library of all books comes last.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

from samizdat import fonts, machine, manifest, profiles, stamp, workers
from samizdat.cache import Cache, fingerprint, sweep
from samizdat.events import Audit, Crashed, Event, Failed, Finished, Found, Inspection, Order, Read, Result, Started, told
from samizdat.problems import Rule, SamizdatError, Severity, nearest
from samizdat.workspace import Workspace, house_templates, trouble

NO_EDITION = Rule(
    "W09",
    Severity.ERROR,
    "No such edition",
    "An edition is what a book is made into: an e-book, a PDF for the printer. `samizdat list --editions` shows the names that "
    "`--edition` understands.",
)

_LARGEST_CACHE = 2_000_000_000
"""Bytes; what many versions of many books leave behind."""
CATALOGUE = "catalogue"
"""What the events call the page that lists all books; it belongs to no single one."""


def build(workspace: Workspace, books: Sequence[Path], editions: Sequence[str] = (), jobs: int | None = 0) -> Iterator[Event]:
    """Make the editions of the books (all where none is named), as far as they are not up to date."""
    _known(editions)
    program = machine.program()
    orders: list[Order] = []
    for folder in books:
        try:
            inputs = stamp.inputs(program, stamp.source(folder, workspace.build))
        except OSError as error:  # a file that may not be read, say: the fault of one book
            yield Started(folder.name, folder)
            yield Failed(folder.name, "", trouble(error))
            yield Finished(folder.name, 0.0)
            continue
        known = stamp.read(stamp.place(workspace.cache, folder.name))
        if known is None or known.inputs != inputs:
            orders.append(Order(folder, workspace.build, workspace.cache, tuple(editions), program, inputs))
            continue
        wanted = tuple(editions) or known.editions
        kept = tuple(result for name in wanted for result in known.whole(name, workspace.build))
        missing = tuple(name for name in wanted if name not in {result.edition for result in kept})
        if missing:
            orders.append(Order(folder, workspace.build, workspace.cache, missing, program, inputs, kept))
        else:
            yield from _replay(folder, known, kept)
    if orders:
        for problem in (*fonts.missing(), *profiles.missing()):
            yield Found("", problem)
    yield from workers.run(orders, jobs)
    yield from _library(workspace, program)
    if orders:
        Cache(workspace.cache).trim(_LARGEST_CACHE)
        sweep(workspace.build)


def _library(workspace: Workspace, program: str) -> Iterator[Event]:
    """Make the pages and feeds of all books whose results are in place, if anything in them has changed.

    A file that would not change is not written. Only the catalogue, where a reader begins, is told of.
    """
    stamps = stamp.read_all(workspace.cache)
    shelf = {
        slug: (
            known.about,
            known.source,
            tuple((result.edition, result.path, result.size, result.digest, result.facts) for result in in_place),
        )
        for slug, known in stamps.items()
        if known.about and Path(known.folder, "book.toml").is_file() and (in_place := known.in_place(workspace.build))
    }
    inputs = fingerprint(program, repr(shelf))
    path = workspace.cache / "catalogue.json"
    known = stamp.read(path)
    there = {result.path: result for result in known.in_place(workspace.build)} if known else {}
    if not shelf or (known is not None and known.inputs == inputs and len(there) == len(known.results)):
        return
    # imported here, where there is something to write: a build in which nothing changed does without the libraries it brings
    from samizdat import library  # noqa: PLC0415

    begun = perf_counter()
    books = [library.Shelved(slug, about, files) for slug, (about, _, files) in shelf.items()]
    files = dict(library.make(books, house_templates()))
    files[manifest.FILE] = manifest.write({slug: stamps[slug] for slug in shelf}, workspace.build)
    made: list[Result] = []
    for name, data in files.items():
        result = there.get(name)
        if result is None or result.digest != hashlib.sha256(data).hexdigest():
            result = Result.put(CATALOGUE, name, workspace.build, data, perf_counter() - begun)
        made.append(result)
    yield from told(made[:1], "", cached=False)
    stamp.write(path, stamp.Stamp("", inputs, (CATALOGUE,), results=tuple(made)))


def _known(names: Sequence[str]) -> None:
    """Refuse names of editions that do not exist, before any work is begun."""
    if not names:
        return
    # imported here, where editions are named: a plain build in which nothing changed does without the libraries it brings
    from samizdat.editions import found  # noqa: PLC0415

    editions = found()
    for name in names:
        if name not in editions:
            hint = nearest(name, editions) or f"The editions are {', '.join(editions)}."
            raise SamizdatError(NO_EDITION.problem(f"There is no edition “{name}”.", hint=hint))


def _replay(folder: Path, known: stamp.Stamp, kept: Iterable[Result]) -> Iterator[Event]:
    """Tell again what was made before, as nothing has changed."""
    slug = folder.name
    yield Started(slug, folder)
    for problem in known.problems:
        yield Found(slug, problem)
    yield Read(slug, 0.0, tuple(dict.fromkeys(result.edition for result in kept)))
    yield from told(kept, slug, cached=True)
    yield Finished(slug, 0.0)


def check(workspace: Workspace, books: Sequence[Path], jobs: int | None = 0) -> Iterator[Event]:
    """Build what is not up to date, then check every file that was made against the rules of its format."""
    unmade: set[str] = set()
    for event in build(workspace, books, jobs=jobs):
        if isinstance(event, Failed | Crashed) and not event.edition:
            unmade.add(event.book)
        yield event
    stamps = stamp.read_all(workspace.cache)
    inspections = [
        Inspection(folder, workspace.build, tuple(result.path for result in stamps[folder.name].results))
        for folder in books
        if folder.name in stamps and folder.name not in unmade
    ]
    yield from workers.run(inspections, jobs)


def ledger(workspace: Workspace, books: Sequence[Path], jobs: int | None = 0) -> Iterator[Event]:
    """Build what is not up to date, then lay the words of every finished file beside the book's."""
    yield from build(workspace, books, jobs=jobs)
    stamps = stamp.read_all(workspace.cache)
    program = machine.program()
    audits = [
        Audit(folder, workspace.build, workspace.cache, program, stamps[folder.name].results)
        for folder in books
        if folder.name in stamps
    ]
    yield from workers.run(audits, jobs)
