"""A book's folder: book.toml, a file for each chapter, the pictures."""

import json
from collections.abc import Iterator, Mapping

from samizdat.config.ids import file_id, slug
from samizdat.manuscript.blocks import heading, note, parts
from samizdat.manuscript.words import attributes
from samizdat.model.block import Blocks
from samizdat.model.book import Book, Metadata, Section, direction
from samizdat.model.inline import NoteRef, PageBreak, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import descend, plain_text

_KEYS = (
    *("title", "subtitle", "short", "language", "identifier", "date", "description", "rights", "publisher"),
    *("place", "edition", "source", "isbn", "subjects", "colour"),
)


def write(book: Book) -> Mapping[str, bytes]:
    """Return the files of a book's folder by their paths in it."""
    entries = list(_entries(book))
    digits = max(2, len(str(len(entries))))
    listed: list[dict[str, object]] = []
    files: dict[str, bytes] = {}
    for number, (section, level) in enumerate(entries, start=1):
        entry: dict[str, object] = {}
        if _has_file(section):
            name = section.source or f"{number:0{digits}}-{section.id}.md"
            entry["file"] = name
            files[name] = _chapter(section, level, name).encode()
        if section.kind is not Kind.CHAPTER:
            entry["kind"] = section.kind.value
        if section.title and not _has_file(section):
            entry["title"] = plain_text(section.title)
        listed.append(entry)
    pictures = {picture.path: picture.data for picture in book.pictures}
    if book.cover:
        pictures[book.cover.path] = book.cover.data
    marks_pages = any(isinstance(node, PageBreak) for node in descend(book.sections))
    toml = book_toml(book.metadata, listed, marks_pages=marks_pages)
    return {"book.toml": toml.encode(), **files, **pictures}


def book_toml(metadata: Metadata, sections: list[dict[str, object]], *, marks_pages: bool = False) -> str:
    """Write book.toml. Where the text marks the pages of an older print, the editions are to carry these."""
    values: dict[str, object] = {key: getattr(metadata, key) for key in _KEYS}
    if not metadata.dated:
        del values["date"]
    if metadata.direction != direction(metadata.language):
        values["direction"] = metadata.direction
    text = _table(values)
    if metadata.series:
        text += "\n[series]\n" + _table({"name": metadata.series.name, "number": metadata.series.number})
    for person in metadata.people:
        text += "\n[[people]]\n" + _table({"name": person.name, "role": person.role, "sort": person.sort})
    if marks_pages:
        text += "\n[pagination]\n" + _table({"numbers": "manuscript", "source": metadata.paged_by})
    for section in sections:
        text += "\n[[sections]]\n" + _table(section)
    return text


def _table(values: Mapping[str, object]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in values.items() if value not in {"", None, ()})


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def _entries(book: Book) -> Iterator[tuple[Section, int]]:
    """Yield what book.toml lists and the level of its title: the chapters of a part come after it, one level below."""
    for section in book.sections:
        yield section, 1
        if section.kind is Kind.PART:
            yield from ((chapter, 2) for chapter in section.sections)


def _has_file(section: Section) -> bool:
    if section.kind.generated:
        return False
    if section.kind is not Kind.PART or section.source or section.blocks or section.notes or section.subtitle or section.short:
        return True
    return section.id != slug(plain_text(section.title)) or not all(isinstance(node, Text) for node in section.title)


def _chapter(section: Section, level: int, file: str) -> str:
    """Write a chapter's file. A note stands after the block that calls it."""
    notes = {note.key: note.blocks for note in section.notes}
    below = () if section.kind is Kind.PART else section.sections
    texts = list(_section(section, level, file_id(file), below, notes))
    texts += [note(key, body) for key, body in notes.items()]
    return "\n\n".join(texts) + "\n"


def _section(section: Section, level: int, expected: str, below: tuple[Section, ...], notes: dict[str, Blocks]) -> Iterator[str]:
    if section.title:
        identity = "" if section.id == expected else section.id
        yield heading(level, section.title, attributes(identity, subtitle=plain_text(section.subtitle), short=section.short))
        yield from _called(section.title, notes)
    for node, text in parts(section.blocks):
        yield text
        yield from _called(node, notes)
    for inner in below:
        yield from _section(inner, level + 1, "", inner.sections, notes)


def _called(node: object, notes: dict[str, Blocks]) -> Iterator[str]:
    for call in descend(node):
        if isinstance(call, NoteRef) and call.key in notes:
            yield note(call.key, notes.pop(call.key))
