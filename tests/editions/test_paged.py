"""Pages of awkward books: nothing runs over an edge, and lines begin on the side of their script."""

import re
from pathlib import Path

import pypdfium2
import pytest

from samizdat import pipeline
from samizdat.checks import pdf
from samizdat.workspace import Workspace

WORDS = "extraordinarily incomprehensible uncharacteristic internationalism misrepresentation institutionalised".split()


def _pages(path: Path) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(path.read_bytes())


def test_a_wide_table_and_a_long_word_stay_on_the_page(workspace: Workspace) -> None:
    heads = [f"Column {number}" for number in range(10)]
    cells = [WORDS[number % len(WORDS)] for number in range(10)]
    table = f"| {' | '.join(heads)} |\n|{'---|' * 10}\n| {' | '.join(cells)} |"
    (workspace.texts / "plain/01-room.md").write_text(f"# Room\n\nThe word `{'x' * 300}` in code.\n\n{table}\n", "utf-8")
    list(pipeline.build(workspace, workspace.books(), ["print"], 1))
    assert list(pdf.check_print((workspace.build / "plain/plain-print.pdf").read_bytes())) == []


def test_a_word_too_long_for_a_running_head_leaves_it_out(workspace: Workspace) -> None:
    word = "Donau" + "dampfschifffahrtsgesellschaft" * 10
    (workspace.texts / "plain/01-room.md").write_text(f"# {word}\n\n{'Some more words. ' * 900}\n", "utf-8")
    list(pipeline.build(workspace, workspace.books(), ["print"], 1))
    data = (workspace.build / "plain/plain-print.pdf").read_bytes()
    assert list(pdf.check_print(data)) == []
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    assert sum("A Plain Book" in page for page in pages) > 2
    assert not any("Donau" in page for page in pages[-5:])


def test_a_table_repeats_its_head_and_keeps_each_row_on_one_page_unless_a_page_is_too_small(workspace: Workspace) -> None:
    said = "and a longer explanation that takes two lines or three of them "
    rows = [f"| `[table]` `key{n}` | begin{n} {said * (n % 3)} end{n} |" for n in range(40)]
    high = f"| high | {' '.join(f'word{n}' for n in range(600))} |"
    table = "\n".join(["| Name | Meaning |", "|:---|:---------|", *rows, high])
    (workspace.texts / "plain/01-room.md").write_text(f"# Room\n\n{table}\n", "utf-8")
    list(pipeline.build(workspace, workspace.books(), ["print"], 1))
    pages = [page.get_textpage().get_text_range() for page in _pages(workspace.build / "plain/plain-print.pdf")]
    found = [page for page in pages if "begin" in page]
    assert len(found) >= 3
    for page in found:
        keys, begun, ended = (re.findall(rf"{word}(\d+)", page) for word in ("key", "begin", "end"))
        assert keys == begun == ended
        assert page.count("Meaning") == 1
    assert re.findall(r"word(\d+)", "".join(pages)) == [str(n) for n in range(600)]


def test_stanzas_of_one_line_are_no_reason_for_an_empty_page(workspace: Workspace) -> None:
    chapter = workspace.texts / "plain/01-room.md"
    before = "\n".join(f"| before {place}" for place in range(9))
    stanzas = "\n|\n".join(f"| stanza {place}" for place in range(30))
    chapter.write_text(f"# Room\n\n{before}\n\n<!-- -->\n\n{stanzas}\n", "utf-8")
    list(pipeline.build(workspace, workspace.books(), ["screen"], 1))
    pages = [page.get_textpage().get_text_range() for page in _pages(workspace.build / "plain/plain.pdf")]
    (first,) = [page for page in pages if "before 0" in page]
    assert "stanza 3" in first


@pytest.fixture
def arabic(workspace: Workspace) -> Path:
    """A small Arabic book for the screen."""
    folder = workspace.texts / "plain"
    config = (folder / "book.toml").read_text("utf-8").replace("en-GB", "ar").replace("A Plain Book", "كتاب صغير")
    more = '[[sections]]\nfile = "02-road.md"\n[[sections]]\nkind = "contents"\n'
    (folder / "book.toml").write_text(f"{config}\n{more}", "utf-8")
    verse = "| شطر من البيت\n|    شطر ثان"
    (folder / "01-room.md").write_text(f"# الغرفة\n\n{verse}\n\n{'كان يا ما كان في قديم الزمان رجل يحب الكتب. ' * 9}\n", "utf-8")
    (folder / "02-road.md").write_text("# الطريق\n\nنص قصير.\n", "utf-8")
    list(pipeline.build(workspace, [folder], ["screen"], 1))
    return workspace.build / "plain/plain.pdf"


def test_a_book_from_right_to_left_passes_every_check(arabic: Path) -> None:
    assert list(pdf.check_screen(arabic.read_bytes())) == []


def test_verse_and_contents_of_a_book_from_right_to_left_begin_on_the_right(arabic: Path) -> None:
    pages = _pages(arabic)
    contents = next(page for page in pages if ". . . ." in page.get_textpage().get_text_range())
    text = contents.get_textpage()
    edges = [text.get_rect(index) for index in range(text.count_rects())]
    margin = contents.get_width() * 0.08
    assert min(left for left, *_ in edges) > margin
    assert max(right for _, _, right, _ in edges) < contents.get_width() - margin
    chapter = next(page for page in pages if "البيت" in page.get_textpage().get_text_range())
    text = chapter.get_textpage()
    place = text.get_text_range().index("البيت")
    left, *_ = text.get_charbox(place)
    assert left > chapter.get_width() / 2
