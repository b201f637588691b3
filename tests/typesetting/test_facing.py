"""Spreads: facing pages end at the same height, and no chapter with a few lines on a page alone."""

import io
from collections.abc import Callable
from itertools import pairwise

import pdfplumber
import pytest
from weasyprint import layout

from samizdat.typesetting import Leaf, Setting, facing

Prose = Callable[[int, int], str]
Page = Callable[..., str]
SetBook = Callable[..., Setting]

STYLE = """
@page { size: 100mm 120mm; margin: 12mm 10mm 15mm; @bottom-center { content: "folio" } }
html { font: 10pt/13pt "Samizdat Serif" } body { margin: 0 }
p { margin: 0; text-indent: 12pt; text-align: justify; orphans: 2; widows: 2 }
"""
_LEAD = 13


def _pages(pdf: bytes) -> list[list[float]]:
    """List the heights of the lines of each page, from above, without the folio."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [sorted({round(page.height - letter["matrix"][5]) for letter in page.chars})[:-1] for page in document.pages]


def _words(pdf: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        text = " ".join(page.extract_text() for page in document.pages)
    return [word for word in text.split() if word != "folio"]


def test_facing_pages_end_at_the_same_height(
    prose: Prose, page: Page, set_book: SetBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "".join(f"<p>{prose(seed, 12 + seed * 7 % 40)}</p>" for seed in range(180))

    def uneven() -> tuple[int, int, list[str], list[list[float]]]:
        pdf = set_book([Leaf("a", page(body))], STYLE).pdf
        pages = _pages(pdf)
        spreads = list(zip(pages[1:-1:2], pages[2:-1:2], strict=False))
        return sum(abs(left[-1] - right[-1]) > 2 for left, right in spreads), len(spreads), _words(pdf), pages

    level, spreads, words, pages = uneven()
    assert len({lines[-1] for lines in pages[:-3]}) < 4, "no page is shorter than by two lines"
    assert {round(below - above) for lines in pages for above, below in pairwise(lines)} == {_LEAD}
    monkeypatch.setattr(layout, "make_all_pages", facing._make_all_pages)
    plain, _, same, _ = uneven()
    assert spreads > 5
    assert plain > 2
    assert level < plain * 0.6
    assert words == same


@pytest.mark.parametrize("opening", [1, 2])
def test_a_chapter_does_not_end_with_a_few_lines_on_a_page_alone(
    opening: int, prose: Prose, page: Page, set_book: SetBook
) -> None:
    counts = set()
    for lines in range(8):
        body = "".join(f"<p>{prose(seed, 40)}</p>" for seed in range(7 * opening)) + "<p>short</p>" * (lines + 3)
        pages = _pages(set_book([Leaf("a", page(body))], STYLE).pdf)
        counts.add(len(pages))
        assert len(pages) == 1 or len(pages[-1]) >= facing.FEWEST
    assert len(counts) > 1
