"""DOCX and ODT: the archive is looked through, its text goes to pandoc, its properties and pictures are taken from it
directly.
"""

import posixpath
import re
from collections.abc import Callable

from lxml import etree

from samizdat.importers.documents.archive import ANEW, DAMAGED, LARGEST_PICTURE, Archive
from samizdat.importers.documents.metadata import Facts, clean, is_name, is_title
from samizdat.importers.documents.office_text import readable
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.model.book import Person
from samizdat.problems import Rule, SamizdatError

DECLARED = Rule(
    "X90",
    REPAIR,
    "Declarations of entities left out",
    "No office program writes declarations of entities into a document. They can pull in other files or swell without end, so "
    "that"
    " they are taken out before anything is read.",
)

_DC = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_MARGINS = re.compile(r"word/(header|footer)\d*\.xml")
_OWN_NAME = re.compile(r"(?<=[}:])[^\W\d][\w.-]*\Z")


Mend = Callable[[str, bytes], bytes]


def opened(data: bytes, record: Record, styled: Callable[[Archive], Mend]) -> tuple[Archive, bytes]:
    """Open an office file; also return what pandoc is to read, with what `styled` makes of its parts."""
    archive = Archive(data)
    mended = styled(archive)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise SamizdatError(DAMAGED.problem("This file is locked with a password.", hint="Save it without one."))
    fresh, declared = archive.repacked(lambda name, part: mended(name, readable(name, part, record)))
    if declared:
        record.decide(DECLARED, 0.95, f"{declared} declarations", "", "No office file has them.")
    return archive, fresh


def facts(archive: Archive, record: Record) -> Facts:
    """Read the properties of an office file."""
    for name in ("docProps/core.xml", "meta.xml"):
        if name in archive:
            try:
                root = xml(archive.read(name))
            except SamizdatError:
                return Facts()
            return _properties(root, record)
    return Facts()


def xml(data: bytes) -> etree._Element:
    """Parse XML from elsewhere: no entities, no network, no bombs."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SamizdatError(DAMAGED.problem("This file is damaged: a part of it is not well-formed.", hint=ANEW)) from error
    if root is None:
        raise SamizdatError(DAMAGED.problem("This file is damaged: a part of it is not well-formed.", hint=ANEW))
    return root


def plain_xml(data: bytes) -> etree._Element:
    """Parse XML, and take namespaces off its names, as well as prefixes that nobody declared."""
    root = xml(data)
    for element in root.iter(etree.Element):
        if own := _OWN_NAME.search(str(element.tag)):
            element.tag = own[0]
        for key in list(element.attrib):
            if own := _OWN_NAME.search(str(key)):
                element.set(own[0], element.attrib.pop(key))
    return root


def _properties(root: etree._Element, record: Record) -> Facts:
    def said(tag: str) -> str:
        return next((clean(element.text or "", record) for element in root.iter(tag) if (element.text or "").strip()), "")

    title, author = said(f"{_DC}title"), said(f"{_META}initial-creator") or said(f"{_DC}creator")
    return Facts(
        title=title if is_title(title) else "",
        people=tuple(Person(part) for part in [author] if is_name(part)),
        language=said(f"{_DC}language"),
        description=said(f"{_DC}description"),
    )


def picture(archive: Archive, name: str) -> bytes | None:
    """Return a picture of an office file by the name that pandoc gives it."""
    plain = posixpath.normpath(name)
    for candidate in (plain, posixpath.join("word", plain), posixpath.normpath(posixpath.join("word", plain))):
        if found := archive.find(candidate):
            return archive.read(found, LARGEST_PICTURE)
    return None
