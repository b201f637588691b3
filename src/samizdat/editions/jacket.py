"""The outside of a stapled booklet: front and back of its cover as pages, drawn as on the wrap of a bound book."""

from samizdat.editions.edition import Press
from samizdat.editions.page import Page
from samizdat.formats import wrap
from samizdat.formats.cover.picture import to_pdf
from samizdat.formats.wrap.barcode import barcode
from samizdat.model.book import Book
from samizdat.render import Renderer


def jacket(book: Book, press: Press, page: Page) -> tuple[bytes, bytes]:
    """Draw the front and the back of the cover at the size of the page, without bleed; each is a PDF of one page."""
    facts = book.metadata
    code = barcode(facts.isbn) if facts.isbn else None
    plan = wrap.plan(facts, (page.width, page.height), 0.0, 0.0, own=book.cover, code=code, upwards=False, lettered=False)
    drawn = to_pdf(Renderer(book, press.folders("wrap", "shared")).page("page.xhtml.j2", plan=plan))
    return wrap.halves(wrap.trimmed(drawn, 0.0), mirrored=facts.direction == "rtl")
