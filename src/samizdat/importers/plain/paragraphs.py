"""Paragraphs: lines wrapped at a width become one again, across page breaks and hyphens."""

from samizdat.importers.plain.inlines import inlines
from samizdat.importers.plain.passages import pieces
from samizdat.importers.plain.record import Decisions, Passage, Passages, Study
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Blocks, Paragraph, Preformatted


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:  # noqa: ARG001
    """Return the passages as they are."""
    return passages, ()


def blocks(passage: Passage, study: Study) -> Blocks:
    """Return a paragraph for each run of lines without a blank one."""
    return tuple(Paragraph(inlines(piece.flowed, study)) for piece in pieces(passage))


def preformatted(passage: Passage, study: Study) -> Blocks:  # noqa: ARG001
    """Return the lines as they stand."""
    return (Preformatted(passage.text),)
