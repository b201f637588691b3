"""Muse as Text::Amuse reads it: notes of two kinds, paragraphs of notes, pictures with a side, tags without partners."""

from collections.abc import Callable

from samizdat.importers.documents.reading import Document
from samizdat.model.block import DefinitionList, List, Preformatted, Quote, Table, Verse
from samizdat.model.walk import descend, plain_text

ReadText = Callable[[str, str], Document]


def notes(document: Document) -> list[str]:
    return [plain_text(note.blocks) for section in document.book.sections for note in section.notes]


def nodes(document: Document, kind: type) -> list[object]:
    return [node for node in descend(document.book.sections) if isinstance(node, kind)]


def test_a_note_calls_no_note_of_its_own_kind(read_text: ReadText) -> None:
    document = read_text(
        "a.muse", "#title A\n\nOne[1], two[2].\n\n[1] See note [2], by others {1}.\n\n[2] Second.\n\n{1} Theirs.\n"
    )
    assert notes(document) == ["See note [2], by others *.", "*\u00a0Theirs.", "Second."]


def test_a_paragraph_of_a_note_is_nothing_but_text(read_text: ReadText) -> None:
    first = "[1] See page\n 3. above,\n> and below\n\n    More\n    of it.\n"
    document = read_text("a.muse", f"#title A\n\nOne[1] and two[2].\n\n{first}\n[2] It is\n a term :: of law\n\nText.\n")
    assert notes(document) == ["See page 3. above, > and below" + "More of it.", "It is a term :: of law"]
    assert nodes(document, List) == nodes(document, DefinitionList) == []


def test_numbers_in_line_on_the_right_are_one_list(read_text: ReadText) -> None:
    items = "".join(f" {number:2}. Item of it\n\n" for number in range(1, 13))
    lists = nodes(read_text("a.muse", f"#title A\n\nText.\n\n{items}Text.\n"), List)
    assert [len(found.items) for found in lists if isinstance(found, List)] == [12]


def test_a_tag_that_is_never_closed_hides_nothing(read_text: ReadText) -> None:
    document = read_text("a.muse", "#title A\n\n<quote>\n\nHello\n\n<code>\n\n</verse>\n\n<verse>\n\nWorld\n")
    assert "Hello" in plain_text(document.book.sections)
    assert "World" in plain_text(document.book.sections)


def test_a_tag_that_is_spoken_of_is_left_alone(read_text: ReadText) -> None:
    document = read_text(
        "a.muse", "#title A\n\nThe =<quote>= tag.\n\n<quote>\nSaid.\n</quote>\n\n<example>\n[1] as it is\n</example>\n"
    )
    assert len(nodes(document, Quote)) == 1
    assert "The <quote> tag." in plain_text(document.book.sections)
    assert [node.text for node in nodes(document, Preformatted) if isinstance(node, Preformatted)] == ["[1] as it is"]


def test_a_picture_with_a_side_and_a_turn(read_text: ReadText) -> None:
    document = read_text("a.muse", "#title A\n\nText.\n\n[[weir.png 25 r a90]]\n")
    assert any(decision.rule == "X84" and "weir.png" in decision.before for decision in document.decisions)


def test_what_nobody_closes_ends_at_the_next_heading(read_text: ReadText) -> None:
    document = read_text("a.muse", "#title A\n\n<quote>\n\nMud.\n\n** Stone\n\n<verse>\nwater\nwater\n\n** Iron\n\nText.\n")
    assert [plain_text(node) for node in nodes(document, Quote)] == ["Mud."]
    assert len(nodes(document, Verse)) == 1
    assert "Text." in plain_text(document.book.sections)


def test_a_bar_in_a_line_makes_no_table_unless_the_line_is_set_in(read_text: ReadText) -> None:
    document = read_text("a.muse", "#title A\n\nEither | or.\n\n  mud | wet\n  stone | dry\n")
    assert len(nodes(document, Table)) == 1
    assert "Either | or." in plain_text(document.book.sections)


def test_an_example_in_braces(read_text: ReadText) -> None:
    document = read_text("a.muse", "#title A\n\nOne [1].\n\n{{{\nnothing [1] here\n\n[1] nor here\n}}}\n\n[1] Note.\n")
    assert notes(document) == ["Note."]
    assert [node.text for node in nodes(document, Preformatted) if isinstance(node, Preformatted)] == [
        "nothing [1] here\n\n[1] nor here"
    ]
