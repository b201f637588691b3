"""A short text takes little paper: a leaflet goes without a book's pages, and brief chapters open anywhere."""

import datetime
from dataclasses import replace

import pytest

from samizdat.model.block import Line, Paragraph, Stanza, Verse
from samizdat.model.book import Book, Metadata, Section
from samizdat.model.inline import Text
from samizdat.model.kind import Kind
from samizdat.transforms.brevity import has_brief_chapters, has_tiny_chapters, is_leaflet
from samizdat.transforms.furnish import furnish

PAPER = {Kind.HALF_TITLE, Kind.TITLE_PAGE, Kind.IMPRINT, Kind.CONTENTS, Kind.COLOPHON}


def _book(*lengths: int) -> Book:
    chapters = tuple(
        Section(f"c{number}", Kind.CHAPTER, (Text(f"Chapter {number}"),), (Paragraph((Text("word " * (letters // 5)),)),))
        for number, letters in enumerate(lengths)
    )
    return Book(Metadata("Eels", "en", "urn:uuid:0", datetime.date(2026, 1, 2)), (), chapters, ())


@pytest.mark.parametrize(
    ("lengths", "leaflet", "brief"),
    [
        ((3000,), True, True),
        ((900, 900, 900), True, True),
        ((900,) * 30, False, True),
        ((4000,) * 8, False, False),
        ((14000, 900), False, False),
        ((900,) * 4 + (20000,) * 6, False, False),
    ],
)
def test_length_decides(lengths: tuple[int, ...], leaflet: bool, brief: bool) -> None:
    """A declaration in thirty articles is no leaflet, but with all of them on right-hand pages every second one is blank."""
    book = _book(*lengths)
    assert (is_leaflet(book), has_brief_chapters(book)) == (leaflet, brief)


def test_chapters_of_a_few_lines_go_one_below_the_other_and_poems_do_not() -> None:
    assert has_tiny_chapters(_book(*(500,) * 20))
    assert not has_tiny_chapters(_book(*(900,) * 20))
    assert not has_tiny_chapters(_book(500, 500))
    book = _book(*(500,) * 20)
    poems = tuple(replace(chapter, blocks=(Verse((Stanza((Line((Text("Ink"),)),)),)),)) for chapter in book.body)
    assert not has_tiny_chapters(replace(book, body=poems))


def test_a_leaflet_has_a_title_page_and_an_imprint_and_what_book_toml_names() -> None:
    book = _book(900, 900)
    assert [leaf.kind for leaf in furnish(PAPER, on_paper=True)(book).front] == [Kind.TITLE_PAGE, Kind.IMPRINT]
    named = replace(book, back=(Section("colophon", Kind.COLOPHON),))
    kinds = [leaf.kind for leaf in furnish(PAPER, on_paper=True)(named).sections if leaf.kind.generated]
    assert kinds == [Kind.TITLE_PAGE, Kind.IMPRINT, Kind.COLOPHON]
    marked = replace(book, metadata=replace(book.metadata, fingerprint="45c5 c7ad 0668 5bef"))
    assert [leaf.kind for leaf in furnish(PAPER, on_paper=True)(marked).back] == [Kind.COLOPHON]


def test_only_paper_is_spared_and_a_text_with_a_preface_is_a_book() -> None:
    book = _book(900, 900)
    assert {leaf.kind for leaf in furnish(PAPER)(book).sections if leaf.kind.generated} == PAPER
    prefaced = replace(book, front=(Section("preface", Kind.PREFACE, (Text("Preface"),)),))
    assert {leaf.kind for leaf in furnish(PAPER, on_paper=True)(prefaced).sections if leaf.kind.generated} == PAPER
