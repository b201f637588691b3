"""Font files as pages are set with them: their spaces are one width, whether a line may end there or not.

A no-break space of another width than the space is a mistake of the font, as in OpenDyslexic, where it is twice as wide. It is
drawn as the space. Glyphs keep their numbers, so that letters can still be cut from the file as it is.
"""

import hashlib
import io
from functools import cache

from fontTools.ttLib import TTFont, TTLibError

from samizdat import fonts

_SPACE, _JOINED = 0x20, 0xA0
_MENDED = {fonts.Family.CLEAR, fonts.Family.EASY}
"""Families whose fonts are looked at: those of the text face are known to be right, and there are many of others."""


@cache
def served(name: str) -> bytes:
    """Return the bytes of a font file of the house, by its name."""
    data = fonts.files()[name].path.read_bytes()
    if not any(fonts.file_of(face) == fonts.files()[name] for face in fonts.FACES if face.family in _MENDED):
        return data
    try:
        with TTFont(io.BytesIO(data), lazy=True, fontNumber=0, recalcTimestamp=False) as font:
            return _even(font) or data
    except (TTLibError, OSError, LookupError):
        return data


@cache
def named(digest: str) -> str:
    """Return the name of the font file with such bytes as are served."""
    known = {file.digest: file.name for file in fonts.files().values()}
    return known.get(digest) or next(name for name in known.values() if hashlib.sha256(served(name)).hexdigest() == digest)


def _even(font: TTFont) -> bytes:
    """Return a font whose no-break space is its space; nothing if it is as wide already."""
    signs, widths = font.getBestCmap() or {}, font["hmtx"]
    if not {_SPACE, _JOINED} <= signs.keys() or widths[signs[_SPACE]][0] == widths[signs[_JOINED]][0]:
        return b""
    for table in font["cmap"].tables:
        if _JOINED in table.cmap:
            table.cmap[_JOINED] = signs[_SPACE]
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()
