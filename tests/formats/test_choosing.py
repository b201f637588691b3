"""Some pages of a PDF, without their margins, with the last kept last; and cards, as many as a sheet has room for."""

import io

import pikepdf
import pypdfium2
import pytest

from samizdat.formats.imposition import chosen, ending, measure, plan, schemes
from samizdat.formats.imposition.paper import MILLIMETRE, SHEETS
from samizdat.printshop import Order, impose
from samizdat.problems import SamizdatError

A4 = (SHEETS["A4"][0] * MILLIMETRE, SHEETS["A4"][1] * MILLIMETRE)
PLAYING_CARD = (63 * MILLIMETRE, 88 * MILLIMETRE)


def book(pages: int, size: tuple[float, float] = (420.0, 595.0), bleed: float = 0.0, turned: int = 0) -> bytes:
    """Make a PDF whose pages say their number, the last but one of them with a link to the first."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        for number in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=(size[0] + 2 * bleed, size[1] + 2 * bleed))
            page.obj.TrimBox = pikepdf.Array([bleed, bleed, bleed + size[0], bleed + size[1]])
            if bleed:
                page.obj.BleedBox = page.obj.MediaBox
            page.obj.Rotate = turned
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.obj.Contents = pdf.make_stream(
                f"BT /F1 12 Tf {bleed + size[0] / 2} {bleed + size[1] / 2} Td ({number}) Tj ET".encode()
            )
        out = io.BytesIO()
        pdf.save(out, static_id=True)
        return out.getvalue()


def numbers(pdf: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize(
    ("pages", "kept"),
    [("2", "2"), ("3-5", "3 4 5"), ("8-", "8 9"), ("7, 1-2", "1 2 7"), ("1-3,2-4", "1 2 3 4"), ("1 - 2", "1 2")],
)
def test_pages_are_chosen_and_keep_their_order(pages: str, kept: str) -> None:
    assert numbers(chosen(book(9), pages)) == kept.split()


@pytest.mark.parametrize("pages", ["0", "10", "5-3", "3-10", "a", "-4", "1,,2", "1;2", "9999999"])
def test_pages_that_are_not_there_are_told(pages: str) -> None:
    with pytest.raises(SamizdatError) as raised:
        chosen(book(9), pages)
    assert [problem.code for problem in raised.value.problems] == ["P77"]


@pytest.mark.parametrize("turned", [0, 90])
def test_a_margin_is_cut_off_and_what_is_printed_beyond_it(turned: int) -> None:
    cropped = chosen(book(2, (300.0, 500.0), bleed=9.0, turned=turned), crop=50.0)
    size = (200.0, 400.0) if turned == 0 else (400.0, 200.0)
    assert measure(cropped) == (2, size)
    with pikepdf.open(io.BytesIO(cropped)) as pdf:
        assert all("/BleedBox" not in page.obj for page in pdf.pages)


def test_less_than_nothing_is_not_left() -> None:
    with pytest.raises(SamizdatError) as raised:
        chosen(book(1, (300.0, 500.0)), crop=150.0)
    assert [problem.code for problem in raised.value.problems] == ["P78"]


def test_pages_without_their_margins_are_printed_larger() -> None:
    plain, cropped = (impose(book(4, A4), Order(crop=crop)).imposition.scale for crop in (0.0, 20.0))
    assert (round(plain, 2), round(cropped, 2)) == (0.71, 0.82)


@pytest.mark.parametrize("last", [1, 2])
def test_what_is_blank_stands_before_the_last_pages(last: int) -> None:
    expected = ["1", "2", "3", "4", "5"]
    expected[5 - last : 5 - last] = [""] * 3
    assert numbers(ending(book(5), last, 4)) == expected
    (sheets,) = impose(book(5), Order(last=1)).files.values()
    assert numbers(sheets)[0] == "5 1"


def test_blank_pages_are_as_large_as_the_others_are_seen() -> None:
    pages = book(5, (300.0, 500.0), bleed=9.0, turned=90)
    assert measure(ending(pages, 1, 4)) == (8, (500.0, 300.0))


@pytest.mark.parametrize(
    ("page", "sheet", "cells"),
    [
        ((74, 105), "A4", (4, 2)),
        ((105, 74), "A4", (2, 4)),
        ((63, 88), "A4", (3, 3)),
        ((85, 55), "A4", (2, 5)),
        ((88.9, 50.8), "letter", (3, 4)),
        ((210, 297), "A4", (1, 1)),
        ((300, 300), "A4", (1, 1)),
        ((2, 2), "A4", (20, 20)),
    ],
)
def test_a_sheet_takes_as_many_cards_as_it_has_room_for(page: tuple[float, float], sheet: str, cells: tuple[int, int]) -> None:
    size = (page[0] * MILLIMETRE, page[1] * MILLIMETRE)
    paper = (SHEETS[sheet][0] * MILLIMETRE, SHEETS[sheet][1] * MILLIMETRE)
    facts = plan(2, size, schemes()["cards"], paper)
    assert (facts.scheme.columns, facts.scheme.rows) == cells


@pytest.mark.parametrize(("bleed", "apart"), [(0.0, 63.0), (3 * MILLIMETRE, 70.0)])
def test_cards_touch_unless_something_is_printed_beyond_their_edges(bleed: float, apart: float) -> None:
    """Each back lies behind its front, however far apart they are."""
    (sheets,) = impose(book(18, PLAYING_CARD, bleed), Order("cards")).files.values()
    front, back = ({number: place(page, number) for number in numbers_on(page)} for page in pypdfium2.PdfDocument(sheets))
    assert abs(front[3][0] - front[1][0] - apart * MILLIMETRE) < 0.1
    for number, (across, up) in front.items():
        assert abs(A4[0] - across - back[number + 1][0]) < 1
        assert abs(up - back[number + 1][1]) < 1


def numbers_on(page: pypdfium2.PdfPage) -> list[int]:
    return [int(word) for word in page.get_textpage().get_text_range().split()]


def place(page: pypdfium2.PdfPage, number: int) -> tuple[float, float]:
    """Where a number begins: in the middle of its page."""
    text = page.get_textpage()
    found = text.search(str(number), match_whole_word=True).get_next()
    assert found is not None
    left, bottom, _, _ = text.get_charbox(found[0], loose=True)
    return left, bottom
