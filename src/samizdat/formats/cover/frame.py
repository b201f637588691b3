"""Centred in a frame."""

from dataclasses import replace

from samizdat.formats.cover import ornament
from samizdat.formats.cover.brief import DISPLAY, HEIGHT, ITALIC, WIDTH, Brief, Cover, letter, names, standing
from samizdat.formats.cover.lettering import Place
from samizdat.formats.cover.ornament import Shape


def design(brief: Brief) -> Cover:
    """Centre the words in a double frame with curved corners, as on an old title page."""
    colours = brief.colours
    shapes = [
        Shape(ornament.rectangle(76, 76, WIDTH - 152, HEIGHT - 152), stroke=colours.accent, stroke_width=8),
        Shape(ornament.notched_frame(112, 112, WIDTH - 224, HEIGHT - 224, 72), stroke=colours.accent, stroke_width=3),
    ]
    shapes += [Shape(ornament.diamond(x, y, 20), fill=colours.accent) for x in (128, WIDTH - 128) for y in (128, HEIGHT - 128)]
    box = Place(230, 0, 1140, 0, 0, 0)
    people = names(brief, replace(box, height=420, largest=104, smallest=48, leading=1.2), DISPLAY, colours.ink)
    people = standing(people, 2130)
    subtitle = letter(
        brief, brief.metadata.subtitle, replace(box, height=300, largest=86, smallest=44, leading=1.2), ITALIC, colours.ink
    )
    room = min(900, people.y - 380 - 230 - subtitle.height)
    title = letter(
        brief, brief.metadata.title, replace(box, height=room, largest=330, smallest=60, leading=1.04), DISPLAY, colours.ink
    )
    whole = title.height + (170 + subtitle.height if subtitle.lines else 120)
    title = replace(title, y=max(380, 980 - whole / 2))
    rule = title.bottom + 80
    shapes.append(Shape(ornament.diamond(WIDTH / 2, rule, 16), fill=colours.accent))
    for side in (-1, 1):
        shapes.append(Shape(ornament.rectangle(WIDTH / 2 + side * 135 - 95, rule - 1.5, 190, 3), fill=colours.accent))
        shapes.append(Shape(ornament.diamond(WIDTH / 2 + side * 240, rule, 7), fill=colours.accent))
    subtitle = replace(subtitle, y=rule + 70)
    small = replace(box, height=160, largest=52, smallest=34, spacing=0.06)
    series = replace(letter(brief, brief.series, small, DISPLAY, colours.accent), y=270)
    publisher = letter(brief, brief.metadata.publisher, small, DISPLAY, colours.accent)
    return Cover(
        colours.ground,
        tuple(shapes),
        (title, subtitle, series, people, standing(publisher, HEIGHT - 240)),
    )
