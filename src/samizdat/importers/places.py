"""Places: pandoc forgets on which line a thing stood, so its words are looked up in the text."""

from dataclasses import dataclass
from functools import cached_property

from samizdat.problems import Place

EXCERPT = 70
"""The letters of a text that a problem shows at most."""
_LENGTHS = (60, 30, 15, 8)


@dataclass
class Places:
    """The text of one file, in which excerpts are found."""

    file: str
    text: str

    def find(self, excerpt: str) -> Place:
        """Find an excerpt: as it is, or by its letters alone, since the marks between them are gone by now.

        An excerpt that is asked for again is looked for further on.
        """
        excerpt = " ".join(excerpt.split())
        if not excerpt:
            return Place(self.file)
        wanted = excerpt.removesuffix("…")
        start = self._asked.get(excerpt, -1) + 1
        offset = self.text.find(wanted, start)
        if offset < 0:
            offset = self._find_letters(wanted, start)
        if offset < 0 < start:
            offset = start - 1
        self._asked[excerpt] = offset
        shown = excerpt if len(excerpt) <= EXCERPT else excerpt[: EXCERPT - 1] + "…"
        return Place(self.file, self.text.count("\n", 0, offset) + 1 if offset >= 0 else 0, shown)

    @cached_property
    def _asked(self) -> dict[str, int]:
        return {}

    @cached_property
    def _letters(self) -> tuple[str, list[int]]:
        """The text's letters and digits, and the offset of each."""
        offsets = [offset for offset, letter in enumerate(self.text) if letter.isalnum()]
        return "".join(self.text[offset] for offset in offsets), offsets

    def _find_letters(self, excerpt: str, start: int) -> int:
        """Find the beginning of an excerpt, the shorter the less of it can be found, since marks may stand in it."""
        letters, offsets = self._letters
        wanted = "".join(filter(str.isalnum, excerpt))
        if not wanted:
            return -1
        for beginning in dict.fromkeys(wanted[:length] for length in _LENGTHS):
            found = letters.find(beginning)
            while found >= 0 and offsets[found] < start:
                found = letters.find(beginning, found + 1)
            if found >= 0:
                return offsets[found]
        return -1
