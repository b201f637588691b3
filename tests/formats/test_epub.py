"""The container: what the package document says, what old readers find, and that the same book is the same bytes."""

import dataclasses
import datetime
import io
import os
import shutil
import time
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from samizdat.checks import epub as check
from samizdat.formats.epub import package
from samizdat.formats.navigation import navigation_page
from samizdat.formats.portable import portable_path
from samizdat.formats.publication import Accessibility, NavPoint, Page, Publication, Resource
from samizdat.model.book import Metadata, Person, Series

NAMES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
}
TYPE = "{http://www.idpf.org/2007/ops}type"
STAR = portable_path("images/étoile rouge.png")


def picture(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#772222").save(out, "PNG")
    return out.getvalue()


def leaf(name: str, title: str, body: str) -> Page:
    return Page(
        name,
        title,
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en-GB" xml:lang="en-GB">'
        f'<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head><body>{body}</body></html>',
    )


METADATA = Metadata(
    title='Hostile <title> & "others"\x07 ]]>',
    language="en-GB",
    identifier="urn:uuid:10bcf827-c852-490e-ba06-a0b1dcf2eb15",
    date=datetime.date(2026, 11, 23),
    subtitle="A Reader’s\nCompanion",
    people=(
        Person("Agnes Pollitt", "author", "Pollitt, Agnes"),
        Person("Jo <b>Brandl", "author"),
        Person("Ruth Fewster", "translator"),
        Person("Elías Ibarra", "engraver"),
    ),
    description="One paragraph & more.",
    rights="CC BY-SA 4.0",
    publisher="Smith & Co",
    edition="First edition",
    source="A printed copy",
    isbn="978-1-4028-9462-6",
    subjects=("Printing", "Ink & paper"),
    series=Series("Small Books", 3),
)


@pytest.fixture
def publication() -> Publication:
    return Publication(
        METADATA,
        pages=(
            leaf("cover.xhtml", "Cover", '<section epub:type="cover"><img src="cover.png" alt="Cover"/></section>'),
            leaf(
                "camps.xhtml",
                "Camps",
                '<h1>Camps</h1><p>Ink<span epub:type="pagebreak" role="doc-pagebreak" id="p1" aria-label="1"></span>'
                f'<img src="{STAR}" alt="A star"/></p><h2 id="two">Two</h2>'
                '<p><math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x"><mi>x</mi></math></p>',
            ),
            leaf(
                "more.xhtml",
                "More",
                '<h1>More</h1><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>x</title></svg>',
            ),
        ),
        nav=(
            NavPoint("Part <One>", "", (NavPoint("Camps", "camps.xhtml", (NavPoint("Two", "camps.xhtml#two"),)),)),
            NavPoint("More", "more.xhtml"),
        ),
        landmarks=(("cover", "Cover", "cover.xhtml"), ("toc", "Contents", "nav.xhtml"), ("bodymatter", "Start", "camps.xhtml")),
        page_list=(("iv", "camps.xhtml"), ("1", "camps.xhtml#p1")),
        stylesheets=(Resource("style.css", "text/css", b"p{margin:0}"),),
        pictures=(Resource(STAR, "image/png", picture(8, 8)),),
        cover=Resource("cover.png", "image/png", picture(160, 256)),
        accessibility=Accessibility(
            ("textual", "visual"),
            (("textual",),),
            ("alternativeText", "tableOfContents", "MathML"),
            ("none",),
            "Every picture is described.",
            "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
            "Samizdat Editions",
        ),
    )


def opened(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return etree.fromstring(container.read(name))


def find(tree: etree._Element, path: str) -> list[str]:
    found: Any = tree.xpath(path, namespaces=NAMES)
    return [str(item if isinstance(item, str) else item.text) for item in found]


@pytest.fixture
def opf(publication: Publication) -> etree._Element:
    return opened(package(publication), "EPUB/content.opf")


@pytest.mark.skipif(shutil.which("java") is None, reason="EPUBCheck needs Java")
def test_epubcheck_has_nothing_to_say(publication: Publication) -> None:
    pages = (publication.pages[0], navigation_page(publication), *publication.pages[1:])
    found = check.check(package(dataclasses.replace(publication, pages=pages)))
    assert [problem for problem in found if problem.code < "E40"] == []  # its small cover is nothing for the shops


def test_a_nav_that_is_no_page_is_no_landmark(publication: Publication) -> None:
    container = package(publication)
    assert find(opened(container, "EPUB/content.opf"), "//opf:itemref/@idref")[1:] == ["item-camps.xhtml", "item-more.xhtml"]
    assert "toc" not in find(opened(container, "EPUB/nav.xhtml"), "//h:a/@*[local-name()='type']")


def test_the_container_leads_to_the_package(publication: Publication) -> None:
    container = opened(package(publication), "META-INF/container.xml")
    assert find(container, "//c:rootfile/@full-path") == ["EPUB/content.opf"]


def test_titles_and_people(opf: etree._Element) -> None:
    assert find(opf, "//dc:title") == ['Hostile <title> & "others" ]]>', "A Reader’s Companion"]
    assert find(opf, "//opf:meta[@property='title-type']") == ["main", "subtitle"]
    assert find(opf, "//dc:creator") == ["Agnes Pollitt", "Jo <b>Brandl"]
    assert find(opf, "//dc:contributor") == ["Ruth Fewster", "Elías Ibarra"]
    assert find(opf, "//opf:meta[@property='role']") == ["aut", "aut", "trl", "ctb"]
    assert find(opf, "//opf:meta[@property='file-as']") == ["Pollitt, Agnes"]
    assert find(opf, "//opf:meta[@refines='#creator-2'][@property='display-seq']") == ["2"]


def test_a_book_without_author_stands_under_its_editors(publication: Publication) -> None:
    metadata = dataclasses.replace(METADATA, people=(Person("Ruth Fewster", "editor"), Person("Jo", "translator")))
    opf = opened(package(dataclasses.replace(publication, metadata=metadata)), "EPUB/content.opf")
    assert find(opf, "//dc:creator") == ["Ruth Fewster"]
    assert find(opf, "//opf:meta[@refines='#creator-1'][@property='role']") == ["edt"]


def test_identifiers_dates_and_the_rest(opf: etree._Element) -> None:
    unique = opf.get("unique-identifier")
    assert find(opf, f"//dc:identifier[@id='{unique}']") == [METADATA.identifier]
    assert find(opf, "//dc:identifier[@id='isbn']") == ["urn:isbn:9781402894626"]
    assert find(opf, "//opf:meta[@property='dcterms:modified']") == ["2026-11-23T00:00:00Z"]
    assert find(opf, "//dc:date") == ["2026-11-23"]
    assert find(opf, "//dc:subject") == ["Printing", "Ink & paper"]
    assert find(opf, "//dc:publisher | //dc:rights | //dc:source") == ["Smith & Co", "CC BY-SA 4.0", "A printed copy"]
    assert find(opf, "//opf:meta[@property='belongs-to-collection']") == ["Small Books"]
    assert find(opf, "//opf:meta[@property='group-position']") == ["3"]
    assert find(opf, "//opf:meta[starts-with(@name, 'calibre:')]/@content") == ["Small Books", "3"]


def test_accessibility_is_declared(opf: etree._Element) -> None:
    assert find(opf, "//opf:meta[@property='schema:accessMode']") == ["textual", "visual"]
    assert find(opf, "//opf:meta[@property='dcterms:conformsTo']") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert find(opf, "//opf:meta[@property='a11y:certifiedBy']/@refines") == ["#conformance"]


def test_nothing_is_claimed_that_was_not_given(publication: Publication) -> None:
    opf = opened(package(dataclasses.replace(publication, accessibility=Accessibility())), "EPUB/content.opf")
    assert find(opf, "//opf:meta[@property='dcterms:conformsTo']") == []
    assert find(opf, "//opf:meta[@property='a11y:certifiedBy']") == []


def test_the_manifest_says_what_pages_hold(opf: etree._Element) -> None:
    properties = {
        item.get("href"): item.get("properties")
        for item in opf.iterfind("opf:manifest/opf:item", NAMES)
        if item.get("properties")
    }
    assert properties == {"camps.xhtml": "mathml", "more.xhtml": "svg", "cover.png": "cover-image", "nav.xhtml": "nav"}


def test_old_readers_find_cover_guide_and_contents(publication: Publication, opf: etree._Element) -> None:
    cover = find(opf, "//opf:meta[@name='cover']/@content")[0]
    assert find(opf, f"//opf:item[@id='{cover}']/@href") == ["cover.png"]
    assert find(opf, "//opf:reference/@type") == ["cover", "text"]
    toc = find(opf, "//opf:spine/@toc")[0]
    assert find(opf, f"//opf:item[@id='{toc}']/@href") == ["toc.ncx"]
    ncx = opened(package(publication), "EPUB/toc.ncx")
    assert find(ncx, "//ncx:meta[@name='dtb:uid']/@content") == [METADATA.identifier]
    assert find(ncx, "//ncx:navPoint/ncx:navLabel/ncx:text") == ["Part <One>", "Camps", "Two", "More"]
    assert find(ncx, "//ncx:navPoint/ncx:content/@src") == ["camps.xhtml", "camps.xhtml", "camps.xhtml#two", "more.xhtml"]
    assert find(ncx, "//ncx:pageTarget/ncx:content/@src") == ["camps.xhtml", "camps.xhtml#p1"]


def test_contents_landmarks_and_pages_in_the_nav(publication: Publication) -> None:
    nav = etree.fromstring(navigation_page(publication, "what-is-in-it").data)
    assert find(nav, "h:body/h:nav[1]/@id") == ["what-is-in-it"]
    lists = {element.get(TYPE): element for element in nav.iter(f"{{{NAMES['h']}}}nav")}
    assert set(lists) == {"toc", "landmarks", "page-list"}
    assert find(lists["toc"], ".//h:a") == ["Camps", "Two", "More"]
    assert find(lists["toc"], ".//h:span") == ["Part <One>"]
    assert [link.get(TYPE) for link in lists["landmarks"].iter(f"{{{NAMES['h']}}}a")] == ["cover", "toc", "bodymatter"]
    assert find(lists["page-list"], ".//h:a") == ["iv", "1"]


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_the_direction_of_the_pages(publication: Publication, language: str, direction: str) -> None:
    metadata = dataclasses.replace(METADATA, language=language, direction=direction)
    opf = opened(package(dataclasses.replace(publication, metadata=metadata)), "EPUB/content.opf")
    assert find(opf, "//opf:spine/@page-progression-direction") == [direction]
    assert find(opf, "/opf:package/@dir") == [direction]


def test_a_page_outside_the_reading_order(publication: Publication) -> None:
    pages = (*publication.pages[:2], dataclasses.replace(publication.pages[2], linear=False))
    opf = opened(package(dataclasses.replace(publication, pages=pages)), "EPUB/content.opf")
    assert find(opf, "//opf:itemref[@linear='no']/@idref") == ["item-more.xhtml"]


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another time zone, another day."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    monkeypatch.setattr(time, "time", lambda: 86_400.0 * 20_000)
    yield
    monkeypatch.undo()
    os.environ.pop("TZ", None)
    time.tzset()


def test_same_book_same_bytes(publication: Publication, request: pytest.FixtureRequest) -> None:
    here = package(publication)
    request.getfixturevalue("elsewhere")
    assert package(publication) == here


def test_the_zip(publication: Publication) -> None:
    with zipfile.ZipFile(io.BytesIO(package(publication))) as container:
        entries = container.infolist()
    assert (entries[0].filename, entries[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert [entry.filename for entry in entries[1:]] == sorted(
        (entry.filename for entry in entries[1:]), key=lambda name: (not name.startswith("META-INF/"), name)
    )
    assert {entry.date_time for entry in entries} == {(2026, 11, 23, 0, 0, 0)}
    assert not any(entry.extra for entry in entries)
