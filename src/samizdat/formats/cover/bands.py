"""Three bands, the middle one of paper with the words on it."""

from dataclasses import replace

from samizdat.formats.cover import ornament
from samizdat.formats.cover.brief import BOLD, HEIGHT, ITALIC, SANS, WIDTH, Brief, Cover, letter, names, standing
from samizdat.formats.cover.colours import DARK, READABLE, contrast
from samizdat.formats.cover.lettering import Place
from samizdat.formats.cover.ornament import Shape

_TOP, _BOTTOM = 640, 1860
"""Where the band of paper begins and ends."""


def design(brief: Brief) -> Cover:
    """Set the words in plain bold on paper between two bands of colour, like a paperback from a railway station."""
    colours = brief.colours
    ink = colours.ground if contrast(colours.ground, colours.paper) >= READABLE else DARK
    box = Place(150, 0, WIDTH - 300, 0, 0, 0)
    people = names(brief, replace(box, height=240, largest=92, smallest=42, leading=1.2), ITALIC, ink)
    people = standing(people, _BOTTOM - 90)
    subtitle = letter(brief, brief.metadata.subtitle, replace(box, height=190, largest=72, smallest=38, leading=1.2), SANS, ink)
    room = people.y - 60 - _TOP - 100 - (subtitle.height + 50 if subtitle.lines else 0)
    title = letter(brief, brief.metadata.title, replace(box, height=room, largest=270, smallest=52, leading=1.06), BOLD, ink)
    whole = title.height + (50 + subtitle.height if subtitle.lines else 0)
    title = replace(title, y=_TOP + 100 + max(0.0, (people.y - 60 - _TOP - 100 - whole) / 2))
    subtitle = replace(subtitle, y=title.bottom + 50)
    small = replace(box, height=200, largest=64, smallest=34, spacing=0.06)
    series = letter(brief, brief.series, small, SANS, colours.ink)
    publisher = letter(brief, brief.metadata.publisher, small, SANS, colours.ink)
    shapes = (
        Shape(ornament.rectangle(0, _TOP, WIDTH, _BOTTOM - _TOP), fill=colours.paper),
        *(Shape(ornament.rectangle(0, edge, WIDTH, 14), fill=colours.accent) for edge in (_TOP - 34, _BOTTOM + 20)),
        *_signet(brief, series.height),
    )
    return Cover(
        colours.ground,
        shapes,
        (
            title,
            subtitle,
            people,
            replace(series, y=_TOP - 110 - series.height),
            replace(publisher, y=HEIGHT - 200 - publisher.height),
        ),
    )


def _signet(brief: Brief, under: float) -> tuple[Shape, ...]:
    """Draw a figure in the upper band, above the series; which one the book's identifier says."""
    x, y, radius = WIDTH / 2, (_TOP - 34 - under) / 2, 130 - under / 4
    accent, tint = brief.colours.accent, brief.colours.tint(0.28)
    match brief.seed[0] % 4:
        case 0:
            return (Shape(ornament.circle(x, y, radius), fill=tint), Shape(ornament.half_circle(x, y, radius, 0), fill=accent))
        case 1:
            return (Shape(ornament.diamond(x, y, radius), fill=tint), Shape(ornament.diamond(x, y, radius / 2), fill=accent))
        case 2:
            corners = ((x, y, corner) for corner in (0, 2))
            return tuple(
                Shape(ornament.quarter_circle(*corner[:2], radius, corner[2]), fill=fill)
                for corner, fill in zip(corners, (accent, tint), strict=True)
            )
        case _:
            return tuple(
                Shape(ornament.circle(x, y, radius * share), stroke=accent, stroke_width=10) for share in (1, 0.66, 0.33)
            )
