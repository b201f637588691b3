"""Captions are numbered where they can be referred to, and references speak of the number."""

import datetime

from samizdat.model.block import Figure, Paragraph
from samizdat.model.book import Book, Metadata, Section
from samizdat.model.inline import CrossReference, Image, Inlines, ReferenceForm, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import descend
from samizdat.transforms.captions import captions
from samizdat.transforms.references import references

IMAGE = Image("images/eel.svg", "An eel")


def _caption(text: str) -> Inlines:
    return (Text(text),)


def _book(language: str) -> Book:
    reference = CrossReference("fig-eel", ReferenceForm.TITLE, ())
    blocks = (
        Figure(IMAGE, _caption("No id, no number")),
        Figure(IMAGE, (), "fig-bare"),
        Figure(IMAGE, _caption("First"), "fig-first"),
        Figure(IMAGE, _caption("An eel"), "fig-eel"),
        Paragraph((reference,)),
    )
    metadata = Metadata("Eels", language, "urn:uuid:0", datetime.date(2026, 1, 2))
    return references(captions(Book(metadata, (), (Section("eels", Kind.CHAPTER, blocks=blocks),), ())))


def test_only_figures_with_an_id_and_a_caption_are_numbered() -> None:
    assert [node.number for node in descend(_book("en").body) if isinstance(node, Figure)] == [0, 0, 1, 2]


def test_a_reference_without_words_names_the_number_in_the_books_language() -> None:
    words = {
        language: node.inlines
        for language in ("en", "de", "ru")
        for node in descend(_book(language).body)
        if isinstance(node, CrossReference)
    }
    assert words == {
        "en": (Text("Figure\u00a02"),),
        "de": (Text("Abbildung\u00a02"),),
        "ru": (Text("Рисунок\u00a02"),),
    }
