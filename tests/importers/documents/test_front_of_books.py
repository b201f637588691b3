"""What stands before the first chapter of a document: a title page, a library's licence; numbers of chapters over their names."""

from collections.abc import Callable

from samizdat.importers.documents.reading import Document
from samizdat.model.walk import plain_text

ReadText = Callable[[str, str], Document]

LICENCE = (
    "Project Gutenberg’s The Weir, by Ines Karlsen. Anyone may copy this.\n*** START OF THIS PROJECT GUTENBERG EBOOK THE WEIR ***"
)
END = "End of the Project Gutenberg EBook\n*** END OF THIS PROJECT GUTENBERG EBOOK THE WEIR ***\nThe licence in full."


def titles(document: Document) -> list[str]:
    return [plain_text(section.title) for section in document.book.sections]


def page(body: str) -> str:
    head = "<title>The Project Gutenberg eBook of The Weir, by Ines Karlsen.</title>"
    return f'<html lang="en"><head>{head}</head><body><pre>{LICENCE}</pre>{body}<pre>{END}</pre></body></html>'


def test_a_book_of_a_library_of_free_texts(read_text: ReadText) -> None:
    text = "Water found its way, and so did we. " * 30
    rows = "".join(f'<tr><td>{name}</td><td><a href="#{name}">Of it</a></td></tr>' for name in "abc")
    contents = f"<h2>CONTENTS</h2><table>{rows}</table>"
    chapters = "".join(
        f'<h2><a name="{name}"></a>CHAPTER {number}</h2><h3>{title}</h3><h4>I</h4><p>{text}</p><h4>II</h4><p>{text}</p>'
        for name, number, title in (("a", "I", "MUD"), ("b", "II", "STONE"), ("c", "III", "IRON"))
    )
    document = read_text("weir.html", page(f"<h1>THE WEIR</h1><h2>by Ines Karlsen</h2>{contents}<h1>THE WEIR</h1>{chapters}"))
    assert document.book.metadata.authors == ("Ines Karlsen",)
    assert document.book.metadata.title == "The Weir"
    assert titles(document) == ["CHAPTER I: MUD", "CHAPTER II: STONE", "CHAPTER III: IRON"]
    assert [plain_text(below.title) for below in document.book.body[0].sections] == ["I", "II"]
    words = plain_text(document.book.sections)
    assert "Gutenberg" not in words
    assert "licence" not in words
    assert {"D87", "D89", "H85", "M80"} <= {decision.rule for decision in document.decisions}
    assert document.problems == ()


def test_a_number_with_sections_of_names_below_it_is_a_chapter_of_its_own(read_text: ReadText) -> None:
    text = "word " * 400
    document = read_text("a.md", f"# I\n\n## Mud\n\n{text}\n\n## Stone\n\n{text}\n\n# II\n\n## Iron\n\n{text}\n")
    assert titles(document) == ["I", "II"]
    document = read_text("a.md", f"# I\n\n## Mud\n\n{text}\n\n# II\n\n## Iron\n\n{text}\n")
    assert titles(document) == ["I: Mud", "II: Iron"]


def test_what_only_looks_like_a_number_is_a_heading_of_its_own(read_text: ReadText) -> None:
    document = read_text(
        "a.md", "# Mills\n\n## Section [^1]\n\n### Ponds\n\n# Weirs\n\n## Section (2)\n\n### Sluices\n\nx\n\n[^1]: N.\n"
    )
    assert [plain_text(part.title).strip() for chapter in document.book.body for part in chapter.sections] == [
        "Section",
        "Section (2)",
    ]


def test_a_single_title_stays_as_it_was_read(read_text: ReadText) -> None:
    document = read_text("a.md", "---\ntitle: The Weir\nauthor: Ines Karlsen\n---\n\n# The Weir\n\n## By the water\n\nText.\n")
    assert "By the water" in str([plain_text(section.title) for section in document.book.body[0].sections]) + str(
        titles(document)
    )
