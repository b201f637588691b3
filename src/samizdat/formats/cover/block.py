"""Large bold letters over a plain figure."""

from collections.abc import Iterator
from dataclasses import replace

from samizdat.formats.cover import ornament
from samizdat.formats.cover.brief import BOLD, SANS, WIDTH, Brief, Cover, letter, names, standing
from samizdat.formats.cover.lettering import Place
from samizdat.formats.cover.ornament import Shape


def design(brief: Brief) -> Cover:
    """Set large bold letters from the head, ranged on one side, over a plain figure cut by the edge."""
    colours = brief.colours
    margin = 130
    box = Place(margin, 0, WIDTH - 2 * margin, 0, 0, 0, align=brief.start)
    title = letter(
        brief, brief.metadata.title, replace(box, y=250, height=900, largest=460, smallest=64, leading=1.0), BOLD, colours.ink
    )
    under = replace(box, y=title.bottom + 50, height=260, largest=84, smallest=44, leading=1.18)
    subtitle = letter(brief, brief.metadata.subtitle, under, SANS, colours.ink)
    people = names(brief, replace(box, height=300, largest=88, smallest=44, leading=1.15), SANS, colours.ink)
    people = standing(people, 2160)
    foot = Place(margin, 2256, 640, 130, 50, 32, align=brief.start)
    opposite = replace(foot, x=WIDTH - margin - 640, align=brief.end)
    if brief.start == "right":
        foot, opposite = replace(foot, x=opposite.x), replace(opposite, x=foot.x)
    publisher = letter(brief, brief.metadata.publisher, foot, SANS, colours.accent)
    series = letter(brief, brief.series, opposite, SANS, colours.accent)
    bar = WIDTH - margin - 420 if brief.start == "right" else margin
    shapes = (
        Shape(ornament.rectangle(bar, 150, 420, 30), fill=colours.accent),
        Shape(ornament.rectangle(margin, 2206, WIDTH - 2 * margin, 4), fill=colours.ink),
        *_figure(brief, max(1240, (subtitle.bottom if subtitle.lines else title.bottom) + 110), people.y - 90),
    )
    return Cover(colours.ground, shapes, (title, subtitle, people, publisher, series))


def _figure(brief: Brief, top: float, bottom: float) -> Iterator[Shape]:
    """Draw a plain figure between two heights, cut by the edge of the page where lines end."""
    colours = brief.colours
    radius = (bottom - top) / 2
    if radius < 120:
        return
    x, y = brief.mirrored(WIDTH - radius * 0.8), top + radius
    match brief.seed[0] % 3:
        case 0:
            yield Shape(ornament.circle(x, y, radius), fill=colours.tint(0.12))
            yield Shape(ornament.half_circle(x, y, radius * 0.62, brief.seed[1]), fill=colours.accent)
        case 1:
            for ring in range(4):
                yield Shape(ornament.circle(x, y, radius * (1 - 0.2 * ring)), stroke=colours.tint(0.3), stroke_width=9)
            yield Shape(ornament.circle(x, y, radius * 0.22), fill=colours.accent)
        case _:
            step = (bottom - top) / 6.6
            for bar in range(7):
                fill = colours.accent if bar == brief.seed[1] % 7 else colours.tint(0.12)
                yield Shape(ornament.rectangle(0, top + bar * step, WIDTH, step * (0.15 + 0.1 * bar)), fill=fill)
