"""Where notes stand on paper and how they are numbered, read from finished pages; the ledger has gone over each of them."""

import re
from pathlib import Path

import pypdfium2
import pytest

from samizdat import pipeline
from samizdat.events import Failed, Found
from samizdat.workspace import Workspace

BOOK = """title = "A Book of Notes"
language = "en-GB"
identifier = "urn:uuid:6b4bdeaf-e2e4-4d01-9d0a-07b47801f542"
date = 2026-11-23
sections = [{ kind = "contents" }, { file = "01-camps.md" }, { file = "02-rivers.md" }, { kind = "index" }]

[page]
size = "A6"
opening = "any"
"""
PROSE = "The [press]{.index} stood in a cellar where paper was counted twice and ink was kept warm beside the stove. " * 3


def _chapter(title: str, notes: int) -> str:
    paragraphs = "".join(f"{title} call {n}.[^{n}] {PROSE}\n\n[^{n}]: {title} remark {n}.\n\n" for n in range(notes))
    return f"# {title}\n\n{paragraphs}"


def _built(folder: Path, notes: str, editions: list[str]) -> dict[str, str]:
    """Build a book with this table of notes; return the text of the pages of its PDF by their labels, in reading order."""
    book = folder / "texts/notes"
    book.mkdir(parents=True)
    (book / "book.toml").write_text(f"{BOOK}\n[notes]\n{notes}\n", "utf-8")
    (book / "01-camps.md").write_text(_chapter("Camps", 9), "utf-8")
    (book / "02-rivers.md").write_text(_chapter("Rivers", 2), "utf-8")
    workspace = Workspace(folder)
    events = list(pipeline.build(workspace, workspace.books(), editions, 1))
    assert [event for event in events if isinstance(event, (Failed, Found))] == []
    document = pypdfium2.PdfDocument((workspace.build / "notes/notes.pdf").read_bytes())
    return {document.get_page_label(n): document[n].get_textpage().get_text_range() for n in range(len(document))}


@pytest.fixture(scope="module")
def at_the_end(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of a book with its notes at the end."""
    return _built(tmp_path_factory.mktemp("end"), 'place = "book"', ["screen"])


@pytest.fixture(scope="module")
def by_page(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of a book whose notes are numbered by page."""
    return _built(tmp_path_factory.mktemp("page"), 'numbering = "page"', ["screen", "html"])


def test_all_notes_stand_before_the_index_in_their_order(at_the_end: dict[str, str]) -> None:
    pages = list(at_the_end.values())
    (first,) = [place for place, page in enumerate(pages) if "Camps remark 0" in page]
    (index,) = [place for place, page in enumerate(pages) if page.startswith("Index")]
    text = "".join(pages[first:index])
    assert re.findall(r"(\d+)\.\s+(Camps|Rivers) remark (\d)", text) == [
        *((str(n + 1), "Camps", str(n)) for n in range(9)),
        *((str(n + 1), "Rivers", str(n)) for n in range(2)),
    ]
    assert "remark" not in "".join([*pages[:first], *pages[index:]])


def test_above_a_chapters_notes_stand_its_title_and_the_pages_of_their_calls(at_the_end: dict[str, str]) -> None:
    text = "".join(at_the_end.values())
    for title, calls in (("Camps", 9), ("Rivers", 2)):
        (said,) = re.findall(rf"{title}\s+pages?\s(\S+)\s+1\.\s+{title} remark 0", text)
        called = [next(label for label, page in at_the_end.items() if f"{title} call {n}." in page) for n in range(calls)]
        assert said == "–".join(dict.fromkeys((called[0], called[-1])))


def test_the_contents_name_the_notes_but_not_each_chapters_part_of_them(at_the_end: dict[str, str]) -> None:
    contents = next(page for page in at_the_end.values() if page.startswith("Contents"))
    assert re.findall(r"^\w+(?= \.)", contents, re.MULTILINE) == ["Camps", "Rivers", "Notes", "Index"]


def test_notes_numbered_by_page_begin_with_one_on_each_page_and_stand_below_their_calls(by_page: dict[str, str]) -> None:
    with_notes = [page for page in by_page.values() if "remark" in page]
    assert len(with_notes) > 3
    for page in with_notes:
        calls = re.findall(r"call (\d)\.(\d+)", page)
        assert [number for _, number in calls] == [str(n + 1) for n in range(len(calls))]
        assert [(note, number) for number, note in re.findall(r"(\d+)\.\s+\w+ remark (\d)", page)] == calls


def test_numbers_by_page_are_refused_where_notes_leave_the_page(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="can be numbered by page only at its foot"):
        _built(tmp_path, 'numbering = "page"\nplace = "chapter"', ["screen"])
