"""A label on patterned paper."""

from dataclasses import replace

from samizdat.formats.cover import ornament
from samizdat.formats.cover.brief import DISPLAY, HEIGHT, ITALIC, WIDTH, Brief, Cover, letter, names
from samizdat.formats.cover.colours import DARK, READABLE, contrast
from samizdat.formats.cover.lettering import Place
from samizdat.formats.cover.ornament import Shape


def design(brief: Brief) -> Cover:
    """Paste a label on patterned paper, as on a bound notebook."""
    colours = brief.colours
    draw, filled = ornament.PAPERS[brief.seed[0] % len(ornament.PAPERS)]
    path = draw(brief.seed, WIDTH, HEIGHT, 160)
    shade = colours.tint(0.17)
    shapes = [Shape(path, fill=shade) if filled else Shape(path, stroke=shade, stroke_width=9)]
    box = Place(330, 0, 940, 0, 0, 0)
    ink = colours.ground if contrast(colours.ground, colours.paper) >= READABLE else DARK
    people = names(brief, replace(box, height=260, largest=76, smallest=40, leading=1.2), ITALIC, ink)
    title = letter(brief, brief.metadata.title, replace(box, height=760, largest=240, smallest=54, leading=1.06), DISPLAY, ink)
    subtitle = letter(
        brief, brief.metadata.subtitle, replace(box, height=230, largest=66, smallest=38, leading=1.2), DISPLAY, ink
    )
    small = replace(box, height=130, largest=46, smallest=32, spacing=0.06)
    publisher = letter(brief, brief.metadata.publisher, small, DISPLAY, ink)
    top = 400
    people = replace(people, y=top + 110)
    title = replace(title, y=people.bottom + 90)
    subtitle = replace(subtitle, y=title.bottom + 40)
    rule = (subtitle.bottom if subtitle.lines else title.bottom) + 80
    publisher = replace(publisher, y=rule + 60)
    bottom = max(publisher.bottom + 90, 1180)
    shapes += [
        Shape(ornament.rectangle(240, top, 1120, bottom - top), fill=colours.paper),
        Shape(ornament.rectangle(270, top + 30, 1060, bottom - top - 60), stroke=ink, stroke_width=4),
        Shape(ornament.rectangle(WIDTH / 2 - 70, rule, 140, 4), fill=ink),
    ]
    return Cover(colours.ground, tuple(shapes), (people, title, subtitle, publisher))
