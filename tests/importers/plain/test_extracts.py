"""What a program takes out of a PDF: pages between form feeds, with heads, folios and notes at the foot, and no space within."""

from textwrap import dedent, fill

import pytest

from samizdat.importers.plain.reading import Reading, read
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Paragraph
from samizdat.model.inline import NoteRef
from samizdat.model.walk import descend, plain_text

LAMP = (
    "The lamp on the pier was lit every evening by a man who had never been to sea, and who had no wish to go. He carried his"
    " ladder along the wall, climbed it, trimmed the wick and came down again, in less time than it takes to tell."
)
COUNCIL = (
    "When the council bought the new lamps nobody told him. He found the crates in the shed on a Monday, read the labels, and sat"
    " down on the nearest of them to think about what a ladder is for when there is nothing left to climb to."
)
REST = (
    "It was the schoolmaster who had the idea of the archive. Every ladder in the town was measured and drawn, and the drawings"
    " were hung in the reading room, where they are to this day, under glass, with the names of those who used them."
)
NOTES = (
    "1. As he said himself, in a letter to the harbour board that nobody ever answered.",
    "2. There were nine of them, and a tenth for the pump.",
    "3. The drawings are by his sister.",
)


def _page(*texts: str) -> str:
    return "\n".join(fill(text, 64) if len(text) > 64 else text for text in texts)


def _torn(text: str, at: str) -> tuple[str, str]:
    """Tear a paragraph in the middle, as the end of a page does."""
    before, after = text.split(at)
    return before + at, after.strip()


@pytest.fixture(scope="module")
def extract() -> Reading:
    lamp = LAMP.replace("to sea,", "to sea,1")
    first, second = _torn(COUNCIL.replace("told him.", "told him.2"), "on a Monday, read the")
    drawn = REST.replace("measured and drawn,", "measured and drawn,3")
    third, fourth = _torn(LAMP, "in less time than it")
    pages = (
        _page("The Ladder", "", "Ada Quill", "", "Quay Press"),
        _page(
            "Contents", "The Lamp . . . . . . . . . . 3", "The Archive . . . . . . . . . 5", "The Drawings . . . . . . . . . 7"
        ),
        _page("The Lamp", "Before the lamps came", lamp, REST, "What the council did", first, *NOTES[:2], "", "3"),
        _page("The Ladder", "", second, LAMP, REST, COUNCIL, "", "4"),
        _page("The Archive", "Who measured the ladders?", drawn, LAMP, COUNCIL, third, NOTES[2], "", "5"),
        _page("The Ladder", "", fourth, COUNCIL, REST, LAMP, "", "6"),
        _page("The Drawings", "How they were hung", LAMP, COUNCIL, REST, "", "7"),
        _page("The Ladder", "", "Where they are now", REST, COUNCIL, LAMP, "", "8"),
    )
    return read("\f".join(f"{page}\n" for page in pages).encode(), "ladder", Rules())


def test_heads_and_folios_of_pages_are_taken_off(extract: Reading) -> None:
    left_out = {(each.rule, each.before) for each in extract.decisions if each.rule in {"D56", "D57"}}
    assert left_out == {("D57", "The Ladder"), *(("D56", str(folio)) for folio in range(3, 9))}
    assert not extract.account.missing


def test_chapters_and_headings_right_above_their_text_are_found(extract: Reading) -> None:
    (book,) = extract.books
    assert book.metadata.title == "The Ladder"
    found = [(plain_text(chapter.title), [plain_text(each.title) for each in chapter.sections]) for chapter in book.body]
    assert found == [
        ("The Lamp", ["Before the lamps came", "What the council did"]),
        ("The Archive", ["Who measured the ladders?"]),
        ("The Drawings", ["How they were hung", "Where they are now"]),
    ]


def test_paragraphs_are_parted_where_a_line_ends_early_and_joined_across_pages(extract: Reading) -> None:
    lamp = extract.books[0].body[0]
    texts = [plain_text(block) for block in lamp.sections[1].blocks if isinstance(block, Paragraph)]
    assert texts[0].startswith(COUNCIL)
    before = [plain_text(block) for block in lamp.sections[0].blocks]
    assert before == [LAMP, REST]


def test_notes_at_the_foot_of_a_page_are_linked(extract: Reading) -> None:
    lamp, archive, _ = extract.books[0].body
    for chapter, count in ((lamp, 2), (archive, 1)):
        assert [each.key for each in descend(chapter) if isinstance(each, NoteRef)] == [note.key for note in chapter.notes]
        assert len(chapter.notes) == count
    assert plain_text(lamp.notes[0].blocks) == NOTES[0].removeprefix("1. ")


def test_a_number_at_the_end_of_a_code_or_a_unit_is_no_call() -> None:
    text = dedent(
        """\
        The shed measured 40 m2, and was sold under the number 99c00b2, which is the oldest number in the book of the quay.{}

        1. The first thing that is to be said about it.

        2. The second thing that is to be said about it.
        """
    )
    found = read(text.format(" A hectare is 10,000 m^2 and more.").encode(), "shed", Rules())
    assert not found.account.missing
    assert not [each for each in descend(found.books[0].sections) if isinstance(each, NoteRef)]


def test_an_extract_with_two_columns_side_by_side_is_told() -> None:
    left, right = "the master had gone home again", "and nobody on the quay could say"
    page = "\n".join(f"{left:<{36 + place % 3}}    {right} why" for place in range(60))
    (problem,) = read(f"The Ferry\n\n{page}\n".encode(), "ferry", Rules()).problems
    assert problem.code == "I66"
    assert "without -layout" in problem.hint
    table = "\n".join(f"Oranges and lemons {number:>20}" for number in range(60))
    assert not read(f"The Ferry\n\n{table}\n".encode(), "ferry", Rules()).problems
