"""A document without headings, in which lines of their own in bold are what its author took for them."""

from collections.abc import Callable
from typing import Any

from samizdat.importers.documents.reading import Document
from samizdat.model.walk import plain_text

ReadBytes = Callable[[str, bytes], Document]
LONG = "The mill stood at the third weir, and nobody remembered who had built it. " * 60


def bold(words: str) -> str:
    return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r></w:p>'


def test_title_chapters_and_sections_by_their_looks(read_bytes: ReadBytes, made: Any) -> None:
    body = "".join(
        (
            bold("The Weir"),
            *(bold("Chapter One"), made.paragraph(LONG), bold("A Morning"), made.paragraph(LONG)),
            *(
                bold("Chapter Two"),
                made.paragraph(LONG),
                bold("This is important, and ends as sentences do."),
                made.paragraph(LONG),
            ),
        )
    )
    document = read_bytes("a.docx", made.docx(body))
    assert document.book.metadata.title == "The Weir"
    assert [plain_text(section.title) for section in document.book.body] == ["Chapter One", "Chapter Two"]
    assert [plain_text(below.title) for below in document.book.body[0].sections] == ["A Morning"]
    assert [decision.rule for decision in document.decisions].count("H86") == 4


def test_one_bold_line_or_many_prove_nothing(read_text: Callable[[str, str], Document]) -> None:
    one = read_text("a.md", f"{LONG}\n\n**Mind the step**\n\n{LONG}\n")
    many = read_text("b.md", "\n\n".join(f"**Line {number}**" for number in range(9)))
    headed = read_text("c.md", f"# A\n\n**Mind**\n\n{LONG}\n\n**The step**\n\n{LONG}\n")
    assert all("H86" not in {decision.rule for decision in document.decisions} for document in (one, many, headed))
