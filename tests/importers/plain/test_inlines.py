import pytest

from samizdat.importers.plain.inlines import inlines, lines, typed
from samizdat.importers.plain.record import Study
from samizdat.model.inline import Emphasis, Inlines, Link, NoteRef, Strong, Superscript, Text
from samizdat.model.walk import plain_text

ENGLISH = Study(72, wrapped=True, indented=False, language="en", language_confidence=1.0, gap=1)
GERMAN = Study(72, wrapped=True, indented=False, language="de", language_confidence=1.0, gap=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a _very_ old man", (Text("a "), Emphasis((Text("very"),)), Text(" old man"))),
        ("a *very* old man", (Text("a "), Emphasis((Text("very"),)), Text(" old man"))),
        ("the _Sea Urchin_'s crew", (Text("the "), Emphasis((Text("Sea Urchin"),)), Text("’s crew"))),
        (
            "a =bold= and a **bolder** word",
            (Text("a "), Strong((Text("bold"),)), Text(" and a "), Strong((Text("bolder"),)), Text(" word")),
        ),
        ("spaced ~out~", (Text("spaced "), Emphasis((Text("out"),)))),
        (
            "the 4^th of May, M^{rs} Moor",
            (Text("the 4"), Superscript((Text("th"),)), Text(" of May, M"), Superscript((Text("rs"),)), Text(" Moor")),
        ),
        ("a call\ue0003\ue001 here", (Text("a call"), NoteRef("3"), Text(" here"))),
        ("_all of\ue0003\ue001 it_", (Emphasis((Text("all of"), NoteRef("3"), Text(" it"))),)),
        (
            "see https://example.org/a_b_c.",
            (Text("see "), Link("https://example.org/a_b_c", (Text("https://example.org/a_b_c"),)), Text(".")),
        ),
    ],
)
def test_marks_become_inlines(text: str, expected: Inlines) -> None:
    assert inlines(text, ENGLISH) == expected


@pytest.mark.parametrize(
    "text", ["snake_case_name", "2 * 3 * 4", "a = b = c", "an _open mark", "~1928 to ~1953", "x^", "5*", "__init__"[:1]]
)
def test_what_is_no_emphasis_stays(text: str) -> None:
    assert inlines(text, ENGLISH) == (Text(text),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Not yet," she said, "not \'now\'."', "“Not yet,” she said, “not ‘now’.”"),
        ("the millers' wives' bread isn't rock 'n' roll", "the millers’ wives’ bread isn’t rock ’n’ roll"),
        ("Wait--no--wait...", "Wait—no—wait…"),
        ("Mr. ----", "Mr. ——"),
        ("two  spaces\n and  more", "two spaces and more"),
        ("He is 6' 2\" tall", "He is 6' 2\" tall"),
    ],
)
def test_what_typewriters_lack(text: str, expected: str) -> None:
    assert plain_text(inlines(text, ENGLISH)) == expected


def test_marks_of_the_language() -> None:
    assert typed('"Nein", sagte sie.', GERMAN) == "„Nein“, sagte sie."


def test_emphasis_over_line_ends_is_closed_and_opened_again() -> None:
    made = lines(["_The gate is low,", "The wall is high_,", "", "And so am I."], ENGLISH)
    assert made == (
        (Emphasis((Text("The gate is low,"),)),),
        (Emphasis((Text("The wall is high"),)), Text(",")),
        (),
        (Text("And so am I."),),
    )
