"""How lines come out on the page, read from the finished PDF."""

import io
import math
import re
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

import pdfplumber
import pikepdf
import pytest
from weasyprint.layout import inline

from samizdat.fonts import families
from samizdat.typesetting import Leaf, Setting
from samizdat.typesetting import lines as total_fit

Prose = Callable[[int, int], str]
Page = Callable[..., str]
SetBook = Callable[..., Setting]

_HYPHENS = ("-", "\u2010", "\u00ad")
_NATURAL = 2.5
"""The space of the text face at 10 pt."""


@dataclass(frozen=True)
class _Line:
    """A printed line: its words, where they begin and end, and the mean space between them."""

    text: str
    left: float
    right: float
    space: float


def _lines(pdf: bytes) -> list[_Line]:
    lines = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            rows: dict[float, list[dict[str, Any]]] = {}
            for letter in page.chars:
                rows.setdefault(round(letter["matrix"][5], 1), []).append(letter)
            for row in rows.values():
                ink = sorted((letter for letter in row if letter["text"].strip()), key=lambda letter: float(letter["x0"]))
                gaps = [after["x0"] - before["x1"] for before, after in pairwise(ink)]
                spaces = [gap for gap in gaps if gap > 1]
                text = "".join(letter["text"] for letter in row)
                lines.append(_Line(text, ink[0]["x0"], ink[-1]["x1"], statistics.mean(spaces) if spaces else 0))
    return lines


@pytest.fixture(scope="module")
def chapter(prose: Prose, page: Page) -> Leaf:
    return Leaf("a", page("".join(f"<p>{prose(seed, 110)}</p>" for seed in range(24))))


STYLE = """
@page { size: 110mm 170mm; margin: 12mm 10mm }
html { font: 10pt/13pt "Samizdat Serif" } body { margin: 0 }
p { margin: 0; text-indent: 12pt; text-align: justify; hyphens: auto; hyphenate-limit-chars: 6 3 3 }
"""
_MEASURE = 90 / 25.4 * 72
_EDGE = 10 / 25.4 * 72


@pytest.fixture(scope="module")
def fitted(chapter: Leaf, set_book: SetBook) -> list[_Line]:
    return _lines(set_book([chapter], STYLE).pdf)


@pytest.fixture(scope="module")
def greedy(chapter: Leaf, set_book: SetBook) -> list[_Line]:
    """The same chapter, its lines broken by WeasyPrint."""
    inline.split_inline_box = total_fit._split_inline_box
    try:
        return _lines(set_book([chapter], STYLE).pdf)
    finally:
        inline.split_inline_box = total_fit.split_inline_box


def _full(lines: list[_Line]) -> list[_Line]:
    """Lines that reach the right edge."""
    return [line for line in lines if line.right > _EDGE + _MEASURE - 2]


def test_lines_are_even(fitted: list[_Line], greedy: list[_Line]) -> None:
    """Spaces keep nearer to the natural one, and hardly a line is loose."""

    def error(lines: list[_Line]) -> float:
        return math.sqrt(statistics.mean((line.space - _NATURAL) ** 2 for line in _full(lines)))

    def loose(lines: list[_Line]) -> float:
        full = _full(lines)
        return sum(line.space > 1.5 * _NATURAL for line in full) / len(full)

    assert error(fitted) < error(greedy) * 0.6
    assert loose(fitted) < 0.05 < loose(greedy)
    assert len(fitted) <= len(greedy)


def test_lines_beside_an_initial_are_chosen_with_the_others(prose: Prose, page: Page, set_book: SetBook) -> None:
    initial = "<span class='initial' data-lines='3'>T</span>"
    style = STYLE + ".initial { font-size: 44pt; line-height: 0; vertical-align: -11pt; margin-right: 2pt } p { text-indent: 0 }"
    leaf = Leaf("a", page("".join(f"<p>{initial}{prose(seed, 60)}</p>" for seed in range(40))))

    def beside() -> list[_Line]:
        """The first two lines of each paragraph; the third stands on the line of its initial."""
        return [line for line in _lines(set_book([leaf], style).pdf) if line.left > _EDGE + 20]

    fitted = beside()
    inline.split_inline_box = total_fit._split_inline_box
    try:
        greedy = beside()
    finally:
        inline.split_inline_box = total_fit.split_inline_box
    assert len(fitted) == len(greedy) == 80
    assert all(line.right == pytest.approx(_EDGE + _MEASURE, abs=0.4) for line in fitted)

    def error(lines: list[_Line]) -> float:
        return math.sqrt(statistics.mean((line.space - _NATURAL) ** 2 for line in lines))

    assert error(fitted) < error(greedy) * 0.6


def test_hyphens_are_few_and_never_in_a_row_of_three(fitted: list[_Line], greedy: list[_Line]) -> None:
    ends = "".join("-" if line.text.endswith(_HYPHENS) else "." for line in fitted)
    assert ends.count("-") / len(ends) < 0.08
    assert ends.count("-") < sum(line.text.endswith(_HYPHENS) for line in greedy)
    assert "---" not in ends


def test_words_are_seldom_divided_between_pages(
    prose: Prose, page: Page, set_book: SetBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(f"<p>{prose(seed, 60 + seed)}</p>" for seed in range(60))

    def divided() -> int:
        setting = set_book([Leaf("a", page(text))], STYLE.replace("110mm 170mm", "110mm 60mm"))
        with pdfplumber.open(io.BytesIO(setting.pdf)) as document:
            return sum(page.chars[-1]["text"] in _HYPHENS for page in document.pages)

    careful = divided()
    monkeypatch.setattr(inline, "get_next_linebox", total_fit._get_next_linebox)
    assert careful < divided()


def test_full_lines_end_flush(fitted: list[_Line]) -> None:
    full = _full(fitted)
    assert len(full) > 150
    assert all(abs(line.right - _EDGE - _MEASURE) < 0.4 for line in full)


def test_letters_give_way_by_a_hair_only(chapter: Leaf, set_book: SetBook) -> None:
    with pdfplumber.open(io.BytesIO(set_book([chapter], STYLE).pdf)) as document:
        widths = {round(letter["matrix"][0] / letter["matrix"][3], 4) for page in document.pages for letter in page.chars}
    assert len(widths) > 20
    assert all(0.974 < width < 1.026 for width in widths)


def _text(lines: list[_Line]) -> str:
    return "".join(line.text.rstrip("".join(_HYPHENS)) for line in lines).replace(" ", "")


@pytest.mark.parametrize(
    "body",
    [
        "<p><em>{0}</em> {1} <strong>{0}</strong>, {1}</p>",
        "<p>{1}<br/>{1}</p>",
        "<p><span style='float: left; font-size: 26pt; line-height: 26pt'>T</span>{1}</p>",
        "<p>{0} <code style='font-family: Samizdat Mono; white-space: nowrap'>{0}</code> {1}</p>",
        "<p>{0}<span id='x'/> <span/>{1}</p>",
        "<p>{0} <span style='padding: 0 4pt; border-left: 1pt solid'>{1}</span> {0}</p>",
        "<p><span style='padding: 0 4pt'/></p><p>{0} {1}</p>",
        "<p>{0} word—{0}—{1}</p>",
        "<p>{0} extra\u00adordinary\u00adly {1} extra\u00adordinary\u00adly</p>",
        "<p>{0} https://example.org/a/very/long/address/that/goes/on/and/on/for/longer/than/a/line/of/this/page {1}</p>",
        "<p style='text-align: left'>{1}</p>",
        "<p>{1} (<svg xmlns='http://www.w3.org/2000/svg' width='30' height='8'><rect width='9' height='9'/></svg>). {1}</p>",
        "<ul><li>{1}</li><li>{0}</li></ul>",
        "<p lang='de'>Donaudampfschifffahrtsgesellschaft {1} Sicherheitsvorkehrungen {1}</p>",
    ],
)
def test_no_letter_is_lost(body: str, prose: Prose, page: Page, set_book: SetBook) -> None:
    """Whatever stands in a paragraph, all of it is printed, once."""
    html = body.format(prose(5, 9), prose(6, 70))
    setting = set_book([Leaf("a", page(html))], STYLE + "li { list-style: none; text-align: justify }")
    written = re.sub(r"<[^>]*>|[\s\u00ad\u2010-]", "", html)
    printed = re.sub(r"[\s\u00ad\u2010-]", "", "".join(line.text for line in _lines(setting.pdf)))
    assert sorted(printed) == sorted(written)


def test_right_to_left_lines_are_justified(page: Page, set_book: SetBook) -> None:
    words = "الكتاب مجموعة من الأوراق المطبوعة التي تجمع معا في مجلد واحد ويقرأه الناس في كل مكان وزمان " * 4
    style = STYLE.replace("Samizdat Serif", "Samizdat Arabic")
    lines = _lines(
        set_book([Leaf("a", page(f"<p dir='rtl' style='direction: rtl'>{words}</p>", language="ar"))], style, language="ar").pdf
    )
    inner = lines[1:-1]
    assert len(inner) >= 3
    assert all(
        line.left == pytest.approx(_EDGE, abs=1) and line.right == pytest.approx(_EDGE + _MEASURE, abs=1) for line in inner
    )


def test_marks_over_letters_move_nothing_else(page: Page, set_book: SetBook) -> None:
    """A mark that a font has no letter for is moved into its place and back; the two moves must not run into one number."""
    text = "We had calls for g\u0303, m\u0304, j\u030a and q\u0308, and for hardly anything else in that street for years."
    with pikepdf.open(io.BytesIO(set_book([Leaf("a", page(f"<p>{text}</p>"))], STYLE).pdf)) as pdf:
        shown = re.findall(rb"^\[.*\] TJ$", pdf.pages[0].Contents.read_bytes(), re.MULTILINE)
    assert len(shown) > 4
    assert not any(re.search(rb"\d-", operation) for operation in shown)


def test_lines_before_a_forced_break_are_chosen_together(prose: Prose, page: Page, set_book: SetBook) -> None:
    body = f"<p>{prose(1, 40)}<br/>{prose(2, 40)}<br/>{prose(3, 3)}</p>"
    lines = _lines(set_book([Leaf("a", page(body))], STYLE).pdf)
    ends = [number for number, line in enumerate(lines) if line.text.rstrip().endswith(".")]
    right = max(line.right for line in lines)
    assert len(ends) == 3
    flush = [line for number, line in enumerate(lines) if number not in ends]
    assert all(line.right > right - 4 for line in flush), "full lines reach the edge"
    assert [lines[end].right < right - 4 for end in ends] == [True] * 3, "those that end by order do not"


def test_lines_of_a_heading_are_of_about_the_same_length(page: Page, set_book: SetBook) -> None:
    words = "A Specimen of Type and Small Work, with an Account of the Great Flood of May"
    style = STYLE + "h1 { text-align: center; font-size: 16pt }"
    lines = _lines(set_book([Leaf("a", page(f"<h1>{words}</h1>"))], style).pdf)
    lengths = [line.right - line.left for line in lines]
    assert " ".join(line.text.strip() for line in lines) == words
    assert len(lines) > 1
    assert min(lengths) > 0.6 * max(lengths)


def test_lines_from_right_to_left_begin_at_one_edge(page: Page, set_book: SetBook) -> None:
    """The last line of a paragraph was drawn with spaces of another font than it was measured with, and stood out."""
    words = "كل من يأخذ المجاديف يكتب أيها أخذ وفي أي ساعة ثم يعيدها إلى مكانها قبل المساء".split()
    body = "".join(f"<p>{' '.join((words * 5)[seed : seed + 29 + 3 * seed])}.</p>" for seed in range(6))
    faces = families("ar", "Samizdat Serif")
    css = f"""@page {{ size: 120mm 180mm; margin: 15mm }} html {{ font: 11pt/16pt {faces} }} body {{ margin: 0 }}
    div, p {{ margin: 0; text-align: justify; direction: rtl }}"""
    setting = set_book([Leaf("a", page(f"<div dir='rtl'>{body}</div>", language="ar"))], css, language="ar")
    with pdfplumber.open(io.BytesIO(setting.pdf)) as document:
        signs = [sign for sign in document.pages[0].chars if not sign["text"].isspace()]
    edges = [max(sign["x1"] for sign in line) for _, line in groupby(signs, lambda sign: round(sign["matrix"][5], 1))]
    assert len(edges) > 12
    assert max(edges) - min(edges) < 1.5
