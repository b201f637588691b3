"""Tags of tables and lists, as a screen reader needs them."""

import io
from collections.abc import Iterator
from pathlib import Path

import page
import pikepdf
import pytest

from samizdat.cache import Cache
from samizdat.typesetting import Leaf, set_pages

CSS = "@page { size: 300pt 400pt; margin: 30pt } html { font-family: 'Samizdat Serif' }"
SPANS = """<table><thead>
<tr><th rowspan="2">Case</th><th colspan="2">Boxes</th></tr><tr><th>in use</th><th>empty</th></tr></thead><tbody>
<tr><th scope="row" rowspan="2">Upper</th><td>91</td><td>6</td></tr><tr><td>1</td><td>0</td></tr></tbody></table>"""
LOOSE = "<ul><li><p>one</p><p>more</p></li><li>two<ul><li>three</li></ul></li></ul>"


def _set(body: str, cache: Cache) -> pikepdf.Pdf:
    xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>{body}</body></html>'
    setting = set_pages([Leaf("leaf", xhtml)], CSS, title="T", language="en", remember=cache.remember, fetch=lambda _: b"")
    return pikepdf.open(io.BytesIO(setting.pdf))


def _elements(element: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    if element.get("/S") == kind:
        yield element
    kids: pikepdf.Object | list[pikepdf.Object] = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from _elements(kid, kind)


def _names(cell: pikepdf.Object) -> list[str]:
    return [str(name) for name in cell.A.Headers]


def test_a_cell_knows_every_header_over_it_and_beside_it(tmp_path: Path) -> None:
    pdf = _set(SPANS, Cache(tmp_path))
    heads = list(_elements(pdf.Root.StructTreeRoot, "/TH"))
    case, boxes, in_use, empty, upper = (str(head.ID) for head in heads)
    assert [str(head.A.Scope) for head in heads] == ["/Column"] * 4 + ["/Row"]
    first, second, third, fourth = (_names(cell) for cell in _elements(pdf.Root.StructTreeRoot, "/TD"))
    assert first == [upper, boxes, in_use]
    assert second == [upper, boxes, empty]
    assert third == [upper, boxes, in_use]
    assert fourth == [upper, boxes, empty]
    assert case not in {*first, *second, *third, *fourth}


@pytest.mark.parametrize("body", [SPANS, LOOSE, '<p><a href="https://example.org/">a <em>long</em> link</a></p>'])
def test_the_tags_keep_pdf_ua(body: str, tmp_path: Path) -> None:
    pdf = _set(f"<h1>T</h1>{body}", Cache(tmp_path))
    for element in _elements(pdf.Root.StructTreeRoot, "/LI"):
        assert {str(kid.S) for kid in element.K} <= {"/Lbl", "/LBody"}
    pdf.save(tmp_path / "book.pdf")
    failures = page.validate_pdf(str(tmp_path / "book.pdf"), profile=page.ValidationProfile.PDF_UA_1).failures
    assert [failure.rule_id for failure in failures] == []
