"""A book that is written down and read again is the same book."""

import datetime
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samizdat import config, manuscript
from samizdat.checks import manuscript as checks
from samizdat.importers import Reading, read_book
from samizdat.model.block import Epigraph, Paragraph, Quote
from samizdat.model.book import Book, Metadata, Person, Picture, Section, Series
from samizdat.model.inline import Emphasis, Text
from samizdat.model.kind import Kind

METADATA = Metadata("A \"Case\" \\ of 'Type'", "en-GB", "urn:case", datetime.date(2026, 11, 23))
WORDS = (Paragraph((Text("Words."),)),)
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20"/>'


def made(make: Callable[[], bytes], *_: object) -> bytes:
    return make()


def read_again(files: Mapping[str, bytes]) -> Reading:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "book")
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        return read_book(folder, config.load(folder), made)


def same(book: Book) -> None:
    files = manuscript.write(book)
    reading = read_again(files)
    written = "\n".join(data.decode() for path, data in files.items() if path.endswith(".md"))
    assert reading.book == book, written
    assert reading.problems == (), written


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(chance=st.randoms(use_true_random=False))
def test_any_book(chance: Random, make_book: Callable[[Random], Book]) -> None:
    same(make_book(chance))


@pytest.mark.parametrize("name", ["plain", "specimen"])
def test_books_for_tests(name: str, books: Path) -> None:
    same(read_book(books / name, config.load(books / name), made).book)


def test_whole_folder() -> None:
    """Parts with and without a file, pages without one, a title that book.toml cannot hold, a cover, all of the metadata."""
    metadata = replace(
        METADATA,
        language="he",
        direction="ltr",
        subtitle="Sub",
        people=(Person("Ruth Fewster", "author", "Fewster, Ruth"), Person("T. Fewster", "editor")),
        description="Two\nlines.",
        subjects=("One", "Two"),
        series=Series("Cases", 3),
        isbn="978-0-00-000000-2",
        colour="#123456",
    )
    chapter = Section("one", Kind.CHAPTER, (Text("One"),), WORDS, source="02-one.md")
    book = Book(
        metadata,
        front=(
            Section("dedication", Kind.DEDICATION, (), WORDS, source="01-dedication.md"),
            Section("contents", Kind.CONTENTS, (Text("What is in it"),)),
        ),
        body=(
            Section("prologue", Kind.PROLOGUE, (Text("Before"),), WORDS, source="prologue.md"),
            Section("part-one", Kind.PART, (Text("Part One"),), sections=(chapter,)),
            Section("the-second", Kind.PART, (Emphasis((Text("Part Two"),)),), source="03-part.md", short="Two"),
            Section("end", Kind.EPILOGUE, (Text("The End"),), WORDS, source="04-the-end.md"),
        ),
        back=(Section("index", Kind.INDEX),),
        cover=Picture("cover.svg", "image/svg+xml", 10, 20, DRAWING),
    )
    same(book)
    files = manuscript.write(book)
    assert "direction" in files["book.toml"].decode()
    assert "Part One" in files["book.toml"].decode()
    assert files["02-one.md"] == b"## One\n\nWords.\n"


def test_chapters_without_a_file_are_numbered() -> None:
    chapters = (Section("one", Kind.CHAPTER, (Text("One"),), WORDS), Section("zwei", Kind.CHAPTER, (Text("Two"),), WORDS))
    files = manuscript.write(Book(METADATA, (), chapters, ()))
    assert list(files) == ["book.toml", "01-one.md", "02-zwei.md"]
    assert [section.id for section in read_again(files).book.body] == ["one", "zwei"]


@pytest.mark.parametrize("kind", [Quote, Epigraph])
def test_a_last_paragraph_with_a_dash_is_no_attribution(kind: type[Quote | Epigraph]) -> None:
    spoken = kind((*WORDS, Paragraph((Text("— Yes, he said."),))), ())
    same(Book(METADATA, (), (Section("one", Kind.CHAPTER, (Text("One"),), (spoken,), source="one.md"),), ()))


@pytest.mark.parametrize("language", ["en-GB", "de"])
def test_a_new_book_has_no_problems(language: str) -> None:
    files = manuscript.new(
        "my-book",
        "My “Book”",
        ("Ruth Fewster",),
        language,
        "urn:uuid:10bcf827-c852-490e-ba06-a0b1dcf2eb15",
        datetime.date(2026, 1, 2),
    )
    reading = read_again(files)
    assert reading.problems == ()
    assert list(checks.check(reading.book)) == []
    assert reading.book.metadata.authors == ("Ruth Fewster",)
    assert len(reading.book.body) == 2
    assert reading.book.body[0].notes
