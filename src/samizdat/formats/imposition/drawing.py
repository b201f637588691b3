"""Drawing an imposition: each page of a PDF becomes a form that is placed on its sheet by its trim box."""

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

import pikepdf
from pikepdf import Array, Dictionary, Name

from samizdat.formats.imposition import outline, reading, ticket
from samizdat.formats.imposition.content import Box, Matrix, numbers, one_ink, seen
from samizdat.formats.imposition.edges import Size, bleeding, usual, within
from samizdat.formats.imposition.marks import Labels, corners, lines
from samizdat.formats.imposition.reading import Leaf, Link
from samizdat.formats.imposition.scheme import Binding, Flip, Imposition, Position, Scheme, Side, plan

_PLACED = re.compile(rb"(-?[\d.]+) 0 0 \S+ \S+ \S+ cm /P\d+ Do")
_KEPT = ("/Title", "/Author", "/Subject", "/CreationDate", "/ModDate")


def measure(pdf: bytes) -> tuple[int, tuple[float, float]]:
    """Return how many pages a PDF has, and the width and height of its usual ones; raises SamizdatError."""
    with reading.opened(pdf) as source:
        return len(source.pages), usual(reading.sizes(source))


def scale(pdf: pikepdf.Pdf) -> float:
    """Return the scale at which the pages of an imposed PDF stand on its sheets; 1 where none is found."""
    for page in pdf.pages:
        if placed := _PLACED.search(page.obj.get("/Contents", pdf.make_stream(b"")).read_bytes()):
            return abs(float(placed[1]))
    return 1.0


def impose(
    pdf: bytes,
    scheme: Scheme,
    sheet: tuple[float, float],
    *,
    binding: Binding | str = Binding.LEFT,
    paper: float = 0.1,
    signature: int | None = None,
    flip: Flip | str | None = None,
    labels: Sequence[str] | None = None,
    covered: bool = False,
) -> bytes:
    """Set out the pages of a PDF on sheets of a size in points; see `scheme.plan` for the rest. Raises SamizdatError.

    Page 1 of the result is the front of the first sheet, page 2 its back, and so on; a scheme printed on one side has fronts
    only. `flip` is the edge about which the printer turns the sheet; where it is not the one about which it turns like the
    page of a book, the backs are drawn upside down. `labels`, one for each side, ask for marks where the sheet is folded, cut
    and stapled, and are written into the fold. `covered` says that the first and the last leaf are a cover.
    """
    with reading.opened(pdf) as source, pikepdf.new() as result:
        frame = usual(reading.sizes(source))
        imposition = plan(
            len(source.pages),
            frame,
            scheme,
            sheet,
            binding=Binding(binding),
            paper=paper,
            signature=signature,
            bleeding=any(bleeding(page) for page in source.pages),
        )
        lines_of_outline = outline.outline(source)
        printer = Flip(flip) if flip else imposition.flip
        sheets = _Sheets(result, imposition, reading.leaves(source, result), frame, Labels(result, labels))
        for number, paper_sheet in enumerate(imposition.sheets):
            sheets.draw(paper_sheet.front, number, turned=False)
            if not scheme.one_sided:
                sheets.draw(paper_sheet.back, number, turned=printer != imposition.flip)
        sheets.link()
        outline.write(result, lines_of_outline, sheets.sides())
        label(source, result, "Simplex" if scheme.one_sided else f"DuplexFlip{printer.title()}Edge")
        turned = printer != imposition.flip and not scheme.one_sided
        result.docinfo[f"/{ticket.KEY}"] = ticket.Ticket(
            scheme.file,
            Binding(binding),
            imposition.sections,
            round(imposition.scale, 6),
            turned=turned,
            covered=covered,
            cells=(imposition.scheme.columns, imposition.scheme.rows),
        ).written()
        return written(result, source.pdf_version)


def as_sheets(pdf: bytes, flip: Flip) -> bytes:
    """Give pages that are sheets already what tells the printer's dialogue how they are meant."""
    with pikepdf.open(io.BytesIO(pdf)) as source:
        for page in source.pages:
            one_ink(page)
        label(source, source, f"DuplexFlip{flip.title()}Edge")
        return written(source, source.pdf_version)


def join(first: bytes, sheets: bytes) -> bytes:
    """Put pages before the sheets, with a blank page after an odd number of them, so that fronts remain fronts."""
    with pikepdf.open(io.BytesIO(sheets)) as pdf, pikepdf.open(io.BytesIO(first)) as guide:
        count, sides, frame = len(guide.pages), len(pdf.pages), pdf.pages[0].mediabox
        for number, page in enumerate(guide.pages):
            one_ink(page)
            pdf.pages.insert(number, page)
            pdf.pages[number].obj.MediaBox = frame
            pdf.pages[number].obj.TrimBox = frame
        if count % 2 and pdf.Root.ViewerPreferences.Duplex != Name.Simplex:
            blank = Dictionary(Type=Name.Page, MediaBox=frame, TrimBox=frame, Resources=Dictionary())
            pdf.pages.insert(count, pikepdf.Page(pdf.make_indirect(blank)))
        known = ticket.of(pdf)
        if known is not None:
            before = len(pdf.pages) - sides
            pdf.docinfo[f"/{ticket.KEY}"] = replace(known, guide=before).written()
        return written(pdf, pdf.pdf_version)


class _Sheets:
    """The result as it grows, a side at a time."""

    def __init__(self, result: pikepdf.Pdf, imposition: Imposition, leaves: list[Leaf], frame: Size, labels: Labels) -> None:
        self._result = result
        self._imposition = imposition
        self._leaves = leaves
        self._frame = frame
        self._labels = labels
        self._links: list[tuple[pikepdf.Page, Link, Matrix]] = []
        self._sides: dict[int, pikepdf.Page] = {}

    def draw(self, side: Side, sheet: int, *, turned: bool) -> None:
        """Add one side of a sheet as a page of the result, upside down if the printer turns the sheet so."""
        imposition = self._imposition
        page = self._result.add_blank_page(page_size=(imposition.width, imposition.height))
        page.obj.TrimBox = page.obj.MediaBox
        content = [f"q {numbers(-1, 0, 0, -1, imposition.width, imposition.height)} cm"] if turned else []
        begun = len(content)
        forms = Dictionary()
        for position in side:
            if position.page > len(self._leaves):
                continue
            leaf = self._leaves[position.page - 1]
            self._sides.setdefault(position.page - 1, page)
            scale = imposition.scale * within(leaf.size, self._frame)
            box = _placed(imposition, position, *(edge * scale for edge in leaf.size))
            matrix = _matrix(scale, position.rotation, leaf.trim, box)
            self._links += [(page, link, _turned(matrix, imposition) if turned else matrix) for link in leaf.links]
            if leaf.form is None:
                continue
            name = f"/P{position.page}"
            forms[name] = leaf.form
            # What a page prints beyond its trimmed edges must not run over the fold into its neighbour.
            content.append(f"q {numbers(*_cell(imposition, position))} re W n")
            content.append(f"{numbers(*matrix)} cm {name} Do Q")
        if len(forms):
            size = imposition.page_width, imposition.page_height
            content += corners(imposition, [_placed(imposition, position, *size) for position in side])
        if self._labels:
            section = self._outside_of(side, sheet)
            content += lines(imposition, side, section)
            content += self._labels.draw(imposition, side, forms, outermost=section is not None)
        page.obj.Resources = Dictionary(XObject=forms)
        if len(content) > begun:
            page.obj.Contents = self._result.make_stream("\n".join([*content, "Q"] if turned else content).encode())
        else:
            # a side with nothing on it: an empty stream, once compressed, is damage in the eyes of Ghostscript and MuPDF
            del page.obj.Contents

    def sides(self) -> dict[int, int]:
        """Return the side, counted from 0, on which each page stands first."""
        numbers = {page.obj.objgen: number for number, page in enumerate(self._result.pages)}
        return {number: numbers[side.obj.objgen] for number, side in self._sides.items()}

    def _outside_of(self, side: Side, sheet: int) -> int | None:
        """Return the number of the section of which this is the outside, where it is stapled or sewn, counted from 0."""
        if side is not self._imposition.sheets[sheet].front or all(position.depth for position in side):
            return None
        return sum(begun <= sheet for begun in accumulate(self._imposition.sections))

    def link(self) -> None:
        """Lay the links of the pages over the sheets; a link to a page leads to the side on which it stands."""
        for page, link, matrix in self._links:
            left, bottom, right, top = seen(link.box, matrix)
            rectangle = Array([round(edge, 3) for edge in (left, bottom, right, top)])
            note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rectangle, Border=Array([0, 0, 0]), F=4)
            if link.uri:
                note.A = Dictionary(S=Name.URI, URI=pikepdf.String(link.uri))
            elif link.page in self._sides:
                note.Dest = Array([self._sides[link.page].obj, Name.Fit])
            else:
                continue
            if Name.Annots not in page.obj:
                page.obj.Annots = Array()
            page.obj.Annots.append(self._result.make_indirect(note))


def _cell(imposition: Imposition, position: Position) -> Box:
    """Return the left and lower edge of a position's cell, its width and its height."""
    (width, height), (left, top) = imposition.cell, imposition.margin
    return left + position.column * width, imposition.height - top - (position.row + 1) * height, width, height


def _placed(imposition: Imposition, position: Position, width: float, height: float) -> Box:
    """Return where a trimmed page of a size lies on the sheet: against the fold, and midway between head and foot."""
    cell_left, cell_bottom, cell_width, cell_height = _cell(imposition, position)
    inward = (cell_width - imposition.page_width) / 2 if imposition.scheme.centred else 0.0
    inward -= imposition.creep * position.depth
    left = cell_left + inward if position.spine is Binding.LEFT else cell_left + cell_width - width - inward
    bottom = cell_bottom + (cell_height - height) / 2
    return left, bottom, left + width, bottom + height


def _matrix(scale: float, rotation: int, trim: Box, box: Box) -> Matrix:
    if rotation:
        return -scale, 0.0, 0.0, -scale, box[2] + trim[0] * scale, box[3] + trim[1] * scale
    return scale, 0.0, 0.0, scale, box[0] - trim[0] * scale, box[1] - trim[1] * scale


def _turned(matrix: Matrix, imposition: Imposition) -> Matrix:
    """Turn what lies on a side by half a circle."""
    a, b, c, d, e, f = matrix
    return -a, -b, -c, -d, imposition.width - e, imposition.height - f


def label(source: pikepdf.Pdf, result: pikepdf.Pdf, duplex: str) -> None:
    """Keep the book's name and language, its layers and profiles, and tell the printer's dialogue how these sheets are meant."""
    for key in _KEPT:
        if result is not source and key in source.docinfo:
            result.docinfo[key] = str(source.docinfo[key])
    if "/Lang" in source.Root:
        result.Root.Lang = str(source.Root.Lang)
    for name in (Name.OutputIntents, Name.OCProperties):
        if result is not source and name in source.Root:
            result.Root[name] = result.copy_foreign(source.make_indirect(source.Root[name]))
    result.Root.ViewerPreferences = Dictionary(
        Duplex=Name(f"/{duplex}"),
        PrintScaling=Name("/None"),
        DisplayDocTitle=True,
    )


def written(pdf: pikepdf.Pdf, version: str) -> bytes:
    """Write sheets to bytes, as a PDF of this version at least."""
    output = io.BytesIO()
    pdf.save(
        output,
        deterministic_id=True,
        min_version=version,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return output.getvalue()
