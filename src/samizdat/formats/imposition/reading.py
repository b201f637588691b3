"""Reading a PDF from anywhere: its pages as forms to be placed on sheets, or one problem that says why it cannot be read.

What is drawn is kept: fonts, pictures, colour profiles, layers, what is printed beyond the trimmed edge, filled-in forms and
comments that are meant to be printed. Of what is not drawn, links and the outline are kept; tags, attachments and scripts are
not, because a form is a drawing and nothing else.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from samizdat.formats.imposition.content import Box, seen
from samizdat.formats.imposition.edges import (
    Size,
    bleed,
    box_of,
    inherited,
    leaf_size,
    odd_pages,
    trimmed,
    turning,
)
from samizdat.formats.imposition.unpacking import Scales, bounded
from samizdat.problems import Problem, Rule, SamizdatError, Severity

DAMAGED_PDF = Rule(
    "P23",
    Severity.ERROR,
    "The PDF cannot be read",
    "The file is no PDF, or is damaged beyond what can be mended, or is made in a way that no sheet could be printed from: "
    "without pages, with pages of no size, or with more pages than any book has. Open it in a PDF reader and save or print "
    "it to a new PDF, then try again with that.",
)
LOCKED_PDF = Rule(
    "P24",
    Severity.ERROR,
    "The PDF is locked with a password",
    "The pages of the file are encrypted, and nothing can be done with them without the password. Open it in a PDF reader, "
    "give the password, and save it without one, if you may.",
)

MENDED_PDF = Rule(
    "P76",
    Severity.WARNING,
    "The PDF was damaged, and has been mended as far as it could be",
    "The file's inner tables are wrong, as when a download broke off, and what could be found of it was put together anew. "
    "Pages or parts of them may be missing. Look through all pages before you print, or get the file again from where it came.",
)

MOST_PAGES = 5000
MOST_BYTES = 1 << 30
MISSHAPEN = (ArithmeticError, AttributeError, LookupError, NotImplementedError, RuntimeError, TypeError, ValueError)
"""What comes of reading a number where a file by accident or malice has a word, or nothing, or itself."""
_FEW_BYTES = 64
"""A drawing that takes more, packed, is not empty."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page that leads somewhere: to an address, or to a page of the document, counted from 0."""

    box: Box
    uri: str = ""
    page: int = -1


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page taken out of its document: its trimmed edges as the form draws it, and its links."""

    form: pikepdf.Object | None
    """None where nothing is drawn."""
    trim: Box
    links: tuple[Link, ...] = ()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the trimmed page."""
        return self.trim[2] - self.trim[0], self.trim[3] - self.trim[1]


@contextmanager
def opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    """Open a PDF for reading; raises SamizdatError P23 or P24."""
    if len(pdf) > MOST_BYTES:
        raise _damaged("it is larger than a gigabyte")
    with bounded(), readable():
        source = pikepdf.open(io.BytesIO(pdf))
    with source, bounded():
        with readable():
            count = len(source.pages)
        if not 0 < count <= MOST_PAGES:
            raise _damaged(f"it has {count} pages")
        yield source


@contextmanager
def readable() -> Iterator[None]:
    """Make one problem of whatever the library says of a file that it cannot read."""
    try:
        yield
    except pikepdf.PasswordError as error:
        raise SamizdatError(
            LOCKED_PDF.problem("The PDF is locked with a password.", hint="Save it without a password first, if you may.")
        ) from error
    except (pikepdf.PdfError, *MISSHAPEN) as error:
        raise _damaged("it is damaged, or no PDF at all") from error


def flaws(pdf: bytes) -> Iterator[Problem]:
    """Say when a PDF that can be read was damaged, and when some of its pages are out of the ordinary."""
    with readable(), pikepdf.open(io.BytesIO(pdf)) as source:
        found = sizes(source)
        if source.get_warnings():
            hint = "Look through all pages before you print, or get the file again."
            yield MENDED_PDF.problem(f"The PDF was damaged; {len(source.pages)} pages could be put together again.", hint=hint)
        yield from odd_pages(found)


def _damaged(why: str) -> SamizdatError:
    return SamizdatError(
        DAMAGED_PDF.problem(f"The PDF cannot be used: {why}.", hint="Open it in a PDF reader, save it anew, and try again.")
    )


@readable()
def sizes(source: pikepdf.Pdf) -> list[Size]:
    """Return the width and height of each trimmed page, as it is seen."""
    return [leaf_size(page) for page in _pages(source)]


@readable()
def leaves(source: pikepdf.Pdf, result: pikepdf.Pdf) -> list[Leaf]:
    """Take all pages of a document over into another."""
    pages = list(_pages(source))
    numbers = {page.obj.objgen: number for number, page in enumerate(pages)}
    links = [tuple(_links(page, source, numbers)) for page in pages]
    draw_annotations(source, pages)
    scales = Scales()
    return [_leaf(page, source, result, found, scales) for page, found in zip(_pages(source), links, strict=True)]


def _pages(source: pikepdf.Pdf) -> Iterator[pikepdf.Page]:
    for page in source.pages:
        try:
            trimmed(page)
        except MISSHAPEN as error:
            raise _damaged(f"page {page.index + 1} has no size that can be read") from error
        yield page


def _leaf(page: pikepdf.Page, source: pikepdf.Pdf, result: pikepdf.Pdf, links: tuple[Link, ...], scales: Scales) -> Leaf:
    trim, turn = trimmed(page), turning(page)
    edges = seen(trim, turn)
    contents = page.obj.get(Name.Contents)
    if contents is None or _empty(contents):
        return Leaf(None, edges, links)
    simple = _simple(contents)
    if simple:
        form: pikepdf.Object = pikepdf.Stream(source, b"", Type=Name.XObject, Subtype=Name.Form)
        form.Resources = inherited(page, Name.Resources, Dictionary())
        if Name.Group in page.obj:
            form.Group = page.obj.Group
    else:
        scales.weigh(_parts(contents), page.index + 1)
        form = page.as_form_xobject()
    form.BBox = Array(bleed(page, trim))
    form.Matrix = Array([round(value, 6) for value in turn])
    copy = result.copy_foreign(form)
    if simple:
        # handed over as it is packed, which is quicker by far than to unpack it and pack it again, and safe
        copy.write(contents.read_raw_bytes(), filter=Name.FlateDecode, decode_parms=None)
    return Leaf(copy, edges, links)


def _parts(contents: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the streams of a page's drawing."""
    parts = list(contents) if isinstance(contents, Array) else [contents]
    return [part for part in parts if isinstance(part, pikepdf.Stream)]


def _simple(contents: pikepdf.Object) -> bool:
    """See whether a drawing is packed in the common way, and one stream."""
    return (
        isinstance(contents, pikepdf.Stream)
        and contents.get(Name.Filter) == Name.FlateDecode
        and Name.DecodeParms not in contents
        and Name.F not in contents
    )


def _empty(contents: pikepdf.Object) -> bool:
    """See whether nothing is drawn, without unpacking what is large."""
    streams = _parts(contents)
    if sum(len(part.read_raw_bytes()) for part in streams) > _FEW_BYTES:
        return False
    return not any(part.read_bytes().strip() for part in streams)


def draw_annotations(source: pikepdf.Pdf, pages: list[pikepdf.Page]) -> None:
    """Make what is filled into forms, and comments meant to be printed, part of the drawing of their pages."""
    if any(
        Name.AP in note or note.get(Name.Subtype) == Name.Widget
        for page in pages
        for note in annotations(page)
        if note.get(Name.Subtype) != Name.Link
    ):
        source.generate_appearance_streams()
        source.flatten_annotations("print")


def annotations(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """Yield what is laid upon a page: links, comments, fields of forms."""
    notes = page.obj.get(Name.Annots)
    if isinstance(notes, Array):
        yield from (note for note in notes if isinstance(note, Dictionary))


def _links(page: pikepdf.Page, source: pikepdf.Pdf, numbers: dict[tuple[int, int], int]) -> Iterator[Link]:
    """Yield the links of a page: to addresses, and to pages. What else a link can do, such as start a program, is left out."""
    turn = turning(page)
    for note in annotations(page):
        if note.get(Name.Subtype) != Name.Link:
            continue
        try:
            box = seen(box_of(note.Rect), turn)
            action: Any = note.get(Name.A, Dictionary())
            if action.get(Name.S) == Name.URI:
                yield Link(box, uri=str(action.URI))
            elif (meant := target(note.get(Name.Dest, action.get(Name.D)), source)) in numbers:
                yield Link(box, page=numbers[meant])
        except MISSHAPEN:
            continue  # a link that cannot be read leads nowhere in any reader


def target(destination: object, source: pikepdf.Pdf) -> tuple[int, int]:
    """Return the number of the page object that a destination means, given as it is or by its name; (0, 0) for none."""
    meant: Any = destination
    if isinstance(meant, pikepdf.String) and Name.Names in source.Root and Name.Dests in source.Root.Names:
        meant = pikepdf.NameTree(source.Root.Names.Dests).get(str(meant))
    elif isinstance(meant, pikepdf.Name) and Name.Dests in source.Root:
        meant = source.Root.Dests.get(meant)
    if isinstance(meant, Dictionary):
        meant = meant.get(Name.D)
    if isinstance(meant, Array) and len(meant) and isinstance(meant[0], Dictionary):
        return meant[0].objgen
    return 0, 0
