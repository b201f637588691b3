"""Books in every language that the program has words in: its own pages speak it, and say how it is read."""

import datetime
from collections.abc import Mapping
from functools import reduce

import pytest
from lxml import etree

from samizdat.editions.edition import Press, prepare
from samizdat.editions.epub import Epub
from samizdat.formats.publication import Publication
from samizdat.model.block import Figure, Paragraph
from samizdat.model.book import Book, Metadata, Note, Person, Picture, Section, direction
from samizdat.model.inline import Image, NoteRef, Text
from samizdat.model.kind import Kind
from samizdat.words import Words, languages, spoken, vocabulary
from samizdat.workspace import house_templates

PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


def made(language: str) -> Publication:
    """Make the e-book of a short book in a language, with a cover of its own, so that none need be drawn."""
    picture = Picture("images/eel.png", "image/png", 1, 1, PIXEL)
    figure = Figure(Image(picture.path, "…"), (Text("Caption"),), "eel")
    chapters = tuple(
        Section(f"c{number}", Kind.CHAPTER, (Text(f"{number}"),), (Paragraph((Text("…"), NoteRef(f"n{number}"))), figure),
                notes=(Note(f"n{number}", (Paragraph((Text("…"),)),)),))
        for number in range(2)
    )  # fmt: skip
    people = tuple(Person("A", role) for role in ("author", "editor", "translator", "illustrator", "foreword", "afterword"))
    metadata = Metadata(
        "T",
        language,
        "urn:x:1",
        datetime.date(2026, 5, 3),
        people=people,
        source="S",
        publisher="P",
        direction=direction(language),
    )
    edition = Epub()
    book = prepare(Book(metadata, (), chapters, (), (picture,), picture), edition.notes)
    book = reduce(lambda book, transform: transform(book), edition.transforms(), book)
    return edition.publication(book, Press("t", (house_templates(),), lambda make, *_: make()))


def words(publication: Publication) -> Mapping[str, str]:
    """The words of each page, and what its attributes say to who listens."""
    pages = {}
    for page in publication.pages:
        root = etree.fromstring(page.data)
        spoken = (str(value) for element in root.iter() for key, value in element.items() if key in {"alt", "aria-label"})
        pages[page.name] = " ".join(" ".join([*map(str, root.itertext()), *spoken]).split())
    return pages


@pytest.mark.parametrize("language", languages())
def test_the_books_own_pages_speak_its_language(language: str) -> None:
    publication, say = made(language), Words(language)
    pages = words(publication)
    for key in ("edited", "translated", "illustrated", "foreword", "afterword"):
        assert f"{say(key)} A" in pages["title-page.xhtml"]
    assert say("colophon-made") in pages["colophon.xhtml"]
    assert f"{say('source')}: S" in pages["imprint.xhtml"]
    assert vocabulary(language, "headings")["contents"] in pages["nav.xhtml"]
    for key in ("notes", "back", "figure"):
        assert say(key) in pages["c0.xhtml"]
    assert say("cover") in pages["cover.xhtml"]
    sentences = vocabulary(language, "accessibility")
    assert sentences["described"] in pages["accessibility-statement.xhtml"]
    assert sentences["met"] in publication.accessibility.summary
    statement = next(page for page in publication.pages if page.name == "accessibility-statement.xhtml")
    assert (b'lang="en" xml:lang="en"' in statement.data) is (language == "en" or spoken(language, "accessibility") == "en")
    for page in publication.pages:
        root = etree.fromstring(page.data)
        assert (root.get("lang"), root.get("dir")) == (language, "rtl" if language in {"ar", "fa", "he"} else "ltr")
