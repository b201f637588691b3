"""Trim sizes: how large a page is once it has been cut."""

import re

SIZES = {
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "A7": (74.0, 105.0),
    "B5": (176.0, 250.0),
    "B6": (125.0, 176.0),
    "letter": (215.9, 279.4),
    "half-letter": (139.7, 215.9),
    "5x8": (127.0, 203.2),
    "5.5x8.5": (139.7, 215.9),
    "6x9": (152.4, 228.6),
    "pocket": (108.0, 175.0),
    "crown": (123.0, 186.0),
    "demy": (138.0, 216.0),
    "royal": (156.0, 234.0),
}
"""Named trim sizes, width and height in mm: ISO 216, the American trade, and the octavos of British publishers."""

_MILLIMETRES = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*mm")


def dimensions(size: str) -> tuple[float, float]:
    """Return the width and height in mm of a named size or of one such as "120x190mm"; raises ValueError."""
    if size in SIZES:
        return SIZES[size]
    if match := _MILLIMETRES.fullmatch(size):
        width, height = float(match[1]), float(match[2])
        if 70 <= width <= 600 and 90 <= height <= 600:
            return width, height
        message = "is too small or too large for a page|A page is 70 to 600 mm wide and 90 to 600 mm high."
        raise ValueError(message)
    message = f"is no known size|Take one of {', '.join(SIZES)}, or millimetres such as 120x190mm."
    raise ValueError(message)
