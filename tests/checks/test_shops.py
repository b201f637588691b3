"""The preflight: a sound e-book passes without a word, and each fault that shops and devices mind is found by its rule."""

import dataclasses
import datetime
import io
import zipfile
from collections.abc import Callable, Mapping

import pytest
from PIL import Image

from samizdat.checks.shops import check
from samizdat.checks.shops.files import ADOBE_PAGE, KOBO_PAGE
from samizdat.formats.epub import package
from samizdat.formats.navigation import navigation_page
from samizdat.formats.publication import NavPoint, Page, Publication, Resource
from samizdat.model.book import Metadata
from samizdat.rules import all_rules

RULES = [f"E{number}" for number in range(40, 60) if number != 43]


def picture(width: int, height: int, kind: str = "PNG", mode: str = "RGB", colour: object = "#772222") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), colour).save(out, kind)  # type: ignore[arg-type]  # a colour in the words of its mode
    return out.getvalue()


def moving() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (4, 4), shade) for shade in ("#772222", "#227722")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def page(name: str, body: str, head: str = "") -> Page:
    xhtml = (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">'
        f"<head><title>{name}</title>{head}</head><body>{body}</body></html>"
    )
    return Page(name, name, xhtml)


STYLE = """p { margin: 0; text-indent: 1em; } .line { padding-left: 2em; text-indent: -2em; } hr { border-top: 1px solid; }
@media amzn-kf8 { h1 { font-size: 1.4em; } } [dir="rtl"] p { text-align: right; }"""


@pytest.fixture(scope="module")
def publication() -> Publication:
    metadata = Metadata("Title", "en", "urn:uuid:10bcf827-c852-490e-ba06-a0b1dcf2eb15", datetime.date(2026, 11, 23))
    book = Publication(
        metadata,
        pages=(),
        nav=(NavPoint("One", "one.xhtml#a", (NavPoint("Two", "one.xhtml#b"),)),),
        landmarks=(("cover", "Cover", "cover.xhtml"), ("toc", "Contents", "nav.xhtml"), ("bodymatter", "Begin", "one.xhtml")),
        stylesheets=(Resource("style.css", "text/css", STYLE.encode()),),
        cover=Resource("cover.png", "image/png", picture(1600, 2560)),
    )
    pages = (
        page("cover.xhtml", '<img src="cover.png" alt="Cover"/>'),
        page("one.xhtml", '<h1 id="a">One</h1><p>Words.</p><h2 id="b">Two</h2>'),
    )
    return dataclasses.replace(book, pages=(pages[0], navigation_page(book), pages[1]))


def unpacked(publication: Publication) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package(publication))) as container:
        return {name: container.read(name) for name in container.namelist()}


@pytest.fixture(scope="module")
def sound(publication: Publication) -> Mapping[str, bytes]:
    return unpacked(publication)


def found(contents: Mapping[str, bytes], size: int = 1000) -> list[str]:
    return [problem.code for problem in check(contents, size)]


def test_a_sound_book_passes(sound: Mapping[str, bytes]) -> None:
    assert list(check(sound, 1000)) == []


def replaced(name: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(contents: dict[str, bytes]) -> None:
        text = contents[f"EPUB/{name}"].decode()
        assert old in text
        contents[f"EPUB/{name}"] = text.replace(old, new).encode()

    return change


def added(name: str, media_type: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(contents: dict[str, bytes]) -> None:
        contents[f"EPUB/{name}"] = data
        replaced("content.opf", "</manifest>", f'<item id="x" href="{name}" media-type="{media_type}"/></manifest>')(contents)

    return change


def styled(css: str) -> Callable[[dict[str, bytes]], None]:
    return replaced("style.css", STYLE, css)


def put(name: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(contents: dict[str, bytes]) -> None:
        contents[f"EPUB/{name}"] = data

    return change


LONG = "<p>" + "word " * (ADOBE_PAGE // 5) + "</p>"
FAULTS: list[tuple[str, Callable[[dict[str, bytes]], None]]] = [
    ("E41", replaced("one.xhtml", "</body>", f"{LONG}</body>")),
    ("E42", replaced("content.opf", ' properties="cover-image"', "")),
    ("E42", replaced("content.opf", '<meta name="cover"', '<meta name="other"')),
    ("E42", replaced("content.opf", 'media-type="image/png"', 'media-type="image/gif"')),
    ("E42", put("cover.png", b"no picture")),
    ("E44", put("cover.png", picture(500, 800))),
    ("E44", put("cover.png", picture(700, 7300))),
    ("E45", put("cover.png", picture(1200, 1920))),
    ("E46", replaced("cover.xhtml", "</body>", "<p>Word</p></body>")),
    ("E47", added("map.png", "image/png", picture(2400, 2400))),
    ("E48", added("map.png", "image/png", picture(4, 4) + bytes(5_000_001))),
    ("E49", added("map.jpg", "image/jpeg", picture(4, 4, "JPEG", "CMYK", (0, 0, 0, 255)))),
    ("E49", added("map.gif", "image/gif", moving())),
    ("E49", added("map.webp", "image/webp", b"RIFF")),
    ("E50", added("map.png", "image/png", picture(4, 4, mode="RGBA", colour=(0, 0, 0, 0)))),
    ("E51", replaced("content.opf", ' toc="ncx"', "")),
    ("E51", replaced("content.opf", 'type="text"', 'type="other.text"')),
    ("E52", replaced("toc.ncx", "one.xhtml#b", "one.xhtml#c")),
    ("E52", replaced("toc.ncx", "<text>Two</text>", "<text></text>")),
    ("E52", replaced("toc.ncx", 'content="urn:uuid:10', 'content="urn:uuid:20')),
    ("E52", replaced("nav.xhtml", "one.xhtml#b", "two.xhtml")),
    ("E53", added("two%20words.css", "text/css", b"")),
    ("E54", replaced("one.xhtml", ' encoding="utf-8"', "")),
    ("E55", added("f.woff2", "font/woff2", b"wOF2")),
    ("E56", styled("h1 { margin-top: calc(1em + 2%); }")),
    ("E56", styled(".a { display: flex; }")),
    ("E56", styled("h1 { --space: 1em; }")),
    ("E56", styled("@supports (display: grid) { p { margin: 0; } }")),
    ("E56", styled("@media (min-width: 30em) { p { margin: 0; } }")),
    ("E56", styled("p:not(.a) { text-indent: 0; }")),
    ("E57", styled(".a { font-size: 12px; }")),
    ("E57", styled("@media amzn-kf8 { .a { margin: 0 0 6pt; } }")),
    ("E57", replaced("one.xhtml", "<p>", '<p style="text-indent: 20px">')),
    ("E58", styled("body { margin: 0 5%; }")),
    ("E58", styled("h1, p { text-align: justify; }")),
    ("E58", styled("body { font-size: 0.9em; }")),
    ("E58", styled("p { line-height: 1.5; }")),
    ("E58", styled(".box { background: #eee; }")),
    ("E59", styled(".a { margin-top: -1em; }")),
    ("E59", styled(".a { text-indent: -2em; padding-left: 1em; }")),
    ("E59", styled(".a { position: absolute; }")),
]


@pytest.mark.parametrize(("code", "spoil"), FAULTS, ids=[f"{code}-{place}" for place, (code, _) in enumerate(FAULTS)])
def test_a_fault_is_found_by_its_rule_and_no_other(
    sound: Mapping[str, bytes], code: str, spoil: Callable[[dict[str, bytes]], None]
) -> None:
    contents = dict(sound)
    spoil(contents)
    if code == "E53":
        contents["EPUB/two words.css"] = contents.pop("EPUB/two%20words.css")
    assert found(contents) == [code]


@pytest.mark.parametrize(
    ("megabytes", "service"), [(51, "by e-mail"), (201, "Send to Kindle takes"), (1001, "Kobo"), (2001, "Apple")]
)
def test_a_book_too_large_names_who_refuses_it(sound: Mapping[str, bytes], megabytes: int, service: str) -> None:
    (problem,) = check(sound, megabytes * 1_000_000)
    assert problem.code == "E40"
    assert service in problem.message


def test_a_page_for_kobos_own_engine_may_be_longer(sound: Mapping[str, bytes]) -> None:
    spans = '<p><span class="koboSpan" id="kobo.1.1">' + "word " * (ADOBE_PAGE // 5) + "</span></p>"
    contents = dict(sound)
    replaced("one.xhtml", "</body>", f"{spans}</body>")(contents)
    assert len(contents["EPUB/one.xhtml"]) in range(ADOBE_PAGE, KOBO_PAGE)
    assert found(contents) == []


def test_what_is_no_book_is_left_to_epubcheck() -> None:
    assert found({"mimetype": b"application/epub+zip"}) == []
    assert found({"META-INF/container.xml": b"<container"}) == []


def test_every_rule_has_a_fault_here_and_names_its_source() -> None:
    rules = all_rules()
    assert {code for code, _ in FAULTS} | {"E40"} == set(RULES)
    assert [
        code for code in RULES if "Source: " not in rules[code].explanation and "Sources: " not in rules[code].explanation
    ] == []
