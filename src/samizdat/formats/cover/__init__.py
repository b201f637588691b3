"""A cover designed from what book.toml says: colours, a design, and words fitted to their places.

`plan` works out everything that needs arithmetic; the template `cover/page.xhtml.j2` turns the plan into markup. The same
book always gets the same cover; another identifier may get another design.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from samizdat.formats.cover import arches, bands, block, frame, label
from samizdat.formats.cover.brief import HEIGHT, WIDTH, Brief, Cover
from samizdat.formats.cover.colours import choose
from samizdat.formats.cover.lettering import Lettering
from samizdat.formats.cover.ornament import Shape
from samizdat.model.book import Metadata

__all__ = ["HEIGHT", "WIDTH", "CoverPlan", "Lettering", "Shape", "plan"]


DESIGNS: dict[str, Callable[[Brief], Cover]] = {
    "arches": arches.design,
    "bands": bands.design,
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
    """Design the cover of a book. The books of a series share design and colours, and differ in what is drawn."""
    seed = hashlib.sha256(metadata.identifier.encode()).digest()
    shared = hashlib.sha256(metadata.series.name.encode()).digest() if metadata.series and metadata.series.name else seed
    colours = choose(metadata.colour, shared[0])
    name = metadata.design if metadata.design in DESIGNS else sorted(DESIGNS)[shared[1] % len(DESIGNS)]
    cover = DESIGNS[name](Brief(metadata, colours, seed[2:]))
    return CoverPlan(name, WIDTH, HEIGHT, cover.ground, cover.shapes, cover.lettering, metadata.language, metadata.direction)
