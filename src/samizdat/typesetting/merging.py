"""Merging: the PDFs of a book's leaves become one, with one structure tree, one outline, and links from leaf to leaf.

Gluing pages together would lose all three. Here each leaf's tags are copied with its pages, the numbers by which pages and
links find their tags are moved on, and everything is hung under a single Document element.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from samizdat.problems import SamizdatError
from samizdat.typesetting.composition import ELSEWHERE, Bookmark, Composed, Remember
from samizdat.typesetting.folios import Folio, Folios
from samizdat.typesetting.metadata import ACCESSIBLE, Imprint, inscribe, save
from samizdat.typesetting.typecase import TypeCase

_STYLES = {Folios.ROMAN: Name.r, Folios.ARABIC: Name.D}


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf to be merged: the blank pages before it, and its own."""

    blanks: int
    composed: Composed


@dataclass(slots=True)
class _Tags:
    """The structure tree as it grows: its Document element, the parent tree, the tags with names, and the next free number."""

    document: Object
    parents: list[tuple[int, Object]]
    names: list[tuple[bytes, Object]]
    next: int = 0


def merge(
    parts: Sequence[Part], folios: Sequence[Folio], anchors: Mapping[str, int], *, title: str, language: str, remember: Remember
) -> tuple[bytes, float, float]:
    """Merge the leaves of a book; return the PDF and the width and height of its pages in pt."""
    book = pikepdf.new()
    document = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
    tags = _Tags(document, [], [])
    size: tuple[float, float] | None = None
    destinations: dict[str, Object] = {}
    outline: list[tuple[Bookmark, int]] = []
    case = TypeCase(book)
    for part in parts:
        with _opened(part.composed.pdf) as leaf:
            left, bottom, right, top = (float(edge) for edge in leaf.pages[0].mediabox)
            size = size or (right - left, top - bottom)
            for _blank in range(part.blanks):
                # without contents: an empty stream, once compressed, is damage in the eyes of Ghostscript and MuPDF
                del book.add_blank_page(page_size=size).obj.Contents
            first = len(book.pages)
            for page in leaf.pages:
                book.pages.append(page)
            for page in list(book.pages)[first:]:
                case.gather(page.obj)
            _add_tags(book, leaf, first, tags)
            destinations |= _destinations(book, leaf)
            outline += [(line, first) for line in part.composed.bookmarks]
    width, height = size or (0.0, 0.0)
    case.fill(remember)
    _root_tags(book, tags)
    _link(book, anchors, folios)
    _name(book, destinations)
    _outline(book, outline)
    label_pages(book, folios)
    inscribe(book, Imprint(title, language), ACCESSIBLE)
    target = io.BytesIO()
    save(book, target, compress=True)
    return target.getvalue(), width, height


def _opened(data: bytes) -> Pdf:
    """Open the PDF of a leaf; raises SamizdatError P01 where its style made it none, with numbers beyond all measure, say."""
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PdfError as error:
        from samizdat.typesetting import engine  # noqa: PLC0415 - what is remembered needs no WeasyPrint

        message, hint = "A section came out as a PDF that nobody can read.", "Look at the book’s style sheets and drawings."
        raise SamizdatError(engine.COMPLAINT.problem(message, hint=hint)) from error


def _add_tags(book: Pdf, leaf: Pdf, first: int, tags: _Tags) -> None:
    """Copy a leaf's structure tree and move on the numbers that tie its pages and links to it."""
    tree = book.copy_foreign(leaf.Root.StructTreeRoot)
    numbers = tree.ParentTree.Nums
    base, highest = tags.next, -1
    for place in range(0, len(numbers), 2):
        key = int(numbers[place])
        highest = max(highest, key)
        tags.parents.append((base + key, numbers[place + 1]))
    tags.next = base + highest + 1
    names = list(tree.get(Name.IDTree, Dictionary()).get(Name.Names, []))
    tags.names += [(bytes(name), named) for name, named in zip(names[::2], names[1::2], strict=True)]
    for page in list(book.pages)[first:]:
        if Name.StructParents in page.obj:
            page.obj.StructParents = base + int(page.obj.StructParents)
        for link in page.obj.get(Name.Annots, []):
            if Name.StructParent in link:
                link.StructParent = base + int(link.StructParent)
    for top in tree.K:
        for element in top.K:
            element.P = tags.document
            tags.document.K.append(element)


def _root_tags(book: Pdf, tags: _Tags) -> None:
    """Hang all tags into the catalog."""
    tree = book.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([tags.document])))
    tags.document.P = tree
    numbers = Array()
    for key, parent in sorted(tags.parents, key=lambda pair: pair[0]):
        numbers.append(key)
        numbers.append(parent)
    tree.ParentTree = book.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = tags.next
    if tags.names:
        named = [part for pair in sorted(tags.names, key=lambda pair: pair[0]) for part in (String(pair[0]), pair[1])]
        tree.IDTree = book.make_indirect(Dictionary(Names=Array(named)))
    book.Root.StructTreeRoot = tree
    book.Root.MarkInfo = Dictionary(Marked=True)


def _destinations(book: Pdf, leaf: Pdf) -> dict[str, Object]:
    """Copy a leaf's named destinations."""
    names = leaf.Root.get(Name.Names, Dictionary()).get(Name.Dests)
    if names is None:
        return {}
    flat = list(book.copy_foreign(leaf.make_indirect(names) if not names.is_indirect else names).Names)
    return {str(name): place for name, place in zip(flat[::2], flat[1::2], strict=True)}


def _name(book: Pdf, destinations: Mapping[str, Object]) -> None:
    """Write the named destinations, in the order of bytes that readers search by."""
    flat = Array()
    for name in sorted(destinations, key=lambda name: bytes(String(name))):
        flat.append(String(name))
        flat.append(destinations[name])
    book.Root.Names = Dictionary(Dests=book.make_indirect(Dictionary(Names=flat)))


def _link(book: Pdf, anchors: Mapping[str, int], folios: Sequence[Folio]) -> None:
    """Make links between leaves links inside the book, and let every inner link tell the page it leads to."""
    for page in book.pages:
        for link in page.obj.get(Name.Annots, []):
            target = ""
            if Name.A in link and str(link.A.get(Name.URI, "")).startswith(ELSEWHERE):
                target = unquote(str(link.A.URI).removeprefix(ELSEWHERE))
                del link[Name.A]
                link.Dest = String(target)
            elif Name.Dest in link:
                target = str(link.Dest)
            if target in anchors:
                link.Contents = String(folios[anchors[target]].label or target)


def _outline(book: Pdf, lines: Sequence[tuple[Bookmark, int]]) -> None:
    """Build the outline of the whole book; a level that is skipped counts as the next one down."""
    with book.open_outline() as outline:
        stack: list[tuple[int, list[pikepdf.OutlineItem]]] = [(0, outline.root)]
        for line, first in lines:
            while stack[-1][0] >= line.level:
                stack.pop()
            item = pikepdf.OutlineItem(line.label, first + line.page, "XYZ", left=0, top=line.top)
            item.is_closed = not line.open
            stack[-1][1].append(item)
            stack.append((line.level, item.children))


def label_pages(book: Pdf, folios: Sequence[Folio]) -> None:
    """Write the page labels, so that a reader's page box shows the numbers printed on the pages."""
    numbers = Array()
    expected: Folio | None = None
    for index, folio in enumerate(folios):
        if folio != expected:
            label = Dictionary(S=_STYLES[folio.series], St=folio.number) if folio.series in _STYLES else Dictionary()
            numbers.append(index)
            numbers.append(label)
        expected = folio if folio.series is Folios.NONE else Folio(folio.series, folio.number + 1)
    book.Root.PageLabels = Dictionary(Nums=numbers)
