"""The book in large print."""

from typing import Any, ClassVar, Literal

from pydantic import model_validator

from samizdat.editions.edition import Files, Press
from samizdat.editions.paged import Paged
from samizdat.formats.pdf import for_screen
from samizdat.model.book import Book


class LargePrint(Paged):
    """The whole book in letters of 18 points for readers with little sight, to be printed at home or read on a large screen.

    It follows the Royal National Institute of Blind People's guidance on clear and large print: a plain upright face, bold
    instead of italics, lines that begin on one side and end where the words do, no divided words, black on white.
    """

    suffix: ClassVar[str] = "-large-print.pdf"
    title: ClassVar[str] = "Large print"
    purpose: ClassVar[str] = "For readers with little sight: large plain letters, to print or to read on a large screen."
    rank: ClassVar[int] = 6
    whole: ClassVar[bool] = True
    standard: ClassVar[bool] = False

    face: ClassVar[str] = "DejaVu Sans"
    layers: ClassVar[tuple[str, ...]] = ("large-print", "paged", "shared")
    style: ClassVar[str] = "large.css.j2"
    head: ClassVar[float] = 0.48

    paper: Literal["A4", "letter", "B5"] = "A4"

    @model_validator(mode="before")
    @classmethod
    def _own_page(cls, options: dict[str, Any]) -> dict[str, Any]:
        """Set the page to the paper's size, whatever the book's other pages are."""
        own = {key: value for key, value in dict(options.get("page", {})).items() if key in {"opening", "links"}}
        size = options.get("paper", cls.model_fields["paper"].default)
        return options | {"page": own | {"size": size}} if isinstance(size, str) else options

    def write(self, book: Book, press: Press) -> Files:
        """Set the pages in large print, with the tags that screen readers need."""
        return {f"{press.slug}{self.suffix}": for_screen(self.set(book, press), book.metadata)}
