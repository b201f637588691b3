"""The cover picture: there is always one, and where its words cannot be drawn, that is told."""

import datetime

import pytest

from samizdat.editions.cover import Cover
from samizdat.editions.edition import Press
from samizdat.model.book import Book, Metadata
from samizdat.problems import Problem, Severity
from samizdat.workspace import house_templates


@pytest.mark.parametrize(("title", "advice"), [("\U00012000", "no type for this script"), ("\U0001fbc9", "meant")])
def test_a_title_in_letters_that_the_house_lacks_gets_a_cover_without_words(title: str, advice: str) -> None:
    told: list[Problem] = []
    press = Press("t", (house_templates(),), lambda make, *_: make(), told.append)
    book = Book(Metadata(title, "en", "urn:x:1", datetime.date(2026, 5, 3)), (), (), ())
    files = Cover().write(book, press)
    assert set(files) == {"t-cover.jpg", "t-thumbnail.jpg"}
    (problem,) = told
    assert (problem.code, problem.severity) == ("P01", Severity.WARNING)
    assert advice in problem.hint
