"""A chapter in Markdown becomes a Section."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from samizdat.config.ids import slug, unused
from samizdat.importers import pandoc
from samizdat.importers.blocks import blocks, trimmed
from samizdat.importers.conversion import Conversion
from samizdat.importers.inlines import inlines
from samizdat.importers.notes import Notes
from samizdat.importers.source import Source
from samizdat.model.block import Block
from samizdat.model.book import Note, Section, heading_id
from samizdat.model.inline import Inlines, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import plain_text
from samizdat.problems import Place, Problem, Rule, SamizdatError, Severity

SUFFIXES = (".md", ".markdown")

NO_TITLE = Rule(
    "S01",
    Severity.ERROR,
    "A chapter without a title",
    "A chapter’s file begins with its title: # Title, or in a part ## Title. The contents list, the running heads and the"
    " e-book’s navigation are made from it. Only a dedication or an epigraph may do without.",
)
TWO_TITLES = Rule(
    "S02",
    Severity.ERROR,
    "Two titles in one file",
    "A file holds one chapter, so it has one heading of the first level.",
)
SKIPPED = Rule(
    "S03",
    Severity.ERROR,
    "A level of headings is skipped",
    "Headings go down one level at a time, so that contents lists and screen readers can follow.",
)
TOO_MANY_LEVELS = Rule(
    "S04",
    Severity.ERROR,
    "Too many levels of headings",
    "A chapter has four levels of headings at most: # ## ### ####. Nobody finds the way through more.",
)
BEFORE_TITLE = Rule(
    "S06",
    Severity.ERROR,
    "Text before the title",
    "The title is the first thing in a chapter’s file. An epigraph, too, stands after it.",
)
EMPTY_FILE = Rule(
    "S07",
    Severity.ERROR,
    "An empty file",
    "book.toml lists the file, but there is nothing in it to print.",
)

PART_HEADINGS = Rule(
    "S09",
    Severity.ERROR,
    "Headings below the title of a part",
    "A part has a page with its title and perhaps a few words; its chapters come after it, in files of their own. So there are no"
    " headings below the title of a part.",
)

_LEVELS = 4
_WITHIN = 2
"""The level that the title of a chapter in a part may have."""
_UNTITLED = {Kind.FRONTISPIECE, Kind.DEDICATION, Kind.EPIGRAPH}


@dataclass
class _Draft:
    """A section while it is filled."""

    level: int
    title: Inlines = ()
    id: str = ""
    subtitle: Inlines = ()
    short: str = ""
    blocks: list[Block] = field(default_factory=list)
    sections: list["_Draft"] = field(default_factory=list)


def read(source: Source) -> Section:
    """Read one chapter's file."""
    notes = Notes(source)
    parts = ("pandoc", pandoc.version(), pandoc.MARKDOWN, notes.marked)
    try:
        tree = json.loads(source.remember(lambda: pandoc.parse(notes.marked), *parts))
        section = chapter(tree["blocks"], source, notes)
    except RecursionError as error:
        message = "Things are nested too deeply in this file."
        raise SamizdatError(pandoc.UNREADABLE.problem(message, Place(source.file), pandoc.HINT)) from error
    except SamizdatError as error:
        raise SamizdatError(*(_placed(problem, source.file) for problem in error.problems)) from error
    notes.finish()
    return section


def chapter(nodes: list[Any], source: Source, notes: Notes) -> Section:
    """Make a chapter's section of pandoc's blocks, the first of which is its title."""
    conversion = Conversion(source, notes)
    draft = _outline(conversion, nodes)
    return _section(draft, source, _bodies(conversion))


def _placed(problem: Problem, file: str) -> Problem:
    if problem.place.file:
        return problem
    return Problem(problem.severity, problem.code, Place(file), problem.message, problem.hint)


def _outline(c: Conversion, nodes: list[Any]) -> _Draft:
    """Nest the sections of a file by their headings."""
    chapter = _Draft(1)
    open_sections = [chapter]
    started = False
    shift = 0
    run: list[Any] = []
    for node in nodes:
        if node["t"] != "Header":
            run.append(node)
            continue
        open_sections[-1].blocks.extend(blocks(c, run))
        run = []
        heading = _heading(c, node)
        if not started and c.source.within and heading.level == _WITHIN:
            shift = _WITHIN - 1
        heading.level -= shift
        if heading.level == 1 and not started:
            started = True
            if chapter.blocks:
                excerpt = plain_text(heading.title)
                c.source.report(
                    BEFORE_TITLE, "There is text before the title of this chapter.", excerpt, "Move it below the # line."
                )
            heading.blocks = chapter.blocks
            chapter = heading
            open_sections = [chapter]
            continue
        _nest(c, open_sections, heading, shift)
    open_sections[-1].blocks.extend(blocks(c, run))
    if not (chapter.title or chapter.blocks or chapter.sections):
        c.source.report(EMPTY_FILE, "This file is empty.", hint="Write something, or take it out of book.toml.")
    elif not started and c.source.kind not in _UNTITLED:
        message = f"This {c.source.kind.value} has no title."
        c.source.report(NO_TITLE, message, c.source.text.strip().split("\n")[0], "Begin the file with a line: # Title")
    return chapter


def _nest(c: Conversion, open_sections: list[_Draft], heading: _Draft, shift: int) -> None:
    """Put a heading's section where its level belongs; in the file, all levels are so much deeper."""
    words = plain_text(heading.title)
    if heading.level <= 1:
        hint = f"Use {_signs(2 + shift)} for what belongs to the chapter, or make a new file."
        c.source.report(TWO_TITLES, "This file has a second title.", words, hint)
    elif c.source.kind is Kind.PART:
        c.source.report(PART_HEADINGS, "There is a heading below the title of this part.", words, "Make a chapter of it.")
    while len(open_sections) > 1 and open_sections[-1].level >= max(heading.level, 2):
        open_sections.pop()
    above = open_sections[-1]
    if heading.level > above.level + 1:
        message = f"This heading is of level {heading.level + shift}, but the one above it is of level {above.level + shift}."
        c.source.report(SKIPPED, message, words, f"Write it with {_signs(above.level + 1 + shift)}.")
    elif heading.level > _LEVELS:
        hint = f"Four levels are the most: {_signs(_LEVELS + shift)}."
        c.source.report(TOO_MANY_LEVELS, f"This heading is of level {heading.level + shift}.", words, hint)
    above.sections.append(heading)
    open_sections.append(heading)


def _signs(level: int) -> str:
    return "#" * level


def _heading(c: Conversion, node: dict[str, Any]) -> _Draft:
    level, attributes, words = node["c"]
    given, _, pairs = c.take(attributes, ("unnumbered",), ("short", "subtitle"))
    subtitle = pairs.get("subtitle", "").strip()
    return _Draft(level, trimmed(inlines(c, words)), given, (Text(subtitle),) if subtitle else (), pairs.get("short", "").strip())


def _bodies(c: Conversion) -> tuple[Note, ...]:
    """Convert the notes that the text called."""
    c.in_note = True
    return tuple(Note(key, blocks(c, body)) for key, body in c.notes.bodies)


def _section(draft: _Draft, source: Source, notes: tuple[Note, ...]) -> Section:
    """Make the chapter's section, with ids for the sections in it that have none."""
    chapter = draft.id or source.id
    used = {chapter, *(below.id for below in _below(draft))}
    used |= {heading_id(name) for name in used}
    for number, below in enumerate(_below(draft), start=1):
        if not below.id:
            words = slug(plain_text(below.title))
            numbered = not words or re.fullmatch(r"(n|ix)\d+", words)  # as the places of notes and index terms are named
            below.id = unused(f"{chapter}-s{number}" if numbered else f"{chapter}-{words}", used)
            used.add(heading_id(below.id))
    whole = _frozen(draft, source.file)
    return replace(whole, id=chapter, kind=source.kind, notes=notes)


def _below(draft: _Draft) -> Iterator[_Draft]:
    for section in draft.sections:
        yield section
        yield from _below(section)


def _frozen(draft: _Draft, file: str) -> Section:
    return Section(
        id=draft.id,
        kind=Kind.SECTION,
        title=draft.title,
        blocks=tuple(draft.blocks),
        sections=tuple(_frozen(below, file) for below in draft.sections),
        subtitle=draft.subtitle,
        short=draft.short,
        source=file,
    )
