"""Links on paper: nobody can click there, so an address may be printed beside the words that are linked, or in a note."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import count, pairwise
from typing import Any, Literal

from samizdat.model.block import Heading, Paragraph, Table
from samizdat.model.book import Book, Note, Section
from samizdat.model.inline import Inline, Link, NoteRef, Span, SpanRole, Text
from samizdat.model.walk import plain_text
from samizdat.transforms import Transform
from samizdat.transforms.notes import from_another_file
from samizdat.transforms.sections import change_sections

Form = Literal["text", "notes", "short"]
"""What paper shows of a link: its words alone, a note with the address, or a short form of the address in brackets."""

_SCHEME = re.compile(r"(?:https?://(?:www\.)?|mailto:|tel:)")
_TRACES = re.compile(r"(?<=[?&])(?:utm_\w+|fbclid|gclid)=[^&#]*&?")
"""What senders of links add to count their readers; it leads nowhere else."""
_BEFORE = re.compile(r"(?<=[^/:])(?=[/.,~_?#%=&-])|(?<=://)|(?<=[=&])")
"""Where an address may be broken: before a sign that shows that it goes on. Source: Chicago Manual of Style, 14.18."""
_ENDS = 4
"""How many signs of an address stay together at its beginning and at its end."""
_MAY_BREAK, _MUST_NOT = "\u200b", "\u2060"
"""Zero-width space and word joiner."""


def print_links(form: Form) -> Transform:
    """Print the addresses of links out of the book; the notes that this makes have no numbers yet.

    Headings stay as they are; in notes, in tables and beside a note's call, where no further note can stand, addresses are
    short. Words that are an address themselves are only made ready to be broken.
    """

    def transform(book: Book) -> Book:
        numbers = count(1)
        return change_sections(book, lambda section: _Printer(form, numbers).outermost(section))

    return transform


def short(target: str) -> str:
    """Return an address as people tell it to each other: without its scheme, and without what only counts readers."""
    bare = re.sub(r"[?&]+(?=#|$)", "", _TRACES.sub("", _SCHEME.sub("", target, count=1)))
    return bare.removesuffix("/") if "?" not in bare and "#" not in bare else bare


def breakable(address: str) -> str:
    """Mark where an address may be broken; never after a hyphen, which nobody could tell from the line's own."""
    places = [place.start() for place in _BEFORE.finditer(address) if _ENDS <= place.start() <= len(address) - _ENDS]
    parts = (address[start:end] for start, end in pairwise([0, *places, len(address)]))
    return _MAY_BREAK.join(parts).replace("-", f"-{_MUST_NOT}")


class _Printer:
    """Prints the addresses of one manuscript file."""

    def __init__(self, form: Form, numbers: Iterator[int]) -> None:
        self._form = form
        self._numbers = numbers
        self._notes: list[Note] = []

    def outermost(self, section: Section) -> Section:
        """Change a section that came from a file, and the files below it, as a part's chapters are."""
        changed = self._section(section)
        return replace(changed, notes=(*(self._changed(note, "short") for note in section.notes), *self._notes))

    def _section(self, section: Section) -> Section:
        return replace(
            section,
            blocks=self._changed(section.blocks, self._form),
            sections=tuple(
                _Printer(self._form, self._numbers).outermost(below)
                if from_another_file(below, section)
                else self._section(below)
                for below in section.sections
            ),
        )

    def _changed(self, node: Any, form: Form) -> Any:
        """Change what is below a node."""
        if isinstance(node, tuple):
            return tuple(new for one, after in pairwise([*node, None]) for new in self._member(one, after, form))
        if not is_dataclass(node) or isinstance(node, (type, Heading)):
            return node
        within: Form = "short" if isinstance(node, Table) and form == "notes" else form
        values = {field.name: getattr(node, field.name) for field in fields(node)}
        return replace(node, **{name: self._changed(value, within) for name, value in values.items() if isinstance(value, tuple)})

    def _member(self, node: object, after: object, form: Form) -> tuple[object, ...]:
        if not isinstance(node, Link):
            return (self._changed(node, form),)
        return self._printed(node, "short" if form == "notes" and isinstance(after, NoteRef) else form)

    def _printed(self, link: Link, form: Form) -> tuple[Inline, ...]:
        """Return what stands on paper in the place of a link."""
        words = plain_text(link.inlines)
        if short(words) == short(link.target):
            return (replace(link, inlines=(Span((Text(breakable(words)),), SpanRole.ADDRESS),)),)
        if form == "text":
            return (link,)
        if form == "short":
            return (link, Span((Text(f" ({breakable(short(link.target))})"),), SpanRole.LINKED))
        address = Span((Text(breakable(link.target.removeprefix("mailto:"))),), SpanRole.LINKED)
        note = Note(f"link-{next(self._numbers)}", (Paragraph((address,)),))
        self._notes.append(note)
        return (link, NoteRef(note.key))
