"""The e-book's claims: for programs the same as on the page for the reader."""

import datetime

from samizdat.editions.epub import _accessibility
from samizdat.model.block import Figure
from samizdat.model.book import Book, Metadata, Section
from samizdat.model.inline import Image, Text
from samizdat.model.kind import Kind


def _book(*alts: str) -> Book:
    figures = tuple(Figure(Image("images/eel.png", alt)) for alt in alts)
    metadata = Metadata("Eel Lane", "en-GB", "urn:x:1", datetime.date(2026, 5, 3))
    return Book(metadata, (), (Section("room", Kind.CHAPTER, (Text("Room"),), figures),), ())


def test_a_described_picture_is_claimed() -> None:
    claims = _accessibility(_book("An eel", "A lane"))
    assert claims.conforms_to == "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    assert "alternativeText" in claims.features
    assert claims.sufficient == (("textual",), ("textual", "visual"))


def test_a_picture_without_words_takes_three_claims_away_and_says_why() -> None:
    claims = _accessibility(_book("An eel", ""))
    assert claims.conforms_to == ""
    assert "alternativeText" not in claims.features
    assert claims.sufficient == (("textual", "visual"),)
    assert "Pictures without a description in words: 1 of 2." in claims.summary


def test_a_book_without_pictures_claims_no_descriptions() -> None:
    claims = _accessibility(_book())
    assert (claims.modes, "alternativeText" in claims.features) == (("textual",), False)
