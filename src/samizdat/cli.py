"""The command line: thin, knows no format.

With `imposing.py`, `bringing.py` and `verifying.py` the only door to cyclopts. The only place that catches SamizdatError, and the
only one that asks the clock what day it is, for the date of a new book.
"""

import datetime
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from uuid import uuid4

from cyclopts import App, CycloptsError, Parameter, validators

from samizdat import __version__, imposing, pipeline, report, verifying, workspace
from samizdat.cache import write_whole
from samizdat.problems import Rule, SamizdatError, Severity, nearest

NO_CODE = Rule(
    "W10",
    Severity.ERROR,
    "No such code",
    "Every kind of problem has a code: a letter for its field and two digits. It stands at the head of each message, and "
    "`samizdat explain` says what it means.",
)
EXISTS = Rule(
    "W11",
    Severity.ERROR,
    "A book must not be overwritten",
    "`samizdat new` begins a book in a folder of its own. There is a folder of that name already, so nothing was written.",
)
WELL, FAILED, WRONG_USE, CHECKS_FOUND_ERRORS, INTERRUPTED = 0, 1, 2, 3, 130
"""What the program's exit code says."""

_MISUSES = frozenset(
    rule.code
    for rule in (
        workspace.NO_TEXTS,
        workspace.NO_BOOK,
        workspace.NO_BOOK_TOML,
        workspace.BAD_SLUG,
        workspace.SAME_SLUG,
        pipeline.NO_EDITION,
        NO_CODE,
        EXISTS,
        imposing.NO_PDF,
        imposing.SAME_FILE,
    )
) | {"P25", "P26", "W14"}  # of the print shop and of bringing in, which are imported only when they are needed

app = App(
    name="samizdat",
    help="Turn a text into books people hold and read: EPUB, PDF, pamphlets to fold, HTML.",
    version=f"samizdat {__version__}",
    help_format="markdown",
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)

Book = Annotated[str, Parameter(help="A book: the name of its folder in texts, or a path. None: all of them.")]
Place = Annotated[
    Path | None, Parameter(name="--workspace", help="The folder that holds texts. Default: looked for from here upwards.")
]
Jobs = Annotated[
    int, Parameter(help="How many books to make at once. 0: as many as there are cores.", validator=validators.Number(gte=0))
]
AsJson = Annotated[bool, Parameter(name="--json", negative=(), help="Write events as lines of JSON, for programs.")]


@app.command
def build(
    *books: Book,
    edition: Annotated[
        tuple[str, ...],
        Parameter(consume_multiple=True, negative=(), help="Make only these editions. Books are named before them."),
    ] = (),
    jobs: Jobs = 0,
    as_json: AsJson = False,
    place: Place = None,
) -> int:
    """Make books: every edition of every book, as far as something has changed.

    Example: `samizdat build handbook --edition epub print`
    """
    here = _workspace(place)
    events = pipeline.build(here, here.choose(books, Path.cwd()), edition, jobs)
    outcome = _report(as_json).follow(events, here.build)
    return FAILED if outcome.failed or outcome.crashed else WELL


@app.command
def check(*books: Book, jobs: Jobs = 0, as_json: AsJson = False, place: Place = None) -> int:
    """Check manuscripts and finished files; what is not up to date is made first.

    Example: `samizdat check handbook`
    """
    here = _workspace(place)
    outcome = _report(as_json).follow(pipeline.check(here, here.choose(books, Path.cwd()), jobs), here.build)
    if outcome.crashed:
        return FAILED
    return CHECKS_FOUND_ERRORS if outcome.failed or outcome.found[Severity.ERROR] else WELL


@app.command
def ledger(*books: Book, jobs: Jobs = 0, as_json: AsJson = False, place: Place = None) -> int:
    """Count the words: what each book gave, what each finished edition holds, and what explains the rest.

    Example: `samizdat ledger handbook`
    """
    here = _workspace(place)
    teller = _report(as_json)
    outcome = teller.follow(pipeline.ledger(here, here.choose(books, Path.cwd()), jobs), here.build)
    teller.ledger(outcome)
    if outcome.crashed:
        return FAILED
    return CHECKS_FOUND_ERRORS if outcome.failed else WELL


@app.command
def new(
    slug: Annotated[str, Parameter(help="The book's short name: small letters, digits, hyphens.")],
    *,
    title: Annotated[str, Parameter(help="The title. Default: made from the short name.")] = "",
    author: Annotated[tuple[str, ...], Parameter(negative=(), help="Who wrote it; may be given several times.")] = (),
    language: Annotated[str, Parameter(help="The book's language: en-GB, de, fr, ru …")] = "en-GB",
    day: Annotated[datetime.date | None, Parameter(name="--date", help="The date of the edition. Default: today.")] = None,
    place: Place = None,
) -> int:
    """Begin a book: a folder in texts with a book.toml and a first chapter.

    Example: `samizdat new eel-lane --title "Eel Lane" --author "Agnes Pollitt"`
    """
    workspace.check_slug(slug)
    folder = _workspace(place).texts / slug
    if folder.exists():
        raise SamizdatError(EXISTS.problem(f"There is something at {folder} already.", hint="Choose another short name."))
    # imported where they are needed: the other commands do without them
    from samizdat import config, manuscript  # noqa: PLC0415

    files = manuscript.new(
        slug,
        title=title or slug.replace("-", " ").title(),
        authors=author,
        language=language,
        identifier=f"urn:uuid:{uuid4()}",
        date=day or datetime.datetime.now().astimezone().date(),
    )
    with TemporaryDirectory() as draft:  # what cannot be read again is not begun: a language that is none, say
        for path, data in files.items():
            write_whole(Path(draft, path), data)
        try:
            config.load(Path(draft))
        except SamizdatError as error:
            for problem in error.problems:
                report.for_people().problem(problem)
            return WRONG_USE
    for path, data in files.items():
        write_whole(folder / path, data)
    report.for_people().say(f"A new book lies in {folder}. Write its chapters there, then run: samizdat build {slug}")
    return WELL


@app.command(name="list")
def list_books(
    *,
    editions: Annotated[bool, Parameter(negative=(), help="List the editions that can be made, instead of books.")] = False,
    place: Place = None,
) -> int:
    """List the books in texts, or the editions that can be made of them.

    Example: `samizdat list`
    """
    # imported where they are needed: reading book.toml brings a library that a build in which nothing changed does without
    from samizdat import config  # noqa: PLC0415
    from samizdat.editions import found  # noqa: PLC0415

    teller = report.for_people()
    if editions:
        rows = [
            (name, kind.title, f"…{kind.suffix}", "every book" if kind.standard else "those that ask for it")
            for name, kind in found().items()
        ]
        teller.table(("Edition", "What it is", "File", "Made of"), rows)
        return WELL
    books: list[tuple[str, ...]] = []
    broken = False
    for folder in _workspace(place).books():
        try:
            metadata = config.load(folder).metadata
        except SamizdatError as error:
            broken = True
            for problem in error.problems:
                teller.problem(problem, folder)
        else:
            books.append((folder.name, metadata.title, ", ".join(metadata.authors), metadata.language))
    teller.table(("Book", "Title", "Author", "Language"), books)
    return FAILED if broken else WELL


@app.command
def explain(code: Annotated[str, Parameter(help="The code at the head of a message, for example S03.")]) -> int:
    """Explain the code of a problem: what it means, and what to do about it.

    Example: `samizdat explain W02`
    """
    # imported where it is needed: it brings every module of the program
    from samizdat.rules import all_rules  # noqa: PLC0415

    rules = all_rules()
    rule = rules.get(code.upper())
    if rule is None:
        hint = nearest(code.upper(), rules) or f"The codes are {', '.join(rules)}."
        raise SamizdatError(NO_CODE.problem(f"There is no code “{code}”.", hint=hint))
    report.for_people().explain(rule)
    return WELL


@app.command
def doctor() -> int:
    """Say what this machine has of what the work needs, and how to get what is missing.

    Example: `samizdat doctor`
    """
    # imported where it is needed: the other commands do without it
    from samizdat.doctor import examine  # noqa: PLC0415

    teller = report.for_people()
    parts = examine()
    teller.table(("Part", "Found", "What it is for"), [(part.name, part.found or "missing", part.purpose) for part in parts])
    for part in parts:
        if not part.found:
            teller.say(f"\n{part.name} is missing{'' if part.needed else ', which is not needed for everything'}. How to get it:")
            for system, way in part.ways.items():
                teller.say(f"  {system}: {way}")
    if all(part.found or not part.needed for part in parts):
        teller.say("\nEverything that is needed is here.")
        return WELL
    return FAILED


app.command(imposing.impose)
# named, not imported: the other commands do without all that reads texts, and so does the list of commands
app.command(
    "samizdat.bringing:bring",
    name="import",
    help="Make a manuscript of any text: a web capture, a library’s file, a document.\n\n"
    "Example: `samizdat import capture.txt --to texts/eel-lane`",
)
app.command(verifying.verify)


def _workspace(place: Path | None) -> workspace.Workspace:
    return workspace.find(Path.cwd()) if place is None else workspace.Workspace(place.resolve())


def _report(as_json: bool) -> report.Report | report.JsonReport:
    return report.for_programs() if as_json else report.for_people()


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line and return the exit code."""
    teller = _report("--json" in arguments)
    try:
        code = app(arguments, exit_on_error=False)
    except CycloptsError:  # its message is on the terminal already
        return WRONG_USE
    except SamizdatError as error:
        for problem in error.problems:
            teller.problem(problem)
        return WRONG_USE if error.problems[0].code in _MISUSES else FAILED
    except BrokenPipeError:  # whoever was reading has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        teller.problem(workspace.trouble(error))
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return code if isinstance(code, int) else WELL


def main() -> None:
    """Run the command line of this process."""
    sys.exit(run(sys.argv[1:]))
