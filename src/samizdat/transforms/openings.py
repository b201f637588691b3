"""Openings: how the first paragraph of a chapter begins on paper, with a large initial or with words in small capitals."""

import re
from dataclasses import replace
from typing import Literal

from samizdat.model.block import Block, Epigraph, Paragraph
from samizdat.model.book import Section
from samizdat.model.inline import Inlines, SmallCaps, Span, SpanRole, Text
from samizdat.model.kind import Kind, Matter
from samizdat.model.walk import plain_text
from samizdat.transforms import Transform
from samizdat.transforms.sections import change_sections

Initials = Literal["none", "words", "drop"]
"""How chapters begin: like any paragraph; with words in small capitals; with those and an initial over several lines."""

_KINDS = {Kind.FOREWORD, Kind.PREFACE, Kind.INTRODUCTION, Kind.AFTERWORD}
"""What begins like a chapter outside the body of a book."""
_BEGINNING = re.compile(r"([“‘«‹„‚¿¡\"'\u00a0\u202f\u2060]{0,4})([^\W\d_])")
"""The first letter, with the marks that open speech before it."""
_WORDS = re.compile(r"\S*(?: \S+){0,3}")
_PAUSE = re.compile(r"[,.;:!?…)—–]")
_LONGEST = 30
"""How many letters of the first words stand in small capitals at most."""


def openings(initials: Initials, fewest: int) -> Transform:
    """Begin chapters with an initial, or with words in small capitals.

    A chapter stays as it is that does not begin with a plain paragraph of at least `fewest` letters, in a script with capitals.
    """

    def change(section: Section) -> Section:
        below = tuple(map(change, section.sections)) if section.kind is Kind.PART else section.sections
        if section.kind is Kind.PART or not (section.kind in _KINDS or section.kind.matter is Matter.BODY):
            return replace(section, sections=below)
        return replace(section, blocks=_opened(section.blocks))

    def _opened(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        place = next((place for place, block in enumerate(blocks) if not isinstance(block, Epigraph)), len(blocks))
        match blocks[place : place + 1]:
            case (Paragraph((Text(text), *rest) as inlines),) if len(plain_text(inlines)) >= fewest:
                opened = Paragraph((*_opening(text, initials), *rest))
                return (*blocks[:place], opened, *blocks[place + 1 :])
            case _:
                return blocks

    return lambda book: book if initials == "none" else change_sections(book, change)


def _opening(text: str, initials: Initials) -> Inlines:
    """Return the first words of a chapter as they are to be set; the same where they begin with no capital."""
    beginning = _BEGINNING.match(text)
    if beginning is None or not beginning[2].isupper():
        return (Text(text),)
    start = beginning.end() if initials == "drop" else 0
    end = _end(text, beginning.end())
    initial = (Span((Text(text[:start]),), SpanRole.INITIAL),) if start else ()
    words = (SmallCaps((Text(text[start:end]),)),) if end > start else ()
    rest = (Text(text[end:]),) if end < len(text) else ()
    return (Span((*initial, *words), SpanRole.OPENING), *rest) if initial else (*words, *rest)


def _end(text: str, start: int) -> int:
    """Return where the first words end: before a pause, else after four words, or fewer if they are long."""
    words = _WORDS.match(text, start)
    end = words.end() if words else start
    if pause := _PAUSE.search(text, start, end):
        return pause.start()
    while end - start > _LONGEST and " " in text[start:end]:
        end = text.rindex(" ", start, end)
    return end
