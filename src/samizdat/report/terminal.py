"""The report for people. Whatever comes from a book is shown as text, not as markup."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from samizdat.events import Counted, Crashed, Event, Failed, Found, Started
from samizdat.problems import Problem, Rule, Severity
from samizdat.report import excerpt
from samizdat.report.outcome import Outcome
from samizdat.report.progress import shown_on
from samizdat.report.wording import clean, count, from_here, in_bytes, steps

_CARD = 80
"""Columns at which what stands on a card is broken."""
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.ADVICE: "bold blue"}


@dataclass(frozen=True, slots=True)
class Report:
    """Where to say things: results, and everything else."""

    results: Console
    remarks: Console

    def follow(self, events: Iterable[Event], build: Path) -> Outcome:
        """Show events as they happen, then a closing table of what was written."""
        begun, outcome, folders = perf_counter(), Outcome(), dict[str, Path]()
        with shown_on(self.remarks) as advance:
            for event in events:
                news = outcome.note(event)
                advance(event)
                match event:
                    case Started(book, folder):
                        folders[book] = folder
                    case Found(book, problem) | Failed(book, _, problem) if news:
                        self.problem(problem, folders.get(book))
                    case Crashed(book, _, trace):
                        self._crash(book, trace)
                    case _:
                        pass
        self._closing_table(outcome, build)
        self._summary(outcome, perf_counter() - begun)
        return outcome

    def problem(self, problem: Problem, folder: Path | None = None) -> None:
        """Show a problem: what is wrong, the place in the book's folder with a marker below it, and what to do."""
        label = f"{problem.severity} {problem.code}  "
        self._hang(Text(label, _STYLES[problem.severity]), problem.message)
        for line in excerpt.show(problem.place, folder):
            self.remarks.print(line, soft_wrap=True)
        if problem.hint:
            self._hang(Text("  → ", "green"), problem.hint)
        self.remarks.print()

    def _hang(self, label: Text, sentence: str) -> None:
        """Print a sentence after a label, and its further lines below its first word; in a pipe there is but one line."""
        room = max(20, self.remarks.width - label.cell_len) if self.remarks.is_terminal else sys.maxsize
        for line in Text(clean(sentence)).wrap(self.remarks, room):
            line.rstrip()
            self.remarks.print(Text.assemble(label, line), soft_wrap=True)
            label = Text(" " * label.cell_len)

    def _crash(self, book: str, trace: str) -> None:
        sentence = f"{book}: this is a fault in samizdat itself, not in the book. Please report it with these lines:"
        self.remarks.print(Text(sentence, "bold red"))
        self.remarks.print(Text(clean(trace)), soft_wrap=True)

    def _closing_table(self, outcome: Outcome, build: Path) -> None:
        rows = [
            (
                event.book,
                event.edition,
                from_here(build / event.path),
                in_bytes(event.size),
                "as before" if event.cached else f"{event.seconds:.1f} s",
            )
            for event in outcome.wrote
        ]
        rows += [(book, edition or "every edition", "not made", "", "") for book, edition in outcome.lost]
        if rows:
            # the books by name, what belongs to no single book last
            rows.sort(key=lambda row: (not row[0], row))
            self.table(("Book", "Edition", "File", "Size", "Time"), rows, right=("Size", "Time"))
        for event in outcome.wrote:
            if event.facts:
                self.say(f"{event.book}, {event.edition}: {event.facts}")

    def _summary(self, outcome: Outcome, seconds: float) -> None:
        parts = [count(len({event.book for event in outcome.wrote if event.book}), "book")]
        parts.append(count(len(outcome.wrote), "file"))
        parts += [count(number, severity.value) for severity, number in outcome.found.items() if number]
        if outcome.failed:
            parts.append(f"{count(outcome.failed, 'error')} that stopped the work")
        if outcome.crashed:
            parts.append(f"{count(outcome.crashed, 'fault')} in samizdat itself")
        bad = outcome.failed or outcome.crashed or outcome.found[Severity.ERROR]
        self.remarks.print(Text(f"{', '.join(parts)}; {seconds:.1f} s", style="bold red" if bad else "bold green"))

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> None:
        """Print a table on standard output; columns named in `right` are set flush right."""
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for head in heads:
            table.add_column(head, justify="right" if head in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*(Text(clean(cell)) for cell in row))
        self.results.print(table)

    def ledger(self, outcome: Outcome) -> None:
        """Print where each book's words came from, how many each edition has, and how often a rule explains a difference."""
        for traced in outcome.traced.values():
            self.card(traced.book, f"fingerprint {traced.fingerprint}", ((f"{n:,}", said, False) for n, said in steps(traced)))
        for book in dict.fromkeys(counted.book for counted in outcome.counted.values()):
            counts = [counted for counted in outcome.counted.values() if counted.book == book]
            editions = [counted.edition for counted in counts]
            rows = [
                (f"{book}: words in", *(f"{counted.written:,}" for counted in counts)),
                *_filled_in(outcome, book, counts),
                ("words in the edition", *(f"{counted.written + counted.found - counted.owed:,}" for counted in counts)),
                ("  and on pages samizdat makes", *(f"{counted.owed - counted.written:,}" for counted in counts)),
                *(
                    (f"  {rule}", *(f"{dict(counted.explained).get(rule, 0) or '–'}" for counted in counts))
                    for rule in sorted({rule for counted in counts for rule, _ in counted.explained})
                ),
            ]
            self.table(("", *editions), rows, right=editions)

    def card(self, title: str, remark: str, rows: Iterable[tuple[str, str, bool]]) -> None:
        """Print on standard output what belongs together: a title, a remark beside it, and rows of a word and what it says.

        What a row says is broken where the terminal ends, in a pipe at eighty columns; a row whose last value is true never is,
        for it is to be copied.
        """
        room = min(self.results.width, _CARD) if self.results.is_terminal else _CARD
        self.results.print(Text.assemble((clean(title), "bold"), "  ", (clean(remark), "dim")), soft_wrap=True)
        rows = tuple(rows)
        width = max((len(word) for word, _, _ in rows), default=0)
        for word, said, whole in rows:
            label = Text(f"  {word:>{width}}  ", "cyan")
            lines = [Text(clean(said))] if whole else Text(clean(said)).wrap(self.results, max(20, room - label.cell_len))
            for line in lines:
                line.rstrip()
                self.results.print(Text.assemble(label, line), soft_wrap=True)
                label = Text(" " * label.cell_len)
        self.results.print()

    def explain(self, rule: Rule) -> None:
        """Print what a code stands for."""
        self.results.print(Text.assemble((f"{rule.severity} {rule.code}", _STYLES[rule.severity]), f"  {rule.title}"))
        self.results.print()
        self.results.print(Text(rule.explanation))

    def say(self, sentence: str) -> None:
        """Print a sentence on standard output."""
        self.results.print(Text(clean(sentence)))


def _filled_in(outcome: Outcome, book: str, counts: Sequence[Counted]) -> Iterator[tuple[str, ...]]:
    """Yield a row of how many words of an edition are not in the manuscript, if any has such words."""
    more = [counted.written - outcome.traced[book].words for counted in counts] if book in outcome.traced else []
    if any(more):
        yield ("  of references and captions", *(f"{number:+,}" if number else "–" for number in more))
