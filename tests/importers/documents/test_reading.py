"""Documents of many formats become books: title, chapters, notes, verse, pictures, and a record of what was left out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from samizdat import config, manuscript
from samizdat.importers import read_book
from samizdat.importers.documents.reading import Document, read_document
from samizdat.model.block import Epigraph, Figure, Heading, List, Quote, Table, Verse
from samizdat.model.inline import CrossReference, Link
from samizdat.model.kind import Kind
from samizdat.model.walk import descend, plain_text
from samizdat.problems import SamizdatError, Severity

ENCRYPTED = (
    '<e><EncryptedData><EncryptionMethod Algorithm="aes"/><CipherData><CipherReference URI="E/a.xhtml"/></CipherData>'
    "</EncryptedData></e>"
)

ReadText = Callable[[str, str], Document]
ReadBytes = Callable[[str, bytes], Document]


def rules(document: Document) -> set[str]:
    return {decision.rule for decision in document.decisions}


def titles(document: Document) -> list[str]:
    return [plain_text(section.title) for section in document.book.sections]


def words(document: Document) -> str:
    return plain_text(document.book.sections)


def test_markdown_with_a_title_block_and_chapters(read_text: ReadText) -> None:
    document = read_text(
        "weir.md",
        '---\ntitle: "The Weir: $x_1$ & \\"more\\""\nauthor: [Ines Karlsen, Bo Lind]\nlang: nb\n---\n\n'
        "# Preface\n\nWhy.\n\n"
        "# One\n\nText[^a] and [back](#preface).\n\n### Deep\n\nMore.\n\n[^a]: A note.\n\n[^b]: Nobody calls.\n",
    )
    book = document.book
    assert (book.metadata.title, book.metadata.language) == ('The Weir: $x_1$ & "more"', "nb")
    assert book.metadata.authors == ("Ines Karlsen", "Bo Lind")
    assert titles(document) == ["Preface", "One"]
    assert book.front[0].kind is Kind.PREFACE
    assert [plain_text(below.title) for below in book.body[0].sections] == ["Deep"]
    assert plain_text(book.body[0].notes[0].blocks) == "A note."
    assert "Nobody calls" in words(document)
    assert "N82" in rules(document)
    assert any(isinstance(node, CrossReference) and node.target == "preface" for node in descend(book.body))
    assert document.problems == ()


def test_the_one_heading_above_all_is_the_title(read_text: ReadText) -> None:
    long = "word " * 1000
    document = read_text("a.org", f"* The Weir\n** First\n{long}\n** Second\n{long}\n")
    assert document.book.metadata.title == "The Weir"
    assert titles(document) == ["First", "Second"]
    short = read_text("a.org", "* The Weir\n** First\nA.\n** Second\nB.\n")
    assert titles(short) == ["The Weir"]
    assert len(short.book.body[0].sections) == 2


def test_a_text_without_headings_is_one_chapter_named_after_the_file(read_text: ReadText) -> None:
    document = read_text("river_songs.rst", "Water.\n\nMore water.\n")
    assert titles(document) == ["river songs"]
    assert {"M83", "H82"} <= rules(document)


def test_a_part_holds_its_chapters(read_text: ReadText) -> None:
    document = read_text("a.md", "# Part One\n\n## A\n\nx\n\n## B\n\ny\n\n# Part Two\n\n## C\n\nz\n")
    assert [section.kind for section in document.book.body] == [Kind.PART, Kind.PART]
    assert [plain_text(section.title) for section in document.book.body[0].sections] == ["A", "B"]


def test_word_styles_say_what_a_paragraph_is(read_bytes: ReadBytes, made: Any) -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/></w:style>'
            for name, shown in (("H1", "heading 1"), ("Q", "Quote"), ("V", "Verse"), ("T", "Title"))
        )
        + "</w:styles>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>'
    )
    body = "".join(
        made.paragraph(*each)
        for each in (
            ("The Weir", "T"),
            ("One", "H1"),
            ("Said.", "Q"),
            ("A line", "V"),
            ("and another", "V"),
            ('He said "no".', ""),
        )
    )
    document = read_bytes("a.docx", made.docx(body, {"word/styles.xml": styles, "word/_rels/document.xml.rels": relations}))
    assert document.book.metadata.title == "The Weir"
    first, second, _ = document.book.body[0].blocks
    assert isinstance(first, Quote)
    assert isinstance(second, Verse)
    assert [plain_text(line) for line in second.stanzas[0].lines] == ["A line", "and another"]
    assert "“no”" in words(document)


def test_boxes_fields_and_struck_words_of_a_word_processor(read_bytes: ReadBytes, made: Any) -> None:
    box = f"<w:txbxContent>{made.paragraph('In a box.')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>Tied.</w:t></w:r><w:r><w:pict>{box}</w:pict></w:r></w:p>"
        '<w:p><w:fldSimple w:instr="FILENAME"><w:r><w:t>weir.docx</w:t></w:r></w:fldSimple></w:p>'
        "<w:p><w:r><w:t>Kept </w:t></w:r>"
        '<w:del w:id="1" w:author="B" w:date="2020-01-02T00:00:00Z"><w:r><w:delText>struck</w:delText></w:r></w:del></w:p>'
    )
    document = read_bytes("a.docx", made.docx(body))
    assert "In a box." in words(document)
    assert "weir.docx" in words(document)
    assert "struck" not in words(document)
    assert any(decision.rule == "D80" and decision.taken == "struck" for decision in document.decisions)


def test_a_web_page_loses_what_is_around_it_and_says_so(read_text: ReadText) -> None:
    text = "The water has its own law, and the mill obeys it. " * 5
    document = read_text(
        "page.html",
        f"""<html lang="en"><head><title>On Weirs | Mill Notes</title><meta name="author" content="Ines Karlsen"></head><body>
        <nav><a href="/">Home</a></nav><div id="cookie-banner">We bake cookies.</div><article><h1>On Weirs</h1><p>{text}
        <sup><a href="#f1" id="r1">1</a></sup></p><div class="share-buttons"><a href="https://a.example">Pass it on</a></div>
        <div class="poem"><p>One<br>two</p></div><blockquote class="epigraph"><p>Flow.</p></blockquote>
        <ol><li id="f1"><p>Seen in 1902. <a href="#r1">↩</a></p></li></ol></article>
        <section id="comments">Nice!</section><script>alert(1)</script></body></html>""",
    )
    assert document.book.metadata.title == "On Weirs"
    assert titles(document) == ["On Weirs"]
    chapter = document.book.body[0]
    assert [plain_text(note.blocks) for note in chapter.notes] == ["Seen in 1902. "[:-1]]
    assert any(isinstance(node, Verse) for node in chapter.blocks)
    assert any(isinstance(node, Epigraph) for node in chapter.blocks)
    for gone in ("Home", "cookies", "Pass it on", "Nice!", "alert"):
        assert gone not in words(document)
    taken = " ".join(decision.taken for decision in document.decisions)
    assert all(word in taken for word in ("Home", "We bake cookies.", "Pass it on", "Nice!"))


def test_a_plain_page_keeps_everything(read_text: ReadText) -> None:
    document = read_text(
        "page.html", "<h1>A</h1><p>x <a href='https://a.example/b'>there</a></p><table><tr><td>1<td>2<tr><td>3</table>"
    )
    table = next(node for node in descend(document.book.body) if isinstance(node, Table))
    assert [len(row.cells) for row in (*table.head, *table.body)] == [2, 2]
    assert any(isinstance(node, Link) for node in descend(document.book.body))


def test_an_e_book_without_headings_takes_them_from_its_contents(
    read_bytes: ReadBytes, picture: Callable[[int, int], bytes], made: Any
) -> None:
    pages = {
        "one.xhtml": '<section epub:type="preface"><p class="t">Before <b>All</b></p>'
        '<p>Said.<a epub:type="noteref" href="n.xhtml#a">1</a>'
        "</p></section>",
        "two.xhtml": '<p><img src="p.png" alt="A weir"/></p><p>Text of two. <a href="one.xhtml">See there</a>.</p>',
        "n.xhtml": '<section epub:type="endnotes"><h2>Notes</h2>'
        '<aside epub:type="endnote" id="a"><p>1. Of the weir.</p></aside></section>',
    }
    nav = '<li><a href="one.xhtml">Before All</a></li><li><a href="two.xhtml">Two</a></li>'
    document = read_bytes("a.epub", made.epub(pages, nav, more={"E/p.png": picture(3, 2)}))
    assert titles(document) == ["Before All", "Two"]
    assert document.book.front[0].kind is Kind.PREFACE
    assert plain_text(document.book.front[0].notes[0].blocks) == "Of the weir."
    assert words(document).count("Before All") == 1
    assert [item.path for item in document.book.pictures] == ["images/p.png"]
    assert any(isinstance(node, Figure) and node.image.alt == "A weir" for node in descend(document.book.body))
    assert {"H84", "N81", "D81"} <= rules(document)


def test_notes_in_notes_follow_as_notes(read_text: ReadText) -> None:
    document = read_text("a.muse", "#title A\n\nText[1].\n\n[1] First{1}.\n\n{1} Second.\n")
    assert [plain_text(note.blocks) for note in document.book.body[0].notes] == ["First*.", "*\u00a0Second."]


def test_things_in_things_beyond_measure_keep_their_words(read_text: ReadText) -> None:
    document = read_text("a.html", "<div>" * 3000 + "core" + "</div>" * 3000)
    assert "core" in words(document)
    assert "core" in words(read_text("a.md", ">" * 200 + " core"))


def test_a_heading_in_a_quotation_is_a_strong_line(read_text: ReadText) -> None:
    document = read_text("a.md", "# A\n\n> ## Said\n>\n> Words.\n")
    assert not any(isinstance(node, Heading) for node in descend(document.book.body))
    assert "H80" in rules(document)


def test_no_other_file_is_ever_read(read_text: ReadText, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish")
    for name, text in {
        "a.rst": f"Kept.\n\n.. include:: {secret}\n\n.. csv-table:: t\n   :file: {secret}\n",
        "a.org": f'Kept.\n\n#+INCLUDE: "{secret}"\n',
        "a.tex": f"Kept. \\input{{{secret}}}",
        "a.html": f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><p>Kept. &x;</p>',
    }.items():
        found = read_text(name, text)
        assert "Kept." in words(found)
        assert "swordfish" not in repr(found)


def test_pictures_come_from_the_folder_and_from_nowhere_else(
    read_bytes: ReadBytes, tmp_path: Path, picture: Callable[[int, int], bytes]
) -> None:
    (tmp_path / "in.png").write_bytes(picture(2, 2))
    (tmp_path.parent / "out.png").write_bytes(picture(2, 2))
    text = b"# A\n\n![In](in.png)\n\n![Out](../out.png)\n\n![Far](https://a.example/x.png)\n"
    document = read_bytes("a.md", text)
    assert [item.path for item in document.book.pictures] == ["images/in.png"]
    assert "X84" in rules(document)
    assert "Out" in words(document)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.md", b"  \n", "no text"),
        ("a.epub", lambda made: made.epub({"a.xhtml": "<p>x</p>"}, more={"META-INF/encryption.xml": ENCRYPTED}), "encrypted"),
        ("a.epub", lambda made: made.epub({"a.xhtml": "<p>" + "a" * (60 << 20) + "</p>"}), "too much"),
    ],
)
def test_what_cannot_be_read_is_refused(
    read_bytes: ReadBytes, name: str, data: bytes | Callable[[Any], bytes], said: str, made: Any
) -> None:
    with pytest.raises(SamizdatError, match=said):
        read_bytes(name, data if isinstance(data, bytes) else data(made))


def test_letters_of_other_code_pages(read_bytes: ReadBytes) -> None:
    assert "łódź" in words(read_bytes("a.rtf", rb"{\rtf1\ansi\ansicpg1250 \'b3\'f3d\'9f}"))
    assert "naïve" in words(read_bytes("a.rtf", rb"{\rtf1\ansi na\u239?ve}"))
    assert "café" in words(read_bytes("a.html", '<meta charset="utf-8"><p>café</p>'.encode("latin-1")))


def test_a_list_is_wholly_tight_or_loose(read_text: ReadText) -> None:
    document = read_text("a.md", "# A\n\n- one\n- two\n\n  more\n- three\n")
    found = next(node for node in descend(document.book.body) if isinstance(node, List))
    assert not found.tight


def test_written_and_read_again_a_document_is_the_same(read_text: ReadText, tmp_path: Path) -> None:
    document = read_text(
        "a.md",
        "---\ntitle: A\nlang: en\ndate: 2020-01-02\n---\n\n"
        "# One\n\nText *a*[^1] b.\n\n[^1]: N.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "| Verse\n|   line\n\n1. x\n2. y\n\n> Q\n\n# Two\n\nMore <b>raw</b>.\n",
    )
    book = replace(document.book, metadata=replace(document.book.metadata, identifier="urn:x"))
    for name, data in manuscript.write(book).items():
        (tmp_path / name).write_bytes(data)
    again = read_book(tmp_path, config.load(tmp_path), lambda make, *_: make())
    assert [problem for problem in again.problems if problem.severity is not Severity.ADVICE] == []
    assert again.book == book


def test_the_way_in_reads_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "weir.md"
    path.write_text("# The Weir\n\nText.\n")
    document = read_document(path)
    assert isinstance(document, Document)
    assert document is not None
    assert document.book.metadata.title == "The Weir"
    (tmp_path / "weir.txt").write_text("The Weir")
    assert read_document(tmp_path / "weir.txt") is None
    path.write_text(" ")
    with pytest.raises(SamizdatError) as error:
        read_document(path)
    assert error.value.problems[0].place.file == "weir.md"


def test_pictures_in_boxes_and_on_pages_of_an_office_file(
    read_bytes: ReadBytes, picture: Callable[[int, int], bytes], made: Any
) -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    image = '<draw:image xlink:href="Pictures/a.png"/><svg:desc>A weir</svg:desc>'
    frame = f'<draw:frame text:anchor-type="page" draw:name="p">{image}</draw:frame>'
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:text="{office}:text:1.0"'
        f' xmlns:draw="{office}:drawing:1.0" xmlns:svg="{office}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:body><office:text>{frame}<text:p>Text.</text:p></office:text></office:body></office:document-content>"
    )
    named = f'xmlns:office="{office}:office:1.0" xmlns:style="{office}:style:1.0"'
    styles = f"<office:document-styles {named}><office:styles/><office:automatic-styles/></office:document-styles>"
    kind = "application/vnd.oasis.opendocument.text"
    files = {"mimetype": kind, "content.xml": content, "styles.xml": styles, "Pictures/a.png": picture(4, 3)}
    document = read_bytes("a.odt", made.archive(files))
    assert [item.path for item in document.book.pictures] == ["images/a.png"]


def test_a_table_without_a_header_gets_one_and_a_table_that_arranges_the_page_goes(read_text: ReadText) -> None:
    document = read_text(
        "a.html",
        "<h1>A</h1><p>x</p><table><tr><td></td><td></td></tr><tr><td rowspan=2>Both</td><td>1</td></tr><tr><td>2</td></tr>"
        "<tr><td>3</td><td>4</td></tr></table>",
    )
    table = next(node for node in descend(document.book.body) if isinstance(node, Table))
    assert [plain_text(row.cells) for row in table.head] == ["Both1", "2"]
    arranged = read_text("a.rst", "A\n=\n\n+-------+\n| " + "word " * 300 + "|\n+-------+\n")
    assert arranged.book.body
    long = "word " * 260
    found = read_text("b.org", f"* A\n| {long} |\n| {long} |\n")
    assert not any(isinstance(node, Table) for node in descend(found.book.body))
    assert plain_text(found.book.sections).count("word") == 520


def test_soup_with_names_that_are_none_keeps_its_words(read_text: ReadText) -> None:
    document = read_text("a.html", "<h1>One</h1><p>Kept <b.<</p><p>words<x\u00b7=1>.</p>")
    assert "Kept" in " ".join(plain_text(section) for section in document.book.sections)
