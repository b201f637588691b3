"""The editions for the browser: each page stands by itself, leads to the others, and says truly what it is."""

import base64
import datetime
import io
import json
import posixpath
import re
import shutil
from collections.abc import Mapping
from functools import reduce
from pathlib import Path
from urllib.parse import unquote

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from samizdat import pipeline
from samizdat.checks import xhtml
from samizdat.editions.edition import Press, prepare
from samizdat.editions.html import Html
from samizdat.events import Event, Failed, Wrote
from samizdat.model.block import Paragraph
from samizdat.model.book import Book, Metadata, Picture, Section
from samizdat.model.inline import Emphasis, Inline, Strong, Text
from samizdat.model.kind import Kind
from samizdat.workspace import Workspace, house_templates

_SHEET = re.compile('<link rel="stylesheet" href="data:text/css,(.*?)"/>')
XHTML = "{http://www.w3.org/1999/xhtml}"
ADDRESS = "https://books.example/shelf/"
TRANSLATIONS = """
[[translations]]
language = "de"
at = "das-muster"
chapters = true
[[translations]]
language = "eo"
at = "https://libroj.example/specimeno/"
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, books: Path) -> tuple[Workspace, list[Event]]:
    workspace = Workspace(tmp_path_factory.mktemp("workspace"))
    folder = workspace.texts / "specimen"
    shutil.copytree(books / "specimen", folder)
    toml = (folder / "book.toml").read_text("utf-8")
    (folder / "book.toml").write_text(f'address = "{ADDRESS.rstrip("/")}"\n{toml}{TRANSLATIONS}', "utf-8")
    events = list(pipeline.build(workspace, [folder], ["html", "web"], 1))
    assert [event for event in events if isinstance(event, Failed)] == []
    return workspace, events


@pytest.fixture(scope="module")
def site(built: tuple[Workspace, list[Event]]) -> Mapping[str, bytes]:
    """The files of the folder, by their names."""
    folder = built[0].build / "specimen/web"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def pages(site: Mapping[str, bytes]) -> Mapping[str, etree._Element]:
    return {name: etree.fromstring(data) for name, data in site.items() if name.endswith(".html")}


def _link(tree: etree._Element, rel: str) -> str:
    return next((str(link.get("href")) for link in tree.iter(f"{XHTML}link") if link.get("rel") == rel), "")


def _alternates(tree: etree._Element) -> dict[str | None, str | None]:
    return {tag.get("hreflang"): tag.get("href") for tag in tree.iter(f"{XHTML}link") if tag.get("rel") == "alternate"}


def _facts(tree: etree._Element) -> dict[str, object]:
    (facts,) = (script.text for script in tree.iter(f"{XHTML}script") if script.get("type"))
    return dict(json.loads(facts or ""))


def test_the_folder_is_told_of_as_one(built: tuple[Workspace, list[Event]], site: Mapping[str, bytes]) -> None:
    (wrote,) = (event for event in built[1] if isinstance(event, Wrote) and event.edition == "web")
    assert wrote.path == "specimen/web"
    assert wrote.size == sum(map(len, site.values()))
    sums = (built[0].build / "SHA256SUMS").read_text("utf-8")
    assert all(f"  specimen/web/{name}\n" in sums for name in site)


def test_every_link_arrives_and_no_script_runs_but_the_pages_own(site: Mapping[str, bytes], pages: Mapping[str, object]) -> None:
    assert list(xhtml.check({name: site[name] for name in pages}, site)) == []


def test_turning_pages_leads_through_the_book_and_back(pages: Mapping[str, etree._Element]) -> None:
    way = ["index.html"]
    while (following := _link(pages[way[-1]], "next")) and len(way) <= len(pages):
        way.append(following)
    assert way == [
        "index.html",
        "preface.html",
        "part-one-the-shop.html",
        "words.html",
        "part-two.html",
        "blocks.html",
        "street.html",
        "glossary.html",
        "index-page.html",
    ]
    assert set(way) == set(pages)
    assert [_link(pages[name], "prev") for name in way] == ["", *way[:-1]]


def test_a_dedication_stands_on_the_front_page(pages: Mapping[str, etree._Element]) -> None:
    assert [tag.get("id") for tag in pages["index.html"].iter() if tag.get("class") == "dedication"] == ["dedication"]


def test_every_page_has_one_title_and_the_chapters_at_hand(pages: Mapping[str, etree._Element]) -> None:
    for name, tree in pages.items():
        assert len(list(tree.iter(f"{XHTML}h1"))) == 1, name
        listed = [
            str(link.get("href"))
            for panel in tree.iter(f"{XHTML}div")
            if panel.get("id") == "_contents"
            for link in panel.iter(f"{XHTML}a")
        ]
        assert name == "index.html" or {"preface.html", "words.html", "blocks.html"} <= set(listed), name


def test_every_paragraph_of_the_text_has_an_address(pages: Mapping[str, etree._Element]) -> None:
    paragraphs = [
        tag
        for name in ("preface.html", "words.html", "blocks.html", "street.html")
        for tag in pages[name].findall(f".//{XHTML}main//{XHTML}section/{XHTML}p")
        if tag.get("class") is None
    ]
    assert len(paragraphs) > 10
    assert all(paragraph.get("id") for paragraph in paragraphs)


def test_what_is_found_is_there(site: Mapping[str, bytes], pages: Mapping[str, etree._Element]) -> None:
    text = site["texts.js"].decode()
    given = json.loads(text.removeprefix("samizdatText(").removesuffix(");\n"))
    ids = {name: {tag.get("id") for tag in tree.iter()} for name, tree in pages.items()}
    assert {file for file, _, _ in given} == set(pages)
    for file, title, passages in given:
        assert title
        assert passages
        assert {place for place, _ in passages} - ids[file] <= {""}


def test_a_page_says_what_it_is_and_where(pages: Mapping[str, etree._Element]) -> None:
    root = f"{ADDRESS}specimen/web/"
    front, chapter = pages["index.html"], pages["words.html"]
    assert (_link(front, "canonical"), _link(chapter, "canonical")) == (f"{root}index.html", f"{root}words.html")
    book, words = _facts(front), _facts(chapter)
    assert (book["@type"], book["name"], book["url"]) == ("Book", "A Tiny Specimen", f"{root}index.html")
    assert [part["url"] for part in book["hasPart"]][:1] == [f"{root}preface.html"]  # type: ignore[attr-defined]  # read from JSON
    assert (words["@type"], words["url"]) == ("Chapter", f"{root}words.html")
    assert words["isPartOf"]["url"] == f"{root}index.html"  # type: ignore[index]  # read from JSON
    assert _alternates(chapter) == {"en-GB": f"{root}words.html", "de": f"{ADDRESS}das-muster/web/words.html"}
    assert _alternates(front) == {
        "en-GB": f"{root}index.html",
        "de": f"{ADDRESS}das-muster/web/index.html",
        "eo": "https://libroj.example/specimeno/",
    }
    image = next(tag.get("content") for tag in front.iter(f"{XHTML}meta") if tag.get("property") == "og:image")
    assert image == f"{ADDRESS}specimen/specimen-cover.jpg"


def test_the_one_file_holds_everything(built: tuple[Workspace, list[Event]]) -> None:
    data = (built[0].build / "specimen/specimen.html").read_bytes()
    assert list(xhtml.check({"specimen.html": data})) == []
    for tag in etree.fromstring(data).iter(etree.Element):
        assert not str(tag.get("src", "data:")).partition("data:")[0]
        inside = str(tag.get("href")).startswith("data:")
        assert tag.tag != f"{XHTML}link" or tag.get("rel") in {"canonical", "alternate", "icon"} or inside


def _faces(style: str) -> list[tuple[str, str]]:
    """The families and addresses of the fonts in a style sheet, or in a page with those at its end."""
    rules = re.findall(r"@font-face \{([^}]*? url\(.*?)\}", f"{style}{unquote(''.join(_SHEET.findall(style)))}")
    return [(re.findall(r'family: "(.*?)"', rule)[0], re.findall(r'url\("(.*?)"\)', rule)[0]) for rule in rules]


def _brought(address: str) -> bytes:
    """What an address holds by itself."""
    return base64.b64decode(address.removeprefix("data:font/woff2;base64,"))


def test_the_house_fonts_travel_with_the_letters_of_the_book(
    built: tuple[Workspace, list[Event]], site: Mapping[str, bytes]
) -> None:
    page = (built[0].build / "specimen/specimen.html").read_text("utf-8")
    style = site["style.css"].decode()
    inside = [_brought(address) for _, address in _faces(page)]
    assert {family for family, _ in _faces(style)} == {family for family, _ in _faces(page)}
    held = [set(TTFont(io.BytesIO(data)).getBestCmap()) for data in inside]
    upright, *others = [codes for (family, _), codes in zip(_faces(page), held, strict=True) if family == "Samizdat Serif"]
    assert others
    assert all(codes < upright for codes in others)
    beside = [address for _, address in _faces(style) if not address.startswith("data:")]
    assert sorted(beside) == sorted(name for name in site if name.startswith("fonts/"))
    # the text's own face comes with the style sheet, so that lines are broken once
    assert len(beside) == len(_faces(style)) - 1
    assert {ord(letter) for letter in "abcXYZ,.’"} <= upright
    assert ord("\u0416") not in upright
    for sheet in (page, style):
        assert re.findall(r"--serif: (.*?),", sheet)[-1] == '"Samizdat Serif"'
    assert len(page) < 1_000_000


def test_the_text_can_be_read_before_its_fonts_are_there(built: tuple[Workspace, list[Event]], site: Mapping[str, bytes]) -> None:
    page = (built[0].build / "specimen/specimen.html").read_text("utf-8")
    head, text, last = page.index("</head>"), page.index("</main>"), page.index('<link rel="stylesheet" href="data:text/css,')
    assert len(_faces(page[:head])) == 1, "the text's own"
    assert head < text < last
    for sheet in (page[:head], site["style.css"].decode()):
        (families,) = re.findall(r"--serif: (\"Samizdat.*?);", sheet)
        meanwhile = re.findall(r'"(Samizdat Serif in .*?)"', families)
        assert meanwhile
        assert families.index(meanwhile[0]) > families.rindex('"Samizdat S', 0, families.index(meanwhile[0]))
        assert all(f'@font-face {{ font-family: "{family}"' in sheet for family in meanwhile)


def _page(words: str, edition: Html, *inlines: Inline) -> bytes:
    """The one-file page of a book that says some words."""
    chapter = Section("eel", Kind.CHAPTER, (Text("Eel"),), (Paragraph((Text(words), *inlines)),))
    picture = Picture("eel.jpg", "image/jpeg", 1, 1, b"")
    metadata = Metadata("T", "en", "urn:x:1", datetime.date(2026, 5, 3))
    book = prepare(Book(metadata, (), (chapter,), (), (), picture), edition.notes)
    book = reduce(lambda book, transform: transform(book), edition.transforms(), book)
    (page,) = edition.write(book, Press("t", (house_templates(),), lambda make, *_: make())).values()
    return page


def test_fonts_are_left_out_on_demand_and_of_a_page_that_would_grow_heavy() -> None:
    assert _faces(_page("An eel.", Html()).decode())
    assert _faces(_page("An eel.", Html(fonts=False)).decode()) == []
    heavy = _page("An eel. " * 119_000, Html())
    assert len(heavy) < 1_000_000
    assert _faces(heavy.decode()) == []


def test_a_face_that_sets_nothing_stays_at_home() -> None:
    bold = Strong((Text("eel"),))
    without, bearing = _page("An ", Html(), bold, Emphasis(bold.inlines)), _page("An ", Html(), Strong((Emphasis(bold.inlines),)))
    assert len(_faces(bearing.decode())) == len(_faces(without.decode())) + 1


def test_a_picture_keeps_its_room_and_fits_the_window(pages: Mapping[str, etree._Element]) -> None:
    images = [image for tree in pages.values() for image in tree.iter(f"{XHTML}img")]
    assert {str(image.get("src")).rpartition(".")[2] for image in images} == {"png", "svg"}
    for image in images:
        width, height = int(image.get("width", 0)), int(image.get("height", 0))
        unit = "rem" if str(image.get("src")).endswith("svg") else "px"
        sizes = re.fullmatch(r"width: min\(([\d.]+)(%|rem|px), 100%, ([\d.]+)vh\)", image.get("style", ""))
        assert sizes, "whatever is the least"
        assert sizes[2] in {unit, "%"}
        assert float(sizes[3]) == pytest.approx(95 * width / height, rel=1e-3)


def test_scripts_may_stand_in_a_page_that_is_xml() -> None:
    for path in sorted(house_templates().rglob("*.js")):
        assert not re.search("[<&]", path.read_text("utf-8")), path.name


def test_a_chapter_may_be_called_as_a_page_of_the_program(workspace: Workspace) -> None:
    folder = workspace.texts / "plain"
    ids = ("index", "Index", "style")
    for place, name in enumerate(ids):
        link = f"[there](#{ids[place - 1]})"
        (folder / f"{place}.md").write_text(f"# Chapter {place} {{#{name}}}\n\nSee {link}.\n", "utf-8")
        with (folder / "book.toml").open("a", encoding="utf-8") as config:
            config.write(f'[[sections]]\nfile = "{place}.md"\n')
    list(pipeline.build(workspace, [folder], ["web"], 1))
    names = [
        path.relative_to(workspace.build).as_posix() for path in (workspace.build / "plain/web").rglob("*") if path.is_file()
    ]
    assert len({posixpath.basename(name).casefold() for name in names}) == len(names)
    made = {name: (workspace.build / name).read_bytes() for name in names}
    assert list(xhtml.check({name: data for name, data in made.items() if name.endswith(".html")}, made)) == []


def test_a_new_folder_takes_the_place_of_the_old_one(workspace: Workspace) -> None:
    folder = workspace.texts / "plain"
    list(pipeline.build(workspace, [folder], ["web"], 1))
    web = workspace.build / "plain/web"
    before = {path.name for path in web.iterdir()}
    chapter = next(folder.glob("*.md"))
    text = chapter.read_text("utf-8")
    chapter.write_text(re.sub(r"\A# .*", "# Renamed {#renamed}", text), "utf-8")
    list(pipeline.build(workspace, [folder], ["web"], 1))
    after = {path.name for path in web.iterdir()}
    assert "renamed.html" in after - before
    assert len(after) == len(before)
    assert [path.name for path in web.parent.iterdir() if path.name.startswith(".")] == []
