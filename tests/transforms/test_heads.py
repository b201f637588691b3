"""A title longer than a line is shortened for the head of the page."""

import datetime

import pytest

from samizdat.model.block import Paragraph
from samizdat.model.book import Book, Metadata, Section
from samizdat.model.inline import Text
from samizdat.model.kind import Kind
from samizdat.transforms.heads import short_heads, shortened


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("The Ferry", "The Ferry"),
        ("The Ferry at Low Water: How It Was Lost, and Found", "The Ferry at Low Water"),
        ("The Ferry, the Rope, and All the Men Who Pulled at It", "The Ferry, the Rope"),
        ("What Is a Ferry? Three Answers from the Bank", "What Is a Ferry?"),
        ("The Ferry — as Those Remember It Who Never Crossed", "The Ferry"),
        ("O, that we had stayed on this side of the river", "O, that we had stayed on…"),
        ("Of the Men Who Pulled at the Rope in All Weathers", "Of the Men Who Pulled at…"),
        ("Ferrymenandtheirdaughters and All the Others", "Ferrymenandtheirdaughters…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsgesellschaft"),
        ("渡し船の歴史と、それを引いた人々の記録", "渡し船の歴史と、それを引…"),
    ],
)
def test_a_title_ends_after_a_clause_that_says_enough_or_else_after_a_word(title: str, short: str) -> None:
    assert shortened(title, 26) == short


def test_what_the_author_shortened_stays_and_what_fits_needs_nothing() -> None:
    words = (Text("The Men Who Pulled at the Rope in All Weathers"),)
    inner = Section("inner", Kind.CHAPTER, words)
    chapters = (
        Section("long", Kind.CHAPTER, words, (Paragraph((Text("So."),)),), sections=(inner,)),
        Section("own", Kind.CHAPTER, words, short="The Men"),
        Section("brief", Kind.CHAPTER, (Text("The Rope"),)),
    )
    book = short_heads(26)(Book(Metadata("The Ferry", "en", "urn:uuid:0", datetime.date(2026, 1, 2)), (), chapters, ()))
    assert [chapter.short for chapter in book.body] == ["The Men Who Pulled at the…", "The Men", ""]
    assert book.body[0].sections[0].short == "The Men Who Pulled at the…"
    assert book.body[0].title == words
    assert book.metadata.short == ""
