"""What hardly fits its measure: wide tables, long years in a timeline, long titles in contents and heads, ragged lines."""

import shutil
from pathlib import Path

import pypdfium2
import pytest

from samizdat import pipeline
from samizdat.events import Failed, Found
from samizdat.workspace import Workspace

TITLES = [
    "The Ferry",
    "The Ferry at Low Water and What Was Found under It by All Who Looked",
    "How the Rope Was Spliced",
    "Of the Men Who Pulled at It in All Weathers, Sundays Included",
    "Oars",
    "The Rope, the Men, the Sand and the Bridge",
]
WIDE = """
| Crossing | Uninterruptedness | Unaccountableness | Disproportionately | Extraordinariness |
|----------|-------------------|-------------------|--------------------|-------------------|
| first    | incontrovertible  | counterproductive | uncharacteristically | misunderstandings |
"""
LONG = "\n| Month | Boats | Horses |\n|---|---|---|\n" + "".join(f"| {n}th month | {n * 7} | {n * 3} |\n" for n in range(4, 34))
LONG += "\n: Boats and horses that were carried over, month by month\n"
TIMELINE = """# Years

in the spring of 1887

:   the first boat

1890

:   the second boat, which was larger, and for which a landing of oak had to be built on both sides of the river
"""


def _chapter(number: int, title: str) -> str:
    rest = (WIDE, LONG)[number] if number < 2 else ""
    filler = "\n\n".join(
        f"The {word} that the ferry took was paid for by weight." for word in ("hay wool coal salt " * 8).split()
    )
    return f"# {title}\n\n{filler}\n{rest}\nSo it was.\n"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, books: Path) -> dict[str, bytes]:
    """A book with a chapter for each title, on pages of the pocket size, and in large print."""
    folder = tmp_path_factory.mktemp("tight")
    book = folder / "texts/plain"
    shutil.copytree(books / "plain", book)
    for old in book.glob("*.md"):
        old.unlink()
    facts = (book / "book.toml").read_text("utf-8")
    chapters = "".join(f'[[sections]]\nfile = "{number:02}-ferry-{number}.md"\n' for number in range(len(TITLES)))
    years = '[[sections]]\nkind = "timeline"\nfile = "10-years.md"\n'
    short = 'short = "Crossings"\n'
    tables = '[page]\nsize = "A6"\n\n[editions.large-print]\n'
    (book / "book.toml").write_text(f"{short}{facts[: facts.index('[[sections]]')]}{chapters}{years}{tables}", "utf-8")
    for number, title in enumerate(TITLES):
        (book / f"{number:02}-ferry-{number}.md").write_text(_chapter(number, title), "utf-8")
    (book / "10-years.md").write_text(TIMELINE, "utf-8")
    workspace = Workspace(folder)
    events = list(pipeline.build(workspace, workspace.books(), ["screen", "large-print"], 1))
    assert [event for event in events if isinstance(event, (Failed, Found))] == []
    return {path.name.removeprefix("plain").strip("-."): path.read_bytes() for path in (workspace.build / "plain").glob("*.pdf")}


Box = tuple[float, float, float, float]


def _lines(data: bytes) -> list[list[tuple[str, Box]]]:
    """The lines of each page from the top, with their edges in pt: left, bottom, right, top."""
    pages = []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        boxes = [text.get_rect(number) for number in range(text.count_rects())]
        pages.append(sorted(((text.get_text_bounded(*box).strip(), box) for box in boxes), key=lambda line: -line[1][3]))
    return pages


@pytest.mark.parametrize("edition", ["pdf", "large-print.pdf"])
def test_a_wide_table_is_set_narrower_and_stays_within_the_text(files: dict[str, bytes], edition: str) -> None:
    document = pypdfium2.PdfDocument(files[edition])
    lines = [(page, *line) for page, found in enumerate(_lines(files[edition])) for line in found]
    prose = {page: box for page, text, box in lines if text.startswith("The hay that")}
    page, left = next((page, box[0]) for page, text, box in lines if text.startswith("first"))
    right = max(box[2] for at, _, box in lines if at == page)
    width = document[page].get_width()
    assert left >= prose[min(prose)][0] - 40, "the gutter changes sides"
    assert right < width - 18
    assert all(box[0] > 18 and box[2] < width - 18 for at, _, box in lines if at == page)


@pytest.mark.parametrize("edition", ["pdf", "large-print.pdf"])
def test_a_caption_stands_on_the_page_where_its_table_begins(files: dict[str, bytes], edition: str) -> None:
    (page,) = (found for found in _lines(files[edition]) if any("Boats and horses that" in text for text, _ in found))
    assert any("4th month" in text for text, _ in page)


@pytest.mark.parametrize("edition", ["pdf", "large-print.pdf"])
def test_nothing_of_a_timeline_stands_upon_anything_else(files: dict[str, bytes], edition: str) -> None:
    page = next(found for found in _lines(files[edition]) if any(text.startswith("in the spring") for text, _ in found))
    for place, (one, (left, bottom, right, top)) in enumerate(page):
        for other, box in page[place + 1 :]:
            across, high = min(right, box[2]) - max(left, box[0]), min(top, box[3]) - max(bottom, box[1])
            assert across < 1 or high < 0.35 * (top - bottom), (one, other)


@pytest.mark.parametrize("edition", ["pdf", "large-print.pdf"])
def test_numbers_in_contents_end_at_one_edge_and_stand_in_the_line_of_their_titles(files: dict[str, bytes], edition: str) -> None:
    page = next(found for found in _lines(files[edition]) if any(text == "Contents" for text, _ in found))
    numbers = [box for text, box in page if text.isdigit()]
    words = [box for text, box in page if text[0].isalpha() and box[1] < max(number[3] for number in numbers)]
    assert len(numbers) == len(TITLES) + 1
    assert max(box[2] for box in numbers) - min(box[2] for box in numbers) < 1.5
    assert max(box[2] for box in words) < min(box[0] for box in numbers) - 5, "no title comes where the numbers stand"
    assert all(any(abs(box[3] - number[3]) < 8 for box in words) for number in numbers), "no number in a line by itself"


def test_heads_take_one_line_and_the_book_says_how_its_own_is_shortened(files: dict[str, bytes]) -> None:
    tops, large = ({found[0][0] for found in _lines(files[edition]) if found} for edition in ("pdf", "large-print.pdf"))
    assert {"Crossings", "The Ferry at Low Water and What Was Found under It by All Who…"} <= tops
    assert {"Crossings", "The Ferry at Low Water and What Was Found…", "Of the Men Who Pulled at It in All Weathers"} <= large


def test_no_short_word_has_a_ragged_line_for_itself(files: dict[str, bytes]) -> None:
    lines = [text for found in _lines(files["large-print.pdf"]) for text, _ in found]
    assert not [line for line in lines if line in {"by", "for", "that", "was", "took"}]
