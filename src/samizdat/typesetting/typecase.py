"""The type case: each font of a book once, holding the letters that any of its leaves uses.

Leaves are written without their fonts, which name themselves only; when leaves are merged, what all of them used is cut from
the font files in one go. Otherwise every chapter would carry its own copy, and most of a book's size would be letters.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import partial

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from samizdat import fonts
from samizdat.typesetting.composition import Remember

_LETTER = re.compile(rb"^<([0-9a-f]{4})> <([0-9a-f]*)>$", re.MULTILINE)
_SILENT = b"200d"
"""What a glyph stands for that only completes the one before it, as in Arabic: the joiner, for it must stand for something."""
_TATWEEL = b"0640"
_PARTS = {"hamza.above": "\u0654"}
"""A mark that the house's Arabic draws apart from its letter, under a name of its own."""
_FACING = frozenset(f"{ord(sign):04x}".encode() for sign in "()[]{}<>«»‹›")
"""Brackets. From right to left the one that opens is drawn as the one that closes (UAX #9, L4)."""
_BATCH = 100
"""The most letters that one block of a character map may hold."""
_MAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class TypeCase:
    """Gathers the fonts of leaf after leaf, and hands each page the shared ones."""

    def __init__(self, book: Pdf) -> None:
        """Begin with no fonts."""
        self._book = book
        self._founts: dict[str, Object] = {}
        self._widths: dict[str, dict[int, Object]] = {}
        self._letters: dict[str, dict[bytes, bytes]] = {}

    def gather(self, page: Object) -> None:
        """Take in the fonts of a page, and give it the shared ones instead."""
        used = page.get(Name.Resources, Dictionary()).get(Name.Font, Dictionary())
        for key in list(used.keys()):
            fount = used[key]
            name = str(fount.BaseFont)
            shared = self._founts.setdefault(name, fount)
            if shared.objgen == fount.objgen and name in self._widths:
                continue
            self._widths.setdefault(name, {}).update(_widths(fount.DescendantFonts[0].W))
            letters = self._letters.setdefault(name, {})
            letters.update((glyph, letter or letters.get(glyph, _SILENT)) for glyph, letter in _letters(fount))
            used[key] = shared

    def fill(self, remember: Remember) -> None:
        """Cut the letters that were used from the font files, and complete the fonts."""
        for name in sorted(self._founts):
            fount, widths, letters = self._founts[name], self._widths[name], self._letters[name]
            descendant = fount.DescendantFonts[0]
            descriptor = descendant.FontDescriptor
            key = Name.FontFile3 if Name.FontFile3 in descriptor else Name.FontFile2
            file = fonts.files()[descriptor[key].read_bytes()[4:].decode()]
            glyphs = sorted(widths)
            cut = remember(partial(_cut, file, glyphs), "type", file.digest, repr(glyphs))
            program = Stream(self._book, cut)
            if key == Name.FontFile3:
                program.Subtype = Name.OpenType
            else:
                program.Length1 = len(cut)
            descriptor[key] = self._book.make_indirect(program)
            box = descriptor.FontBBox
            descriptor.FontBBox = Array([0, box[1], max(widths.values(), default=0), box[3]])
            descendant.W = _runs(widths)
            drawn = [int(glyph, 16) for glyph in letters]
            named = remember(partial(_named, file, drawn), "named", file.digest, repr(drawn)).split(b"\n")
            read = {glyph: _meaning(own, letters[glyph]) for glyph, own in zip(letters, named, strict=True)}
            fount.ToUnicode = self._book.make_indirect(Stream(self._book, _map(read)))


def _cut(file: fonts.FontFile, glyphs: Sequence[int]) -> bytes:
    """Cut letters from a font file."""
    from samizdat.typesetting.cutting import cut  # noqa: PLC0415 - what is remembered needs no WeasyPrint

    return cut(file, glyphs)


def _named(file: fonts.FontFile, glyphs: Sequence[int]) -> bytes:
    """Return what glyphs stand for by their names in a font file, a line each: "uni0644.init" is a form of U+0644.

    First comes the letter for which the font draws the glyph; a font that lacks a letter has no form of it, whatever a name says.
    """
    from fontTools.agl import toUnicode  # noqa: PLC0415 - what is remembered needs no font tools
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    with TTFont(file.path, lazy=True) as font:
        names, cases = [font.getGlyphName(glyph) for glyph in glyphs], font["cmap"].buildReversed()
    letters = {name: chr(min(codes)) for name, codes in cases.items()}
    known = {chr(code) for codes in cases.values() for code in codes}
    own = {name: letter for name, letter in letters.items() if unicodedata.is_normalized("NFKC", letter)}
    said = {name: toUnicode(name) for name in names}
    meant = (_PARTS.get(name) or own.get(name) or (said[name] if known.issuperset(said[name]) else "") for name in names)
    return b"\n".join(each.encode("utf-16-be").hex().encode() for each in meant)


def _meaning(own: bytes, letter: bytes) -> bytes:
    """Return what a glyph stands for where a letter is drawn with several: its own sign, and not those of the glyphs beside it.

    WeasyPrint gives a letter and all its marks to whichever of their glyphs it meets first, so that in Arabic and Hebrew some
    would be read twice and some never; and a bracket has the sign that was first drawn with it, in whichever direction. A letter
    that is one with its mark may be drawn as two.
    """
    if own == _TATWEEL:  # also what lengthens other letters
        return letter if letter == own else _SILENT
    written = bytes.fromhex(letter.decode()).decode("utf-16-be")
    signs = {sign.encode("utf-16-be").hex().encode() for sign in (*written, *unicodedata.normalize("NFD", written))}
    return own if own and (letter == _SILENT or own in signs or own in _FACING) else letter


def _widths(runs: Object) -> Iterator[tuple[int, Object]]:
    """Read the widths of a font, glyph by glyph."""
    flat = list(runs)
    for first, widths in zip(flat[::2], flat[1::2], strict=True):
        yield from enumerate(widths, start=int(first))


def _letters(fount: Object) -> list[tuple[bytes, bytes]]:
    """Read what character each glyph of a font stands for."""
    return _LETTER.findall(fount.ToUnicode.read_bytes())


def _runs(widths: dict[int, Object]) -> Array:
    """Write the widths of a font, neighbours together."""
    runs = Array()
    row: Array | None = None
    for glyph in sorted(widths):
        if row is None or glyph - 1 not in widths:
            row = Array()
            runs.append(glyph)
            runs.append(row)
        row.append(widths[glyph])
    return runs


def _map(letters: dict[bytes, bytes]) -> bytes:
    """Write what character each glyph stands for."""
    lines = [f"<{glyph.decode()}> <{letter.decode()}>" for glyph, letter in sorted(letters.items())]
    blocks = (lines[at : at + _BATCH] for at in range(0, len(lines), _BATCH))
    return _MAP.format("\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)).encode()
