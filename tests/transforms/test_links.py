"""Addresses as paper shows them, and where they may be broken."""

import datetime

import pytest

from samizdat.model.block import Block, Cell, Column, Heading, Paragraph, Row, Table
from samizdat.model.book import Book, Metadata, Note, Section
from samizdat.model.inline import Inlines, Link, NoteRef, Span, SpanRole, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import descend, plain_text
from samizdat.transforms.links import Form, breakable, print_links, short
from samizdat.transforms.notes import number

ARCHIVE = Link("https://www.example.org/archive/", (Text("the archive"),))


def printed(form: Form, *blocks: Block, notes: tuple[Note, ...] = ()) -> Section:
    chapter = Section("camps", Kind.CHAPTER, (Text("Camps"),), blocks, notes=notes, source="camps.md")
    part = Section("part", Kind.PART, (Text("One"),), sections=(chapter,), source="part.md")
    book = Book(Metadata("Links", "en", "urn:0", datetime.date(2026, 1, 2)), (), (part,), ())
    return number("chapter")(print_links(form)(book)).body[0].sections[0]


def made(node: object) -> list[str]:
    spans = (one for one in descend(node) if isinstance(one, Span) and one.role is SpanRole.LINKED)
    return [plain_text(span).replace("\u200b", "") for span in spans]


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("https://www.example.org/", "example.org"),
        ("http://example.org/a/?utm_source=x&page=2&fbclid=y#top", "example.org/a/?page=2#top"),
        ("https://example.org/?utm_medium=mail", "example.org"),
        ("mailto:someone@example.org", "someone@example.org"),
        ("ftp://example.org/a/", "ftp://example.org/a"),
    ],
)
def test_a_short_address_leads_to_the_same_place(target: str, told: str) -> None:
    assert short(target) == told


def test_an_address_is_broken_before_a_sign_that_shows_it_goes_on_and_never_after_a_hyphen() -> None:
    parts = breakable("https://example.org/paper/ink-and?page=2").split("\u200b")
    assert parts == ["https://", "example", ".org", "/paper", "/ink", "-\u2060and", "?page=2"]


def test_text_leaves_a_link_alone() -> None:
    paragraph = Paragraph((Text("See "), ARCHIVE, Text(".")))
    assert printed("text", paragraph).blocks == (paragraph,)


def test_a_note_holds_the_address_and_takes_its_number_among_the_others() -> None:
    own = (NoteRef("own"),)
    chapter = printed("notes", Paragraph((ARCHIVE, Text(" and "), *own)), notes=(Note("own", (Paragraph((Text("x"),)),)),))
    assert [call.number for call in descend(chapter.blocks) if isinstance(call, NoteRef)] == [1, 2]
    assert made(chapter.blocks) == []
    assert [(note.number, made(note)) for note in chapter.notes] == [(1, ["https://www.example.org/archive/"]), (2, [])]


def test_where_no_note_can_stand_the_address_is_short() -> None:
    def cell(inlines: Inlines) -> Cell:
        return Cell((Paragraph(inlines),))

    table = Table((Column(),), (), (Row((cell((ARCHIVE,)),)),))
    noted = Note("own", (Paragraph((ARCHIVE,)),))
    chapter = printed("notes", table, Paragraph((ARCHIVE, NoteRef("own"))), Heading(2, (ARCHIVE,)), notes=(noted,))
    assert made(chapter.blocks) == [" (example.org/archive)"] * 2
    assert made(chapter.notes) == [" (example.org/archive)"]


@pytest.mark.parametrize("form", ["text", "notes", "short"])
def test_words_that_are_an_address_say_it_once(form: Form) -> None:
    chapter = printed(form, Paragraph((Link("https://example.org/a-b/", (Text("example.org/a-b"),)),)))
    assert plain_text(chapter.blocks).replace("\u200b", "").replace("\u2060", "") == "example.org/a-b"
    assert chapter.notes == ()
