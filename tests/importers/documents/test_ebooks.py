"""E-books of careful makers: kinds by epub:type, chapters below a half title, plays kept as tables."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from samizdat.importers.documents.reading import Document
from samizdat.model.block import Division, Epigraph, Quote, Role, Speech, Verse
from samizdat.model.book import Series
from samizdat.model.inline import SmallCaps, Span, SpanRole
from samizdat.model.kind import Kind
from samizdat.model.walk import descend, plain_text

ReadBytes = Callable[[str, bytes], Document]

ACT = """<section epub:type="chapter z3998:scene"><h2>Act I</h2><table><tbody>
<tr><td/><td><i epub:type="z3998:stage-direction"><b epub:type="z3998:persona">Mire</b> is at the wheel.</i></td></tr>
<tr><td epub:type="z3998:persona">Mire</td><td>Is it raining?</td></tr>
<tr><td epub:type="z3998:persona">Bo</td><td>It was. <i epub:type="z3998:stage-direction">Looks out.</i> It is.</td></tr>
</tbody></table></section>"""
PAGES = {
    "title.xhtml": '<section epub:type="titlepage"><h1>The Weir</h1></section>',
    "preface.xhtml": '<section epub:type="preface"><h2>A Life of Her</h2><p>Born by the water.</p></section>',
    "half.xhtml": '<section epub:type="halftitlepage"><h2>The Weir</h2></section>',
    "act.xhtml": ACT,
    "two.xhtml": '<section epub:type="chapter"><h2>Act II</h2><p>Text.</p></section>',
}
NAV = (
    '<li><a href="title.xhtml">Titlepage</a></li><li><a href="preface.xhtml">A Life of Her</a></li>'
    '<li><a href="half.xhtml">The Weir</a>'
    '<ol><li><a href="act.xhtml">Act I</a></li><li><a href="two.xhtml">Act II</a></li></ol></li>'
)


def test_chapters_below_a_half_title_are_chapters(read_bytes: ReadBytes, made: Any) -> None:
    document = read_bytes("weir.epub", made.epub(PAGES, NAV))
    assert [(section.kind, plain_text(section.title)) for section in document.book.sections] == [
        (Kind.PREFACE, "A Life of Her"),
        (Kind.CHAPTER, "Act I"),
        (Kind.CHAPTER, "Act II"),
    ]
    assert document.problems == ()


def test_a_play_in_a_table_becomes_a_scene(read_bytes: ReadBytes, made: Any) -> None:
    document = read_bytes("weir.epub", made.epub(PAGES, NAV))
    speeches = [node for node in descend(document.book.body) if isinstance(node, Speech)]
    assert [(plain_text(speech.speaker), plain_text(speech.blocks)) for speech in speeches] == [
        ("Mire", "Is it raining?"),
        ("Bo", "It was. Looks out. It is."),
    ]
    assert any(isinstance(node, Span) and node.role is SpanRole.STAGE for node in descend(tuple(speeches)))
    assert "is at the wheel" in plain_text(document.book.body)
    assert [plain_text(node) for node in descend(document.book.body) if isinstance(node, SmallCaps)] == ["Mire"]


def test_pages_that_nobody_names_are_known_by_their_words(read_bytes: ReadBytes, made: Any) -> None:
    pages = {
        "a.xhtml": "<p>The Weir</p><p>by Ines Karlsen</p>",
        "b.xhtml": "<p>Copyright 1999 Ines Karlsen. All rights reserved.</p><p>First published in Leeds. ISBN 9780000000002.</p>",
        "c.xhtml": "".join(f'<p><a href="{name}.xhtml">Chapter {name}</a></p>' for name in "efgh"),
        "d.xhtml": "<p>For Bo, who kept the copyright of her own life.</p>",
        **{f"{name}.xhtml": f"<h2>Chapter {name}</h2><p>Water.</p>" for name in "efgh"},
    }
    document = read_bytes("weir.epub", made.epub(pages))
    words = plain_text(document.book.sections)
    assert "For Bo" in words
    assert "rights" not in words
    assert words.count("Chapter e") == 1
    assert sum(one.rule == "D86" for one in document.decisions) >= 3


def test_what_a_guide_says_of_a_page(read_bytes: ReadBytes, made: Any) -> None:
    pages = {"i.xhtml": "<p>Leeds</p>", "a.xhtml": "<h2>To start with</h2><p>Water.</p>", "b.xhtml": "<h2>One</h2><p>Mud.</p>"}
    guide = '<guide><reference type="copyright-page" href="i.xhtml"/><reference type="preface" href="a.xhtml"/></guide>'
    document = read_bytes("weir.epub", made.epub(pages, package=guide))
    assert "Leeds" not in plain_text(document.book.sections)
    assert [section.kind for section in document.book.sections] == [Kind.PREFACE, Kind.CHAPTER]


def test_what_cannot_be_shown_has_something_that_stands_in_for_it(
    read_bytes: ReadBytes, picture: Callable[[int, int], bytes], made: Any
) -> None:
    items = (
        '<item id="z" href="z.json" media-type="application/json" fallback="y"/>'
        '<item id="y" href="y.xhtml" media-type="application/xhtml+xml"/><itemref idref="z"/>'
        '<item id="m" href="m.xyz" media-type="image/xyz" fallback="n"/><item id="n" href="n.png" media-type="image/png"/>'
    )
    more = {
        "E/z.json": "{}",
        "E/y.xhtml": "<html><body><h1>Mud</h1><p>Wet.</p></body></html>",
        "E/m.xyz": "x",
        "E/n.png": picture(6, 4),
    }
    pages = {"one.xhtml": '<h1>One</h1><p><img src="m.xyz" alt="A mill"/></p>'}
    document = read_bytes("weir.epub", made.epub(pages, package=items, more=more))
    assert [plain_text(section.title) for section in document.book.sections] == ["Mud", "One"]
    assert [found.width for found in document.book.pictures] == [6]


def test_a_person_of_several_roles_is_named_for_the_one_that_counts_most(read_bytes: ReadBytes, made: Any) -> None:
    def role(of: str, *roles: str) -> str:
        return "".join(f'<meta property="role" refines="#{of}" scheme="marc:relators">{each}</meta>' for each in roles)

    package = (
        f'<dc:creator id="a">Ada Quill</dc:creator>{role("a", "ann", "aut", "win")}'
        f'<dc:contributor id="b">Bo Mire</dc:contributor>{role("b", "wpr")}'
        f'<dc:contributor id="c">Cy Lund</dc:contributor>{role("c", "tyd", "mrk")}'
    )
    book = read_bytes("weir.epub", made.epub({"a.xhtml": "<h2>One</h2><p>Water.</p>"}, package=package)).book
    assert [(person.name, person.role) for person in book.metadata.people] == [
        ("Ines Karlsen", "author"),
        ("Ada Quill", "author"),
        ("Bo Mire", "foreword"),
    ]


def test_a_series_is_no_list_of_the_best_books(read_bytes: ReadBytes, made: Any) -> None:
    def collection(of: str, name: str, kind: str, number: str) -> str:
        return (
            f'<meta property="belongs-to-collection" id="{of}">{name}</meta>'
            f'<meta property="collection-type" refines="#{of}">{kind}</meta>'
            f'<meta property="group-position" refines="#{of}">{number}</meta>'
        )

    package = collection("s", "A Hundred Best", "set", "8") + collection("t", "Rivers", "series", "2")
    book = read_bytes("weir.epub", made.epub({"a.xhtml": "<h2>One</h2><p>Water.</p>"}, package=package)).book
    assert book.metadata.series == Series("Rivers", 2)


def test_dedications_and_epigraphs_have_no_headings(read_bytes: ReadBytes, made: Any) -> None:
    verse = (
        '<blockquote epub:type="z3998:verse"><p><span>Water, water,</span><br/><span>everywhere.</span></p>'
        "<cite>—\u2060Bo Mire</cite></blockquote>"
    )
    pages = {
        "dedication.xhtml": '<section epub:type="dedication"><p>For Bo.</p></section>',
        "epigraph.xhtml": f'<section epub:type="epigraph">{verse}</section>',
        "one.xhtml": f'<section epub:type="chapter"><h2>One</h2><p>Water.</p>{verse}</section>',
        "two.xhtml": '<section epub:type="chapter"><h2>Two</h2><section epub:type="epigraph"><p>Mud.</p></section></section>',
    }
    names = {"dedication": "Dedication", "epigraph": "Epigraph", "one": "One", "two": "Two"}
    nav = "".join(f'<li><a href="{name}.xhtml">{title}</a></li>' for name, title in names.items())
    document = read_bytes("weir.epub", made.epub(pages, nav))
    sections = document.book.sections
    assert [(section.kind, plain_text(section.title)) for section in sections] == [
        (Kind.DEDICATION, ""),
        (Kind.EPIGRAPH, ""),
        (Kind.CHAPTER, "One"),
        (Kind.CHAPTER, "Two"),
    ]
    assert [decision.before for decision in document.decisions if decision.rule == "H87"] == ["Dedication", "Epigraph"]
    epigraph = sections[1].blocks[0]
    assert isinstance(epigraph, Epigraph)
    assert isinstance(epigraph.blocks[0], Verse)
    assert plain_text(epigraph.attribution) == "Bo Mire"
    quote = sections[2].blocks[1]
    assert isinstance(quote, Quote)
    assert isinstance(quote.blocks[0], Verse)
    assert plain_text(quote.attribution) == "Bo Mire"


def test_what_an_edition_draws_around_a_note_is_no_part_of_it(read_bytes: ReadBytes, made: Any) -> None:
    note = '<aside id="f1"><hr/><p>[<a href="#c1" id="l1">1</a>] Dug in 1703.</p></aside>'
    call = '[<a href="#f1" id="c1" epub:type="noteref">1</a>]'
    document = read_bytes("weir.epub", made.epub({"one.xhtml": f"<h2>One</h2><p>Water.{call} Mud.</p>{note}"}))
    section = document.book.sections[0]
    assert plain_text(section.blocks) == "Water. Mud."
    assert [(len(each.blocks), plain_text(each.blocks)) for each in section.notes] == [(1, "Dug in 1703.")]


def test_a_link_in_a_package_is_words_and_an_address(read_bytes: ReadBytes, made: Any) -> None:
    package = "<dc:rights>Given away by the [CC0 deed](https://example.org/zero/1.0/).</dc:rights>"
    book = read_bytes("weir.epub", made.epub({"a.xhtml": "<h2>One</h2><p>Water.</p>"}, package=package)).book
    assert book.metadata.rights == "Given away by the CC0 deed (https://example.org/zero/1.0/)."


def test_a_letter_by_the_types_of_its_parts(read_bytes: ReadBytes, made: Any) -> None:
    letter = (
        '<blockquote epub:type="z3998:letter"><header><p epub:type="z3998:recipient">To Bo.</p>'
        '<p epub:type="se:letter.dateline">The Weir, 3 May.</p></header><p>It rains.</p>'
        '<footer><p epub:type="z3998:valediction">Yours,</p><p epub:type="z3998:signature z3998:sender">Mire.</p></footer>'
        "</blockquote>"
    )
    document = read_bytes("weir.epub", made.epub({"one.xhtml": f"<h2>One</h2><p>He wrote:</p>{letter}"}))
    parts = document.book.sections[0].blocks[1]
    assert isinstance(parts, Division)
    assert parts.role is Role.LETTER
    roles = [(part.role, plain_text(part.blocks)) for part in parts.blocks if isinstance(part, Division)]
    assert roles == [(Role.SALUTATION, "To Bo."), (Role.DATELINE, "The Weir, 3 May."), (Role.SIGNATURE, "Yours,Mire.")]


def test_a_package_with_prefixes_that_nobody_declared_is_read(read_bytes: ReadBytes, made: Any) -> None:
    own = '<meta:1/><:odd/><dc:date opf:event="publication">1999</dc:date>'
    book = made.epub({"a.xhtml": "<h2>One</h2><p>Water.</p>"}, package=own)
    files = zipfile.ZipFile(io.BytesIO(book))
    members = {name: files.read(name).replace(b'xmlns:dc="http://purl.org/dc/elements/1.1/"', b"") for name in files.namelist()}
    document = read_bytes("weir.epub", made.archive(members))
    assert document.book.metadata.title == "The Weir"
    assert "Water." in plain_text(document.book.body)
