"""Several texts in one file, each with a header of its library before it: each is a capture by itself.

What is found out of its lines, its language and its chapters holds for it alone; so they are parted before anything is judged.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from samizdat.importers.plain.capture import Capture
from samizdat.importers.plain.debris import begins, ends
from samizdat.importers.plain.metadata import stated_first
from samizdat.importers.plain.passages import cut
from samizdat.importers.plain.record import Decision, Decisions, Passage, Passages, decide
from samizdat.importers.plain.rules import Rules
from samizdat.problems import Rule, Severity

HEADED = Rule(
    "W66",
    Severity.ADVICE,
    "A text with a header of its own",
    "A library puts a header before each of its texts, which names title and author. Where the file begins with one and another"
    " comes further down, another text begins there; it is read by itself and becomes a manuscript of its own.",
)

_EBOOK = re.compile(r"\W*(?:the\s+)?project\s+gutenberg(?:[’']s)?\s+(?:e-?book|e-?text)\s+of\b", re.IGNORECASE)
_FRONT = 6
"""Passages among which the header of the first text is."""
_SHORTEST = 2000
"""Letters of a text; what is shorter is an entry in a list of books."""


def parted(capture: Capture, rules: Rules) -> tuple[tuple[Capture, ...], Decisions]:
    """Part a capture before each header but the first; what was mended in decoding stays with the first part."""
    heads = _heads(cut(capture.lines)) if rules.allow(HEADED) else []
    heads = [head for head in heads if rules.pin(head.first) is None]
    if not heads:
        return (capture,), ()
    first = capture.lines[0].number
    borders = [0, *(head.first - first for head in heads), len(capture.lines)]
    captures = tuple(
        replace(capture, lines=capture.lines[start:end], decisions=() if start else capture.decisions)
        for start, end in pairwise(borders)
    )
    return captures, tuple(map(_decided, heads))


def _decided(head: Passage) -> Decision:
    why = "The header of a library stands before it, as before the text above."
    return decide(HEADED, replace(head, lines=head.lines[:1]), 0.9, "another text begins here", why)


def _heads(passages: Passages) -> list[Passage]:
    """Return where headers begin: behind a line that says where a text ends, or with fields as at the head of the file."""
    marked = list(_after_ends(passages))
    if marked:
        return marked
    if not any(_is_header(passage) for passage in passages[:_FRONT]):
        return []
    heads = [passage for passage in passages[_FRONT:] if _is_header(passage)]
    borders = [passages[0].first, *(head.first for head in heads), passages[-1].last]
    sizes = [0] * len(borders)
    part = 0
    for passage in passages:
        part += part + 1 < len(borders) - 1 and passage.first >= borders[part + 1]
        sizes[part] += len(passage.text)
    return heads if all(size >= _SHORTEST for size in sizes[:-1]) else []


def _after_ends(passages: Passages) -> Iterator[Passage]:
    """Yield the first passage of each header that stands between the end of a text and the mark where another starts."""
    end: int | None = None
    for index, passage in enumerate(passages):
        if end is not None and begins(passage):
            between = passages[end + 1 : index]
            yield next((one for one in between if _EBOOK.match(one.text) or "title" in stated_first(one)), passage)
            end = None
        elif ends(passage):
            end = index


def _is_header(passage: Passage) -> bool:
    """Tell whether the first lines of a passage name a title and who wrote it, or when, or where it is from."""
    first, *rest = stated_first(passage) or ("",)
    return first == "title" and bool({"author", "date", "source", "publisher"} & set(rest))
