"""Making one book: read it, check the manuscript, write each edition. What workers do.

A fault in one book ends that book and a fault in one edition that edition; the others go on.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from functools import cache, partial, reduce
from pathlib import PurePath
from time import perf_counter

from samizdat import config, editions, stamp
from samizdat.cache import Cache
from samizdat.checks import finished, manuscript
from samizdat.checks.ledger import accounts
from samizdat.config import BookConfig
from samizdat.editions.edition import Edition, Files, Notes, Press, prepare
from samizdat.editions.page_numbers import PageList
from samizdat.events import (
    Audit,
    Counted,
    Crashed,
    Event,
    Failed,
    Finished,
    Found,
    Inspection,
    Order,
    Read,
    Result,
    Started,
    Traced,
    told,
)
from samizdat.importers import chain, read_book
from samizdat.importers.fingerprint import fingerprint, words
from samizdat.model.book import Book
from samizdat.problems import Problem, Rule, SamizdatError, Severity
from samizdat.workspace import check_slug, template_folders, trouble

TOO_MUCH = Rule(
    "W41",
    Severity.ERROR,
    "A book that takes too much memory",
    "Each book has a limit of memory, which grows with the size of its folder and is many times what such books take. This"
    " one asked for more: a drawing or a table without end, or a template of its own that writes without end, can do this.",
)
_SEARCH = (
    "Look for what is unusual in it: its templates, a drawing, a chapter or a table without end. Take things out to find it."
)
CHANGED = Rule(
    "W44",
    Severity.ERROR,
    "A book that changed while it was made",
    "Something in the book's folder was saved while the book was being made. What came of it may be half of before and half of"
    " after, so it is not put in place; the last good edition stays, if there is one. Build again when everything is saved.",
)
UNNUMBERED = Rule(
    "E61",
    Severity.WARNING,
    "An edition lacks the page numbers of the printed one",
    "The e-book and the web page bear marks where the pages of the printed edition begin. Here those pages could not be set, so "
    "the marks are left out; the words are all there. Mend what is wrong with the printed edition, or say in book.toml, under "
    "[pagination], that there shall be none.",
)

Placed = Callable[[Iterable[Problem]], Iterator[Problem]]


def perform(order: Order | Inspection | Audit) -> Iterator[Event]:
    """Carry out an order to its end, whatever happens; the last event is always `Finished`."""
    begun = perf_counter()
    yield Started(order.slug, order.folder if isinstance(order, Order) else order.build / order.slug)
    yield from _guarded(order.slug, "", _work(order), iter)
    yield Finished(order.slug, round(perf_counter() - begun, 3))


def _work(order: Order | Inspection | Audit) -> Iterator[Event]:
    match order:
        case Order():
            return _make(order)
        case Inspection():
            return _inspect(order)
        case Audit():
            return _audit(order)


def _guarded(slug: str, edition: str, work: Iterator[Event], placed: Placed) -> Iterator[Event]:
    """Pass the events of some work on; what it raises becomes an event too, with the places of problems looked up."""
    try:
        yield from work
    except SamizdatError as error:
        for problem in placed(error.problems):
            yield Failed(slug, edition, problem)
    except OSError as error:
        yield Failed(slug, edition, trouble(error))
    except MemoryError:
        yield Failed(slug, edition, TOO_MUCH.problem("This book needs more memory than books of its size do.", hint=_SEARCH))
    except Exception:  # noqa: BLE001  # a bug in one book must not stop the others; its trace is shown by the report
        yield Crashed(slug, edition, traceback.format_exc())


def _make(order: Order) -> Iterator[Event]:
    begun = perf_counter()
    check_slug(order.slug)
    source = stamp.source(order.folder, order.build)
    order = replace(order, inputs=stamp.inputs(order.program, source))  # the book may have waited for its turn, and changed
    remember = _remember(order)
    settings = config.load(order.folder)
    chosen = editions.choose(settings, order.editions)
    reading = read_book(order.folder, settings, remember)
    problems = (*reading.problems, *reading.placed(manuscript.check(reading.book)))
    stopped = False
    for problem in problems:
        if problem.severity is Severity.ERROR:
            stopped = True
            yield Failed(order.slug, "", problem)
        else:
            yield Found(order.slug, problem)
    if stopped:
        return
    kept = dict.fromkeys(result.edition for result in order.kept)
    yield Read(order.slug, round(perf_counter() - begun, 3), (*kept, *chosen))
    yield from told(order.kept, order.slug, cached=True)
    remarks: dict[Problem, None] = {}
    press = Press(
        order.slug,
        template_folders(order.folder),
        remember,
        remarks.setdefault,
        pages_per_sheet=editions.pages_per_sheet(settings),
    )
    prepared = cache(partial(prepare, reading.book))
    press = replace(press, printed=cache(partial(_printed, settings, prepared, press)))
    results: list[Result] = []
    for name, edition in chosen.items():
        before = len(remarks)
        yield from _guarded(order.slug, name, _write(order, name, edition, prepared, press, results), reading.placed)
        yield from (Found(order.slug, problem) for problem in tuple(remarks)[before:])
    stamp.write(
        stamp.place(order.cache, order.slug),
        stamp.Stamp(
            folder=str(order.folder),
            inputs=order.inputs,
            editions=tuple(editions.choose(settings)),
            problems=(*problems, *remarks),
            results=tuple(results),
            about=reading.book.metadata,
            source=source,
        ),
    )


def _unchanged(order: Order) -> None:
    """Raise a problem where the book's folder is no longer what it was when the book was read."""
    if stamp.inputs(order.program, stamp.source(order.folder, order.build)) != order.inputs:
        raise SamizdatError(CHANGED.problem("The book's folder changed while the book was made.", hint="Build it again."))


def _printed(settings: BookConfig, prepared: Callable[[Notes], Book], press: Press, numbers: str) -> PageList:
    """List the printed pages whose numbers are asked for; none where they cannot be set, which does not stop other editions."""
    edition = editions.numbering(settings, numbers)
    try:
        listed = edition and edition.pages(_edited(edition, prepared), press)
    except SamizdatError as error:
        press.tell(UNNUMBERED.problem(f"There is no list of pages: {error.problems[0].message}", error.problems[0].place))
        listed = None
    return listed or PageList()


def _remember(order: Order | Audit) -> Callable[..., bytes]:
    """Return the cache's memory, of which every key also holds the program and the machine."""
    memory = Cache(order.cache)

    def remember(make: Callable[[], bytes], *parts: str | bytes) -> bytes:
        return memory.remember(make, order.program, *parts)

    return remember


def _write(
    order: Order, name: str, edition: Edition, prepared: Callable[[Notes], Book], press: Press, results: list[Result]
) -> Iterator[Event]:
    """Make an edition of the book that is prepared for its kind of notes, and put its files in place."""
    begun = perf_counter()
    book = _edited(edition, prepared)
    files = edition.write(book, press)
    if edition.whole:
        audited = [*_ledger(order, name, book, files, edition.face)]
        yield from audited
        if any(isinstance(event, Failed) for event in audited):
            return
    _unchanged(order)
    seconds = perf_counter() - begun
    if edition.folder:
        inside = {relative.removeprefix(f"{edition.folder}/"): data for relative, data in files.items()}
        made = Result.put_folder(name, f"{order.slug}/{edition.folder}", order.build, inside, seconds)
    else:
        made = tuple(
            Result.put(name, f"{order.slug}/{relative}", order.build, data, seconds, edition.facts(data))
            for relative, data in files.items()
        )
    results.extend(made)
    yield from told(made, order.slug, cached=False)


def _edited(edition: Edition, prepared: Callable[[Notes], Book]) -> Book:
    return reduce(lambda book, transform: transform(book), edition.transforms(), prepared(edition.notes))


def _ledger(order: Order | Audit, name: str, book: Book, files: Files, face: str) -> Iterator[Event]:
    """Lay the words of an edition's files beside the book's; words without an explanation are a failure."""
    own_templates = len(template_folders(order.folder)) > 1
    for file, account in accounts(book, files, face, own_templates=own_templates):
        explained = tuple(sorted(account.explained.items()))
        yield Counted(order.slug, name, f"{order.slug}/{file}", account.written, account.owed, account.found, explained)
        for problem in account.problems:
            yield Failed(order.slug, name, problem)


def _audit(audit: Audit) -> Iterator[Event]:
    """Keep the ledger of finished files; nothing is written."""
    settings = config.load(audit.folder)
    chosen = editions.choose(settings, tuple(dict.fromkeys(result.edition for result in audit.results)))
    book = read_book(audit.folder, settings, _remember(audit)).book
    yield _traced(audit, book)
    prepared = cache(partial(prepare, book))
    for name, edition in chosen.items():
        if edition.whole:
            paths = [result.path for result in audit.results if result.edition == name]
            files = {path.removeprefix(f"{audit.slug}/"): (audit.build / path).read_bytes() for path in paths}
            yield from _guarded(audit.slug, name, _ledger(audit, name, _edited(edition, prepared), files, edition.face), iter)


def _traced(audit: Audit, book: Book) -> Traced:
    """Tell of a manuscript's words, and of the capture they came from."""
    capture = chain.capture(audit.folder)
    said = words(book)
    return Traced(audit.slug, len(said), fingerprint(said), **(asdict(capture) if capture else {}))


def _inspect(inspection: Inspection) -> Iterator[Event]:
    """Check finished files; nothing is written. Web pages are looked at together, for they lead to each other."""
    pages = [path for path in inspection.paths if PurePath(path).suffix == ".html"]
    for paths in (*([path] for path in inspection.paths if path not in pages), pages):
        files = {path: (inspection.build / path).read_bytes() for path in paths}
        for problem in finished.check(files, inspection.paths):
            place = problem.place
            inside = _within(place.file) if place.file in files else f"{_within(paths[0])}/{place.file}".rstrip("/")
            yield Found(inspection.slug, replace(problem, place=replace(place, file=inside)))


def _within(path: str) -> str:
    """Return a path as it is seen from the book's folder."""
    return path.partition("/")[2]
