"""A page with anything in it that acts or loads is found out; pages as books have them are not."""

import pytest
from lxml import etree

from samizdat.formats.inert import fault, style_fault

_PAGE = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:xlink="http://www.w3.org/1999/xlink"><body>{}</body></html>'


@pytest.mark.parametrize(
    "piece",
    [
        "<script>x</script>",
        '<p onclick="x">a</p>',
        '<a href="javascript:x">a</a>',
        '<a href=" JaVa&#9;Script:x">a</a>',
        '<a href="data:text/html,x">a</a>',
        '<a href="file:///etc/hostname">a</a>',
        '<a href="vbscript:x">a</a>',
        '<img src="http://example.org/i.png" alt=""/>',
        '<img src="//example.org/i.png" alt=""/>',
        '<img src="file:///etc/hostname" alt=""/>',
        '<img src="/etc/hostname" alt=""/>',
        '<img src="../outside.png" alt=""/>',
        '<?xml-stylesheet href="https://example.org/a.css"?>',
        '<img src="images/%2e%2e/..%2foutside.png" alt=""/>',
        '<img srcset="a.png 1x, https://example.org/b.png 2x" alt=""/>',
        '<link rel="stylesheet" href="https://example.org/a.css"/>',
        '<link rel="stylesheet" href="data:text/css,%40import%20%22https://example.org/a.css%22"/>',
        '<link rel="stylesheet" href="data:text/css,p%7Bbackground:url(//example.org/a.png)%7D"/>',
        '<meta http-equiv="refresh" content="0;url=https://example.org/"/>',
        '<iframe src="a.html"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"><a xlink:href="javascript:x">a</a></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image xlink:href="https://example.org/i.png"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><use href="https://example.org/i.svg#a"/></svg>',
        '<p style="background: url(https://example.org/i.png)">a</p>',
        "<style>@import 'a.css';</style>",
        '<form action="https://example.org/"><input/></form>',
    ],
)
def test_what_acts_is_found(piece: str) -> None:
    assert fault(etree.fromstring(_PAGE.format(piece)))


def test_what_lies_there_is_left_alone() -> None:
    piece = (
        '<p id="a" style="color: red">a <a href="https://example.org/?a=javascript:">b</a> <a href="#a">c</a>'
        ' <a href="mailto:a@example.org">d</a></p><img src="images/a%20b.png" alt="x"/>'
        '<img src="data:image/png;base64,AAAA" alt="x"/><blockquote cite="https://example.org/">e</blockquote>'
        '<svg xmlns="http://www.w3.org/2000/svg"><use xlink:href="#a"/><path d="M0 0"/></svg>'
    )
    assert not fault(etree.fromstring(_PAGE.format(piece)))


@pytest.mark.parametrize(
    "style",
    [
        "@import url(a.css)",
        "p { background: url( 'https://example.org/i.png' ) }",
        "p { background: u\\72l(https://example.org/i.png) }",
        "p { background: url(\\68ttps://example.org/i.png) }",
        "@font-face { src: url(file:///etc/hostname) }",
        "p { background: url(//example.org/i.png) }",
        "p { background: url('../../outside.png') }",
    ],
)
def test_a_style_sheet_takes_nothing_from_outside(style: str) -> None:
    assert style_fault(style)


def test_a_style_sheet_may_use_what_is_of_the_book() -> None:
    assert not style_fault(
        'p { background: url("data:image/png;base64,AA") } @font-face { src: url(fonts/a.otf) } a { fill: url(#b) }'
    )


def test_the_houses_own_script_may_stand_in_a_page_and_no_other() -> None:
    page = etree.fromstring(_PAGE.format("<script>open()</script>"))
    assert not fault(page, {"open()"})
    assert fault(page, {"close()"})
    assert fault(etree.fromstring(_PAGE.format('<script src="a.js">open()</script>')), {"open()"})
    assert not fault(etree.fromstring(_PAGE.format('<script type="application/ld+json">{}</script>')))
