"""Publication to EPUB 3.3: EbookLib writes the container, and its zip is packed again so that the same book is the same bytes.

The package document says what the book is to shops, libraries and readers, old ones too: beside the EPUB 3 metadata stand
the `guide`, the NCX and the cover `meta` by which readers of EPUB 2 find their way.
"""

import io
import re
import zipfile
from dataclasses import replace
from urllib.parse import quote, unquote

from ebooklib import epub as ebooklib
from lxml import etree

from samizdat.formats.navigation import NAV_NAME, clean, navigation_page, ncx
from samizdat.formats.publication import Accessibility, Page, Publication
from samizdat.model.book import Metadata, Person

_DEFLATE_LEVEL = 9
_MARKUP = {"svg": re.compile(rb"<(?:\w+:)?svg[\s>]"), "mathml": re.compile(rb"<(?:\w+:)?math[\s>]")}

RELATORS = {
    "author": "aut",
    "editor": "edt",
    "translator": "trl",
    "illustrator": "ill",
    "foreword": "aui",
    "afterword": "aft",
    "contributor": "ctb",
}
"""The MARC relator for each role of book.toml."""

_GUIDE = {
    "cover": "cover",
    "titlepage": "title-page",
    "toc": "toc",
    "bodymatter": "text",
    "imprint": "copyright-page",
    "copyright-page": "copyright-page",
    "dedication": "dedication",
    "epigraph": "epigraph",
    "foreword": "foreword",
    "preface": "preface",
    "acknowledgments": "acknowledgements",
    "loi": "loi",
    "lot": "lot",
    "endnotes": "notes",
    "glossary": "glossary",
    "bibliography": "bibliography",
    "index": "index",
    "colophon": "colophon",
}
"""What EPUB 2 calls a landmark."""


def package(publication: Publication) -> bytes:
    """Write an EPUB 3.3. The same publication gives the same bytes."""
    if not any("nav" in page.properties for page in publication.pages):
        publication = _with_hidden_nav(publication)
    metadata = publication.metadata
    book = ebooklib.EpubBook()
    book.metadata = {}  # EbookLib begins every book with a random identifier and its own advertisement
    book.prefixes = []
    book.set_identifier(clean(metadata.identifier))
    book.set_direction(metadata.direction)
    _describe(book, metadata)
    _declare_accessibility(book, publication.accessibility)
    if publication.page_list:
        _meta(book, publication.page_source or "none", property="pageBreakSource")
        # systems older than EPUB Accessibility 1.1 look for it here
        _element(book, "source", publication.page_source, "pagination", {"source-of": "pagination"})
    _fill(book, publication)
    for epub_type, title, href in publication.landmarks:
        if epub_type in _GUIDE:
            book.guide.append({"type": _GUIDE[epub_type], "title": clean(title), "href": href})
    container = io.BytesIO()
    book.language = metadata.language
    _Writer(container, book, {"mtime": metadata.date, "compresslevel": 0, "package_direction": True}).write()
    return _repack(container.getvalue(), metadata)


class _Writer(ebooklib.EpubWriter):  # type: ignore[misc]  # EbookLib has no types
    """EbookLib's writer, which leaves the language of the package document unsaid."""

    def _write_opf_file(self, root: etree._Element) -> None:
        root.set("{http://www.w3.org/XML/1998/namespace}lang", self.book.language)
        super()._write_opf_file(root)


def _with_hidden_nav(publication: Publication) -> Publication:
    """Add a navigation document that is not shown as a page, and to which no landmark may lead therefore."""
    landmarks = tuple(landmark for landmark in publication.landmarks if landmark[2] != NAV_NAME)
    publication = replace(publication, landmarks=landmarks)
    nav = replace(navigation_page(publication), in_spine=False)
    return replace(publication, pages=(*publication.pages, nav))


def _fill(book: ebooklib.EpubBook, publication: Publication) -> None:
    """Put every file into the manifest and the pages into the spine."""
    names: set[str] = set()

    def add(path: str, media_type: str, data: bytes, properties: tuple[str, ...] = ()) -> str:
        name = _manifest_id(path, names)
        # EbookLib uses one name for the zip and for the manifest, which wants a URL; `_repack` turns it back in the zip.
        item = ebooklib.EpubItem(uid=name, file_name=quote(path), media_type=media_type, content=data)
        item.properties = list(properties)
        book.add_item(item)
        return name

    for page in publication.pages:
        name = add(page.name, "application/xhtml+xml", page.data, _properties(page))
        if page.in_spine:
            book.spine.append((name, "yes" if page.linear else "no"))
    # The spine points to the item called "ncx".
    names.add("ncx")
    book.add_item(ebooklib.EpubItem("ncx", "toc.ncx", "application/x-dtbncx+xml", ncx(publication)))
    if publication.cover is not None:
        cover = publication.cover
        _meta(book, "", name="cover", content=add(cover.path, cover.media_type, cover.data, ("cover-image",)))
    for resource in (*publication.stylesheets, *publication.pictures, *publication.fonts):
        add(resource.path, resource.media_type, resource.data)
    if publication.fonts:
        book.add_prefix("ibooks", "http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/")
        _meta(book, "true", property="ibooks:specified-fonts")


def _properties(page: Page) -> tuple[str, ...]:
    """Name what the manifest must say of a page: what was given, and the kinds of markup it holds."""
    found = {name for name, pattern in _MARKUP.items() if pattern.search(page.data)}
    return tuple(sorted(found.union(page.properties)))


def _manifest_id(path: str, taken: set[str]) -> str:
    """Make an XML name from a path that no other file has."""
    stem = name = "item-" + re.sub(r"[^A-Za-z0-9.-]+", "-", path)
    count = 1
    while name in taken:
        count += 1
        name = f"{stem}-{count}"
    taken.add(name)
    return name


def _describe(book: ebooklib.EpubBook, metadata: Metadata) -> None:
    """Write what book.toml says of the book."""
    _element(book, "title", metadata.title, "title", {"title-type": "main", "display-seq": "1"})
    if clean(metadata.subtitle):
        _element(book, "title", metadata.subtitle, "subtitle", {"title-type": "subtitle", "display-seq": "2"})
    # A book without an author is catalogued under its editors.
    first = "author" if metadata.authors else "editor"
    creators = [person for person in metadata.people if person.role == first]
    others = [person for person in metadata.people if person.role != first]
    for tag, people in (("creator", creators), ("contributor", others)):
        for count, person in enumerate(people, 1):
            _element(book, tag, person.name, f"{tag}-{count}", _person(person, count))
    _element(book, "language", metadata.language)
    if metadata.dated:
        _element(book, "date", metadata.date.isoformat())
    if clean(metadata.isbn):
        isbn = re.sub(r"[^0-9Xx]", "", metadata.isbn).upper()
        _element(book, "identifier", f"urn:isbn:{isbn}", "isbn")
    for tag, value in (
        ("description", metadata.description),
        ("publisher", metadata.publisher),
        ("rights", metadata.rights),
        ("source", metadata.source),
    ):
        _element(book, tag, value)
    for subject in metadata.subjects:
        _element(book, "subject", subject)
    if clean(metadata.edition):
        _meta(book, metadata.edition, property="schema:bookEdition")
    if metadata.series is not None and clean(metadata.series.name):
        _meta(book, metadata.series.name, property="belongs-to-collection", id="series")
        _meta(book, "series", refines="#series", property="collection-type")
        # Readium's parser, Kobo and calibre's catalogues look for the older way of saying it.
        _meta(book, "", name="calibre:series", content=clean(metadata.series.name))
        if metadata.series.number is not None:
            _meta(book, str(metadata.series.number), refines="#series", property="group-position")
            _meta(book, "", name="calibre:series_index", content=str(metadata.series.number))


def _person(person: Person, place: int) -> dict[str, str]:
    return {"role": RELATORS.get(person.role, "ctb"), "file-as": person.sort, "display-seq": str(place)}


def _declare_accessibility(book: ebooklib.EpubBook, accessibility: Accessibility) -> None:
    for name, values in (
        ("accessMode", accessibility.modes),
        ("accessModeSufficient", tuple(",".join(modes) for modes in accessibility.sufficient)),
        ("accessibilityFeature", accessibility.features),
        ("accessibilityHazard", accessibility.hazards),
        ("accessibilitySummary", (accessibility.summary,)),
    ):
        for value in values:
            _meta(book, value, property=f"schema:{name}")
    if accessibility.conforms_to:
        _meta(book, accessibility.conforms_to, property="dcterms:conformsTo", id="conformance")
        _meta(book, accessibility.certified_by, property="a11y:certifiedBy", refines="#conformance")


def _element(book: ebooklib.EpubBook, tag: str, text: str, name: str = "", refinements: dict[str, str] | None = None) -> None:
    """Add a Dublin Core element and what is said about it; nothing where there is no text."""
    if not clean(text):
        return
    book.add_metadata("DC", tag, clean(text), {"id": name} if name else {})
    for key, value in (refinements or {}).items():
        scheme = {"scheme": "marc:relators"} if key == "role" else {}
        _meta(book, value, refines=f"#{name}", property=key, **scheme)


def _meta(book: ebooklib.EpubBook, text: str, **attributes: str) -> None:
    """Add a `meta`; one that should hold text is left out where there is none."""
    if clean(text) or "content" in attributes:
        book.add_metadata("OPF", "meta", clean(text), attributes)


def _repack(container: bytes, metadata: Metadata) -> bytes:
    """Pack the zip again: mimetype first and stored, the rest by name, every time stamp the date of the edition."""
    date = metadata.date
    stamp = (max(date.year, 1980), date.month, date.day, 0, 0, 0)  # a zip knows no year before 1980
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(container)) as old, zipfile.ZipFile(result, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "mimetype", not name.startswith("META-INF/"), name)):
            entry = zipfile.ZipInfo(unquote(name), stamp)
            entry.create_system = 3  # as if written on Unix, wherever it is written
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name), compresslevel=_DEFLATE_LEVEL)
    return result.getvalue()
