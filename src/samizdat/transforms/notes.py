"""Notes: their numbers, in the order of reading."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Literal

from samizdat.model.book import Book, Note, Section, note_id
from samizdat.model.inline import EACH_PAGE, NoteRef
from samizdat.model.walk import rebuild
from samizdat.transforms import Transform
from samizdat.transforms.sections import change_sections


def number(by: Literal["chapter", "book"]) -> Transform:
    """Give the notes their numbers in the order of their calls, anew in each chapter or through the whole book.

    Keys become unique in the book by the id of their chapter, and are the same in the next edition, whatever notes were added
    between: they are addresses, and readers keep places by them. Notes lie in the order of their numbers. A note called twice
    becomes two notes with the same words, so that each call has a note at the foot of its own page; a note called from within a
    note follows it.
    A call without a body, and a body without a call, keep the number 0; the checks speak of them.
    """

    def transform(book: Book) -> Book:
        numbers = count(1)
        return change_sections(book, lambda section: _number(section, numbers, restart=by == "chapter"))

    return transform


def on_each_page(book: Book) -> Book:
    """Leave the numbers of the notes open, to be counted on each page when it is set."""

    def open_number(node: object) -> object:
        return replace(node, number=EACH_PAGE) if isinstance(node, (NoteRef, Note)) and node.number else node

    return change_sections(book, lambda section: rebuild(section, open_number))


def _number(section: Section, numbers: Iterator[int], *, restart: bool) -> Section:
    """Give numbers to the notes of a section, and of those below it that come from other files, as a part's chapters do."""
    if restart:
        numbers = count(1)
    calls = _Calls(section, numbers)
    numbered = calls.number(section)
    return replace(
        numbered,
        sections=tuple(
            _number(below, numbers, restart=restart) if from_another_file(below, section) else done
            for below, done in zip(section.sections, numbered.sections, strict=True)
        ),
        notes=calls.notes(),
    )


def from_another_file(below: Section, section: Section) -> bool:
    """Tell whether a section came from another file than the one that it is below."""
    return bool(below.notes) or below.source not in ("", section.source)


class _Calls:
    """The notes of one file while its calls go by in reading order."""

    def __init__(self, section: Section, numbers: Iterator[int]) -> None:
        self._id = section.id
        self._bodies = {note.key: note for note in section.notes}
        self._numbers = numbers
        self._numbered: list[Note] = []
        self._called: dict[str, NoteRef] = {}
        self._names: set[str] = set()

    def number(self, section: Section) -> Section:
        """Give numbers to the calls in a section and in those of the same file below it; the title comes before the text."""
        return replace(
            section,
            title=rebuild(section.title, self._call),
            subtitle=rebuild(section.subtitle, self._call),
            blocks=rebuild(section.blocks, self._call),
            sections=tuple(below if from_another_file(below, section) else self.number(below) for below in section.sections),
        )

    def notes(self) -> tuple[Note, ...]:
        """Return the notes in the order of their numbers, after them those that nothing calls."""
        uncalled = [note for key, note in self._bodies.items() if key not in self._called]
        return (*self._numbered, *(replace(note, key=self._name(note.key), number=0) for note in uncalled))

    def _name(self, key: str) -> str:
        """Make a key that is unique in the book, where a note is called twice as well."""
        wanted = note_id(self._id, key)
        name = next(name for again in count(1) if (name := f"{wanted}-{again}" if again > 1 else wanted) not in self._names)
        self._names.add(name)
        return name

    def _call(self, node: object) -> object:
        if not (isinstance(node, NoteRef) and node.key in self._bodies):
            return node
        body = self._bodies[node.key]
        number = next(self._numbers)
        call = NoteRef(self._name(node.key), number)
        self._called[node.key] = call
        place = len(self._numbered)
        note = replace(body, key=call.key, number=number)
        self._numbered.append(note)
        self._numbered[place] = replace(note, blocks=rebuild(body.blocks, self._call_in_note))
        return call

    def _call_in_note(self, node: object) -> object:
        """Take a note called from a note once only: two that call each other would never end."""
        if isinstance(node, NoteRef) and node.key in self._called:
            return self._called[node.key]
        return self._call(node)
