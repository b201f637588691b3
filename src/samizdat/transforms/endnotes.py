"""Endnotes: all notes of a book on pages of their own at its end, under the titles of the chapters that call them."""

from collections.abc import Collection
from dataclasses import replace

from samizdat.model.book import Book, Section
from samizdat.model.inline import NoteRef, PageRange, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import descend
from samizdat.transforms import Transform
from samizdat.transforms.sections import change_sections, every_section
from samizdat.transforms.titles import bare

_AFTER = frozenset({Kind.INDEX, Kind.ACCESSIBILITY_STATEMENT, Kind.COLOPHON})
"""What comes after the notes; all else that a reader looks things up in comes before them."""


def gather(title: str) -> Transform:
    """Move the notes to pages with this title before the index.

    Each chapter's stand under its own title, with the pages on which they are called, so that a reader finds them from the page.
    """

    def transform(book: Book) -> Book:
        called = [section for section in every_section(book.sections) if section.notes]
        if not called:
            return book
        taken = {section.id for section in every_section(book.sections)}
        groups = tuple(_group(section, taken) for section in called)
        notes = Section(id=_free("notes", taken), kind=Kind.NOTES, title=(Text(title),), sections=groups)
        bare_book = change_sections(book, _without)
        place = next((place for place, section in enumerate(bare_book.back) if section.kind in _AFTER), len(bare_book.back))
        return replace(bare_book, back=(*bare_book.back[:place], notes, *bare_book.back[place:]))

    return transform


def _group(section: Section, taken: Collection[str]) -> Section:
    """Make a chapter's part of the notes."""
    own = replace(section, notes=())
    calls = [f"{node.key}-call" for node in descend(own) if isinstance(node, NoteRef) and node.number]
    return Section(
        id=_free(f"{section.id}-notes", taken),
        kind=Kind.SECTION,
        title=bare(section.title),
        subtitle=(PageRange(calls[0], calls[-1]),) if calls else (),
        notes=section.notes,
    )


def _without(section: Section) -> Section:
    return replace(section, notes=(), sections=tuple(map(_without, section.sections)))


def _free(name: str, taken: Collection[str]) -> str:
    """Return the name, or the name and "at-the-end" where a section of the book already goes by it."""
    while name in taken:
        name += "-at-the-end"
    return name
