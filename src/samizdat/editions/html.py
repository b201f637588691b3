"""One page for the browser that holds everything: text, style, pictures and type."""

from typing import ClassVar

from samizdat.editions.edition import Files, Press
from samizdat.editions.online import Online, around, heading, inside, own, text
from samizdat.formats import schema
from samizdat.formats.typeface import Typeface
from samizdat.model.book import Book
from samizdat.render import Addresses

_LIGHT = 1_000_000
"""Bytes; a page that would weigh more goes without the house fonts."""


class Html(Online):
    """A self-contained page: it asks nothing of the network, and reads well on a phone, in the dark and on paper."""

    suffix: ClassVar[str] = ".html"
    title: ClassVar[str] = "Web page to read and share"
    purpose: ClassVar[str] = "For any browser, without a network: the whole book in one page that you can also send to a friend."
    rank: ClassVar[int] = 2
    layer: ClassVar[str] = "html"

    def write(self, book: Book, press: Press) -> Files:
        """Render the page."""
        pictures = {picture.path: inside(picture.media_type, picture.data) for picture in book.pictures}
        renderer = self.renderer(book, press, Addresses(picture=pictures.__getitem__))
        marked = self.marked(book, press, renderer)
        pages = around(book)
        markup = {
            "title_page": marked.nodes("", pages["title_page"], 1),
            "contents": marked.contents("", pages["contents"]),
            "text": marked.nodes("", text(book), 2),
            "closing": marked.nodes("", pages["closing"], 2),
        }
        head = heading(book, press, f"{{slug}}{self.suffix}")

        def page(typefaces: tuple[Typeface, ...]) -> bytes:
            others = (face for face in typefaces if face is not own(typefaces))
            fonts = [(face, inside(face.resource.media_type, face.resource.data)) for face in others]
            faces = renderer.text("faces.css.j2", fonts=fonts).strip()
            written = renderer.page(
                "page.xhtml.j2",
                **head,
                **pages,
                markup=markup,
                pages=marked.pages(),
                facts=schema.book(book.metadata, head["address"]),
                style=self.style(renderer, typefaces),
                faces=inside("text/css", faces.encode()) if faces else "",
            )
            return written.encode()

        made = page(())
        if len(made) < _LIGHT:
            dressed = page(self.typefaces([made], self.style(renderer, ()), press))
            made = dressed if len(dressed) < _LIGHT else made
        return {f"{press.slug}{self.suffix}": made}
