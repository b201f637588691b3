"""What an edition is: options, transforms, and files made from a book.

The class is the edition and its fields are its table in book.toml. A module of this package that holds a class with a
`suffix` is an edition, named after the module; nothing else has to be told of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, model_validator

from samizdat.editions.page_numbers import PageList
from samizdat.model.book import Book
from samizdat.problems import Problem
from samizdat.render import layers
from samizdat.transforms import Transform
from samizdat.transforms.captions import captions
from samizdat.transforms.notes import number
from samizdat.transforms.references import references
from samizdat.transforms.typography import typography

Files = Mapping[str, bytes]
"""Paths relative to the book's folder under build/, and what is written there."""

Printed = Callable[[str], PageList]
"""Tells the pages of an edition that has pages; which one, is said as in the [pagination] table."""

Remember = Callable[..., bytes]
"""`Cache.remember`: remember(make, *parts)."""


FOLDED = 4
"""Pages on a sheet that is folded once."""


@dataclass(frozen=True, slots=True)
class Press:
    """What an edition may use besides the book: its name for files, the template folders, and the memory of earlier work."""

    slug: str
    templates: tuple[Path, ...]
    """Roots to look templates up in: the book's own first, then the house's."""
    remember: Remember
    tell: Callable[[Problem], object] = field(default=lambda _problem: None)
    """What the book's maker should know of how it was made."""
    printed: Printed = lambda _numbers: PageList()
    pages_per_sheet: int = FOLDED
    """How many pages fill a sheet of paper in whatever the book is folded or cut to."""

    def folders(self, *names: str) -> tuple[Path, ...]:
        """Return the template folders for these layers, the most special first; styles can be included from all."""
        return layers(self.templates, *names, "styles")


class Notes(BaseModel):
    """The [notes] table: how notes are numbered, and where they stand on paper.

    An edition without pages numbers by chapter where others number by page.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    numbering: Literal["page", "chapter", "book"] = "chapter"
    place: Literal["foot", "chapter", "book"] = "foot"

    @model_validator(mode="after")
    def _on_their_page(self) -> "Notes":
        """See that numbers which begin again on each page belong to notes that stand on it."""
        if self.numbering == "page" and self.place != "foot":
            message = 'can be numbered by page only at its foot|Write place = "foot", or number them by chapter or book.'
            raise ValueError(message)
        return self


class Edition(BaseModel):
    """The base of all editions. A subclass with a suffix is one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    suffix: ClassVar[str]
    """The end of the file's name: "-print.pdf"."""
    title: ClassVar[str]
    """What it is, in a few words for people."""
    purpose: ClassVar[str] = ""
    """One sentence for a reader who asks which file to take."""
    rank: ClassVar[int] = 5
    """Where it stands among a book's files in the catalogue; 1 comes first."""

    whole: ClassVar[bool] = False
    """Each of its files, or its folder, holds the whole book, so that the ledger can be kept of it."""

    folder: ClassVar[str] = ""
    """The folder that it fills and shares with nobody, if it writes more than single files; all its files lie in there.

    It is exchanged as a whole, and its pages are named in the order in which they are read.
    """

    numbers_pages: ClassVar[bool] = False
    """Its page numbers are the book's, which all other editions carry unless book.toml says otherwise."""
    standard: ClassVar[bool] = True
    """Whether it is made of every book; any other is made where book.toml has a table for it."""

    face: ClassVar[str] = "Linux Libertine"
    """What its text is set in, where it has pages; the colophon says so."""

    notes: Notes = Notes()
    make: bool = True
    """False leaves out an edition that would be made otherwise."""

    def transforms(self) -> tuple[Transform, ...]:
        """Return what this edition does to the book, in order, after the house's own typography and numbering."""
        return ()

    def write(self, book: Book, press: Press) -> Files:
        """Make the edition's files; raises SamizdatError."""
        raise NotImplementedError

    def pages(self, book: Book, press: Press) -> PageList | None:  # noqa: ARG002  # what an edition without pages has no use for
        """List the edition's pages; None where it has none. Raises SamizdatError."""
        return None

    @property
    def pages_per_sheet(self) -> int:
        """How many pages fill a sheet of paper, where the edition sets them out on sheets; else 1."""
        return 1

    def facts(self, data: bytes) -> str:  # noqa: ARG002  # most editions have nothing to say
        """Say in a sentence what someone who takes a finished file should know of it, such as the paper that it needs."""
        return ""


def prepare(book: Book, notes: Notes) -> Book:
    """Do what every edition needs done: number notes and captions, give references their words, set the language's marks."""
    numbered = number("book" if notes.numbering == "book" else "chapter")(book)
    return typography(references(captions(numbered)))
