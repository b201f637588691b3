"""House fonts cut down to the letters of one book, so that they can travel in its e-book and its pages for the browser.

A cut font has a name of its own, as the Open Font License asks of what is not the whole font. The only door to fontTools.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, TTLibError

from samizdat import fonts
from samizdat.fonts import FACES, Face, Family, FontFile
from samizdat.formats.emphases import Style
from samizdat.formats.publication import Resource
from samizdat.problems import Problem, Rule, Severity

NOT_EMBEDDED = Rule(
    "E43",
    Severity.WARNING,
    "A font that the e-book should bring along was left out",
    "With `fonts = true` an e-book brings the house fonts along. One of them is not on this machine, or what stands in for "
    "it there may not be given on by its licence, as the font's own mark of embedding says. The e-book is whole without it; "
    "the reader's own font shows the words. Source: OpenType, “OS/2”, fsType.",
)

TRAVELLING = (Family.SERIF, Family.ARABIC, Family.HAN, Family.SYMBOLS)
"""The families of running text, in the order in which they are tried for a letter; code is left to the reader's fonts."""
FEATURES = ("smcp", "onum", "lnum", "tnum")
"""What the styles of the e-book and the pages for the browser ask of a font besides what every text does."""
_RUNNING = "aaabcdeeeefghiijklmnnoopqrrssttuvwxyz      "
"""Letters about as often as English has them. Widths by these are known of many fonts."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font file that travels, and what CSS calls it."""

    family: str
    bold: bool
    italic: bool
    resource: Resource
    width: float = 0
    """How wide its small letters are, weighed by how often they come in English; this and the next two in parts of its size."""
    ascent: float = 0
    descent: float = 0


def _anew(make: Callable[[], bytes], *_parts: object) -> bytes:
    return make()


def cut(letters: Mapping[Style, frozenset[str]], remember: Callable[..., bytes] = _anew) -> tuple[Typeface, ...]:
    """Cut every face that sets some of the letters of its style down to them. A letter belongs to the first family that has it.

    `remember` is `Cache.remember`, where there is a cache.
    """
    made: list[Typeface] = []
    taken: set[int] = set()
    for family in TRAVELLING:
        has: set[int] = set()
        for face, file in _files(family):
            font = _opened(file)
            wanted = {ord(letter) for letter in letters[face.bold, face.italic]} & set(font.getBestCmap()) - taken
            # a family of which only blanks would be left sets nothing
            if any(not chr(code).isspace() for code in wanted) and _free(font):
                has |= wanted
                made.append(_typeface(face, font, file, wanted, remember))
        taken |= has
    return tuple(made)


def packed(typeface: Typeface, remember: Callable[..., bytes] = _anew) -> Typeface:
    """Pack a cut font as browsers like it best, in about half the bytes. Source: WOFF File Format 2.0."""
    resource = typeface.resource

    def pack() -> bytes:
        font = TTFont(io.BytesIO(resource.data), recalcTimestamp=False)
        font.flavor = "woff2"
        data = io.BytesIO()
        font.save(data)
        return data.getvalue()

    path = str(PurePosixPath(resource.path).with_suffix(".woff2"))
    return replace(typeface, resource=Resource(path, "font/woff2", remember(pack, "woff2", resource.data)))


def missing() -> tuple[Problem, ...]:
    """Name the faces that cannot travel from this machine, and what to install."""
    problems = []
    for family in TRAVELLING:
        for face in (face for face in FACES if face.family is family):
            file = fonts.file_of(face)
            if file is None or not _free(_opened(file)):
                fault = "is not installed" if file is None else f"is not installed, and {file.name} may not be given on"
                hint = f"On Debian or Ubuntu: apt install {face.package}."
                problems.append(NOT_EMBEDDED.problem(f"{face.file} {fault}; the e-book goes without it.", hint=hint))
    return tuple(problems)


def _files(family: Family) -> Iterator[tuple[Face, FontFile]]:
    for face in FACES:
        file = fonts.file_of(face)
        if face.family is family and file is not None:
            yield face, file


def _opened(file: FontFile) -> TTFont:
    """Open a font; one that cannot be read has no letters."""
    try:
        return TTFont(file.path, recalcTimestamp=False)
    except TTLibError:
        return TTFont()


def _free(font: TTFont) -> bool:
    """Say whether a font may be embedded in a file that is given on, and cut: fsType 0."""
    return "OS/2" in font and font["OS/2"].fsType == 0


def _typeface(face: Face, font: TTFont, file: FontFile, codes: set[int], remember: Callable[..., bytes]) -> Typeface:
    measures = _measures(font)
    style = ("-bold" if face.bold else "") + ("-italic" if face.italic else "")
    kind, media_type = ("otf", "font/otf") if font.sfntVersion == "OTTO" else ("ttf", "font/ttf")
    name = f"fonts/{face.family.value.split()[-1].lower()}{style}.{kind}"
    data = remember(
        lambda: _subset(font, codes, face.family), "typeface", face.family, file.digest, "".join(map(chr, sorted(codes)))
    )
    return Typeface(face.family, face.bold, face.italic, Resource(name, media_type, data), *measures)


def _measures(font: TTFont) -> tuple[float, float, float]:
    """Return the width of running letters, the ascent and the descent of a font, in parts of its size."""
    units, letters, widths = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"]
    running = [widths[letters[ord(letter)]][0] for letter in _RUNNING if ord(letter) in letters]
    width = sum(running) / len(running) / units if running else 0
    return width, font["hhea"].ascent / units, -font["hhea"].descent / units


def _subset(font: TTFont, codes: set[int], family: Family) -> bytes:
    options = Options(hinting=False, desubroutinize=True, recalc_timestamp=False, name_IDs=["*"], notdef_outline=True)
    options.drop_tables = [*options.drop_tables, "FFTM"]  # the font editor's own notes
    options.layout_features = sorted({*options.layout_features, *FEATURES})
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(codes))
    subsetter.subset(font)
    _rename(font, family)
    data = io.BytesIO()
    font.save(data, reorderTables=True)
    return data.getvalue()


def _rename(font: TTFont, family: str) -> None:
    """Give a cut font the family's name; who made it and under which licence stays."""
    names = {1: family, 3: f"{family}, cut", 4: family, 6: family.replace(" ", ""), 16: family}
    kept: Sequence[int] = (0, 2, 8, 9, 13, 14)
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in kept or record.nameID in names]
    for record in table.names:
        if record.nameID in names:
            record.string = names[record.nameID]
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [names[6]]
        top = cff.topDictIndex[0]
        for key in ("FullName", "FamilyName"):
            if hasattr(top, key):
                setattr(top, key, family)
