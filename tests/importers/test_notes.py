"""Notes keep their keys through pandoc, which does not. What is wrong with notes is in tests/checks/N*."""

from collections.abc import Callable

import pytest

from samizdat.model.block import Blocks, List, Paragraph, Preformatted, Quote
from samizdat.model.book import Section
from samizdat.model.inline import NoteRef, Text
from samizdat.model.walk import descend, plain_text
from samizdat.problems import Problem

ReadChapter = Callable[[str], tuple[Section, list[Problem]]]


def keys(text: str, read_chapter: ReadChapter) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the calls in the text, and keys and words of the notes."""
    section, problems = read_chapter(f"# The Quay\n\n{text}\n")
    assert problems == []
    calls = [node.key for node in descend((section.title, section.blocks, section.sections)) if isinstance(node, NoteRef)]
    return calls, [(note.key, plain_text(note.blocks)) for note in section.notes]


@pytest.mark.parametrize(
    ("text", "calls", "notes"),
    [
        ("a[^x] b[^y]\n\n[^y]: Y\n[^x]: X", "x y", "x:X y:Y"),
        ("a[^x]\n\n[^x]:\n    X", "x", "x:X"),
        ("a[^x]\n\n  [^x]:   X\nlazy", "x", "x:X lazy"),
        ("a[^x]\n\n[^x]: X\n\n    Y\n\nb", "x", "x:XY"),
        ("[^x]: X\n\n# One\n\n## a[^x]\n\nb", "x", "x:X"),
        ("a^[inline] b[^x]\n\n[^x]: X", "n1 x", "n1:inline x:X"),
        ("a^[inline] b[^n1]\n\n[^n1]: X", "n1-2 n1", "n1-2:inline n1:X"),
        ("| a[^x]\n\n- b[^y]\n\n[^x]: X\n\n[^y]: Y", "x y", "x:X y:Y"),
        ("> a[^x]\n>\n> [^x]: X", "n1", "n1:X"),
    ],
)
def test_keys(text: str, calls: str, notes: str, read_chapter: ReadChapter) -> None:
    if "# One" in text:
        text = text.replace("# One\n\n", "")
    expected = [tuple(note.split(":")) for note in notes.replace(" lazy", "_lazy").split(" ")]
    assert keys(text, read_chapter) == (calls.split(" "), [(key, words.replace("_", " ")) for key, words in expected])


def test_bodies_of_blocks(read_chapter: ReadChapter) -> None:
    section, problems = read_chapter(
        "# The Quay\n\na[^x] b[^y] c[^z]\n\n[^x]: > a\n\n[^y]: - a\n    - b\n\n[^z]: a\n\n        code [^q]: r\n"
    )
    assert problems == []
    quote, items, code = (note.blocks for note in section.notes)
    assert isinstance(quote[0], Quote)
    assert isinstance(items[0], List)
    assert items[0].tight
    assert code == (Paragraph((Text("a"),)), Preformatted("code [^q]: r"))


def test_a_note_called_twice_is_two_notes(read_chapter: ReadChapter) -> None:
    section, problems = read_chapter("# The Quay\n\na[^x] b[^x] c[^x]\n\n[^x]: X\n")
    assert [note.key for note in section.notes] == ["x", "x-2", "x-3"]
    assert len({note.blocks for note in section.notes}) == 1
    assert [problem.code for problem in problems] == ["N04", "N04"]


def test_what_looks_like_notes_in_code_is_code(read_blocks: Callable[[str], Blocks]) -> None:
    text = "```\n[^x]: X\nb[^x]\n  [^y]: Y\n```\n\n<!--\n[^z]: Z\n-->\n\nThe pattern `[^a]: b`."
    code, words = read_blocks(text)
    assert code == Preformatted("[^x]: X\nb[^x]\n  [^y]: Y")
    assert plain_text(words) == "The pattern [^a]: b."


def test_a_caption_with_a_note_calls_it_once(read_chapter: ReadChapter) -> None:
    calls, notes = keys(
        "![A boat.[^x]](images/boat.png)\n\n| a[^y] |\n|---|\n| b[^z] |\n\n: c[^w]\n\n"
        + "\n\n".join(f"[^{k}]: {k}" for k in "wxyz"),
        read_chapter,
    )
    assert calls == ["x", "w", "y", "z"], "a caption stands above its table"
    assert [key for key, _ in notes] == calls
