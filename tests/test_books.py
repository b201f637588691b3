"""The books of this repository, as a reader gets them: held against EPUBCheck, PDF/UA and the program's own checks."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from samizdat import pipeline
from samizdat.events import Crashed, Event, Failed, Found, Wrote
from samizdat.workspace import Workspace

WORKSPACE = Workspace(Path(__file__).parents[1])
BOOKS = [folder.name for folder in WORKSPACE.books()]


@pytest.fixture(scope="module")
def verdicts() -> Mapping[str, list[Event]]:
    """Make what is not up to date and check every file: the events of each book."""
    told: dict[str, list[Event]] = {book: [] for book in BOOKS}
    for event in pipeline.check(WORKSPACE, WORKSPACE.books()):
        told.setdefault(event.book, []).append(event)
    return told


def test_the_three_books_are_there() -> None:
    assert {"handbook", "five-reckonings", "specimen"} <= set(BOOKS)


@pytest.mark.slow
@pytest.mark.parametrize("book", BOOKS)
def test_a_book_passes_every_check(book: str, verdicts: Mapping[str, list[Event]]) -> None:
    assert [event for event in verdicts[book] if isinstance(event, Failed | Crashed)] == []
    found = [event.problem for event in verdicts[book] if isinstance(event, Found)]
    assert [str(problem) for problem in found] == []


@pytest.mark.slow
@pytest.mark.parametrize("book", BOOKS)
def test_a_book_comes_in_all_editions(book: str, verdicts: Mapping[str, list[Event]]) -> None:
    made = {event.path for event in verdicts[book] if isinstance(event, Wrote)}
    ends = (".epub", ".pdf", "-print.pdf", "-pamphlet.pdf", ".html")
    assert {f"{book}/{book}{end}" for end in ends} <= made
    assert all((WORKSPACE.build / path).stat().st_size for path in made)
