"""The preflight of the way through a book: navigation document, NCX and guide, by which services find the chapters."""

from collections.abc import Iterator

from lxml import etree

from samizdat.checks.shops.parcel import NCX_TYPE, Parcel, target, tree
from samizdat.problems import Place, Problem, Rule, Severity

NO_OLD_WAY = Rule(
    "E51",
    Severity.WARNING,
    "Old readers find no contents",
    "Kindles of before 2012 and readers of EPUB 2 know only the NCX for the contents, and the guide for the cover, the "
    "contents and the place to begin reading. Sources: Kindle Publishing Guidelines, “Logical TOC” and “Guide Items”; EPUB "
    "3.3, “Legacy features”.",
)
LOST_WAY = Rule(
    "E52",
    Severity.ERROR,
    "The contents lead nowhere, or do not belong to this book",
    "Send to Kindle and Kobo's shop refuse an e-book whose contents have a line without words or a link to a place that is "
    "not there, or lead to the id of a body; and the NCX must carry the same identifier as the book. Sources: Kobo EPUB "
    "Guidelines, “OPF” and “Table of Contents”; Kindle Publishing Guidelines, “Logical TOC”; the tool kindle-epub-fix.",
)

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_NEEDED = ("cover", "toc", "text")
"""What a Kindle looks for in the guide."""
_MEND = "Build the book again; if it stays, a chapter has lost its heading or its id."


def check(parcel: Parcel) -> Iterator[Problem]:
    """Follow every line of every list of contents."""
    ncx = parcel.items.get(parcel.ncx)
    if ncx is None or ncx.media_type != NCX_TYPE:
        yield NO_OLD_WAY.problem("The spine names no NCX.", Place(parcel.opf), "Build the book again.")
    else:
        yield from _ncx(parcel, ncx.path)
    missing = [kind for kind in _NEEDED if kind not in parcel.guide and not (kind == "toc" and _short(parcel))]
    if missing:
        yield NO_OLD_WAY.problem(f"The guide leaves out: {', '.join(missing)}.", Place(parcel.opf), "Build the book again.")
    for kind, href in parcel.guide.items():
        yield from _line(parcel, parcel.opf, kind, href)
    nav = parcel.with_property("nav")
    root = tree(parcel.contents.get(nav.path, b"")) if nav else None
    if nav and root is not None:
        for element in root.iter("{*}nav"):
            for link in element.iter("{*}a"):
                yield from _line(parcel, nav.path, _words(link), link.get("href", ""))


def _short(parcel: Parcel) -> bool:
    """Say whether the book has so few lines of contents that no page shows them."""
    nav = parcel.with_property("nav")
    return (
        nav is not None
        and parcel.items.get(parcel.spine[0] if parcel.spine else "") != nav
        and not any(parcel.items.get(name) == nav for name in parcel.spine)
    )


def _ncx(parcel: Parcel, path: str) -> Iterator[Problem]:
    root = tree(parcel.contents.get(path, b""))
    if root is None:
        yield LOST_WAY.problem("The NCX cannot be read.", Place(path), _MEND)
        return
    uid = next((meta.get("content", "") for meta in root.iter("{*}meta") if meta.get("name") == "dtb:uid"), "")
    if uid != parcel.identifier:
        yield LOST_WAY.problem(
            f"The NCX belongs to “{uid}”, the book is “{parcel.identifier}”.", Place(path), "Build the book again."
        )
    for point in root.iter("{*}navPoint", "{*}pageTarget"):
        label, content = point.find("{*}navLabel"), point.find("{*}content")
        words, href = "" if label is None else _words(label), "" if content is None else content.get("src", "")
        yield from _line(parcel, path, words, href)


def _words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _line(parcel: Parcel, base: str, words: str, href: str) -> Iterator[Problem]:
    """Look at one line: that it says something, and that it arrives."""
    if not words:
        yield LOST_WAY.problem(f"A line of the contents, to “{href}”, has no words.", Place(base), _MEND)
    path, fragment = target(base, href)
    page = tree(parcel.contents.get(path, b""))
    if page is None:
        yield LOST_WAY.problem(f"“{words}” leads to “{href}”, which is not there.", Place(base), _MEND)
    elif fragment:
        aim = next((element for element in page.iter(etree.Element) if element.get("id") == fragment), None)
        if aim is None:
            yield LOST_WAY.problem(f"“{words}” leads to “{href}”, which is not there.", Place(base), _MEND)
        elif etree.QName(aim).localname == "body":
            yield LOST_WAY.problem(f"“{words}” leads to the body of “{path}”.", Place(base), "Give the heading the id instead.")
