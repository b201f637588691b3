"""The pages of an older print stay as marks where they begin."""

from collections.abc import Callable
from typing import Any

import pytest

from samizdat import manuscript
from samizdat.importers.documents.reading import Document, Order, read
from samizdat.importers.plain.rules import Rules
from samizdat.model.inline import CrossReference, PageBreak
from samizdat.model.walk import descend, plain_text

ReadBytes = Callable[[str, bytes], Document]

PAGE = b"""<html lang="en"><body><h1>The Weir</h1>
<p>It ran below the <span class="pagenum"><a id="Page_12">[Pg 12]</a></span>mill. See <a href="#Page_12">there</a>.</p>
<div role="doc-pagebreak" aria-label=" page 13. " id="pg13"></div><p>Nobody knew how deep it was.</p>
<span class="pageno">xiv</span><p>The keeper did not.</p><p>He saw <span class="pagenum">nothing</span>.</p>
<h2>The Sluice</h2><p>Shut.</p></body></html>"""


def _labels(document: Document) -> list[str]:
    return [mark.label for mark in descend(document.book.sections) if isinstance(mark, PageBreak)]


def test_numbers_of_pages_become_marks(read_bytes: ReadBytes) -> None:
    document = read_bytes("weir.html", PAGE)
    assert _labels(document) == ["12", "13", "xiv"]
    assert "Pg" not in plain_text(document.book.sections)
    assert "He saw nothing." in plain_text(document.book.sections)
    assert any(isinstance(item, CrossReference) for item in descend(document.book.sections))
    files = manuscript.write(document.book)
    chapter = next(data.decode() for name, data in files.items() if name.endswith(".md"))
    assert "\n\n[]{.page n=13}Nobody" in chapter
    assert b'[pagination]\nnumbers = "manuscript"\n' in files["book.toml"]
    assert not document.account.missing
    assert document.account.left_out["I52"] == 3


@pytest.mark.parametrize("mark", ['epub:type="pagebreak" title="47"', 'epub:type="pagebreak" id="page_47"'])
def test_page_breaks_of_an_e_book_become_marks(mark: str, read_bytes: ReadBytes, made: Any) -> None:
    pages = {"one.xhtml": f"<h1>One</h1><p>It ran <span {mark}/>below the mill.</p><ul><li>clay</li></ul>"}
    assert _labels(read_bytes("weir.epub", made.epub(pages))) == ["47"]


def test_a_text_without_marks_says_nothing_of_pages(read_bytes: ReadBytes) -> None:
    assert b"pagination" not in manuscript.write(read_bytes("a.html", b"<h1>A</h1><p>Shut.</p>").book)["book.toml"]


def test_turned_off_the_numbers_stay_words() -> None:
    document = read(Order("weir.html", PAGE, rules=Rules(off=frozenset({"I52"}))))
    assert _labels(document) == []
    assert "[Pg 12]" in plain_text(document.book.sections)
    assert not document.account.missing
