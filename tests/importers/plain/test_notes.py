from collections.abc import Callable

import pytest

from samizdat.importers.plain.record import PassageKind

Noted = Callable[..., dict[str, str]]


@pytest.mark.parametrize(
    ("call", "label"),
    [
        ("[1]", "[1] "), (" {1}", "{1}  "), ("¹", "1. "), ("¹", "¹ "), ("[1]", "1. "), ("*", "* "), ("†", "† "), ("[*]", "[*] "),
        ("[1]", "Footnote 1: "), ("[A]", "[A] "), ("^1", "1. "), ("[^1]", "[^1]: "), ("^{1}", "Note 1. "), ("*", "[*] "),
    ],
)  # fmt: skip
def test_a_body_answers_a_call_in_every_shape(noted: Noted, call: str, label: str) -> None:
    second = {"¹": "²"}.get(call, call.replace("1", "2").replace("A", "B"))
    other = label.replace("1", "2").replace("A", "B").replace("¹", "²")
    text = f"""\
    The mill had belonged to the millers' guild{call} until the flood, and the
    miller's daughter kept its books for thirty years{second} without a mistake.

    NOTES

    {label}A guild of nine members.

    {other}Thirty-one, by her own count.
    """
    assert noted(text) == {"guild": "A guild of nine members.", "years": "Thirty-one, by her own count."}


def test_numbers_that_begin_again_go_to_the_nearest_call(noted: Noted) -> None:
    text = """\
    The first chapter tells of salt[1] and of the roads it made.

    [1] Rock salt.


    The second chapter tells of wool[1] and of looms.[2]

    [1] Sheep's wool.

    [2] Hand looms.
    """
    assert noted(text) == {"salt": "Rock salt.", "wool": "Sheep's wool.", "looms.": "Hand looms."}


def test_endnotes_of_several_chapters_go_to_the_calls_in_order(noted: Noted) -> None:
    text = """\
    Bread was dear that year,[1] and dearer the next.[2]

    Nobody remembers the price of fish.[1]

    ENDNOTES

    [1] Nine pence.

    [2] Eleven pence.

    [1] Two pence, perhaps.
    """
    assert noted(text) == {"year,": "Nine pence.", "next.": "Eleven pence.", "fish.": "Two pence, perhaps."}


def test_headings_of_chapters_among_the_notes_are_left_out(noted: Noted, kinds: Callable[..., list[PassageKind]]) -> None:
    text = """\
    Bread was dear that year (1) and dearer the next (2) in the whole of the valley.

    Nobody remembers the price of fish (1) or of anything else that was wet.

    NOTES

    CHAPTER ONE

    1. Nine pence.

    2. Eleven pence.

    CHAPTER TWO

    1. Two pence, perhaps.
    """
    assert noted(text) == {"year": "Nine pence.", "next": "Eleven pence.", "fish": "Two pence, perhaps."}
    assert kinds(text).count(PassageKind.DEBRIS) == 3


def test_marks_repeat_on_every_page(noted: Noted) -> None:
    text = """\
    She sold the boat* to a cousin.

    * A flat-bottomed one.

    The cousin sold the oars* to a stranger.

    * Ash, not oak.
    """
    assert noted(text) == {"boat": "A flat-bottomed one.", "oars": "Ash, not oak."}


def test_a_note_in_brackets_is_called_where_it_stood(noted: Noted) -> None:
    text = """\
    They counted the lamps [Footnote: There were forty of them, but four had
    been stolen the night before.] and went home along the canal in the dark.
    """
    assert noted(text) == {"lamps": "There were forty of them, but four had been stolen the night before."}


def test_a_note_in_brackets_after_its_paragraph_is_called_at_the_end_of_it(noted: Noted) -> None:
    text = """\
    They went home along the canal.

    [Footnote: It has been filled in since.]
    """
    assert noted(text) == {"canal.": "It has been filled in since."}


def test_a_labelled_note_in_brackets_goes_to_its_call(noted: Noted) -> None:
    text = """\
    They went home along the canal[2] and slept.

    [Footnote 2: It has been filled in since, as the old maps of the town in
    the library show.]
    """
    assert noted(text) == {"canal": "It has been filled in since, as the old maps of the town in the library show."}


def test_a_body_of_several_paragraphs_ends_at_the_next_body(noted: Noted) -> None:
    text = """\
    The strike began on a Monday[1] and ended on a Friday.[2]

    FOOTNOTES:

    [1] The Monday after Easter.

    Some say it was a Tuesday, but they were not there and could not know.

    [2] In rain.
    """
    both = "The Monday after Easter. Some say it was a Tuesday, but they were not there and could not know."
    assert noted(text) == {"Monday": both, "Friday.": "In rain."}


def test_bodies_on_the_lines_of_one_passage(noted: Noted) -> None:
    text = """\
    One² had been enough for the baker,³ and four⁴ were too many.

    Notes

    2. One apprentice.
    3. Baker by trade.
    4. Four of them.
    """
    assert noted(text) == {"One": "One apprentice.", "baker,": "Baker by trade.", "four": "Four of them."}


def test_a_heading_over_notes_is_left_out(see: Callable[..., object], kinds: Callable[..., list[PassageKind]]) -> None:
    del see
    text = """\
    A line with a call[1] in it.

    FOOTNOTES

    [1] A body.
    """
    assert kinds(text) == [PassageKind.PARAGRAPH, PassageKind.DEBRIS, PassageKind.NOTE]


@pytest.mark.parametrize(
    "text",
    [
        "There were three reasons: (1) the rain, (2) the road, (3) the price.\n\n(1) The rain had not stopped since the feast.",
        "1. First of all they shut the gates.\n\n2. Then they counted the guests, all 12 of them.",
        "In 1848[sic] the town had walls.\n\n* a star at the beginning of a line\n\n* another",
        "He wrote x² on the board.\n\n2. The second rule was silence.",
        "A *very* old man.\n\n*Nobody* knew him.",
    ],
)
def test_what_only_looks_like_notes_stays(noted: Noted, text: str) -> None:
    assert noted(text) == {}


def test_what_has_no_partner_stays_and_is_reported(see: Callable[..., tuple[tuple[object, ...], tuple[object, ...]]]) -> None:
    text = """\
    The baker[1] and the smith[3] went to law about a wall.

    [1] A baker of rolls.

    [2] Nobody.
    """
    passages, decisions = see(text)
    words = " ".join(one.flowed for one in passages)  # type: ignore[attr-defined]
    assert "smith[3]" in words
    assert "[2] Nobody." in words
    assert [decision.rule for decision in decisions if decision.rule.startswith("N")] == ["N51", "N53", "N54"]  # type: ignore[attr-defined]


def test_a_note_may_hold_verse(see: Callable[..., tuple[tuple[object, ...], tuple[object, ...]]]) -> None:
    text = """\
    They sang on the way home[1] and woke the dogs.

    FOOTNOTES:

    [1] The song went like this:

        Down by the water,
        Down by the mill,
        Nobody's daughter
        Is waiting there still.

    It has no other stanza.
    """
    passages, _ = see(text)
    note = next(one for one in passages if one.kind is PassageKind.NOTE)  # type: ignore[attr-defined]
    assert [part.kind for part in note.parts] == [PassageKind.UNKNOWN, PassageKind.VERSE, PassageKind.UNKNOWN]  # type: ignore[attr-defined]


def test_a_rule_that_is_off_does_nothing(see: Callable[..., tuple[tuple[object, ...], tuple[object, ...]]]) -> None:
    _, decisions = see("A call[1] here.\n\n[1] A body.", off=frozenset({"N51"}))
    assert not [decision for decision in decisions if decision.rule == "N51"]  # type: ignore[attr-defined]
