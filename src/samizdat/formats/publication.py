"""What goes into an EPUB, as one value: pages, pictures, the way through them, and what is true of them.

An edition makes a Publication; `epub.package` writes it. Nothing here knows how a page was made.
"""

from dataclasses import dataclass

from samizdat.model.book import Metadata


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that pages use: its path in the EPUB (see `portable_path`), its media type, its bytes."""

    path: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A finished XHTML page. Whether it holds SVG or MathML is seen from its markup and need not be said in `properties`."""

    name: str
    """Its path in the EPUB: "camps.xhtml"."""
    title: str
    xhtml: str | bytes
    linear: bool = True
    """False for a page outside the reading order, that is reached by a link."""
    properties: tuple[str, ...] = ()
    in_spine: bool = True
    """False for a navigation document that is not shown as a page."""

    @property
    def data(self) -> bytes:
        """The page's bytes."""
        return self.xhtml.encode() if isinstance(self.xhtml, str) else self.xhtml


@dataclass(frozen=True, slots=True)
class NavPoint:
    """A line of the contents. Without an href it is only a heading for its children, and must have some."""

    title: str
    href: str
    children: tuple["NavPoint", ...] = ()


@dataclass(frozen=True, slots=True)
class NavTitles:
    """The headings of the three lists, in the language of the book."""

    contents: str = "Contents"
    landmarks: str = "Landmarks"
    pages: str = "Pages"


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What the edition knows of its own accessibility, in the words of schema.org and EPUB Accessibility 1.1.

    Only claim what was checked: `conforms_to` stays empty where it was not.
    """

    modes: tuple[str, ...] = ("textual",)
    """How the content is perceived: "textual", and "visual" where there are pictures."""
    sufficient: tuple[tuple[str, ...], ...] = (("textual",),)
    """Sets of modes, each enough to read the whole."""
    features: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ("none",)
    summary: str = ""
    conforms_to: str = ""
    """Such as "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"."""
    certified_by: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """An EPUB, whole, before it is written.

    The cover's page, where there is one, is simply the first page. If no page has the property "nav", a navigation
    document is made and added outside the spine; `navigation.navigation_page` makes one for the spine.
    """

    metadata: Metadata
    pages: tuple[Page, ...]
    """In the order of the spine."""
    nav: tuple[NavPoint, ...]
    landmarks: tuple[tuple[str, str, str], ...] = ()
    """(epub:type, title, href)"""
    page_list: tuple[tuple[str, str], ...] = ()
    """(label, href) for each page of the printed edition."""
    page_source: str = ""
    """What the page numbers are taken from, an ISBN as a URN for instance; empty where they are this book's own."""
    stylesheets: tuple[Resource, ...] = ()
    pictures: tuple[Resource, ...] = ()
    fonts: tuple[Resource, ...] = ()
    cover: Resource | None = None
    """The cover as a picture, which bookshelves show."""
    accessibility: Accessibility = Accessibility()
    nav_titles: NavTitles = NavTitles()
