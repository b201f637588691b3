"""The pages of the printed edition in the e-book and on the web page: every mark against the words on the printed page."""

import importlib.util
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import reduce
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree

from samizdat import pipeline
from samizdat.checks import epub
from samizdat.editions.edition import Press
from samizdat.editions.epub import Epub
from samizdat.editions.page_numbers import PageList
from samizdat.events import Failed, Found
from samizdat.model.book import Book, Metadata, Section
from samizdat.model.inline import Text
from samizdat.model.kind import Kind
from samizdat.typesetting import Folio, Folios, PageFacts, Start, letters
from samizdat.workspace import Workspace, house_templates

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def check() -> ModuleType:
    """The check of tools/page_list.py, which knows nothing of samizdat."""
    spec = importlib.util.spec_from_file_location("page_list", ROOT / "tools/page_list.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, books: Path) -> Path:
    """A small book of small pages with notes, verse, a table, a play, and chapters in scripts of their own, as built."""
    root = tmp_path_factory.mktemp("pages")
    shutil.copytree(books / "pages", root / "texts/pages")
    workspace = Workspace(root)
    events = list(pipeline.build(workspace, [root / "texts/pages"], ["print", "pamphlet", "epub", "kepub", "html"], 1))
    assert [event for event in events if isinstance(event, Failed | Found)] == []
    return workspace.build / "pages/pages"


def documents(path: Path) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(path) as container:
        for name in container.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx")):
                yield Path(name).name, etree.fromstring(container.read(name))


@pytest.mark.parametrize("suffix", [".epub", ".kepub.epub", ".html"])
def test_every_printed_page_begins_where_its_mark_stands(
    suffix: str, built: Path, check: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check.compare(built.with_name("pages-print.pdf"), built.with_name(f"pages{suffix}"))
    told = capsys.readouterr().out
    assert "after a divided word" in told
    assert "after the head of a table" in told


def test_the_check_finds_a_mark_that_stands_a_word_too_late(built: Path, check: ModuleType, tmp_path: Path) -> None:
    page = built.with_name("pages.html").read_text("utf-8")
    moved, count = re.subn(r'(<span class="page-break" id="p4"[^>]*></span>)([^<]+? )', r"\2\1", page)
    assert count == 1
    late = tmp_path / "late.html"
    late.write_text(moved, "utf-8")
    assert not check.compare(built.with_name("pages-print.pdf"), late)


def test_the_lists_of_the_e_book_lead_to_its_marks(built: Path) -> None:
    pages = dict(documents(built.with_name("pages.epub")))
    marks = {f"{name}#{mark.get('id')}" for name, page in pages.items() for mark in page.iterfind(".//*[@role='doc-pagebreak']")}
    nav = next(nav for nav in pages["nav.xhtml"].iter("{*}nav") if nav.get("role") == "doc-pagelist")
    listed = [(link.text, link.get("href")) for link in nav.iter("{*}a")]
    assert {href for _, href in listed} == marks
    targets = pages["toc.ncx"].iterfind("{*}pageList/{*}pageTarget")
    assert [target.findtext("{*}navLabel/{*}text") for target in targets] == [label for label, _ in listed]
    assert ("iii", "title-page.xhtml#piii") in listed
    assert ("3", "p3.xhtml#page-3") in listed  # the chapter itself is called p3
    assert not [
        problem for problem in epub.check(built.with_name("pages.epub").read_bytes()) if problem.code not in {"E04", "E05"}
    ]


def test_a_contents_list_has_a_mark_for_each_of_its_pages() -> None:
    """The second of two printed pages begins in the middle of the e-book’s list, which has entries of its own."""
    chapters = tuple(Section(f"c{number}", Kind.CHAPTER, (Text(f"The tale of night {number}"),)) for number in range(9))
    book = Book(Metadata("T", "en", "urn:x:1", date(2026, 5, 3)), (), chapters, ())
    edition = Epub()
    book = reduce(lambda book, transform: transform(book), edition.transforms(), book)
    before = "".join(letters(f"The tale of night {number}") for number in range(6))
    printed = tuple(
        PageFacts(label, "contents", blank=False, folio=Folio(Folios.ROMAN, number), start=start)
        for number, label, start in (
            (5, "v", Start()),
            (6, "vi", Start(len(f"contents{before}"), "thetaleofnight6thetaleofnight7")),
        )
    )
    press = Press("t", (house_templates(),), lambda make, *_: make(), printed=lambda _: PageList(printed, "T, printed"))
    publication = edition.publication(book, press)
    assert publication.page_list == (("v", "nav.xhtml#pv"), ("vi", "nav.xhtml#pvi"))
    nav = next(etree.fromstring(page.data) for page in publication.pages if page.name == "nav.xhtml")
    first, second = nav.iterfind(".//*[@role='doc-pagebreak']")
    assert etree.QName(first.getnext()).localname == "nav"
    assert nav.find(".//{*}a[@href='c6.xhtml']/*[@role='doc-pagebreak']") is second
    assert [link.get("href") for link in nav.iterfind(".//*[@role='doc-pagelist']//{*}a")] == ["nav.xhtml#pv", "nav.xhtml#pvi"]


def test_the_package_says_whose_page_numbers_they_are(built: Path) -> None:
    package = dict(documents(built.with_name("pages.epub")))["content.opf"]
    said = {(meta.get("property"), meta.text) for meta in package.iterfind(".//{*}meta")}
    assert ("pageBreakSource", "The Boat Ledger, PDF for the printer, 105 × 148 mm, 2026-11-23") in said
    assert {("schema:accessibilityFeature", name) for name in ("pageBreakMarkers", "pageNavigation")} <= said


def rebuilt(root: Path, books: Path, table: str, chapter: str) -> tuple[bytes, set[str]]:
    """Build the e-book of the plain book with one more table and chapter; tell the problems that were found."""
    folder = root / "texts/plain"
    shutil.copytree(books / "plain", folder)
    (folder / "02-more.md").write_text(chapter, "utf-8")
    with (folder / "book.toml").open("a", encoding="utf-8") as config:
        config.write(f'\n[[sections]]\nfile = "02-more.md"\n{table}')
    workspace = Workspace(root)
    codes = {
        event.problem.code for event in pipeline.build(workspace, [folder], ["epub"], 1) if isinstance(event, Failed | Found)
    }
    made = workspace.build / "plain/plain.epub"
    return made.read_bytes() if made.exists() else b"", codes


def test_the_page_numbers_of_an_older_print_are_kept_where_the_book_wants_them(tmp_path: Path, books: Path) -> None:
    chapter = '# More\n\nThe first []{.page n="47"}page.\n\n[]{.page n="48"}\n\nThe second.\n'
    data, _ = rebuilt(tmp_path, books, '[pagination]\nnumbers = "manuscript"\nsource = "Leeds: Pollitt, 1887"\n', chapter)
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        page = container.read("EPUB/more.xhtml").decode()
        package = container.read("EPUB/content.opf").decode()
        nav = container.read("EPUB/nav.xhtml").decode()
    marks = re.sub(r'<span class="page-break" id="(\w+)"[^>]*></span>', r"|\1|", page)
    assert "<p>The first |p47|page.</p>\n<p>|p48|The second.</p>" in marks
    assert '<dc:source id="pagination">Leeds: Pollitt, 1887</dc:source>' in package
    assert '<meta refines="#pagination" property="source-of">pagination</meta>' in package
    assert "pages of the printed edition begin are marked" in package
    assert '"pageBreakSource">Leeds: Pollitt, 1887<' in package
    assert re.findall(r'href="(more[^"]*)">(\d+)<', nav) == [("more.xhtml#p47", "47"), ("more.xhtml#p48", "48")]


def test_a_book_may_do_without(tmp_path: Path, books: Path) -> None:
    data, _ = rebuilt(tmp_path, books, '[pagination]\nnumbers = "none"\n', '# More\n\nThe first []{.page n="47"}page.\n')
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        everything = b"".join(map(container.read, container.namelist()))
    assert b"<p>The first page.</p>" in everything
    assert b"pagebreak" not in everything
    assert b"pageBreak" not in everything
    assert b"page-list" not in everything


def test_a_book_that_cannot_be_printed_is_an_e_book_all_the_same(tmp_path: Path, books: Path) -> None:
    data, codes = rebuilt(tmp_path, books, "", "# More\n\nA mark that no house font has: e\U0001e131.\n")
    assert data
    assert codes == {"E61"}


def test_a_book_that_is_not_printed_takes_the_pages_of_its_pamphlet(tmp_path: Path, books: Path) -> None:
    table = '[editions.print]\nmake = false\n[editions.pamphlet.page]\nsize = "A6"\n'
    data, _ = rebuilt(tmp_path, books, table, "# More\n\nWords.\n")
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        assert ", Pamphlet to print and fold, 105 × 148 mm" in container.read("EPUB/content.opf").decode()


def test_page_numbers_that_do_not_exist_are_told_of(tmp_path: Path, books: Path) -> None:
    data, codes = rebuilt(tmp_path, books, '[pagination]\nnumbers = "html"\n', "# More\n\nWords.\n")
    assert not data
    assert codes == {"E60"}
