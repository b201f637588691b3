"""Checks of a finished PDF: what every one must hold, what a reader on a screen needs, what a printer needs."""

import io
import re
from collections.abc import Iterator

import page
import pikepdf
import pypdfium2

from samizdat.checks.preflight import overprinted, preflight
from samizdat.formats.imposition import Part, scale, scaled_down, scheme_of, stapled, ticket
from samizdat.problems import Place, Problem, Rule, Severity

DAMAGED = Rule(
    "P30",
    Severity.ERROR,
    "The PDF is damaged",
    "The file cannot be read, or its inner tables are wrong, so that some programs mend it silently and others refuse it.",
)
FONT_NOT_EMBEDDED = Rule(
    "P31",
    Severity.ERROR,
    "A font is not in the PDF",
    "Every font must be embedded, or another is used in its place on machines that do not have it: lines run over, letters "
    "vanish. Printers send such files back.",
)
OUTSIDE_PAGE = Rule(
    "P32",
    Severity.ERROR,
    "Text runs over the edge of the page",
    "Some letters lie beyond the trimmed edge of the page and are lost when it is cut: a long word or address, a wide table, "
    "a line of code.",
)
PAGE_BOXES = Rule(
    "P33",
    Severity.ERROR,
    "The sizes of a page do not fit each other",
    "A page has a sheet (MediaBox), in it the bleed (BleedBox), and in that the page as trimmed (TrimBox). "
    "All pages of a book must be of one size.",
)
NO_LANGUAGE = Rule(
    "P34",
    Severity.ERROR,
    "The PDF does not say its language",
    "Without a language the text is read aloud in the wrong voice.",
)
NO_TITLE = Rule(
    "P35",
    Severity.ERROR,
    "The PDF has no title",
    "Readers show the title in their windows and lists; without one they show the file's name.",
)
NOT_ACCESSIBLE = Rule(
    "P36",
    Severity.ERROR,
    "The PDF breaks a rule of PDF/UA",
    "PDF/UA-1 (ISO 14289-1) says how a PDF must be tagged so that it can be read aloud, reflowed and searched. The rule that is "
    "broken follows, as the validator names it. It reports only the first place of each rule.",
)
NO_OUTLINE = Rule(
    "P37",
    Severity.WARNING,
    "The PDF has no outline",
    "The outline is the list of chapters at the side of the window; without it one must turn pages to find a chapter.",
)

_PDF_X = b"<pdfxid:GTS_PDFXVersion>"
_TOLERANCE = 0.75
"""In points. Italics lean a little beyond the place that is theirs."""


def check_screen(data: bytes) -> Iterator[Problem]:
    """Check a PDF that is read on a screen."""
    yield from _check(data, accessible=True)


def check_print(data: bytes) -> Iterator[Problem]:
    """Check a PDF that is printed: a book, or a pamphlet set out on sheets; one that says it is PDF/X is held to it."""
    yield from _check(data, accessible=False)
    if _PDF_X in data:
        yield from preflight(data)


def _check(data: bytes, *, accessible: bool) -> Iterator[Problem]:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for trouble in pdf.check_pdf_syntax():
                yield DAMAGED.problem(f"The PDF is damaged: {trouble}.", hint="Build the book again.")
            yield from _described(pdf)
            yield from _boxes(pdf)
            yield from _fonts(pdf)
            yield from _sheets(pdf)
            if accessible:
                yield from _outline(pdf)
                yield from _accessible(data, pdf)
    except pikepdf.PdfError as error:
        yield DAMAGED.problem(f"The PDF cannot be read: {error}.", hint="Build the book again.")
        return
    yield from _overruns(data)
    yield from overprinted(data)


def _described(pdf: pikepdf.Pdf) -> Iterator[Problem]:
    if not str(pdf.Root.get("/Lang", "")).strip():
        yield NO_LANGUAGE.problem("The PDF does not say its language.", hint="Set `language` in book.toml.")
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield NO_TITLE.problem("The PDF has no title.", hint="Set `title` in book.toml.")


def _boxes(pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """Check the boxes of every page, and that all pages have the size of the first."""
    size: tuple[float, float] | None = None
    for number, leaf in enumerate(pdf.pages, 1):
        media, trim = _box(leaf.mediabox), _box(leaf.trimbox)
        bleed = _box(leaf.obj.get("/BleedBox", leaf.trimbox))
        if not (_inside(trim, bleed) and _inside(bleed, media)):
            yield PAGE_BOXES.problem(
                "The trimmed page does not lie inside its bleed, or the bleed not inside the sheet.",
                _page(number),
                "Check [page] in book.toml and the size in the style sheet.",
            )
        measured = (trim[2] - trim[0], trim[3] - trim[1])
        if min(measured) <= 0 or (size is not None and _differ(size, measured)):
            yield PAGE_BOXES.problem(
                f"The page is {measured[0]:.0f} by {measured[1]:.0f} pt, unlike the first.",
                _page(number),
                "Let all pages have one size.",
            )
        size = size or measured


def _box(box: pikepdf.Object) -> tuple[float, float, float, float]:
    x1, y1, x2, y2 = (float(edge) for edge in box)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _inside(inner: tuple[float, float, float, float], outer: tuple[float, float, float, float]) -> bool:
    slack = 0.01
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def _differ(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return any(abs(a - b) > 1 for a, b in zip(one, other, strict=True))


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """Look at every font of the file, wherever it is used."""
    found: set[str] = set()
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary) or thing.get("/Type") != pikepdf.Name.Font:
            continue
        kind = thing.get("/Subtype")
        # A composite font is embedded by its descendant, and a Type 3 font is drawn by the page itself.
        if kind in (pikepdf.Name.Type0, pikepdf.Name.Type3):
            continue
        descriptor = thing.get("/FontDescriptor", pikepdf.Dictionary())
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            found.add(str(thing.get("/BaseFont", "a font without a name")).lstrip("/"))
    for name in sorted(found):
        yield FONT_NOT_EMBEDDED.problem(f"The font “{name}” is not embedded.", hint="Install the font and build the book again.")


def _sheets(pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """See whether sheets that are stapled are too many, and pages on sheets too small; the job ticket says how they are held."""
    job = ticket.of(pdf)
    scheme = scheme_of(job)
    if job is not None and scheme is not None and job.part in (Part.WHOLE, Part.FRONTS):
        yield from stapled(scheme, sum(job.sections))
        yield from scaled_down(scale(pdf))


def _outline(pdf: pikepdf.Pdf) -> Iterator[Problem]:
    if "/First" not in pdf.Root.get("/Outlines", pikepdf.Dictionary()):
        yield NO_OUTLINE.problem("The PDF has no outline.", hint="Give the chapters headings.")


def _accessible(data: bytes, pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """Ask the validator for PDF/UA-1, and leave out what is known to be a false alarm."""
    try:
        report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1, limits=page.SafetyLimits.unlimited())
    except page.PageError as error:
        yield DAMAGED.problem(f"The validator cannot read the PDF: {error}.", hint="Build the book again.")
        return
    for failure in report.failures:
        # page-validation 0.11 takes a stream whose last byte is a carriage return for one of the wrong length;
        # qpdf, which has read the file before, tells the true ones.
        if failure.rule_id.endswith("STREAM-LENGTH-001") and _ends_in_return(pdf):
            continue
        named = re.search(r"\bpage \d+", failure.message)
        thing = f"object {failure.object_id.object_number}" if failure.object_id else ""
        where = Place(named[0] if named else "", excerpt=thing)
        yield NOT_ACCESSIBLE.problem(
            f"{failure.rule_id}: {failure.message}.",
            where,
            "The text itself is sound. Tell the makers of samizdat, or look at how the template marks up what stands there.",
        )


def _ends_in_return(pdf: pikepdf.Pdf) -> bool:
    return any(isinstance(thing, pikepdf.Stream) and thing.read_raw_bytes().endswith(b"\r") for thing in pdf.objects)


def _overruns(data: bytes) -> Iterator[Problem]:
    """Find text that lies outside the trimmed page; letters are looked at by the rectangles of their runs, which is quick."""
    document = pypdfium2.PdfDocument(data)
    try:
        for number, leaf in enumerate(document, 1):
            left, bottom, right, top = leaf.get_trimbox()
            text = leaf.get_textpage()
            outside = []
            for index in range(text.count_rects()):
                x1, y1, x2, y2 = text.get_rect(index)
                if x1 < left - _TOLERANCE or y1 < bottom - _TOLERANCE or x2 > right + _TOLERANCE or y2 > top + _TOLERANCE:
                    outside.append(text.get_text_bounded(x1, y1, x2, y2).strip())
            words = " ".join(" ".join(outside).split())
            if words:
                yield OUTSIDE_PAGE.problem(
                    "Text runs over the edge of the page.",
                    Place(f"page {number}", excerpt=words[:200]),
                    "Let the line break: divide a long word, make a table narrower, or shorten a line of code.",
                )
    finally:
        document.close()


def _page(number: int) -> Place:
    return Place(f"page {number}")
