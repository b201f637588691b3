"""Raw captures: a text without markup becomes books, and the record of how.

Each pass is a module with `judge(passages, study, rules)`, which gives the passages back, some of them decided, and a record of
each decision. A pass leaves alone what is decided already. PASSES is the order in which they go.
"""

from collections.abc import Callable

from samizdat.importers.plain import (
    arguments,
    breaks,
    contents,
    debris,
    drama,
    extracts,
    flaws,
    headings,
    letters,
    lists,
    metadata,
    notes,
    paragraphs,
    persons,
    quotes,
    tables,
    verse,
    works,
)
from samizdat.importers.plain.record import Decisions, Passages, Study
from samizdat.importers.plain.rules import Rules

Judge = Callable[[Passages, Study, Rules], tuple[Passages, Decisions]]

PASSES: tuple[Judge, ...] = (
    debris.judge,
    extracts.judge,
    metadata.judge,
    contents.judge,
    notes.judge,
    works.judge,
    headings.judge,
    breaks.judge,
    drama.judge,
    persons.judge,
    tables.judge,
    verse.judge,
    arguments.judge,
    quotes.judge,
    lists.judge,
    letters.judge,
    paragraphs.judge,
    flaws.judge,
)
