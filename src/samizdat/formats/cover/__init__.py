"""A cover designed from what book.toml says: colours, a design, and words fitted to their places.

`plan` works out everything that needs arithmetic; the template `cover/page.xhtml.j2` turns the plan into markup. The same
book always gets the same cover; another identifier may get another design.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from samizdat.formats.cover import arches, block, frame, label
from samizdat.formats.cover.brief import HEIGHT, WIDTH, Brief, Cover
from samizdat.formats.cover.colours import choose
from samizdat.formats.cover.lettering import Lettering
from samizdat.formats.cover.ornament import Shape
from samizdat.model.book import Metadata

__all__ = ["HEIGHT", "WIDTH", "CoverPlan", "Lettering", "Shape", "plan"]


DESIGNS: dict[str, Callable[[Brief], Cover]] = {
    "arches": arches.design,
    "block": block.design,
    "frame": frame.design,
    "label": label.design,
}
"""Each is a function from a brief to a cover; a further one is one file and one line here."""


@dataclass(frozen=True, slots=True)
class CoverPlan:
    """All that the template draws, back to front: the ground, the shapes, the words. Lengths in units of a 1600 by 2560 page."""

    design: str
    width: int
    height: int
    ground: str
    shapes: tuple[Shape, ...]
    lettering: tuple[Lettering, ...]
    language: str
    direction: str


def plan(metadata: Metadata) -> CoverPlan:
    """Design the cover of a book."""
    seed = hashlib.sha256(metadata.identifier.encode()).digest()
    colours = choose(metadata.colour, seed[0])
    name = sorted(DESIGNS)[seed[1] % len(DESIGNS)]
    cover = DESIGNS[name](Brief(metadata, colours, seed[2:]))
    return CoverPlan(name, WIDTH, HEIGHT, cover.ground, cover.shapes, cover.lettering, metadata.language, metadata.direction)
