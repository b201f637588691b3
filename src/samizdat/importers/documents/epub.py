"""An e-book: its package says what is in it and in which order, its navigation what the chapters are called."""

import posixpath
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from urllib.parse import unquote

from samizdat.importers.documents import embedded, kinds, numbers, old_pages, pages
from samizdat.importers.documents.archive import DAMAGED, LARGEST_PICTURE, Archive
from samizdat.importers.documents.contents import Entry, Item, Landmarks, headed, landmarks, navigation, printed_pages, risen
from samizdat.importers.documents.markup import Element, body, parsed, spoken, words
from samizdat.importers.documents.metadata import Facts
from samizdat.importers.documents.office import plain_xml
from samizdat.importers.documents.outline import Leaf
from samizdat.importers.documents.own_pages import is_made, looks_made, types
from samizdat.importers.documents.package import stated
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.importers.documents.semantics import looks, marked
from samizdat.importers.documents.wrapping import Ask, Wrapping
from samizdat.model.kind import Kind
from samizdat.problems import Rule, SamizdatError

MISSING = Rule(
    "X91",
    REPAIR,
    "A part of the e-book that is not there",
    "The package names a file that the archive does not hold, that leads out of it, or that cannot be read. The rest is "
    "imported.",
)
OWN_PAGE = Rule(
    "D86",
    REPAIR,
    "A page that every edition makes anew",
    "Cover, title page, contents, imprint and the like of the old edition are left out, since a new edition has its own.",
)

_CONTAINER = "META-INF/container.xml"
_FONTS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document", "application/xml"}
_DRAWN = {"image/png", "image/jpeg", "image/gif", "image/svg+xml"}
_MOST_PAGES = 3000
_NO_PAGES = "Look at it in a reading program: it may be damaged, or hold nothing but sound, film or pages from the web."


def opened(data: bytes, ask: Ask, record: Record) -> Wrapping:
    """Take an e-book out of its archive."""
    archive = Archive(data)
    package_path = _package_path(archive)
    package = plain_xml(archive.read(package_path))
    folder = posixpath.dirname(package_path)
    _locked(archive)
    items = _manifest(package, folder, archive, record)
    facts = stated(package, record)
    entries = navigation(package, items, archive, record)
    sheets = [_sheet(archive, item) for item in items.values() if item.media_type == "text/css"]
    cover = _cover(package, items)
    told = landmarks(package, items, archive, record)
    spine = _spine(package, items, archive, record)
    read = (_page(archive, item, cover, told, record) for item in spine)
    found = _without_own([page for page in read if page], facts, record)
    if not found:
        raise SamizdatError(DAMAGED.problem("There are no words on any page of this e-book that can be read.", hint=_NO_PAGES))
    entries = risen(entries, {page.name for page in found})
    headed(found, entries, record)
    old_pages.listed({page.name: page.root for page in found}, printed_pages(package, items, archive, record), record)
    leaves_ = [_leaf(page, entries, told) for page in found]
    for page in found:
        own = ["".join(spoken(sheet)) for sheet in page.root.iter("style")]
        marked(page.root, looks([*sheets, *own]), record)
        _pictures(page)
    pages.unique_ids(found)
    leaves = [replace(leaf, blocks=blocks) for leaf, blocks in zip(leaves_, pages.read(found, ask, record), strict=True)]
    return Wrapping(leaves, facts, _finder(archive, items), cover.path if cover and cover.path in archive else "")


def _finder(archive: Archive, items: Mapping[str, Item]) -> Callable[[str], bytes | None]:
    by_path = {item.path: item for item in items.values()}

    def find(name: str) -> bytes | None:
        if name.startswith("data:"):
            return embedded.of_address(name)
        path = posixpath.normpath(unquote(name))
        item = _shown(by_path.get(path), items, _DRAWN)
        plain = archive.find(item.path if item else path)
        return archive.read(plain, LARGEST_PICTURE) if plain else None

    return find


def _package_path(archive: Archive) -> str:
    named = ""
    if _CONTAINER in archive:
        root = plain_xml(archive.read(_CONTAINER))
        named = next((unquote(file.get("full-path", "")) for file in root.iter("rootfile")), "")
        plain = posixpath.normpath(named) if named else ""
        if plain in archive:
            return plain
        if plain.startswith(("../", "/")):
            raise SamizdatError(
                DAMAGED.problem("The e-book says that its package lies outside of it.", hint="Do not trust this file.")
            )
    packages = [name for name in archive.entries if name.lower().endswith(".opf")]
    if len(packages) == 1:
        return packages[0]
    raise SamizdatError(DAMAGED.problem("This e-book is damaged: it does not say what is in it.", hint="Get it again."))


def _locked(archive: Archive) -> None:
    """Refuse an e-book whose pages are encrypted; fonts often are, which does not matter."""
    if "META-INF/encryption.xml" not in archive:
        return
    for data in plain_xml(archive.read("META-INF/encryption.xml")).iter("EncryptedData"):
        method = next((element.get("Algorithm", "") for element in data.iter("EncryptionMethod")), "")
        target = next((element.get("URI", "") for element in data.iter("CipherReference")), "").lower()
        if method not in _FONTS and not target.endswith((".otf", ".ttf", ".woff", ".woff2")):
            message = "This e-book is encrypted (DRM), so that its text cannot be read."
            raise SamizdatError(DAMAGED.problem(message, hint="Ask the publisher for a copy without it."))


def _manifest(package: Element, folder: str, archive: Archive, record: Record) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for element in package.iter("item"):
        href = unquote(element.get("href", "").partition("#")[0])
        path = posixpath.normpath(posixpath.join(folder, href)) if href else ""
        if not path or "://" in href or path.startswith(("/", "../")):
            record.decide(MISSING, 0.9, href, "", "It lies outside the e-book, and is not opened.")
            continue
        path = archive.find(path) or path
        items.setdefault(
            element.get("id", ""),
            Item(
                *(element.get("id", ""), path, element.get("media-type", ""), tuple(element.get("properties", "").split())),
                element.get("fallback", ""),
            ),
        )
    return items


def _spine(package: Element, items: dict[str, Item], archive: Archive, record: Record) -> list[Item]:
    """Return the pages in the order of reading."""
    result: list[Item] = []
    seen: set[str] = set()
    for reference in package.iter("itemref"):
        item = _shown(items.get(reference.get("idref", "")), items, _PAGES)
        if item is None or item.path not in archive:
            name = item.path if item else reference.get("idref", "")
            record.decide(MISSING, 0.9, name, "", "The order of reading names it, but it is not there.")
        elif item.path in seen:
            record.decide(MISSING, 0.9, item.path, "", "The order of reading names it twice; it is read once.")
        else:
            seen.add(item.path)
            result.append(item)
    if len(result) > _MOST_PAGES:
        raise SamizdatError(
            DAMAGED.problem(
                f"This e-book has {len(result):,} pages, which is more than can be read.", hint="Divide it into volumes."
            )
        )
    return result


def _shown(item: Item | None, items: Mapping[str, Item], kinds_: Container[str]) -> Item | None:
    """Return the first of an item and those that stand in for it, one for the other, that is of a kind that can be read."""
    first, seen = item, set[str]()
    while item and item.media_type not in kinds_ and item.fallback not in seen:
        seen.add(item.fallback)
        item = items.get(item.fallback)
    return item if item and item.media_type in kinds_ else first


def _page(archive: Archive, item: Item, cover: Item | None, told: Landmarks, record: Record) -> pages.Page | None:
    """Read a page, unless it is one that every edition makes anew."""
    try:
        data = archive.read(item.path)
    except SamizdatError as error:
        if error.problems[0].code != DAMAGED.code:
            raise
        record.decide(MISSING, 0.9, item.path, "", error.problems[0].message)
        return None
    if item.media_type.startswith("image/"):
        data = f'<html><body><p><img src="{posixpath.basename(item.path)}" alt=""/></p></body></html>'.encode()
    elif item.media_type not in _PAGES and b"<" not in data[:2000]:
        record.decide(MISSING, 0.6, item.path, "", f"Pages of the kind {item.media_type} cannot be read.")
        return None
    root = parsed(data, record)
    if root is None:
        if data.strip():
            record.decide(MISSING, 0.9, item.path, "", "This page cannot be read.")
        return None
    top = body(root)
    numbers.of_page(top, record)
    made_anew = record.allow(OWN_PAGE) and not record.spared(top)
    if made_anew and is_made(root, item, told.get(item.path, ()), cover):
        why = f"The page {posixpath.basename(item.path)} says what it is."
        record.drop(OWN_PAGE, 0.8, words(top) or item.path, why, record.span(top))
        return None
    for element in list(top.iter("nav")) if made_anew else ():
        if {"toc", "landmarks", "page-list", "doc-toc"} & set(
            f"{element.get('epub:type', '')} {element.get('role', '')}".split()
        ):
            record.drop(OWN_PAGE, 0.9, words(element), "The contents are made anew.", record.span(element))
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    if not words(top) and next(top.iter("img", "svg", "image", "object"), None) is None:
        return None
    return pages.Page(item.path, root)


def _without_own(found: list[pages.Page], facts: Facts, record: Record) -> list[pages.Page]:
    """Leave out the pages at both ends that are an old edition's own by their words, as long as others stay."""
    if not record.allow(OWN_PAGE):
        return found
    last = len(found) - 1
    own = [page for place, page in enumerate(found) if looks_made(page.root, facts, place, last)]
    own = [page for page in own if not record.spared(body(page.root))]
    if len(own) == len(found):
        return found
    for page in own:
        top = body(page.root)
        why = f"The page {posixpath.basename(page.name)} has no other words than such pages have."
        record.drop(OWN_PAGE, 0.6, words(top), why, record.span(top))
    return [page for page in found if page not in own]


def _cover(package: Element, items: dict[str, Item]) -> Item | None:
    """Return the picture of the cover."""
    found = next((item for item in items.values() if "cover-image" in item.properties), None)
    if found is None:
        name = next((meta.get("content", "") for meta in package.iter("meta") if meta.get("name") == "cover"), "")
        found = items.get(name) or next((item for item in items.values() if name and item.path.endswith(name)), None)
    return found if found and found.media_type.startswith("image/") else None


def _sheet(archive: Archive, item: Item) -> str:
    try:
        return archive.read(item.path, 2 << 20).decode("utf-8", "replace")
    except SamizdatError:
        return ""


def _pictures(page: pages.Page) -> None:
    """Name pictures from the top of the archive."""
    for image in page.root.iter("img"):
        source = image.get("src", "")
        if source and "://" not in source and not source.startswith(("data:", "/")):
            image.set("src", posixpath.normpath(posixpath.join(posixpath.dirname(page.name), source)))


def _leaf(page: pages.Page, entries: tuple[Entry, ...], told: Landmarks) -> Leaf:
    said = types(page.root) or set(told.get(page.name, ()))
    kind: Kind | None = kinds.by_type(" ".join(sorted(said - {"bodymatter", "frontmatter", "backmatter"})))
    if kind is None:
        section = next(body(page.root).iter("section"), None)
        kind = kinds.by_type(section.get("epub:type", "")) if section is not None else None
    depth = next((entry.depth for entry in entries if entry.path == page.name), 0)
    return Leaf([], kind, depth)
