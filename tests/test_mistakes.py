"""What people read when they make the usual mistakes, word for word. Renewed by `pytest --golden`; read them as one of them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from samizdat import cli
from samizdat.workspace import Workspace


def _config(book: Path, old: str, new: str) -> None:
    path = book / "book.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def _chapter(book: Path, text: str) -> None:
    path = book / "01-room.md"
    path.write_text(path.read_text("utf-8") + text, "utf-8")


MISTAKES: dict[str, Callable[[Path], None]] = {
    "unknown-key": lambda book: _config(book, "language", "languge"),
    "broken-toml": lambda book: _config(book, "title = ", "title = = "),
    "unknown-edition": lambda book: _config(book, "[[sections]]", '[editions.pampflet]\nsheet = "A4"\n\n[[sections]]'),
    "wrong-paper": lambda book: _config(book, "[[sections]]", '[page]\nsize = "A55"\n\n[[sections]]'),
    "missing-chapter": lambda book: _config(book, "01-room.md", "01-rooms.md"),
    "outside-the-folder": lambda book: _config(book, "01-room.md", "../../secret.md"),
    "note-without-body": lambda book: _chapter(book, "\nA claim.[^proof]\n"),
    "body-without-note": lambda book: _chapter(book, "\n[^proof]: Nobody calls me.\n"),
    "raw-html": lambda book: _chapter(book, "\n<marquee>Look here</marquee>\n"),
    "dead-reference": lambda book: _chapter(book, "\nSee [the cellar](#cellar).\n"),
    "missing-picture": lambda book: _chapter(book, "\n![A cat](images/cat.png)\n"),
    "skipped-level": lambda book: _chapter(book, "\n#### Too deep\n\nText.\n"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_answered_in_these_words(
    workspace: Workspace,
    mistake: str,
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(workspace.root)
    MISTAKES[mistake](workspace.texts / "plain")
    code = cli.run(["build", "plain", "--edition", "epub"])
    said = capsys.readouterr().err
    progress = re.compile(r"^(plain|all books): .*\n|\n?^\d+ books?, .*\n", re.MULTILINE)
    golden(f"terminal/{mistake}.txt", f"$ samizdat build plain → {code}\n\n{progress.sub('', said)}")
