"""Collating: several PDFs laid one after the other as one, with the links and the outline of each."""

from collections.abc import Sequence
from dataclasses import replace

import pikepdf
from pikepdf import Array, Dictionary, Name

from samizdat.formats.imposition import outline, reading
from samizdat.formats.imposition.drawing import written


def collated(pdfs: Sequence[bytes]) -> bytes:
    """Return one PDF with the pages of several; links within each lead where they did. Raises SamizdatError P23 or P24."""
    first, *others = pdfs
    with reading.opened(first) as result:
        lines = [*outline.outline(result)]
        for pdf in others:
            with reading.opened(pdf) as source, reading.readable():
                lines += [_moved(line, len(result.pages)) for line in outline.outline(source)]
                _add(source, result)
        if Name.Outlines in result.Root:
            del result.Root.Outlines
        outline.write(result, lines, {page: page for page in range(len(result.pages))})
        return written(result, result.pdf_version)


def _add(source: pikepdf.Pdf, result: pikepdf.Pdf) -> None:
    """Add the pages of a document. What leads from one of them to another is named anew, for both are copies."""
    begin, pages = len(result.pages), list(source.pages)
    reading.draw_annotations(source, pages)
    numbers = {page.obj.objgen: number for number, page in enumerate(pages)}
    led: list[tuple[int, list[float], int]] = []
    for number, page in enumerate(pages):
        kept = []
        for note in reading.annotations(page):
            action = note.get(Name.A, Dictionary())
            meant = numbers.get(reading.target(note.get(Name.Dest, action.get(Name.D)), source))
            if meant is not None:
                led.append((number, [float(edge) for edge in note.Rect], meant))
            elif Name.URI in action:
                kept.append(note)
        page.obj.Annots = Array(kept)
    result.pages.extend(source.pages)
    for number, edges, meant in led:
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array(edges),
            Border=Array([0, 0, 0]),
            Dest=Array([result.pages[begin + meant].obj, Name.Fit]),
        )
        result.pages[begin + number].obj.Annots.append(result.make_indirect(link))


def _moved(line: outline.Line, begin: int) -> outline.Line:
    """Return a line of an outline whose document begins at a page, counted from 0."""
    return replace(line, page=line.page + begin, below=tuple(_moved(below, begin) for below in line.below))
