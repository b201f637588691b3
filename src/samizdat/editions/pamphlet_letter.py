"""The pamphlet on American paper."""

from typing import ClassVar

from samizdat.editions.pamphlet import Pamphlet


class PamphletLetter(Pamphlet):
    """The same booklet on letter paper. Its pages are those of the other editions, a little smaller, with the same numbers."""

    suffix: ClassVar[str] = "-pamphlet-letter.pdf"
    title: ClassVar[str] = "Pamphlet on letter paper"
    purpose: ClassVar[str] = "The same for American paper: print it on both sides of letter sheets, fold and staple."
    standard: ClassVar[bool] = False

    sheet: str = "letter"
