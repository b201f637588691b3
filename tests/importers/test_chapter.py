"""A file becomes a section, with sections below it by its headings, and ids for all."""

from collections.abc import Callable

import pytest

from samizdat.model.block import Paragraph
from samizdat.model.book import Section
from samizdat.model.inline import Emphasis, Text
from samizdat.model.kind import Kind
from samizdat.problems import Problem

ReadChapter = Callable[..., tuple[Section, list[Problem]]]


def outline(section: Section) -> object:
    return (section.id, *(outline(inner) for inner in section.sections)) if section.sections else section.id


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("02-camps.md", "# A\n\nb", "camps"),
        ("02-camps.md", "# A {#b}\n\nc", "b"),
        ("02.md", "# A\n\nb", "chapter-7"),
        ("глава.md", "# A\n\nb", "chapter-7"),
        ("parts/one.md", "# A\n\nb", "one"),
        ("a.md", "# A\n\n## B\n\n### C\n\n## D {#e}\n\nf", ("a", ("a-b", "a-c"), "e")),
        ("a.md", "# A\n\n## B\n\nx\n\n## B\n\nx\n\n## B {#a-b-3}\n\nx\n\n## B\n\nx", ("a", "a-b", "a-b-2", "a-b-3", "a-b-4")),
        ("a.md", "# A\n\n## Б\n\nx\n\n### Г\n\nx\n\n## 中\n\nx", ("a", ("a-s1", "a-s2"), "a-s3")),
        ("a.md", "A\n=\n\nB\n-\n\nc", ("a", "a-b")),
    ],
)
def test_outline(file: str, text: str, expected: object, read_chapter: ReadChapter) -> None:
    section, problems = read_chapter(text, file)
    assert problems == []
    assert outline(section) == expected


def test_letters_and_their_marks_become_one_sign_but_names_in_han_keep_their_form(read_chapter: ReadChapter) -> None:
    pile = "e" + "\u0301\u0316" * 20_000  # work that would grow with its square
    section, _ = read_chapter(f"# e\u0301te\u0301\n\n\u0643\u0644\u0651\u064b\u0627 \ufa19 \u2329\n\n{pile}\n", "a.md")
    assert section.title == (Text("\u00e9t\u00e9"),)
    assert section.blocks[0] == Paragraph((Text("\u0643\u0644\u064b\u0651\u0627 \ufa19 \u2329"),))


def test_what_a_section_holds(read_chapter: ReadChapter) -> None:
    text = '# A *b* {short="A" subtitle="C’s" .unnumbered}\n\nd\n\n## E\n\nf\n'
    section, problems = read_chapter(text, "01-a.md", Kind.PREFACE)
    assert problems == []
    assert section.title == (Text("A "), Emphasis((Text("b"),)))
    assert (section.kind, section.short, section.subtitle, section.source) == (Kind.PREFACE, "A", (Text("C’s"),), "01-a.md")
    assert section.blocks == (Paragraph((Text("d"),)),)
    assert section.sections == (Section("a-e", Kind.SECTION, (Text("E"),), (Paragraph((Text("f"),)),), source="01-a.md"),)


@pytest.mark.parametrize("kind", [Kind.DEDICATION, Kind.EPIGRAPH])
def test_a_dedication_needs_no_title(kind: Kind, read_chapter: ReadChapter) -> None:
    section, problems = read_chapter("For R.", "00-for.md", kind)
    assert problems == []
    assert (section.id, section.title) == ("for", ())


def test_nothing_is_lost_where_levels_are_wrong(read_chapter: ReadChapter) -> None:
    section, problems = read_chapter("before\n\n# A\n\n### B\n\nb\n\n# C\n\nc\n\n## D\n\nd\n", "x.md")
    assert [problem.code for problem in problems] == ["S06", "S03", "S02"]
    assert outline(section) == ("x", "x-b", ("x-c", "x-d"))
    assert section.blocks == (Paragraph((Text("before"),)),)


def test_the_first_line_may_hold_a_mark_of_order(read_chapter: ReadChapter) -> None:
    section, problems = read_chapter("\ufeff# A\r\n\r\nb\rc\r\n", "x.md")
    assert problems == []
    assert section.blocks == (Paragraph((Text("b c"),)),)
