"""The printed page: named sizes, millimetres, and a text block that is a whole number of lines."""

import pytest
from pydantic import ValidationError

from samizdat.editions.margins import CANONS, gutter
from samizdat.editions.page import FOOT, MM, Page
from samizdat.editions.trim import SIZES


def test_a_named_size_and_millimetres_are_understood() -> None:
    assert (Page(size="A5").width, Page(size="A5").height) == (148.0, 210.0)
    assert (Page(size="120x190mm").width, Page(size="120 × 190 mm").height) == (120.0, 190.0)


@pytest.mark.parametrize("size", ["A5 landscape", "20x30mm", "900x900mm", "x", "120x190"])
def test_an_unfit_size_is_refused(size: str) -> None:
    with pytest.raises(ValidationError, match="size"):
        Page(size=size)


@pytest.mark.parametrize("canon", CANONS)
@pytest.mark.parametrize("size", [*SIZES, "120x190mm"])
def test_the_text_block_is_a_whole_number_of_lines_and_leaves_room_for_the_folio(size: str, canon: str) -> None:
    layout = Page.model_validate({"size": size, "margins": canon}).layout
    top, outer, bottom, inner = layout.margins
    assert layout.height * MM - top - bottom == pytest.approx(layout.lines * layout.leading)
    assert inner <= outer
    assert top < bottom
    assert bottom > FOOT * layout.leading


@pytest.mark.parametrize("size", SIZES)
def test_a_line_holds_a_number_of_letters_that_reads_well(size: str) -> None:
    layout = Page(size=size).layout
    _top, outer, _bottom, inner = layout.margins
    letters = (layout.width * MM - outer - inner) / (layout.type_size * 0.44)  # the mean width of a letter of Libertine
    assert 42 <= letters <= 95


def test_on_a_page_of_two_to_three_the_canons_of_van_de_graaf_and_tschichold_agree() -> None:
    pages = [Page.model_validate({"size": "120x180mm", "margins": name}).layout for name in ("van-de-graaf", "tschichold")]
    assert pages[0].margins == pytest.approx(pages[1].margins)
    top, outer, _bottom, inner = pages[0].margins
    assert (inner, top, outer) == pytest.approx((120 * MM / 9, 180 * MM / 9, 240 * MM / 9))


def test_type_leading_and_lines_may_be_chosen() -> None:
    layout = Page(type_size=10, leading=13.5, lines=36).layout
    top, _outer, bottom, _inner = layout.margins
    assert (layout.type_size, layout.leading, layout.lines) == (10, 13.5, 36)
    assert top + 36 * 13.5 + bottom == pytest.approx(210 * MM)


@pytest.mark.parametrize(
    ("options", "word"), [({"leading": 9.0}, "leading"), ({"lines": 50}, "room"), ({"type_size": 2}, "type_size")]
)
def test_type_and_lines_for_which_there_is_no_room_are_refused(options: dict[str, float], word: str) -> None:
    with pytest.raises(ValidationError, match=word):
        Page.model_validate(options)


def test_the_gutter_grows_with_the_book_and_leaves_the_outer_margin_its_width() -> None:
    grown = [gutter(pages, 15.0, 18.0) for pages in range(0, 1200, 50)]
    assert grown == sorted(grown)
    assert grown[:2] == [0.0, 0.0]
    assert grown[-1] == pytest.approx(10.0)
    assert [Page(size="5x8").shift(pages) / MM + 12.9 >= least for pages, least in ((300, 12.7), (500, 15.9))] == [True, True]
    assert Page(gutter=3).shift(20) == pytest.approx(3 * MM)
