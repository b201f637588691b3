"""TODO."""

from samizdat.importers.plain.inlines import inlines
from samizdat.importers.plain.record import Decisions, Passage, Passages, Study
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Blocks, Paragraph


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:  # noqa: ARG001
    """Return the passages as they are."""
    return passages, ()


def blocks(passage: Passage, study: Study) -> Blocks:
    """Return what stands in the manuscript."""
    return (Paragraph(inlines(passage.flowed, study)),)
