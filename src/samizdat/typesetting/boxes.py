"""Letters that no house font has: a box stands for each, and the PDF tells which letter it is.

The box takes its letter along through the setting of lines, in signs that nothing draws.
"""

import re
import unicodedata
from functools import cache
from itertools import chain
from xml.etree import ElementTree as ET

from samizdat import fonts

_BOX = "\u25a1"
_NOUGHT = 0xE0100
"""The first of sixteen signs that choose the form of a letter; here each is a digit."""
_IN_INK = "\ufe0e"
_PICTURES = re.compile(f"[\U0001f000-\U0001faff](?!\ufe0f|{_IN_INK})")
"""Signs that Pango would look for among coloured pictures, unless they are followed by the sign that they are meant as type."""
_BOXED = re.compile(f"{_BOX}([{chr(_NOUGHT)}-{chr(_NOUGHT + 15)}]{{6}})")
_EVERYWHERE = re.compile("[ -~\n\u00a0-\u017f\u0391-\u03a9\u03b1-\u03c9\u0410-\u044f\u2010-\u2027\u202f]+")
"""Letters that need not be looked for."""
_UNDRAWN = {"Cc", "Cf", "Cs", "Mn", "Zs", "Zl", "Zp"}
"""What is not drawn, or only with another letter."""


def box(root: ET.Element) -> None:
    """Put boxes into a page for letters that cannot be set, also where running heads are written."""
    for element in root.iter():
        element.text, element.tail = _boxed(element.text), _boxed(element.tail)
        for name, value in element.items():
            if name.startswith("data-"):
                element.set(name, _boxed(value) or "")


def _boxed(text: str | None) -> str | None:
    if not text or text.isascii():
        return text
    for letter in wanting(text):
        digits = "".join(chr(_NOUGHT + int(digit, 16)) for digit in f"{ord(letter):06x}")
        text = text.replace(letter, _BOX + digits)
    return _PICTURES.sub(rf"\g<0>{_IN_INK}", text)


def unboxed(text: str) -> str:
    """Return a text as it was written."""
    return _BOXED.sub(_letter, text) if _BOX in text else text


def _letter(found: re.Match[str]) -> str:
    return chr(int("".join(f"{ord(digit) - _NOUGHT:x}" for digit in found[1]), 16))


def wanting(text: str) -> tuple[str, ...]:
    """Return the letters and signs of a text that no house font on this machine has, in their order."""
    if text.isascii() or not (unusual := _EVERYWHERE.sub("", text)):
        return ()
    return tuple(
        sign for sign in dict.fromkeys(unusual) if ord(sign) not in _all() and unicodedata.category(sign) not in _UNDRAWN
    )


@cache
def _all() -> frozenset[int]:
    """Return the codes of all that the house fonts have."""
    return frozenset(chain.from_iterable(fonts.letters(file.path) for file in fonts.files().values()))
