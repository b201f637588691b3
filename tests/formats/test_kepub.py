"""Kobo's spans: round every sentence, each with a name of its own, and not a letter of the book changed."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from samizdat.formats.epub import package
from samizdat.formats.kepub import for_kobo, sentences
from samizdat.formats.navigation import XHTML
from samizdat.formats.publication import NavPoint, Page, Publication
from samizdat.model.book import Metadata

BODY = """<section id="room" class="chapter">
<!-- nothing --><h1 id="room-title">The <em>Room</em></h1>
<p>It rose. “Did it?” asked N.<a id="call" href="#note">1</a> It did.</p>
<ul>
<li>One. Two.</li>
</ul>
<figure><img src="a.png" alt="An eel"/><figcaption>An eel.</figcaption></figure>
<pre><code>a.  b.
c</code></pre>
<p>x <math xmlns="http://www.w3.org/1998/Math/MathML"><mi>y</mi></math> z</p>
</section>
"""


def _page(body: str, name: str = "room.xhtml", properties: tuple[str, ...] = ()) -> Page:
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
    page = f'{head}<html xmlns="{XHTML}"><head><title>Eel. Lane.</title></head><body class="x">{body}</body></html>\n'
    return Page(name, "Eel Lane", page, properties=properties)


def _publication(*pages: Page) -> Publication:
    metadata = Metadata("Eel Lane", "en", "urn:uuid:6b4bdeaf-e2e4-4d01-9d0a-07b47801f541", datetime.date(2026, 5, 3))
    return Publication(metadata, pages, (NavPoint("Eel Lane", "room.xhtml"),))


@pytest.fixture(scope="module")
def body() -> etree._Element:
    (page,) = for_kobo(_publication(_page(BODY))).pages
    assert page.data.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html>")
    found = etree.fromstring(page.data).find(f"{{{XHTML}}}body")
    assert found is not None
    return found


def _spans(body: etree._Element) -> list[etree._Element]:
    return [span for span in body.iter(f"{{{XHTML}}}span") if span.get("class") == "koboSpan"]


def test_every_sentence_has_a_span(body: etree._Element) -> None:
    assert ["".join(map(str, span.itertext())) for span in _spans(body)] == [
        "The ", "Room",
        "It rose. ", "“Did it?” ", "asked N.", "1", " It did.",
        "One. ", "Two.",
        "",
        "An eel.",
        "x ", " z",
    ]  # fmt: skip


def test_spans_are_numbered_by_paragraph_and_sentence(body: etree._Element) -> None:
    names = [span.get("id") or "" for span in _spans(body)]
    assert len(set(names)) == len(names)
    numbers = [tuple(map(int, name.removeprefix("kobo.").split("."))) for name in names]
    assert numbers == sorted(numbers)
    assert names[:4] == ["kobo.1.1", "kobo.1.2", "kobo.2.1", "kobo.2.2"]


def test_no_letter_changes(body: etree._Element) -> None:
    before = etree.fromstring(_page(BODY.replace("<!-- nothing -->", "")).data).find(f"{{{XHTML}}}body")
    assert before is not None
    assert "".join(map(str, body.itertext())) == "".join(map(str, before.itertext()))
    assert body.get("class") == "x"
    assert [child.get("id") for child in body] == ["book-columns"]


def test_code_and_formulas_stay_whole_and_pictures_are_inside(body: etree._Element) -> None:
    assert [_name(child) for code in body.iter(f"{{{XHTML}}}pre") for child in code.iter()] == ["pre", "code"]
    assert len(list(body.iter("{*}mi"))) == 1
    assert [parent.get("class") for image in body.iter(f"{{{XHTML}}}img") if (parent := image.getparent()) is not None] == [
        "koboSpan"
    ]


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _marked(body: str) -> bytes:
    (page,) = for_kobo(_publication(_page(body.replace("|", '<span id="p7" role="doc-pagebreak" aria-label="7"></span>')))).pages
    return page.data


@pytest.mark.parametrize(
    "body",
    [
        "<p>It |rose. “Did it?” It did.</p>",
        "<p>It rose. |“Did it?” It did.</p>",
        "<p>|It rose. “Did it?” It did.</p>",
        "<p>It rose. “Did it?” It did.|</p>",
        "<p>It rose. <em>“Did |it?” It</em> did.</p>",
        "<p>It rose.</p> | <p>It did.</p>",
    ],
)
def test_a_reader_keeps_the_place_when_printed_pages_move(body: str) -> None:
    plain, marked = _marked(body.replace("|", "")), _marked(body)
    assert [(span.get("id"), "".join(map(str, span.itertext()))) for span in _spans(etree.fromstring(plain))] == [
        (span.get("id"), "".join(map(str, span.itertext()))) for span in _spans(etree.fromstring(marked))
    ]
    before, _, _ = marked.decode().partition('<span id="p7" role="doc-pagebreak" aria-label="7"></span>')
    assert re.sub("<.*?>", "", before.partition("<body")[2].partition(">")[2]) == re.sub("<.*?>", "", body.partition("|")[0])


def test_the_navigation_is_left_alone() -> None:
    nav = _page("<nav><ol><li><a href='room.xhtml'>Room</a></li></ol></nav>", "nav.xhtml", ("nav",))
    assert for_kobo(_publication(_page(BODY), nav)).pages[1] == nav


def test_the_same_pages_make_the_same_bytes() -> None:
    first, second = (package(for_kobo(_publication(_page(BODY)))) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two! Three?", ("One. ", "Two! ", "Three?")),
        ("He said “no.” She left.", ("He said “no.” ", "She left.")),
        ("3.14 is not 3.", ("3.14 is not 3.",)),
        ("一。二。", ("一。", "二。")),
        ("no end", ("no end",)),
    ],
)
def test_where_sentences_end(text: str, pieces: tuple[str, ...]) -> None:
    assert sentences(text) == pieces


@given(st.text())
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text
