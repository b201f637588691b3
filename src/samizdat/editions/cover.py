"""The cover as a picture, for shelves, shops and the first page of the e-book."""

from typing import ClassVar

from samizdat import fonts
from samizdat.editions.edition import Edition, Files, Press
from samizdat.formats.cover import plan
from samizdat.formats.cover.picture import to_pdf
from samizdat.formats.pdf import raster, svg_to_pdf
from samizdat.model.book import Book, Picture
from samizdat.render import Renderer

WIDTH, HEIGHT = 1600, 2560
"""Size in px; what the shops ask for (Kindle Direct Publishing, "Cover image guidelines")."""

_PT = 0.75
"""Points in a px."""


class Cover(Edition):
    """The book's own cover where its folder has one, else one designed from its title."""

    suffix: ClassVar[str] = "-cover.jpg"
    title: ClassVar[str] = "Cover picture"
    rank: ClassVar[int] = 9

    def write(self, book: Book, press: Press) -> Files:
        """Draw the cover, or pass the book's own on."""
        picture = self.picture(book, press)
        return {f"{press.slug}-cover.{'png' if picture.media_type == 'image/png' else 'jpg'}": picture.data}

    def picture(self, book: Book, press: Press) -> Picture:
        """Return the cover as a JPEG or PNG picture."""
        own = book.cover
        if own is not None and own.media_type in ("image/jpeg", "image/png"):
            return own
        if own is not None:
            height = round(WIDTH * own.height / own.width) if own.width and own.height else HEIGHT
            data = press.remember(lambda: _drawn(svg_to_pdf(own.data, WIDTH * _PT, height * _PT)), "cover", own.data)
            return Picture("cover.jpg", "image/jpeg", WIDTH, height, data)
        page = Renderer(book, press.folders("cover", "shared")).page("page.xhtml.j2", plan=plan(book.metadata))
        data = press.remember(lambda: _drawn(to_pdf(page)), "cover", page, *fonts.identities())
        return Picture("cover.jpg", "image/jpeg", WIDTH, HEIGHT, data)


def _drawn(pdf: bytes) -> bytes:
    return raster(pdf, 0, WIDTH, "jpeg")
