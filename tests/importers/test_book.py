"""Sections are put in order, each file is read by the importer for its suffix, and problems have their lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

import samizdat.importers
from samizdat import config
from samizdat.cache import Cache
from samizdat.importers import Reading, pandoc, read_book
from samizdat.importers import book as importer
from samizdat.model.inline import Text
from samizdat.model.kind import Kind
from samizdat.problems import Place, Rule, Severity

HEAD = 'title = "A Case"\nlanguage = "en-GB"\nidentifier = "urn:case"\ndate = 2026-11-23\n'


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Reading]:
    """Read a book of sections given as kind, or kind and title, and files by name."""

    def read(*sections: str, **files: str) -> Reading:
        toml = HEAD
        for section in sections:
            kind, _, title = section.partition(":")
            file = f"{title or kind}.md"
            made = kind in {"contents", "index", "colophon", "title-page"} or (kind == "part" and title not in files)
            toml += f'\n[[sections]]\nkind = "{kind}"\n' + (f'title = "{title}"\n' if made and title else "")
            if not made:
                toml += f'file = "{file}"\n'
                (tmp_path / file).write_text(files.get(title, f"# {title or kind}\n\nWords.\n"), "utf-8")
        (tmp_path / "book.toml").write_text(toml, "utf-8")
        return read_book(tmp_path, config.load(tmp_path), lambda make, *_: make())

    return read


def test_arrangement(read: Callable[..., Reading]) -> None:
    reading = read(
        *("title-page", "contents:What", "preface", "prologue", "part:One", "chapter:a", "interlude:b", "part:Two", "chapter:c"),
        *("epilogue", "chapter:d", "afterword", "index"),
    )
    book = reading.book
    assert reading.problems == ()
    assert [section.id for section in book.front] == ["title-page", "contents", "preface"]
    assert [(section.id, [inner.id for inner in section.sections]) for section in book.body] == [
        ("prologue", []),
        ("one", ["a", "b"]),
        ("two", ["c"]),
        ("epilogue", []),
        ("d", []),
    ]
    assert [section.id for section in book.back] == ["afterword", "index"]
    assert book.front[1].title
    assert book.body[1].kind is Kind.PART


def test_a_part_may_have_a_file(read: Callable[..., Reading]) -> None:
    part, *_ = read("part:one", "chapter:a", one="# Part One {short=One}\n\nSome words.\n").book.body
    assert (part.short, len(part.blocks), [section.id for section in part.sections]) == ("One", 1, ["a"])


def test_a_chapter_in_a_part_may_begin_one_level_below_it(read: Callable[..., Reading]) -> None:
    deep = "## B\n\nWords.\n\n### Below\n\n#### Deeper\n\nWords.\n"
    reading = read("chapter:a", "part:One", "chapter:b", "epilogue:c", "chapter:d", b=deep, d="## D\n\nd\n")
    (part,) = (section for section in reading.book.body if section.kind is Kind.PART)
    (chapter,) = part.sections
    assert [section.id for section in chapter.sections[0].sections] == ["b-deeper"]
    assert [(problem.code, problem.place.file) for problem in reading.problems] == [("S01", "d.md")]


def test_a_second_title_in_a_part_is_told_with_the_signs_of_its_file(read: Callable[..., Reading]) -> None:
    (problem,) = read("part:One", "chapter:a", a="## A\n\na\n\n## B\n\nb\n").problems
    assert problem.code == "S02"
    assert problem.hint.startswith("Use ### for")


def test_ids_of_sections_without_files_are_unique(read: Callable[..., Reading]) -> None:
    book = read("part:One", "chapter:one", "part:One", "part:第一", "chapter:index", "index").book
    assert [section.id for section in book.body] == ["one-2", "one-3", "part-4"]
    assert [section.id for section in book.back] == ["index-2"]


def test_one_bad_file_does_not_hide_the_others(read: Callable[..., Reading]) -> None:
    reading = read("chapter:a", "chapter:b", "chapter:c", a="\x00", b="# B\n\n<b>\n", c="# C\n\nc\n")
    assert [(problem.code, problem.place.file) for problem in reading.problems] == [("I02", "a.md"), ("I03", "b.md")]
    assert [section.id for section in reading.book.body] == ["a", "b", "c"]


def test_problems_found_later_get_their_lines(read: Callable[..., Reading]) -> None:
    rule = Rule("S99", Severity.ADVICE, "", "")
    problems = [
        rule.problem("x", Place("a.md", 0, "seek and find")),
        rule.problem("y", Place("a.md", 9, "words")),
        rule.problem("z"),
    ]
    reading = read("chapter:a", a="# A\n\nHere you *seek* and\n\n[find]{.smallcaps} Seek and *find*\n")
    assert [problem.place.line for problem in reading.placed(problems)] == [3, 9, 0]


def test_pictures_and_cover(tmp_path: Path, picture: Callable[..., bytes], read: Callable[..., Reading]) -> None:
    (tmp_path / "b.png").write_bytes(picture())
    (tmp_path / "a.png").write_bytes(picture(5, 4))
    (tmp_path / "cover.jpg").write_bytes(picture())
    book = read("chapter:a", "chapter:b", a="# A\n\n![B](b.png)\n", b="# B\n\n![A](a.png) ![B](./b.png)\n").book
    assert [(found.path, found.width, found.height) for found in book.pictures] == [("a.png", 5, 4), ("b.png", 3, 2)]
    assert book.cover
    assert (book.cover.path, book.cover.media_type) == ("cover.jpg", "image/png")
    (tmp_path / "cover.svg").write_text("<svg/>", "utf-8")
    assert [problem.code for problem in read("chapter:a").problems] == ["I06"]


def test_a_second_reading_starts_no_pandoc(tmp_path: Path, books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember = Cache(tmp_path).remember
    settings = config.load(books / "specimen")
    first = read_book(books / "specimen", settings, remember)
    monkeypatch.setattr(pandoc, "parse", None)
    assert read_book(books / "specimen", settings, remember) == first


def test_another_kind_of_file_is_one_more_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "shouted.py").write_text(
        "from samizdat.model.book import Section\n"
        "from samizdat.model.inline import Text\n"
        "SUFFIXES = ('.shout',)\n"
        "def read(source):\n"
        "    return Section(source.id, source.kind, (Text(source.text.strip().upper()),), source=source.file)\n",
        "utf-8",
    )
    monkeypatch.setattr(samizdat.importers, "__path__", [*samizdat.importers.__path__, str(modules)])
    importer.readers.cache_clear()
    (tmp_path / "01-boat.shout").write_text("a boat", "utf-8")
    (tmp_path / "book.toml").write_text(f'{HEAD}\n[[sections]]\nfile = "01-boat.shout"\n', "utf-8")
    section = read_book(tmp_path, config.load(tmp_path), lambda make, *_: make()).book.body[0]
    assert (section.id, section.title) == ("boat", (Text("A BOAT"),))
    monkeypatch.undo()
    importer.readers.cache_clear()
