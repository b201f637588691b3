"""What a sheet's drawing is written with: numbers and matrices as PDF wants them."""

import re

import pikepdf

_GREY = re.compile(rb"^([\d.]+) \1 \1 (rg|RG)$", re.MULTILINE)

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


def numbers(*values: float) -> str:
    """Write numbers without exponents and needless zeros."""
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") or "0" for value in values).replace("-0 ", "0 ")


def seen(box: Box, matrix: Matrix) -> Box:
    """Return a box as a matrix turns it; by quarters of a circle, or its outline would be larger."""
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners)


def one_ink(page: pikepdf.Page) -> None:
    """Write the greys of a page as amounts of black ink, so that a sheet in black is printed in black alone."""
    page.contents_coalesce()
    forms = page.obj.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary()).values()
    for drawing in (page.obj.Contents, *(form for form in forms if form.get("/Subtype") == "/Form")):
        drawing.write(_GREY.sub(lambda match: match[1] + (b" g" if match[2] == b"rg" else b" G"), drawing.read_bytes()))
