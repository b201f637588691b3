"""Places in documents have numbers, and what a person says of them is so in the book."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from samizdat import manuscript
from samizdat.importers.documents.reading import Document, Order, read
from samizdat.importers.plain.rules import read as read_rules
from samizdat.importing import rules_of

PAGE = """<html><head><title>The Weir</title></head><body>
<nav><ul><li><a href="/a">Home</a></li><li><a href="/b">About us</a></li></ul></nav>
<article><h1>The Weir</h1>
<p>It ran below the mill, and nobody knew how deep it was at the lower end, where the sluice had been.</p>
<div class="related"><h3>Read more</h3><p>The Mill, a history in nine parts.</p></div>
<p>A second paragraph that goes on for some time, so that the page has words enough to be one.</p>
<p><b>The Keeper</b></p>
<p>Roses are red<br>Violets are blue</p>
<blockquote><p>Nobody fishes here.</p></blockquote>
<p>Last words, and a few more of them.</p></article>
<footer>Printed by nobody</footer></body></html>"""


@pytest.fixture
def told() -> Callable[..., Document]:
    """Read a document as a file of some name, with rules."""
    return lambda rules, name="weir.html", data=b"": read(
        Order(name, data or PAGE.encode(), rules=read_rules(rules, "import-rules.toml", rules_of()))
    )


def _text(document: Document) -> str:
    return "\n".join(data.decode() for name, data in manuscript.write(document.book).items() if name.endswith(".md"))


def test_a_page_is_numbered_by_its_paragraphs_with_those_that_are_left_out(told: Callable[..., Document]) -> None:
    document = told("")
    assert [line.text for line in document.lines][:5] == [
        "Home", "About us", "The Weir", document.lines[3].text, "Read more",
    ]  # fmt: skip
    assert {(one.rule, one.first, one.last) for one in document.decisions if one.rule[0] == "D"} == {
        ("D83", 5, 6), ("D85", 1, 2), ("D85", 13, 13),
    }  # fmt: skip
    assert document.account.missing == {}
    assert document.account.captured + document.account.extra.total() == document.account.kept + document.account.gone


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ('8 = "heading 2"', "## **The Keeper**"),
        ('8 = "heading 1"', "# **The Keeper**"),
        ('9-10 = "verse"', "| Roses are red\n| Violets are blue"),
        ('9-10 = "list"', "-   Roses are red\n-   Violets are blue"),
        ('9-10 = "preformatted"', "Roses are red\nViolets are blue"),
        ('7-8 = "quote"', "> **The Keeper**"),
        ('8 = "epigraph"', "::: epigraph\n**The Keeper**\n:::"),
        ('8 = "stage"', "::: stage\n**The Keeper**\n:::"),
        ('7-8 = "letter"', "::: letter\n"),
        ('11 = "paragraph"', "\nNobody fishes here."),
        ('8 = "break"', "* * *"),
        ('6 = "paragraph"', "\nThe Mill, a history in nine parts."),
        ('13 = "heading 1"', "# Printed by nobody"),
        ('D85 = "off"', "-   Home\n-   About us"),
    ],
)
def test_lines_of_a_document_become_what_they_are_pinned_as(told: Callable[..., Document], rules: str, expected: str) -> None:
    document = told(rules)
    assert expected in _text(document)
    assert document.problems == ()
    if "off" not in rules:
        assert [one.rule for one in document.decisions if one.rule == "F51"] == ["F51"]


@pytest.mark.parametrize(("rules", "gone"), [('7-8 = "debris"', "Keeper"), ('12 = "metadata source"', "Last words")])
def test_lines_of_a_document_can_be_left_out(told: Callable[..., Document], rules: str, gone: str) -> None:
    document = told(rules)
    assert gone not in _text(document)
    assert document.account.left_out["F51"]
    assert document.account.missing == {}
    assert document.book.metadata.source == ("Last words, and a few more of them." if "source" in rules else "")


def test_what_documents_do_not_know_is_told(told: Callable[..., Document]) -> None:
    document = told('\n9 = "drama"')
    assert [(problem.code, problem.place.line) for problem in document.problems] == [("I34", 2)]
    assert _text(document) == _text(told(""))


@pytest.mark.parametrize(
    ("name", "text", "row"),
    [
        ("weir.md", "# The Weir\n\nIt ran *below* the\nmill.\n\nThe Keeper\n\nHe slept.\n", 6),
        ("weir.org", "* The Weir\n\nIt ran /below/ the\nmill.\n\nThe Keeper\n\nHe slept.\n", 6),
        ("weir.rst", "The Weir\n========\n\nIt ran *below* the mill.\n\nThe Keeper\n\nHe slept.\n", 6),
        ("weir.muse", "#title The Weir\n\nIt ran *below* the mill.\n\nThe Keeper\n\nHe slept.\n", 5),
        ("weir.tex", "\\section{The Weir}\n\nIt ran below the mill.\n\n% hm\n\nThe Keeper\n\nHe slept.\n", 7),
    ],
)
def test_a_text_with_marks_is_named_by_its_lines(told: Callable[..., Document], name: str, text: str, row: int) -> None:
    document = told(f'{row} = "heading 2"', name, text.encode())
    assert re.search("^##? The Keeper( |$)", _text(document), re.MULTILINE)
    assert [(one.first, one.last) for one in document.decisions if one.rule == "F51"] == [(row, row)]


def test_a_word_processors_file_is_named_by_its_paragraphs(told: Callable[..., Document], made: Any) -> None:
    data = made.docx("".join(map(made.paragraph, ("The weir was deep.", "The Keeper", "He slept."))))
    document = told('2 = "heading 1"', "weir.docx", data)
    assert "# The Keeper\n\nHe slept." in _text(document)
    assert [line.text for line in document.lines] == ["The weir was deep.", "The Keeper", "He slept."]


def test_pages_of_an_e_book_that_are_made_anew_can_be_kept(told: Callable[..., Document], made: Any) -> None:
    imprint = '<section epub:type="imprint"><p>Printed in a cellar.</p></section>'
    data = made.epub({"a.xhtml": imprint, "b.xhtml": "<h1>One</h1><p>Text.</p>"})
    dropped = [one for one in told("", "weir.epub", data).decisions if one.rule == "D86"]
    assert [(one.first, one.before) for one in dropped] == [(1, "Printed in a cellar.")]
    assert "Printed in a cellar." in _text(told('1 = "paragraph"', "weir.epub", data))
    assert "Printed in a cellar." in _text(told('D86 = "off"', "weir.epub", data))
