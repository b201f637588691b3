"""Packed drawings, and how much may come out of them: a small file can hold a drawing larger than any memory.

Most drawings are handed over as they are packed and never opened. Where one has to be, or the file's own tables, the library that
does it is told where to stop; what it knows no bound for is weighed before.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pikepdf
from pikepdf import Array, Name, settings

from samizdat.problems import Place, Rule, SamizdatError, Severity

TOO_LARGE = Rule(
    "P70",
    Severity.ERROR,
    "A page is too large to be unpacked",
    "What is drawn on the page is packed in several pieces, and cannot be unpacked, or comes to more than any book has: 64 MB "
    "for a piece, 256 MB for all pages. Such files are made by accident, or to harm who opens them. Print the PDF to a new PDF "
    "in a PDF reader, and try again with that.",
)
MOST_IN_A_PIECE = 64 << 20
MOST_IN_ALL = 256 << 20
_MOST_FILTERS = 4
_MOST_LZW = 256 << 10
"""Packed by LZW, which the library unpacks without a bound; it comes out at some thousand times the size at most (12 bits a code,
ISO 32000-1, 7.4.4)."""
_WRITTEN_OUT = {Name.ASCIIHexDecode, Name.ASCII85Decode, Name.AHx, Name.A85}
_LZW = {Name.LZWDecode, Name.LZW}


@contextmanager
def bounded() -> Iterator[None]:
    """Let nothing be unpacked to more than a piece may have, while this holds."""
    before = settings.set_qpdf_limits(
        flate_max_memory=MOST_IN_A_PIECE,
        png_max_memory=MOST_IN_A_PIECE,
        tiff_max_memory=MOST_IN_A_PIECE,
        run_length_max_memory=MOST_IN_A_PIECE,
        max_stream_filters=_MOST_FILTERS,
    )
    try:
        yield
    finally:
        settings.set_qpdf_limits(**{name: int(limit) for name, limit in before.items()})  # type: ignore[arg-type]  # one is a bool


class Scales:
    """Weighs what is unpacked of one file, until it is too much."""

    def __init__(self) -> None:
        self._weight = 0

    def weigh(self, parts: Sequence[pikepdf.Object], page: int) -> None:
        """Unpack the parts of a page's drawing, one by one; raises SamizdatError P70."""
        for part in parts:
            if not _weighable(part):
                raise _too_large(page)
            try:
                self._weight += len(part.read_bytes())
            except pikepdf.PdfError as error:
                raise _too_large(page) from error
            if self._weight > MOST_IN_ALL:
                raise _too_large(page)


def _weighable(part: pikepdf.Object) -> bool:
    """Say whether a stream has a bound: LZW has none but its own size, so that nothing else may be unpacked before it."""
    packed = part.get(Name.Filter, Array())
    filters = list(packed) if isinstance(packed, Array) else [packed]
    for number, name in enumerate(filters):
        if name in _LZW:
            return (
                set(filters[:number]) <= _WRITTEN_OUT
                and len(part.read_raw_bytes()) <= _MOST_LZW
                and name not in filters[number + 1 :]
            )
    return True


def _too_large(page: int) -> SamizdatError:
    return SamizdatError(
        TOO_LARGE.problem(
            f"What is drawn on page {page} cannot be unpacked, or is more than any page has.",
            Place(f"page {page}"),
            "Open it in a PDF reader, print it to a new PDF, and try again with that.",
        )
    )
