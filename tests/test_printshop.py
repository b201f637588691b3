"""The print shop: sheets with marks, a guide and a printer test, looked at as finished pages."""

import io

import pikepdf
import pypdfium2
import pytest

from samizdat.formats.imposition import schemes
from samizdat.printshop import Order, impose, printer_test

A5 = (419.5276, 595.2756)


SHORT = "with its grain along the 210 mm side (short grain)"


def book(pages: int) -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=A5)
            page.obj.Contents = pdf.make_stream(b"0 0 m 9 9 l S")
        out = io.BytesIO()
        pdf.save(out, static_id=True)
        return out.getvalue()


def words(pdf: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf)]


def strokes(pdf: bytes) -> list[int]:
    with pikepdf.open(io.BytesIO(pdf)) as sheets:
        return [sum(str(step.operator) == "S" for step in pikepdf.parse_content_stream(page)) for page in sheets.pages]


def test_every_sheet_says_which_it_is_but_not_on_the_outside_of_the_booklet() -> None:
    (sheets,) = impose(book(8), Order(marks=True)).files.values()
    assert words(sheets) == ["", "Sheet 1 of 2, back", "Sheet 2 of 2, front", "Sheet 2 of 2, back"]
    assert strokes(sheets) == [4, 2, 2, 2]  # the ends of the fold, and outside two staples


def test_sections_have_marks_for_the_needle_and_numbers() -> None:
    (sheets,) = impose(book(16), Order("signatures", signature=2, marks=True)).files.values()
    assert strokes(sheets) == [8, 2, 2, 2, 8, 2, 2, 2]  # the ends of the fold, five stitches, the step
    assert words(sheets)[4] == "Section 2, sheet 3 of 4, front"


def test_labels_of_a_cut_pile_stand_on_the_side_that_is_glued() -> None:
    (sheets,) = impose(book(8), Order("cut-stack", marks=True)).files.values()
    for number, page in enumerate(pypdfium2.PdfDocument(sheets)):
        box = page.get_textpage().get_charbox(0)
        middle = page.get_width() / 2
        assert box[0] > middle if number % 2 == 0 else box[2] < middle
        assert abs(box[0] - middle) < 12


def test_fonts_of_labels_and_guide_are_embedded_and_marks_are_the_same_every_time() -> None:
    order = Order("quarter-fold", marks=True, guide=True)
    (sheets,), (again,) = (impose(book(20), order).files.values() for _ in range(2))
    assert sheets == again
    with pikepdf.open(io.BytesIO(sheets)) as pdf:
        descriptors = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing]
        assert descriptors
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(thing.keys()) for thing in descriptors)


@pytest.mark.parametrize("name", schemes())
@pytest.mark.parametrize("sheet", ["A4", "tabloid"])
def test_the_guide_is_one_sheet_that_holds_all_its_words(name: str, sheet: str) -> None:
    scheme = schemes()[name]
    (sheets,) = impose(book(8), Order(name, sheet=sheet, guide=True)).files.values()
    (plain,) = impose(book(8), Order(name, sheet=sheet)).files.values()
    pages, before = pypdfium2.PdfDocument(sheets), pypdfium2.PdfDocument(plain)
    assert len(pages) == len(before) + (1 if scheme.one_sided else 2)
    assert {page.get_size() for page in pages} == {page.get_size() for page in before}
    said = words(sheets)[0]
    for step in scheme.steps:
        assert step in said.replace("\ufffe", "-")
    text = pages[0].get_textpage()
    width, height = pages[0].get_size()
    boxes = [text.get_charbox(number) for number in range(text.count_chars())]
    assert min(min(box[:2]) for box in boxes) >= 0
    assert max(box[2] for box in boxes) <= width
    assert max(box[3] for box in boxes) <= height
    side = "one side only" if scheme.one_sided else "short edge" if width > height else "long edge"
    assert side in said


def test_the_guide_is_a_file_of_its_own_where_fronts_and_backs_are() -> None:
    job = impose(book(8), Order(by_hand=True, guide=True))
    assert {part: len(pypdfium2.PdfDocument(data)) for part, data in job.files.items()} == {
        "-fronts": 2,
        "-backs": 2,
        "-guide": 1,
    }


def test_everything_that_is_added_is_black_ink_alone() -> None:
    (sheets,) = impose(book(8), Order(marks=True, guide=True)).files.values()
    (test,) = printer_test(Order()).values()
    for data in (sheets, test):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            drawings: list[pikepdf.Object] = [
                thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
            ]
            drawings += [page.obj.Contents for page in pdf.pages if "/Contents" in page.obj]
            assert not [step for drawing in drawings for step in drawing.read_bytes().split() if step.lower() == b"rg"]


def test_nobody_feeds_backs_of_what_is_printed_on_one_side() -> None:
    job = impose(book(4), Order("french-fold", by_hand=True))
    assert list(job.files) == [""]
    assert [problem.code for problem in job.problems] == ["P21", "P27"]


def test_the_printer_test_says_one_thing_upright_and_the_other_upside_down() -> None:
    (test,) = printer_test(Order()).values()
    pages = pypdfium2.PdfDocument(test)
    assert len(pages) == 2
    back = pages[1].get_textpage()
    width, height = pages[1].get_size()
    assert width > height
    assert "This setting is right" in back.get_text_bounded(0, height / 2, width, height)
    assert "other setting is right" in " ".join(back.get_text_bounded(0, 0, width, height / 2).split())
    with pikepdf.open(io.BytesIO(test)) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"


@pytest.mark.parametrize(("first", "numbers"), [(False, ["2", "1"]), (True, ["1", "2"])])
def test_the_printer_test_by_hand_has_two_numbered_sheets(first: bool, numbers: list[str]) -> None:
    parts = printer_test(Order(by_hand=True, first=first, sheet="letter"))
    for part, expected in (("-fronts", ["1", "2"]), ("-backs", numbers)):
        found = [next(word for word in said.split() if word in {"1", "2"}) for said in words(parts[part])]
        assert found == expected


@pytest.mark.parametrize(
    ("order", "pages", "line"),
    [
        (
            Order(),
            40,
            f"10 sheets of 80 g/m² paper {SHORT}, 2 staples; 2.0 mm thick, 50 g.",
        ),
        (
            Order("signatures", weight=100),
            320,
            f"80 sheets of 100 g/m² paper {SHORT}, thread for 20 sections, glue for the spine; 20.0 mm thick, 499 g.",
        ),
        (
            Order("zine"),
            8,
            f"1 sheet of 80 g/m² paper {SHORT}, no staple; 0.8 mm thick, 5 g.",
        ),
        (Order("two-copies"), 10, "3 sheets of 80 g/m² paper, a clip or a corner staple; 0.5 mm thick, 12 g."),
        (Order("two-up"), 8, "2 sheets of 80 g/m² paper, a clip or a corner staple; 0.2 mm thick, 10 g."),
        (
            Order("cut-stack", price=0.05),
            100,
            f"25 sheets of 80 g/m² paper {SHORT}, glue for the spine; 5.0 mm thick, 125 g, 1.25 for paper.",
        ),
        (
            Order("quarter-fold"),
            32,
            "4 sheets of 80 g/m² paper with its grain along the 297 mm side (long grain), 2 staples; 1.6 mm thick, 20 g.",
        ),
    ],
)
def test_what_one_copy_takes(order: Order, pages: int, line: str) -> None:
    assert impose(book(pages), order).shopping.line() == f"For one copy: {line}"
