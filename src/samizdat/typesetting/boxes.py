"""Letters that no house font has: a box stands for each, and the PDF tells which letter it is.

The box takes its letter along through the setting of lines, in signs that nothing draws.
"""

import re
from xml.etree import ElementTree as ET

from samizdat import fonts

_BOX = "\u25a1"
_NOUGHT = 0xE0100
"""The first of sixteen signs that choose the form of a letter; here each is a digit."""
_IN_INK = "\ufe0e"
_PICTURES = re.compile(f"[\U0001f000-\U0001faff](?!\ufe0f|{_IN_INK})")
"""Signs that Pango would look for among coloured pictures, unless they are followed by the sign that they are meant as type."""
_BOXED = re.compile(f"{_BOX}([{chr(_NOUGHT)}-{chr(_NOUGHT + 15)}]{{6}})")


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
    for letter in fonts.wanting(text):
        digits = "".join(chr(_NOUGHT + int(digit, 16)) for digit in f"{ord(letter):06x}")
        text = text.replace(letter, _BOX + digits)
    return _PICTURES.sub(rf"\g<0>{_IN_INK}", text)


def unboxed(text: str) -> str:
    """Return a text as it was written."""
    return _BOXED.sub(_letter, text) if _BOX in text else text


def _letter(found: re.Match[str]) -> str:
    return chr(int("".join(f"{ord(digit) - _NOUGHT:x}" for digit in found[1]), 16))
