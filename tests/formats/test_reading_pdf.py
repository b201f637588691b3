"""PDFs from anywhere are imposed: turned, cropped, scaled, with links, forms and layers; or one problem says why not."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from samizdat.formats.imposition import SADDLE, flaws, impose, measure
from samizdat.problems import SamizdatError

A4 = (595.2756, 841.8898)


def made(change: Callable[[pikepdf.Pdf], object] = lambda _: None, **save: object) -> bytes:
    """Make four pages of 300 by 400 points, each with its number near the upper left corner, and change them."""
    with pikepdf.new() as pdf:
        for number in range(1, 5):
            page = pdf.add_blank_page(page_size=(300, 400))
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
            page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 20 370 Td (page{number}) Tj ET".encode())
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, **save)  # type: ignore[arg-type]  # what pikepdf takes
        return out.getvalue()


def place(pdf: bytes, side: int, word: str) -> tuple[float, float]:
    """Where a word begins on a side: its left and lower edge."""
    text = pypdfium2.PdfDocument(pdf)[side].get_textpage()
    index, _ = text.search(word).get_next()
    left, bottom, _, _ = text.get_charbox(index)
    return float(left), float(bottom)


def code(data: bytes) -> str:
    with pytest.raises(SamizdatError) as raised:
        impose(data, SADDLE, A4)
    (problem,) = raised.value.problems
    return problem.code


def outcome(data: bytes) -> list[str] | int:
    """Impose a PDF, and return the codes of its problems, or how many sides came of it."""
    try:
        return len(pypdfium2.PdfDocument(impose(data, SADDLE, A4)))
    except SamizdatError as error:
        return [problem.code for problem in error.problems]


FOLD, MIDDLE = A4[1] / 2, A4[0] / 2


def test_a_page_turned_in_its_document_is_turned_on_the_sheet() -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.MediaBox = Array([0, 0, 400, 300])
            page.obj.Rotate = 90
            page.obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 0 1 -1 0 30 20 Tm (turned) Tj ET")

    data = made(turn)
    assert measure(data) == (4, (300, 400))
    left, bottom = place(impose(data, SADDLE, A4), 0, "turned")
    assert bottom == pytest.approx(MIDDLE + 200 - 30, abs=1)  # upright, 30 below the head, as a reader of PDFs shows it
    assert left - 20 == pytest.approx(FOLD - 300, abs=1)  # page 4, on the left of the fold


def test_a_cropped_page_is_what_is_seen_of_it() -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.CropBox = Array([10, 300, 210, 400])

    data = made(crop)
    assert measure(data)[1] == (200, 100)
    left, bottom = place(impose(data, SADDLE, A4), 0, "page1")
    assert [left, bottom] == pytest.approx([FOLD + 10, MIDDLE - 50 + 70], abs=3)


def test_a_page_in_units_of_its_own() -> None:
    def enlarge(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.UserUnit = 1.25

    data = made(enlarge)
    assert measure(data)[1] == (375, 500)
    assert place(impose(data, SADDLE, A4), 0, "page1")[0] == pytest.approx(FOLD + 25, abs=2)


def test_links_lie_over_what_they_lay_over() -> None:
    def link(pdf: pikepdf.Pdf) -> None:
        def note(**target: Any) -> pikepdf.Object:
            return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([20, 365, 60, 385]), **target))

        pdf.pages[0].obj.Annots = Array([note(A=Dictionary(S=Name.URI, URI="https://example.org/"))])
        pdf.pages[1].obj.Annots = Array([note(Dest=Array([pdf.pages[2].obj, Name.Fit]))])
        pdf.pages[2].obj.Annots = Array([note(A=Dictionary(S=Name.Launch, F="calc.exe")), note(Dest="nowhere"), note()])
        pdf.pages[3].obj.Annots = Array([note(A=Dictionary(S=Name.GoTo, D="four"))])
        names = Array(["four", Array([pdf.pages[3].obj, Name.Fit])])
        pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=names)))

    with pikepdf.open(io.BytesIO(impose(made(link), SADDLE, A4))) as sheets:
        front, back = (list(page.obj.Annots) for page in sheets.pages)
        assert len(front) == 2
        assert len(back) == 1
        address = next(note for note in front if "/A" in note)
        assert str(address.A.URI) == "https://example.org/"
        expected = [FOLD + 20, MIDDLE + 165, FOLD + 60, MIDDLE + 185]
        assert [float(edge) for edge in address.Rect] == pytest.approx(expected, abs=0.1)
        (inner,) = (note for note in front if "/Dest" in note)
        assert inner.Dest[0].objgen == sheets.pages[0].obj.objgen
        assert back[0].Dest[0].objgen == sheets.pages[1].obj.objgen


def test_the_outline_leads_to_the_sides_of_its_pages() -> None:
    def outlined(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            part = pikepdf.OutlineItem("Part", 0)
            part.children.append(pikepdf.OutlineItem("Chapter", 2))
            outline.root.extend(
                [part, pikepdf.OutlineItem("Nowhere", pikepdf.String("no such place")), pikepdf.OutlineItem("End", 3)]
            )

    with pikepdf.open(io.BytesIO(impose(made(outlined), SADDLE, A4))) as sheets:
        sides = {page.obj.objgen: number for number, page in enumerate(sheets.pages)}
        with sheets.open_outline() as outline:
            part, end = outline.root
            (chapter,) = part.children
            lines = [(str(line.title), sides[line.destination[0].objgen]) for line in (part, chapter, end)]  # type: ignore[index]
    assert lines == [("Part", 0), ("Chapter", 1), ("End", 0)]


def test_an_outline_that_leads_back_to_itself_does_no_harm() -> None:
    def tangled(pdf: pikepdf.Pdf) -> None:
        line = pdf.make_indirect(Dictionary(Title="Round", Dest=Array([pdf.pages[0].obj, Name.Fit])))
        line.First = line.Next = line
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=line, Last=line))

    assert outcome(made(tangled)) == 2


def test_a_damaged_pdf_that_is_mended_is_told_of() -> None:
    sound = made()
    assert list(flaws(sound)) == []
    start = sound.rindex(b"startxref")
    assert [problem.code for problem in flaws(sound[:start] + b"startxref\n99\n%%EOF\n")] == ["P76"]


def test_layers_and_profiles_are_kept() -> None:
    def layer(pdf: pikepdf.Pdf) -> None:
        hidden = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="hidden"))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([hidden]), D=Dictionary(OFF=Array([hidden])))
        page = pdf.pages[0].obj
        page.Resources.Properties = Dictionary(L=hidden)
        page.Contents = pdf.make_stream(b"/OC /L BDC BT /F1 12 Tf 20 370 Td (secret) Tj ET EMC")
        profile = pdf.make_stream(b"profile", N=4)
        pdf.Root.OutputIntents = Array([Dictionary(S=Name("/GTS_PDFX"), DestOutputProfile=profile)])

    with pikepdf.open(io.BytesIO(impose(made(layer), SADDLE, A4))) as sheets:
        used = sheets.pages[0].obj.Resources.XObject.P1.Resources.Properties.L
        assert sheets.Root.OCProperties.D.OFF[0].objgen == used.objgen
        assert sheets.Root.OutputIntents[0].DestOutputProfile.read_bytes() == b"profile"


def test_what_is_filled_into_a_form_is_printed() -> None:
    def fill(pdf: pikepdf.Pdf) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        drawing = pdf.make_stream(b"BT /F1 12 Tf 2 4 Td (filled) Tj ET")
        drawing.update(
            Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 80, 20], Resources=Dictionary(Font=Dictionary(F1=font)))
        )
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="a", V="filled", Rect=[50, 100, 130, 120], F=4)
        field.AP = Dictionary(N=drawing)
        field = pdf.make_indirect(field)
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))

    sheets = impose(made(fill), SADDLE, A4)
    assert place(sheets, 0, "filled")[0] == pytest.approx(FOLD + 52, abs=1)
    assert place(sheets, 0, "page1")[0] == pytest.approx(FOLD + 20, abs=1)


def test_contents_in_pieces_and_shared_contents() -> None:
    def split(pdf: pikepdf.Pdf) -> None:
        first = pdf.make_stream(b"BT /F1 12 Tf")
        second = pdf.make_stream(b"20 370 Td (pieces) Tj ET")
        pdf.pages[0].obj.Contents = Array([first, second])
        pdf.pages[2].obj.Contents = pdf.pages[1].obj.Contents

    sheets = impose(made(split), SADDLE, A4)
    assert place(sheets, 0, "pieces")[0] == pytest.approx(FOLD + 20, abs=1)
    words = pypdfium2.PdfDocument(sheets)[1].get_textpage().get_text_range().split()
    assert words == ["page2", "page2"]


def test_a_password_is_a_problem_and_a_mere_restriction_is_not() -> None:
    assert code(made(encryption=pikepdf.Encryption(owner="o", user="u"))) == "P24"
    assert place(impose(made(encryption=pikepdf.Encryption(owner="o")), SADDLE, A4), 0, "page1")[0] > FOLD


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no PDF", b"\x00" * 5000, made()[:200]])
def test_what_is_no_pdf_is_one_problem(data: bytes) -> None:
    assert code(data) == "P23"


@pytest.mark.parametrize("box", [[0, 0, 0, 0], [0, 0, 1, 1], [0, 0, 20000, 300], [0, 0, 99999999999, 300]])
def test_a_page_of_no_size_is_one_problem(box: list[float]) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[2].obj.MediaBox = Array(box)

    assert code(made(spoil)) == "P23"


@pytest.mark.parametrize("box", [[0, 0, "a", 300], [0, 0], [Name.X, 1, 2, 3], 7])
def test_a_page_whose_size_is_nonsense_is_taken_for_letter(box: object) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.MediaBox = Array(box) if isinstance(box, list) else box

    assert measure(made(spoil))[1] == (612, 792)


def test_a_damaged_pdf_is_mended_or_one_problem() -> None:
    whole = made()
    for cut in range(0, len(whole), 23):
        assert outcome(whole[:cut] + b"\0\0\0" + whole[cut + 3 :]) in (["P23"], 2)


def test_a_tree_of_pages_that_holds_itself_is_one_problem() -> None:
    def loop(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    try:
        data = made(loop)
    except (pikepdf.PdfError, RuntimeError):
        pytest.skip("not to be written")
    assert code(data) == "P23"


def test_odd_things_on_a_page_do_no_harm() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = 3
        pdf.pages[1].obj.Annots = Array([3, Dictionary(Subtype=Name.Link, Rect=3), Dictionary(Subtype=Name.Link)])
        pdf.pages[2].obj.BleedBox = Array([1, 2])
        pdf.pages[3].obj.Rotate = Name.Up

    assert outcome(made(spoil)) == ["P23"]
