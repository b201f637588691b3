"""One page for the browser that holds everything: text, style and pictures."""

import base64
from typing import ClassVar

from samizdat.editions.edition import Edition, Files, Press
from samizdat.editions.page_numbers import PageMarks, PageNumbers
from samizdat.model.book import Book
from samizdat.model.kind import Kind
from samizdat.render import Addresses, Renderer
from samizdat.transforms import Transform
from samizdat.transforms.contents import contents
from samizdat.transforms.furnish import furnish
from samizdat.transforms.index import index

FURNITURE = frozenset({Kind.TITLE_PAGE, Kind.CONTENTS, Kind.IMPRINT, Kind.COLOPHON})
"""The pages that are added; they stand before and after the text."""


class Html(Edition):
    """A self-contained page: it asks nothing of the network, and reads well on a phone, in the dark and on paper."""

    suffix: ClassVar[str] = ".html"
    title: ClassVar[str] = "Web page to read and share"
    purpose: ClassVar[str] = "For any browser, without a network: the whole book in one page that you can also send to a friend."
    rank: ClassVar[int] = 2
    whole: ClassVar[bool] = True

    pagination: PageNumbers = PageNumbers()

    def transforms(self) -> tuple[Transform, ...]:
        """Add a title and a contents list, and make the index."""
        return (furnish(FURNITURE), index, contents(2), self.pagination.marks)

    def write(self, book: Book, press: Press) -> Files:
        """Render the page."""
        pictures = {
            picture.path: f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"
            for picture in book.pictures
        }
        renderer = Renderer(book, press.folders("html", "shared"), Addresses(picture=pictures.__getitem__), edition=self)
        around = {section.kind: section for section in book.sections if section.kind in FURNITURE}
        marks = PageMarks(press.printed(self.pagination.numbers), renderer, book)
        text = tuple(section for section in book.sections if section.kind not in FURNITURE)
        closing = (around[Kind.IMPRINT], around[Kind.COLOPHON])
        listing = around.get(Kind.CONTENTS)
        parts = (
            marks.put(renderer.nodes(around[Kind.TITLE_PAGE], 1), [around[Kind.TITLE_PAGE]]),
            marks.put(f'<div id="{listing.id}">{renderer.nodes(listing.blocks)}</div>', [listing]) if listing else ("", ()),
            marks.put(renderer.nodes(text, 2), [leaf for leaf in book.leaves if leaf.kind not in FURNITURE]),
            marks.put(renderer.nodes(closing, 2), closing),
        )
        page = renderer.page(
            "page.xhtml.j2",
            style=renderer.text("style.css.j2"),
            contents=listing,
            pages=marks.in_order(page for _, pages in parts for page in pages),
            **dict(zip(("title_page", "contents_list", "text", "closing"), (markup for markup, _ in parts), strict=True)),
        )
        return {f"{press.slug}{self.suffix}": page.encode()}
