"""The report: events and problems as a person reads them, or as lines of JSON. The only door to rich.

Progress and problems go to standard error, results (tables, lists, JSON) to standard output. On a terminal progress is a live
display, in a pipe it is plain lines. Whatever comes from a book is shown as text: control characters in it cannot act.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from samizdat.events import Crashed, Event, Failed, Finished, Found, Read, Started, Wrote
from samizdat.problems import Place, Problem, Rule, Severity

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.ADVICE: "bold blue"}
_LONGEST_SOURCE = 4_000_000
"""Bytes of a source file beyond which no line is looked up for display."""
_LONGEST_LINE = 96
_PIPE_WIDTH = 400
"""Columns beyond which a line in a pipe is broken; lines there are for other programs to cut."""
_ACTIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(slots=True)
class Outcome:
    """What came of the work: what was written, and how much went wrong."""

    wrote: list[Wrote] = field(default_factory=list)
    lost: set[tuple[str, str]] = field(default_factory=set)
    """Books and their editions that were not made; no edition means none of them."""
    failed: int = 0
    crashed: int = 0
    found: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(Severity, 0))

    def note(self, event: Event) -> None:
        """Take an event into account."""
        match event:
            case Wrote():
                self.wrote.append(event)
            case Failed(book, edition):
                self.failed += 1
                self.lost.add((book, edition))
            case Crashed(book, edition):
                self.crashed += 1
                self.lost.add((book, edition))
            case Found(problem=problem):
                self.found[problem.severity] += 1
            case Started() | Read() | Finished():
                pass


@dataclass(frozen=True, slots=True)
class Report:
    """Where to say things: results, and everything else."""

    results: Console
    remarks: Console

    def follow(self, events: Iterable[Event], build: Path) -> Outcome:
        """Show events as they happen, then a closing table of what was written."""
        begun, outcome, folders = perf_counter(), Outcome(), dict[str, Path]()
        with self._progress() as advance:
            for event in events:
                outcome.note(event)
                advance(event)
                match event:
                    case Started(book, folder):
                        folders[book] = folder
                    case Found(book, problem) | Failed(book, _, problem):
                        self.problem(problem, folders.get(book))
                    case Crashed(book, _, trace):
                        self._crash(book, trace)
                    case _:
                        pass
        self._closing_table(outcome, build)
        self._summary(outcome, perf_counter() - begun)
        return outcome

    @contextmanager
    def _progress(self) -> Iterator["Live | Lines"]:
        if self.remarks.is_interactive:
            with Progress(
                SpinnerColumn(),
                TextColumn("{task.fields[book]}", markup=False),
                BarColumn(bar_width=24),
                TextColumn("{task.fields[doing]}", markup=False),
                TimeElapsedColumn(),
                console=self.remarks,
                transient=True,
            ) as progress:
                yield Live(progress)
        else:
            yield Lines(self.remarks)

    def problem(self, problem: Problem, folder: Path | None = None) -> None:
        """Show a problem: what is wrong, the place in the book's folder with a marker below it, and what to do."""
        label = f"{problem.severity} {problem.code}  "
        self._hang(Text(label, _STYLES[problem.severity]), problem.message)
        for line in _place(problem.place, folder):
            self.remarks.print(line, soft_wrap=True)
        if problem.hint:
            self._hang(Text("  → ", "green"), problem.hint)
        self.remarks.print()

    def _hang(self, label: Text, sentence: str) -> None:
        """Print a sentence after a label, and its further lines below its first word; in a pipe there is but one line."""
        room = max(20, self.remarks.width - label.cell_len) if self.remarks.is_terminal else sys.maxsize
        for line in Text(_clean(sentence)).wrap(self.remarks, room):
            line.rstrip()
            self.remarks.print(Text.assemble(label, line), soft_wrap=True)
            label = Text(" " * label.cell_len)

    def _crash(self, book: str, trace: str) -> None:
        sentence = f"{book}: this is a fault in samizdat itself, not in the book. Please report it with these lines:"
        self.remarks.print(Text(sentence, "bold red"))
        self.remarks.print(Text(_clean(trace)), soft_wrap=True)

    def _closing_table(self, outcome: Outcome, build: Path) -> None:
        rows = [
            (
                event.book,
                event.edition,
                _shown(build / event.path),
                _size(event.size),
                "as before" if event.cached else f"{event.seconds:.1f} s",
            )
            for event in outcome.wrote
        ]
        rows += [(book, edition or "every edition", "not made", "", "") for book, edition in outcome.lost]
        if rows:
            # the books by name, what belongs to no single book last
            rows.sort(key=lambda row: (not row[0], row))
            self.table(("Book", "Edition", "File", "Size", "Time"), rows, right=("Size", "Time"))

    def _summary(self, outcome: Outcome, seconds: float) -> None:
        parts = [_count(len({event.book for event in outcome.wrote if event.book}), "book")]
        parts.append(_count(len(outcome.wrote), "file"))
        parts += [_count(number, severity.value) for severity, number in outcome.found.items() if number]
        if outcome.failed:
            parts.append(f"{_count(outcome.failed, 'error')} that stopped the work")
        if outcome.crashed:
            parts.append(f"{_count(outcome.crashed, 'fault')} in samizdat itself")
        bad = outcome.failed or outcome.crashed or outcome.found[Severity.ERROR]
        self.remarks.print(Text(f"{', '.join(parts)}; {seconds:.1f} s", style="bold red" if bad else "bold green"))

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> None:
        """Print a table on standard output; columns named in `right` are set flush right."""
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for head in heads:
            table.add_column(head, justify="right" if head in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*(Text(_clean(cell)) for cell in row))
        self.results.print(table)

    def explain(self, rule: Rule) -> None:
        """Print what a code stands for."""
        self.results.print(Text.assemble((f"{rule.severity} {rule.code}", _STYLES[rule.severity]), f"  {rule.title}"))
        self.results.print()
        self.results.print(Text(rule.explanation))

    def say(self, sentence: str) -> None:
        """Print a sentence on standard output."""
        self.results.print(Text(_clean(sentence)))


@dataclass(frozen=True, slots=True)
class JsonReport:
    """The same as lines of JSON on standard output, for programs."""

    results: Console

    def follow(self, events: Iterable[Event], build: Path) -> Outcome:  # noqa: ARG002  # the same call serves people and programs
        """Write each event as it happens."""
        outcome = Outcome()
        for event in events:
            outcome.note(event)
            self._line(type(event).__name__.lower(), asdict(event))
        return outcome

    def problem(self, problem: Problem, folder: Path | None = None) -> None:
        """Write a problem that belongs to no book."""
        self._line("problem", {"folder": folder, "problem": asdict(problem)})

    def _line(self, name: str, facts: Mapping[str, object]) -> None:
        # the stream itself, for a console would break long lines
        self.results.file.write(json.dumps({"event": name, **facts}, ensure_ascii=False, default=str) + "\n")
        self.results.file.flush()


@dataclass(slots=True)
class Live:
    """The live display: a row for each book in work."""

    progress: Progress
    tasks: dict[str, TaskID] = field(default_factory=dict)
    ahead: dict[str, list[str]] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        """Move the display on."""
        match event:
            case Started(book):
                self.tasks[book] = self.progress.add_task("", total=None, book=book, doing="reading")
            case Read(book, _, editions):
                self.ahead[book] = list(editions)
                self._doing(book, total=len(editions))
            case Wrote(book, edition) | Failed(book, edition) if edition in self.ahead.get(book, ()):
                self.ahead[book].remove(edition)
                self._doing(book, advance=1)
            case Finished(book) if book in self.tasks:
                self.progress.remove_task(self.tasks.pop(book))
            case _:
                pass

    def _doing(self, book: str, total: float | None = None, advance: float | None = None) -> None:
        self.progress.update(self.tasks[book], total=total, advance=advance, doing=next(iter(self.ahead[book]), "done"))


@dataclass(frozen=True, slots=True)
class Lines:
    """Progress as plain lines."""

    console: Console

    def __call__(self, event: Event) -> None:
        """Say what has happened, where it is news."""
        match event:
            case Read(book, seconds) if seconds:
                self._say(f"{book}: read in {seconds:.1f} s")
            case Wrote(book, edition, path, size, seconds, False):
                self._say(f"{book or 'all books'}: {edition} written to {path} ({_size(size)}, {seconds:.1f} s)")
            case _:
                pass

    def _say(self, line: str) -> None:
        self.console.print(Text(_clean(line)), soft_wrap=True)


def for_people() -> Report:
    """Return a report to this process's terminal or pipes."""
    results, remarks = Console(highlight=False), Console(stderr=True, highlight=False)
    for console in (results, remarks):
        if not console.is_terminal:
            console.width = _PIPE_WIDTH
    return Report(results, remarks)


def for_programs() -> JsonReport:
    """Return a report in lines of JSON."""
    return JsonReport(Console(file=sys.stdout))


def _place(place: Place, folder: Path | None) -> Iterator[Text]:
    """Yield the lines that show a place: its file and line, then the excerpt with a marker below."""
    if place.file:
        path = _shown(folder / place.file if folder else Path(place.file))
        yield Text.assemble("  ", (_clean(f"{path}:{place.line}" if place.line else path), "cyan"))
    if not place.excerpt:
        return
    excerpt = place.excerpt.splitlines()[0]
    line = _source_line(folder / place.file, place.line) if folder and place.line else ""
    before, found, after = line.partition(excerpt)
    before, after = (_clean(before), _clean(after)) if found else ("", "")
    excerpt = _clean(excerpt)[:_LONGEST_LINE]
    room = (_LONGEST_LINE - len(excerpt)) // 2
    before = before if len(before) <= room else "…" + before[len(before) - room :]
    after = after if len(after) <= room else after[:room] + "…"
    number = str(place.line or "")
    margin = " " * len(number)
    yield Text.assemble((f"  {number} │ ", "dim"), before, (excerpt, "bold"), after)
    yield Text.assemble((f"  {margin} │ ", "dim"), " " * _width(before), ("^" * max(1, _width(excerpt)), "bold red"))


def _width(text: str) -> int:
    """Return how many columns of the terminal a text takes."""
    return Text(text).cell_len


def _shown(path: Path) -> str:
    """Name a path from where the reader stands."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _source_line(path: Path, number: int) -> str:
    """Return a line of a source file; empty where it cannot be had."""
    try:
        if path.stat().st_size > _LONGEST_SOURCE:
            return ""
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return lines[number - 1] if number <= len(lines) else ""


def _clean(text: str) -> str:
    """Make a text harmless to a terminal: no control characters, nothing that turns the direction of what follows."""
    return _ACTIVE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " "))


def _size(size: int) -> str:
    return f"{size / 1000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 or noun == Severity.ADVICE else 's'}"
