"""`samizdat import` writes folders that build, the ledger beside them, and nothing over what is there."""

import os
from pathlib import Path

import pytest

from samizdat import config
from samizdat.cli import WELL, run
from samizdat.importers import read_book
from samizdat.importing import import_file, review
from samizdat.problems import SamizdatError

LONG = (
    "The ferry had been tied up since noon, and nobody on the quay could say when the next one would leave for the islands. " * 2
)
TEXT = f"The Ferry\n\nby Ada Quill\n\n{LONG}\n\nOranges\n\n{LONG}\n\nKeys\n\n{LONG}\n\nBaskets\n\n{LONG}"


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    path = tmp_path / "capture.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_the_folder_is_named_after_author_and_title_and_reads_without_a_problem(capture: Path, tmp_path: Path) -> None:
    done = import_file(capture, tmp_path / "texts")
    assert done.folders == (tmp_path / "texts" / "quill-the-ferry",)
    book = config.load(done.folders[0])
    reading = read_book(done.folders[0], book, lambda make, *_: make())
    assert (book.problems, reading.problems) == ((), ())
    assert reading.book.metadata.authors == ("Ada Quill",)


def test_importing_again_gives_the_same_bytes(capture: Path, tmp_path: Path) -> None:
    folder = import_file(capture, tmp_path, tmp_path / "out").folders[0]
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    import_file(capture, tmp_path, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_a_folder_that_is_not_an_import_is_left_alone(capture: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "book.toml").write_text("mine", "utf-8")
    with pytest.raises(SamizdatError, match=r"import\.toml"):
        import_file(capture, tmp_path, mine)
    assert [path.name for path in mine.iterdir()] == ["book.toml"]


def test_the_review_shows_what_is_most_doubtful_first_and_leaves_out_what_is_accepted(capture: Path, tmp_path: Path) -> None:
    folder = import_file(capture, tmp_path, tmp_path / "out").folders[0]
    doubts = review(folder)
    assert [doubt.confidence for doubt in doubts] == sorted(doubt.confidence for doubt in doubts)
    first = doubts[0]
    (folder / "import-rules.toml").write_text(f"{first.accepting}\n", "utf-8")
    assert len(review(folder)) == len(doubts) - 1


def test_rules_in_the_folder_are_used(capture: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "import-rules.toml").write_text('off = ["H57"]\n', "utf-8")
    import_file(capture, tmp_path, folder)
    assert "Oranges" not in "".join(
        line for path in folder.glob("*.md") for line in path.read_text("utf-8").split("\n") if line[:1] == "#"
    )


def test_the_command_says_where_the_manuscript_lies(capture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(capture), "--to", str(tmp_path / "out")]) == WELL
    said = "".join(capsys.readouterr())
    assert "The Ferry" in said
    assert "none is lost" in said
    assert run(["import", "--review", str(tmp_path / "out")]) == WELL
    assert "H57" in "".join(capsys.readouterr())


def test_corrections_made_by_hand_are_not_overwritten(capture: Path, tmp_path: Path) -> None:
    folder = import_file(capture, tmp_path, tmp_path / "out").folders[0]
    chapter = next(folder.glob("01*.md"))
    mended = chapter.read_text("utf-8") + "\nA line of my own.\n"
    chapter.write_text(mended, "utf-8")
    os.utime(chapter, ns=(time := (folder / "import.toml").stat().st_mtime_ns + 1, time))
    with pytest.raises(SamizdatError) as caught:
        import_file(capture, tmp_path, folder)
    assert [problem.code for problem in caught.value.problems] == ["I24"]
    assert chapter.name in caught.value.problems[0].message
    assert chapter.read_text("utf-8") == mended


def test_a_web_page_without_date_and_language_builds(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><head><title>The Ferry</title></head><body><h1>The Ferry</h1><p>{LONG}</p></body></html>", "utf-8")
    folder = import_file(page, tmp_path / "texts").folders[0]
    book = config.load(folder)
    assert (book.metadata.language, book.metadata.dated, book.problems) == ("en", False, ())
    assert run(["build", "--workspace", str(tmp_path)]) == WELL
