"""The cover as a picture, for shelves, shops and the first page of the e-book."""

import math
from dataclasses import replace
from typing import ClassVar

from samizdat import fonts
from samizdat.editions.edition import Edition, Files, Press
from samizdat.formats.cover import CoverPlan, plan
from samizdat.formats.cover.picture import thumbnail, to_pdf
from samizdat.formats.pdf import raster, svg_to_pdf
from samizdat.model.book import Book, Picture
from samizdat.problems import SamizdatError, Severity
from samizdat.render import Renderer

WIDTH, HEIGHT = 1600, 2560
"""Size in px; what the shops ask for (Kindle Direct Publishing, "Cover image guidelines")."""

_MOST_DOTS = 5_500_000
"""Width times height; Apple refuses a picture of more than 5.6 million dots (Apple Books Asset Guide 5.3)."""
_PT = 0.75
"""Points in a px."""


class Cover(Edition):
    """The book's own cover where its folder has one, else one designed from its title."""

    suffix: ClassVar[str] = "-cover.jpg"
    title: ClassVar[str] = "Cover picture"
    rank: ClassVar[int] = 9

    def write(self, book: Book, press: Press) -> Files:
        """Draw the cover, or pass the book's own on, and make a small copy of it for shelves."""
        picture = self.shown(book, press)
        small = press.remember(lambda: thumbnail(picture.data), "thumbnail", picture.data)
        kind = "png" if picture.media_type == "image/png" else "jpg"
        return {f"{press.slug}-cover.{kind}": picture.data, f"{press.slug}-thumbnail.jpg": small}

    def picture(self, book: Book, press: Press) -> Picture:
        """Return the cover as a JPEG or PNG picture."""
        own = book.cover
        if own is not None and own.media_type in ("image/jpeg", "image/png"):
            return own
        if own is not None:
            width, height = _size(own.width, own.height)
            data = press.remember(
                lambda: raster(svg_to_pdf(own.data, width * _PT, height * _PT), 0, width, "jpeg"), "cover", own.data
            )
            return Picture("cover.jpg", "image/jpeg", width, height, data)
        return self._designed(book, press, plan(book.metadata))

    def shown(self, book: Book, press: Press) -> Picture:
        """Return the cover for screens; without its words where no house font has their letters, which is told.

        What is read on a screen is set in the reader's fonts, so it need not fail for that, and a shelf wants a picture.
        """
        try:
            return self.picture(book, press)
        except SamizdatError as error:
            for problem in error.problems:
                press.tell(replace(problem, severity=Severity.WARNING))
            return self._designed(book, press, replace(plan(book.metadata), lettering=()))

    def _designed(self, book: Book, press: Press, plan: CoverPlan) -> Picture:
        page = Renderer(book, press.folders("cover", "shared")).page("page.xhtml.j2", plan=plan)
        data = press.remember(lambda: raster(to_pdf(page), 0, WIDTH, "jpeg"), "cover", page, *fonts.identities())
        return Picture("cover.jpg", "image/jpeg", WIDTH, HEIGHT, data)


def _size(width: int, height: int) -> tuple[int, int]:
    """Enlarge a drawing until it is as wide and as high as shops want, unless it then had more dots than they take."""
    if not (width and height):
        return WIDTH, HEIGHT
    scale = min(max(WIDTH / width, HEIGHT / height), math.sqrt(_MOST_DOTS / (width * height)))
    return round(width * scale), round(height * scale)
