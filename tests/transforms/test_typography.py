"""Typography keeps its two promises for any text: done twice it is as done once, and no word changes."""

import datetime
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samizdat.model.block import Block, Line, Paragraph, Preformatted, Quote, Stanza, Verse
from samizdat.model.book import Book, Metadata, Section
from samizdat.model.inline import (
    Code,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteRef,
    Quoted,
    QuoteMark,
    SmallCaps,
    Span,
    Strong,
    Text,
)
from samizdat.model.kind import Kind
from samizdat.model.walk import descend, plain_text
from samizdat.transforms.typography import typography

LANGUAGES = st.sampled_from(
    "ar cs cy da de de-CH el en en-GB en-US es fi fr fr-CA fr-CH he it ja nb nl pl pt ru sv uk zh".split()
)
AWKWARD = (
    " |  |\u00a0|\u202f|\u2060|'|\"|’|‘|“|”|«|»|„|–|—|-|.|..|...|…|,|;|:|!|?|?!|/|(|)|%|§|№|1/2|3/4|12|1914|5|000|000|345|2019-12"
    "|I|J.|S.|Mr|Dr.|p.|S. 12|z. B.|т. е.|в|и|же|бы|a|w|km|Uhr|г.|XX|a.m.|mai|May|90s|tis|n|word|слово|λόγος|本|https://x.org/a-b|www.x.de"
    "|a@b.org|ISBN 1-2-3|No.|1er|siècle|¿|\n"
).split("|")
TEXT = st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=8).map("".join).map(Text)
LEAF: st.SearchStrategy[Inline] = st.one_of(
    TEXT,
    TEXT,
    TEXT,
    st.sampled_from([Code("'a' 1/2"), NoteRef("n"), LineBreak(), Link("https://x.org/a-b", (Text("x.org/a-b"),))]),
)


def nested(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    inlines = st.lists(inner, max_size=4).map(tuple)
    return st.one_of(
        inlines.map(Emphasis),
        inlines.map(Strong),
        inlines.map(SmallCaps),
        st.builds(Quoted, st.sampled_from(QuoteMark), inlines),
        st.builds(lambda inner, lang: Span(inner, lang=lang), inlines, LANGUAGES),
    )


INLINES: st.SearchStrategy[Inlines] = st.lists(st.recursive(LEAF, nested, max_leaves=8), min_size=1, max_size=6).map(tuple)


def book(blocks: tuple[Block, ...], language: str) -> Book:
    metadata = Metadata("“A” 'title'...", language, "urn:0", datetime.date(2026, 1, 2))
    return Book(metadata, (), (Section("one", Kind.CHAPTER, (Text("It's"),), blocks),), ())


def letters(text: str) -> str:
    """Letters and digits only, fractions taken apart."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if letter.isalnum())


VERSES = st.lists(INLINES.map(Line), min_size=1, max_size=3).map(lambda lines: Verse((Stanza(tuple(lines)),)))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(INLINES.map(Paragraph) | VERSES, min_size=1, max_size=3), LANGUAGES)
def test_twice_is_once_and_no_word_changes(blocks: list[Block], language: str) -> None:
    typed = book(tuple(blocks), language)
    printed = typography(typed)
    assert typography(printed) == printed
    assert letters(plain_text(printed.body)) == letters(plain_text(typed.body))
    assert not any(isinstance(node, Quoted) for node in descend(printed))


def test_code_is_left_alone() -> None:
    code = (Preformatted('it\'s "1/2"...'), Paragraph((Code("don't... 12-15"),)), Quote((Preformatted("'"),)))
    assert typography(book(code, "en-GB")).body[0].blocks == code


def test_titles_and_metadata_are_set() -> None:
    printed = typography(book((), "en-GB"))
    assert plain_text(printed.body[0].title) == "It’s"
    assert printed.metadata.title.endswith("…")


def test_a_quotation_over_lines_of_verse_has_the_marks_of_its_language() -> None:
    verse = Verse(
        (
            Stanza((Line((Text("“Come in,"),)), Line((Text("my dear,” he said, “the door"),)))),
            Stanza((Line((Text("is open.”"),)),)),
        )
    )
    printed = {language: plain_text(typography(book((verse,), language)).body[0].blocks) for language in ("en-GB", "en-US", "de")}
    assert printed == {
        "en-GB": "‘Come in,my dear,’ he said, ‘the dooris open.’",
        "en-US": "“Come in,my dear,” he said, “the dooris open.”",
        "de": "„Come in,my dear,“ he said, „the dooris open.“",
    }


def test_marks_typed_by_hand_in_verse_are_left_alone() -> None:
    verse = Verse((Stanza((Line((Text("“Come in,” he said,"),)), Line((Text("“my dear.”"),)))),))
    assert typography(book((verse,), "en-GB")).body[0].blocks == (verse,)


@pytest.mark.parametrize(
    ("language", "text"),
    [("sk", "a " * 400), ("en", "A. " * 400), ("de", "100 " * 400), ("pl", "i\u00a0" * 400), ("fr", "! " * 400)],
)
def test_no_more_is_held_together_than_a_line_can_hold(language: str, text: str) -> None:
    printed = plain_text(typography(book((Paragraph((Text(text),)),), language)).body[0].blocks)
    assert max(map(len, printed.split(" "))) < 70
    assert re.sub(r"\s", "", printed) == re.sub(r"\s", "", text)
