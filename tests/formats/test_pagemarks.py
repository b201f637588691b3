"""Where the mark of a printed page stands in a marked-up page."""

from time import process_time

import pytest

from samizdat.formats.pagemarks import mark
from samizdat.typesetting import Folio, Folios, PageFacts, Start, letters


def marked(xhtml: str, before: str, words: str, *, divided: bool = False, shift: int = 0) -> str:
    """Mark one page that begins with these words, after these, with a bar; `shift` puts the count wrong."""
    start = Start(len(letters(before)) + shift, letters(words), divided)
    page = PageFacts("7", "a", blank=False, folio=Folio(Folios.ARABIC, 7), start=start)
    return mark(f'<section id="a">{xhtml}</section>', {"a"}, [page], lambda _: "|").xhtml[16:-10]


@pytest.mark.parametrize(
    ("xhtml", "before", "words", "expected"),
    [
        ("<p>One two.</p>", "One", "two", "<p>One |two.</p>"),
        ("<p>One.</p>\n<p>Two.</p>", "One", "Two", "<p>One.</p>\n<p>|Two.</p>"),
        ("<p>He said: “Two!”</p>", "He said", "Two", "<p>He said: |“Two!”</p>"),
        ("<p>So—“Two!”</p>", "So", "Two", "<p>So—|“Two!”</p>"),
        ("<p>either/or</p>", "either", "or", "<p>either/|or</p>"),
        ("<p>一二。「三四」</p>", "一二", "三四", "<p>一二。|「三四」</p>"),
        ("<p>قال: مرحبا</p>", "قال", "مرحبا", "<p>قال: |مرحبا</p>"),
        ("<p>Fish &amp; <em>chips</em></p>", "Fish", "chips", "<p>Fish &amp; |<em>chips</em></p>"),
        ("<p>Fish &amp; chips</p>", "", "Fish chips", "<p>|Fish &amp; chips</p>"),
        ('<p>A.</p><div class="head"><h2>B</h2></div><p>C</p>', "A", "B", '<p>A.</p>|<div class="head"><h2>B</h2></div><p>C</p>'),
        (
            '<p>A.</p><div class="table"><table><caption>B</caption><tbody><tr><td>C</td></tr></tbody></table></div>',
            "A",
            "B",
            '<p>A.</p><div class="table">|<table><caption>B</caption><tbody><tr><td>C</td></tr></tbody></table></div>',
        ),
        (
            "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>B</td></tr></tbody></table>",
            "A",
            "B",
            "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>|B</td></tr></tbody></table>",
        ),
        (
            '<p class="stanza"><span class="line">A b</span><span class="line">C d</span></p>',
            "A b",
            "C d",
            '<p class="stanza"><span class="line">A b</span>|<span class="line">C d</span></p>',
        ),
        ("<ul><li>A</li><li>B</li></ul>", "A", "B", "<ul><li>A</li><li>|B</li></ul>"),
        (
            '<p>A<a class="note-call" role="doc-noteref">3</a> b</p>',
            "A",
            "b",
            '<p>A<a class="note-call" role="doc-noteref">3</a> |b</p>',
        ),
        ("<nav><h1>A</h1><ol><li><a>B</a></li></ol></nav>", "", "A", "|<nav><h1>A</h1><ol><li><a>B</a></li></ol></nav>"),
        (
            "<nav><ol><li><a>A</a></li><li><a>B</a></li></ol></nav>",
            "A",
            "B",
            "<nav><ol><li><a>A</a></li><li><a>|B</a></li></ol></nav>",
        ),
        ("<p>A</p><hr/><p>B</p>", "A", "\ufffcB", "<p>A</p>|<hr/><p>B</p>"),
        (
            "<p>A</p><figure><img/><figcaption>B</figcaption></figure>",
            "A",
            "\ufffcB",
            "<p>A</p><figure>|<img/><figcaption>B</figcaption></figure>",
        ),
        ("<p>A <math><mi>x</mi></math> b</p>", "A\ufffc", "b", "<p>A <math><mi>x</mi></math> |b</p>"),
        ("<p>A.</p>", "A", "", "<p>A.</p>|"),
    ],
)
def test_a_mark_stands_before_the_first_word(xhtml: str, before: str, words: str, expected: str) -> None:
    assert marked(xhtml, before, words) == expected


@pytest.mark.parametrize(
    ("xhtml", "before", "words", "expected"),
    [
        ("<p>A wonderful day.</p>", "A won", "derful day", "<p>A wonderful |day.</p>"),
        ("<p>A well-known “day”.</p>", "A well", "known day", "<p>A well-known |“day”.</p>"),
        ("<p>A wonder.</p>\n<p>Day</p>", "A won", "der Day", "<p>A wonder.</p>\n<p>|Day</p>"),
        ("<p>A-</p><p>Day</p>", "A", "Day", "<p>A-</p><p>|Day</p>"),
    ],
)
def test_a_divided_word_belongs_to_the_page_where_it_begins(xhtml: str, before: str, words: str, expected: str) -> None:
    assert marked(xhtml, before, words, divided=True) == expected


def test_the_nearest_place_with_the_words_is_taken_where_the_count_is_astray() -> None:
    text = "the reckoning of the boatmen"
    xhtml = f"<p>One {text}.</p><p>Two {text}.</p><p>Three {text}.</p>"
    before = f"One {text} Two"
    for shift in (-9, 0, 9):
        assert marked(xhtml, before, text, shift=shift) == xhtml.replace("Two the", "Two |the")


def test_a_page_whose_words_are_not_there_gets_no_mark() -> None:
    assert marked("<p>Nothing of the kind.</p>", "Nothing", "quite other words") == "<p>Nothing of the kind.</p>"


def test_the_pages_of_one_long_paragraph_are_marked_as_quickly_as_those_of_many_short_ones() -> None:
    words = [f"word{number}" for number in range(12000)]
    pages = [
        PageFacts(
            str(at),
            "a",
            blank=False,
            folio=Folio(Folios.ARABIC, at),
            start=Start(len("".join(words[:at])), "".join(words[at : at + 9])),
        )
        for at in range(30, 12000, 30)
    ]
    begun = process_time()
    done = mark(f'<section id="a"><p>{" ".join(words)}</p></section>', {"a"}, pages, lambda page: f"|{page.label}|")
    assert process_time() - begun < 5
    assert all(f"|{at}|word{at} " in done.xhtml for at in range(30, 11999, 30))
