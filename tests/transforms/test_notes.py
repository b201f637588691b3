"""Notes that no importer makes."""

import datetime

from samizdat.model.block import Blocks, Cell, Column, Paragraph, Row, Table
from samizdat.model.book import Book, Metadata, Note, Section
from samizdat.model.inline import NoteRef
from samizdat.model.kind import Kind
from samizdat.transforms.notes import number


def book(blocks: Blocks, *notes: Note) -> Book:
    section = Section("camps", Kind.CHAPTER, blocks=blocks, notes=notes, source="camps.md")
    return Book(Metadata("Notes", "en", "urn:0", datetime.date(2026, 1, 2)), (), (section,), ())


def calls(*keys: str) -> Paragraph:
    return Paragraph(tuple(NoteRef(key) for key in keys))


def test_a_note_called_from_a_note_follows_it() -> None:
    numbered = number("chapter")(book((calls("a", "b"),), Note("c", (calls(),)), Note("b", ()), Note("a", (calls("c"),)))).body[0]
    assert [note.key for note in numbered.notes] == ["camps_a", "camps_c", "camps_b"]
    assert numbered.blocks == (Paragraph((NoteRef("camps_a", 1), NoteRef("camps_b", 3))),)
    assert numbered.notes[0].blocks == (Paragraph((NoteRef("camps_c", 2),)),)


def test_the_note_of_a_caption_comes_before_those_of_the_rows() -> None:
    table = Table((Column(),), (), (Row((Cell((calls("row"),)),)),), caption=(NoteRef("caption"),))
    numbered = number("chapter")(book((table,), Note("row", ()), Note("caption", ()))).body[0]
    assert [note.key for note in numbered.notes] == ["camps_caption", "camps_row"]


def test_a_note_keeps_its_address_when_another_is_added_before_it() -> None:
    one, other = Note("one", ()), Note("1.a ß", ())
    before = number("book")(book((calls("1.a ß"),), other)).body[0].notes
    after = number("book")(book((calls("one", "1.a ß"),), one, other)).body[0].notes
    assert [note.key for note in before] == ["camps_1.a_20_df"]
    assert [(note.key, note.number) for note in after] == [("camps_one", 1), ("camps_1.a_20_df", 2)]


def test_notes_that_call_each_other_come_to_an_end() -> None:
    numbered = number("chapter")(book((calls("a", "a"),), Note("a", (calls("b"),)), Note("b", (calls("a"),)))).body[0]
    assert [note.number for note in numbered.notes] == [1, 2, 3]


def test_a_call_without_a_body_and_a_body_without_a_call_stay_unnumbered() -> None:
    numbered = number("chapter")(book((calls("lost"),), Note("idle", ()))).body[0]
    assert numbered.blocks == (calls("lost"),)
    assert numbered.notes == (Note("camps_idle", (), 0),)
