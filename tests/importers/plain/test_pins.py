"""What a person says that lines are, they are in the manuscript; whatever it is, no word is lost."""

from collections.abc import Callable
from datetime import date
from textwrap import dedent

import pytest

from samizdat import manuscript
from samizdat.importers.plain import reading
from samizdat.importers.plain.rules import Rules, read
from samizdat.model.book import Book

TEXT = dedent("""\
    THE KILN

    The kiln stood at the end of the lane, and had not been fired since the
    summer in which the owner went away to the coast and did not return.

    clay, straw, ash
    and a little water

    what was written over the door

    Bricks: forty to the row
    Tiles: as many as there are

    ADA. Is it warm?
    BEN. It was.

    She left by the back door

    Dear Ben,

    Send the shovel. The old one broke in March, as you foretold to all.

    Yours ever,
    Ada

    She kept the shovel * and he kept the keys of the kiln for a long while,
    since nobody else in the lane wanted either of them or knew their use.

    * A spade, in truth.

    Last year the lane was paved, and with that the story comes to its end,
    as far as anybody in the village could tell it when they were asked it.
    """)


def _row(start: str) -> int:
    return next(number for number, line in enumerate(TEXT.split("\n"), start=1) if line.startswith(start))


@pytest.fixture
def brought() -> Callable[..., str]:
    """Bring in the text with a rules file, and return the chapters as they are written; nothing may be lost or added."""

    def bring(rules: str, text: str = TEXT) -> str:
        read_ = reading.read(text.encode(), "kiln", _rules(rules))
        assert not read_.account.missing
        return "\n\n".join(
            data.decode() for book in read_.books for name, data in manuscript.write(book).items() if name.endswith(".md")
        )

    return bring


def _rules(text: str) -> Rules:
    return read(text, "import-rules.toml", ["H51", "P51"])


def _book(rules: str) -> Book:
    return reading.read(TEXT.encode(), "kiln", _rules(rules)).books[0]


@pytest.mark.parametrize(
    ("kind", "first", "last", "expected"),
    [
        ("heading 2", "what was", "what was", "## what was written over the door"),
        ("paragraph", "clay", "and a", "clay, straw, ash and a little water\n"),
        ("quote", "clay", "what was", "> clay, straw, ash and a little water\n>\n> what was written over the door"),
        ("epigraph", "what was", "what was", "::: epigraph\nwhat was written over the door\n:::"),
        ("verse", "clay", "what was", "| clay, straw, ash\n| and a little water\n|\n| what was written over the door"),
        ("list", "clay", "and a", "-   clay, straw, ash\n-   and a little water"),
        ("definitions", "Bricks", "Tiles", "Bricks\n\n:   forty to the row\n\nTiles\n\n:   as many as there are"),
        ("drama", "ADA", "BEN", "ADA\n\n:   Is it warm?\n\nBEN\n\n:   It was."),
        ("stage", "She left", "She left", "::: stage\nShe left by the back door\n:::"),
        ("letter", "Dear", "Ada", "::: salutation\nDear Ben,\n:::"),
        ("break", "what was", "what was", "* * *"),
        ("preformatted", "clay", "what was", "clay, straw, ash\nand a little water\n\nwhat was written over the door"),
        ("note", "* A spade", "* A spade", "A spade, in truth."),
    ],
)
def test_lines_become_what_they_are_pinned_as(
    brought: Callable[..., str], kind: str, first: str, last: str, expected: str
) -> None:
    assert expected in brought(f'{_row(first)}-{_row(last)} = "{kind}"')


@pytest.mark.parametrize("kind", ["contents", "metadata", "debris"])
def test_lines_that_are_not_of_the_text_are_left_out_and_counted(brought: Callable[..., str], kind: str) -> None:
    rules = f'{_row("clay")}-{_row("what was")} = "{kind}"'
    assert "straw" not in brought(rules)
    assert reading.read(TEXT.encode(), "kiln", _rules(rules)).account.left_out["F51"] == 13


def test_metadata_may_say_what_it_is_and_comes_before_what_was_found() -> None:
    book = _book(f'{_row("what was")} = "metadata title"\n{_row("ADA")} = {{ kind = "metadata", field = "author" }}')
    assert book.metadata.title == "what was written over the door"
    assert book.metadata.authors == ("ADA. Is it warm?",)
    assert book.metadata.date != date.max


def test_a_pinned_note_is_called_where_its_label_stands_or_where_it_is_said(brought: Callable[..., str]) -> None:
    note = _row("* A spade")
    assert f"shovel[^p{note}] and he" in brought(f'{note} = "note"')
    assert f"at it was [^p{note}]" not in brought(f'{note} = "note"')
    other = _row("what was")
    assert f"and did not return.[^p{other}]" in brought(f'{other} = "note {_row("summer")}"')


def test_a_pinned_note_without_a_call_stays_in_the_text(brought: Callable[..., str]) -> None:
    row = _row("what was")
    assert "\nwhat was written over the door\n" in brought(f'{row} = "note"')


def test_pinned_labels_of_a_list_are_its_numbers(brought: Callable[..., str]) -> None:
    text = TEXT.replace("clay, straw, ash\nand a little water", "3) clay\n4) straw and\n   ash")
    assert "3.  clay\n4.  straw and ash" in brought(f'{_row("clay")}-{_row("clay") + 2} = "list"', text)


def test_what_is_pinned_is_touched_by_no_rule_and_decided_once() -> None:
    rules = _rules(f'{_row("Dear")}-{_row("Ada")} = "quote"\n{_row("Last year")} = "paragraph"')
    found = reading.read(TEXT.encode(), "kiln", rules)
    inside = [one.rule for one in found.decisions if _row("Dear") <= one.first <= _row("Ada")]
    assert inside == ["F51"]


def test_the_later_of_two_pins_on_a_line_holds(brought: Callable[..., str]) -> None:
    row = _row("what was")
    assert "## what was" in brought(f'{row - 3}-{row} = "debris"\n{row} = "heading 2"')
