"""What every design works with: the brief it is given, places for words, and the cover it gives back."""

from dataclasses import dataclass, replace

from samizdat.fonts import Family
from samizdat.formats.cover.colours import Colours
from samizdat.formats.cover.lettering import Face, Lettering, Place, deep, fit, joined, square, tall
from samizdat.formats.cover.ornament import Shape
from samizdat.model.book import Metadata

WIDTH, HEIGHT = 1600, 2560

DISPLAY = Face(Family.DISPLAY)
ITALIC = Face(Family.DISPLAY, italic=True)
SANS = Face(Family.SANS)
BOLD = Face(Family.SANS, bold=True)

_MANY = 4
"""From so many names on, they run on in lines instead of standing one below the other."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a designer is given."""

    metadata: Metadata
    colours: Colours
    seed: bytes

    @property
    def names(self) -> tuple[str, ...]:
        """The people on the cover: the authors, or else the editors, or else whoever had a hand in it."""
        metadata = self.metadata
        return metadata.authors or metadata.by_role("editor") or tuple(person.name for person in metadata.people)

    @property
    def series(self) -> str:
        """The series and the number in it."""
        series = self.metadata.series
        if series is None:
            return ""
        return series.name if series.number is None else f"{series.name} · {series.number}"

    @property
    def start(self) -> str:
        """The side on which lines begin."""
        return "right" if self.metadata.direction == "rtl" else "left"

    @property
    def end(self) -> str:
        """The side on which lines end."""
        return "left" if self.start == "right" else "right"

    def mirrored(self, x: float) -> float:
        """Return a place counted from the side on which lines begin."""
        return WIDTH - x if self.start == "right" else x


@dataclass(frozen=True, slots=True)
class Cover:
    """A designed cover, back to front."""

    ground: str
    shapes: tuple[Shape, ...]
    lettering: tuple[Lettering, ...]


def letter(brief: Brief, text: str, place: Place, face: Face, colour: str) -> Lettering:
    """Set words into a place, from its top."""
    spacing = place.spacing
    leading = place.leading
    if joined(text):
        # Arabic letters reach further up and down, and hold on to one another.
        spacing, leading, face = 0.0, leading * 1.25, Face(Family.ARABIC, bold=face.bold)
    elif square(text):
        leading, face = leading * 1.25, Face(Family.HAN)
    elif deep(text):
        leading *= 1.2
    elif height := tall(text):
        leading, face = max(leading, height), replace(face, italic=False)
    room = replace(place, width=place.width * (1 - spacing), leading=leading)
    fitted = fit(text, face, brief.metadata.language, room)
    return Lettering(
        fitted.lines, place.x, place.y, place.width, fitted.size, leading * fitted.size, face, colour, place.align, spacing
    )


def names(brief: Brief, place: Place, face: Face, colour: str) -> Lettering:
    """Set the names one below the other, or run on where there are many."""
    people = brief.names
    if len(people) >= _MANY:
        comma = "، " if joined(people[0]) else "、" if square(people[0]) else ", "
        return letter(brief, comma.join(people), replace(place, largest=place.largest * 0.75), face, colour)
    blocks = [letter(brief, name, replace(place, height=place.height / max(1, len(people))), face, colour) for name in people]
    if not blocks:
        return letter(brief, "", place, face, colour)
    size = min(block.size for block in blocks)
    lines = tuple(line for block in blocks for line in block.lines)
    return replace(blocks[0], lines=lines, size=size, leading=size * blocks[0].leading / blocks[0].size)


def standing(block: Lettering, y: float) -> Lettering:
    """Move words so that they end at a height."""
    return replace(block, y=y - block.height)
