"""Tables: a repeated head goes before its rows on every page, also where little room is left or a row needs more than a page.

At the top of a page something has to be set, so WeasyPrint sets rows without their head where there is no room for both. Where
notes that go on from the page before have taken the room, more of them goes on overleaf instead; and a row that is higher than
what the head leaves of a page is divided below it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import block

from samizdat.typesetting.footnotes import shorten

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
    yield
    for group, inside in zip(groups, before, strict=True):
        group.style["break_inside"] = inside


def _headless(table: Any, part: Any) -> bool:
    """Say whether a table has a head that is missing in a part of it."""
    return part is not None and any(group.is_header for group in table.children) and not part.children[0].is_header


def install() -> None:
    """Let WeasyPrint keep the heads of tables."""
    block.table_layout = _with_head
