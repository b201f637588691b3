"""The preflight of files: how large they are, how they are called, how they are written."""

import re
from collections.abc import Iterator

from samizdat.checks.shops.parcel import XHTML_TYPE, Parcel
from samizdat.problems import Place, Problem, Rule, Severity

LARGE_BOOK = Rule(
    "E40",
    Severity.WARNING,
    "The e-book is too large for a service or a shop",
    "Send to Kindle takes 50 MB by e-mail and 200 MB on its web page, Kobo asks for 1 GB at most, Apple Books and Google "
    "Play for 2 GB. Sources: Amazon, “Using Your Send to Kindle Email Address”; Kobo EPUB Guidelines, “Limitations and "
    "Maximums”; Apple Books Asset Guide 5.3, “Audio and Video Overview”; Google Play Books Partner Center, “Files and "
    "uploading overview”.",
)
LARGE_PAGE = Rule(
    "E41",
    Severity.ADVICE,
    "A chapter is too large for old e-readers",
    "Readers with Adobe's engine, which opens every .epub on a Kobo or a PocketBook, turn pages slowly in a file of more "
    "than 260 kB and may refuse it. Kobo's own engine asks for no more than 10 MB. Sources: calibre User Manual, “EPUB "
    "output options”, flow size; Kobo EPUB Guidelines, “Limitations and Maximums”.",
)
SPECIAL_NAME = Rule(
    "E53",
    Severity.WARNING,
    "A file in the e-book has a name that some readers cannot hold",
    "Names in an EPUB should be made of plain letters, digits, hyphens and underscores. Spaces and other signs lead to "
    "files that are not found. Source: Kobo EPUB Guidelines, “OPF”; Kindle Publishing Guidelines, “File Path and File Name "
    "Requirements”.",
)
NO_ENCODING = Rule(
    "E54",
    Severity.ERROR,
    "A page does not say how its letters are written",
    "Send to Kindle takes a page for Western European if its first line does not name UTF-8, and letters turn into others. "
    'A page must begin with <?xml version="1.0" encoding="utf-8"?>. Sources: EPUB 3.3, “XML conformance”; the tool '
    "kindle-epub-fix, which was written against this fault of the service.",
)
UNFIT_FONT = Rule(
    "E55",
    Severity.WARNING,
    "A font has a form that some readers do not know",
    "Kindle knows fonts as TrueType and OpenType, Kobo these and WOFF 1.0. A font in another form is left out, and letters "
    "that only it has are not shown. Sources: Kindle Publishing Guidelines, “Using Embedded Fonts”; Kobo EPUB Guidelines, "
    "“Supported Fonts”.",
)

_MB = 1_000_000
_LIMITS = (
    (2000 * _MB, "Apple Books and Google Play"),
    (1000 * _MB, "Kobo's shop"),
    (200 * _MB, "Send to Kindle"),
    (50 * _MB, "Send to Kindle by e-mail"),
)
ADOBE_PAGE = 260_000
"""Bytes of one page."""
KOBO_PAGE = 10 * _MB
_KOBO_SPAN = b'class="koboSpan"'
"""Where this stands the page is meant for Kobo's own engine."""
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_./-]+")
_ENCODING = re.compile(rb"""\s*<\?xml[^>]*\bencoding\s*=\s*["']utf-?8["']""", re.IGNORECASE)
_FONT_BEGINNINGS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
"""TrueType and OpenType with either kind of outlines, as "OpenType", "Organization of an OpenType Font" has them."""


def check(parcel: Parcel) -> Iterator[Problem]:
    """Look at each file by itself."""
    refusing = next((service for limit, service in _LIMITS if parcel.size > limit), "")
    if refusing:
        yield LARGE_BOOK.problem(
            f"The e-book has {parcel.size / _MB:.0f} MB, more than {refusing} takes.",
            hint="Save its pictures smaller: 1600 dots across fill the screen of every e-reader.",
        )
    for name in parcel.contents:
        if not _PLAIN_NAME.fullmatch(name):
            yield SPECIAL_NAME.problem(
                f"The name “{name}” holds signs that some readers cannot hold.",
                Place(name),
                "Give the picture or the chapter a name of plain letters, digits and hyphens.",
            )
    for name, page in parcel.of_type(XHTML_TYPE):
        yield from _page(name, page)
    fonts = (item.path for item in parcel.items.values() if "font" in item.media_type or "opentype" in item.media_type)
    for name in sorted(fonts):
        if not parcel.contents.get(name, b"OTTO").startswith(_FONT_BEGINNINGS):
            yield UNFIT_FONT.problem("The font is neither TrueType nor OpenType.", Place(name), "Take its .ttf or .otf file.")


def _page(name: str, page: bytes) -> Iterator[Problem]:
    largest = KOBO_PAGE if _KOBO_SPAN in page else ADOBE_PAGE
    if len(page) > largest:
        yield LARGE_PAGE.problem(
            f"The page has {len(page) // 1000} kB.", Place(name), "Divide the chapter; part its file at a heading, for instance."
        )
    if not _ENCODING.match(page.removeprefix(b"\xef\xbb\xbf")):
        yield NO_ENCODING.problem(
            "The page does not begin by naming its encoding.", Place(name), "Begin the page's template with the XML declaration."
        )
