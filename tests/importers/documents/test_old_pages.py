"""The pages of an older print stay as marks where they begin."""

import io
import zipfile
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


def test_a_list_of_pages_marks_them_where_the_text_does_not(read_bytes: ReadBytes, made: Any) -> None:
    pages = {
        "one.xhtml": '<h1>One</h1><p id="a47">It ran below the mill.</p><p>Nobody knew <a id="a48"/>how deep.</p>'
        '<p><span epub:type="pagebreak" title="49" id="a49"/>Nor did I.</p>'
    }
    listed = "".join(f'<li><a href="one.xhtml#a{page}">{page}</a></li>' for page in (47, 48, 49))
    nav = f'<li><a href="one.xhtml">One</a></li></ol></nav><nav epub:type="page-list"><ol>{listed}'
    source = '<meta property="a11y:pageBreakSource">urn:isbn:9780000000002</meta>'
    document = read_bytes("weir.epub", made.epub(pages, nav=nav, package=source))
    assert _labels(document) == ["47", "48", "49"]
    files = manuscript.write(document.book)
    chapter = next(data.decode() for name, data in files.items() if name.endswith(".md"))
    assert "[]{.page n=47}It ran" in chapter
    assert "Nobody knew&#32;[]{.page n=48}how deep" in chapter
    assert b'[pagination]\nnumbers = "manuscript"\nsource = "urn:isbn:9780000000002"\n' in files["book.toml"]


def test_the_list_of_pages_of_an_older_e_book(read_bytes: ReadBytes, made: Any) -> None:
    targets = '<pageTarget><navLabel><text>47</text></navLabel><content src="one.xhtml#p"/></pageTarget>'
    ncx = f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><pageList>{targets}</pageList></ncx>'
    pages = {"one.xhtml": '<h1>One</h1><p>It ran <a id="p"/>below the mill.</p>', "toc.ncx": "x"}
    book = made.epub(
        pages, package='<dc:source id="s">Leeds, 1887</dc:source><meta refines="#s" property="source-of">pagination</meta>'
    )
    document = read_bytes("weir.epub", _with(book, "E/toc.ncx", ncx))
    assert _labels(document) == ["47"]
    assert document.book.metadata.paged_by == "Leeds, 1887"


def _with(book: bytes, name: str, text: str) -> bytes:
    """Exchange a file of an archive, and call it what it is in the package."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(result, "w") as new:
        for entry in old.namelist():
            data = text.encode() if entry == name else old.read(entry)
            if entry.endswith(".opf"):
                path = name.rpartition("/")[2]
                data = data.replace(
                    f'{path}" media-type="application/xhtml+xml"'.encode(),
                    f'{path}" media-type="application/x-dtbncx+xml"'.encode(),
                )
            new.writestr(entry, data)
    return result.getvalue()


def test_a_mark_alone_over_a_chapter_begins_its_first_paragraph(read_bytes: ReadBytes) -> None:
    page = b"""<html lang="en"><body><h1>The Weir</h1><h2>Mud</h2><p>Wet.</p><hr/>
    <p><span class="pagenum"><a id="Page_3">[Pg 3]</a></span></p><h2>Stone</h2><p>Dry.</p></body></html>"""
    chapter = b"".join(manuscript.write(read_bytes("weir.html", page).book).values()).decode()
    assert "[]{.page n=3}Dry." in chapter
    assert "* * *" not in chapter
