"""Sheets for a printer that prints one side, which somebody feeds by hand: first all fronts, then all backs."""

import io
from collections.abc import Mapping
from dataclasses import replace

import pikepdf
from pikepdf import Name

from samizdat.formats.imposition import ticket
from samizdat.formats.imposition.drawing import label, written
from samizdat.formats.imposition.ticket import Part


def by_hand(sheets: bytes, *, last_first: bool) -> tuple[bytes, bytes]:
    """Take sheets apart for a printer that prints one side: all fronts, and all backs, the last or the first of them first."""
    parts = []
    for start, name in enumerate((Part.FRONTS, Part.BACKS_REVERSED if last_first else Part.BACKS)):
        with pikepdf.open(io.BytesIO(sheets)) as pdf:
            chosen = list(pdf.pages)[start::2]
            if name is Part.BACKS_REVERSED:
                chosen.reverse()
            with pikepdf.new() as part:
                part.pages.extend(chosen)
                for page in part.pages:
                    if Name.Annots in page.obj:
                        del page.obj.Annots
                label(pdf, part, "Simplex")
                whole = ticket.of(pdf)
                if whole is not None:
                    part.docinfo[f"/{ticket.KEY}"] = replace(whole, part=name).written()
                parts.append(written(part, pdf.pdf_version))
    return parts[0], parts[1]


def beside(sheets: bytes, part: bytes, kind: Part) -> bytes:
    """Mark a guide or a cover that is a file of its own as belonging to sheets."""
    with pikepdf.open(io.BytesIO(sheets)) as pdf, pikepdf.open(io.BytesIO(part)) as own:
        label(pdf, own, "Simplex")
        whole = ticket.of(pdf)
        if whole is not None:
            own.docinfo[f"/{ticket.KEY}"] = replace(whole, part=kind).written()
        return written(own, pdf.pdf_version)


def gathered(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Put fronts and backs together again, under the name of the fronts, and leave out what holds no pages of the book."""
    parts: dict[Part, str] = {}
    for name, data in files.items():
        known = ticket.of_file(data)[0] if data.startswith(b"%PDF") else None
        if known is not None and known.part is not Part.WHOLE:
            parts[known.part] = name
    others = {parts.get(Part.GUIDE), parts.get(Part.COVER)}
    files = {name: data for name, data in files.items() if name not in others}
    backs = next((parts[part] for part in (Part.BACKS, Part.BACKS_REVERSED) if part in parts), "")
    if Part.FRONTS not in parts or not backs:
        return files
    fronts = parts[Part.FRONTS]
    both = _both(files[fronts], files[backs], reverse=Part.BACKS_REVERSED in parts)
    return {
        name: both if name == fronts else data for name, data in files.items() if name == fronts or name not in parts.values()
    }


def _both(fronts: bytes, backs: bytes, *, reverse: bool) -> bytes:
    """Lay every front before its back."""
    with pikepdf.open(io.BytesIO(fronts)) as one, pikepdf.open(io.BytesIO(backs)) as other:
        behind = list(other.pages)
        if reverse:
            behind.reverse()
        for number, page in enumerate(behind):
            one.pages.insert(min(2 * number + 1, len(one.pages)), page)
        known = ticket.of(one)
        if known is not None:
            one.docinfo[f"/{ticket.KEY}"] = replace(known, part=Part.WHOLE).written()
        return written(one, one.pdf_version)
