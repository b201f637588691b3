"""Cutting: from a font file, the letters that a book uses.

A leaf's PDF is written without its fonts: where a font's program would stand, it bears the file's name. The letters are cut
once, for the whole book, when its leaves are merged.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi, harfbuzz

from samizdat import fonts
from samizdat.typesetting import spaces

MARK = 4
"""How many bytes of the font stand before its name, to tell what kind it is."""

_clean = Font.clean
_withheld: ContextVar[bool] = ContextVar("withheld", default=False)

ffi.cdef("""
    typedef int hb_memory_mode_t;
    hb_blob_t * hb_blob_create (const char *data, unsigned int length, hb_memory_mode_t mode, void *user_data, void *destroy);
    hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);
""")
_READ_ONLY = 1


@contextmanager
def withheld() -> Iterator[None]:
    """Write PDFs without their fonts inside the block."""
    token = _withheld.set(True)
    try:
        yield
    finally:
        _withheld.reset(token)


def clean(font: Any, letters: dict[int, str], hinting: Any) -> None:
    """Cut a font for a PDF, or put its name in its place."""
    if not _withheld.get():
        _clean(font, letters, hinting)
        return
    name = spaces.named(hashlib.sha256(font.file_content).hexdigest())
    font.file_content = font.file_content[:MARK] + name.encode()


def cut(file: fonts.FontFile, glyphs: Sequence[int]) -> bytes:
    """Cut these glyphs from a font file; they keep their numbers."""
    data = file.path.read_bytes()
    blob = ffi.gc(harfbuzz.hb_blob_create(data, len(data), _READ_ONLY, ffi.NULL, ffi.NULL), harfbuzz.hb_blob_destroy)
    font = Font.__new__(Font)
    font.hb_face = ffi.gc(harfbuzz.hb_face_create(blob, 0), harfbuzz.hb_face_destroy)
    font.file_content, font.index, font.family, font.missing = data, 0, file.name, {}
    font.subset(dict.fromkeys(glyphs, ""), hinting=False)
    return bytes(font.file_content)


def install() -> None:
    """Let WeasyPrint withhold fonts."""
    Font.clean = clean
