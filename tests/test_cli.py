"""The command line as people and scripts meet it: what each command says and the exit code it leaves."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from samizdat import __version__, cli
from samizdat.workspace import Workspace


@pytest.fixture
def run(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run a command in the workspace; return its exit code, its results and its remarks."""
    monkeypatch.chdir(workspace.root)

    def command(*arguments: str) -> tuple[int, str, str]:
        try:
            code = cli.run(arguments)
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


Run = Callable[..., tuple[int, str, str]]


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"samizdat {__version__}\n", "")


def test_build_makes_the_editions_and_closes_with_a_table(run: Run) -> None:
    code, table, remarks = run("build", "plain", "--edition", "epub", "html")
    assert code == 0
    assert [line.split()[:3] for line in table.splitlines()[2:4]] == [
        ["plain", "epub", "build/plain/plain.epub"],
        ["plain", "html", "build/plain/plain.html"],
    ]
    assert "plain: epub written to plain/plain.epub" in remarks


def test_build_tells_programs_in_json(run: Run) -> None:
    code, lines, remarks = run("build", "--json", "--edition", "html")
    events = [json.loads(line) for line in lines.splitlines()]
    assert (code, remarks) == (0, "")
    told = [event["event"] for event in events if event["event"] != "found"]
    assert told == ["started", "read", "counted", "wrote", "finished", "wrote"]


def test_a_book_that_cannot_be_made_fails_the_build(run: Run, workspace: Workspace) -> None:
    (workspace.texts / "plain/book.toml").write_text("title = 3\n", "utf-8")
    code, table, remarks = run("build")
    assert code == 1
    assert "not made" in table
    assert re.search(r"^error C\d\d  ", remarks, re.MULTILINE)


def test_check_finds_errors_and_says_so_by_its_exit_code(run: Run, workspace: Workspace) -> None:
    chapter = next((workspace.texts / "plain").glob("*.md"))
    chapter.write_text(chapter.read_text("utf-8") + "\n[gone](#nowhere)\n", "utf-8")
    code, _, remarks = run("check", "plain")
    assert code == 3
    assert "nowhere" in remarks


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build", "plian"), "Did you mean “plain”?"),
        (("build", "--edition", "pint"), "Did you mean “print”?"),
        (("check", "nothing-like-it"), "The books here: plain."),
        (("bild",), 'Did you mean "build"?'),
        (("build", "--job", "2"), "--jobs"),
        (("build", "--jobs", "-1"), "--jobs"),
        (("explain", "Z99"), "There is no code “Z99”."),
        (("new", "Bad Name"), "For example: bad-name"),
        (("new", "plain"), "Choose another short name."),
        (("new", "eel-lane", "--language", "englisch"), "Write a code such as"),
        (("list", "--workspace", "texts/plain"), "There is no folder called texts"),
    ],
)
def test_wrong_use_is_answered_with_advice(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, _, remarks = run(*arguments)
    assert code == 2
    assert said in " ".join(remarks.replace("│", " ").split())


def test_new_begins_a_book_that_can_be_built(run: Run, workspace: Workspace) -> None:
    code, said, _ = run(
        "new", "eel-lane", "--title", "Eel Lane", "--author", "Agnes Pollitt", "--author", "Jozef Brandl", "--date", "2026-11-23"
    )
    assert code == 0
    assert "eel-lane" in said
    book = tomllib.loads((workspace.texts / "eel-lane/book.toml").read_text("utf-8"))
    assert (book["title"], str(book["date"])) == ("Eel Lane", "2026-11-23")
    assert [person["name"] for person in book["people"]] == ["Agnes Pollitt", "Jozef Brandl"]
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", book["identifier"])
    assert run("build", "eel-lane", "--edition", "html")[0] == 0


def test_list_names_the_books_and_the_editions(run: Run, workspace: Workspace) -> None:
    code, table, _ = run("list")
    assert (code, table.splitlines()[2].split()[0]) == (0, "plain")
    shutil.copytree(workspace.texts / "plain", workspace.texts / "broken")
    (workspace.texts / "broken/book.toml").write_text("oh dear", "utf-8")
    code, table, remarks = run("list")
    assert (code, "error C" in remarks, "plain" in table) == (1, True, True)
    assert {"epub", "screen", "print", "pamphlet", "html"} <= {
        line.split()[0] for line in run("list", "--editions")[1].splitlines()
    }


def test_explain_knows_every_code_whatever_the_case(run: Run) -> None:
    code, said, _ = run("explain", "w02")
    assert code == 0
    assert said.startswith("error W02  No such book\n")
    assert "samizdat list" in said


def test_doctor_finds_this_machine_fit(run: Run) -> None:
    code, said, _ = run("doctor")
    assert code == 0
    assert {"Python", "pandoc", "WeasyPrint", "Pango"} <= {line.split()[0] for line in said.splitlines() if line.strip()}
    assert "Everything that is needed is here." in said


def test_doctor_says_how_to_get_what_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("samizdat.machine.pango", lambda: "")
    code, said, _ = run("doctor")
    assert code == 1
    assert "Pango is missing. How to get it:" in said
    assert "apt install libpango-1.0-0" in said
    assert "Java is missing, which is not needed for everything." in said


COMMANDS = sorted(name for name in cli.app if not name.startswith("-"))


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_has_an_example(run: Run, command: str) -> None:
    code, said, _ = run(command, "--help")
    assert code == 0
    assert f"Example: samizdat {command}" in said


def test_the_list_of_commands_says_what_each_does(run: Run) -> None:
    _, said, _ = run("--help")
    assert {"build", "import", "ledger"} <= set(COMMANDS)
    for command in COMMANDS:
        assert re.search(rf"│ {command} +[A-Z][a-z]+ ", said), command


def test_a_reader_that_leaves_early_is_no_fault(workspace: Workspace) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "samizdat", "list", "--editions"],
        cwd=workspace.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(20) == cli.FAILED


@pytest.fixture
def minutes(workspace: Workspace) -> Path:
    path = workspace.root / "minutes.pdf"
    with pikepdf.new() as pdf:
        for _ in range(6):
            pdf.add_blank_page(page_size=(298, 420))
        pdf.save(path)
    return path


def test_impose_writes_sheets_beside_the_pdf_and_says_what_to_buy(run: Run, minutes: Path) -> None:
    code, said, remarks = run("impose", "minutes.pdf")
    assert (code, remarks) == (0, "")
    assert said.splitlines()[0] == "minutes-saddle.pdf written."
    assert said.splitlines()[1] == (
        "For one copy: 2 sheets of 80 g/m² paper with its grain along the 210 mm side (short grain), 2 staples;"
        " 0.4 mm thick, 10 g."
    )
    with pikepdf.open(minutes.with_name("minutes-saddle.pdf")) as sheets:
        assert len(sheets.pages) == 4


def test_impose_by_hand_writes_two_files(run: Run, minutes: Path) -> None:
    arguments = ("--sheet", "letter", "--flip", "long", "--by-hand", "--tray", "first", "--output", "out.pdf")
    code, said, _ = run("impose", "minutes.pdf", *arguments)
    assert code == 0
    assert said.splitlines()[:2] == ["out-fronts.pdf written.", "out-backs.pdf written."]
    assert not minutes.with_name("out.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("minutes.pdf", "--scheme", "zines"), 2, "Did you mean “zine”?"),
        (("minutes.pdf", "--sheet", "A9"), 2, "320x450mm"),
        (("minutes.pdf", "--paper", "0"), 2, "paper"),
        (("minutes.pdf", "--output", "minutes.pdf"), 2, "the PDF itself"),
        (("texts/plain/book.toml",), 1, "P23"),
        (("none.pdf",), 1, "W06"),
        (("texts",), 1, "W06"),
    ],
)
def test_impose_says_what_is_wrong(run: Run, minutes: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    before = minutes.read_bytes()
    result, out, remarks = run("impose", *arguments)
    assert result == code
    assert said in out + remarks
    assert minutes.read_bytes() == before


def test_impose_makes_a_printer_test_of_no_pdf(run: Run, workspace: Workspace) -> None:
    assert run("impose", "--test-sheet") == (0, "printer-test.pdf written.\n", "")
    assert (workspace.root / "printer-test.pdf").read_bytes().startswith(b"%PDF")
    code, _, remarks = run("impose")
    assert code == 2
    assert "W12" in remarks
