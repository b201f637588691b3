"""The pamphlet: what it is folded to by its length and by its options, and what a copy takes."""

import io
from pathlib import Path
from typing import Literal

import pikepdf
import pypdfium2
import pytest

from samizdat import config, editions, printshop
from samizdat.checks.ledger.pages import read
from samizdat.editions.edition import FOLDED
from samizdat.editions.pamphlet import Pamphlet
from samizdat.formats.imposition import gathered, schemes
from samizdat.printshop import Order, impose
from samizdat.problems import SamizdatError

TOML = """
title = "Eel Lane"
language = "en-GB"
identifier = "urn:x:1"
date = 2026-05-03
publisher = "Eel Press"
[[sections]]
file = "01.md"
"""


def book(pages: int) -> bytes:
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page(page_size=(419.5, 595.3))
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def pages_per_sheet(folder: Path, tables: str) -> int:
    (folder / "book.toml").write_text(TOML + tables, "utf-8")
    (folder / "01.md").write_text("# One\n\nWords.\n", "utf-8")
    return editions.pages_per_sheet(config.load(folder))


@pytest.mark.parametrize(("pages", "scheme"), [(12, "saddle"), (80, "saddle"), (81, "signatures"), (300, "signatures")])
def test_a_thick_book_is_not_stapled_unless_it_is_asked_for(pages: int, scheme: str) -> None:
    assert Pamphlet().order("ltr", pages).scheme == scheme
    assert Pamphlet(scheme="saddle").order("ltr", pages).scheme == "saddle"


@pytest.mark.parametrize("scheme", schemes())
def test_a_finished_file_says_what_a_copy_takes(scheme: str) -> None:
    pages = 8
    order = Order(scheme, weight=100, price=0.25, guide=True)
    job = impose(book(pages), order)
    (data,) = job.files.values()
    facts = Pamphlet(scheme=scheme, paper=100, price=0.25).facts(data)
    assert facts == f"{schemes()[scheme].name[0].upper()}{schemes()[scheme].name[1:]} on A4. {job.shopping.line()}"


def test_what_is_no_sheet_takes_nothing() -> None:
    assert Pamphlet().facts(book(3)) == ""


@pytest.mark.parametrize(
    ("tables", "pages"),
    [
        ("", FOLDED),
        ('[editions.pamphlet]\nscheme = "quarter-fold"', 8),
        ('[editions.pamphlet]\nscheme = "quarter-fold"\n[editions.pamphlet-letter]', 8),
        ('[editions.pamphlet]\nscheme = "quarter-fold"\nmake = false', FOLDED),
        ('[editions.pamphlet]\nscheme = "two-copies"', 2),
    ],
)
def test_the_sheets_to_be_filled_are_those_of_the_scheme(tmp_path: Path, tables: str, pages: int) -> None:
    assert pages_per_sheet(tmp_path, tables) == pages


def test_a_scheme_that_is_not_there_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    with pytest.raises(SamizdatError) as raised:
        pages_per_sheet(tmp_path, '[editions.pamphlet]\nscheme = "quarterfold"')
    (problem,) = raised.value.problems
    assert "Did you mean “quarter-fold”?" in problem.hint


def texts(pages: int, sign: str = "n") -> bytes:
    """A book whose pages say their numbers."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        for number in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=(419.5, 595.3))
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.obj.Contents = pdf.make_stream(f"BT /F1 30 Tf 200 300 Td ({sign}{number}) Tj ET".encode())
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def said(data: bytes) -> list[list[str]]:
    return [page.get_textpage().get_text_range().split() for page in pypdfium2.PdfDocument(data)]


@pytest.mark.parametrize("tray", ["first", "last"])
@pytest.mark.parametrize("scheme", ["saddle", "signatures", "quarter-fold"])
def test_fed_by_hand_its_two_files_are_read_as_one(scheme: str, tray: Literal["first", "last"]) -> None:
    pamphlet = Pamphlet(scheme=scheme, by_hand=True, tray=tray, guide=True, paper=100)
    job = impose(texts(21), pamphlet.order("ltr", 21))
    files = {f"x{part}.pdf": data for part, data in job.files.items()}
    assert list(files) == ["x-fronts.pdf", "x-backs.pdf", "x-guide.pdf"]
    (whole,) = gathered(files).values()
    assert said(whole) == said(impose(texts(21), Order(scheme, weight=100)).files[""])
    told = [pamphlet.facts(data) for data in files.values()]
    assert told[0].startswith("The fronts")
    assert told[0].endswith(job.shopping.line())
    assert not any("sheets of" in part for part in told[1:]), "what a copy takes is told once"
    assert len(set(told)) == len(told), "and each file says which it is"


@pytest.mark.parametrize("pages", [5, 8, 12])
@pytest.mark.parametrize("scheme", ["saddle", "quarter-fold"])
def test_a_cover_lies_around_the_pages(scheme: str, pages: int) -> None:
    jacket = (texts(1, "F"), texts(1, "B"))
    (sheets,) = printshop.around(texts(pages), jacket, Order(scheme)).files.values()
    outside = said(sheets)[0]
    assert {"F1", "B1"} <= set(outside)
    ((copy,), _) = read(sheets, rtl=False)
    words = [" ".join(line.text.strip() for line in leaf) for leaf in copy.leaves]
    assert [word for word in words if word] == [f"n{number}" for number in range(1, pages + 1)]


def test_a_cover_on_a_sheet_of_its_own_is_one_side_and_no_page_of_the_book() -> None:
    (sheets,) = impose(texts(8), Order()).files.values()
    jacket = (texts(1, "F"), texts(1, "B"))
    cover = printshop.cover(jacket, sheets, Order())
    assert said(cover) == [["B1", "F1"]]
    assert list(gathered({"a.pdf": sheets, "a-cover.pdf": cover})) == ["a.pdf"]
    assert "card" in Pamphlet().facts(cover)
