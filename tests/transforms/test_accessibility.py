"""The accessibility statement: earned by facts, lowered by them, and the same for readers and for programs."""

import datetime
from dataclasses import replace

import pytest

from samizdat.model.block import Block, Cell, Column, Division, Figure, Formula, Paragraph, Row, Table
from samizdat.model.book import Book, Metadata, Note, Picture, Section
from samizdat.model.inline import Image, Span, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import descend, plain_text
from samizdat.transforms.accessibility import Facts, facts, findings, statement, verdict
from samizdat.words import vocabulary

TEXT = (Text("words"),)
CELL = Cell((Paragraph(TEXT),))
BARE = Table((Column(),), (), (Row((CELL,)),))
HEADED = replace(BARE, head=(Row((CELL,)),))
DESCRIBED = Figure(Image("images/eel.png", "An eel"))
MUTE = Figure(Image("images/eel.png", " "))


def _book(*blocks: Block, language: str = "en-GB", publisher: str = "", pictures: tuple[Picture, ...] = ()) -> Book:
    metadata = Metadata("Eel Lane", language, "urn:x:1", datetime.date(2026, 5, 3), publisher=publisher)
    chapter = Section("room", Kind.CHAPTER, TEXT, blocks)
    page = Section("accessibility-statement", Kind.ACCESSIBILITY_STATEMENT)
    return Book(metadata, (), (chapter,), (page,), pictures)


def _page(book: Book) -> Section:
    return statement(book).back[0]


def test_a_book_of_words_meets_the_standard_and_says_so() -> None:
    page = plain_text(_page(_book(Paragraph(TEXT), publisher="Eel Press.")))
    assert "meets EPUB Accessibility 1.1" in page
    assert "no pictures besides the cover" in page
    assert "tell the publisher: Eel Press." in page
    assert "Notes" not in page


@pytest.mark.parametrize(
    ("blocks", "reason"),
    [
        ((DESCRIBED, MUTE, MUTE), "Pictures without a description in words: 2 of 3."),
        ((HEADED, BARE), "Tables without headings: 1 of 2."),
    ],
)
def test_what_is_missing_lowers_the_claim_and_is_named(blocks: tuple[Block, ...], reason: str) -> None:
    known = facts(_book(*blocks))
    assert not known.conforms
    assert reason in findings(known, "en")
    page = plain_text(_page(_book(*blocks)))
    assert "does not claim to meet" in page
    assert reason in page


def test_a_headed_table_a_described_picture_and_a_formula_are_good_news() -> None:
    foreign = Paragraph((Span(TEXT, lang="de"),))
    known = facts(_book(HEADED, DESCRIBED, Formula("x"), foreign))
    assert known == Facts(images=1, tables=1, languages=True, formulas=True)
    assert known.conforms
    assert len(findings(known, "en")) == 7


def test_notes_are_told_of() -> None:
    book = _book()
    chapter = replace(book.body[0], notes=(Note("room-1", (Paragraph(TEXT),)),))
    assert facts(replace(book, body=(chapter,))).notes


@pytest.mark.parametrize(
    ("media_type", "data", "moves"),
    [
        ("image/gif", b"GIF89a\x21\xf9\x04....", False),
        ("image/gif", b"GIF89a\x21\xf9\x04....\x21\xf9\x04....", True),
        ("image/svg+xml", b"<svg><rect/></svg>", False),
        ("image/svg+xml", b"<svg><rect><animate/></rect></svg>", True),
        ("image/svg+xml", b"<svg><style>@keyframes x {}</style></svg>", True),
    ],
)
def test_a_picture_that_moves_is_not_called_harmless(media_type: str, data: bytes, *, moves: bool) -> None:
    known = facts(_book(DESCRIBED, pictures=(Picture("images/eel", media_type, 1, 1, data),)))
    assert known.moving is moves
    assert known.conforms is not moves


def test_the_statement_is_in_the_language_of_the_book_or_says_that_it_is_not() -> None:
    german = _page(_book(language="de-AT"))
    assert plain_text(german.title) == "Barrierefreiheit"
    assert [node for node in descend(german) if isinstance(node, Span | Division)] == []
    welsh = _page(_book(language="cy"))
    assert [node.lang for node in descend(welsh) if isinstance(node, Span | Division)] == ["en", "en"]


def test_a_title_given_in_book_toml_stays() -> None:
    book = _book()
    book = replace(book, back=(replace(book.back[0], title=(Text("For every reader"),)),))
    assert plain_text(_page(book).title) == "For every reader"


def test_other_sections_are_left_alone() -> None:
    book = _book(Paragraph(TEXT))
    assert statement(book).body == book.body


def test_the_statement_makes_no_claim_that_the_facts_do_not() -> None:
    for known in (Facts(), Facts(images=1, undescribed=1)):
        assert (verdict(known, "en") == vocabulary("en", "accessibility")["met"]) is known.conforms
