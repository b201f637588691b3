"""Long notes at the foot: every word, in its order, wherever the call stands on the page."""

import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from samizdat.cache import Cache
from samizdat.typesetting import Leaf, set_pages

CSS = """@page { size: 260pt 360pt; margin: 30pt; @bottom-center { content: counter(page) } }
html { font-family: 'Samizdat Serif'; font-size: 10pt; line-height: 13pt; text-align: justify }
.footnote { float: footnote; footnote-policy: line; font-size: 8pt; line-height: 10pt }
.footnote::footnote-call { content: attr(data-number) } .footnote::footnote-marker { content: attr(data-number) '. ' }"""


def _set(xhtml: str, css: str, folder: Path) -> bytes:
    """Set a page of text, and return the PDF."""
    remember = Cache(folder).remember
    return set_pages([Leaf("leaf", xhtml)], css, title="T", language="en", remember=remember, fetch=lambda _: b"").pdf


def _note(number: int, words: int) -> str:
    text = " ".join(f"note{number}w{place}" for place in range(words))
    return f'<span class="footnote" data-number="{number}">{text}</span>'


def _text(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range().replace("\ufffe", "") for page in document]


def _words(pages: list[str]) -> dict[int, list[int]]:
    """List the words of each note by their numbers, in the order in which they are printed."""
    found: dict[int, list[int]] = {}
    for note, word in re.findall(r"note(\d+)w(\d+)", "\n".join(pages)):
        found.setdefault(int(note), []).append(int(word))
    return found


@pytest.mark.parametrize("before", range(0, 300, 20))
def test_a_long_note_keeps_every_word_in_order_and_lets_the_text_go_on(before: int, tmp_path: Path) -> None:
    filler = " ".join(f"text{place}" for place in range(before))
    after = " ".join(f"more{place}" for place in range(300))
    body = f"<p>{filler} long{_note(1, 300)} short{_note(2, 6)} {after}</p>"
    xhtml = (
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body><h1>T</h1>{body}</body></html>'
    )
    pdf = _set(xhtml, CSS, tmp_path)
    pages = _text(pdf)
    assert _words(pages) == {1: [*range(300)], 2: [*range(6)]}
    for page in pages:
        assert ("long" in page) == ("note1w0" in page)
        assert ("short" in page) == ("note2w0" in page), "it does not wait until the long one has ended"
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) <= 5 + (before + 300) // 140


@pytest.mark.parametrize("before", range(40, 150, 5))
def test_a_note_is_never_sent_overleaf_to_make_room_for_a_line(before: int, tmp_path: Path) -> None:
    filler = " ".join(f"text{place}" for place in range(before))
    after = "<h2>Heading</h2><p>" + " ".join(f"more{place}" for place in range(60)) + "</p>"
    body = f"<p>call{_note(1, 12)} {filler}</p>{after * 4}"
    xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>{body}</body></html>'
    css = CSS + "h2 { break-after: avoid; font-size: 10pt } p, h2 { margin: 0; orphans: 2; widows: 2 }"
    pdf = _set(xhtml, css, tmp_path)
    (page,) = [text for text in _text(pdf) if "call" in text]
    assert "note1w11" in page


@pytest.mark.parametrize("size", ["74mm 105mm", "105mm 148mm", "111mm 178mm", "127mm 203.2mm", "148mm 210mm"])
def test_short_notes_stand_on_the_pages_of_their_calls_whatever_the_size_of_the_page(size: str, tmp_path: Path) -> None:
    paragraphs = "".join(
        f"<p>call{number}:{_note(number, 4 + number % 9)} {' '.join(f'text{place}' for place in range(10 + number * 7 % 40))}</p>"
        for number in range(1, 41)
    )
    xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>{paragraphs}</body></html>'
    foot = "@footnote { border-top: 0.4pt solid; padding-top: 3pt; margin-top: 5.8pt }"
    css = CSS.replace("260pt 360pt; margin: 30pt;", f"{size}; margin: 8.2mm 9mm 12.1mm; {foot}")
    css += (
        "p { margin: 0; orphans: 2; widows: 2 } html { font-size: 8.8pt; line-height: 11.75pt } .footnote { line-height: 9.63pt }"
    )
    pdf = _set(xhtml, css, tmp_path)
    for page in _text(pdf):
        assert re.findall(r"call(\d+):", page) == re.findall(r"note(\d+)w0\b", page)


@pytest.mark.parametrize("before", [40, 80])
def test_a_note_that_goes_on_leaves_room_for_the_head_of_a_table(before: int, tmp_path: Path) -> None:
    head = f"<tr><th>headofit</th><th>{'second ' * 30}</th></tr>"
    rows = "".join(f"<tr><td>row{place}</td><td>{f'cell{place} ' * 9}</td></tr>" for place in range(12))
    filler = " ".join(f"text{place}" for place in range(before))
    body = f"<p>{filler} long{_note(1, 400)} end</p><div><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>"
    xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>{body}</body></html>'
    css = CSS + "table { border-collapse: collapse } div { margin: 13pt 0 } tr { break-inside: avoid } p { margin: 0 }"
    pdf = _set(xhtml, css, tmp_path)
    pages = _text(pdf)
    for page in pages:
        assert "row" not in page or "head" in page.split("row")[0]
    assert re.findall(r"note1w\d+", "\n".join(pages)) == [f"note1w{place}" for place in range(400)]


LENGTHS = (5, 900, 14, 30, 60, 20, 450, 9, 120, 75, 300, 45, 600, 90, 200, 150)


@pytest.mark.parametrize("stride", [37, 61])
def test_notes_of_every_length_begin_on_the_pages_of_their_calls_and_lose_nothing(stride: int, tmp_path: Path) -> None:
    paragraphs = "".join(
        f"<p>{'text ' * (7 + number * stride % 150)}call{number}:{_note(number, words)} {'more ' * (number * stride % 99)}</p>"
        for number, words in enumerate(LENGTHS, start=1)
    )
    xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>{paragraphs}</body></html>'
    css = CSS.replace("260pt 360pt", "420pt 595pt") + "p { margin: 0; orphans: 2; widows: 2 }"
    pdf = _set(xhtml, css, tmp_path)
    pages = _text(pdf)
    assert _words(pages) == {number: [*range(words)] for number, words in enumerate(LENGTHS, start=1)}
    for page in pages:
        assert re.findall(r"call(\d+):", page) == re.findall(r"note(\d+)w0\b", page)
        assert page is pages[-1] or len(re.findall(r"text|more|note", page)) > 60  # no page is left half empty


NEIGHBOURS = {
    "a short one on the line of a long one": [(0, 250), (0, 9)],
    "a short one two lines below": [(0, 250), (12, 9)],
    "several short ones": [(0, 9), (0, 200), (0, 8), (0, 8), (4, 8)],
    "two long ones and a short one": [(0, 200), (1, 200), (0, 7)],
    "three of middling length": [(0, 80), (0, 80), (0, 80)],
}


@pytest.mark.parametrize("before", [0, 40, 80, 105, 120, 132])
@pytest.mark.parametrize("neighbours", NEIGHBOURS)
def test_notes_called_side_by_side_all_begin_on_the_page_of_their_calls(neighbours: str, before: int, tmp_path: Path) -> None:
    notes = NEIGHBOURS[neighbours]
    calls = " ".join(f"{'gap ' * gap}call{number}:{_note(number, words)}" for number, (gap, words) in enumerate(notes, start=1))
    body = f"<p>{'text ' * before}{calls} {'more ' * 120}</p>"
    xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>{body}</body></html>'
    pages = _text(_set(xhtml, CSS + "p { margin: 0; orphans: 2; widows: 2 }", tmp_path))
    assert _words(pages) == {number: [*range(words)] for number, (_gap, words) in enumerate(notes, start=1)}
    for page in pages:
        assert re.findall(r"call(\d+):", page) == re.findall(r"note(\d+)w0\b", page)


@pytest.mark.parametrize("before", [60, 110])
def test_a_divided_note_goes_on_overleaf_like_the_middle_of_a_sentence(before: int, tmp_path: Path) -> None:
    filler = " ".join(f"text{place}" for place in range(before))
    xhtml = (
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head>'
        f"<body><p>{filler} long{_note(1, 200)} end</p></body></html>"
    )
    css = CSS + ".footnote { text-align: justify; text-indent: 1em } p { margin: 0; orphans: 2; widows: 2 }"
    pdf = _set(xhtml, css, tmp_path)
    here, there = [
        [(left, right, text) for left, right, text in _lines(page) if re.search(r"w\d", text)]
        for page in list(pypdfium2.PdfDocument(pdf))[:2]
    ]
    assert len(here) > 1
    assert len(there) > 1
    assert here[-1][1] == pytest.approx(230, abs=1)
    assert there[0][0] == pytest.approx(30, abs=1)
    assert int(re.findall(r"w(\d+)", there[0][2])[0]) == int(re.findall(r"w(\d+)", here[-1][2])[-1]) + 1


@pytest.mark.parametrize("before", range(150, 240, 5))
def test_no_number_of_a_note_stands_at_the_foot_without_its_note(before: int, tmp_path: Path) -> None:
    """A note that begins with verse has its number in a line for itself."""
    verse = "".join(f'<span class="line">note1w{place}</span>' for place in range(30))
    note = f'<span class="footnote" data-number="1"><div class="verse">{verse}</div></span>'
    body = f"<p>{'text ' * before}call{note} {'more ' * 150}</p>"
    xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>{body}</body></html>'
    css = CSS + "p { margin: 0; orphans: 2; widows: 2 } .line { display: block }"
    pages = _text(_set(xhtml, css, tmp_path))
    assert _words(pages) == {1: [*range(30)]}
    for page in pages:
        assert ("call" in page) == ("note1w0" in page)


def _lines(page: pypdfium2.PdfPage) -> list[tuple[float, float, str]]:
    """List the lines of a page: where each begins and ends, and its text."""
    text = page.get_textpage()
    rectangles = [text.get_rect(number) for number in range(text.count_rects())]
    rows: dict[int, list[tuple[float, float, float, float]]] = {}
    for rectangle in rectangles:
        rows.setdefault(round(rectangle[1] / 5), []).append(rectangle)
    return [
        (min(each[0] for each in row), max(each[2] for each in row), " ".join(text.get_text_bounded(*each) for each in row))
        for row in rows.values()
    ]


INSIDE = {
    "quote": "<p>{0}</p><blockquote><p>{1}</p></blockquote><p>{2}</p>",
    "list": "<p>{0}</p><ul><li><p>{1}</p></li><li>{2}</li></ul>",
    "code": "<p>{0}</p><pre>{1}</pre><p>{2}</p>",
    "table": "<p>{0}</p><table><thead><tr><th>head</th></tr></thead><tr><td>{1}</td></tr><tr><td>{2}</td></tr></table>",
    "note": "<p>{0} called{inner} {1}</p><p>{2}</p>",
}


@pytest.mark.parametrize("before", [30, 90, 130])
@pytest.mark.parametrize("inside", INSIDE)
def test_what_stands_in_a_note_goes_on_overleaf_like_its_words(inside: str, before: int, tmp_path: Path) -> None:
    parts = [" ".join(f"note1w{part * 60 + place}" for place in range(60)) for part in range(3)]
    filler = " ".join(f"text{place}" for place in range(before))
    note = f'<span class="footnote" data-number="1">{INSIDE[inside].format(*parts, inner=_note(2, 9))}</span>'
    xhtml = (
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head>'
        f"<body><p>{filler} long{note} end</p><p>{filler}</p></body></html>"
    )
    css = CSS + "html { orphans: 2; widows: 2 } .footnote > p:first-child { display: inline } pre { white-space: pre-wrap }"
    pdf = _set(xhtml, css, tmp_path)
    words = re.findall(r"note(\d)w(\d+)", "\n".join(_text(pdf)))
    assert [int(place) for number, place in words if number == "1"] == list(range(180))
    assert [int(place) for number, place in words if number == "2"] == (list(range(9)) if inside == "note" else [])
