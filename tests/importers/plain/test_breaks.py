from collections.abc import Callable

import pytest

from samizdat.importers.plain.record import PassageKind

Kinds = Callable[..., list[PassageKind]]


@pytest.mark.parametrize(
    "marks",
    [
        "* * *",
        "***",
        "*****************",
        "     *       *       *",
        "* * * * *",
        "—",
        "⁂",
        "#",
        "~~~",
        "- - -",
        "=====",
        "❦",
        ". . . . .",
    ],
)
def test_marks_alone_on_a_line_are_a_break(kinds: Kinds, marks: str) -> None:
    assert kinds(f"{marks}\n") == [PassageKind.BREAK]


def test_several_lines_of_marks_are_one_break(kinds: Kinds) -> None:
    assert kinds("  *   *   *\n\n    *   *\n\n  *   *   *\n") == [PassageKind.BREAK]


def test_marks_without_a_blank_line_before_them(kinds: Kinds) -> None:
    text = """\
    The clock struck nine, and the lamps went out one after the other along
    the quay.
    * * *
    In the morning the boat was gone, and so was the man who used to sleep in
    it.
    """
    assert kinds(text) == [PassageKind.PARAGRAPH, PassageKind.BREAK, PassageKind.PARAGRAPH]


@pytest.mark.parametrize("text", ["X", "iii", "* a star", "1871", "14", "-1-", "* oak\n* ash\n* elm"])
def test_what_is_no_break(kinds: Kinds, text: str) -> None:
    assert PassageKind.BREAK not in kinds(text)
