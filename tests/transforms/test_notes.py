"""Notes that no importer makes, and what holds for the pieces of any note."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samizdat.model.block import (
    Block,
    Blocks,
    Cell,
    Column,
    Definition,
    DefinitionList,
    Division,
    Line,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Row,
    Stanza,
    Table,
    Verse,
)
from samizdat.model.book import Book, Metadata, Note, Section
from samizdat.model.inline import Code, Emphasis, IndexTerm, Inline, Inlines, LineBreak, Link, NoteRef, Span, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import children, descend, plain_text
from samizdat.transforms.notes import number, pieces


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


WORD = st.sampled_from(["word", "word.", "word,", "a\u00a0b", "“word.”", "слово", "…"])
TEXT = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
LEAF: st.SearchStrategy[Inline] = st.one_of(
    TEXT.map(Text),
    TEXT.map(lambda text: Text(f" {text} ")),
    st.builds(Code, TEXT),
    st.sampled_from([NoteRef("camps-n1", 1), LineBreak(), Text(" ")]),
    TEXT.map(lambda text: IndexTerm(("word",), (Text(text),), id="ix")),
)


def nested(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    inlines = st.lists(inner, max_size=4).map(tuple)
    return st.one_of(
        inlines.map(Emphasis),
        inlines.map(lambda inner: Link("https://example.org", inner)),
        inlines.map(lambda inner: Span(inner, lang="de", id="here")),
    )


INLINES: st.SearchStrategy[Inlines] = st.lists(st.recursive(LEAF, nested, max_leaves=6), max_size=6).map(tuple)
PARAGRAPHS = INLINES.map(Paragraph)


def grouped(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quote, blocks, INLINES),
        blocks.map(Division),
        st.lists(blocks, max_size=3).map(tuple).map(List),
        st.lists(blocks, max_size=3).map(lambda meanings: DefinitionList((Definition((Text("word"),), tuple(meanings)),) * 2)),
        st.lists(blocks, min_size=1, max_size=4).map(
            lambda cells: Table((Column(),) * 2, (), tuple(Row((Cell(cell), Cell((Paragraph((Text("3"),)),)))) for cell in cells))
        ),
        st.lists(st.lists(INLINES, min_size=1, max_size=4), min_size=1, max_size=3).map(
            lambda stanzas: Verse(tuple(Stanza(tuple(Line(line) for line in lines)) for lines in stanzas))
        ),
        st.lists(TEXT, min_size=1, max_size=5).map(lambda lines: Preformatted("\n".join(lines))),
    )


BLOCKS: st.SearchStrategy[Blocks] = st.lists(st.recursive(PARAGRAPHS, grouped, max_leaves=5), max_size=4).map(tuple)


def words(node: object) -> list[str]:
    """The words of blocks, none joined across the border of two blocks."""
    if isinstance(node, Paragraph):
        return plain_text(node).split()
    if isinstance(node, Preformatted):
        return node.text.split()
    if isinstance(node, tuple) and any(isinstance(member, Inline) for member in node):
        return plain_text(node).split()
    return [word for child in children(node) for word in words(child)]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(BLOCKS, st.integers(1, 20))
def test_pieces_lose_nothing(blocks: Blocks, most: int) -> None:
    (note,) = pieces(most)(book((), Note("n", blocks))).body[0].notes
    assert note.blocks == blocks
    if note.pieces:
        assert words(note.pieces) == words(blocks)
        assert sum(isinstance(node, NoteRef) for node in descend(note.pieces)) == sum(
            isinstance(node, NoteRef) for node in descend(blocks)
        )


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(TEXT, min_size=1, max_size=6), st.integers(1, 20))
def test_pieces_of_plain_paragraphs_have_at_most_so_many_words(texts: list[str], most: int) -> None:
    note = Note("n", tuple(Paragraph((Emphasis((Text(text),)),)) for text in texts))
    (cut,) = pieces(most)(book((), note)).body[0].notes
    assert all(len(plain_text(block).split(" ")) <= most for piece in cut.pieces for block in piece)
    assert all(sum(len(plain_text(block).split(" ")) for block in piece) <= most for piece in cut.pieces)
    assert bool(cut.pieces) == (sum(len(text.split(" ")) for text in texts) > most)


def test_an_id_stands_once() -> None:
    note = Note("n", (Paragraph((Span((Text("one two three four"),), id="here"),)),))
    (cut,) = pieces(2)(book((), note)).body[0].notes
    assert [node.id for node in descend(cut.pieces) if isinstance(node, Span)] == ["here", ""]


def test_code_is_never_cut() -> None:
    note = Note("n", (Preformatted("one two three four"), Paragraph((Code("one two three four"),))))
    (cut,) = pieces(2)(book((), note)).body[0].notes
    assert cut.pieces == tuple((block,) for block in note.blocks)


def test_a_table_verse_and_code_are_cut_between_lines() -> None:
    table = Table(
        (Column(), Column()),
        (Row((Cell((Paragraph((Text("Month"),)),)), Cell((Paragraph((Text("Sacks"),)),)))),),
        tuple(Row((Cell((Paragraph((Text(f"a long name {place}"),)),)), Cell((Paragraph((Text("3"),)),)))) for place in range(9)),
    )
    verse = Verse((Stanza(tuple(Line((Text(f"line {place}"),)) for place in range(9)), id="here"),))
    code = Preformatted("\n".join(f"line {place}" for place in range(9)))
    for block in (table, verse, code):
        (note,) = pieces(24)(book((), Note("n", (block,)))).body[0].notes
        assert len(note.pieces) >= 3
        assert [word for piece in note.pieces for word in words(piece)] == words(block)
    (note,) = pieces(24)(book((), Note("n", (table,)))).body[0].notes
    parts = [block for piece in note.pieces for block in piece if isinstance(block, Table)]
    assert [bool(part.head) for part in parts] == [True, *[False] * (len(parts) - 1)]
    assert len({part.columns for part in parts}) == 1
    assert sum(column.width for column in parts[0].columns) == pytest.approx(1)
