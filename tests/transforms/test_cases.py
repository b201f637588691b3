"""Every case under tests/cases: what an author types, and what becomes of it.

typography/<language>.md holds a case a line, `- typed → printed`. Spaces that hold are made visible in what is printed: `~` is a
no-break space, `_` a narrow one, `|` a join without any space. In the other folders a file is one case: the book's files as
fenced blocks headed by kind and name, then the block that is expected.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from samizdat.importers import markdown
from samizdat.importers.pictures import Pictures
from samizdat.importers.source import Source
from samizdat.model.block import Contents, ContentsEntry, Index, IndexEntry
from samizdat.model.book import Book, Metadata, Section
from samizdat.model.inline import Code, Emphasis, Image, Inlines, LineBreak, Math, NoteRef, Strong
from samizdat.model.kind import Kind, Matter
from samizdat.model.walk import children, descend, plain_text
from samizdat.problems import Severity
from samizdat.transforms import Transform
from samizdat.transforms.contents import contents
from samizdat.transforms.furnish import furnish
from samizdat.transforms.index import index
from samizdat.transforms.notes import number
from samizdat.transforms.references import references
from samizdat.transforms.sections import every_section
from samizdat.transforms.typography import typography

CASES = Path(__file__).parent.parent / "cases"
VISIBLE = str.maketrans({"\u00a0": "~", "\u202f": "_", "\u2060": "|"})


def read(text: str, kind: Kind = Kind.CHAPTER, file: str = "case.md") -> Section:
    """Read Markdown as the importer does."""

    def remember(make: Callable[[], bytes], *_: object) -> bytes:
        return make()

    source = Source(file, kind, text.encode(), Pictures(CASES.parent / "books" / "specimen", remember), remember)
    section = markdown.read(source)
    assert not [problem for problem in source.problems if problem.severity is Severity.ERROR]
    return section


def bound(sections: list[Section], language: str) -> Book:
    """Make a book of sections, chapters after a part belonging to it."""
    metadata = Metadata("Cases", language, "urn:cases", date(2026, 1, 2))
    body: list[Section] = []
    for section in sections:
        if section.kind.matter is not Matter.BODY:
            continue
        if body and body[-1].kind is Kind.PART and section.kind is not Kind.PART:
            body[-1] = replace(body[-1], sections=(*body[-1].sections, section))
        else:
            body.append(section)
    front = tuple(section for section in sections if section.kind.matter is Matter.FRONT)
    back = tuple(section for section in sections if section.kind.matter is Matter.BACK)
    return Book(metadata, front, tuple(body), back)


# Typography: a case a line.


class Line(NamedTuple):
    language: str
    typed: str
    printed: str


def lines() -> Iterator[Line]:
    for path in sorted((CASES / "typography").glob("*.md")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("- "):
                typed, printed = line[2:].split(" → ")
                yield Line(path.stem, typed, printed)


@cache
def typeset(language: str) -> Mapping[str, str]:
    """Set all cases of a language at once, each as a paragraph; return what is printed by what was typed."""
    typed = [line.typed for line in lines() if line.language == language]
    section = read("\n\n".join(typed), Kind.DEDICATION)
    assert len(section.blocks) == len(typed)
    book = typography(bound([section], language))
    assert typography(book) == book
    return {line: shown(block).translate(VISIBLE) for line, block in zip(typed, book.front[0].blocks, strict=True)}


def shown(node: object) -> str:
    """Return words with the marks of Markdown around what they mark."""
    match node:
        case Emphasis(inlines):
            return f"*{shown(inlines)}*"
        case Strong(inlines):
            return f"**{shown(inlines)}**"
        case Code(text):
            return f"`{text}`"
        case Math(tex):
            return f"${tex}$"
        case NoteRef(key, call):
            return f"[{call} {key}]"
        case LineBreak():
            return " / "
        case Image():
            return ""
        case _:
            return "".join(shown(child) for child in children(node)) or plain_text(node)


@pytest.mark.parametrize("line", list(lines()), ids=lambda line: f"{line.language}: {line.typed}")
def test_typography(line: Line) -> None:
    assert typeset(line.language)[line.typed] == line.printed


# The other transforms: a case a file.


def shown_notes(book: Book) -> Iterator[str]:
    for section in every_section(book.sections):
        yield f"{section.id}: {' '.join(shown(part) for part in (section.title, *section.blocks) if part)}"
        for note in section.notes:
            yield f"  {note.number} {note.key}: {' / '.join(shown(block) for block in note.blocks)}"


def shown_contents(book: Book) -> Iterator[str]:
    def lines(entries: tuple[ContentsEntry, ...], indent: str) -> Iterator[str]:
        for entry in entries:
            yield f"{indent}{shown(entry.title)} → {entry.target}"
            yield from lines(entry.entries, indent + "  ")

    for node in descend(book.sections):
        if isinstance(node, Contents):
            yield from lines(node.entries, "")


def shown_index(book: Book) -> Iterator[str]:
    def lines(entries: tuple[IndexEntry, ...], indent: str) -> Iterator[str]:
        for entry in entries:
            see = [f"see {word}" for word in entry.see] + [f"see also {word}" for word in entry.see_also]
            yield indent + ", ".join([entry.term, *entry.places, *see])
            yield from lines(entry.entries, indent + "  ")

    for node in descend(book.sections):
        if isinstance(node, Index):
            for group in node.groups:
                yield group.letter
                yield from lines(group.entries, "  ")


def shown_blocks(book: Book) -> Iterator[str]:
    for section in every_section(book.sections):
        yield from (text for block in section.blocks if (text := shown(block)))


def shown_sections(book: Book) -> Iterator[str]:
    for matter in (book.front, book.body, book.back):
        for section in every_section(matter):
            yield f"{section.kind.value} {section.id} {shown(section.title)}".strip()
        yield "-"


class Form(NamedTuple):
    """How the cases of a folder are run: the transforms by the case's options, and how the result is shown."""

    transforms: Callable[[Mapping[str, str]], tuple[Transform, ...]]
    show: Callable[[Book], Iterator[str]]


def numbered(options: Mapping[str, str]) -> Transform:
    return number("book" if options.get("numbering") == "book" else "chapter")


FORMS = {
    "notes": Form(lambda options: (numbered(options),), shown_notes),
    "contents": Form(lambda options: (contents(int(options["depth"])),), shown_contents),
    "index": Form(lambda options: (numbered(options), index), shown_index),
    "references": Form(lambda _: (references,), shown_blocks),
    "furnish": Form(lambda options: (furnish({Kind(kind) for kind in options["kinds"].split()}),), shown_sections),
}
FENCE = re.compile(r"^(`{3,}) *(\S+) *(.*)\n((?:.*\n)*?)\1\n", re.MULTILINE)


def files() -> list[Path]:
    return sorted(path for folder in FORMS for path in (CASES / folder).glob("*.md"))


def test_every_folder_has_a_form_and_cases() -> None:
    assert {path.name for path in CASES.iterdir()} == {*FORMS, "typography"}
    assert {path.parent.name for path in files()} == set(FORMS)


@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path) -> None:
    text = path.read_text("utf-8")
    fences = list(FENCE.finditer(text))
    options = dict(re.findall(r"^- (\w+): (.*)$", text[: fences[0].start()], re.MULTILINE))
    sections = []
    for fence in fences[:-1]:
        kind, name, words = Kind(fence[2]), fence[3], fence[4]
        if name.endswith(".md"):
            sections.append(read(words, kind, name))
        else:
            title: Inlines = read(words).title if words else ()
            sections.append(Section(name, kind, title))
    book = bound(sections, options.get("language", "en"))
    form = FORMS[path.parent.name]
    for transform in form.transforms(options):
        book = transform(book)
    assert fences[-1][2] == "expected"
    assert "\n".join(line.rstrip() for line in form.show(book)) + "\n" == fences[-1][4]
