"""Several PDFs as one: the pages follow each other, and links and lines of the outline lead where they did."""

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from samizdat.formats.imposition import collated
from samizdat.printshop import Order, impose
from samizdat.problems import SamizdatError


def book(name: str, pages: int, *, named: bool = False, size: tuple[float, float] = (298.0, 420.0)) -> bytes:
    """Make a PDF whose first page links to its last, and to an address, and whose outline has a line for its last page."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for number in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=size)
            page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
            page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 100 200 Td ({name}{number}) Tj ET".encode())
        last = Array([pdf.pages[-1].obj, Name.Fit])
        if named:
            pdf.Root.Dests = Dictionary(end=last)
        way = Dictionary(S=Name.URI, URI=f"https://example.org/{name}")
        inner = Dictionary(Subtype=Name.Link, Rect=Array([10, 10, 50, 20]), Dest=Name.end if named else last)
        outer = Dictionary(Subtype=Name.Link, Rect=Array([10, 30, 50, 40]), A=way)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(inner), pdf.make_indirect(outer)])
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"End of {name}", pages - 1))
        out = io.BytesIO()
        pdf.save(out, static_id=True)
        return out.getvalue()


def _read(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range().strip() for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize("named", [False, True])
def test_pages_follow_each_other_and_all_ways_lead_where_they_did(named: bool) -> None:
    whole = collated([book("a", 3), book("b", 4, named=named), book("c", 2)])
    assert _read(whole) == "a1 a2 a3 b1 b2 b3 b4 c1 c2".split()
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        ends = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        for first, last, name in ((0, 2, "a"), (3, 6, "b"), (7, 8, "c")):
            notes = list(pdf.pages[first].obj.Annots)
            assert [ends[note.Dest[0].objgen] for note in notes if Name.Dest in note] == [last]
            assert [str(note.A.URI) for note in notes if Name.A in note] == [f"https://example.org/{name}"]
    document = pypdfium2.PdfDocument(whole)
    found = [(line.get_title(), line.get_dest().get_index()) for line in document.get_toc()]
    assert found == [("End of a", 2), ("End of b", 6), ("End of c", 8)]


def test_a_booklet_of_several_reads_in_order() -> None:
    job = impose(book("a", 3), Order(), book("b", 4))
    assert job.imposition.pages == 7
    assert "".join(_read(job.files[""])[0].split()) in {"a1", "b5a1"}
    assert len(_read(job.files[""])) == 4


def test_pages_of_another_size_in_a_further_one_are_told() -> None:
    job = impose(book("a", 4), Order(), book("b", 1, size=(595.0, 842.0)))
    assert [problem.code for problem in job.problems] == [problem.code for problem in impose(_mixed(), Order()).problems] != []


def _mixed() -> bytes:
    return collated([book("a", 4), book("b", 1, size=(595.0, 842.0))])


def test_a_further_one_that_cannot_be_read_is_told() -> None:
    with pytest.raises(SamizdatError) as raised:
        impose(book("a", 4), Order(), b"%PDF-1.7 nothing")
    assert [problem.code for problem in raised.value.problems] == ["P23"]
