"""A sound PDF is made by the press itself; then it is spoiled, a fault at a time."""

import io
from collections.abc import Callable

import pikepdf
import pytest
import weasyprint

from samizdat.checks.pdf import check_print, check_screen
from samizdat.formats.imposition import SADDLE, impose

PAGE = """<html lang="en"><head><title>Title</title><style>
@page {{ size: 300pt 400pt; margin: 40pt }}
body {{ font: 12pt "DejaVu Serif", serif }}
{style}
</style></head><body><h1>Chapter</h1><p>Some words, and <i>some slanted.</i></p>{body}</body></html>"""


def pdf(body: str = "", style: str = "") -> bytes:
    made = weasyprint.HTML(string=PAGE.format(body=body, style=style)).write_pdf(pdf_variant="pdf/ua-1")
    assert isinstance(made, bytes)
    return made


@pytest.fixture(scope="module")
def sound() -> bytes:
    return pdf('<h2>More</h2><p style="break-before: page">Second page</p>')


def spoil(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        out = io.BytesIO()
        opened.save(out)
        return out.getvalue()


def codes(data: bytes, check: Callable[..., object] = check_screen) -> list[str]:
    return [problem.code for problem in check(data)]  # type: ignore[attr-defined]


def test_a_sound_pdf_passes(sound: bytes) -> None:
    assert codes(sound) == []
    assert codes(sound, check_print) == []


def test_a_truncated_file(sound: bytes) -> None:
    assert "P30" in codes(sound[: len(sound) // 2])
    assert codes(b"no pdf") == ["P30"]


def _unembed(opened: pikepdf.Pdf) -> None:
    for thing in opened.objects:
        if isinstance(thing, pikepdf.Dictionary):
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in thing:
                    del thing[key]


def test_a_font_that_is_not_embedded(sound: bytes) -> None:
    assert "P31" in codes(spoil(sound, _unembed), check_print)


@pytest.mark.parametrize(
    "place", ["left: 230pt; top: 0", "left: -60pt; top: 0", "left: 0; top: -46pt", "left: 0; top: 352pt", "left: 700pt; top: 0"]
)
def test_text_beyond_the_edge(place: str) -> None:
    spoiled = pdf(f'<p style="position: absolute; margin: 0; white-space: nowrap; {place}">Pneumonoultramicroscopic</p>')
    (problem,) = check_print(spoiled)
    assert (problem.code, problem.place.file) == ("P32", "page 1")
    assert "neumono" in problem.place.excerpt


def test_text_in_the_bleed_is_beyond_the_edge(sound: bytes) -> None:
    def trim(opened: pikepdf.Pdf) -> None:
        for page in opened.pages:
            page.trimbox = pikepdf.Array([60, 0, 300, 400])

    assert set(codes(spoil(sound, trim), check_print)) == {"P32"}


def _boxes(opened: pikepdf.Pdf) -> None:
    opened.pages[1].trimbox = pikepdf.Array([-10, 0, 290, 400])


def _sizes(opened: pikepdf.Pdf) -> None:
    opened.pages[1].mediabox = pikepdf.Array([0, 0, 500, 500])
    opened.pages[1].trimbox = pikepdf.Array([0, 0, 500, 500])
    opened.pages[1].obj.BleedBox = pikepdf.Array([0, 0, 500, 500])


@pytest.mark.parametrize("change", [_boxes, _sizes])
def test_boxes_that_do_not_fit(sound: bytes, change: Callable[[pikepdf.Pdf], None]) -> None:
    (problem,) = check_print(spoil(sound, change))
    assert (problem.code, problem.place.file) == ("P33", "page 2")


def test_no_language_no_title(sound: bytes) -> None:
    def forget(opened: pikepdf.Pdf) -> None:
        del opened.Root.Lang
        del opened.docinfo["/Title"]

    assert codes(spoil(sound, forget), check_print) == ["P34", "P35"]


def test_tags_that_are_missing(sound: bytes) -> None:
    def untag(opened: pikepdf.Pdf) -> None:
        del opened.Root.StructTreeRoot

    problems = list(check_screen(spoil(sound, untag)))
    assert {problem.code for problem in problems} == {"P36"}
    assert any("STRUCT-TREE" in problem.message for problem in problems)
    assert codes(spoil(sound, untag), check_print) == []


def test_no_outline(sound: bytes) -> None:
    def forget(opened: pikepdf.Pdf) -> None:
        del opened.Root.Outlines

    assert codes(spoil(sound, forget)) == ["P37"]


def test_a_booklet_too_thick_to_staple() -> None:
    def sheets(pages: int) -> bytes:
        with pikepdf.new() as opened:
            for _ in range(pages):
                opened.add_blank_page(page_size=(300, 400))
            opened.Root.Lang = "en"
            opened.docinfo["/Title"] = "Title"
            out = io.BytesIO()
            opened.save(out)
        return impose(out.getvalue(), SADDLE, (400, 600))

    assert codes(sheets(80), check_print) == []
    assert codes(sheets(81), check_print) == ["P20"]


def test_a_stream_that_ends_in_a_carriage_return_is_no_fault(sound: bytes) -> None:
    def end(opened: pikepdf.Pdf) -> None:
        opened.Root.Extra = opened.make_stream(b"q Q\r")

    with pikepdf.open(io.BytesIO(sound)) as opened:
        end(opened)
        out = io.BytesIO()
        opened.save(out, compress_streams=False)
    assert codes(out.getvalue()) == []
