"""Composition: one leaf, laid out and written as a tagged PDF of its own, with what the rest of the book must know of it."""

import hashlib
import importlib.metadata
import json
import posixpath
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, unquote
from xml.etree import ElementTree as ET

from samizdat import fonts
from samizdat.problems import Place, Rule, SamizdatError, Severity
from samizdat.typesetting import boxes, folios, starts
from samizdat.typesetting.folios import Folio
from samizdat.typesetting.starts import Start
from samizdat.typesetting.tree import parse

UNKNOWN_PICTURE = Rule(
    "W43",
    Severity.ERROR,
    "A picture that the book does not have",
    "A page shows a picture that the manuscript does not name, so that it was not read. A template of the book asks for it.",
)

ELSEWHERE = "book:"
"""Links from one leaf to another are written with this scheme; merging makes them links inside the book."""
_PT = 0.75
"""A CSS pixel in points."""
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SVG_IMAGE = "{http://www.w3.org/2000/svg}image"


class Remember(Protocol):
    """`Cache.remember`, or whatever stands in for it."""

    def __call__(self, make: Callable[[], bytes], *parts: str | bytes) -> bytes:
        """Return what `make` returned for these parts before, or make it now."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline: its level, its words, and its place (page of the leaf from 0, height on it in pt)."""

    level: int
    label: str
    page: int
    top: float
    open: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """A leaf that has been set. `pdf` is empty where only its pages were counted."""

    shifts: tuple[float, ...]
    """For each page, how far right of the page's middle the text stands, in pt."""
    anchors: Mapping[str, int]
    bookmarks: tuple[Bookmark, ...]
    column: float = 0.0
    """The height of the text on a full page, in pt."""
    depth: float = 0.0
    """How far down its last page is filled, text and notes together, in pt."""
    starts: tuple[Start, ...] = ()
    """Where each page begins."""
    plates: tuple[int, ...] = ()
    """The pages, from 0, that a picture fills to the edges."""
    pdf: bytes = b""

    @property
    def pages(self) -> int:
        """How many pages the leaf has."""
        return len(self.shifts)

    def pack(self) -> bytes:
        """Turn into bytes for the cache."""
        facts = json.dumps(asdict(self) | {"pdf": ""}, ensure_ascii=False, sort_keys=True).encode()
        return len(facts).to_bytes(8, "big") + facts + self.pdf

    @classmethod
    def unpack(cls, data: bytes) -> "Composed":
        """Read what `pack` wrote."""
        end = 8 + int.from_bytes(data[:8], "big")
        facts = json.loads(data[8:end])
        return cls(
            tuple(facts["shifts"]),
            facts["anchors"],
            tuple(Bookmark(**line) for line in facts["bookmarks"]),
            facts["column"],
            facts["depth"],
            tuple(Start(**start) for start in facts["starts"]),
            tuple(facts["plates"]),
            data[end:],
        )


@dataclass(frozen=True, slots=True)
class Copy:
    """A leaf made ready for setting, as a printer calls a manuscript: its text and what it takes from elsewhere."""

    id: str
    xhtml: str
    ids: frozenset[str]
    links: frozenset[str]
    wanted: tuple[str, ...]
    pictures: Mapping[str, bytes]
    source: str = ""
    """The file of the manuscript that it came from, to name where something is wrong."""


def read(id_: str, xhtml: str, fetch: Callable[[str], bytes], source: str = "") -> Copy:
    """Read a leaf's page: its ids, the ids it links to, the pages it asks for, and its pictures."""
    root = parse(xhtml)
    links = {href[1:] for element in root.iter("a") if (href := element.get("href", "")).startswith("#")}
    wanted = folios.wanted(root)
    pictures = {address: _picture(fetch, address, source) for address in sorted(_pictures(root))}
    ids = frozenset(element.attrib["id"] for element in root.iter() if "id" in element.attrib) | _calls(root)
    return Copy(id_, xhtml, ids, frozenset(links | set(wanted)), wanted, pictures, source)


def _calls(root: ET.Element) -> set[str]:
    """Name the places where notes at the foot of the page are called."""
    return {f"{element.get('id')}-call" for element in root.iter("span") if element.get("data-note") and element.get("id")}


def _picture(fetch: Callable[[str], bytes], address: str, source: str) -> bytes:
    try:
        return fetch(unquote(address))
    except KeyError as error:
        message = f"A page shows the picture “{address[:80]}”, which the book does not have."
        hint = "Look at the book's own templates; pictures are named in its manuscript, and lie in its folder."
        raise SamizdatError(UNKNOWN_PICTURE.problem(message, Place(source), hint)) from error


def _pictures(root: ET.Element) -> set[str]:
    """List the addresses of the pictures in a page; data URLs bring their own bytes."""
    found = [element.get("src", "") for element in root.iter("img")]
    found += [element.get("href") or element.get(_XLINK) or "" for element in root.iter(_SVG_IMAGE)]
    return {address for address in found if address and not address.startswith("data:")}


@cache
def _provenance() -> tuple[str, ...]:
    """Say what composes: this package's own code, the libraries and the fonts. For the keys of the cache."""
    here = Path(__file__).parent
    code = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(here.glob("*.py")))).hexdigest()
    libraries = (f"{name} {importlib.metadata.version(name)}" for name in ("weasyprint", "pydyf", "fonttools", "pyphen"))
    return (code, *libraries, *fonts.identities())


def compose(
    copy: Copy,
    css: str,
    start: int,
    side: str,
    pages: Mapping[str, Folio] | None,
    remember: Remember,
    *,
    count_only: bool = False,
) -> Composed:
    """Set a leaf, once for the same inputs. Its first page bears the number `start` and lies on `side`, "left" or "right"."""
    asked = "" if pages is None else json.dumps([(id_, pages[id_].series, pages[id_].number) for id_ in copy.wanted])
    key: list[str | bytes] = [
        "composition",
        copy.xhtml,
        css,
        str(start),
        side,
        asked,
        str(pages is None),
        str(count_only),
        *_provenance(),
    ]
    for address, data in copy.pictures.items():
        key += [address, data]

    def make() -> bytes:
        return _compose(copy, css, start, side, pages, count_only=count_only).pack()

    return Composed.unpack(remember(make, *key))


def _compose(copy: Copy, css: str, start: int, side: str, pages: Mapping[str, Folio] | None, *, count_only: bool) -> Composed:
    """Set a leaf now."""
    from samizdat.typesetting import calls, engine, tables, terms  # noqa: PLC0415 - what is remembered needs no WeasyPrint

    root = parse(copy.xhtml)
    uncounted = {element for element in root.iter() if _uncounted(element)}
    folios.fill(root, pages)
    for link in root.iter("a"):
        href = link.get("href", "")
        if href.startswith("#") and href[1:] not in copy.ids:
            link.set("href", ELSEWHERE + quote(href[1:]))
    own = f"html{{break-before:{side}}}@page:first{{counter-reset:page {start}}}"
    pictures = {_resolved(address): data for address, data in copy.pictures.items()}
    with engine.complaints(copy.id, copy.source):
        counted = calls.Calls(root)
        boxes.box(root)
        tagged = {element.tag for element in root.iter()}
        mended = [mend for tag, mend in (("table", tables.narrowed), ("dt", terms.raised)) if tag in tagged]
        document = engine.lay_out(root, css, own, pictures)
        while any(mend(document.pages) for mend in mended) or counted.recount(document.pages):
            document = engine.lay_out(root, css, own, pictures)
        if "table" in tagged and (problems := list(dict.fromkeys(tables.overhanging(document.pages, copy.source)))):
            raise SamizdatError(*problems)
        pdf = b"" if count_only else engine.write(document, copy.id)
    return _facts(document, copy.ids, uncounted, pdf)


def _uncounted(element: ET.Element) -> bool:
    """Tell whether an element's words are this edition's own: numbers of pages and notes."""
    return not {folios.WANTED, folios.SPAN}.isdisjoint(element.attrib) or not starts.UNCOUNTED.isdisjoint(
        element.get("class", "").split()
    )


def _resolved(address: str) -> str:
    """Write a picture's address as the engine asks for it: no dots, no percent signs."""
    return posixpath.normpath(unquote(address)).lstrip("/").removeprefix("../")


def _facts(document: Any, ids: frozenset[str], uncounted: Collection[ET.Element], pdf: bytes) -> Composed:
    """Note where the leaf's ids and headings have come to stand, and where its pages begin."""
    from samizdat.typesetting import engine, plates  # noqa: PLC0415 - what is remembered needs no WeasyPrint

    anchors: dict[str, int] = {}
    bookmarks = []
    shifts = []
    for number, page in enumerate(document.pages):
        box = page._page_box  # noqa: SLF001 - a page's margins are told nowhere else
        shifts.append(round((box.margin_left - box.margin_right) / 2 * _PT, 3))
        for name in page.anchors:
            if name in ids:
                anchors.setdefault(name, number)
        for level, label, (_x, y), state in page.bookmarks:
            bookmarks.append(Bookmark(level, boxes.unboxed(label), number, round((page.height - y) * _PT, 3), state != "closed"))
    column, depth = (round(height * _PT, 3) for height in engine.filled(document.pages[-1]))
    begun = starts.starts(document.pages, uncounted)
    full = tuple(number for number, page in enumerate(document.pages) if plates.is_plate(page))
    return Composed(tuple(shifts), anchors, tuple(bookmarks), column, depth, begun, full, pdf)
