"""The words that the program itself sets in a book: a file for each language, all of the same shape.

[book] holds single words and short phrases, [headings] those of the pages that the program makes, by their kind, [controls] what
stands on the controls around a book in the browser, [accessibility] the sentences of the accessibility statement. The last may be
missing; the statement is then in English, and says so to voices.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_OTHERWISE = "en"
_SAME = {"nn": "nb", "no": "nb"}
"""Languages whose readers are at home with the words of another."""

Table = Mapping[str, str]


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages that have a file."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def spoken(tag: str, table: str) -> str:
    """Return the code of the language in which a book of a language gets a table: its own, or English."""
    code = tag.lower().split("-")[0]
    code = _SAME.get(code, code)
    return code if code in languages() and table in _file(code) else _OTHERWISE


def vocabulary(tag: str, table: str) -> Table:
    """Return a table of words for a BCP 47 tag, in English where the language has none."""
    return _file(spoken(tag, table))[table]


@cache
def _file(code: str) -> Mapping[str, Table]:
    return tomllib.loads((_FOLDER / f"{code}.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Words:
    """The program's words in one language; English where it does not know the language."""

    language: str
    table: str = "book"

    def __call__(self, key: str) -> str:
        """Return the word for a key such as "page" or "notes"."""
        return vocabulary(self.language, self.table)[key]

    @property
    def lang(self) -> str:
        """The code of the words' language where it is not the book's, so that a voice can be told; else empty."""
        code = spoken(self.language, self.table)
        return "" if self.language.lower().split("-")[0] == code else code
