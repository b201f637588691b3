"""The pamphlet: what it is folded to by its length and by its options, and what a copy takes."""

import io
from pathlib import Path

import pikepdf
import pytest

from samizdat import config, editions
from samizdat.editions.edition import FOLDED
from samizdat.editions.pamphlet import Pamphlet
from samizdat.formats.imposition import schemes
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
