"""The house fonts: which files they are, where the machine keeps them, and what to install where they are not.

The program sets text in these fonts only, whatever else a machine has, so that a book looks alike wherever it is made.
CSS names them by the families of `Family`; where a face's file is missing, the next one in its row stands in.
"""

import hashlib
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from samizdat.problems import Problem, Rule, Severity

FONT_MISSING = Rule(
    "W20",
    Severity.WARNING,
    "A house font is not installed",
    "Books are set in a small number of free fonts. One of them was not found in the usual folders of this machine, so another "
    "stands in for it: the book will be readable, but it will not look as it should, and its pages will break elsewhere than "
    "on a machine that has the font. Install the package named in the hint.",
)

SCHEME = "font:"
"""CSS from `font_faces` names files by this scheme; only the typesetting package can open it."""


class Family(StrEnum):
    """The families that style sheets may name."""

    SERIF = "Samizdat Serif"
    """The text face."""
    SANS = "Samizdat Sans"
    MONO = "Samizdat Mono"
    """For code."""
    DISPLAY = "Samizdat Display"
    """For title pages and covers."""
    ARABIC = "Samizdat Arabic"
    HAN = "Samizdat Han"
    """For Japanese, and for Chinese in full forms."""
    SONG = "Samizdat Song"
    """For Chinese in simplified forms."""
    HANGUL = "Samizdat Hangul"
    WORLD = "Samizdat World"
    """For every other script, a font each; CSS names each font by its script as well."""
    SYMBOLS = "Samizdat Symbols"
    """For what the others lack."""
    CLEAR = "Samizdat Clear"
    """A sans with large, open letters, for large print."""
    EASY = "Samizdat Easy"
    """Letters that are hard to confuse, for readers with dyslexia."""
    DIGITS = "Samizdat Digits"
    """OCR-B, for the number under a bar code."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family: the file that belongs to it, the Debian package that brings it, and files that may stand in."""

    family: Family
    file: str
    package: str
    stand_ins: tuple[str, ...] = ()
    bold: bool = False
    italic: bool = False
    script: str = ""
    """What the font of a script is called after, in a family that has one for each."""

    @property
    def css(self) -> str:
        """The name of its family in CSS; a PDF would take two files of one name, weight and slope for one font."""
        return f"{self.family} {self.script}".strip()


_SCRIPTS: Mapping[str, str] = {
    "SerifArmenian": "hy",
    "SerifBengali": "as bn",
    "SerifDevanagari": "hi mai mr ne sa",
    "SerifEthiopic": "am ti",
    "SerifGeorgian": "ka",
    "SerifGujarati": "gu",
    "SerifGurmukhi": "pa",
    "SerifKannada": "kn",
    "SerifKhmer": "km",
    "SerifLao": "lo",
    "SerifMalayalam": "ml",
    "SerifMyanmar": "my",
    "SansOriya": "or",
    "SerifSinhala": "si",
    "SerifTamil": "ta",
    "SerifTelugu": "te",
    "SansThaana": "dv",
    "SerifThai": "th",
    "SerifTibetan": "bo dz",
}
"""The fonts of the scripts that have no family of their own, and the languages that are written in them."""


def _faces() -> Iterator[Face]:
    """Yield every face of the house, in the order in which families are tried for a letter that the first ones lack."""
    shapes = (("", "", ""), ("-Italic", " Italic", "i"), ("-Bold", " Bold", "bd"), ("-BoldItalic", " Bold Italic", "bi"))
    upright, italic, bold, both = (
        (
            *(f"DejaVuSerif{part}.ttf", f"LiberationSerif{part or '-Regular'}.ttf"),
            *(f"Georgia{words}.ttf", f"Times New Roman{words}.ttf", f"times{end}.ttf"),
        )
        for part, words, end in shapes
    )
    libertine, garamond, dejavu = "fonts-linuxlibertine", "fonts-ebgaramond", "fonts-dejavu-core"
    yield Face(Family.SERIF, "LinLibertine_R.otf", libertine, ("EBGaramond12-Regular.otf", *upright))
    yield Face(Family.SERIF, "LinLibertine_RI.otf", libertine, ("EBGaramond12-Italic.otf", *italic), italic=True)
    yield Face(Family.SERIF, "LinLibertine_RB.otf", libertine, ("EBGaramond12-Bold.otf", *bold), bold=True)
    yield Face(Family.SERIF, "LinLibertine_RBI.otf", libertine, both, bold=True, italic=True)
    yield Face(Family.SANS, "LinBiolinum_R.otf", libertine, ("DejaVuSans.ttf", "Arial.ttf", "arial.ttf"))
    yield Face(
        Family.SANS, "LinBiolinum_RI.otf", libertine, ("DejaVuSans-Oblique.ttf", "Arial Italic.ttf", "ariali.ttf"), italic=True
    )
    yield Face(Family.SANS, "LinBiolinum_RB.otf", libertine, ("DejaVuSans-Bold.ttf", "Arial Bold.ttf", "arialbd.ttf"), bold=True)
    yield Face(Family.DISPLAY, "EBGaramond12-Regular.otf", garamond, ("LinLibertine_DR.otf", "LinLibertine_R.otf", *upright))
    yield Face(Family.DISPLAY, "EBGaramond12-Italic.otf", garamond, ("LinLibertine_RI.otf", *italic), italic=True)
    yield Face(Family.MONO, "DejaVuSansMono.ttf", dejavu, ("LinLibertine_M.otf", "Courier New.ttf", "cour.ttf"))
    yield Face(Family.MONO, "DejaVuSansMono-Bold.ttf", dejavu, ("Courier New Bold.ttf", "courbd.ttf"), bold=True)
    yield Face(Family.ARABIC, "Amiri-Regular.ttf", "fonts-hosny-amiri", ("Times New Roman.ttf", "times.ttf", "DejaVuSans.ttf"))
    yield Face(Family.ARABIC, "Amiri-Bold.ttf", "fonts-hosny-amiri", ("Times New Roman Bold.ttf", "timesbd.ttf"), bold=True)
    yield Face(Family.HAN, "ipaexm.ttf", "fonts-ipaexfont-mincho", ("ipam.ttf",))
    yield Face(Family.SONG, "gbsn00lp.ttf", "fonts-arphic-gbsn00lp", ("simsun.ttf",))
    yield Face(Family.HANGUL, "NanumMyeongjo.ttf", "fonts-nanum", ("UnBatang.ttf",))
    yield Face(Family.HANGUL, "NanumMyeongjoBold.ttf", "fonts-nanum", ("UnBatangBold.ttf",), bold=True)
    for script in _SCRIPTS:
        yield Face(Family.WORLD, f"Noto{script}-Regular.ttf", "fonts-noto-core", script=script)
        yield Face(Family.WORLD, f"Noto{script}-Bold.ttf", "fonts-noto-core", bold=True, script=script)
    clear, bold_clear = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"
    yield Face(Family.CLEAR, clear, dejavu, ("Verdana.ttf", "verdana.ttf", "Arial.ttf", "arial.ttf"))
    yield Face(Family.CLEAR, bold_clear, dejavu, ("Verdana Bold.ttf", "verdanab.ttf", "arialbd.ttf"), bold=True)
    easy = "fonts-opendyslexic"
    for part, stand_in, weight, slope in (
        ("Regular", clear, False, False),
        ("Italic", clear, False, True),
        ("Bold", bold_clear, True, False),
        ("BoldItalic", bold_clear, True, True),
    ):
        others = tuple(f"AtkinsonHyperlegible-{part}.{kind}" for kind in ("otf", "ttf"))
        yield Face(Family.EASY, f"OpenDyslexic-{part}.otf", easy, (*others, stand_in), bold=weight, italic=slope)
    yield Face(Family.DIGITS, "OCRB.otf", "fonts-ocr-b", ("DejaVuSansMono.ttf", "cour.ttf"))
    yield Face(Family.SYMBOLS, "DejaVuSans.ttf", dejavu, ("Arial Unicode.ttf", "seguisym.ttf"))


FACES = tuple(_faces())
_WORLD = tuple(dict.fromkeys(face.css for face in FACES if face.family is Family.WORLD))

_TYPES = {
    "LinLibertine": "Linux Libertine",
    "EBGaramond": "EB Garamond",
    "Amiri": "Amiri",
    "ipa": "IPA Mincho",
    "gbsn": "AR PL SungtiL",
    "Nanum": "Nanum Myeongjo",
    "DejaVuSerif": "DejaVu Serif",
    "DejaVuSans": "DejaVu Sans",
    "LiberationSerif": "Liberation Serif",
    "Georgia": "Georgia",
    "Times": "Times New Roman",
    "times": "Times New Roman",
}
"""What people call the type, by how the name of its file begins."""
_FOREMOST = (Family.CLEAR, Family.EASY)
"""Families that come before those of other scripts."""
_LETTERS = ((0, 0x52F), (0x590, 0x5FF), (0x1D00, 0x2E7F), (0xA640, 0xA7FF), (0xFB00, 0xFB4F), (0xFFFD, 0xFFFD))
"""What these are there for, first and last of a row: Latin, Greek, Cyrillic, Hebrew, and signs."""
_FAMILIES: Mapping[str, Family] = {
    **dict.fromkeys("ar ckb fa ks ps sd ug ur".split(), Family.ARABIC),
    **dict.fromkeys("ja yue zh".split(), Family.HAN),
    "ko": Family.HANGUL,
}
"""The families of languages whose script the text face lacks."""
_SIMPLIFIED = re.compile(r"zh(?!-(?:hant|tw|hk|mo))\b", re.IGNORECASE)
"""Chinese in simplified forms."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file that was found: its name, its place, and the hash of its bytes."""

    name: str
    path: Path
    digest: str


def _folders() -> Iterator[Path]:
    """Yield the folders where platforms keep fonts."""
    home = Path.home()
    if sys.platform == "darwin":
        yield from (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    elif sys.platform == "win32":
        yield Path(os.environ.get("LOCALAPPDATA", str(home))) / "Microsoft/Windows/Fonts"
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
    yield from (
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    )


@cache
def files() -> Mapping[str, FontFile]:
    """Find the files of the house fonts on this machine, by name. The first folder that holds one wins."""
    wanted = {name for face in FACES for name in (face.file, *face.stand_ins)}
    found: dict[str, Path] = {}
    for folder in _folders():
        for place, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(wanted.intersection(names)):
                found.setdefault(name, Path(place, name))
    chosen = {file for face in FACES if (file := _first(face, found))}
    return {name: FontFile(name, found[name], hashlib.sha256(found[name].read_bytes()).hexdigest()) for name in sorted(chosen)}


def file_of(face: Face) -> FontFile | None:
    """Return the file that sets a face on this machine, its own or one that stands in; None where there is neither."""
    return files().get(_first(face, files()))


def text_type(language: str, face: str = _TYPES["LinLibertine"]) -> str:
    """Name the type in which a text of a language is set, by an edition that asks for a `face`.

    Scripts that the face lacks have a type of their own, and a missing font another in its place. Empty where no house font
    has the script.
    """
    code = language.lower().split("-")[0]
    if script := next((script for script, codes in _SCRIPTS.items() if code in codes.split()), ""):
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", f"Noto{script}") if f"Noto{script}-Regular.ttf" in files() else ""
    family = _family(language)
    if family is Family.SERIF and face != _TYPES["LinLibertine"]:
        return face
    file = file_of(next(face for face in FACES if face.family is family))
    return next((name for start, name in _TYPES.items() if file and file.name.startswith(start)), "")


def _family(language: str) -> Family:
    """Return the family that sets most of a language."""
    if _SIMPLIFIED.match(language):
        return Family.SONG
    return _FAMILIES.get(language.lower().split("-")[0], Family.SERIF)


def families(language: str, *first: str) -> str:
    """Write for CSS the families in which a text is set: these first, then in the order of its language what they lack."""
    own = _family(language)
    others = (Family.ARABIC, Family.HAN, Family.WORLD, Family.SYMBOLS, Family.SONG, Family.HANGUL)
    row = dict.fromkeys((*first, *(family for family in (own,) if family in others), *others))
    names = (name for family in row for name in (_WORLD if family == Family.WORLD else (family,)))
    return ", ".join(f"'{name}'" for name in names)


def _first(face: Face, found: Mapping[str, object]) -> str:
    """Name the file that sets a face: its own, else the first stand-in that was found, else nothing."""
    return next((name for name in (face.file, *face.stand_ins) if name in found), "")


@cache
def font_faces() -> str:
    """Write the CSS @font-face rules for every face that has a file."""
    rules = []
    for face in FACES:
        name = _first(face, files())
        if name:
            weight, style = "bold" if face.bold else "normal", "italic" if face.italic else "normal"
            letters = f"unicode-range:{_range(files()[name].path)};" if face.family in _FOREMOST else ""
            rules.append(
                f'@font-face{{font-family:"{face.css}";font-weight:{weight};font-style:{style};{letters}'
                f'src:url("{SCHEME}{name.replace(" ", "%20")}")}}'
            )
    return "\n".join(rules)


@cache
def _range(path: Path) -> str:
    """Write for CSS which letters of those that the foremost families are there for a font file has.

    fontconfig takes the range at its word: a letter that is named there and wanting in the file is drawn as an empty box, though
    the next family has it.
    """
    runs: list[list[int]] = []
    for code in letters(path):
        if any(first <= code <= last for first, last in _LETTERS):
            if runs and runs[-1][1] == code - 1:
                runs[-1][1] = code
            else:
                runs.append([code, code])
    return ",".join(f"U+{first:X}-{last:X}" for first, last in runs) or "U+0"


@cache
def letters(path: Path) -> tuple[int, ...]:
    """List the codes that a font file has. Empty files, and those that are no fonts, have none."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - an idle build needs no font tools

    try:
        with TTFont(path, lazy=True, fontNumber=0) as font:
            return tuple(sorted(font.getBestCmap() or ()))
    except (TTLibError, OSError):
        return ()


@cache
def identities() -> tuple[str, ...]:
    """Say which font files are in use, by name and content but not by place: for the keys of the cache."""
    return tuple(f"{file.name} {file.digest}" for file in files().values())


def missing() -> tuple[Problem, ...]:
    """Find the house fonts that are not on this machine: one problem for each package to install."""
    found = files()
    absent: dict[str, list[str]] = {}
    for face in FACES:
        if face.file not in found:
            absent.setdefault(face.package, []).append(face.file)
    return tuple(
        FONT_MISSING.problem(
            f"These fonts are missing, and others stand in for them: {', '.join(names)}.",
            hint=f"On Debian or Ubuntu: apt install {package}. Elsewhere, copy the font files into your own font folder.",
        )
        for package, names in sorted(absent.items())
    )
