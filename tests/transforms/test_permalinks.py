"""The address of a paragraph outlives what is done to its neighbours, and small corrections."""

import datetime

from samizdat.model.block import Cell, Column, Line, List, Paragraph, Quote, Row, Stanza, Table, Verse
from samizdat.model.book import Book, Metadata, Note, Section
from samizdat.model.inline import Emphasis, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import descend
from samizdat.transforms.permalinks import permalinks

LONG = "The boat lay at the quay, and nobody in the village had seen it come in from the open sea."


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def _ids(*blocks: object, chapter: str = "quay", notes: tuple[Note, ...] = ()) -> list[str]:
    metadata = Metadata("Boats", "en", "urn:uuid:0", datetime.date(2026, 1, 2))
    section = Section(chapter, Kind.CHAPTER, blocks=tuple(blocks), notes=notes)  # type: ignore[arg-type]  # blocks of all kinds
    book = permalinks(Book(metadata, (), (section,), ()))
    return [node.id for node in descend(book.body) if isinstance(node, Paragraph | Stanza)]


def test_a_paragraph_before_it_changes_nothing() -> None:
    (alone,) = _ids(_paragraph(LONG))
    assert _ids(_paragraph("New."), _paragraph(LONG), _paragraph("Also new."))[1] == alone
    assert alone.startswith("p-")


def test_marks_accents_case_and_the_end_change_nothing() -> None:
    (first,) = _ids(_paragraph(LONG))
    assert _ids(_paragraph(LONG.replace("sea", "ocean").replace(",", ";").replace("boat", "Boat"))) == [first]
    assert _ids(Paragraph((Text("The "), Emphasis((Text("boát"),)), Text(LONG[8:])))) == [first]
    assert _ids(_paragraph(LONG.replace("boat", "ship"))) != [first]


def test_the_same_words_are_told_apart() -> None:
    once, twice = _ids(_paragraph(LONG), _paragraph(LONG))
    assert twice == f"{once}-2"
    assert _ids(_paragraph(LONG), chapter="pier") != [once]


def test_text_has_addresses_and_cells_notes_and_bare_lines_have_none() -> None:
    item = (_paragraph("an item"),)
    cell = Cell((_paragraph("a cell"),))
    given = _ids(
        Quote((_paragraph("quoted"),)),
        Verse((Stanza((Line((Text("a line"),)),)),)),
        List((item,), tight=False),
        List((item,), tight=True),
        Table((Column(),), (), (Row((cell,)),)),
        _paragraph("* * *"),
        notes=(Note("n1", (_paragraph("a note"),), 1),),
    )
    assert [bool(identity) for identity in given] == [True, True, True, False, False, False, False]
