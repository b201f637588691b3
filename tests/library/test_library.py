"""The library: pages, feeds and checksums of books made up for it."""

import hashlib
import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree

from samizdat.library import Shelved, make
from samizdat.library.languages import language_name
from samizdat.model.book import Metadata, Person, Series
from samizdat.workspace import house_templates

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/terms/}"
ACQUISITION = "http://opds-spec.org/acquisition/open-access"

EEL = Shelved(
    "eel-lane",
    Metadata(
        title="Eel Lane",
        language="en-GB",
        identifier="urn:uuid:6b4bdeaf-e2e4-4d01-9d0a-07b47801f541",
        date=date(2026, 5, 3),
        subtitle="A Specimen",
        people=(Person("Agnes Pollitt", "author", "Pollitt, Agnes"), Person("Jozef Brandl", "illustrator")),
        description="What the river left.",
        publisher="Eel Press",
        isbn="978-0-00-000000-2",
        subjects=("Printing, Fiction", "Floods | Rivers"),
        series=Series("Specimens", 2),
    ),
    (
        ("cover", "eel-lane/eel-lane-cover.png", 20_000, "c" * 64, ""),
        ("cover", "eel-lane/eel-lane-thumbnail.jpg", 3_000, "e" * 64, ""),
        ("screen", "eel-lane/eel-lane.pdf", 1_400_000, "b" * 64, "Six sheets & a stapler."),
        ("epub", "eel-lane/eel-lane.epub", 90_000, "a" * 64, ""),
        ("web", "eel-lane/web/index.html", 900, "e" * 64, ""),
        ("web", "eel-lane/web/preface.html", 800, "f" * 64, ""),
        ("kepub", "eel-lane/eel-lane.kepub.epub", 95_000, "f" * 64, ""),
    ),
)
NASTY = Shelved(
    "nasty",
    Metadata(
        title='</script><b> & "so on"',
        language="ar",
        identifier="not-a-uri",
        date=date(2025, 1, 31),
        description="<p>&amp;",
        subjects=('"><script>', "a\\b"),
        direction="rtl",
    ),
    (("html", "nasty/nasty.html", 5, "d" * 64, ""),),
)


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    return make([NASTY, EEL], house_templates())


def _page(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False))


def _entries(data: bytes) -> Mapping[str, etree._Element]:
    return {entry.findtext(f"{ATOM}title") or "": entry for entry in _page(data).iterfind(f"{ATOM}entry")}


def _local(name: str, data: bytes) -> Iterator[str]:
    """The files of the build folder that a page or feed leads to."""
    for element in _page(data).iter():
        for attribute in ("href", "src"):
            address = urlsplit(element.get(attribute) or "#")
            if address.path and address.scheme != "data":
                yield posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(address.path)))


def test_a_books_page_says_what_to_know_of_a_file(files: Mapping[str, bytes]) -> None:
    said = ["".join(map(str, words.itertext())) for words in _page(files["eel-lane/index.html"]).iterfind(".//{*}li/{*}p")]
    assert said.count("Six sheets & a stapler.") == 1
    assert "" not in said


def test_the_catalogue_comes_first_and_nothing_leads_nowhere(files: Mapping[str, bytes]) -> None:
    assert next(iter(files)) == "index.html"
    there = {*files, *(path for book in (EEL, NASTY) for _, path, *_ in book.files)}
    pages = [name for name in files if name.endswith((".html", ".xml", ".atom"))]
    assert len(pages) == 5
    for name in pages:
        targets = set(_local(name, files[name]))
        assert targets
        assert targets <= there


def test_every_page_brings_its_icon(files: Mapping[str, bytes]) -> None:
    """A browser asks the host for `/favicon.ico` where a page has none."""
    pages = [_page(data) for name, data in files.items() if name.endswith(".html")]
    icons = [page.xpath("string(//*[@rel='icon']/@href)") for page in pages]
    assert len(icons) == 3
    for icon in icons:
        media_type, _, drawing = str(icon).partition(",")
        assert media_type == "data:image/svg+xml"
        assert _page(unquote(drawing).encode()).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_book_has_a_page_that_says_which_file_to_take(files: Mapping[str, bytes]) -> None:
    page = files["eel-lane/index.html"].decode()
    text = " ".join("".join(map(str, _page(page.encode()).itertext())).split())
    for words in ("Eel Lane", "A Specimen", "Agnes Pollitt", "Illustrated by", "Jozef Brandl", "Specimens, 2", "English"):
        assert words in text
    assert text.index("EPUB, 90 kB") < text.index("For a Kobo, a Kindle") < text.index("PDF, 1.4 MB")
    assert 'href="../index.html?subject=Floods%20%7C%20Rivers"' in page
    assert '<img src="eel-lane-cover.png"' in page, "its folder can be put online alone"


def test_a_book_can_be_read_online(files: Mapping[str, bytes]) -> None:
    assert b'<a href="../eel-lane/web/index.html">Read online</a>' in files["eel-lane/index.html"]
    assert b'href="eel-lane/web/index.html"' in files["index.html"]
    assert b"eel-lane/web/" not in files["opds.xml"] + files["opds.json"] + files["feed.atom"]
    assert b"Read online" not in files["nasty/index.html"]


def test_what_a_book_says_of_itself_stays_text(files: Mapping[str, bytes]) -> None:
    page = files["nasty/index.html"]
    assert [tag for tag in _page(page).iter() if tag.tag == "{http://www.w3.org/1999/xhtml}b"] == []
    (facts,) = (tag.text or "" for tag in _page(page).iter() if tag.get("type") == "application/ld+json")
    assert json.loads(facts)["name"] == NASTY.metadata.title
    assert facts in page.decode()
    articles = {
        article.get("id"): article for article in _page(files["index.html"]).iter("{http://www.w3.org/1999/xhtml}article")
    }
    assert json.loads(articles["nasty"].get("data-subjects") or "") == list(NASTY.metadata.subjects)
    assert articles["nasty"].get("data-language") == "Arabic"


def test_opds_1_offers_each_file_with_its_kind(files: Mapping[str, bytes]) -> None:
    entry = _entries(files["opds.xml"])["Eel Lane"]
    assert entry.findtext(f"{ATOM}id") == EEL.metadata.identifier
    assert entry.findtext(f"{ATOM}updated") == "2026-05-03T00:00:00Z"
    assert [name.text for name in entry.iterfind(f"{ATOM}author/{ATOM}name")] == ["Agnes Pollitt"]
    assert [name.text for name in entry.iterfind(f"{ATOM}contributor/{ATOM}name")] == ["Jozef Brandl"]
    assert [name.text for name in entry.iterfind(f"{DC}identifier")][1] == "urn:isbn:9780000000002"
    offered = [
        (link.get("type"), link.get("href"), link.get("length"))
        for link in entry.iterfind(f"{ATOM}link")
        if link.get("rel") == ACQUISITION
    ]
    assert offered == [
        ("application/epub+zip", "eel-lane/eel-lane.epub", "90000"),
        ("application/pdf", "eel-lane/eel-lane.pdf", "1400000"),
        ("application/kepub+zip", "eel-lane/eel-lane.kepub.epub", "95000"),
    ]
    pictures = [
        (link.get("rel"), link.get("type"), link.get("href"))
        for link in entry.iterfind(f"{ATOM}link")
        if "/image" in (link.get("rel") or "")
    ]
    assert pictures == [
        ("http://opds-spec.org/image", "image/png", "eel-lane/eel-lane-cover.png"),
        ("http://opds-spec.org/image/thumbnail", "image/jpeg", "eel-lane/eel-lane-thumbnail.jpg"),
    ]


def test_feeds_are_dated_by_the_youngest_edition(files: Mapping[str, bytes]) -> None:
    for name in ("opds.xml", "feed.atom"):
        assert _page(files[name]).findtext(f"{ATOM}updated") == "2026-05-03T00:00:00Z"
    assert json.loads(files["opds.json"])["metadata"]["modified"] == "2026-05-03T00:00:00Z"
    assert list(_entries(files["feed.atom"])) == ["Eel Lane", NASTY.metadata.title]


def test_opds_2_says_the_same(files: Mapping[str, bytes]) -> None:
    assert b"<" not in files["opds.json"]
    feed = json.loads(files["opds.json"])
    nasty, eel = feed["publications"]
    assert eel["metadata"]["author"] == [{"name": "Agnes Pollitt", "sortAs": "Pollitt, Agnes"}]
    assert eel["metadata"]["belongsTo"] == {"series": {"name": "Specimens", "position": 2}}
    assert eel["images"] == [
        {"href": "eel-lane/eel-lane-cover.png", "type": "image/png"},
        {"href": "eel-lane/eel-lane-thumbnail.jpg", "type": "image/jpeg"},
    ]
    assert [link["href"] for link in eel["links"] if link["rel"] == ACQUISITION] == [
        "eel-lane/eel-lane.epub",
        "eel-lane/eel-lane.pdf",
        "eel-lane/eel-lane.kepub.epub",
    ]
    assert nasty["metadata"]["title"] == NASTY.metadata.title
    assert nasty["metadata"]["identifier"].startswith("urn:uuid:")
    assert "images" not in nasty


def test_a_new_edition_is_news_but_the_same_book(files: Mapping[str, bytes]) -> None:
    later = make([replace(EEL, metadata=replace(EEL.metadata, date=date(2027, 1, 1)))], house_templates())
    for name, same in (("opds.xml", True), ("feed.atom", False)):
        before, after = (_entries(made[name])["Eel Lane"].findtext(f"{ATOM}id") for made in (files, later))
        assert (before == after) is same


def test_checksums_hold_for_what_was_made_and_what_was_there(files: Mapping[str, bytes]) -> None:
    sums = {line[66:]: line[:64] for line in files["SHA256SUMS"].decode().splitlines()}
    assert sums["eel-lane/eel-lane.epub"] == "a" * 64
    made = {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"}
    assert {path: digest for path, digest in sums.items() if path in made} == made
    assert len(sums) == len(made) + 8


def test_the_order_of_the_shelf_changes_nothing(files: Mapping[str, bytes]) -> None:
    assert make([EEL, NASTY], house_templates()) == files


def test_languages_have_names() -> None:
    assert [language_name(tag) for tag in ("pt-BR", "EN", "xyz")] == ["Portuguese", "English", "xyz"]
