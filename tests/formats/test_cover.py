"""Covers: whatever the title, the words stay on the page, apart from each other, and can be read."""

import datetime
import io
import itertools
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from samizdat.checks.pdf import check_print
from samizdat.config.book import _Book
from samizdat.fonts import Family
from samizdat.formats import cover
from samizdat.formats.cover import DESIGNS, HEIGHT, WIDTH, CoverPlan, plan
from samizdat.formats.cover.colours import INKS, READABLE, choose, contrast
from samizdat.formats.cover.lettering import Face, Place, fit
from samizdat.formats.cover.picture import thumbnail, to_pdf
from samizdat.model.book import Metadata, Person, Series, direction
from samizdat.render import Templates
from samizdat.workspace import house_templates

TITLES = {
    "short": ("en", "Ox", ""),
    "common": ("en", "Five Reckonings", "A Reader’s Companion"),
    "long": (
        "en",
        "The Commons and Their Enemies: An Inquiry into the Origins of Enclosure, with Remarks on Grazing, Gleaning and Roaming",
        "With an Account of the Flood, a Table of Rents and Tithes, and Three Letters Never Printed Before",
    ),
    "one word": ("de", "Donaudampfschifffahrtsgesellschaftskapitänswitwe", ""),
    "no spaces": ("en", "x" * 120, "y" * 200),
    "russian": ("ru", "Записки из провинции", "Опыт местной истории"),
    "arabic": ("ar", "مذكرات مدينة على النهر", "فصول من تاريخ الحي القديم"),
    "hebrew": ("he", "מכתבים מן הפנים", ""),
    "japanese": ("ja", "夜の印刷所と小さな町の物語", "ある活版工の回想"),
}
NAMES = ("Agnes Pollitt", "Jonathan Featherstonehaugh", "R. F.")
PEOPLE = {
    0: (),
    1: NAMES[:1],
    3: NAMES,
    9: 3 * NAMES,
}


def metadata(title: str, people: int = 1, colour: str = "", identifier: str = "urn:x") -> Metadata:
    language, words, subtitle = TITLES[title]
    return Metadata(
        words,
        language,
        identifier,
        datetime.date(2026, 11, 23),
        subtitle=subtitle,
        people=tuple(Person(name) for name in PEOPLE[people]),
        publisher="Samizdat Editions",
        series=Series("Small Books", 12),
        colour=colour,
        direction=direction(language),
    )


def designed(monkeypatch: pytest.MonkeyPatch, name: str, book: Metadata) -> CoverPlan:
    monkeypatch.setattr(cover, "DESIGNS", {name: DESIGNS[name]})
    return plan(book)


@pytest.mark.parametrize("people", PEOPLE)
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("design", DESIGNS)
def test_words_stay_on_the_page_and_apart(monkeypatch: pytest.MonkeyPatch, design: str, title: str, people: int) -> None:
    for identifier in ("urn:a", "urn:b"):
        made = designed(monkeypatch, design, metadata(title, people, identifier=identifier))
        blocks = [block for block in made.lettering if block.lines]
        assert "".join(blocks[0].lines + blocks[1].lines)
        for block in blocks:
            assert block.x >= 60
            assert block.x + block.width <= WIDTH - 60
            assert block.y >= 60
            assert block.bottom <= HEIGHT - 60
        for one, other in itertools.combinations(blocks, 2):
            beside = one.x + one.width / 2 != other.x + other.width / 2 and (one.align, other.align) != ("center", "center")
            assert beside or one.bottom <= other.y + 1 or other.bottom <= one.y + 1, (one.lines, other.lines)


@pytest.mark.parametrize("title", TITLES)
def test_set_in_type_nothing_runs_off(title: str) -> None:
    book = metadata(title)
    made = plan(book)
    templates = Templates([house_templates() / "cover"], metadata=book)
    data = to_pdf(templates.page("page.xhtml.j2", plan=made))
    assert [problem for problem in check_print(data) if problem.code == "P32"] == []
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    width, height = document[0].get_size()
    assert width / height == pytest.approx(WIDTH / HEIGHT)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ta", "மனித உரிமைகள் பற்றிய உலகப் பிரகடனம்"),
        ("te", "మానవ హక్కుల సార్వత్రిక ప్రకటన"),
        ("my", "အပြည်ပြည်ဆိုင်ရာ လူ့အခွင့်အရေး ကြေညာစာတမ်း"),
        ("am", "ሁሉ አቀፍ የሰብዓዊ መብቶች መግለጫ"),
    ],
)
def test_letters_of_other_scripts_have_the_room_that_their_own_font_wants(
    monkeypatch: pytest.MonkeyPatch, language: str, title: str
) -> None:
    book = replace(metadata("short"), language=language, title=title)
    made = designed(monkeypatch, "bands", book)
    data = to_pdf(Templates([house_templates() / "cover"], metadata=book).page("page.xhtml.j2", plan=made))
    page = pypdfium2.PdfDocument(data)[0]
    drawn = page.get_textpage()
    edges = [drawn.get_rect(place)[2] for place in range(drawn.count_rects())]
    assert max(edges) <= page.get_width() * (WIDTH - 60) / WIDTH
    assert all(block.leading >= 1.3 * block.size for block in made.lettering if block.lines and block.lines[0] in title)


def test_a_series_can_be_told_on_the_shelf() -> None:
    """Its books share design and colours; what is drawn differs."""
    books = [plan(replace(metadata("common", identifier=f"urn:{number}"), series=Series("Small Books"))) for number in range(9)]
    assert len({(made.design, made.ground) for made in books}) == 1
    assert len({made.shapes for made in books}) > 1


def test_a_book_may_choose_its_design() -> None:
    chosen = get_args(_Book.model_fields["design"].annotation)
    assert {*chosen} == {"", *DESIGNS}
    for name in DESIGNS:
        assert plan(replace(metadata("common"), design=name)).design == name


def test_a_thumbnail_fits_a_shelf_whatever_the_cover() -> None:
    for mode, size, small in (("RGB", (1600, 2560), (320, 512)), ("RGBA", (900, 900), (320, 320)), ("CMYK", (50, 80), (50, 80))):
        data = io.BytesIO()
        Image.new(mode, size).save(data, "JPEG" if mode == "CMYK" else "PNG")
        with Image.open(io.BytesIO(thumbnail(data.getvalue()))) as image:
            assert (image.format, image.mode, image.size) == ("JPEG", "RGB", small)
            if mode == "RGBA":
                assert image.getpixel((9, 9)) == (255, 255, 255)


def test_the_same_book_has_the_same_cover_and_books_differ() -> None:
    assert plan(metadata("common")) == plan(metadata("common"))
    many = [plan(replace(metadata("common", identifier=f"urn:{number}"), series=None)) for number in range(60)]
    assert {made.design for made in many} == set(DESIGNS)
    assert len({made.ground for made in many}) > 8


@pytest.mark.parametrize("number", range(12))
def test_every_colour_of_the_palette_can_be_read(number: int) -> None:
    colours = choose("", number)
    assert contrast(colours.ground, colours.ink) >= 7
    assert contrast(colours.ground, colours.accent) >= READABLE
    assert contrast(colours.ground, colours.paper) >= READABLE


@given(st.integers(0, 0xFFFFFF))
@settings(max_examples=200, deadline=None)
def test_on_any_colour_that_is_asked_for_words_can_be_read(value: int) -> None:
    colours = choose(f"#{value:06x}", 0)
    assert colours.ground == f"#{value:06x}"
    assert colours.ink in INKS
    assert contrast(colours.ground, colours.ink) >= READABLE
    assert contrast(colours.ground, colours.accent) >= READABLE


def test_colours_as_people_write_them() -> None:
    assert choose("#ABC", 0).ground == "#aabbcc"
    assert choose("no colour", 3) == choose("", 3)


def place(width: float, height: float) -> Place:
    return Place(0, 0, width, height, 200, 50, leading=1.1)


def test_lines_break_by_sense() -> None:
    assert fit("The Stock of Eel Lane", Face(Family.DISPLAY), "en", place(1100, 900)).lines == ("The Stock", "of Eel Lane")
    assert fit("夜の印刷所と小さな町の物語", Face(Family.HAN), "ja", place(1400, 600)).lines == ("夜の印刷所と", "小さな町の物語")


def test_a_long_word_is_divided_as_its_language_divides_it() -> None:
    lines = fit("Donaudampfschifffahrtsgesellschaft", Face(Family.DISPLAY), "de", place(1100, 900)).lines
    assert lines == ("Donaudampf-", "schifffahrts-", "gesellschaft")


def test_too_many_words_end_in_an_ellipsis() -> None:
    fitted = fit("word " * 500, Face(Family.DISPLAY), "en", place(600, 300))
    assert fitted.size == 50
    assert len(fitted.lines) == 5
    assert fitted.lines[-1].endswith("…")


def test_without_the_house_fonts_widths_are_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samizdat.formats.cover.lettering._font", lambda *_args, **_options: None)
    made = plan(metadata("common"))
    assert any("Reckonings" in line for block in made.lettering for line in block.lines)


def test_right_to_left_begins_on_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    assert designed(monkeypatch, "block", metadata("arabic")).lettering[0].align == "right"
    assert designed(monkeypatch, "block", metadata("common")).lettering[0].align == "left"


def test_a_template_of_the_book_may_draw_it_otherwise(tmp_path: Path) -> None:
    (tmp_path / "page.xhtml.j2").write_text("<p>{{ plan.design }} {{ plan.ground }}</p>", "utf-8")
    made = plan(metadata("common"))
    text = Templates([tmp_path, house_templates() / "cover"]).page("page.xhtml.j2", plan=made)
    assert text == f"<p>{made.design} {made.ground}</p>"
