"""Permalinks: an id for every paragraph and stanza, which it keeps from one edition to the next.

The id is made from the chapter's id and the first letters of the paragraph, so it changes only when these do. A number would
move to the next paragraph as soon as one is added before it, and lead whoever follows an old link to the wrong words; this one
leads to the right words or, when they are gone, to the head of the chapter.
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from samizdat.model.block import Block, Blocks, Division, Epigraph, List, Paragraph, Quote, Speech, Verse
from samizdat.model.book import Book, Section
from samizdat.model.kind import Kind
from samizdat.model.walk import descend, plain_text

_LETTERS = 48
"""How many letters and digits of a paragraph make its id: enough to tell paragraphs apart, few enough to outlive corrections."""


def permalinks(book: Book) -> Book:
    """Give ids to the paragraphs and stanzas of the text; not to notes and cells, nor to the items of tight lists."""
    binder = _Binder({identity for node in descend(book.sections) if (identity := getattr(node, "id", ""))})
    return replace(book, front=binder.bind(book.front), body=binder.bind(book.body), back=binder.bind(book.back))


class _Binder:
    """Hands out ids, each once in a book."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken

    def bind(self, sections: tuple[Section, ...], leaf: str = "") -> tuple[Section, ...]:
        """Go through sections; `leaf` is the id of the chapter they belong to, if they do."""
        return tuple(
            replace(
                section,
                blocks=self._blocks(section.blocks, leaf or section.id),
                sections=self.bind(section.sections, "" if section.kind is Kind.PART else leaf or section.id),
            )
            for section in sections
        )

    def _blocks(self, blocks: Blocks, leaf: str) -> Blocks:
        return tuple(self._block(block, leaf) for block in blocks)

    def _block(self, block: Block, leaf: str) -> Block:
        match block:
            case Paragraph():
                return replace(block, id=self._identity(block, leaf))
            case Verse(stanzas):
                return replace(block, stanzas=tuple(replace(stanza, id=self._identity(stanza, leaf)) for stanza in stanzas))
            case Quote() | Epigraph() | Division() | Speech():
                return replace(block, blocks=self._blocks(block.blocks, leaf))
            case List(tight=False):
                return replace(block, items=tuple(self._blocks(item, leaf) for item in block.items))
            case _:
                return block

    def _identity(self, node: object, leaf: str) -> str:
        letters = "".join(_letters(plain_text(node)))
        if not letters:
            return ""
        made = f"p-{hashlib.sha256(f'{leaf} {letters[:_LETTERS]}'.encode()).hexdigest()[:8]}"
        identity = next(name for number in count(1) if (name := made if number == 1 else f"{made}-{number}") not in self._taken)
        self._taken.add(identity)
        return identity


def _letters(text: str) -> Iterator[str]:
    """Yield letters and digits alone, without accents and in one case: what corrections touch least."""
    return (sign for sign in unicodedata.normalize("NFKD", text).casefold() if sign.isalnum())
