"""Chapters one below the other: on paper they share pages, in the e-book each has its own, with the numbers of printed pages."""

import importlib.util
from pathlib import Path

import pypdfium2
import pytest

from samizdat import pipeline
from samizdat.checks import pdf
from samizdat.events import Failed, Found
from samizdat.workspace import Workspace

ROOT = Path(__file__).parents[2]
TOML = """title = "Rules of the Boathouse"
language = "en-GB"
identifier = "urn:uuid:5a3a8f5e-3b86-4bb3-9d4e-6f1e7a1f0c11"
date = 2026-11-23

[page]
size = "A6"
{opening}
"""
GOODS = "oars rope paint tar bread lamps nails sails".split()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two parts of eight rules each; the third rule of each has a note, the last of all is longer than a page."""
    root = tmp_path_factory.mktemp("rules")
    folder = root / "texts/rules"
    folder.mkdir(parents=True)
    parts = []
    for part in ("boats", "people"):
        (folder / f"{part}.md").write_text(f"# The {part.capitalize()}\n", "utf-8")
        parts.append(f'[[sections]]\nkind = "part"\nfile = "{part}.md"\n')
        for number, good in enumerate(GOODS, 1):
            text = f"# Rule of the {good} ({part})\n\nWhoever takes {good} writes down which, and at what hour.\n\n"
            text += f"The {good} of {part} belong{'[^a]' if number == 3 else ''} to all, and nobody takes the last.\n"
            text += "\n[^a]: To all who row.\n" if number == 3 else ""
            text += "\nIt rained, and was written down.\n" * 40 if (part, number) == ("people", 8) else ""
            (folder / f"{part}-{good}.md").write_text(text, "utf-8")
            parts.append(f'[[sections]]\nfile = "{part}-{good}.md"\n')
    (folder / "book.toml").write_text(TOML.format(opening="") + "".join(parts), "utf-8")
    workspace = Workspace(root)
    events = list(pipeline.build(workspace, workspace.books(), ["print", "screen", "epub", "html"], 1))
    assert [event for event in events if isinstance(event, (Failed, Found))] == []
    return workspace.build / "rules"


def _pages(path: Path) -> list[list[str]]:
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
    return [[line.strip() for line in text.splitlines() if line.strip()] for text in texts]


def test_chapters_share_pages_and_parts_begin_on_their_own(built: Path) -> None:
    pages = _pages(built / "rules-print.pdf")
    opened = [sum(line.startswith("Rule of the") for line in page) for page in pages]
    assert max(opened) >= 3
    first = next(page for page in pages if "Rule of the oars (people)" in page)
    assert not any("(boats)" in line for line in first)
    assert any("To all who row." in line for page in pages for line in page)


def test_the_head_of_a_right_hand_page_names_the_last_chapter_that_begins_on_it(built: Path) -> None:
    heads = {page[-1]: (page[-2], page[:-2]) for page in _pages(built / "rules-print.pdf") if len(page) > 3}
    assert heads["3"][0] == "Rule of the sails (boats)", "the last of four"
    assert heads["9"][0] == "Rule of the sails (people)", "none begins on the page, one goes on"
    assert not any(line.startswith("Rule") for line in heads["9"][1])


def test_the_e_book_has_each_page_number_where_that_page_begins(built: Path) -> None:
    spec = importlib.util.spec_from_file_location("page_list", ROOT / "tools/page_list.py")
    assert spec is not None
    assert spec.loader is not None
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    assert check.compare(built / "rules-print.pdf", built / "rules.epub")
    assert check.compare(built / "rules-print.pdf", built / "rules.html")


def test_each_is_a_heading_of_its_own_in_the_tags_and_the_outline(built: Path) -> None:
    data = (built / "rules.pdf").read_bytes()
    assert list(pdf.check_screen(data)) == []
    outline = [line.get_title() for line in pypdfium2.PdfDocument(data).get_toc()]
    assert [title for title in outline if title.startswith("Rule of the")] == [
        f"Rule of the {good} ({part})" for part in ("boats", "people") for good in GOODS
    ]
