"""What of a PDF goes onto sheets: all pages or some, whole or without their margins, and which of them come last."""

import re

import pikepdf
from pikepdf import Array, Dictionary, Name

from samizdat.formats.imposition.drawing import written
from samizdat.formats.imposition.edges import SMALLEST, trimmed, unit_of, usual
from samizdat.formats.imposition.reading import opened, sizes
from samizdat.problems import Rule, SamizdatError, Severity

NO_PAGES = Rule(
    "P77",
    Severity.ERROR,
    "There are no such pages",
    "Pages are counted from the first of the PDF, whatever is printed on them, and named like this: `3-20`, or `1-4,7,9-` for "
    "the first four, the seventh, and all from the ninth. They go onto the sheets in the order in which they stand in the PDF.",
)
NO_PAPER_LEFT = Rule(
    "P78",
    Severity.ERROR,
    "More is cut off a page than there is of it",
    "`--crop` takes the same width off all four edges of every page, in millimetres: `--crop 15` leaves 180 by 267 mm of A4.",
)

_RANGE = re.compile(r"\s*(\d{1,6})\s*(?:(-)\s*(\d{1,6})?\s*)?")


def chosen(pdf: bytes, pages: str = "", crop: float = 0.0) -> bytes:
    """Return a PDF with the pages that are named, a margin of so many points cut off each; raises SamizdatError P77, P78."""
    with opened(pdf) as source:
        wanted = _numbers(pages, len(source.pages)) if pages else range(1, len(source.pages) + 1)
        for number in range(len(source.pages), 0, -1):
            if number not in wanted:
                del source.pages[number - 1]
        for page in source.pages if crop else ():
            _cut(page, crop)
        return written(source, source.pdf_version)


def ending(pdf: bytes, last: int, per_sheet: int) -> bytes:
    """Put the blank pages that fill the last sheet before so many last pages, such as one that is the back of a cover."""
    with opened(pdf) as source:
        frame = Array([0, 0, *usual(sizes(source))])
        for _blank in range(-len(source.pages) % per_sheet):
            blank = Dictionary(Type=Name.Page, MediaBox=frame, Resources=Dictionary())
            source.pages.insert(max(0, len(source.pages) - last), pikepdf.Page(source.make_indirect(blank)))
        return written(source, source.pdf_version)


def _numbers(pages: str, count: int) -> set[int]:
    """Read a list of pages and ranges of pages."""
    found: set[int] = set()
    for part in pages.split(","):
        said = _RANGE.fullmatch(part)
        first = int(said[1]) if said else 0
        last = first if said and not said[2] else int(said[3]) if said and said[3] else count
        if not 1 <= first <= last <= count:
            raise SamizdatError(
                NO_PAGES.problem(
                    f"There are no pages “{part.strip()}” in a PDF of {count}.", hint="For example: --pages 3-20,22-"
                )
            )
        found.update(range(first, last + 1))
    return found


def _cut(page: pikepdf.Page, crop: float) -> None:
    """Take a margin off the trimmed edges of a page; what lies beyond them is not printed any more."""
    left, bottom, right, top = trimmed(page)
    width = crop / unit_of(page)
    if min(right - left, top - bottom) - 2 * width < SMALLEST:
        raise SamizdatError(NO_PAPER_LEFT.problem("There is nothing left of a page.", hint="Take a smaller --crop."))
    page.obj.TrimBox = Array([left + width, bottom + width, right - width, top - width])
    if Name.BleedBox in page.obj:
        del page.obj.BleedBox
