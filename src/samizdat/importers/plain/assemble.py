"""Passages become books: headings open sections, the rest becomes blocks by what it is."""

import datetime
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from samizdat.config.ids import slug, unused
from samizdat.importers.book import arranged
from samizdat.importers.plain import breaks, drama, letters, lists, notes, paragraphs, quotes, verse
from samizdat.importers.plain.headings import Title
from samizdat.importers.plain.imprint import metadata_of
from samizdat.importers.plain.inlines import CALL, END, inlines
from samizdat.importers.plain.numbering import Rank
from samizdat.importers.plain.record import OUTSIDE, Decision, Decisions, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.statements import Stated, fields
from samizdat.importers.plain.titles import kind
from samizdat.model.block import Blocks
from samizdat.model.book import UNDATED, Book, Note, Section
from samizdat.model.inline import Inlines, NoteRef, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import descend, plain_text
from samizdat.problems import Rule, Severity

EMPTY_NOTES = Rule(
    "N98",
    Severity.ADVICE,
    "A heading over notes that have moved",
    "The notes that stood below this heading are now where they are called, so nothing is left below it, and the heading is left"
    " out.",
)
WORKING_TITLE = Rule(
    "M58",
    Severity.ADVICE,
    "A working title",
    "The capture does not say what the text is called. The name of the file serves until somebody writes the title into"
    " book.toml.",
)

FIRST_DAY = Rule(
    "M59",
    Severity.ADVICE,
    "A year without a day",
    "The capture states a year, or a month, and no day. A book's date must be a day, so the first one stands for it; write the"
    " right one into book.toml if you know it.",
)

Making = Callable[[Passage, Study], Blocks]
MAKERS: Mapping[PassageKind, Making] = {
    PassageKind.UNKNOWN: paragraphs.blocks,
    PassageKind.PARAGRAPH: paragraphs.blocks,
    PassageKind.PREFORMATTED: paragraphs.preformatted,
    PassageKind.QUOTE: quotes.blocks,
    PassageKind.EPIGRAPH: quotes.blocks,
    PassageKind.VERSE: verse.blocks,
    PassageKind.LIST: lists.blocks,
    PassageKind.DEFINITIONS: lists.blocks,
    PassageKind.DRAMA: drama.blocks,
    PassageKind.STAGE: drama.blocks,
    PassageKind.LETTER: letters.blocks,
    PassageKind.BREAK: breaks.blocks,
    PassageKind.NOTE: notes.blocks,
}
_CALLED = re.compile(f"{CALL}([^{END}]*){END}")
_DEDICATION = re.compile(r"^[\W_]*(?:to|for|dedicated|inscribed|in memory|dem andenken|für|à|a la memoria|alla)\b", re.IGNORECASE)
_SHORT_SECTION = 1500
_LONG_CHAPTER = 1200


@dataclass(slots=True)
class _Open:
    """A section while it grows."""

    title: str
    level: int
    label: Rank = Rank.NONE
    numbered: bool = False
    bare: str = ""
    """What the file is named after: the title without its number, or the label with it."""
    passages: list[Passage] = field(default_factory=list)
    sections: list["_Open"] = field(default_factory=list)

    @property
    def words(self) -> int:
        return sum(len(passage.flowed.split()) for passage in self.passages) + sum(section.words for section in self.sections)


@dataclass(frozen=True, slots=True)
class Work:
    """A book made of a capture, and what the making decided."""

    book: Book
    decisions: Decisions


def works(passages: Passages, study: Study, name: str, seed: str) -> tuple[Work, ...]:
    """Make the books. `name` serves as title where the capture has none, `seed` makes identifiers that stay the same."""
    groups: list[list[Passage]] = [[]]
    for passage in passages:
        if isinstance(passage.data, Stated) and passage.data.begins_work and any(each.kind not in OUTSIDE for each in groups[-1]):
            groups.append([])
        groups[-1].append(passage)
    return tuple(
        _work(tuple(group), study, name if not number else f"{name} {number + 1}", f"{seed}/{number}")
        for number, group in enumerate(groups)
    )


def _work(passages: Passages, study: Study, name: str, seed: str) -> Work:
    decisions: list[Decision] = []
    known = fields(passages)
    title = known.get("title", ("",))[0]
    if not title:
        title = name
        first = passages[0]
        decisions.append(
            decide(WORKING_TITLE, replace(first, lines=first.lines[:1]), 0.3, title, "No line says what the text is called.")
        )
    metadata = metadata_of(known, title, study, seed)
    decisions += _first_of_january(passages, known, metadata.date)
    root = _grown(passages, title)
    called = {found for passage in passages if passage.kind not in OUTSIDE for found in _CALLED.findall(passage.text)}
    sections = tuple(_Making(study, called, passages, decisions).sections(root, metadata.title))
    front, body, back = arranged(list(sections))
    return Work(Book(metadata, front, body, back), tuple(decisions))


def _first_of_january(passages: Passages, known: Mapping[str, tuple[str, ...]], date: datetime.date) -> Decisions:
    """Say where a day had to be made of a year or a month, because files must bear the date of a day."""
    stated = known.get("date", ("",))[0]
    if not stated or date == UNDATED or date.isoformat() == stated:
        return ()
    where = next(
        (each for each in passages if isinstance(each.data, Stated) and ("date", stated) in each.data.fields), passages[0]
    )
    why = f"The capture states only {stated}; the first day stands for it, since files bear the date of a day."
    return (decide(FIRST_DAY, where, 0.5, f"date: {date.isoformat()}", why),)


def _grown(passages: Passages, title: str) -> _Open:
    """Put passages below their headings."""
    root = _Open(title, 0)
    stack = [root]
    for passage in passages:
        if passage.kind in OUTSIDE:
            continue
        if passage.kind is PassageKind.HEADING:
            while stack[-1].level >= passage.level:
                stack.pop()
            heading = passage.data if isinstance(passage.data, Title) else Title(passage.flowed)
            rank = heading.number.rank if heading.number else Rank.NONE
            section = _Open(
                heading.text, passage.level, rank, heading.number is not None and heading.number.marked, _bare(heading)
            )
            stack[-1].sections.append(section)
            stack.append(section)
            stack[-1].passages.append(passage)
        else:
            stack[-1].passages.append(passage)
    return root


def _bare(heading: Title) -> str:
    found = heading.number
    if found is None or not found.marked:
        return heading.text
    after = found.title or heading.text.partition(": ")[2]
    return after if slug(after) else f"{found.label if slug(found.label) else 'chapter'} {found.value}"


@dataclass(slots=True)
class _Making:
    study: Study
    called: set[str]
    passages: Passages
    decisions: list[Decision]
    used: set[str] = field(default_factory=set)
    bodies: dict[str, Passage] = field(init=False)
    """What the notes say, by their keys."""

    def __post_init__(self) -> None:
        self.bodies = {notes.key(passage): passage for passage in self.passages if passage.kind is PassageKind.NOTE}

    def sections(self, root: _Open, title: str) -> Iterator[Section]:
        """Yield the sections of the book, the chapters of a part after it."""
        opening = root.passages
        text = [passage for passage in opening if self._stands(passage)]
        chapters = [section for section in root.sections if self._kept(section)]
        words = sum(section.words for section in chapters)
        listed = any(passage.kind is PassageKind.CONTENTS for passage in self.passages)
        if text and chapters and not listed and words < _SHORT_SECTION * len(chapters) and not _matter(text, chapters):
            yield from self._chapter(_Open(title, 0, passages=opening, sections=chapters), Kind.CHAPTER)
            return
        if text:
            front = _matter(text, chapters)
            yield from self._chapter(_Open("" if front else title, 0, passages=opening), front or Kind.CHAPTER)
        elif opening:
            yield from ()
        parted = _parts(chapters)
        for section in chapters:
            if parted and section.label <= Rank.PART and section.sections:
                yield from self._chapter(replace(section, sections=[]), Kind.PART)
                for chapter in section.sections:
                    if self._kept(chapter):
                        yield from self._chapter(chapter, self._kind(chapter))
            else:
                yield from self._chapter(section, self._kind(section))
        if not text and not chapters:
            yield Section(id="text", kind=Kind.CHAPTER, title=(Text(title),))

    def _stands(self, passage: Passage) -> bool:
        return not (
            passage.kind is PassageKind.HEADING or (passage.kind is PassageKind.NOTE and notes.key(passage) in self.called)
        )

    def _kept(self, section: _Open) -> bool:
        """Tell whether anything stands below a heading; one over notes that have moved is left out."""
        if section.sections or any(self._stands(passage) for passage in section.passages):
            return True
        if any(passage.kind is PassageKind.NOTE for passage in section.passages) and kind(section.title) is Kind.NOTES:
            heading = section.passages[0]
            self.decisions.append(decide(EMPTY_NOTES, heading, 0.9, "", "All notes below it are called.", taken=heading.text))
            return False
        return True

    def _kind(self, section: _Open) -> Kind:
        found = None if section.numbered else kind(section.title)
        return found or Kind.CHAPTER

    def _chapter(self, section: _Open, what: Kind) -> Iterator[Section]:
        name = slug(section.bare or plain_text(self._title(section))) or what.value
        if what is Kind.PART:
            # A part with an id of its own has a file, in which its title can be found.
            name = f"{name}-part"
        name = unused(name, self.used)
        made = replace(self._section(section), id=name, kind=what)
        yield replace(made, notes=self._notes(made))

    def _section(self, section: _Open) -> Section:
        blocks = tuple(
            block for passage in section.passages if self._stands(passage) for block in MAKERS[passage.kind](passage, self.study)
        )
        inner = tuple(self._section(each) for each in section.sections if self._kept(each))
        return Section(id="", kind=Kind.SECTION, title=self._title(section), blocks=blocks, sections=inner)

    def _title(self, section: _Open) -> Inlines:
        text = section.title
        if text.endswith(".") and not text.endswith("..") and not re.search(r"\s\S\.$", text):
            text = text[:-1]
        return inlines(text, self.study)

    def _notes(self, section: Section) -> tuple[Note, ...]:
        """Return the notes that a file calls, and those that these call."""
        found: dict[str, Note] = {}
        waiting = deque(_calls(section))
        while waiting:
            wanted = waiting.popleft()
            if wanted in found or wanted not in self.bodies:
                continue
            body = MAKERS[PassageKind.NOTE](self.bodies[wanted], self.study)
            found[wanted] = Note(wanted, body)
            waiting.extend(_calls(body))
        return tuple(found.values())


def _calls(node: object) -> Iterator[str]:
    return (each.key for each in descend(node) if isinstance(each, NoteRef))


def _matter(text: list[Passage], chapters: Iterable[_Open]) -> Kind | None:
    """Tell whether what stands before the first chapter is a dedication or a motto."""
    words = sum(len(passage.flowed.split()) for passage in text)
    if not list(chapters) or words > 220:
        return None
    if all(passage.kind in {PassageKind.EPIGRAPH, PassageKind.QUOTE, PassageKind.VERSE} for passage in text):
        return Kind.EPIGRAPH
    if _DEDICATION.match(text[0].flowed):
        return Kind.DEDICATION
    return None


def _parts(chapters: list[_Open]) -> bool:
    """Tell whether the sections called parts or books are parts: what they hold are chapters, not poems or paragraphs."""
    inner = [section for part in chapters if part.label <= Rank.PART for section in part.sections]
    if not inner:
        return False
    labelled = sum(section.label is Rank.CHAPTER for section in inner) > 0.5 * len(inner)
    return labelled or sum(section.words for section in inner) > _LONG_CHAPTER * len(inner)
