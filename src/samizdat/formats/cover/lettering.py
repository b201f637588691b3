"""Words fitted to a place: broken into lines that look well, in the largest size that goes in.

Widths are measured in the house fonts where they are installed and estimated where they are not. Chinese and Japanese break
between any two characters, other scripts between words.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import pyphen
from PIL import ImageFont

from samizdat import fonts
from samizdat.fonts import FACES, Family

_REFERENCE = 1000
_GUESS = 0.5
"""The width of an average letter, in ems."""
_SLACK = 0.98
"""Shaping may set a line a little wider than the sum of its words."""
_HAN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_HIRAGANA = re.compile(r"[\u3041-\u309f]")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_HEBREW = re.compile(r"[\u0590-\u05ff]")
_SPACELESS = re.compile(r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")
"""Scripts without spaces between words, which are divided without a hyphen."""
_TALLEST = 1.6
"""Some fonts ask for room for piles of marks, in ems, that no title has."""
_NOT_FIRST = set("、。，．：；！？」』）】〉》〕ー々ゃゅょャュョっッぁぃぅぇぉ・…,.:;!?)]}»”’%")
_NOT_LAST = set("「『（【〈《〔([{«“‘")
_JOINTS = re.compile(r"(?<=[-–—/])(?=\w)")
_SHRINK = 0.96
_UGLY = 0.7
"""How much smaller letters may get for lines that look better."""
_LONG = 16
"""From so many letters on a word may be divided."""
_JOINT = "\u00ad"


@dataclass(frozen=True, slots=True)
class Face:
    """How words are set: which house family comes first, and its weight and slope."""

    family: Family
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Room for words: a box, the sizes they may have in it, and how they are set."""

    x: float
    y: float
    width: float
    height: float
    largest: float
    smallest: float
    leading: float = 1.15
    """The height of a line, in ems."""
    align: str = "center"
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Lettering:
    """Lines of words in their place: `x`, `y` is the top left corner of the block, `leading` the height of a line."""

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    size: float
    leading: float
    face: Face
    colour: str
    align: str = "left"
    """left, right or center"""
    spacing: float = 0.0
    """Extra space between letters; never in scripts whose letters join."""

    @property
    def height(self) -> float:
        """The height of all lines."""
        return len(self.lines) * self.leading

    @property
    def bottom(self) -> float:
        """Where the block ends."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    width: float
    """In ems."""
    space: bool
    """A space stands before it, unless it begins a line."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Words broken into lines, and the size they are set in."""

    lines: tuple[str, ...]
    size: float


def square(text: str) -> bool:
    """Say whether a text is in Chinese, Japanese or Korean, whose letters fill a square."""
    return _HAN.search(text) is not None


def joined(text: str) -> bool:
    """Say whether the letters of a script join, as Arabic letters do."""
    return _ARABIC.search(text) is not None


def deep(text: str) -> bool:
    """Say whether a text is in Hebrew, whose final letters reach far below the line."""
    return _HEBREW.search(text) is not None


def tall(text: str) -> float:
    """Return the height that lines have in the font of a text's own script, in ems; 0 where the house has none for it."""
    font = _font(Family.WORLD, script, bold=False, italic=False) if (script := _script(text)) else None
    return min(sum(font.getmetrics()) / _REFERENCE, _TALLEST) if font else 0.0


def fit(text: str, face: Face, language: str, place: Place) -> Fitted:
    """Break a text into lines that go into a place, as large as can be without looking broken.

    What does not go in even at the smallest size is cut, and ends in an ellipsis.
    """
    words = _words(text, face, language)
    best: tuple[float, Fitted] | None = None
    size = place.largest
    while size > place.smallest:
        broken = _break(words, place.width * _SLACK / size)
        if broken is not None and len(broken.lines) * place.leading * size <= place.height:
            score = size * (1 - _UGLY * broken.badness)
            if best is None or score > best[0]:
                best = (score, Fitted(broken.lines, size))
        size *= _SHRINK
    if best is not None:
        return best[1]
    broken = _break(_chop(words, place.width * _SLACK / place.smallest), place.width * _SLACK / place.smallest)
    lines = broken.lines if broken else ()
    room = max(1, int(place.height / place.leading / place.smallest))
    if len(lines) > room:
        lines = (*lines[: room - 1], lines[room - 1].rstrip(" ,;:") + "…")
    return Fitted(lines, place.smallest)


def _words(text: str, face: Face, language: str) -> list[_Word]:
    """Cut a text where a line may break."""
    words: list[_Word] = []
    for chunk in text.split():
        space = True
        for piece in _pieces(chunk, language):
            words.append(_Word(piece, _width(piece.rstrip(_JOINT), face), space))
            space = False
    return words


def _pieces(chunk: str, language: str) -> list[str]:
    if not _HAN.search(chunk):
        return [piece for part in _JOINTS.split(chunk) for piece in _syllables(part, language)]
    pieces: list[str] = []
    for piece in re.findall(rf"{_HAN.pattern}|[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+", chunk):
        if pieces and (piece[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _syllables(word: str, language: str) -> list[str]:
    """Cut a very long word where its language lets it be divided; a piece that needs a hyphen ends in a soft one."""
    if len(word) < _LONG or joined(word):
        return [word]
    known = pyphen.language_fallback(language.replace("-", "_"))
    if known is None:
        return [word]
    divided: str = pyphen.Pyphen(lang=known, left=4, right=4).inserted(word, _JOINT + "\0")
    return (divided.replace(_JOINT, "") if _SPACELESS.search(word) else divided).split("\0")


def _chop(words: list[_Word], width: float) -> list[_Word]:
    """Cut words that are longer than a line, as a last resort."""
    result: list[_Word] = []
    for word in words:
        parts = max(1, -(-int(word.width * 100) // int(width * 100)))
        step = -(-len(word.text) // parts)
        for start in range(0, len(word.text), step):
            piece = word.text[start : start + step]
            result.append(_Word(piece, word.width * len(piece) / len(word.text), word.space and start == 0))
    return result


@dataclass(frozen=True, slots=True)
class _Broken:
    lines: tuple[str, ...]
    badness: float


def _break(words: list[_Word], width: float) -> _Broken | None:
    """Break words into lines no wider than a width: as few lines as can be, as even as can be, by sense where it can be."""
    count = len(words)
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, count + 1):
        choices = []
        for start in range(end - 1, -1, -1):
            length = _length(words[start:end])
            if length > width:
                break
            lines, badness, _ = best[start]
            if lines >= 0:
                gap = 1 - length / width
                choices.append((lines + 1, badness + gap * gap + _nonsense(words, end), start))
        best.append(min(choices) if choices else (-1, 0.0, 0))
    if best[count][0] < 0:
        return None
    lines_found = []
    end = count
    while end:
        start = best[end][2]
        lines_found.append(_line(words[start:end]))
        end = start
    return _Broken(tuple(reversed(lines_found)), best[count][1])


def _line(words: list[_Word]) -> str:
    text = "".join((" " if word.space and place else "") + word.text for place, word in enumerate(words))
    inner = text.rstrip(_JOINT)
    return inner.replace(_JOINT, "") + ("-" if text != inner else "")


def _length(words: list[_Word]) -> float:
    return sum(word.width + (0.25 if word.space and place else 0) for place, word in enumerate(words))


def _nonsense(words: list[_Word], end: int) -> float:
    """How much it hurts to break here: after a little word that belongs to the next; least after a comma or colon."""
    if end == len(words):
        return 0.0
    last, following = words[end - 1].text, words[end].text
    if _HAN.search(last) and not words[end].space:
        # Japanese words begin with kanji or katakana and trail off in hiragana.
        return 0.3 if _HIRAGANA.match(following) else 0.0 if _HIRAGANA.match(last[-1]) else 0.6
    if last[-1] in ",:;—–.!?،؛：。、":
        return -0.1
    little = len(last) <= len("the") and last.isalpha() and not _HAN.search(last)
    if last.endswith(_JOINT):
        return 0.25
    return 0.15 if little else 0.0


@cache
def _font(family: Family, script: str, *, bold: bool, italic: bool) -> ImageFont.FreeTypeFont | None:
    faces = [face for face in FACES if face.family is family and script in face.file]
    faces.sort(key=lambda face: (face.bold is not bold, face.italic is not italic))
    found = fonts.files()
    for face in faces:
        for name in (face.file, *face.stand_ins):
            if name in found:
                return ImageFont.truetype(str(found[name].path), _REFERENCE, layout_engine=ImageFont.Layout.BASIC)
    return None


def _script(text: str) -> str:
    """Return the script of a text, as a font is called after it, if it has one of its own; Unicode names letters by scripts."""
    found = next((unicodedata.name(letter, "") for letter in text if letter.isalpha()), "").split(" ")[0].title()
    return found if any(face.family is Family.WORLD and f"{found}-" in face.file for face in FACES) else ""


def _width(text: str, face: Face) -> float:
    """Measure a word in ems."""
    script = _script(text)
    family = Family.HAN if _HAN.search(text) else Family.ARABIC if joined(text) else Family.WORLD if script else face.family
    font = _font(family, script, bold=face.bold, italic=face.italic)
    if font is None:
        return sum(1.0 if _HAN.match(letter) else 0.0 if unicodedata.combining(letter) else _GUESS for letter in text)
    return float(font.getlength(text)) / _REFERENCE
