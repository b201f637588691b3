"""An EPUB unpacked and understood as far as the preflight needs it: the manifest, the spine, what is said to be the cover."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml import etree

XHTML_TYPE = "application/xhtml+xml"
NCX_TYPE = "application/x-dtbncx+xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the manifest."""

    path: str
    media_type: str
    properties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Parcel:
    """What lies in an EPUB. Paths are those of the zip."""

    contents: Mapping[str, bytes]
    size: int
    """Bytes of the whole file."""
    opf: str
    identifier: str
    items: Mapping[str, Item]
    """By their ids."""
    spine: tuple[str, ...]
    ncx: str
    """The id of the NCX, as the spine names it; empty where it names none."""
    cover: str
    """The id of the picture that `<meta name="cover">` names, by which readers of EPUB 2 find it; may be empty."""
    guide: Mapping[str, str]
    """Addresses of the guide by their type."""

    def of_type(self, *media_types: str) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of the files of some media types, in the order of their names."""
        for item in sorted(self.items.values(), key=lambda item: item.path):
            if item.media_type in media_types and item.path in self.contents:
                yield item.path, self.contents[item.path]

    def with_property(self, name: str) -> Item | None:
        """Return the first file that has a property."""
        return next((item for item in self.items.values() if name in item.properties), None)


def tree(data: bytes) -> etree._Element | None:
    """Return the root of an XML file; None where it is not well-formed, which other checks tell of."""
    try:
        return etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError:
        return None


def target(base: str, address: str) -> tuple[str, str]:
    """Return the path in the zip and the fragment to which an address in a file leads."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path))) if parts.path else base
    return path, unquote(parts.fragment)


def opened(contents: Mapping[str, bytes], size: int) -> Parcel | None:
    """Read the package document; None where there is none to be read."""
    container = tree(contents.get("META-INF/container.xml", b""))
    rootfile = None if container is None else container.find(".//{*}rootfile")
    opf = "" if rootfile is None else rootfile.get("full-path", "")
    package = tree(contents.get(opf, b""))
    if package is None:
        return None
    items = {
        item.get("id", ""): Item(
            target(opf, item.get("href", ""))[0],
            item.get("media-type", ""),
            frozenset(item.get("properties", "").split()),
        )
        for item in package.iterfind(f"{_OPF}manifest/{_OPF}item")
    }
    spine = package.find(f"{_OPF}spine")
    unique = package.get("unique-identifier")
    identifiers = package.iterfind(f"{_OPF}metadata/{_DC}identifier")
    metas = package.iterfind(f"{_OPF}metadata/{_OPF}meta")
    return Parcel(
        contents,
        size,
        opf,
        next(((element.text or "").strip() for element in identifiers if element.get("id") == unique), ""),
        items,
        () if spine is None else tuple(entry.get("idref", "") for entry in spine.iterfind(f"{_OPF}itemref")),
        "" if spine is None else spine.get("toc", ""),
        next((meta.get("content", "") for meta in metas if meta.get("name") == "cover"), ""),
        {reference.get("type", ""): reference.get("href", "") for reference in package.iterfind(f"{_OPF}guide/{_OPF}reference")},
    )
