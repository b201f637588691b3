"""Footnotes: what WeasyPrint does with notes that find no room, set right.

A long note is handed over in pieces, each a footnote of its own, and those that find no room wait for the next page. They must
come there in their order, and a note that waits must not empty the pages after it. And no note leaves its page to make room.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint.layout import LayoutContext, block

MOST = 0.8
"""How much of a page's column notes may fill before the others have to wait for the next page."""

_lay_out = LayoutContext.layout_footnote
_iter_line_boxes = block.iter_line_boxes


def _lay_out_footnote(context: Any, footnote: Any) -> Any:
    """Lay out a footnote, and remember in which order footnotes came.

    A note that finds no room takes the line of its call along to the next page (footnote-policy: line). But while an earlier
    one waits to go on overleaf, its call stays where it is, or every page would keep one line only.
    """
    footnote.style.setdefault("footnote_order", context.__dict__.setdefault("footnotes_seen", 0))
    context.footnotes_seen += 1
    asked = footnote.style.setdefault("asked_footnote_policy", footnote.style["footnote_policy"])
    footnote.style["footnote_policy"] = "auto" if context.reported_footnotes else asked
    # What WeasyPrint returns is whether the notes run over the bottom of the place that has just been made for them, and by its
    # rounding they do now and then, by less than an atom; their notes then drift away from their calls, page after page.
    _lay_out(context, footnote)
    area = context.current_footnote_area
    return area.margin_height() > MOST * area.page.height


def _waiting(context: Any) -> list[Any]:
    """Return the footnotes that wait for the next page, in their order, in which WeasyPrint does not keep them."""
    waiting: list[Any] = context.__dict__.setdefault("_waiting_footnotes", [])
    waiting.sort(key=lambda footnote: footnote.style["footnote_order"])
    return waiting


def _set_waiting(context: Any, footnotes: list[Any]) -> None:
    context.__dict__["_waiting_footnotes"] = footnotes


def _lines(context: Any, box: Any, position_y: float, bottom: float, *rest: Any) -> Iterator[Any]:
    """Make the lines of a paragraph.

    Where a page has room for one line fewer than may stand alone at its foot, WeasyPrint would send notes overleaf, away from
    their calls, to make room for it. So the paragraph is said to end there: then all of it goes to the next page instead.
    """
    for count, (line, resume_at) in enumerate(_iter_line_boxes(context, box, position_y, bottom, *rest), start=1):
        yield line, resume_at
        full = context.overflows_page(bottom, line.position_y + line.height)
        if full and count == box.style["orphans"] and context.current_page_footnotes:
            return


def install() -> None:
    """Put this order of footnotes into WeasyPrint."""
    block.iter_line_boxes = _lines
    LayoutContext.layout_footnote = _lay_out_footnote
    LayoutContext.reported_footnotes = property(_waiting, _set_waiting)
