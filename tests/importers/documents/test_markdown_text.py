"""Markdown of other dialects: MultiMarkdown's metadata, links and pictures of wikis, framed notes, notes in the line."""

from collections.abc import Callable
from pathlib import Path

from samizdat.importers.documents.reading import Document, Order, read
from samizdat.model.block import Division, Preformatted, Role
from samizdat.model.inline import CrossReference
from samizdat.model.walk import descend, plain_text

ReadText = Callable[[str, str], Document]


def test_metadata_of_multimarkdown(read_text: ReadText) -> None:
    book = read_text("a.md", "Title: The Weir\nAuthor: Ines Karlsen\n\n# Mud\n\nText.\n").book
    assert (book.metadata.title, book.metadata.authors) == ("The Weir", ("Ines Karlsen",))
    assert "Karlsen" not in plain_text(book.sections)
    plain = read_text("b.md", "Question: who was it?\nAnswer: nobody.\n\nMore.\n").book
    assert "who was it" in plain_text(plain.sections)


def test_links_and_pictures_of_a_wiki(tmp_path: Path, picture: Callable[[int, int], bytes]) -> None:
    (tmp_path / "weir.png").write_bytes(picture(4, 3))
    text = "# Mud\n\nSee [[Stone|the stone]], `[[Stone]]`, [[Nowhere]], [[1]] and [[2]](https://a.example).\n\n![[weir.png|300]]\n\n```\n[[Stone]]\n```\n"
    document = read(Order("a.md", f"{text}\n# Stone\n\nText.\n".encode(), str(tmp_path)))
    words = plain_text(document.book.sections)
    assert "See the stone, [[Stone]], Nowhere, [[1]] and [2]." in words
    assert [node.text for node in descend(document.book.body) if isinstance(node, Preformatted)] == ["[[Stone]]"]
    assert [plain_text(node.inlines) for node in descend(document.book.body) if isinstance(node, CrossReference)] == ["the stone"]
    assert [item.path for item in document.book.pictures] == ["images/weir.png"]


def test_framed_notes_are_boxes(read_text: ReadText) -> None:
    document = read_text(
        "a.md", "# A\n\nText.\n> [!warning] Mind\n> The step.\n>\n> - and the door\n\nMore.\n\n> [!NOTE]\n> Low.\n"
    )
    boxes = [node for node in descend(document.book.body) if isinstance(node, Division) and node.role is Role.BOX]
    assert [plain_text(box.blocks) for box in boxes] == ["MindThe step.and the door", "NoteLow."]


def test_a_note_in_the_line_is_a_note(read_text: ReadText) -> None:
    document = read_text("a.md", "# A\n\nText^[In the line.] and on.\n")
    assert [plain_text(note.blocks) for note in document.book.body[0].notes] == ["In the line."]
