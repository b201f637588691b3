"""Drawing an imposition: each page of a PDF becomes a form that is placed on its sheet by its trim box."""

import io
import re
from collections.abc import Iterator

import pikepdf

from samizdat.formats.imposition.scheme import MILLIMETRE, Binding, Imposition, Position, Scheme, Side, plan

MARK = "q 0.6 G 0.25 w"
"""Marks are thin and grey: seen by who looks for them."""
MARK_DISTANCE = 1.5 * MILLIMETRE
MARK_LENGTH = 3 * MILLIMETRE
_PLACED = re.compile(rb"(-?[\d.]+) 0 0 \S+ \S+ \S+ cm /P\d+ Do")
_KEPT = ("/Title", "/Author", "/Subject", "/CreationDate", "/ModDate")


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
) -> bytes:
    """Set out the pages of a PDF on sheets of a size in points; see `scheme.plan` for the rest.

    Page 1 of the result is the front of the first sheet, page 2 its back, and so on.
    """
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as result:
        imposition = plan(len(source.pages), _largest(source), scheme, sheet, binding=Binding(binding), paper=paper)
        forms = [_form(result, page) for page in source.pages]
        trims = [_trim(page) for page in source.pages]
        for paper_sheet in imposition.sheets:
            for side in (paper_sheet.front, paper_sheet.back):
                _draw(result, imposition, side, forms, trims)
        _label(source, result)
        output = io.BytesIO()
        result.save(
            output,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return output.getvalue()


def _form(result: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object | None:
    """Make a page into a form of the result; nothing for a page on which nothing is drawn."""
    form = page.as_form_xobject()
    if not form.read_bytes().strip():
        return None
    form.BBox = pikepdf.Array(_bleed(page))
    return result.copy_foreign(form)


Box = tuple[float, float, float, float]


def _trim(page: pikepdf.Page) -> Box:
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _bleed(page: pikepdf.Page) -> list[float]:
    """Return the page with what it prints beyond its trimmed edges."""
    return [round(float(edge), 4) for edge in page.obj.get("/BleedBox", page.trimbox)]


def _largest(source: pikepdf.Pdf) -> tuple[float, float]:
    trims = [_trim(page) for page in source.pages]
    return max(right - left for left, _, right, _ in trims), max(top - bottom for _, bottom, _, top in trims)


def _placed(imposition: Imposition, position: Position, trim: Box) -> Box:
    """Return where the trimmed page lies on the sheet: against the fold, and midway between head and foot."""
    cell_width, cell_height = imposition.cell
    width = (trim[2] - trim[0]) * imposition.scale
    height = (trim[3] - trim[1]) * imposition.scale
    creep = imposition.creep * position.depth
    if position.spine is Binding.LEFT:
        left = position.column * cell_width - creep
    else:
        left = (position.column + 1) * cell_width - width + creep
    bottom = imposition.height - (position.row + 1) * cell_height + (cell_height - height) / 2
    return left, bottom, left + width, bottom + height


def _draw(result: pikepdf.Pdf, imposition: Imposition, side: Side, forms: list[pikepdf.Object | None], trims: list[Box]) -> None:
    """Add one side of a sheet as a page of the result."""
    cell_width, cell_height = imposition.cell
    content: list[str] = []
    resources = pikepdf.Dictionary()
    placed: list[Box] = []
    for position in side:
        form = forms[position.page - 1] if position.page <= len(forms) else None
        if form is None:
            continue
        trim = trims[position.page - 1]
        box = _placed(imposition, position, trim)
        placed.append(box)
        name = f"/P{position.page}"
        resources[name] = form
        # What a page prints beyond its trimmed edges must not run over the fold into its neighbour.
        left = position.column * cell_width
        bottom = imposition.height - (position.row + 1) * cell_height
        content.append(f"q {_numbers(left, bottom, cell_width, cell_height)} re W n")
        content.append(f"{_matrix(imposition.scale, position.rotation, trim, box)} cm {name} Do Q")
    content.extend(_marks(imposition, placed))
    page = result.add_blank_page(page_size=(imposition.width, imposition.height))
    page.obj.Resources = pikepdf.Dictionary(XObject=resources)
    if content:
        page.obj.Contents = result.make_stream("\n".join(content).encode())
    else:
        # a side with nothing on it: an empty stream, once compressed, is damage in the eyes of Ghostscript and MuPDF
        del page.obj.Contents


def _matrix(scale: float, rotation: int, trim: Box, box: Box) -> str:
    if rotation:
        return _numbers(-scale, 0, 0, -scale, box[2] + trim[0] * scale, box[3] + trim[1] * scale)
    return _numbers(scale, 0, 0, scale, box[0] - trim[0] * scale, box[1] - trim[1] * scale)


def _marks(imposition: Imposition, placed: list[Box]) -> Iterator[str]:
    """Draw ticks for the folds, and for the knife at the corners, where paper is left beyond the pages to hold them."""
    if not placed:
        return
    left, bottom = min(box[0] for box in placed), min(box[1] for box in placed)
    right, top = max(box[2] for box in placed), max(box[3] for box in placed)
    room = MARK_DISTANCE + MARK_LENGTH
    above, below = imposition.height - top >= room, bottom >= room
    before, after = left >= room, imposition.width - right >= room
    uprights = [column * imposition.cell[0] for column in range(1, imposition.scheme.columns)]
    uprights += [edge for edge, beyond in ((left, before), (right, after)) if beyond]
    lines: list[Box] = []
    for x in uprights:
        if above:
            lines.append((x, top + MARK_DISTANCE, x, top + room))
        if below:
            lines.append((x, bottom - MARK_DISTANCE, x, bottom - room))
    for y, beyond in ((top, above), (bottom, below)):
        if beyond and before:
            lines.append((left - MARK_DISTANCE, y, left - room, y))
        if beyond and after:
            lines.append((right + MARK_DISTANCE, y, right + room, y))
    if lines:
        yield MARK
        for x1, y1, x2, y2 in lines:
            yield f"{_numbers(x1, y1)} m {_numbers(x2, y2)} l S"
        yield "Q"


def _numbers(*values: float) -> str:
    """Write numbers as PDF wants them: no exponent, no needless zeros."""
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") or "0" for value in values)


def _label(source: pikepdf.Pdf, result: pikepdf.Pdf) -> None:
    """Keep the book's name and language, and tell the printer's dialogue how these sheets are meant."""
    for key in _KEPT:
        if key in source.docinfo:
            result.docinfo[key] = str(source.docinfo[key])
    if "/Lang" in source.Root:
        result.Root.Lang = str(source.Root.Lang)
    if "/OutputIntents" in source.Root:
        result.Root.OutputIntents = result.copy_foreign(source.make_indirect(source.Root.OutputIntents))
    result.Root.ViewerPreferences = pikepdf.Dictionary(
        Duplex=pikepdf.Name.DuplexFlipShortEdge,
        PrintScaling=pikepdf.Name("/None"),
        DisplayDocTitle=True,
    )
