"""Long notes at the foot: every piece, in its order, wherever the call stands on the page."""

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
.footnote::footnote-call { content: attr(data-number) } .footnote::footnote-marker { content: attr(data-number) '. ' }
.continued { footnote-policy: auto } .continued::footnote-call, .continued::footnote-marker { content: none }"""


def _note(number: int, words: int) -> str:
    names = [f"note{number}w{place}" for place in range(words)]
    pieces = [names[first : first + 40] for first in range(0, words, 40)]
    return "".join(
        f'<span class="footnote{" continued" if count else ""}" data-number="{number}">{" ".join(piece)}</span>'
        for count, piece in enumerate(pieces)
    )


def _text(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range().replace("\ufffe", "") for page in document]


@pytest.mark.parametrize("before", range(0, 300, 20))
def test_a_long_note_keeps_every_word_in_order_and_lets_the_text_go_on(before: int, tmp_path: Path) -> None:
    filler = " ".join(f"text{place}" for place in range(before))
    after = " ".join(f"more{place}" for place in range(300))
    body = f"<p>{filler} long{_note(1, 300)} short{_note(2, 6)} {after}</p>"
    xhtml = (
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body><h1>T</h1>{body}</body></html>'
    )
    setting = set_pages(
        [Leaf("leaf", xhtml)], CSS, title="T", language="en", remember=Cache(tmp_path).remember, fetch=lambda _: b""
    )
    pages = _text(setting.pdf)
    words = re.findall(r"note\dw\d+", "\n".join(pages))
    assert words == [f"note1w{place}" for place in range(300)] + [f"note2w{place}" for place in range(6)]
    with pikepdf.open(io.BytesIO(setting.pdf)) as pdf:
        assert len(pdf.pages) <= 5 + (before + 300) // 140


@pytest.mark.parametrize("before", range(40, 150, 5))
def test_a_note_is_never_sent_overleaf_to_make_room_for_a_line(before: int, tmp_path: Path) -> None:
    filler = " ".join(f"text{place}" for place in range(before))
    after = "<h2>Heading</h2><p>" + " ".join(f"more{place}" for place in range(60)) + "</p>"
    body = f"<p>call{_note(1, 12)} {filler}</p>{after * 4}"
    xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>{body}</body></html>'
    css = CSS + "h2 { break-after: avoid; font-size: 10pt } p, h2 { margin: 0; orphans: 2; widows: 2 }"
    setting = set_pages(
        [Leaf("leaf", xhtml)], css, title="T", language="en", remember=Cache(tmp_path).remember, fetch=lambda _: b""
    )
    (page,) = [text for text in _text(setting.pdf) if "call" in text]
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
    setting = set_pages(
        [Leaf("leaf", xhtml)], css, title="T", language="en", remember=Cache(tmp_path).remember, fetch=lambda _: b""
    )
    for page in _text(setting.pdf):
        assert re.findall(r"call(\d+):", page) == re.findall(r"note(\d+)w0\b", page)


@pytest.mark.parametrize("before", [40, 80])
def test_a_note_that_goes_on_leaves_room_for_the_head_of_a_table(before: int, tmp_path: Path) -> None:
    head = f"<tr><th>headofit</th><th>{'second ' * 30}</th></tr>"
    rows = "".join(f"<tr><td>row{place}</td><td>{f'cell{place} ' * 9}</td></tr>" for place in range(12))
    filler = " ".join(f"text{place}" for place in range(before))
    body = f"<p>{filler} long{_note(1, 400)} end</p><div><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>"
    xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>{body}</body></html>'
    css = CSS + "table { border-collapse: collapse } div { margin: 13pt 0 } tr { break-inside: avoid } p { margin: 0 }"
    setting = set_pages(
        [Leaf("leaf", xhtml)], css, title="T", language="en", remember=Cache(tmp_path).remember, fetch=lambda _: b""
    )
    pages = _text(setting.pdf)
    for page in pages:
        assert "row" not in page or "head" in page.split("row")[0]
    assert re.findall(r"note1w\d+", "\n".join(pages)) == [f"note1w{place}" for place in range(400)]
