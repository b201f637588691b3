"""What the editions for the browser have in common: the pages around the text, permalinks, and the words on the controls."""

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import printable
from typing import Any, ClassVar
from urllib.parse import quote

from samizdat.editions.cover import Cover
from samizdat.editions.edition import Edition, Press
from samizdat.editions.page_numbers import PageMarks, PageNumbers
from samizdat.formats.emphases import letters_by_style
from samizdat.formats.standins import stand_ins
from samizdat.formats.typeface import Typeface, cut, packed
from samizdat.model.book import Book, Section
from samizdat.model.inline import PageBreak
from samizdat.model.kind import Kind
from samizdat.model.walk import descend
from samizdat.render import Addresses, Renderer
from samizdat.transforms import Transform
from samizdat.transforms.contents import contents
from samizdat.transforms.furnish import furnish
from samizdat.transforms.index import index
from samizdat.transforms.permalinks import permalinks
from samizdat.words import Words

FURNITURE = frozenset({Kind.TITLE_PAGE, Kind.CONTENTS, Kind.IMPRINT, Kind.COLOPHON})
"""The pages that are added; they stand before and after the text."""

_PLAIN = "!$&'()*+,-./:;=?@_~"
"""Signs that an address may hold as they are. Source: URL Standard, "URL code points"."""


class Online(Edition):
    """The base of the editions that are read in a browser."""

    whole: ClassVar[bool] = True
    layer: ClassVar[str]
    """The folder of its own templates."""

    fonts: bool = True
    """The house fonts travel along, cut down to the letters of the book, where they do not weigh too much."""
    pagination: PageNumbers = PageNumbers()

    def transforms(self) -> tuple[Transform, ...]:
        """Add a title and a contents list, make the index, and give each paragraph an address."""
        return (furnish(FURNITURE), index, contents(2), self.pagination.marks, permalinks)

    def renderer(self, book: Book, press: Press, addresses: Addresses) -> Renderer:
        """Return the renderer for this edition's templates, which know the words of the controls."""
        folders = press.folders(self.layer, "online", "shared")
        controls = Words(book.metadata.language, "controls")
        return Renderer(book, folders, addresses, edition=self, controls=controls, slug=press.slug)

    def typefaces(self, pages: Iterable[bytes], style: str, press: Press) -> tuple[Typeface, ...]:
        """Return the house fonts with the letters of some pages, as far as they are here and may be given on."""
        if not self.fonts:
            return ()
        letters = letters_by_style(pages, style)
        upright = letters[False, False] | frozenset(printable)  # whatever the controls may say
        return tuple(packed(face, press.remember) for face in cut({**letters, (False, False): upright}, press.remember))

    def style(self, renderer: Renderer, typefaces: Sequence[Typeface], beside: Iterable[tuple[Typeface, str]] = ()) -> str:
        """Render the style sheet of a text in some typefaces.

        The text's own is in it, so that no line breaks anew under the reader's eyes; where others are, is said beside them.
        """
        first = own(typefaces)
        brought = [(face, inside(face.resource.media_type, face.resource.data)) for face in typefaces if face is first]
        meanwhile = tuple(stand_ins(typefaces))
        names = (*(face.family for face in typefaces), *(face.family for face in meanwhile))
        return renderer.text(
            "style.css.j2", text_families=tuple(dict.fromkeys(names)), stand_ins=meanwhile, fonts=(*brought, *beside)
        )

    def marked(self, book: Book, press: Press, renderer: Renderer) -> "Marked":
        """Return what renders the parts of the book with the marks of its printed pages."""
        return Marked(renderer, PageMarks(press.printed(self.pagination.numbers), renderer, book), tuple(book.leaves))


class Marked:
    """Parts of a book, rendered with the marks of the printed pages, and the list of these pages."""

    def __init__(self, renderer: Renderer, marks: PageMarks, leaves: tuple[Section, ...]) -> None:
        """Take the renderer of the edition, the marks, and the leaves on which printed pages begin."""
        self._renderer, self._marks, self._leaves = renderer, marks, leaves
        self._found: dict[PageBreak, str] = {}

    def nodes(self, file: str, node: Section | tuple[Section, ...], level: int) -> str:
        """Render sections that stand in a file of the edition; their headings begin at the level."""
        inside = {section.id for section in descend(node) if isinstance(section, Section)}
        return self._put(file, self._renderer.nodes(node, level), [leaf for leaf in self._leaves if leaf.id in inside])

    def contents(self, file: str, listing: Section | None) -> str:
        """Render the list of contents with its heading, if the book has one."""
        return self._put(file, self._renderer.by(listing, "book_contents"), [listing]) if listing else ""

    def pages(self) -> list[tuple[str, str]]:
        """Return the label of each printed page and where it begins."""
        return [(page.label, f"{self._found[page]}#{page.id}") for page in self._marks.in_order(self._found)]

    def _put(self, file: str, markup: str, leaves: list[Section]) -> str:
        text, breaks = self._marks.put(markup, leaves)
        self._found.update(dict.fromkeys(breaks, file))
        return text


def own(typefaces: Iterable[Typeface]) -> Typeface | None:
    """Return the face in which most of a text is set."""
    upright = (face for face in typefaces if not (face.bold or face.italic))
    return max(upright, key=lambda face: len(face.resource.data), default=None)


def inside(media_type: str, data: bytes) -> str:
    """Write a file as an address that holds it. Source: RFC 2397."""
    if media_type == "text/css":  # holds such addresses itself, and would grow by a third again
        return f"data:{media_type},{quote(data, safe=_PLAIN)}"
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def around(book: Book) -> Mapping[str, Any]:
    """Return the pages that stand before and after the text, by the names that templates know them by."""
    pages = {section.kind: section for section in book.sections if section.kind in FURNITURE}
    return {
        "title_page": pages[Kind.TITLE_PAGE],
        "contents": pages.get(Kind.CONTENTS),
        "closing": (pages[Kind.IMPRINT], pages[Kind.COLOPHON]),
    }


def text(book: Book) -> tuple[Section, ...]:
    """Return the sections of the text itself."""
    return tuple(section for section in book.sections if section.kind not in FURNITURE)


def heading(book: Book, press: Press, path: str, title: str = "", summary: str = "") -> dict[str, Any]:
    """Return what the head of a page says: for a chapter its title and a summary, else what the book says of itself.

    Addresses are only known where book.toml states where the library is put online. `path` is seen from the book's folder, with
    the book's short name as {slug}.
    """
    metadata = book.metadata
    root, name = metadata.address, path.format(slug=press.slug)
    authors = ", ".join(metadata.authors)
    own = " – ".join(part for part in (metadata.title, authors) if part)
    return {
        "page_title": f"{title} – {metadata.title}" if title else own,
        "description": summary or metadata.description or metadata.subtitle or own,
        "og_type": "article" if title else "book",
        "og_title": title or metadata.title,
        "address": f"{root}{press.slug}/{name}" if root else "",
        "image": f"{root}{press.slug}/{next(iter(Cover().write(book, press)))}" if root else "",
        "alternates": tuple(_alternates(book, press.slug, path, chapter=bool(title))),
    }


def _alternates(book: Book, slug: str, path: str, *, chapter: bool) -> Iterator[tuple[str, str]]:
    """Yield the languages in which the book or a chapter is online, and where, its own among them as search engines want it."""
    root = book.metadata.address
    others = [
        (other.language, other.at if other.elsewhere else f"{root}{other.at}/{path.format(slug=other.at)}")
        for other in book.metadata.translations
        if (not chapter if other.elsewhere else root and (other.chapters or not chapter))
    ]
    if others and root:
        yield book.metadata.language, f"{root}{slug}/{path.format(slug=slug)}"
    yield from others
