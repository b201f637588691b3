"""A booklet is folded here in code and read from the first page to the last."""

import io
import itertools
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest

from samizdat.formats.imposition import SADDLE, Binding, flaws, impose, plan, scale, scaled_down, too_thick
from samizdat.formats.imposition.edges import odd_pages, usual

A4 = (595.2756, 841.8898)
A5 = (419.5276, 595.2756)
A6 = (297.6378, 419.5276)
MM = 72 / 25.4


def book(pages: int, size: tuple[float, float] = A5, bleed: float = 0) -> bytes:
    """Make a PDF whose pages say their number at the head and at the foot."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        width, height = size
        for number in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=(width + 2 * bleed, height + 2 * bleed))
            page.trimbox = pikepdf.Array([bleed, bleed, bleed + width, bleed + height])
            page.obj.BleedBox = pikepdf.Array([0, 0, width + 2 * bleed, height + 2 * bleed])
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            head, foot = bleed + height - 40, bleed + 20
            fill = f"0.9 g 0 0 {width + 2 * bleed} {height + 2 * bleed} re f 0 g " if bleed else ""
            page.obj.Contents = pdf.make_stream(
                f"{fill}BT /F1 12 Tf {bleed + 50} {head} Td (head {number}) Tj 0 {foot - head} Td (foot {number}) Tj ET".encode()
            )
        pdf.Root.Lang = "fr"
        pdf.docinfo["/Title"] = "Livre"
        out = io.BytesIO()
        pdf.save(out, static_id=True)
        return out.getvalue()


def halves(pdf: bytes) -> Iterator[tuple[str, str]]:
    """Read each side of each sheet: the words of its left and of its right half, from top to bottom."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        assert width > height
        words = []
        for left, right in ((0, width / 2), (width / 2, width)):
            upper = text.get_text_bounded(left, height / 2, right, height).split()
            lower = text.get_text_bounded(left, 0, right, height / 2).split()
            words.append(" ".join(upper + lower))
        yield words[0], words[1]


def folded(pdf: bytes, binding: Binding) -> list[str]:
    """Fold the stack of sheets and turn its leaves one by one.

    The back of the half that is on the left, seen from the front, is on the right when the sheet is turned over.
    """
    sides = list(halves(pdf))
    sheets = [(sides[number], sides[number + 1]) for number in range(0, len(sides), 2)]
    # A leaf is a half sheet: its face on the front of the sheet and its face on the back.
    left = [(front[0], back[1]) for front, back in sheets]
    right = [(front[1], back[0]) for front, back in sheets]
    first, second = (right, left) if binding is Binding.LEFT else (left, right)
    read = [face for leaf in first for face in leaf]
    read += [face for leaf in reversed(second) for face in reversed(leaf)]
    return read


@pytest.mark.parametrize("binding", list(Binding))
def test_folded_it_reads_in_order(binding: Binding) -> None:
    for pages in range(1, 81):
        read = folded(impose(book(pages), SADDLE, A4, binding=binding), binding)
        blanks = -pages % 4
        assert read == [f"head {n} foot {n}" for n in range(1, pages + 1)] + [""] * blanks


def test_the_first_sheet_of_eight_pages() -> None:
    front, back = itertools.islice(halves(impose(book(8), SADDLE, A4)), 2)
    assert front == ("head 8 foot 8", "head 1 foot 1")
    assert back == ("head 2 foot 2", "head 7 foot 7")


def test_facts() -> None:
    facts = plan(10, A5, SADDLE, A4)
    assert (len(facts.sheets), facts.blanks, facts.scale, facts.creep) == (3, 2, 1.0, 0.0)


def test_a_thick_booklet_is_warned_of() -> None:
    assert not list(too_thick(len(plan(80, A5, SADDLE, A4).sheets)))
    assert [problem.code for problem in too_thick(len(plan(81, A5, SADDLE, A4).sheets))] == ["P20"]


def test_larger_pages_are_made_smaller_and_it_is_said() -> None:
    booklet = impose(book(4, size=A4), SADDLE, A4)
    with pikepdf.open(io.BytesIO(booklet)) as pdf:
        assert scale(pdf) == pytest.approx(0.707, abs=0.001)
        assert [problem.code for problem in scaled_down(scale(pdf))] == ["P21"]
    with pikepdf.open(io.BytesIO(impose(book(4), SADDLE, A4))) as pdf:
        assert not list(scaled_down(scale(pdf)))
    assert folded(booklet, Binding.LEFT)[3] == "head 4 foot 4"


def left_edge(pdf: bytes, side: int, word: str) -> float:
    """Where a word begins on a side."""
    text = pypdfium2.PdfDocument(pdf)[side].get_textpage()
    index, _ = text.search(word).get_next()
    return float(text.get_charbox(index)[0])


@pytest.mark.parametrize(
    ("sizes", "frame"),
    [
        ([A4, A4, A4[::-1], A4], A4),
        ([A4[::-1], A4[::-1], A4], A4[::-1]),
        ([A5, A5, A5, A4], A5),
        ([A5, A4, A4, A4], A4),
        ([(595, 842), (601, 830), (590, 850)], (601, 850)),
        ([A4, A4[::-1]], A4),
        ([(300, 300), A4], A4),
    ],
)
def test_a_few_odd_pages_do_not_make_the_others_small(sizes: list[tuple[float, float]], frame: tuple[float, float]) -> None:
    assert usual(sizes) == frame
    codes = [problem.code for problem in odd_pages(sizes)]
    assert codes == (["P79"] if any(w > frame[0] or h > frame[1] for w, h in sizes) else [])


def test_a_page_that_lies_among_upright_ones_is_made_smaller_by_itself() -> None:
    with pikepdf.open(io.BytesIO(book(8))) as pdf:
        pdf.pages[1].rotate(90, relative=True)
        out = io.BytesIO()
        pdf.save(out)
    assert [problem.code for problem in flaws(out.getvalue())] == ["P79"]
    with pikepdf.open(io.BytesIO(impose(out.getvalue(), SADDLE, A4))) as pdf:
        back = pdf.pages[1].obj.Contents.read_bytes().decode()
    assert [round(float(drawn), 2) for drawn in re.findall(r"([\d.]+) 0 0 \S+ \S+ \S+ cm /P", back)] == [0.7, 1.0]


def test_smaller_pages_keep_their_size_and_stand_against_the_fold() -> None:
    sheets = impose(book(4, size=A6), SADDLE, A4)
    fold = A4[1] / 2
    assert left_edge(sheets, 0, "head 1") == pytest.approx(fold + 50, abs=2)
    assert left_edge(sheets, 0, "head 4") == pytest.approx(fold - A6[0] + 50, abs=2)


def test_marks_only_where_paper_is_left_over() -> None:
    def strokes(pdf: bytes) -> int:
        with pikepdf.open(io.BytesIO(pdf)) as sheets:
            return sum(str(step.operator) == "S" for step in pikepdf.parse_content_stream(sheets.pages[0]))

    assert strokes(impose(book(4), SADDLE, A4)) == 0
    # Two ticks for the fold, four corners of two ticks each.
    assert strokes(impose(book(4, size=A6), SADDLE, A4)) == 10


@pytest.mark.parametrize(("paper", "moved"), [(0.1, 0.9), (0.2, 1.8), (0, 0)])
def test_inner_pages_creep_towards_the_spine(paper: float, moved: float) -> None:
    pages = book(40)
    sheets = impose(pages, SADDLE, A4, paper=paper)
    outermost, innermost = left_edge(sheets, 0, "head 1"), left_edge(sheets, 18, "head 19")
    assert outermost - innermost == pytest.approx(moved * MM, abs=0.3)
    left = left_edge(sheets, 18, "head 22") - left_edge(sheets, 0, "head 40")
    assert left == pytest.approx(moved * MM, abs=0.3)


def test_a_thin_booklet_does_not_creep() -> None:
    assert plan(32, A5, SADDLE, A4).creep == 0
    assert plan(33, A5, SADDLE, A4).creep > 0


def test_bleed_does_not_cross_the_fold() -> None:
    sheets = impose(book(3, size=A6, bleed=9), SADDLE, A4)
    image = pypdfium2.PdfDocument(sheets)[0].render(scale=2).to_pil().convert("L")
    fold, middle = image.width // 2, image.height // 2
    assert image.getpixel((fold - 6, middle)) == 255  # page 4 is blank: nothing of page 1 beyond the fold
    assert image.getpixel((fold + 6, middle)) < 240
    outer = fold + int(2 * (A6[0] + 6))
    assert image.getpixel((outer, middle)) < 240  # the bleed at the fore-edge is kept for the knife


def test_a_blank_page_in_the_book_is_a_blank_half() -> None:
    with pikepdf.open(io.BytesIO(book(4))) as pdf:
        pdf.pages[1].obj.Contents = pdf.make_stream(b"")
        out = io.BytesIO()
        pdf.save(out)
    sheets = impose(out.getvalue(), SADDLE, A4)
    assert folded(sheets, Binding.LEFT) == ["head 1 foot 1", "", "head 3 foot 3", "head 4 foot 4"]
    with pikepdf.open(io.BytesIO(sheets)) as opened:
        assert [len(page.obj.Resources.XObject) for page in opened.pages] == [2, 1]


def test_fonts_language_and_title_are_kept_and_the_printer_is_told() -> None:
    with pikepdf.open(io.BytesIO(impose(book(9), SADDLE, A4, binding="right"))) as sheets:
        fonts = {form.Resources.Font.F1.objgen for page in sheets.pages for form in page.obj.Resources.XObject.values()}
        assert len(fonts) == 1
        assert str(sheets.Root.Lang) == "fr"
        assert str(sheets.docinfo["/Title"]) == "Livre"
        assert sheets.Root.ViewerPreferences.Duplex == pikepdf.Name.DuplexFlipShortEdge
        assert not sheets.check_pdf_syntax()


def test_same_pages_same_bytes() -> None:
    assert impose(book(7), SADDLE, A4) == impose(book(7), SADDLE, A4)
