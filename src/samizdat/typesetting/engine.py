"""The engine: WeasyPrint, as this house uses it.

One version only, since the other modules reach into it; no network, no file but the house fonts and the pictures it was
handed, no fonts but the house's; and no silence: what WeasyPrint would only log becomes a Problem.
"""

import io
import logging
import os
import re
import traceback
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import cssselect2
import pydyf
import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.formatting_structure.boxes import FootnoteAreaBox
from weasyprint.text import ffi as pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from samizdat import fonts
from samizdat.problems import Place, Problem, Rule, SamizdatError, Severity
from samizdat.typesetting import cutting, footnotes, initials, lines, markers, plates, spaces, tables, tagging
from samizdat.typesetting.tidying import tidy
from samizdat.typesetting.words import Vocabulary

SUPPORTED = "70.0"
BASE = "https://book.invalid/"
"""Where a page's relative addresses start. The name is reserved and leads nowhere; nothing is ever asked of it."""

UNSUPPORTED = Rule(
    "W21",
    Severity.ERROR,
    "The wrong version of WeasyPrint",
    "The typesetting package works closely with WeasyPrint and is written for one version of it. Another version is installed. "
    "Run `make` again, which brings the right one.",
)
COMPLAINT = Rule(
    "P01",
    Severity.ERROR,
    "The page could not be set as its style asks",
    "WeasyPrint, which sets the pages, met something it could not do: a letter that no house font has, a picture it cannot "
    "read, a style it does not know. Left alone this shows up as a box, a gap or a wrong look in the printed book, so the "
    "edition is stopped instead.",
)

_USUAL = "See the message; a style sheet or a picture in this section is the usual cause."
_LONGEST = 500
"""Letters of what WeasyPrint says."""
_BREAKDOWNS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_SMALLEST, _LARGEST = 3, 14_400
"""The sides of a page in pt. Source: ISO 32000-1, annex C.2."""

_MISSING_LETTER = re.compile(r'\.notdef glyph rendered .*: "(.+)" \((U\+[0-9A-F]+)\)')

if weasyprint.VERSION != SUPPORTED:
    raise SamizdatError(
        UNSUPPORTED.problem(
            f"WeasyPrint {weasyprint.VERSION} is installed, but this version of samizdat needs {SUPPORTED}.",
            hint="Run `make`, or: pip install weasyprint==" + SUPPORTED,
        )
    )


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """Name every page of a PDF.

    pydyf makes this list anew for each tagged element; kept, a book's tags are written in half the time.
    """
    kids = pdf.pages["Kids"]
    kept: tuple[int, tuple[bytes, ...]] = pdf.__dict__.get("_kept_references", (-1, ()))
    if kept[0] != len(kids):
        kept = (
            len(kids),
            tuple(b"%d %d R" % (number, generation) for number, generation in zip(kids[::3], kids[1::3], strict=True)),
        )
        pdf.__dict__["_kept_references"] = kept
    return kept[1]


pydyf.PDF.page_references = property(_page_references)
lines.install()
markers.install()
initials.install()
cutting.install()
footnotes.install()
plates.install()
tables.install()
tagging.install()
pango.ffi.cdef("FcConfig * FcConfigCreate (void);")
# What names no house font gets one of them by what fontconfig finds nearest, to the language of whoever runs the program too.
os.environ["FC_LANG"] = os.environ["PANGO_LANGUAGE"] = "en"


class HouseFonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint is untyped
    """A font configuration that begins empty instead of with all fonts of the machine."""

    def __init__(self) -> None:
        """Make the empty configuration and a font map on it."""
        # Not calling the parent is the point: it loads what the machine has.
        self._folder = None
        self._config = pango.fontconfig.FcConfigCreate()
        self.font_map = pango.ffi.gc(pango.pangoft2.pango_ft2_font_map_new(), pango.gobject.g_object_unref)
        pango.pangoft2.pango_fc_font_map_set_config(pango.ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        pango.fontconfig.FcConfigDestroy(self._config)
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}
        self.vocabulary = Vocabulary()


class _Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
    """Hands out pictures of the book, house fonts and data URLs, and refuses everything else."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        """Take the pictures by their addresses in the page."""
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Open one address."""
        if url.startswith(fonts.SCHEME):
            return URLFetcherResponse(url, spaces.served(unquote(url.removeprefix(fonts.SCHEME))))
        if url.startswith(BASE):
            return URLFetcherResponse(url, self._pictures[unquote(url.removeprefix(BASE))])
        return super().fetch(url, headers)


class _Tree(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint is untyped
    """A document that is a tree already, so that no HTML parser takes a paragraph out of a note in a paragraph."""

    def __init__(self, root: ET.Element, fetcher: _Fetcher) -> None:
        """Take a tree whose XHTML elements have lost their namespace."""
        self.base_url = BASE
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


@dataclass(frozen=True, slots=True)
class _Style:
    """A style sheet made ready, with the fonts and counter styles that belong to it."""

    sheet: Any
    fonts: Any
    counters: Any


class _Listener(logging.Handler):
    """Keeps what WeasyPrint complains of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.complaints: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one complaint, once."""
        message = record.getMessage()
        if message not in self.complaints:
            self.complaints.append(message)


@contextmanager
def complaints(of: str, source: str = "") -> Iterator[None]:
    """Turn what WeasyPrint complains of inside the block into a SamizdatError that names `of`, and the file it came from."""
    listener = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield
    except _BREAKDOWNS as error:
        if not _of_library(error):
            raise
        message = f"In “{of}”: the engine broke down over it ({type(error).__name__}: {error})."
        raise SamizdatError(COMPLAINT.problem(message[:_LONGEST], Place(source, excerpt="" if source else of), _USUAL)) from error
    finally:
        logger.removeHandler(listener)
    if listener.complaints:
        raise SamizdatError(*(_complaint(of, source, message) for message in listener.complaints))


def _complaint(of: str, source: str, message: str) -> Problem:
    """Say what WeasyPrint said, with a hint where the cause is known."""
    if missing := _MISSING_LETTER.search(message):
        return COMPLAINT.problem(
            f"In “{of}”: no house font has the character “{missing[1]}” ({missing[2]}).",
            Place(source, excerpt=missing[1]),
            _advice(missing[1]),
        )
    return COMPLAINT.problem(f"In “{of}”: {message}"[:_LONGEST], Place(source, excerpt="" if source else of), _USUAL)


def _of_library(error: Exception) -> bool:
    """Tell whether a fault lies with what was set: it arose in a library, or in going ever deeper into what is nested."""
    *_, last = traceback.walk_tb(error.__traceback__)
    return isinstance(error, RecursionError) or not Path(last[0].f_code.co_filename).is_relative_to(Path(__file__).parents[1])


def _advice(letter: str) -> str:
    """Say what helps where no house font has a letter: the font that is missing here, or another edition."""
    if absent := fonts.missing():
        return " ".join(["Perhaps it is in a font that is missing here.", *(problem.hint for problem in absent)])
    if unicodedata.category(letter[0])[0] not in "LM":
        return "Check that it is meant."
    return (
        "The house has no type for this script yet. The e-book and the pages for the browser are made all the same, and shown in "
        "the reader's own fonts; leave out the others with `make = false` in book.toml."
    )


@lru_cache(maxsize=4)
def _style(css: str) -> _Style:
    """Make a style sheet ready, with the house fonts; kept, since every section of a book shares it."""
    house, counters = HouseFonts(), CounterStyle()
    with complaints("the style sheet"):
        sheet = weasyprint.CSS(
            string=f"{fonts.font_faces()}\n{css}",
            base_url=BASE,
            url_fetcher=_Fetcher({}),
            font_config=house,
            counter_style=counters,
        )
    return _Style(sheet, house, counters)


def lay_out(root: ET.Element, css: str, own: str, pictures: Mapping[str, bytes]) -> Any:
    """Lay out a page tree with the shared style sheet `css` and a few rules of its `own`; return WeasyPrint's Document."""
    style = _style(css)
    fetcher = _Fetcher(pictures)
    sheets = [style.sheet, weasyprint.CSS(string=own, base_url=BASE, url_fetcher=fetcher)]
    document = _Tree(root, fetcher).render(font_config=style.fonts, counter_style=style.counters, stylesheets=sheets)
    for page in document.pages:
        if not all(_SMALLEST <= side * 0.75 <= _LARGEST for side in (page.width, page.height)):
            message = f"A page of {page.width:.4g} by {page.height:.4g} px is none that a PDF can hold."
            raise SamizdatError(COMPLAINT.problem(message, hint=_USUAL))
        # One annotation a link: WeasyPrint also makes one for each emphasis in it, and for what CSS adds to it.
        page.links = [link for link in page.links if link[3].link and "::" not in link[3].element_tag]
        tagging.link_notes(page)
        page.links = [(kind, target, _roomy(area, box), box) for kind, target, area, box in page.links]
    return document


def _roomy(area: tuple[float, float, float, float], box: Any) -> tuple[float, float, float, float]:
    """Give a link room to be hit, in px: a note's raised number adds nothing to its line's height, and so would have none."""
    left, top, right, bottom = area
    size = box.style["font_size"]
    return (left, top - size / 2, right, bottom + size / 2) if bottom - top < size / 2 else area


def filled(page: Any) -> tuple[float, float]:
    """Return the height of a page's column and how much of it is filled by text and notes, in px; a plate fills it."""
    box = page._page_box  # noqa: SLF001 - told nowhere else
    if plates.is_plate(page):
        return box.height, box.height
    parts = [child for child in box.children if isinstance(child, FootnoteAreaBox) or child.element_tag == "html"]
    return box.height, sum(part.margin_height() for part in parts)


def write(document: Any, leaf: str = "") -> bytes:
    """Write a laid out document as a PDF. The PDF of a `leaf`, named by its id, has tags and no fonts, fit to be merged."""
    target = io.BytesIO()
    if leaf:
        with cutting.withheld():
            document.write_pdf(target, pdf_variant="pdf/ua-1", finisher=lambda _document, pdf: tidy(pdf, leaf))
    else:
        document.write_pdf(target)
    return target.getvalue()
