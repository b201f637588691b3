"""`samizdat import` writes folders that build, the ledger beside them, and nothing over what is there."""

import os
import re
from itertools import count
from pathlib import Path

import pytest

from samizdat import config
from samizdat.cli import FAILED, WELL, run
from samizdat.importers import chain, read_book
from samizdat.importers.fingerprint import fingerprint, words
from samizdat.importing import import_file, review
from samizdat.model.book import Book
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


def test_the_chain_leads_from_the_capture_to_the_words_of_the_manuscript(capture: Path, tmp_path: Path) -> None:
    folder = import_file(capture, tmp_path / "texts").folders[0]

    def read() -> Book:
        return read_book(folder, config.load(folder), lambda make, *_: make()).book

    traced, said = chain.capture(folder), words(read())
    assert traced is not None
    assert (traced.file, traced.missing, traced.kept) == ("capture.txt", 0, len(said))
    assert traced.captured + traced.added == traced.kept + sum(number for _, number in traced.left_out)
    print_ = fingerprint(said)
    assert re.fullmatch("([0-9a-f]{4} ){3}[0-9a-f]{4}", print_)
    for chapter in folder.glob("*.md"):
        chapter.write_text(chapter.read_text("utf-8").replace("ferry", "*ferry*"), "utf-8")
    assert fingerprint(words(read())) == print_
    toml = folder / "book.toml"
    toml.write_text(toml.read_text("utf-8") + "\n[colophon]\nfingerprint = true\n", "utf-8")
    assert read().metadata.fingerprint == print_
    for chapter in folder.glob("*.md"):
        chapter.write_text(chapter.read_text("utf-8").replace("noon", "dusk", 1), "utf-8")
    assert read().metadata.fingerprint not in ("", print_)
    assert len(words(read())) == len(said)


@pytest.mark.parametrize("record", ["", "[source]\n", '[source]\nfile = "a"\nsha256 = "b"\n[words]\nkept = "x"\n', "\0"])
def test_a_record_that_makes_no_sense_is_no_capture(record: str, tmp_path: Path) -> None:
    (tmp_path / "import.toml").write_text(record, "utf-8")
    assert chain.capture(tmp_path) is None


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


def test_rules_in_the_folder_are_used_where_the_import_finds_its_folder_itself(capture: Path, tmp_path: Path) -> None:
    folder = import_file(capture, tmp_path / "texts").folders[0]
    assert "# Oranges\n" in _chapters(folder)
    (folder / "import-rules.toml").write_text('H57 = "off"\n', "utf-8")
    assert import_file(capture, tmp_path / "texts").folders[0] == folder
    assert "# Oranges" not in _chapters(folder)


def test_a_rules_file_that_is_named_comes_before_the_one_in_the_folder(capture: Path, tmp_path: Path) -> None:
    folder = import_file(capture, tmp_path / "texts").folders[0]
    (folder / "import-rules.toml").write_text('H57 = "off"\n', "utf-8")
    (tmp_path / "other.toml").write_text("", "utf-8")
    import_file(capture, tmp_path / "texts", rules=tmp_path / "other.toml")
    assert "# Oranges\n" in _chapters(folder)


def _chapters(folder: Path) -> str:
    return "".join("\n" + path.read_text("utf-8") for path in sorted(folder.glob("*.md")))


def test_the_command_says_where_the_manuscript_lies_and_gives_the_figures(
    capture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(capture), "--to", str(tmp_path / "out")]) == WELL
    said = "".join(capsys.readouterr())
    assert "The Ferry" in said
    figures = re.search(
        r"([\d,]+) words in the capture \+ ([\d,]+) said twice or added = ([\d,]+) in the manuscript \+ ([\d,]+) left out", said
    )
    assert figures
    captured, added, kept, gone = (int(each.replace(",", "")) for each in figures.groups())
    assert captured + added == kept + gone
    assert sum(int(row) for row in re.findall(r"(?m)^ +(\d+)  [A-Z]\d\d  \w", said)) == gone


def test_each_card_of_the_review_says_what_why_and_how_to_undo_it(
    capture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["import", str(capture), "--to", str(tmp_path / "out")])
    capsys.readouterr()
    assert run(["import", "--review", str(tmp_path / "out")]) == WELL
    said = capsys.readouterr().out
    card = next(card for card in said.split("\n\n") if "was  Oranges" in card)
    assert re.match(r"H57  An unmarked heading  \d+ of \d+ · line 7 · sure 0\.\d\d\n", card)
    assert 'undo  7 = "paragraph"' in card
    assert 'accept  "H57@7" = "accepted"' in card
    assert max(map(len, card.split("\n"))) <= 80
    (tmp_path / "out" / "import-rules.toml").write_text('H57 = "accepted"\n', "utf-8")
    run(["import", "--review", str(tmp_path / "out")])
    assert "H57" not in capsys.readouterr().out


def test_the_lines_of_a_capture_are_printed_with_their_numbers(capture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "--lines", str(capture)]) == WELL
    assert re.search(r"(?m)^ 7  Oranges$", capsys.readouterr().out)


def test_what_a_rules_file_says_in_vain_is_told(capture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "r.toml").write_text('900 = "verse"\n', "utf-8")
    assert run(["import", str(capture), "--to", str(tmp_path / "out"), "--rules", str(tmp_path / "r.toml")]) == WELL
    assert "warning I32" in capsys.readouterr().err
    (tmp_path / "r.toml").write_text('900 = "poem"\n', "utf-8")
    assert run(["import", str(capture), "--to", str(tmp_path / "new"), "--rules", str(tmp_path / "r.toml")]) == FAILED
    assert "error I31" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_web_page_obeys_the_rules_in_its_folder(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    body = f"<article><h1>The Ferry</h1><p>{LONG}</p><p>Oranges</p><p>{LONG}</p></article><footer>Nobody</footer>"
    page.write_text(f"<html><head><title>The Ferry</title></head><body>{body}</body></html>", "utf-8")
    folder = import_file(page, tmp_path / "texts").folders[0]
    (folder / "import-rules.toml").write_text('3 = "heading 1"\nD85 = "off"\n', "utf-8")
    done = import_file(page, tmp_path / "texts")
    assert "\n# Oranges" in _chapters(folder)
    assert "Nobody" in _chapters(folder)
    assert done.problems == ()
    assert {doubt.code for doubt in review(folder)} & {"D85", "F51"} == set()


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


@pytest.mark.parametrize(("again", "moment"), [(False, 2), (True, 2), (True, 4), (True, 5)])
def test_an_import_that_is_killed_can_be_run_again(
    capture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: bool, moment: int
) -> None:
    folder = tmp_path / "texts" / "ferry"
    if again:
        import_file(capture, tmp_path, folder)
    lying = {path: path.read_bytes() for path in folder.glob("*")}
    if (process := os.fork()) == 0:
        moves, move = count(), Path.replace
        monkeypatch.setattr(Path, "replace", lambda *paths: os._exit(9) if next(moves) == moment else move(*paths))
        capture.write_text(TEXT.replace("noon", "dusk"), "utf-8")
        import_file(capture, tmp_path, folder)
        os._exit(0)
    assert os.waitpid(process, 0)[1] == 9 << 8
    if moment == 2:  # nothing has been moved to its place
        assert {path: path.read_bytes() for path in folder.glob("*")} == lying
    import_file(capture, tmp_path, folder)
    assert not any("noon" in path.read_text("utf-8") for path in folder.glob("*.md"))
    assert [path.name for path in folder.parent.iterdir()] == ["ferry"]


def test_a_web_page_without_date_and_language_builds(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><head><title>The Ferry</title></head><body><h1>The Ferry</h1><p>{LONG}</p></body></html>", "utf-8")
    folder = import_file(page, tmp_path / "texts").folders[0]
    book = config.load(folder)
    assert (book.metadata.language, book.metadata.dated, book.problems) == ("en", False, ())
    assert run(["build", "--workspace", str(tmp_path)]) == WELL


def test_one_bad_file_does_not_stop_the_others(capture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "texts").mkdir()
    files = [str(tmp_path / "gone.txt"), str(tmp_path / "scan.pdf"), str(capture)]
    assert run(["import", *files, "--workspace", str(tmp_path)]) == FAILED
    said = "".join(capsys.readouterr())
    assert "I23" in said
    assert "scan.pdf" in said
    assert "2 of 3 files could not be brought in." in said
    assert (tmp_path / "texts" / "quill-the-ferry" / "book.toml").is_file()


def test_another_capture_of_the_same_name_does_not_take_the_folder(capture: Path, tmp_path: Path) -> None:
    (folder,) = import_file(capture, tmp_path / "texts").folders
    other = tmp_path / "other.txt"
    other.write_text(TEXT.replace("Baskets", "Barrels"), "utf-8")
    with pytest.raises(SamizdatError) as told:
        import_file(other, tmp_path / "texts")
    assert "“capture.txt”" in told.value.problems[0].message
    assert "Baskets" in _chapters(folder)
    import_file(other, tmp_path, folder)
    assert "Barrels" in _chapters(folder)  # for whoever names the folder has said so


def test_works_have_folders_of_their_own_and_one_that_is_no_more_is_named(tmp_path: Path) -> None:
    path = tmp_path / "works.txt"
    names = ("The Ferry", "The Quay", "The Tide")
    path.write_text("\n\n\n\n\n".join(f"{name.upper()}\n\nby Ada Quill\n\n\n" + f"{LONG}\n\n" * 12 for name in names), "utf-8")
    done = import_file(path, tmp_path, tmp_path / "book")
    assert [folder.name for folder in done.folders] == ["book", "book-2", "book-3"]
    assert [config.load(folder).metadata.title.casefold() for folder in done.folders] == [name.casefold() for name in names]
    (tmp_path / "book" / "import-rules.toml").write_text('W51 = "off"\nW52 = "off"\nW53 = "off"\n', "utf-8")
    again = import_file(path, tmp_path, tmp_path / "book")
    assert len(again.folders) == 1
    assert [problem.place.file for problem in again.problems if problem.code == "I65"] == ["book-2", "book-3"]


def test_a_document_in_which_marks_are_piled_on_a_letter_is_read_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "piles.md"
    path.write_text("# The Ferry a" + "\u0301\u0323" * 3_000 + "\n\n" + LONG, "utf-8")
    (folder,) = import_file(path, tmp_path, tmp_path / "out").folders
    assert 'rule = "X65"' in (folder / "import.toml").read_text("utf-8")
