"""Stand-ins: fonts that nearly every machine has, drawn to the measure of a travelling one that has not arrived yet.

A page is read at once in a stand-in, and no line breaks anew when the font itself comes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from samizdat.fonts import Family
from samizdat.formats.typeface import Typeface

_WIDTHS: Mapping[str, Mapping[tuple[bool, bool], tuple[float, tuple[str, ...]]]] = {
    "Times": {
        (False, False): (0.4172, ("Times New Roman", "Liberation Serif", "Nimbus Roman")),
        (False, True): (0.4134, ("Times New Roman Italic", "Liberation Serif Italic", "Nimbus Roman Italic")),
        (True, False): (0.4431, ("Times New Roman Bold", "Liberation Serif Bold", "Nimbus Roman Bold")),
        (True, True): (0.4238, ("Times New Roman Bold Italic", "Liberation Serif Bold Italic", "Nimbus Roman Bold Italic")),
    },
    "Noto Serif": {
        (False, False): (0.4972, ("Noto Serif", "Noto Serif Regular")),
        (False, True): (0.4805, ("Noto Serif Italic", "NotoSerif-Italic")),
        (True, False): (0.5277, ("Noto Serif Bold", "NotoSerif-Bold")),
        (True, True): (0.5302, ("Noto Serif Bold Italic", "NotoSerif-BoldItalic")),
    },
}
"""Fonts of desks and phones, by bold and italic: the width of their letters as `Typeface.width` has it, and their names there."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """A font of the reader's machine, and how it is drawn; shares are of the size of the type."""

    family: str
    bold: bool
    italic: bool
    names: tuple[str, ...]
    size: float
    ascent: float
    descent: float


def stand_ins(typefaces: Iterable[Typeface]) -> Iterator[StandIn]:
    """Yield what stands in for the text face. Other scripts have no fonts that can be counted on.

    Source: CSS Fonts Level 5, "size-adjust", by which ascent and descent are drawn larger as well.
    """
    for face in typefaces:
        for name, widths in _WIDTHS.items() if face.family == Family.SERIF else ():
            width, names = widths[face.bold, face.italic]
            size = face.width / width
            family = f"{face.family} in {name}"
            yield StandIn(family, face.bold, face.italic, names, size, face.ascent / size, face.descent / size)
