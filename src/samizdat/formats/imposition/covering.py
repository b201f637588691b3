"""A cover around the pages of a booklet: as its outer leaf, or on a sheet of its own."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf

from samizdat.formats.imposition.drawing import written

Jacket = tuple[bytes, bytes]
"""The front and the back of a cover, each a PDF of one page."""
_LEAVES = 4
"""The pages of a cover, the inner two of which are blank."""


def covered(pages: bytes, jacket: Jacket, per_sheet: int) -> bytes:
    """Put a leaf around the pages of a book, blank inside; blank pages that fill the last sheet go before its end."""
    with (
        pikepdf.open(io.BytesIO(pages)) as pdf,
        pikepdf.open(io.BytesIO(jacket[0])) as front,
        pikepdf.open(io.BytesIO(jacket[1])) as back,
    ):
        count = len(pdf.pages)
        size = pdf.pages[0].mediabox
        whole = -(-(count + _LEAVES) // per_sheet) * per_sheet
        for _blank in range(whole - count - 3):
            pdf.pages.append(_empty(pdf, size))
        pdf.pages.append(back.pages[0])
        pdf.pages.insert(0, _empty(pdf, size))
        pdf.pages.insert(0, front.pages[0])
        return written(pdf, pdf.pdf_version)


def cover_alone(jacket: Jacket) -> bytes:
    """Return the four pages of a cover."""
    with pikepdf.open(io.BytesIO(jacket[0])) as front, pikepdf.open(io.BytesIO(jacket[1])) as back:
        size = front.pages[0].mediabox
        front.pages.extend([_empty(front, size), _empty(front, size), back.pages[0]])
        return written(front, front.pdf_version)


def outside(sheets: bytes) -> bytes:
    """Keep the first side of the first sheet: a cover is printed on one side."""
    with pikepdf.open(io.BytesIO(sheets)) as pdf:
        del pdf.pages[1:]
        pdf.Root.ViewerPreferences.Duplex = Name.Simplex
        return written(pdf, pdf.pdf_version)


def _empty(pdf: Pdf, size: Array) -> Page:
    width, height = (float(size[place + 2]) - float(size[place]) for place in (0, 1))
    box = Array([0, 0, round(width, 3), round(height, 3)])
    return Page(pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=box, TrimBox=box, Resources=Dictionary())))
