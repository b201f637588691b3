"""The job ticket: what whoever gets the sheets must know to make them up, written into the finished PDF.

It stands among the facts of the document, as an entry of its own (ISO 32000-1, 14.3.3 lets programs add such). It says how the
sheets are to be made up, and never which page stands where: that is to be found out from the sheets.
"""

import io
import json
from dataclasses import asdict, dataclass
from enum import StrEnum

import pikepdf

from samizdat.formats.imposition.scheme import Binding

KEY = "Imposition"


class Part(StrEnum):
    """What a file has of the sheets: all, or one side of each, for a printer that is fed by hand."""

    WHOLE = ""
    FRONTS = "fronts"
    BACKS = "backs"
    BACKS_REVERSED = "backs, the last first"
    GUIDE = "guide"
    COVER = "cover"


@dataclass(frozen=True, slots=True)
class Ticket:
    """How the sheets of a PDF are to be made up."""

    scheme: str
    binding: Binding
    sections: tuple[int, ...]
    """Sheets in each section that is sewn; all of them where nothing is sewn."""
    scale: float = 1.0
    """At which the pages stand on the sheets."""
    guide: int = 0
    """Pages before the first sheet."""
    turned: bool = False
    """The backs are drawn upside down, for a printer that turns the sheet about the other edge."""
    part: Part = Part.WHOLE
    covered: bool = False
    """The first and the last leaf are a cover, and no pages of the book."""
    cells: tuple[int, int] = (1, 1)
    """Columns and rows of a side, where the scheme does not say how many they are."""

    def written(self) -> str:
        """Write the ticket."""
        return json.dumps(asdict(self))


def read(text: str) -> Ticket | None:
    """Read a ticket; None where there is none, or none that makes sense."""
    try:
        values = json.loads(text)
        return Ticket(
            str(values["scheme"]),
            Binding(values["binding"]),
            tuple(int(sheets) for sheets in values["sections"]),
            float(values["scale"]),
            int(values["guide"]),
            bool(values["turned"]),
            Part(values.get("part", "")),
            bool(values.get("covered", False)),
            (int(values.get("cells", (1, 1))[0]), int(values.get("cells", (1, 1))[1])),
        )
    except (LookupError, TypeError, ValueError):
        return None


def of(pdf: pikepdf.Pdf) -> Ticket | None:
    """Return the ticket of an open PDF."""
    return read(str(pdf.docinfo.get(f"/{KEY}", "")))


def of_file(data: bytes) -> tuple[Ticket | None, int, tuple[float, float]]:
    """Return the ticket of a PDF, its number of pages, and the width and height in points of the first."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        left, bottom, right, top = (float(edge) for edge in pdf.pages[0].mediabox)
        return of(pdf), len(pdf.pages), (right - left, top - bottom)
