"""The bar code of a book: its ISBN as EAN-13, with a price or an issue in a smaller code beside it if wanted.

Source: GS1 General Specifications, 5.2 (EAN/UPC symbols): widths of bars 5.2.1.2, add-on symbols 5.2.2, quiet zones and sizes
5.2.3; ISBN Users' Manual, 7th edition, section 4 (check digits) and 13 (the bar code on the cover). Lengths in modules, the width
of the thinnest bar, 0.33 mm at the size of 100 %.
"""

import re
from dataclasses import dataclass

from samizdat.problems import Place, Rule, SamizdatError, Severity

WRONG_ISBN = Rule(
    "P49",
    Severity.ERROR,
    "The number under the bar code is wrong",
    "An ISBN has thirteen digits (older ones ten), of which the last is worked out from the others, so that a slip of the pen "
    "can be told. Bookshops cannot sell a book whose bar code holds another number than its imprint. The small code beside it "
    "has two or five digits; 5 and the price in cents is a price in American dollars.",
)

MODULE = 0.33
"""Millimetres, at 100 %."""
BEFORE, AFTER, BETWEEN = 11, 7, 9
"""Quiet zones: before the code, after it, and between it and an add-on, where nothing may be printed."""
AFTER_ADD_ON = 5
HEIGHT, GUARD = 69.24, 5.0
"""Of the bars (22.85 mm at 100 %), and how much longer the guards are."""
_ADD_ON_HEIGHT = 63.0

_LEFT_ODD = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split()
_LEFT_EVEN = ["".join("10"[int(bit)] for bit in code)[::-1] for code in _LEFT_ODD]
_RIGHT = ["".join("10"[int(bit)] for bit in code) for code in _LEFT_ODD]
_FIRST = "OOOOOO OOEOEE OOEEOE OOEEEO OEOOEE OEEOOE OEEEOO OEOEOE OEOEEO OEEOEO".split()
_FIVE = "EEOOO EOEOO EOOEO EOOOE OEEOO OOEEO OOOEE OEOEO OEOOE OOEOE".split()
_TWO = "OO OE EO EE".split()


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: where it begins, its width, its top and its height, in modules from the symbol's top left corner."""

    x: float
    width: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Digits:
    """Digits under or over bars: where they begin and how far they reach, and their foot."""

    text: str
    x: float
    width: float
    foot: float


@dataclass(frozen=True, slots=True)
class Barcode:
    """A bar code with its quiet zones: its size, and what is drawn in it."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    digits: tuple[Digits, ...]
    label: str


def isbn13(number: str) -> str:
    """Return the thirteen digits of an ISBN of either length; raises SamizdatError P49."""
    digits = re.sub(r"[\s\u2010-\u2015-]", "", number).upper().removeprefix("ISBN").lstrip(":")
    if re.fullmatch(r"\d{9}[\dX]", digits):
        weighed = sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits))
        if weighed % 11 == 0:
            body = f"978{digits[:9]}"
            return body + _check(body)
    elif re.fullmatch(r"97[89]\d{10}", digits) and _check(digits[:12]) == digits[12]:
        return digits
    raise SamizdatError(
        WRONG_ISBN.problem(f"“{number}” is no ISBN.", Place("book.toml", excerpt=number), "Compare it with the agency's letter.")
    )


def _check(body: str) -> str:
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body)) % 10)


def barcode(number: str, add_on: str = "") -> Barcode:
    """Draw the bar code of an ISBN, with an add-on of two or five digits if one is given; raises SamizdatError P49."""
    digits = isbn13(number)
    if add_on and not re.fullmatch(r"\d{2}|\d{5}", add_on):
        message = f"“{add_on}” cannot stand beside the bar code."
        raise SamizdatError(WRONG_ISBN.problem(message, Place("book.toml", excerpt=add_on), "Write two digits or five."))
    parity = _FIRST[int(digits[0])]
    left = "".join(
        (_LEFT_ODD if kind == "O" else _LEFT_EVEN)[int(digit)] for kind, digit in zip(parity, digits[1:7], strict=True)
    )
    right = "".join(_RIGHT[int(digit)] for digit in digits[7:])
    bars = [*_bars(f"101{left}01010{right}101", BEFORE, _LABEL, HEIGHT)]
    guards = {BEFORE, BEFORE + 2, BEFORE + 46, BEFORE + 48, BEFORE + 92, BEFORE + 94}
    bars = [Bar(bar.x, bar.width, bar.top, bar.height + (GUARD if bar.x in guards else 0)) for bar in bars]
    foot = _LABEL + HEIGHT + _DIGIT
    written = [
        Digits(digits[0], 0, BEFORE - 2, foot),
        Digits(digits[1:7], BEFORE + 3, 42, foot),
        Digits(digits[7:], BEFORE + 50, 42, foot),
    ]
    end = BEFORE + 95.0
    if add_on:
        start = end + BETWEEN
        pattern = _add_on(add_on)
        bars += _bars(pattern, start, _LABEL + HEIGHT + GUARD - _ADD_ON_HEIGHT, _ADD_ON_HEIGHT)
        written.append(Digits(add_on, start, len(pattern), _LABEL + HEIGHT + GUARD - _ADD_ON_HEIGHT - 2))
        end = start + len(pattern) + AFTER_ADD_ON
    else:
        end += AFTER
    return Barcode(end, foot + 3, tuple(bars), tuple(written), f"ISBN {_hyphenless(number)}")


_LABEL = 11.0
"""Room above the bars for the number with its hyphens."""
_DIGIT = 9.5
"""The height of a digit with the space above it."""


def _hyphenless(number: str) -> str:
    """Write the number as it was given, with plain hyphens."""
    return re.sub(r"[\u2010-\u2015]", "-", re.sub(r"^ISBN:?\s*", "", number.strip(), flags=re.IGNORECASE))


def _add_on(digits: str) -> str:
    """Return the modules of an add-on; which of its digits are even tells a check."""
    if len(digits) == 2:
        parity = _TWO[int(digits) % 4]
    else:
        parity = _FIVE[(3 * sum(map(int, digits[::2])) + 9 * sum(map(int, digits[1::2]))) % 10]
    codes = [(_LEFT_ODD if kind == "O" else _LEFT_EVEN)[int(digit)] for kind, digit in zip(parity, digits, strict=True)]
    return "1011" + "01".join(codes)


def _bars(modules: str, start: float, top: float, height: float) -> list[Bar]:
    """Turn modules into bars; neighbours that are dark are one bar."""
    return [Bar(start + run.start(), len(run[0]), top, height) for run in re.finditer("1+", modules)]
