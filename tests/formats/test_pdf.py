import datetime
import io
import re
from pathlib import Path

import page as validation
import pikepdf
import pytest
from PIL import Image

from samizdat.formats.pdf import for_press, for_screen, raster, svg_to_pdf
from samizdat.model.book import Metadata, Person
from samizdat.problems import SamizdatError
from samizdat.typesetting import Folios, Leaf, Opening, Setting, set_pages

_METADATA = Metadata(
    "Ink & Paper",
    "en-GB",
    "urn:uuid:7a0f2a5e-5f0e-4f6e-9c59-0d6f6f1f1a11",
    datetime.date(2026, 3, 9),
    people=(Person("Ann Author"), Person("Ed Itor", "editor")),
    description="How a press stood in a cellar.",
    subjects=("presses", "cellars"),
)
_STYLE = """
@page { size: 120mm 180mm; margin: 12mm 10mm 15mm 20mm }
@page :left { margin: 12mm 20mm 15mm 10mm; @bottom-left { content: counter(page) } }
@page :right { @bottom-right { content: counter(page) } }
html { font: 10pt/13pt "Samizdat Serif" } body { margin: 0 } p { text-align: justify } .red { color: #a00 } .grey { color: #777 }
table { border-collapse: collapse } td, th { border: 1pt solid black }
"""


def _page(body: str) -> str:
    return f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB"><head><title>x</title></head><body>{body}</body></html>'


@pytest.fixture(scope="module")
def setting() -> Setting:
    table = (
        '<table><tr><th scope="row">Ink</th><td>black</td></tr>'
        '<tr><th scope="row">Paper</th><td>white</td></tr></table>'
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><title>A block</title>'
        '<rect width="40" height="20"/></svg>'
    )
    leaves = [
        Leaf("front", _page("<h1>Ink &amp; Paper</h1>"), Opening.RECTO, Folios.ROMAN),
        Leaf("one", _page(f'<h1 id="one">One</h1><p>Go to <a href="#two">two</a>.</p>{table}'), Opening.RECTO),
        Leaf("two", _page(f'<h1 id="two">Two</h1><p class="red">Red</p><p class="grey">Grey</p>{table}'), Opening.RECTO),
    ]
    return set_pages(
        leaves, _STYLE, title="Ink & Paper", language="en-GB", remember=lambda make, *_parts: make(), fetch=lambda _address: b""
    )


def _open(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def test_the_screen_has_no_blank_pages_and_keeps_the_numbers(setting: Setting) -> None:
    with _open(for_screen(setting, _METADATA)) as pdf:
        assert [page.label for page in pdf.pages] == ["i", "1", "3"]


def test_the_screen_keeps_links_and_outline(setting: Setting) -> None:
    with _open(for_screen(setting, _METADATA)) as pdf:
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Ink & Paper", "One", "Two"]
        flat = list(pdf.Root.Names.Dests.Names)
        places = {str(name): place for name, place in zip(flat[::2], flat[1::2], strict=True)}
        (link,) = pdf.pages[1].obj.Annots
        assert places[str(link.Dest)][0].objgen == pdf.pages[2].obj.objgen


def test_the_screen_is_accessible(setting: Setting, tmp_path: Path) -> None:
    path = tmp_path / "screen.pdf"
    path.write_bytes(for_screen(setting, _METADATA))
    report = validation.validate_pdf(str(path), profile=validation.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [str(failure) for failure in report.failures]


def test_cells_of_tables_in_two_chapters_have_names_of_their_own(setting: Setting) -> None:
    with _open(for_screen(setting, _METADATA)) as pdf:
        names = [
            str(thing.ID) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/ID" in thing and "/S" in thing
        ]
        assert len(names) == len(set(names)) == 4


def test_on_the_screen_the_text_stands_in_the_middle(setting: Setting) -> None:
    with _open(for_screen(setting, _METADATA)) as pdf:
        recto = pdf.pages[1].mediabox
        # The inner margin is 10 mm wider than the outer one.
        assert float(recto[0]) == pytest.approx(5 / 25.4 * 72, abs=0.01)
        assert float(recto[2]) - float(recto[0]) == pytest.approx(120 / 25.4 * 72, abs=0.01)


def test_what_the_file_says_of_itself_comes_from_the_book(setting: Setting) -> None:
    with _open(for_screen(setting, _METADATA)) as pdf:
        assert str(pdf.docinfo.Title) == "Ink & Paper"
        assert str(pdf.docinfo.Author) == "Ann Author"
        assert str(pdf.docinfo.CreationDate).startswith("D:20260309")
        assert str(pdf.Root.Lang) == "en-GB"
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert "Ink &amp; Paper" in packet
        assert "2026-03-09" in packet


def test_the_press_gets_every_page_at_its_size(setting: Setting) -> None:
    with _open(for_press(setting, _METADATA)) as pdf:
        assert len(pdf.pages) == len(setting.pages) == 5
        for page in pdf.pages:
            assert [float(edge) for edge in page.mediabox] == [float(edge) for edge in page.trimbox]
            assert float(page.mediabox[2]) == pytest.approx(setting.width, abs=0.01)


def test_the_press_gets_nothing_to_click(setting: Setting) -> None:
    with _open(for_press(setting, _METADATA)) as pdf:
        assert not {"/StructTreeRoot", "/Outlines", "/Names", "/MarkInfo"} & set(pdf.Root.keys())
        assert not any("/Annots" in page.obj or "/StructParents" in page.obj for page in pdf.pages)
        kinds = {str(thing.get("/Type", "")) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)}
        assert not {"/StructElem", "/Annot"} & kinds


def test_the_press_prints_black_with_one_ink_and_leaves_colours_alone(setting: Setting) -> None:
    with _open(for_press(setting, _METADATA)) as pdf:
        drawings = b"\n".join(page.Contents.read_bytes() for page in pdf.pages if "/Contents" in page.obj)
    assert not re.search(rb"^0 0 0 (rg|RG)$", drawings, re.MULTILINE)
    assert b"\n0 g\n" in drawings
    assert re.search(rb"^0\.667 0 0 rg$|^0\.66\d* 0 0 rg$", drawings, re.MULTILINE)
    assert re.search(rb"^0\.46\d* g$", drawings, re.MULTILINE)
    assert b"BDC" not in drawings
    assert b"EMC" not in drawings


def test_finishing_does_not_change_what_is_seen(setting: Setting) -> None:
    screen, press = for_screen(setting, _METADATA), for_press(setting, _METADATA)
    shown = Image.open(io.BytesIO(raster(screen, 1, 400)))
    printed = Image.open(io.BytesIO(raster(press, 2, 400)))
    assert shown.size == printed.size
    ink = [sum(1 for value in image.convert("L").tobytes() if value < 128) for image in (shown, printed)]
    assert ink[0] > 500
    assert ink[0] == pytest.approx(ink[1], rel=0.1)


def test_finishing_twice_gives_the_same_bytes(setting: Setting) -> None:
    assert for_screen(setting, _METADATA) == for_screen(setting, _METADATA)
    assert for_press(setting, _METADATA) == for_press(setting, _METADATA)


_COVER = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 150"><rect width="100" height="150" fill="#7a1f1f"/>'
    b'<text x="10" y="40" font-size="14" fill="white" font-family="Samizdat Display">Ink</text></svg>'
)


def test_a_drawing_becomes_a_page_of_its_size() -> None:
    pdf = svg_to_pdf(_COVER, 200, 300)
    assert pdf == svg_to_pdf(_COVER, 200, 300)
    with _open(pdf) as document:
        assert [float(edge) for edge in document.pages[0].mediabox] == [0, 0, 200, 300]
        fonts = document.pages[0].Resources.Font
        assert any("Display" in str(font.BaseFont) for font in fonts.values())


def test_a_drawing_becomes_a_picture() -> None:
    picture = raster(svg_to_pdf(_COVER, 90, 135), 0, 120)
    assert picture == raster(svg_to_pdf(_COVER, 90, 135), 0, 120)
    with Image.open(io.BytesIO(picture)) as image:
        assert image.size == (120, 180)
        assert image.getpixel((5, 5)) == (122, 31, 31)
        assert max(image.convert("L").tobytes()) > 240


def test_a_drawing_may_not_reach_outside_itself(tmp_path: Path) -> None:
    picture = tmp_path / "secret.png"
    Image.new("RGB", (4, 4)).save(picture)
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{picture.as_uri()}" width="4" height="4"/></svg>'
    with pytest.raises(SamizdatError, match="secret"):
        svg_to_pdf(drawing.encode(), 100, 100)
