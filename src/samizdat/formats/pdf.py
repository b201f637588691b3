"""PDF: the set book finished for a purpose, and pictures of its pages and covers.

The master that typesetting makes has everything in it. For the screen it keeps tags, links and outline and loses the blank
pages; for the press it keeps the blanks and loses the rest.
"""

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2
from pikepdf import Array, Name, Pdf

from samizdat.formats.archive import archive
from samizdat.model.book import Metadata
from samizdat.typesetting import Setting
from samizdat.typesetting.merging import label_pages
from samizdat.typesetting.metadata import ACCESSIBLE, ARCHIVAL, Imprint, inscribe, save

_BOXES = (Name.MediaBox, Name.CropBox, Name.TrimBox, Name.BleedBox, Name.ArtBox)
_NUMBER = rb"(?:\d+\.?\d*|\.\d+)"
_GREY = re.compile(rb"^(%s) \1 \1 (rg|RG)$" % _NUMBER, re.MULTILINE)
_TAG = re.compile(rb"^/\w+\n(?:<<[^\n]*>>\nBDC|BMC)\n|^EMC\n", re.MULTILINE)


def for_screen(setting: Setting, metadata: Metadata) -> bytes:
    """Finish a set book for reading on a screen: accessible, without blank pages, the text in the middle of every page."""
    with pikepdf.open(io.BytesIO(setting.pdf)) as pdf:
        for page, facts in zip(pdf.pages, setting.pages, strict=True):
            _frame(page, setting, facts.shift)
        for index in reversed(range(len(setting.pages))):
            if setting.pages[index].blank:
                del pdf.pages[index]
        label_pages(pdf, [page.folio for page in setting.pages if not page.blank])
        pdf.Root.PageMode = Name.UseOutlines
        archive(pdf)
        inscribe(pdf, Imprint.of(metadata), ACCESSIBLE, ARCHIVAL)
        if setting.direction == "rtl":
            pdf.Root.ViewerPreferences.Direction = Name.R2L
        return _bytes(pdf)


def for_press(setting: Setting, metadata: Metadata, gutter: float = 0.0) -> bytes:
    """Finish a set book for the printer: every page at its trimmed size, blanks included, black as one ink, nothing to click.

    The text moves away from the spine by `gutter`, in pt; plates, which fill their pages, stay.
    """
    with pikepdf.open(io.BytesIO(setting.pdf)) as pdf:
        for name in (Name.StructTreeRoot, Name.MarkInfo, Name.Outlines, Name.Names, Name.PageMode):
            if name in pdf.Root:
                del pdf.Root[name]
        for index, (page, facts) in enumerate(zip(pdf.pages, setting.pages, strict=True)):
            for name in (Name.Annots, Name.StructParents, Name.Tabs):
                if name in page.obj:
                    del page.obj[name]
            spine_on_the_left = (index % 2 == 0) == (setting.direction == "ltr")
            shift = 0.0 if facts.plate else gutter
            _frame(page, setting, -shift if spine_on_the_left else shift)
        for stream in _drawings(pdf):
            stream.write(_one_ink(stream.read_bytes()))
        inscribe(pdf, Imprint.of(metadata))
        return _bytes(pdf)


def raster(pdf: bytes, page: int, width: int, kind: str = "png") -> bytes:
    """Draw one page (from 0) of a PDF as a picture `width` pixels wide; `kind` is "png" or "jpeg"."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        # A little less than asked for, since every part of a pixel is made a whole one.
        image = sheet.render(scale=(width - 0.01) / sheet.get_width()).to_pil()
    finally:
        document.close()
    target = io.BytesIO()
    image.convert("RGB").save(target, kind, optimize=True, quality=88)
    return target.getvalue()


def svg_to_pdf(svg: bytes, width: float, height: float) -> bytes:
    """Turn a drawing into a PDF of one page, `width` by `height` in pt, its letters set in the house fonts."""
    from samizdat.typesetting import engine  # noqa: PLC0415 - slow to load, and no other finishing needs it

    root = ET.Element("html", lang="und")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = "Drawing"
    drawing = ET.fromstring(svg)  # noqa: S314 - expat bounds the growth of entities, and fetches nothing
    if "viewBox" not in drawing.attrib:
        drawing.set("viewBox", f"0 0 {drawing.get('width', width)} {drawing.get('height', height)}")
    drawing.set("width", f"{width}pt")
    drawing.set("height", f"{height}pt")
    ET.SubElement(root, "body").append(drawing)
    with engine.complaints("the drawing"):
        document = engine.lay_out(
            root, "html,body{margin:0}svg{display:block}", f"@page{{size:{width}pt {height}pt;margin:0}}", {}
        )
        return engine.write(document)


def _frame(page: pikepdf.Page, setting: Setting, shift: float) -> None:
    """Give a page its frame, moved by `shift` so that the text comes to stand in its middle."""
    for name in _BOXES:
        if name in page.obj:
            del page.obj[name]
    frame = [shift, 0, round(setting.width + shift, 3), round(setting.height, 3)]
    page.obj.MediaBox = Array(frame)
    page.obj.TrimBox = Array(frame)


def _drawings(pdf: Pdf) -> Iterator[pikepdf.Object]:
    """Yield every stream that draws: of pages, and of the forms that pages and forms use."""
    seen: set[tuple[int, int]] = set()
    waiting = []
    for page in pdf.pages:
        contents = page.obj.get(Name.Contents)
        if contents is not None:
            waiting += list(contents) if isinstance(contents, Array) else [contents]
        waiting += _forms(page.obj)
    while waiting:
        stream = waiting.pop()
        if stream.objgen in seen:
            continue
        seen.add(stream.objgen)
        yield stream
        waiting += _forms(stream)


def _forms(owner: pikepdf.Object) -> list[pikepdf.Object]:
    """List the forms and patterns in the resources of a page or form."""
    resources = owner.get(Name.Resources, pikepdf.Dictionary())
    used = [
        *resources.get(Name.XObject, pikepdf.Dictionary()).values(),
        *resources.get(Name.Pattern, pikepdf.Dictionary()).values(),
    ]
    return [form for form in used if isinstance(form, pikepdf.Stream) and form.get(Name.Subtype) != Name.Image]


def _one_ink(drawing: bytes) -> bytes:
    """Write black and greys of a drawing as amounts of black ink, and leave out the marks that tie it to tags."""
    grey = _GREY.sub(lambda match: match[1] + (b" g" if match[2] == b"rg" else b" G"), drawing)
    return _TAG.sub(b"", grey)


def _bytes(pdf: Pdf) -> bytes:
    """Write a PDF to bytes."""
    target = io.BytesIO()
    save(pdf, target, compress=True)
    return target.getvalue()
