"""The index at the back of the book, from the terms marked in the text."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count, groupby

from samizdat.model.block import Index, IndexEntry, IndexGroup
from samizdat.model.book import Book, Note, Section
from samizdat.model.inline import IndexTerm, NoteRef
from samizdat.model.kind import Kind
from samizdat.model.walk import children, rebuild
from samizdat.transforms.alphabet import initial, sort_key
from samizdat.transforms.sections import change_sections

OTHERS = "#"
"""What the group of numbers and signs is called, before A."""


def index(book: Book) -> Book:
    """Give every marked place an id and fill the index, in the alphabet of the book's language.

    Ids are counted within each section, so a new term in one chapter leaves the others as they were. A term with `see`
    only sends the reader elsewhere and marks no place.
    """
    book = change_sections(book, _identify)
    if not any(section.kind is Kind.INDEX for section in book.sections):
        return book
    root = _Entry()
    for section in book.sections:
        for term in _terms(section, {}):
            root.add(term)
    language = book.metadata.language
    groups = tuple(
        IndexGroup(letter or OTHERS, tuple(entries))
        for letter, entries in groupby(root.sorted(language), key=lambda entry: initial(entry.term, language))
    )
    return change_sections(
        book, lambda section: replace(section, blocks=(Index(groups),)) if section.kind is Kind.INDEX else section
    )


def _identify(section: Section) -> Section:
    """Give the places of a section their ids; the sections below it count their own."""
    numbers = count(1)

    def identify(node: object) -> object:
        if isinstance(node, IndexTerm):
            return replace(node, id="" if node.see else f"{section.id}-ix{next(numbers)}")
        return node

    own = replace(section, sections=())
    return replace(rebuild(own, identify), sections=tuple(_identify(below) for below in section.sections))


def _terms(node: object, notes: dict[str, Note]) -> Iterator[IndexTerm]:
    """Yield the terms in reading order, those in a note where it is called."""
    match node:
        case Section():
            notes = notes | {note.key: note for note in node.notes}
            yield from _terms((node.title, node.subtitle, node.blocks, node.sections), notes)
        case NoteRef(key) if key in notes:
            without = {other: note for other, note in notes.items() if other != key}  # a note may call itself, in vain
            yield from _terms(notes[key].blocks, without)
        case IndexTerm(inlines=inlines):
            yield node
            yield from _terms(inlines, notes)
        case _:
            for child in children(node):
                yield from _terms(child, notes)


@dataclass(slots=True)
class _Entry:
    """An entry while it is gathered."""

    places: list[str] = field(default_factory=list)
    entries: dict[str, "_Entry"] = field(default_factory=dict)
    see: list[str] = field(default_factory=list)
    see_also: list[str] = field(default_factory=list)

    def add(self, term: IndexTerm) -> None:
        """Add a marked place under its heading and sub-entries."""
        entry = self
        for word in term.entry:
            entry = entry.entries.setdefault(word, _Entry())
        if term.id and term.id not in entry.places:
            entry.places.append(term.id)
        entry.see.extend(target for target in _targets(term.see) if target not in entry.see)
        entry.see_also.extend(target for target in _targets(term.see_also) if target not in entry.see_also)

    def sorted(self, language: str) -> Iterator[IndexEntry]:
        """Yield the entries below this one in the order of the alphabet."""
        for word in sorted(self.entries, key=lambda word: sort_key(word, language)):
            entry = self.entries[word]
            yield IndexEntry(
                term=word,
                places=tuple(entry.places),
                entries=tuple(entry.sorted(language)),
                see=tuple(sorted(entry.see, key=lambda target: sort_key(target, language))),
                see_also=tuple(sorted(entry.see_also, key=lambda target: sort_key(target, language))),
            )


def _targets(references: str) -> list[str]:
    """Take "mutual aid; commons!enclosure of" apart, as it will be read: "mutual aid", "commons, enclosure of"."""
    return [", ".join(target.split("!")).strip() for target in references.split(";") if target.strip()]
