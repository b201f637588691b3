"""Pages made ready for the press are looked at as a printing house would: inks, boxes, what they say of themselves."""

import datetime
import io
import re

import pikepdf
import pytest
from PIL import Image

from samizdat import profiles
from samizdat.checks.pdf import check_print
from samizdat.checks.preflight import overprinted, preflight
from samizdat.formats.pdf import for_press
from samizdat.formats.press import MILLIMETRE, Condition, Surround, prepress
from samizdat.model.book import Metadata
from samizdat.problems import SamizdatError
from samizdat.typesetting import Folios, Leaf, Opening, set_pages

METADATA = Metadata("Ink", "en-GB", "urn:uuid:7a0f2a5e-5f0e-4f6e-9c59-0d6f6f1f1a11", datetime.date(2026, 3, 9))
STYLE = """@page { size: 120mm 180mm; margin: 12mm } html { font: 10pt/13pt "Samizdat Serif" } body { margin: 0 }
.red { color: #a00 } .grey { color: #777 }
.thin { text-decoration: underline; text-decoration-thickness: 0.1pt } .over { margin-top: -23pt }
img { width: 20mm } .large { width: 60mm }"""
GRADIENT = """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><defs><linearGradient id="g">
<stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient></defs>
<rect width="40" height="20" fill="url(#g)"/></svg>"""


def picture(kind: str) -> bytes:
    image = Image.merge(
        "RGB", [Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90), Image.new("L", (256, 256), 40)]
    )
    target = io.BytesIO()
    image.save(target, kind)
    return target.getvalue()


PICTURES = {"a.png": picture("png"), "b.jpg": picture("jpeg")}
BODY = f"""<h1 id="x">Ink</h1><p>Black <b class="red">red</b> <i class="grey">grey</i> <a href="#x">here</a></p>{GRADIENT}
<p><img src="a.png" alt="A"/> <img src="b.jpg" alt="B"/></p>"""


def pages(body: str = BODY) -> bytes:
    xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB"><head><title>x</title></head><body>{body}</body></html>'
    setting = set_pages(
        [Leaf("one", xhtml, Opening.RECTO, Folios.ARABIC)],
        STYLE,
        title="Ink",
        language="en-GB",
        remember=lambda make, *_parts: make(),
        fetch=PICTURES.__getitem__,
    )
    return for_press(setting, METADATA)


@pytest.fixture(scope="module")
def plain() -> bytes:
    return pages()


@pytest.fixture(scope="module")
def house() -> profiles.Profile:
    profile = profiles.house()
    if profile is None:
        pytest.skip("the house profile is not installed")
    return profile


def drawn(data: bytes) -> tuple[str, set[str]]:
    """All that a PDF draws, and the colour spaces of its pictures and gradients."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        spaces = {str(thing["/ColorSpace"]) for thing in streams if thing.get("/Subtype") == "/Image"}
        spaces |= {
            str(thing.ColorSpace) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/ShadingType" in thing
        }
        pdf.pages[0].contents_coalesce()
        texts = [pdf.pages[0].Contents.read_bytes()]
        texts += [thing.read_bytes() for thing in streams if thing.get("/Subtype") == "/Form"]
        return b"\n".join(texts).decode("latin-1"), spaces


def test_black_ink_alone(plain: bytes, house: profiles.Profile) -> None:
    drawing, spaces = drawn(prepress(plain, METADATA, Condition(house), Surround(0)))
    assert spaces == {"/DeviceGray"}
    assert not re.search(r"[ \n][\d.]+ (rg|RG|k|K|scn|SCN)\n", drawing)
    # #a00 is as light as 20 % of light grey, #777 as 47 %
    assert re.search(r"^0\.199\d? g$", drawing, re.MULTILINE)
    assert re.search(r"^0\.46\d* g$", drawing, re.MULTILINE)


def test_four_inks(plain: bytes, house: profiles.Profile) -> None:
    drawing, spaces = drawn(prepress(plain, METADATA, Condition(house, coloured=True), Surround(0)))
    assert spaces == {"/DeviceCMYK"}
    assert "rg\n" not in drawing
    cyan, magenta, yellow, _black = map(float, re.search(r"^(\S+) (\S+) (\S+) (\S+) k$", drawing, re.MULTILINE).groups())  # type: ignore[union-attr]
    assert magenta > 0.7
    assert yellow > 0.6
    assert cyan < 0.4
    # the text stays in black ink alone
    assert re.search(r"^0 g$", drawing, re.MULTILINE)


def test_four_inks_without_a_profile_make_no_promise(plain: bytes) -> None:
    data = prepress(plain, METADATA, Condition(None, coloured=True), Surround(0))
    assert b"GTS_PDFX" not in data
    assert re.search(r"^0 0\.6667 0\.6667 0\.3333 k$", drawn(data)[0], re.MULTILINE)


@pytest.mark.parametrize("coloured", [False, True])
def test_a_printing_house_takes_it(plain: bytes, house: profiles.Profile, coloured: bool) -> None:
    data = prepress(plain, METADATA, Condition(house, coloured), Surround(3 * MILLIMETRE, marks=True, folds=(100.0,)))
    assert list(check_print(data)) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.S), bytes(intent.DestOutputProfile.read_bytes())) == ("/GTS_PDFX", house.data)
        assert pdf.pdf_version == "1.6"
        for page in pdf.pages:
            media, bleed, trim = (
                [float(edge) / MILLIMETRE for edge in page.obj[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")
            )
            assert trim == pytest.approx([0, 0, 120, 180], abs=0.01)
            assert bleed == pytest.approx([-3, -3, 123, 183], abs=0.01)
            assert media == pytest.approx([-13, -13, 133, 193], abs=0.01)


def test_marks_stay_out_of_the_bleed(plain: bytes, house: profiles.Profile) -> None:
    data = prepress(plain, METADATA, Condition(house), Surround(3 * MILLIMETRE, marks=True, folds=(100.0,)))
    marks = drawn(data)[0].split("0 G\n0.25 w")[1]
    ends = [tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+) [ml]\b", marks)]
    width, height, bleed = 120 * MILLIMETRE, 180 * MILLIMETRE, 3 * MILLIMETRE - 0.01
    assert len(ends) >= 2 * (8 + 8 + 2)
    inside = [(x, y) for x, y in ends if -bleed < x < width + bleed and -bleed < y < height + bleed]
    assert inside == []
    assert {x for x, _y in ends} >= {0.0, 100.0, round(width, 3)}


def test_the_same_pages_make_the_same_bytes(plain: bytes, house: profiles.Profile) -> None:
    first, second = (prepress(plain, METADATA, Condition(house, coloured=True), Surround(9.0, marks=True)) for _ in range(2))
    assert first == second


def test_pages_not_ready_are_found_out(plain: bytes, house: profiles.Profile) -> None:
    body = (
        BODY
        + '<p class="thin">Thin</p><img class="large" src="a.png" alt="A"/><p>Covered words</p><p class="over">Other words</p>'
    )
    data = prepress(pages(body), METADATA, Condition(house), Surround(9.0))
    assert sorted(problem.code for problem in preflight(data)) == ["P44", "P46"]
    assert [problem.place.file for problem in overprinted(data)] == ["page 1"]
    assert {problem.code for problem in preflight(plain)} == {"P42", "P43"}


def test_links_and_heavy_colours_are_found_out(plain: bytes, house: profiles.Profile) -> None:
    with pikepdf.open(io.BytesIO(prepress(plain, METADATA, Condition(house), Surround(9.0)))) as pdf:
        pdf.pages[0].contents_add(b"1 1 1 0.9 k 0 0 9 9 re f")
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[20, 20, 40, 40])
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])
        del pdf.Root.OutputIntents
        target = io.BytesIO()
        pdf.save(target)
    assert [problem.code for problem in preflight(target.getvalue())] == ["P42", "P48", "P45"]


def test_a_profile_that_will_not_do(house: profiles.Profile) -> None:
    screen = house.data[:16] + b"RGB " + house.data[20:]
    for spoiled in (b"", house.data[:-1], screen):
        with pytest.raises(SamizdatError, match="profile"):
            profiles.read(spoiled, "x.icc")
    assert profiles.read(house.data, "x.icc").condition == "Custom"
    assert profiles.Profile(b"", "Coated FOGRA39 (ISO 12647-2:2004)").condition == "FOGRA39"
