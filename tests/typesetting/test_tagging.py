"""What a screen reader is told of a page: one tag a paragraph, notes beside their calls, nothing that is on every page."""

import datetime
import io
import re
from collections.abc import Iterator

import page as validation
import pikepdf
import pytest

from samizdat.formats.pdf import for_screen
from samizdat.model.book import Metadata
from samizdat.typesetting import Leaf, set_pages

CSS = """@page { size: 200pt 260pt; margin: 30pt; @bottom-center { content: counter(page) } }
html { font: 10pt/12pt 'Samizdat Serif' } body, p { margin: 0 }
.footnote { float: footnote } .footnote::footnote-call { content: attr(data-number) }
.footnote::footnote-marker { content: attr(data-number) "." } .footnote > p { display: inline }
.continued::footnote-call, .continued::footnote-marker { content: none }
.led::after { content: leader('.') '7' }"""
NOTE = '<span class="footnote" id="n1" data-note="n1" data-number="1"><p>A note.</p></span>'
CUT = '<span class="footnote continued" data-note="n1" data-number="1"><p>Its end.</p></span>'
WORDS = "words and words " * 120
ROWS = "".join(f"<tr><td>{number}</td><td>row</td></tr>" for number in range(30))
BODY = f"""<h1>Title</h1><p>A call{NOTE}{CUT} and <em>{WORDS}</em><span lang="de">Wort</span> after.</p>
<p class="led"><a href="#n1">there</a></p>
<table><thead><tr><th>Number</th><th>What</th></tr></thead><tbody>{ROWS}</tbody></table>"""


@pytest.fixture(scope="module")
def book() -> Iterator[pikepdf.Pdf]:
    xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>{BODY}</body></html>'
    setting = set_pages(
        [Leaf("leaf", xhtml)], CSS, title="T", language="en", remember=lambda make, *_: make(), fetch=lambda _: b""
    )
    with pikepdf.open(io.BytesIO(for_screen(setting, Metadata("T", "en", "urn:x", datetime.date(2026, 3, 9))))) as pdf:
        yield pdf


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.get("/K", pikepdf.Array())
    return [kid for kid in (found if isinstance(found, pikepdf.Array) else [found]) if isinstance(kid, pikepdf.Dictionary)]


def tags(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    def below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
        if element.get("/S") == kind:
            yield element
        for kid in kids(element):
            yield from below(kid)

    return list(below(pdf.Root.StructTreeRoot))


def test_a_paragraph_over_pages_is_one(book: pikepdf.Pdf) -> None:
    (paragraph, *rest, _led) = tags(book, "/P")
    (emphasis,) = [kid for kid in kids(paragraph) if kid.get("/S") == "/Span" and "/Lang" not in kid]
    continued = [kid for kid in kids(emphasis) if kid.get("/Type") == "/MCR"]
    assert {kid.Pg.objgen for kid in continued} >= {book.pages[1].obj.objgen, book.pages[2].obj.objgen}
    assert all(kid.P.S == "/Note" for kid in rest)


def test_text_finds_the_tag_that_holds_it(book: pikepdf.Pdf) -> None:
    numbers = book.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(number): owner for number, owner in zip(numbers[::2], numbers[1::2], strict=True)}
    for leaf in book.pages:
        held = owners[int(leaf.obj.StructParents)]
        said = {int(number) for number in re.findall(rb"/MCID (\d+)", leaf.Contents.read_bytes())}
        assert said
        for number in said:
            mine = held[number].K
            assert number in [
                int(kid.MCID) if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR" else kid
                for kid in (mine if isinstance(mine, pikepdf.Array) else [mine])
                if not isinstance(kid, pikepdf.Dictionary) or kid.get("/Type") == "/MCR"
            ]
        for link in leaf.obj.get("/Annots", []):
            assert owners[int(link.StructParent)].S == "/Link"


def test_a_note_stands_behind_its_paragraph_and_is_linked_both_ways(book: pikepdf.Pdf) -> None:
    (note,) = tags(book, "/Note")
    beside = kids(note.P)
    assert beside[beside.index(note) - 1] == tags(book, "/P")[0]
    label, *paragraphs = kids(note)
    assert (str(note.ID), str(label.S), [str(kid.S) for kid in paragraphs]) == ("n1", "/Lbl", ["/P", "/P"])
    places = dict(zip(*[iter(book.Root.Names.Dests.Names)] * 2, strict=True))
    assert {"n1", "n1-call"} <= {str(name) for name in places}
    there, back = (
        next(kid for kid in kids(link) if "/Obj" in kid).Obj for link in (kids(tags(book, "/P")[0])[0], kids(label)[0])
    )
    assert [str(there.Dest), str(back.Dest)] == ["n1", "n1-call"]
    assert [str(name) for name in book.Root.StructTreeRoot.IDTree.Names[::2]].count("n1") == 1


def test_a_table_over_pages_is_one_and_its_head_is_read_once(book: pikepdf.Pdf) -> None:
    (_table,) = tags(book, "/Table")
    assert len(tags(book, "/TH")) == 2
    cells = tags(book, "/TD")
    heads = {str(head.ID) for head in tags(book, "/TH")}
    assert len(cells) == 60
    assert {str(name) for cell in cells for name in cell.A.Headers} == heads


def test_furniture_leaders_and_languages(book: pikepdf.Pdf) -> None:
    for leaf in book.pages:
        assert b"/Artifact" in leaf.Contents.read_bytes()
    assert [str(tag.Lang) for tag in tags(book, "/Span") if "/Lang" in tag] == ["de"]
    (leader,) = [tag for tag in tags(book, "/Span") if "/ActualText" in tag]
    assert str(leader.ActualText) == " "


@pytest.mark.parametrize("standard", [validation.ValidationProfile.PDF_UA_1, validation.ValidationProfile.PDF_A_2U])
def test_standards_are_kept(book: pikepdf.Pdf, standard: validation.ValidationProfile) -> None:
    target = io.BytesIO()
    book.save(target, compress_streams=False)
    failures = validation.validate_pdf_bytes(target.getvalue(), profile=standard).failures
    assert [failure.rule_id for failure in failures] == []
