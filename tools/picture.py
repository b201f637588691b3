"""Make the pictures of real pages for the README and the handbook from what lies in build/.

Run it after a change of looks: `.venv/bin/python tools/picture.py`, then look at the pictures and commit them. Building
the handbook with its new pictures may move its pages by a little; run it once more if the spread shown is no longer the same.
"""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
GROUND = (233, 230, 223)
PAPER = (255, 255, 255)
EDGE = (200, 196, 186)


def page(pdf: Path, number: int, height: int) -> Image.Image:
    """Draw a page (from 1) of a PDF, `height` px high."""
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[number - 1]
    return sheet.render(scale=height / sheet.get_height()).to_pil().convert("RGB")


def spread(pdf: Path, verso: int, height: int) -> Image.Image:
    """Draw two facing pages, with the shade of the fold between them."""
    left, right = page(pdf, verso, height), page(pdf, verso + 1, height)
    opened = Image.new("RGB", (left.width + right.width, height), PAPER)
    opened.paste(left, (0, 0))
    opened.paste(right, (left.width, 0))
    shade = Image.new("L", opened.size, 0)
    ImageDraw.Draw(shade).rectangle((left.width - 8, 0, left.width + 8, height), fill=70)
    opened.paste((120, 116, 106), mask=shade.filter(ImageFilter.GaussianBlur(14)))
    return opened


def lay(desk: Image.Image, picture: Image.Image, place: tuple[int, int]) -> None:
    """Lay a picture on the desk, with a soft shadow and a thin edge."""
    shadow = Image.new("L", desk.size, 0)
    x, y = place
    ImageDraw.Draw(shadow).rectangle((x + 4, y + 10, x + picture.width + 4, y + picture.height + 10), fill=110)
    desk.paste((60, 55, 45), mask=shadow.filter(ImageFilter.GaussianBlur(14)))
    desk.paste(picture, place)
    ImageDraw.Draw(desk).rectangle((x, y, x + picture.width, y + picture.height), outline=EDGE)


def readme() -> Image.Image:
    """Lay a cover, an open book and a sheet of a pamphlet on one desk."""
    desk = Image.new("RGB", (1800, 1000), GROUND)
    cover = Image.open(BUILD / "handbook/handbook-cover.jpg").convert("RGB")
    lay(desk, cover.resize((400, 640), Image.Resampling.LANCZOS), (70, 70))
    lay(desk, spread(BUILD / "specimen/specimen-print.pdf", 26, 760), (540, 70))
    other = Image.open(BUILD / "five-reckonings/five-reckonings-cover.jpg").convert("RGB")
    lay(desk, other.resize((230, 368), Image.Resampling.LANCZOS), (330, 560))
    lay(desk, page(BUILD / "five-reckonings/five-reckonings-pamphlet.pdf", 14, 430), (1140, 520))
    return desk


def sample(verso: int) -> Image.Image:
    """Draw a spread of the handbook, in greys, for the handbook itself."""
    return spread(BUILD / "handbook/handbook-print.pdf", verso, 1000).convert("L")


def sheet() -> Image.Image:
    """One side of a pamphlet's sheet, in greys."""
    return page(BUILD / "five-reckonings/five-reckonings-pamphlet.pdf", 14, 900).convert("L")


def main(verso: int) -> None:
    """Write the pictures; `verso` is the left-hand page of the handbook to show, counted from the first in the file."""
    (ROOT / "docs").mkdir(exist_ok=True)
    readme().quantize(128).save(ROOT / "docs/picture.png", optimize=True)
    images = ROOT / "texts/handbook/images"
    sample(verso).quantize(16).save(images / "real-spread.png", optimize=True)
    sheet().quantize(16).save(images / "real-sheet.png", optimize=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
