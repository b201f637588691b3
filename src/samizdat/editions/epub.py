"""The e-book: EPUB 3.3."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from samizdat.editions import cover
from samizdat.editions.edition import Edition, Files, Press
from samizdat.editions.leaves import file_names, ids
from samizdat.editions.page_numbers import PageMarks, PageNumbers
from samizdat.formats.epub import package
from samizdat.formats.navigation import NAV_NAME, navigation_page
from samizdat.formats.portable import portable_paths
from samizdat.formats.publication import Accessibility, NavPoint, NavTitles, Page, Publication, Resource
from samizdat.formats.typeface import cut, missing
from samizdat.model.book import Book, Section
from samizdat.model.inline import PageBreak
from samizdat.model.kind import Kind, Matter
from samizdat.model.walk import plain_text
from samizdat.render import Addresses, Renderer
from samizdat.transforms import Transform
from samizdat.transforms.accessibility import facts, findings, statement, verdict
from samizdat.transforms.furnish import furnish
from samizdat.transforms.index import index
from samizdat.transforms.titles import heading
from samizdat.words import Words

FURNITURE = frozenset({Kind.TITLE_PAGE, Kind.IMPRINT, Kind.CONTENTS, Kind.ACCESSIBILITY_STATEMENT, Kind.COLOPHON})

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
    purpose: ClassVar[str] = "For a Kobo, a Kindle, a tablet or a phone: the letters grow and the page turns dark as you like."
    rank: ClassVar[int] = 1
    whole: ClassVar[bool] = True

    fonts: bool = False
    """The house fonts travel in the file, cut down to the letters of the book."""
    pagination: PageNumbers = PageNumbers()

    def transforms(self) -> tuple[Transform, ...]:
        """Add the pages of an e-book, make the index, and tell the reader how accessible the book is."""
        return (furnish(FURNITURE), index, self.pagination.marks, partial(statement, numbered=self.pagination.printed))

    def write(self, book: Book, press: Press) -> Files:
        """Render every page and pack them."""
        return {f"{press.slug}{self.suffix}": package(self.publication(book, press))}

    def publication(self, book: Book, press: Press) -> Publication:
        """Render every page."""
        leaves = tuple(book.leaves)
        contents = next((leaf for leaf in leaves if leaf.kind is Kind.CONTENTS), None)
        names = {**file_names(leaves, ".xhtml", {"cover", "nav"}), **({contents.id: NAV_NAME} if contents else {})}
        files = {identity: names[leaf.id] for leaf in leaves for identity in ids(leaf)}
        front = cover.Cover().shown(book, press)
        pictures = portable_paths((front.path, *(picture.path for picture in book.pictures)), "images")
        addresses = Addresses(lambda target: f"{files.get(target, '')}#{target}", pictures.__getitem__)
        renderer = Renderer(book, press.folders("epub", "shared"), addresses, edition=self)
        words = Words(book.metadata.language)
        marks = PageMarks(press.printed(self.pagination.numbers), renderer, book)
        pages = [Page("cover.xhtml", words("cover"), renderer.page("cover.xhtml.j2", source=pictures[front.path]))]
        found: dict[PageBreak, str] = {}

        def marked(page: Page, leaf: Section) -> Page:
            text, breaks = marks.put(page.data.decode(), [leaf])
            found.update(dict.fromkeys(breaks, page.name))
            return replace(page, xhtml=text)

        for leaf in leaves:
            title = _title(leaf, book)
            page = Page(names[leaf.id], title, title)
            if leaf is not contents:
                page = marked(replace(page, xhtml=renderer.page("page.xhtml.j2", section=leaf, title=title)), leaf)
            pages.append(page)
        typefaces = cut(frozenset().union(*(page.data.decode() for page in pages)), press.remember) if self.fonts else ()
        for problem in missing() if self.fonts else ():
            press.tell(problem)
        stylesheet = Resource("style.css", "text/css", renderer.text("style.css.j2", typefaces=typefaces).encode())
        publication = Publication(
            metadata=book.metadata,
            pages=(),
            nav=tuple(_nav(book, names)),
            landmarks=tuple(_landmarks(leaves, names, book.metadata.language)),
            stylesheets=(stylesheet,),
            pictures=tuple(
                Resource(pictures[picture.path], picture.media_type, picture.data)
                for picture in book.pictures
                if picture.path != front.path
            ),
            fonts=tuple(typeface.resource for typeface in typefaces),
            cover=Resource(pictures[front.path], front.media_type, front.data),
            page_source=self.pagination.source or marks.source,
            nav_titles=NavTitles(heading(Kind.CONTENTS, book.metadata.language), words("landmarks"), words("pages")),
        )
        if contents:  # made twice: it has marks of its own, and then the list of all
            marked(navigation_page(publication, contents.id), contents)
        page_list = tuple((page.label, f"{found[page]}#{page.id}") for page in marks.in_order(found))
        publication = replace(publication, page_list=page_list, accessibility=_accessibility(book, numbered=bool(found)))
        if contents:
            pages[leaves.index(contents) + 1] = marked(navigation_page(publication, contents.id), contents)
        return replace(publication, pages=tuple(pages))


def _title(section: Section, book: Book) -> str:
    return plain_text(section.title) or book.metadata.title


def _nav(book: Book, names: Mapping[str, str]) -> Iterator[NavPoint]:
    for section in book.sections:
        if section.title or section.kind is Kind.TITLE_PAGE:
            yield _leaf_point(section, names, _title(section, book), 1)


def _leaf_point(leaf: Section, names: Mapping[str, str], title: str, depth: int) -> NavPoint:
    if leaf.kind is Kind.PART:
        chapters = tuple(_leaf_point(chapter, names, plain_text(chapter.title), depth + 1) for chapter in leaf.sections)
        return NavPoint(title, names[leaf.id], chapters)
    return NavPoint(title, names[leaf.id], _inner_points(leaf, names[leaf.id], depth + 1))


def _inner_points(section: Section, file: str, depth: int) -> tuple[NavPoint, ...]:
    if depth > _NAV_DEPTH:
        return ()
    return tuple(
        NavPoint(plain_text(inner.title), f"{file}#{inner.id}", _inner_points(inner, file, depth + 1))
        for inner in section.sections
    )


def _landmarks(leaves: tuple[Section, ...], names: Mapping[str, str], language: str) -> Iterator[tuple[str, str, str]]:
    words = Words(language)
    yield "cover", words("cover"), "cover.xhtml"
    yield "toc", heading(Kind.CONTENTS, language), NAV_NAME
    start = next((leaf for leaf in leaves if leaf.kind.matter is Matter.BODY), None)
    if start is not None:
        yield "bodymatter", words("start"), names[start.id]
    seen = set()
    for leaf in leaves:
        if leaf.kind in _LANDMARKS and leaf.kind not in seen:
            seen.add(leaf.kind)
            yield _LANDMARKS[leaf.kind], plain_text(leaf.title) or words("title-page"), names[leaf.id]


def _accessibility(book: Book, *, numbered: bool = False) -> Accessibility:
    """Claim for programs what the statement says to the reader, and nothing that a fact of the book would break."""
    known, language = facts(book, numbered=numbered), book.metadata.language
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability", "unlocked"]
    if known.images and known.described:
        features.append("alternativeText")
    if known.paged:
        features += ["pageBreakMarkers", "pageNavigation"]
    if known.formulas:
        features.append("MathML")
    sufficient: list[tuple[str, ...]] = [("textual",)] if known.described else []
    if known.images:
        sufficient.append(("textual", "visual"))
    return Accessibility(
        modes=("textual", "visual") if known.images else ("textual",),
        sufficient=tuple(sufficient),
        features=tuple(features),
        hazards=("unknown",) if known.moving else ("none",),
        summary=" ".join([verdict(known, language), *findings(known, language)]),
        conforms_to="EPUB Accessibility 1.1 - WCAG 2.2 Level AA" if known.conforms else "",
        certified_by=book.metadata.publisher or ", ".join(book.metadata.authors) or "samizdat",
    )
