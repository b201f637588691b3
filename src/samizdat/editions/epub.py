"""The e-book: EPUB 3.3."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from samizdat.editions import cover
from samizdat.editions.edition import Edition, Files, Press
from samizdat.formats.epub import package
from samizdat.formats.navigation import navigation_page
from samizdat.formats.publication import Accessibility, NavPoint, NavTitles, Page, Publication, Resource, portable_path
from samizdat.model.block import Formula, Table
from samizdat.model.book import Book, Note, Section
from samizdat.model.inline import Image, Math
from samizdat.model.kind import Kind, Matter
from samizdat.model.walk import descend, plain_text
from samizdat.render import Addresses, Renderer
from samizdat.transforms import Transform
from samizdat.transforms.furnish import furnish
from samizdat.transforms.index import index
from samizdat.transforms.titles import heading
from samizdat.words import Words

FURNITURE = frozenset({Kind.TITLE_PAGE, Kind.IMPRINT, Kind.CONTENTS, Kind.COLOPHON})

_LANDMARKS = {
    Kind.TITLE_PAGE: "titlepage",
    Kind.PREFACE: "preface",
    Kind.FOREWORD: "foreword",
    Kind.GLOSSARY: "glossary",
    Kind.BIBLIOGRAPHY: "bibliography",
    Kind.INDEX: "index",
}
_NAV_DEPTH = 3


class Epub(Edition):
    """One content file for each chapter; notes that pop up; contents, landmarks and accessibility metadata."""

    suffix: ClassVar[str] = ".epub"
    title: ClassVar[str] = "E-book for e-readers, tablets and phones"
    rank: ClassVar[int] = 1
    whole: ClassVar[bool] = True

    def transforms(self) -> tuple[Transform, ...]:
        """Add the pages of an e-book and make the index."""
        return (furnish(FURNITURE), index)

    def write(self, book: Book, press: Press) -> Files:
        """Render every page and pack them."""
        leaves = tuple(book.leaves)
        files = {identity: f"{leaf.id}.xhtml" for leaf in leaves for identity in _ids(leaf)}
        pictures = {picture.path: portable_path(f"images/{picture.path.removeprefix('images/')}") for picture in book.pictures}
        addresses = Addresses(lambda target: f"{files.get(target, '')}#{target}", pictures.__getitem__)
        renderer = Renderer(book, press.folders("epub", "shared"), addresses, edition=self)
        words = Words(book.metadata.language)
        front = cover.Cover().picture(book, press)
        front_path = f"images/{front.path}"
        stylesheet = Resource("style.css", "text/css", renderer.text("style.css.j2").encode())
        publication = Publication(
            metadata=book.metadata,
            pages=(),
            nav=tuple(_nav(book)),
            landmarks=tuple(_landmarks(leaves, book.metadata.language)),
            stylesheets=(stylesheet,),
            pictures=tuple(Resource(pictures[picture.path], picture.media_type, picture.data) for picture in book.pictures),
            cover=Resource(front_path, front.media_type, front.data),
            accessibility=_accessibility(book),
            nav_titles=NavTitles(heading(Kind.CONTENTS, book.metadata.language), words("landmarks"), words("pages")),
        )
        pages = (
            Page("cover.xhtml", words("cover"), renderer.page("cover.xhtml.j2", source=front_path)),
            *(
                navigation_page(publication)
                if leaf.kind is Kind.CONTENTS
                else Page(
                    f"{leaf.id}.xhtml",
                    _title(leaf, book),
                    renderer.page("page.xhtml.j2", section=leaf, title=_title(leaf, book)),
                )
                for leaf in leaves
            ),
        )
        return {f"{press.slug}{self.suffix}": package(replace(publication, pages=pages))}


def _ids(leaf: Section) -> Iterator[str]:
    for node in descend(leaf):
        if isinstance(node, Note):
            yield node.key
        elif identity := getattr(node, "id", ""):
            yield identity


def _title(section: Section, book: Book) -> str:
    return plain_text(section.title) or book.metadata.title


def _nav(book: Book) -> Iterator[NavPoint]:
    for section in book.sections:
        if section.title or section.kind is Kind.TITLE_PAGE:
            yield _point(section, f"{section.id}.xhtml", _title(section, book), 1)


def _point(section: Section, file: str, title: str, depth: int) -> NavPoint:
    href = "nav.xhtml" if section.kind is Kind.CONTENTS else file
    if section.kind is Kind.PART:
        below = tuple(
            _point(chapter, f"{chapter.id}.xhtml", plain_text(chapter.title), depth + 1) for chapter in section.sections
        )
    elif depth < _NAV_DEPTH:
        below = tuple(
            replace(_point(inner, file, plain_text(inner.title), depth + 1), href=f"{file}#{inner.id}")
            for inner in section.sections
        )
    else:
        below = ()
    return NavPoint(title, href, below)


def _landmarks(leaves: tuple[Section, ...], language: str) -> Iterator[tuple[str, str, str]]:
    words = Words(language)
    yield "cover", words("cover"), "cover.xhtml"
    yield "toc", heading(Kind.CONTENTS, language), "nav.xhtml"
    start = next((leaf for leaf in leaves if leaf.kind.matter is Matter.BODY), None)
    if start is not None:
        yield "bodymatter", words("start"), f"{start.id}.xhtml"
    seen = set()
    for leaf in leaves:
        if leaf.kind in _LANDMARKS and leaf.kind not in seen:
            seen.add(leaf.kind)
            yield _LANDMARKS[leaf.kind], plain_text(leaf.title) or words("title-page"), f"{leaf.id}.xhtml"


def _accessibility(book: Book) -> Accessibility:
    """State what the book itself shows; a claim that a picture without words would break is not made."""
    nodes = list(descend(book.sections))
    images = [node for node in nodes if isinstance(node, Image)]
    described = all(image.alt for image in images)
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"]
    if images and described:
        features.append("alternativeText")
    if any(isinstance(node, Math | Formula) for node in nodes):
        features.append("MathML")
    sufficient: list[tuple[str, ...]] = [("textual",)] if described else []
    if images:
        sufficient.append(("textual", "visual"))
    headed = all(
        node.head or any(cell.heads_row for row in node.body for cell in row.cells) for node in nodes if isinstance(node, Table)
    )
    summary = (
        "Text that can be enlarged, reflowed and read aloud, with a table of contents, headings, landmarks and linked notes."
    )
    if images:
        summary += " Every picture has a description." if described else " Some pictures have no description."
    return Accessibility(
        modes=("textual", "visual") if images else ("textual",),
        sufficient=tuple(sufficient),
        features=tuple(features),
        hazards=("none",),
        summary=summary,
        conforms_to="EPUB Accessibility 1.1 - WCAG 2.2 Level AA" if described and headed else "",
        certified_by=book.metadata.publisher or ", ".join(book.metadata.authors) or "samizdat",
    )
