"""The printed page: named sizes, millimetres, and a text block that is a whole number of lines."""

import pytest
from pydantic import ValidationError

from samizdat.editions.page import MM, SIZES, Page


def test_a_named_size_and_millimetres_are_understood() -> None:
    assert (Page(size="A5").width, Page(size="A5").height) == (148.0, 210.0)
    assert (Page(size="120x190mm").width, Page(size="120 × 190 mm").height) == (120.0, 190.0)


@pytest.mark.parametrize("size", ["A5 landscape", "20x30mm", "900x900mm", "x", "120x190"])
def test_an_unfit_size_is_refused(size: str) -> None:
    with pytest.raises(ValidationError, match="size"):
        Page(size=size)


@pytest.mark.parametrize("size", [*SIZES, "120x190mm"])
def test_the_text_block_is_a_whole_number_of_lines(size: str) -> None:
    page = Page(size=size)
    top, outer, bottom, inner = page.margins
    lines = (page.height * MM - top - bottom) / page.leading
    assert lines == pytest.approx(round(lines))
    assert inner < outer < bottom


@pytest.mark.parametrize("size", SIZES)
def test_a_line_holds_a_number_of_letters_that_reads_well(size: str) -> None:
    page = Page(size=size)
    _top, outer, _bottom, inner = page.margins
    letters = (page.width * MM - outer - inner) / (page.type_size * 0.44)  # the mean width of a letter of Libertine
    assert 45 <= letters <= 95
