"""What a person reads: problems, progress in a pipe, the closing table; and what a program reads."""

import io
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from rich.console import Console

from samizdat.events import Counted, Crashed, Event, Failed, Finished, Found, Read, Started, Traced, Wrote
from samizdat.problems import Place, Problem, Rule, Severity
from samizdat.report import JsonReport, Outcome, Report

ERROR = Problem(
    Severity.ERROR, "C03", Place("book.toml", 2, "languge"), "book.toml knows no key “languge”.", "Did you mean “language”?"
)
WARNING = Problem(Severity.WARNING, "S08", Place("01-a.md"), "The picture has no description.", "")


def _told(events: Iterable[Event], folder: Path) -> tuple[str, str, Outcome]:
    results, remarks = io.StringIO(), io.StringIO()
    report = Report(Console(file=results, width=400), Console(file=remarks, width=100))
    outcome = report.follow(events, folder / "build")
    return results.getvalue(), remarks.getvalue(), outcome


def test_a_problem_shows_its_line_with_a_marker(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text('title = "A"\nlanguge = "en"\n')
    _, said, outcome = _told([Started("a", tmp_path), Found("a", ERROR), Finished("a", 1)], tmp_path)
    assert said.splitlines()[:5] == [
        "error C03  book.toml knows no key “languge”.",
        f"  {tmp_path}/book.toml:2",
        '  2 │ languge = "en"',
        "    │ ^^^^^^^",
        "  → Did you mean “language”?",
    ]
    assert outcome.found[Severity.ERROR] == 1


def test_the_ledger_begins_with_the_capture(tmp_path: Path) -> None:
    results = io.StringIO()
    report = Report(Console(file=results, width=100), Console(file=io.StringIO(), width=100))
    left_out = (("D80", 300), ("M53", 12))
    traced = Traced("a", 18246, "7c31 09ab e4f2 58d0", "a.txt", "0", 18552, 18240, left_out=left_out)
    report.ledger(report.follow([traced], tmp_path))
    assert results.getvalue().splitlines()[:6] == [
        "a  fingerprint 7c31 09ab e4f2 58d0",
        "  18,552  words in the capture, a.txt",
        "     312  left out under rules: D80 300, M53 12",
        "       0  lost",
        "  18,240  in the manuscript, when it was imported",
        "  18,246  in the manuscript now",
    ]


def test_the_ledger_says_how_many_words_references_and_captions_have(tmp_path: Path) -> None:
    results = io.StringIO()
    report = Report(Console(file=results, width=100), Console(file=io.StringIO(), width=100))
    counted = [Counted("a", "epub", "a/a.epub", 243, 380, 380, ()), Counted("a", "print", "a/a-print.pdf", 241, 250, 250, ())]
    report.ledger(report.follow([Traced("a", 241, "7c31 09ab e4f2 58d0"), *counted], tmp_path))
    rows = [line.split() for line in results.getvalue().splitlines()]
    assert ["a:", "words", "in", "243", "241"] in rows
    assert ["of", "references", "and", "captions", "+2", "–"] in rows


def test_a_long_line_is_shown_around_the_excerpt(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("word " * 100 + "here" + " word" * 100)
    problem = Problem(Severity.WARNING, "S01", Place("a.md", 1, "here"), "Look.")
    _, said, _ = _told([Started("a", tmp_path), Found("a", problem)], tmp_path)
    line, marker = said.splitlines()[2:4]
    assert len(line) < 110
    assert line.index("here") == marker.index("^^^^")


def test_what_comes_from_a_book_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    problem = Problem(Severity.ERROR, "S01", Place("\x1b]0;x\x07.md", 0, "[red]\x1b[2J\u202eevil"), "\x1b[31mNo [b]markup[/b].")
    _, said, _ = _told([Started("a", tmp_path), Found("a", problem)], tmp_path)
    assert not {"\x1b", "\x07", "\u202e"} & set(said)
    assert "No [b]markup[/b]." in said


def test_a_pipe_gets_lines_and_a_table_of_what_was_and_was_not_made(tmp_path: Path) -> None:
    table, said, outcome = _told(
        [
            Started("eel", tmp_path),
            Found("eel", WARNING),
            Read("eel", 1.25, ("epub", "print")),
            Wrote("eel", "epub", "eel/eel.epub", 1_400_000, 2.0, cached=False, facts="An e-reader and \x1b[2Jan evening."),
            Failed("eel", "print", ERROR),
            Crashed("eel", "screen", "Traceback: boom"),
            Finished("eel", 3.0),
            Wrote("", "catalogue", "index.html", 900, 0.0, cached=True),
        ],
        tmp_path,
    )
    *lines, facts = table.splitlines()[2:]
    assert facts == "eel, epub: An e-reader and \N{REPLACEMENT CHARACTER}[2Jan evening."
    assert [line.split() for line in lines] == [
        ["eel", "epub", f"{tmp_path}/build/eel/eel.epub", "1.4", "MB", "2.0", "s"],
        ["eel", "print", "not", "made"],
        ["eel", "screen", "not", "made"],
        ["catalogue", f"{tmp_path}/build/index.html", "1", "kB", "as", "before"],
    ]
    assert "eel: epub written to eel/eel.epub (1.4 MB, 2.0 s)\n" in said
    assert "Traceback: boom" in said
    assert said.splitlines()[-1].startswith(
        "1 book, 2 files, 1 warning, 1 error that stopped the work, 1 fault in samizdat itself;"
    )
    assert (outcome.failed, outcome.crashed) == (1, 1)


def test_programs_read_an_event_a_line(tmp_path: Path) -> None:
    stream = io.StringIO()
    JsonReport(stream).follow([Started("a", tmp_path), Failed("a", "", ERROR)], tmp_path)
    started, failed = map(json.loads, stream.getvalue().splitlines())
    assert started == {"event": "started", "book": "a", "folder": str(tmp_path)}
    assert failed["problem"]["place"] == {"file": "book.toml", "line": 2, "excerpt": "languge"}
    assert failed["problem"]["severity"] == "error"


def test_a_terminal_gets_a_live_display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    remarks = io.StringIO()
    report = Report(Console(file=io.StringIO()), Console(file=remarks, force_terminal=True, width=80))
    report.follow(
        [
            Started("eel", tmp_path),
            Read("eel", 1.0, ("epub", "print")),
            Wrote("eel", "epub", "eel/eel.epub", 1, 1.0, cached=False),
            Finished("eel", 1.0),
        ],
        tmp_path,
    )
    assert "written to" not in remarks.getvalue()
    assert "eel" in remarks.getvalue()


def test_a_problem_that_several_editions_meet_is_told_once(tmp_path: Path) -> None:
    table, said, outcome = _told(
        [Started("eel", tmp_path), Failed("eel", "print", ERROR), Failed("eel", "screen", ERROR)], tmp_path
    )
    assert said.count("C03") == 1
    assert table.count("not made") == 2
    assert outcome.failed == 1


def test_what_strangers_wrote_gives_no_orders_to_the_terminal() -> None:
    rule = Rule("X99", Severity.ERROR, "title", "explanation")
    problem = rule.problem("\x1b]0;owned\x07" + "a" * 5000, Place("\x1b[2Ja.md", 1, "\u202ebackwards"))
    told = f"{problem.message}{problem.place}"
    assert not {"\x1b", "\x07", "\u202e"} & set(told)
    assert len(problem.message) < 1000
