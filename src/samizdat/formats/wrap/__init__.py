"""The wrap: the cover of a printed book as one sheet, back, spine and front, as the binder lays it around the pages.

`plan` works out where everything stands; the template `wrap/page.xhtml.j2` draws it. Lengths in mm from the top left corner
of the sheet, bleed included.
"""

import base64
import io
from dataclasses import dataclass

import pikepdf

from samizdat.fonts import Family
from samizdat.formats.cover import CoverPlan
from samizdat.formats.cover import plan as plan_cover
from samizdat.formats.cover.brief import Brief
from samizdat.formats.cover.colours import Colours, choose
from samizdat.formats.cover.lettering import Face, Place, fit, joined, square
from samizdat.formats.press import MILLIMETRE
from samizdat.formats.wrap.barcode import MODULE, Barcode
from samizdat.model.book import Metadata, Picture
from samizdat.typesetting.metadata import save

__all__ = ["Line", "Panel", "WrapPlan", "halves", "plan", "trimmed"]

_INSET = 12.0
"""From the edge of the back to what is written on it, in mm."""
_POINT = 25.4 / 72
_BLURB_TOP, _BLURB_SIDE = 22.0, 14.0
_BLURB_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
_BLURB_LEADING = 1.4
_AVERAGE = 0.47
"""The width of a letter, in ems."""
_LARGEST, _WIDER = 10.0, 0.5
"""Letters on a spine, in pt, and how much larger they may be for each mm of its width: 15 pt on one of 10 mm."""
_STEEP = 0.58
"""How much of the spine's width a line of capitals and descenders may take."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the sheet."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line along the spine: its words, its size in pt, its family, and where on the spine it stands: start, middle or end."""

    text: str
    size: float
    family: Family
    at: str
    stacked: bool


@dataclass(frozen=True, slots=True)
class WrapPlan:
    """All that the template draws."""

    width: float
    height: float
    ground: Colours
    back: Panel
    spine: Panel
    front: Panel
    """The front with its bleed: what is drawn on it fills it."""
    cover: CoverPlan
    picture: str
    """The book's own cover as a data URL; empty where the cover is designed."""
    blurb: tuple[str, ...]
    blurb_size: float
    spine_lines: tuple[Line, ...]
    upwards: bool
    code: Barcode | None
    code_place: Panel
    module: float
    language: str
    direction: str
    folds: tuple[float, ...]
    """Where the paper is folded, in pt from the trimmed left edge."""


def plan(
    metadata: Metadata,
    size: tuple[float, float],
    spine: float,
    bleed: float,
    *,
    own: Picture | None,
    code: Barcode | None,
    upwards: bool,
    lettered: bool,
) -> WrapPlan:
    """Plan a wrap around pages of a `size` in mm; `own` is the book's own cover, `lettered` says whether its spine is."""
    width, height = size
    mirrored = metadata.direction == "rtl"
    left, right = bleed, bleed + width + spine
    front_x, back_x = (left, right) if mirrored else (right, left)
    back = Panel(back_x, bleed, width, height)
    # what lies on the front reaches into the bleed on three sides, and ends where the spine begins
    front = Panel(front_x - (bleed if mirrored else 0), 0, width + bleed, height + 2 * bleed)
    cover = plan_cover(metadata)
    code_width = code.width * MODULE if code else 0.0
    code_height = code.height * MODULE if code else 0.0
    # in the lower corner away from the spine's fold, where tills look for it
    inner = back_x + _INSET if mirrored else back_x + width - _INSET - code_width
    room = height - _BLURB_TOP - _INSET - max(code_height, 10.0) - 6
    blurb, blurb_size = _blurb(metadata.description, width - 2 * _BLURB_SIDE, room)
    return WrapPlan(
        2 * (width + bleed) + spine,
        height + 2 * bleed,
        _ground(metadata, cover),
        back,
        Panel(bleed + width, 0, spine, height + 2 * bleed),
        front,
        cover,
        f"data:{own.media_type};base64,{base64.b64encode(own.data).decode()}" if own else "",
        blurb,
        blurb_size,
        tuple(_spine(metadata, spine, height)) if lettered else (),
        upwards,
        code,
        Panel(inner, bleed + height - _INSET - code_height, code_width, code_height),
        MODULE,
        metadata.language,
        metadata.direction,
        tuple(sorted({width * MILLIMETRE, (width + spine) * MILLIMETRE})),
    )


def _blurb(text: str, width: float, height: float) -> tuple[tuple[str, ...], float]:
    """Break what the book says of itself into paragraphs, and find the largest size at which they have room; cut what has none.

    The lines are counted by the width of an average letter, a generous one, since the page sets them anew.
    """
    paragraphs = [" ".join(part.split()) for part in text.split("\n") if part.strip()]
    average = 1.0 if square(text) else _AVERAGE

    def room(size: float) -> tuple[int, int]:
        """Count the letters of a line, and the lines."""
        return max(1, int(width / (size * _POINT * average))), int(height / (size * _BLURB_LEADING * _POINT))

    for size in _BLURB_SIZES:
        letters, lines = room(size)
        if sum(-(-len(paragraph) // letters) for paragraph in paragraphs) <= lines:
            return tuple(paragraphs), size
    letters, lines = room(_BLURB_SIZES[-1])
    kept: list[str] = []
    for paragraph in paragraphs:
        if len(paragraph) > lines * letters:
            if lines > 1:
                kept.append(paragraph[: lines * letters - 1].rsplit(" ", 1)[0] + "…")
            break
        kept.append(paragraph)
        lines -= -(-len(paragraph) // letters)
    return tuple(kept), _BLURB_SIZES[-1]


def _ground(metadata: Metadata, cover: CoverPlan) -> Colours:
    """Take the colours of the front for the rest, on the ground that the front has in the end."""
    chosen = choose(metadata.colour, 0)
    return choose(cover.ground, 0) if cover.ground.startswith("#") else chosen


def _spine(metadata: Metadata, width: float, height: float) -> list[Line]:
    """Letter a spine: the names first, then the title, the publisher at the end."""
    limit = min(_LARGEST + width * _WIDER, width * _STEEP / _POINT)
    brief = Brief(metadata, choose(metadata.colour, 0), b"")
    parts = (
        (", ".join(brief.names[:2]), 0.8, 0.24, "start"),
        (metadata.title, 1.0, 0.46, "middle"),
        (metadata.publisher, 0.62, 0.2, "end"),
    )
    lines = []
    for text, share, length, at in parts:
        if not text:
            continue
        family = Family.HAN if square(text) else Family.ARABIC if joined(text) else Family.DISPLAY
        room = height * length / _POINT
        largest = limit * share
        smallest = largest * 0.55
        if square(text):
            lines.append(Line(text, min(largest, room / len(text) / 1.05), family, at, stacked=True))
            continue
        fitted = fit(text, Face(family), metadata.language, Place(0, 0, room, largest * 1.2, largest, smallest))
        lines.append(Line(" ".join(fitted.lines), fitted.size, family, at, stacked=False))
    return lines


def halves(data: bytes, *, mirrored: bool) -> tuple[bytes, bytes]:
    """Take a sheet without spine and bleed apart at its middle; return the front and the back, each a PDF of one page."""
    found = []
    for right in (not mirrored, mirrored):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                x1, y1, x2, y2 = (float(edge) for edge in page.trimbox)
                middle = (x1 + x2) / 2
                half = [middle, y1, x2, y2] if right else [x1, y1, middle, y2]
                page.mediabox = page.trimbox = pikepdf.Array([round(edge, 3) for edge in half])
            target = io.BytesIO()
            save(pdf, target, compress=True)
            found.append(target.getvalue())
    return found[0], found[1]


def trimmed(data: bytes, bleed: float) -> bytes:
    """Say of a sheet that was set with its bleed (in pt) where it will be cut."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(edge) for edge in page.mediabox)
            page.trimbox = pikepdf.Array([round(edge, 3) for edge in (left + bleed, bottom + bleed, right - bleed, top - bleed)])
        target = io.BytesIO()
        save(pdf, target, compress=True)
        return target.getvalue()
