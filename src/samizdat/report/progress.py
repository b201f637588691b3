"""Progress: a row for each book in work on a terminal, plain lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from samizdat.events import Crashed, Event, Failed, Finished, Read, Started, Wrote
from samizdat.report.wording import clean, in_bytes


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
            case Wrote(book, edition) | Failed(book, edition) | Crashed(book, edition) if edition in self.ahead.get(book, ()):
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
                self._say(f"{book or 'all books'}: {edition} written to {path} ({in_bytes(size)}, {seconds:.1f} s)")
            case _:
                pass

    def _say(self, line: str) -> None:
        self.console.print(Text(clean(line)), soft_wrap=True)


@contextmanager
def shown_on(console: Console) -> Iterator[Live | Lines]:
    """Show progress on a console while some work is done; what is given takes the events."""
    if not console.is_interactive:
        yield Lines(console)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[book]}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[doing]}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield Live(progress)
