"""Passages become a Book: headings open sections, the rest becomes blocks by what it is."""

from collections.abc import Callable, Mapping

from samizdat.importers.plain import breaks, drama, letters, lists, notes, paragraphs, quotes, verse
from samizdat.importers.plain.record import Passage, PassageKind, Study
from samizdat.model.block import Blocks

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
