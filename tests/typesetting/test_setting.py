import io
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import page as validation
import pikepdf
import pypdfium2
import pytest

from samizdat.cache import Cache
from samizdat.problems import SamizdatError
from samizdat.typesetting import Folios, Leaf, Opening, Setting, merging

Prose = Callable[[int, int], str]
Page = Callable[..., str]
SetBook = Callable[..., Setting]

FOREIGN = {"LC_ALL": "ar_EG.UTF-8", "LANGUAGE": "ja", "PYTHONUTF8": "1"}
"""Another locale; where it is not installed, Python would not find its way in a folder with letters beyond ASCII."""


def _texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


@pytest.fixture(scope="module")
def leaves(prose: Prose, page: Page) -> list[Leaf]:
    """A small book: title, contents, three chapters that refer to each other, index."""
    contents = "".join(f'<p><a href="#ch{n}">Chapter {n}</a> <a data-folios="ch{n}"/></p>' for n in (1, 2, 3))
    book = [
        Leaf("title", page("<h1>A Book</h1>", "front"), Opening.RECTO, Folios.ROMAN),
        Leaf("contents", page(f"<h1>Contents</h1>{contents}", "front"), Opening.RECTO, Folios.ROMAN),
    ]
    for n in (1, 2, 3):
        paragraphs = "".join(f'<p id="p{n}-{k}">{prose(n * 50 + k, 90)}</p>' for k in range(6))
        other = n % 3 + 1
        reference = f'<p id="r{n}">See <a href="#ch{other}">there</a>, page <a data-folios="p{other}-4"/>.</p>'
        book.append(Leaf(f"c{n}", page(f'<h1 id="ch{n}">Chapter {n}</h1>{paragraphs}{reference}'), Opening.RECTO))
    places = " ".join(f"p{n}-{k}" for n in (1, 2, 3) for k in range(6))
    book.append(Leaf("index", page(f'<h1>Index</h1><p>ink, <span data-folios="{places}"/></p>'), Opening.ANY))
    return book


@pytest.fixture(scope="module")
def setting(leaves: list[Leaf], set_book: SetBook) -> Setting:
    return set_book(leaves)


def test_front_matter_is_roman_and_the_body_begins_at_one(setting: Setting) -> None:
    assert [page.label for page in setting.pages][:7] == ["i", "", "iii", "", "1", "2", "3"]
    assert [page.leaf for page in setting.pages if not page.blank][-1] == "index"


def test_chapters_open_on_right_hand_pages(setting: Setting) -> None:
    firsts = [
        next(i for i, page in enumerate(setting.pages) if page.leaf == leaf and not page.blank) for leaf in ("c1", "c2", "c3")
    ]
    assert all(first % 2 == 0 for first in firsts)


def test_numbers_printed_are_those_counted(setting: Setting) -> None:
    for text, page in zip(_texts(setting.pdf), setting.pages, strict=True):
        if page.blank:
            assert not text.strip()
        else:
            assert page.label in re.split(r"[\s\ufffe]+", text)  # so pdfium writes a hyphen at a line's end


def test_labels_of_the_file_are_those_counted(setting: Setting) -> None:
    with pikepdf.open(io.BytesIO(setting.pdf)) as pdf:
        assert [page.label for page in pdf.pages] == [page.folio.label for page in setting.pages]


def test_references_and_contents_name_the_page_where_the_place_is(setting: Setting) -> None:
    texts = _texts(setting.pdf)
    for n in (1, 2, 3):
        asked = setting.pages[setting.anchors[f"p{n % 3 + 1}-4"]].label
        assert f"page {asked}." in texts[setting.anchors[f"r{n}"]]
        assert re.search(rf"Chapter {n} {setting.pages[setting.anchors[f'ch{n}']].label}\b", texts[2])


def test_the_index_names_every_page_once(setting: Setting) -> None:
    printed = re.search(r"ink, ([\d,– \r\n]+)", _texts(setting.pdf)[-1])
    assert printed
    pages: list[int] = []
    for part in printed[1].split(","):
        first, _, last = part.strip().split()[0].partition("–")
        pages += range(int(first), int(last or first) + 1)
    assert pages == sorted({setting.pages[i].folio.number for id_, i in setting.anchors.items() if id_.startswith("p")})


def test_links_between_sections_arrive_at_their_place(setting: Setting) -> None:
    with pikepdf.open(io.BytesIO(setting.pdf)) as pdf:
        flat = list(pdf.Root.Names.Dests.Names)
        destinations = {str(name): place for name, place in zip(flat[::2], flat[1::2], strict=True)}
        pages = [page.obj.objgen for page in pdf.pages]
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
        assert len(links) > 10
        for link in links:
            assert pages.index(destinations[str(link.Dest)][0].objgen) == setting.anchors[str(link.Dest)]


def test_the_outline_has_every_heading(setting: Setting) -> None:
    with pikepdf.open(io.BytesIO(setting.pdf)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["A Book", "Contents", "Chapter 1", "Chapter 2", "Chapter 3", "Index"]


def test_the_master_is_accessible(setting: Setting, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(setting.pdf)
    report = validation.validate_pdf(str(path), profile=validation.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [str(failure) for failure in report.failures]


def test_each_font_is_held_once(setting: Setting) -> None:
    with pikepdf.open(io.BytesIO(setting.pdf)) as pdf:
        names = [str(thing.FontName) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing]
        assert len(names) == len(set(names)) == 1


def test_no_word_is_lost(leaves: list[Leaf], setting: Setting) -> None:
    written = re.sub(r"<[^>]*>", "", leaves[3].xhtml.partition("<body")[2].partition(">")[2])
    printed = "".join(text for text, page in zip(_texts(setting.pdf), setting.pages, strict=True) if page.leaf == "c2")
    assert re.sub(r"[^A-Za-z]", "", printed) == re.sub(r"[^A-Za-z]", "", written)


def test_the_same_book_gives_the_same_bytes_in_another_process(leaves: list[Leaf], setting: Setting, tmp_path: Path) -> None:
    script = (
        "import pickle, sys; from pathlib import Path; from samizdat.typesetting import set_pages\n"
        "leaves, css = pickle.loads(Path(sys.argv[1]).read_bytes())\n"
        "setting = set_pages(leaves, css, title='A Book', language='en', remember=lambda make, *parts: make(), fetch={}.get)\n"
        "Path(sys.argv[2]).write_bytes(setting.pdf)\n"
    )
    style = Path(__file__).with_name("conftest.py").read_text("utf-8").partition('STYLE = """')[2].partition('"""')[0]
    (tmp_path / "leaves").write_bytes(pickle.dumps((leaves, style)))
    environment = os.environ | {
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "ar_EG.UTF-8",
        "LANGUAGE": "ja",
    }
    subprocess.run([sys.executable, "-c", script, tmp_path / "leaves", tmp_path / "pdf"], check=True, env=environment)
    assert (tmp_path / "pdf").read_bytes() == setting.pdf


def test_an_edited_chapter_is_set_again_alone(leaves: list[Leaf], set_book: SetBook, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    made: list[str] = []

    def remember(make: Callable[[], bytes], *parts: str | bytes) -> bytes:
        def count() -> bytes:
            made.append(str(parts[0]))
            return make()

        return cache.remember(count, *parts)

    plain = [leaf for leaf in leaves if "data-folios" not in leaf.xhtml] + [
        Leaf(leaf.id, re.sub(r"<(a|span) data-folios[^>]*/>", "", leaf.xhtml), leaf.opening, leaf.folios) for leaf in leaves[2:]
    ]
    first = set_book(plain, remember=remember)
    made.clear()
    assert set_book(plain, remember=remember).pdf == first.pdf
    assert made == []
    plain[-2] = Leaf("c3", plain[-2].xhtml.replace("press", "stove", 1), Opening.RECTO)
    set_book(plain, remember=remember)
    assert made.count("composition") == 1


def test_a_link_to_nothing_is_refused(page: Page, set_book: SetBook) -> None:
    with pytest.raises(SamizdatError, match="nothing in the book has that id"):
        set_book([Leaf("a", page('<p><a href="#nowhere">x</a></p>'))])


def test_an_id_in_two_sections_is_refused(page: Page, set_book: SetBook) -> None:
    with pytest.raises(SamizdatError, match="stands in “a” and again in “b”"):
        set_book([Leaf("a", page('<p id="x">x</p>')), Leaf("b", page('<p id="x">x</p>'))])


def test_a_style_that_cannot_be_followed_is_refused(page: Page, set_book: SetBook) -> None:
    with pytest.raises(SamizdatError, match="initial-letter"):
        set_book([Leaf("a", page("<p>x</p>"))], "p { initial-letter: 3 }")


def test_pictures_come_from_the_book_only(page: Page, set_book: SetBook, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')
    asked: list[str] = []

    def fetch(address: str) -> bytes:
        asked.append(address)
        return b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'

    set_book([Leaf("a", page('<p><img src="images/my%20map.svg" alt="A map"/></p>'))], fetch=fetch)
    assert asked == ["images/my map.svg"]
    with pytest.raises(SamizdatError, match="secret"):
        set_book([Leaf("a", page("<p>x</p>"))], f"body {{ background: url({secret.as_uri()}) }}")


def test_a_right_to_left_book_opens_on_left_hand_pages(page: Page, set_book: SetBook) -> None:
    page_style = "@page { size: 100mm 150mm; margin: 10mm } @page :left { @top-left { content: 'left' } }"
    style = page_style + "html { font-family: Samizdat Arabic }"
    leaves = [Leaf(name, page("<p dir='rtl'>كتاب</p>", language="ar"), Opening.RECTO) for name in "ab"]
    setting = set_book(leaves, style, direction="rtl", language="ar")
    assert ["left" in text for text in _texts(setting.pdf)] == [True, False, True]


def test_a_note_in_paragraphs_stays_inside_its_paragraph(page: Page, prose: Prose, set_book: SetBook) -> None:
    note = f'<span class="footnote"><p>{prose(1, 12)}</p> <p>Second part.</p></span>'
    text = _texts(set_book([Leaf("a", page(f"<p>Before{note} after.</p>"))]).pdf)[0]
    assert re.search(r"Before1?\s+after", text)
    assert "Second part." in text


def test_the_locale_chooses_no_fonts(page: Page, set_book: SetBook, tmp_path: Path) -> None:
    """Words for which no house font is asked get one of them all the same, wherever in the world that is."""
    leaf = Leaf(
        "a", page('<p style="font-family: serif">Plain <i>words</i>, <code style="font-family: monospace">code</code></p>')
    )
    script = (
        "import sys; from pathlib import Path; from samizdat.typesetting import Leaf, set_pages\n"
        "setting = set_pages([Leaf('a', sys.argv[1])], '', title='A Book', language='en',\n"
        "    remember=lambda make, *parts: make(), fetch={}.get)\n"
        "Path(sys.argv[2]).write_bytes(setting.pdf)\n"
    )
    environment = os.environ | FOREIGN | {"FC_LANG": "ar", "PANGO_LANGUAGE": "ja"}
    subprocess.run([sys.executable, "-c", script, leaf.xhtml, tmp_path / "pdf"], check=True, env=environment)
    assert (tmp_path / "pdf").read_bytes() == set_book([leaf], "").pdf


@pytest.mark.parametrize(
    "css",
    [
        "p { font-size: 1e9px }",
        f"p {{ width: calc({'(' * 5000}1px{')' * 5000}) }}",
        "@page { size: 1000000mm 1000000mm; margin: 0 }",
        "@page { size: 1px 1px; margin: 0 }",
    ],
)
def test_a_style_over_which_the_engine_breaks_down_is_a_problem(page: Page, set_book: SetBook, css: str) -> None:
    with pytest.raises(SamizdatError) as caught:
        set_book([Leaf("a", page("<p>Words.</p>"))], css)
    assert {problem.code for problem in caught.value.problems} == {"P01"}


@pytest.mark.parametrize(("columns", "found"), [(6, []), (90, ["This table of 90 columns is wider than the paper."])])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_table_wider_than_the_paper_is_a_problem(
    page: Page, set_book: SetBook, columns: int, found: list[str], direction: str
) -> None:
    rows = f"<tr>{'<td>word</td>' * columns}</tr>" * 80
    leaf = Leaf("a", page(f'<table dir="{direction}">{rows}</table>'))
    told = []
    try:
        set_book([leaf], "@page { size: 120mm 90mm } [dir=rtl] { direction: rtl }")
    except SamizdatError as error:
        told = [problem.message for problem in error.problems]
    assert told == found


def test_a_leaf_that_came_out_broken_is_a_problem() -> None:
    with pytest.raises(SamizdatError, match="nobody can read"):
        merging._opened(b"%PDF-1.7 nothing")


def test_a_fault_of_the_program_is_no_problem_of_the_book(page: Page, set_book: SetBook, monkeypatch: pytest.MonkeyPatch) -> None:
    def at_fault(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("samizdat.typesetting.calls.Calls", at_fault)
    with pytest.raises(SamizdatError):  # a test's own code is no part of the program
        set_book([Leaf("a", page("<p>Words.</p>"))])
    monkeypatch.setattr("samizdat.typesetting.calls.Calls", lambda _: None)
    with pytest.raises(AttributeError):
        set_book([Leaf("a", page("<p>Words.</p>"))])


def test_numbers_of_lists_are_drawn_before_what_they_number(set_book: SetBook, page: Page) -> None:
    items = "<ol><li>Ink</li><li><p>Paper</p><ul><li>thick</li><li><p>thin</p></li></ul></li></ol><p>Glue.</p>"
    pdf = set_book([Leaf("list", page(items), Opening.ANY)]).pdf
    assert _texts(pdf)[0].split()[:11] == ["1.", "Ink", "2.", "Paper", "◦", "thick", "◦", "thin", "Glue.", "1"][:11]


def test_a_box_stands_for_a_letter_that_no_font_has_and_says_which(set_book: SetBook, page: Page) -> None:
    setting = set_book([Leaf("odd", page('<h1 style="bookmark-level: 1">The \U00012000</h1><p>A\U00012000.</p>'))])
    with pikepdf.open(io.BytesIO(setting.pdf)) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes()
        titles = [str(line.title) for line in pdf.open_outline().root]
    assert drawn.count("\U00012000".encode("utf-16-be").hex().encode()) == 2
    assert titles == ["The \U00012000"]
