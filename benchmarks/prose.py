"""A book of any length for measuring with: sentences by a small grammar, the same ones every time.

It has what costs time in real books: long and short words, emphasis, quotations, notes, headings, cross references, an index.
"""

import random
from pathlib import Path

_WHO = (
    "the compositor|a neighbour from the third floor|our committee|the printer’s apprentice|an old correspondent of"
    " ours|the harbour union|every second reader|the binder’s daughter|a travelling bookseller|the editor of the "
    "bulletin|somebody’s grandmother|the night shift"
).split("|")
_DID = (
    "carried|remembered|had been waiting for|counted and recounted|exchanged|refused to abandon|wrote a careful "
    "description of|distributed|was already folding|could never quite explain|insisted on reading "
    "aloud|unexpectedly recovered|hid beneath the floorboards"
).split("|")
_WHAT = (
    "forty sheets of unbleached paper|the minutes of an extraordinary assembly|a translation nobody had "
    "commissioned|the last reliable typewriter|three kilograms of ink|the correspondence of the previous winter|a "
    "pamphlet about municipal bakeries|an alphabetical list of absences|the only surviving photograph|a collection "
    "of agricultural proverbs|their entire stock of capital letters"
).split("|")
_WHEN = (
    "before the trams began to run|in the responsible, unhurried manner of the district|on the evening of the "
    "inundation|while the stove was still warm|according to an understanding that nobody had ever written "
    "down|during the negotiations|without so much as a receipt|between two inspections|as people in that street "
    "have always done|some seventeen years afterwards"
).split("|")
_LINKS = "and|but|although|because|so that|until|whereas|even though".split("|")
_TERMS = "paper|ink|the harbour union|inspections|bakeries|proverbs|translation|photographs|receipts|trams".split("|")


class Author:
    """Writes sentences; the same seed writes the same book."""

    def __init__(self, seed: int) -> None:
        """Begin with a seed."""
        self._dice = random.Random(seed)  # noqa: S311 - prose needs no secrets
        self._notes = 0

    def _clause(self) -> str:
        pick = self._dice.choice
        return f"{pick(_WHO)} {pick(_DID)} {pick(_WHAT)} {pick(_WHEN)}"

    def sentence(self) -> str:
        """Write a sentence, now and then with emphasis or a quotation."""
        text = self._clause()
        if self._dice.random() < 0.55:
            text += f", {self._dice.choice(_LINKS)} {self._clause()}"
        text = text[0].upper() + text[1:] + "."
        chance = self._dice.random()
        if chance < 0.06:
            return f'"{text}"'
        if chance < 0.12:
            words = text.split(" ")
            return " ".join((*words[:2], f"*{' '.join(words[2:4])}*", *words[4:]))
        return text

    def paragraph(self, chapter: int) -> str:
        """Write a paragraph, now and then with a note, an index term or a reference to another chapter."""
        text = " ".join(self.sentence() for _ in range(self._dice.randint(2, 6)))
        notes = ""
        if self._dice.random() < 0.2:
            self._notes += 1
            text += f"[^n{self._notes}]"
            notes = f"\n\n[^n{self._notes}]: {self.sentence()} {self.sentence()}"
        if self._dice.random() < 0.1:
            text += f" More is said of [{self._dice.choice(_TERMS)}]{{.index}} there."
        if chapter > 1 and self._dice.random() < 0.03:
            text += f" See [an earlier chapter](#chapter-{self._dice.randint(1, chapter - 1)})."
        return text + notes

    def chapter(self, number: int, words: int) -> str:
        """Write a chapter of so many words, in sections."""
        parts = [f"# Chapter {number} {{#chapter-{number}}}"]
        written = 0
        while written < words:
            if len(parts) % 14 == 0:
                parts.append(f"## {self._dice.choice(_WHAT).capitalize()} {{#section-{number}-{len(parts)}}}")
            parts.append(self.paragraph(number))
            written += parts[-1].count(" ") + 1
        return "\n\n".join(parts) + "\n"


_BOOK = """title = "{title}"
language = "en-GB"
identifier = "urn:uuid:00000000-0000-4000-8000-{seed:012d}"
date = 2026-01-01

[[people]]
name = "A. Grammar"
"""
_SECTION = """
[[sections]]
file = "{:02d}-chapter.md"
"""
_INDEX = """
[[sections]]
kind = "index"

[page]
size = "A5"
opening = "any"
"""


def write_book(folder: Path, words: int, chapters: int, seed: int = 1) -> None:
    """Write the source of a book into a folder."""
    author = Author(seed)
    folder.mkdir(parents=True)
    manifest = _BOOK.format(title=f"A Book of {words} Words", seed=seed)
    for number in range(1, chapters + 1):
        (folder / f"{number:02d}-chapter.md").write_text(author.chapter(number, words // chapters), "utf-8")
        manifest += _SECTION.format(number)
    (folder / "book.toml").write_text(manifest + _INDEX, "utf-8")
