"""A figure above, the words below it."""

from collections.abc import Iterator
from dataclasses import replace

from samizdat.formats.cover import ornament
from samizdat.formats.cover.brief import DISPLAY, HEIGHT, ITALIC, WIDTH, Brief, Cover, letter, names, standing
from samizdat.formats.cover.lettering import Place
from samizdat.formats.cover.ornament import Shape


def design(brief: Brief) -> Cover:
    """Draw a figure of arches or discs above, the words below it in a serif, ranged on one side."""
    colours = brief.colours
    margin = 140
    shapes = (_rainbow, _sunset, _blocks)[brief.seed[0] % 3](brief)
    box = Place(margin, 0, WIDTH - 2 * margin, 0, 0, 0, align=brief.start)
    people = names(brief, replace(box, height=240, largest=84, smallest=42, leading=1.18), DISPLAY, colours.accent)
    people = standing(people, 2290)
    subtitle = letter(
        brief, brief.metadata.subtitle, replace(box, height=200, largest=78, smallest=40, leading=1.18), ITALIC, colours.ink
    )
    room = people.y - 60 - subtitle.height - 36 - 1350
    title = letter(
        brief,
        brief.metadata.title,
        replace(box, y=1350, height=room, largest=340, smallest=60, leading=1.02),
        DISPLAY,
        colours.ink,
    )
    subtitle = replace(subtitle, y=title.bottom + 36)
    foot = replace(box, height=110, largest=46, smallest=32, spacing=0.04)
    publisher = letter(brief, brief.metadata.publisher, foot, DISPLAY, colours.ink)
    series = letter(brief, brief.series, foot, DISPLAY, colours.ink)
    return Cover(
        colours.ground,
        tuple(shapes),
        (title, subtitle, people, standing(publisher, HEIGHT - 110), replace(series, y=110)),
    )


def _rainbow(brief: Brief) -> Iterator[Shape]:
    colours = brief.colours
    for ring, fill in enumerate((colours.tint(0.12), colours.tint(0.24), colours.tint(0.38), colours.accent)):
        yield Shape(ornament.half_circle(WIDTH / 2, 1220, 660 - 165 * ring, 0), fill=fill)


def _sunset(brief: Brief) -> Iterator[Shape]:
    colours = brief.colours
    yield Shape(ornament.circle(brief.mirrored(1000), 760, 430), fill=colours.accent)
    for bar in range(9):
        yield Shape(ornament.rectangle(0, 720 + bar * 62, WIDTH, 8 + 6 * bar), fill=colours.ground)
    yield Shape(ornament.rectangle(0, 1240, WIDTH, 4), fill=colours.tint(0.4))


def _blocks(brief: Brief) -> Iterator[Shape]:
    """Twelve building blocks, one of them in colour."""
    colours, side = brief.colours, 330
    for place in range(12):
        x, y = 140 + place % 4 * side, 220 + place // 4 * side
        turn = brief.seed[1 + place]
        fill = colours.accent if place == brief.seed[1] % 12 else colours.tint((0.1, 0.18, 0.28)[turn % 3])
        corner = (turn >> 2) % 4
        if turn % 5 == 0:
            path = ornament.circle(x + side / 2, y + side / 2, side / 2)
        else:
            path = ornament.quarter_circle(x + side * (corner in (1, 2)), y + side * (corner in (2, 3)), side, corner)
        yield Shape(path, fill=fill)
