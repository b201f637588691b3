"""The book for readers with dyslexia."""

from typing import ClassVar, Literal

from samizdat.editions.large_print import LargePrint


class EasyReading(LargePrint):
    """The whole book in letters that are hard to confuse, with room between letters, words and lines.

    It follows the Dyslexia Style Guide of the British Dyslexia Association (2023): 12 to 14 points, lines one and a half apart,
    short and not filled out, bold instead of italics, paragraphs apart from each other.
    """

    suffix: ClassVar[str] = "-easy-reading.pdf"
    title: ClassVar[str] = "Easy reading"
    purpose: ClassVar[str] = "For readers with dyslexia: letters that are hard to confuse, with room between them."
    face: ClassVar[str] = "OpenDyslexic"
    layers: ClassVar[tuple[str, ...]] = ("easy-reading", "large-print", "paged", "shared")
    style: ClassVar[str] = "easy.css.j2"

    paper: Literal["A4", "letter", "B5"] = "B5"
