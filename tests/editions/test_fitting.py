"""Fitting to the sheet: whole sheets are full within the limits of the house style, after three trials at the most."""

from math import ceil
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samizdat import pipeline
from samizdat.editions.fitting import FITTED, LINES, SIZES, TRIALS, UNFITTED, fit
from samizdat.editions.page import Page
from samizdat.events import Found
from samizdat.typesetting import Folio, Folios, Leaf, Opening, PageFacts, Pagination
from samizdat.typesetting.composition import Composed
from samizdat.typesetting.setting import Placed
from samizdat.workspace import Workspace

RECTOS = Page(opening="recto")


class Book:
    """A book of chapters of so many lines; its lines grow with the type, and it counts how often it is set."""

    def __init__(self, chapters: list[int], power: float, opening: Opening = Opening.ANY) -> None:
        self.chapters = chapters
        self.power = power
        self.set: list[Page] = []
        self.opening = opening

    def paginate(self, page: Page) -> Pagination:
        """Set the book: a chapter takes its lines, and the last page is filled by what is left."""
        self.set.append(page)
        layout = page.layout
        column = layout.lines * layout.leading
        placed, position = [], 0
        for number, chapter in enumerate(self.chapters):
            height = ceil(chapter * (layout.type_size / 10.6) ** self.power) * layout.leading
            pages = max(1, ceil(round(height / column, 6)))
            composed = Composed((0.0,) * pages, {}, (), column, height - (pages - 1) * column)
            opening = self.opening if page.opening == "recto" else Opening.ANY
            blanks = int((number == 0 or opening is Opening.RECTO) and position % 2)
            placed.append(Placed(Leaf(f"c{number}", "", opening), blanks, Folio(Folios.ARABIC, position + 1), composed))
            position += blanks + pages
        facts = tuple(PageFacts("1", "c", blank=False, folio=Folio(Folios.ARABIC, 1)) for _page in range(position))
        return Pagination(tuple(placed), facts, {}, "ltr")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(5, 400), min_size=1, max_size=12), st.floats(0.6, 1.1))
def test_sheets_are_full_or_the_book_is_left_as_it_is(chapters: list[int], power: float) -> None:
    book = Book(chapters, power)
    pagination, told = fit(Page(), book.paginate)
    before, layout = Page().layout, book.set[-1].layout
    assert len(book.set) <= 1 + TRIALS
    assert round(layout.type_size - before.type_size, 2) in SIZES
    assert layout.lines - before.lines in LINES
    assert layout.leading == before.leading
    if told is None:
        assert len(book.set) == 1
    elif told.code == FITTED.code:
        assert -len(pagination.pages) % 4 <= 1
        assert pagination == Book(chapters, power).paginate(book.set[-1])
    else:
        assert told.code == UNFITTED.code
        assert pagination == Book(chapters, power).paginate(Page())


def test_a_book_of_some_length_always_finds_its_setting() -> None:
    """A hundred pages and more can be brought to whole sheets by a tenth of a point or a line."""
    found = []
    for extra in range(0, 136, 17):
        book = Book([3500 + extra], 0.95)
        pagination, _told = fit(Page(), book.paginate)
        found.append(-len(pagination.pages) % 4)
    assert max(found) <= 1


def test_chapters_open_on_any_page_if_nothing_else_helps_and_it_may_be_so() -> None:
    """Seven chapters of a page each, on right-hand pages, make thirteen pages, whatever the size of the type."""
    chapters, anywhere = [20] * 7, [Opening.ANY] * 7
    kept, told = fit(RECTOS, Book(chapters, 0.95, Opening.RECTO).paginate)
    assert (len(kept.pages), told and told.code) == (13, UNFITTED.code)
    book = Book(chapters, 0.95, Opening.RECTO)
    changed, told = fit(RECTOS, book.paginate, 4, anywhere)
    assert told is not None
    assert (len(changed.pages), told.code, len(book.set)) == (7, FITTED.code, 2)
    assert told.hint.endswith('opening = "any".')


def test_what_was_changed_can_be_written_into_book_toml() -> None:
    book = Book([34 * 44 + 20], 0.95)
    pagination, told = fit(Page(), book.paginate)
    assert told is not None
    assert "45" in told.message
    assert "saved" in told.message
    options = dict(part.split(" = ") for part in told.hint.rstrip(".").partition(": ")[2].split(", "))
    page = Page.model_validate(options)
    assert Book([34 * 44 + 20], 0.95).paginate(page) == pagination


@pytest.fixture
def six_pages(workspace: Workspace) -> Path:
    """A small book that has a few lines too many."""
    folder = workspace.texts / "plain"
    toml = folder / "book.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[page]\nfit = "sheets"\nopening = "any"\n', "utf-8")
    (folder / "01-room.md").write_text(
        "# Room\n\n" + "A sentence about a room, and one more about its door. " * 330 + "\n", "utf-8"
    )
    return folder


def test_a_real_book_fills_its_sheets_and_says_so(workspace: Workspace, six_pages: Path) -> None:
    events = list(pipeline.build(workspace, [six_pages], ["print"], 1))
    told = [event.problem for event in events if isinstance(event, Found) and event.problem.code == FITTED.code]
    assert len(told) == 1
    with pikepdf.open(workspace.build / "plain/plain-print.pdf") as pdf:
        assert -len(pdf.pages) % 4 <= 1
        assert f"{len(pdf.pages)} pages instead of" in told[0].message
