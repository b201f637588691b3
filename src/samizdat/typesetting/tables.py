"""Tables: a repeated head goes before its rows on every page, also where little room is left or a row needs more than a page.

At the top of a page something has to be set, so WeasyPrint sets rows without their head where there is no room for both. Where
notes that go on from the page before have taken the room, more of them goes on overleaf instead; and a row that is higher than
what the head leaves of a page is divided below it.

A table of many columns may be wider than the text, since each is at least as wide as its longest word. Then its words are
divided, and if that is not enough its type is set smaller. What is wider than the paper even so is refused.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

from samizdat.problems import Place, Problem, Rule, Severity
from samizdat.typesetting.footnotes import shorten

TOO_WIDE = Rule(
    "P05",
    Severity.ERROR,
    "A table wider than the paper",
    "Each column of a table is at least as wide as its longest word. Here there are so many columns, or such long words, that the"
    " table runs over the edge of the paper, where its words would be lost, though they are divided and in smaller type.",
)

_NARROWER = ("divided", "tight")
"""What is tried with a table that is too wide, by the names that styles have for it, each besides those before it."""
_ATOM = 0.5
"""What rounding may add to a width, in px."""

_lay_out = block.table_layout


def _with_head(context: Any, table: Any, *rest: Any) -> Any:
    """Lay out what a page takes of a table; while it comes without its head, send the page's last note overleaf, bit by bit."""
    before = [*context.current_page_footnotes]
    laid_out = _lay_out(context, table, *rest)
    while _headless(table, laid_out[0]):
        for note in [note for note in context.current_page_footnotes if note not in before]:
            context.unlayout_footnote(note)  # its call is in the table, which is laid out again
        if not before:
            with _unbroken(table):
                return _lay_out(context, table, *rest)
        shorten(context, before[-1])
        before = [note for note in before if note in context.current_page_footnotes]
        laid_out = _lay_out(context, table, *rest)
    return laid_out


@contextmanager
def _unbroken(table: Any) -> Iterator[None]:
    """Say that rows stay together: where they cannot, WeasyPrint then divides them below the head instead of leaving it out."""
    groups = [group for group in table.children if not group.is_header and not group.is_footer]
    before = [group.style["break_inside"] for group in groups]
    for group in groups:
        group.style["break_inside"] = "avoid"
    try:
        yield
    finally:
        for group, inside in zip(groups, before, strict=True):
            group.style["break_inside"] = inside


def _headless(table: Any, part: Any) -> bool:
    """Say whether a table has a head that is missing in a part of it."""
    return part is not None and any(group.is_header for group in table.children) and not part.children[0].is_header


def narrowed(pages: Sequence[Any]) -> bool:
    """Mark the tables that run out of the text, to be set narrower the next time; say whether that is left to be tried."""
    tried = False
    wide = [box.element for page in pages for box in _wider(page, *_text(page._page_box))]  # noqa: SLF001
    for table in {id(table): table for table in wide}.values():  # on each page it has a part
        marks = table.get("class", "").split()
        if more := next((way for way in _NARROWER if way not in marks), None):
            table.set("class", " ".join((*marks, more)))
            tried = True
    return tried


def overhanging(pages: Sequence[Any], source: str) -> Iterator[Problem]:
    """Find the tables that run over the edge of their page."""
    for box in (box for page in pages for box in _wider(page, 0.0, page.width)):
        words = " ".join(" ".join(box.element.itertext()).split())
        columns = max(len(row.children) for group in box.children for row in group.children)
        yield TOO_WIDE.problem(
            f"This table of {columns:,} columns is wider than the paper.",
            Place(source, excerpt=words[:60]),
            "Divide it, exchange rows and columns, or shorten its longest words; a larger page or smaller type may do."
            " The e-book and the pages for the browser can hold it: leave out the others with `make = false`.",
        )


def _text(page: Any) -> tuple[float, float]:
    """Return where the lines of a page begin and end."""
    return page.content_box_x(), page.content_box_x() + page.width


def _wider(page: Any, left: float, right: float) -> Iterator[Any]:
    """Yield the tables of a page, or parts of them, that run over one of two edges."""
    for box in page._page_box.descendants():  # noqa: SLF001 - a page's boxes are told nowhere else
        if isinstance(box, boxes.TableBox) and not (
            left - _ATOM < box.position_x and box.position_x + box.border_width() < right + _ATOM
        ):
            yield box


def install() -> None:
    """Let WeasyPrint keep the heads of tables."""
    block.table_layout = _with_head
