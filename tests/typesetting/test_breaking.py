from collections.abc import Sequence

import pytest

from samizdat.typesetting.breaking import Break, Manner, balance, fit, rag

SPACE = 1.0
RIGID = Manner(expansion=0.0, hyphen=1.0, runt=0.0)


def _breaks(words: Sequence[float]) -> list[Break]:
    """Breaks after words of these widths, a space of width 1 between them."""
    breaks, width, spaces = [], 0.0, 0.0
    for place, word in enumerate(words):
        width += word
        last = place == len(words) - 1
        after = width if last else width + SPACE
        breaks.append(Break(place, place + 1, width, after, spaces, spaces if last else spaces + SPACE))
        width, spaces = after, breaks[-1].space_after
    return breaks


def test_a_short_paragraph_is_one_line() -> None:
    lines = fit(_breaks([3, 3]), [20], 0, RIGID, 1)
    assert lines is not None
    assert [line.end for line in lines] == [1]


def test_a_word_is_given_up_where_that_helps_the_next_line() -> None:
    # Greedy would put three words on the first line and leave the second too loose.
    words = [4, 4, 1, 8, 4]
    lines = fit(_breaks(words), [11], 0, RIGID, 10)
    assert lines is not None
    assert [line.end for line in lines] == [1, 3, 4]


def test_the_indent_shortens_the_first_line() -> None:
    words = [5, 5, 5, 5]
    full = fit(_breaks(words), [11], 0, RIGID, 1)
    indented = fit(_breaks(words), [11], 6, RIGID, 1)
    assert full is not None
    assert indented is not None
    assert [line.end for line in full] == [1, 3]
    assert indented[0].end == 0


def test_lines_beside_an_initial_are_shorter_and_the_last_measure_holds_for_the_rest() -> None:
    lines = fit(_breaks([5] * 10), [5, 11, 17], 0, RIGID, 1)
    assert lines is not None
    assert [line.end for line in lines] == [0, 2, 5, 8, 9]


def test_no_way_within_the_tolerance_is_said() -> None:
    assert fit(_breaks([5, 9, 9, 5]), [10], 0, RIGID, 1) is None


def test_a_word_wider_than_the_measure_has_no_way() -> None:
    assert fit(_breaks([5, 30, 5]), [10], 0, RIGID, 1e5) is None


@pytest.mark.parametrize("count", [3, 4, 5])
def test_never_three_hyphens_in_a_row(count: int) -> None:
    """Where every line could only end in a hyphen, the third is not set so."""
    breaks = []
    for line in range(count):
        width = (line + 1) * 10.0
        spaces = (line + 1) * 2.0
        breaks.append(Break(line, line, width, width, spaces, spaces, hyphenated=line < count - 1))
    assert (fit(breaks, [10], 0, RIGID, 5) is None) == (count > 3)


def test_a_last_line_of_one_short_word_is_avoided() -> None:
    words = [5, 5, 5, 5, 5, 5, 2]
    loose = Manner(expansion=0.0, runt=0.0)
    careful = Manner(expansion=0.0, runt=1e12, shortest=6)
    without = fit(_breaks(words), [17.0], 0, loose, 12)
    with_care = fit(_breaks(words), [17.0], 0, careful, 12)
    assert without is not None
    assert with_care is not None
    assert without[-2].end == 5
    assert with_care[-2].end < 5


def test_a_heading_is_balanced_on_as_few_lines_as_can_be() -> None:
    lines = balance(_breaks([4, 4, 4, 4, 2]), 20)
    assert lines is not None
    assert [line.end for line in lines] == [1, 4], "three words above and two below would differ by more"
    assert balance(_breaks([30]), 20) is None
    assert [line.end for line in balance(_breaks([4, 4]), 20) or ()] == [1]
    whole = _breaks([4, 4])[-1].width
    assert len(balance(_breaks([4, 4]), whole - 0.01) or ()) == 1, "a box made for its words holds them in one line"


def test_a_long_text_in_the_middle_is_no_heading() -> None:
    assert balance(_breaks([1] * 200), 20) is None


def _rag_price(lines: Sequence[Break], measure: float, indent: float) -> float:
    """What lines lack of the measure, squared and added up; the last may be short."""
    cost, begun = 0.0, -indent
    for line in lines:
        room = measure - (line.width - begun)
        assert room >= 0
        cost += room * room if line is not lines[-1] else 0.0
        begun = line.after
    return cost


@pytest.mark.parametrize("indent", [0.0, 7.0])
@pytest.mark.parametrize("words", [[3, 2, 2, 5], [9, 9, 9, 2, 9, 9, 3], [2, 2, 6, 4, 7, 3, 3, 8, 2, 2, 5, 1, 9, 4, 6] * 3])
def test_ragged_lines_are_as_equal_as_can_be(words: list[float], indent: float) -> None:
    breaks, measure = _breaks(words), 20.0
    lines = rag(breaks, measure, indent)
    assert lines is not None
    assert lines[-1] is breaks[-1]
    filled, begun = [], -indent
    for line, following in zip(breaks, [*breaks[1:], None], strict=True):
        if following is None or following.width - begun > measure:
            filled.append(line)
            begun = line.after
    assert _rag_price(lines, measure, indent) <= _rag_price(filled, measure, indent)


def test_a_word_wider_than_the_measure_is_left_to_others() -> None:
    assert rag(_breaks([3, 30, 2]), 20.0, 0.0) is None
