"""Footnotes: notes that find no room on their page are divided between two of their lines, which WeasyPrint cannot do.

A note is laid out once, as a column of its own; what WeasyPrint then puts at the foot of the page is that column, finished. Where
it is too high, it is laid out again as far as the page has room, and the rest waits for the next page. No short note is divided,
none leaves its page to make room for others, and those that wait come to stand in their order.
"""

from collections import deque
from collections.abc import Iterator
from math import inf
from typing import Any

from weasyprint.formatting_structure import build
from weasyprint.formatting_structure.boxes import FootnoteAreaBox, LineBox, ReplacedBox, TextBox
from weasyprint.layout import LayoutContext, block

MOST = 0.8
"""How much of a page's column notes may fill before the others have to wait for the next page."""
WHOLE = 0.15
"""A note that is no higher than this share of the column is not divided."""

EMPTY, MOST_EMPTY = 0.15, 0.3
"""How much of a page's column may be left empty, lest a note gives way there; or lest one has to wait for the next page."""
_INSIDE = object()
"""Stands for the lines of a note while it is laid out."""

_lay_out = LayoutContext.layout_footnote
_take_back = LayoutContext.unlayout_footnote
_send_on = LayoutContext.report_footnote
_block_level_layout = block.block_level_layout
_iter_line_boxes = block.iter_line_boxes


class _Lines:
    """The lines of a paragraph, one after the other, and what has to stay on the page with the one that was made last."""

    def __init__(self, context: Any, box: Any, position_y: float, bottom: float, skip: Any, container: Any, *rest: Any) -> None:
        self._context, self._style, self._bottom = context, box.style, bottom
        self._padding = container.padding_bottom + container.border_bottom_width
        self._lines = _iter_line_boxes(context, box, position_y, bottom, skip, container, *rest)
        self._ahead: deque[Any] = deque()
        self._count = 0
        self.last: Any = None

    def __iter__(self) -> Iterator[Any]:
        """Be read line by line, as WeasyPrint does."""
        return self

    def __next__(self) -> Any:
        """Make the next line.

        Where a page has room for one line fewer than may stand alone at its foot, WeasyPrint would send notes overleaf, away
        from their calls, to make room for it. So the paragraph is said to end there: then all of it goes to the next page.
        """
        context = self._context
        alone = self._count and self._count == self._style["orphans"] and context.current_page_footnotes
        if alone and context.overflows_page(self._bottom, self.foot):
            raise StopIteration
        line, resume_at = self._ahead.popleft() if self._ahead else next(self._lines)
        self.last = line
        self._count += 1
        if context.__dict__.get("lines") is not _INSIDE:
            context.lines = self
        return line, resume_at

    @property
    def foot(self) -> float:
        """Return where the line ends."""
        return _foot(self.last)

    def room(self, bottom: float) -> float:
        """Return what is left below the line for notes, on a page whose column ends at `bottom`."""
        return bottom - self._bottom - self.foot

    def reserved(self) -> float:
        """Return the height of the lines that have to follow on the same page, lest one stands alone on it or on the next."""
        orphans, widows = self._style["orphans"], self._style["widows"]
        while len(self._ahead) < orphans + widows and (following := next(self._lines, None)):
            self._ahead.append(following)
        feet = [_foot(line) for line in (self.last, *(line for line, _resume_at in self._ahead))]
        for more, foot in enumerate(feet):
            left = len(self._ahead) - more
            if not left or (left >= widows and self._count + more >= orphans):
                return foot - feet[0] + (0.0 if left else self._padding)
        return 0.0


def _foot(line: Any) -> float:
    """Return where a line ends."""
    return float(line.position_y + line.height)


def _set(context: Any, footnote: Any, height: float = inf) -> tuple[Any, Any]:
    """Lay out a note, from where it goes on, within a height; return it, and where it must go on in its turn."""
    if not hasattr(footnote, "column"):
        column = footnote.deepcopy()
        column.process_whitespace()  # WeasyPrint forgets that, and what is between two blocks becomes a line
        footnote.column, footnote.begin = build.create_anonymous_boxes(column), None
    page, outside = context.current_footnote_area.page, context.__dict__.get("lines")
    column = footnote.column
    column.position_x = column.position_y = 0.0
    bottom = -inf if height == inf else context.page_bottom - height
    context.lines = _INSIDE
    context.create_block_formatting_context(footnote)  # no initial of the text is in its way
    footnote.positioned = []
    laid, resume_at, *_ = _block_level_layout(
        context, column, bottom, footnote.begin, page, height == inf, footnote.positioned, footnote.positioned
    )
    context.finish_block_formatting_context()
    context.lines = outside
    return laid, resume_at


def _lay_out_footnote(context: Any, footnote: Any) -> bool:
    """Lay out a note, or as much of it as finds room; say whether there is none.

    A note that finds no room takes the line of its call along to the next page (footnote-policy: line), unless that would leave
    much of the page empty, or would part the call of a divided note from what follows it: there a longer note gives way. Where
    none can, and an earlier one waits, this one waits for it; so does the rest of a note. A call in a note stays as well.
    """
    style, lines = footnote.style, context.__dict__.get("lines")
    style.setdefault("footnote_order", context.__dict__.setdefault("footnotes_seen", 0))
    context.footnotes_seen += 1
    asked = style.setdefault("asked_footnote_policy", style["footnote_policy"])
    footnote.__dict__.pop("rest", None)
    called = lines if isinstance(lines, _Lines) and not context.in_column else None
    waits = bool(_waiting(context))
    empty = _left_empty(context, called)
    style["footnote_policy"] = "auto" if lines is _INSIDE or (waits and empty > MOST_EMPTY) else asked
    footnote.line = called and called.last
    footnote.laid, _ = _set(context, footnote)
    _lay_out(context, footnote)
    context.current_page_footnotes.sort(key=_order)
    area = context.current_footnote_area
    most = MOST * area.page.height
    room = min(most, called.room(area.position_y)) if called else most
    # WeasyPrint says whether the notes run over the bottom of the place that has just been made for them, and by its rounding
    # they do now and then, by less than an atom; their notes then drift away from their calls, page after page.
    if not context.overflows(room, area.margin_height()):
        context.divided = waits and called is not None
        return False
    if context.in_column or lines is _INSIDE:
        return True
    reserved = called.reserved() if called else 0.0
    found = min(most, room - reserved)
    whole = footnote.laid.margin_height()
    divisible = not waits and (footnote.begin is not None or whole > WHOLE * area.page.height)
    placed = divisible and _divide(context, footnote, whole + found - area.margin_height())
    placed = placed or (empty > EMPTY and footnote.begin is None and _give_way(context, footnote, found))
    context.divided = placed and called is not None
    context.kept, context.keeping = (called.foot + reserved, called.last) if context.divided and called else (0.0, None)
    return not placed


def _left_empty(context: Any, lines: _Lines | None) -> float:
    """Say how much of a page's column is left empty if it ends before a line, with that line's notes gone.

    It does not end before its first line, nor between the call of a divided note and what has to follow that: there this is
    beyond all measure.
    """
    area = context.current_footnote_area
    if lines is None or (lines.foot <= context.kept and lines.last is not context.keeping):
        return inf
    if lines.last.position_y < area.page.content_box_y() + lines.last.height / 2:
        return inf
    notes = 0.0 if area.height == "auto" else area.margin_height()
    notes -= sum(note.laid.margin_height() for note in context.current_page_footnotes if note.line is lines.last)
    return float((lines.room(area.position_y) - notes) / area.page.height)


def _give_way(context: Any, footnote: Any, found: float) -> bool:
    """Let the longest note on a page give way to a later one, so that the notes have this height; say whether that was possible.

    Of a long note its beginning is enough. So each note begins on the page of its call, though the one before it has not ended.
    """
    area, earlier = context.current_footnote_area, [note for note in context.current_page_footnotes if note is not footnote]
    if not earlier:
        return False
    longest = max(earlier, key=lambda note: note.laid.margin_height())
    high, whole, least = longest.laid.margin_height(), footnote.laid.margin_height(), WHOLE * area.page.height
    both = found - area.margin_height() + high + whole
    left = both - (whole if whole <= least else min(least, both / 2))
    footnote.made_room = (longest, high)
    if _divide(context, longest, left):
        over = area.margin_height() - found
        if not context.overflows(found, area.margin_height()) or _divide(context, footnote, whole - over):
            return True
    _take_room(context, footnote)
    return False


def _take_room(context: Any, footnote: Any) -> None:
    """Let the note that gave way to another have its room again."""
    longest, high = footnote.__dict__.pop("made_room", (None, 0.0))
    if longest in context.current_page_footnotes:
        _divide(context, longest, high)
        context._update_footnote_area()  # noqa: SLF001 - there is no other way


def _divide(context: Any, footnote: Any, height: float) -> bool:
    """Keep as much of a note as has this height, and let the rest wait for the next page; say whether that was possible."""
    _make_whole(context, footnote)
    laid, resume_at = _set(context, footnote, height) if height > 0 else (None, None)
    if laid is None or resume_at is None or not _says(laid):
        footnote.laid, _ = _set(context, footnote)
        return False
    footnote.laid = _closed(laid)
    rest = footnote.rest = footnote.copy()
    rest.begin = resume_at
    rest.__dict__.pop("made_room", None)
    _waiting(context).append(rest)
    context._update_footnote_area()  # noqa: SLF001 - there is no other way
    return True


def _says(box: Any) -> bool:
    """Say whether a note, as far as it is laid out, has more than its number, which may have a line for itself."""
    if (box.element_tag or "").endswith("::footnote-marker"):
        return False
    if isinstance(box, (TextBox, ReplacedBox)):
        return True
    return any(map(_says, getattr(box, "children", ())))


def _closed(laid: Any) -> Any:
    """End a note, which WeasyPrint lets reach as far down as there was room, right below its last line."""
    last = laid
    while getattr(last, "children", ()) and not isinstance(last, LineBox):
        last = last.children[-1]
    if isinstance(last, LineBox):
        laid.height = min(laid.height, _foot(last) - laid.content_box_y())
    return laid


def shorten(context: Any, footnote: Any) -> None:
    """Leave on a page half of what it has of a note, or nothing."""
    if not _divide(context, footnote, footnote.laid.margin_height() / 2):
        context.report_footnote(footnote)


def _make_whole(context: Any, footnote: Any) -> None:
    """Forget how a note has been divided, and what is called in it."""
    rest = footnote.__dict__.pop("rest", None)
    if rest in _waiting(context):
        _waiting(context).remove(rest)
    block.remove_placeholders(context, [footnote.laid], [], [])


def _take_back_footnote(context: Any, footnote: Any) -> None:
    """Take a note off the page again, because its call leaves it."""
    if footnote in context.current_page_footnotes:
        _make_whole(context, footnote)
    _take_back(context, footnote)
    _take_room(context, footnote)


def _send_on_footnote(context: Any, footnote: Any) -> None:
    """Let a note wait for the next page."""
    _make_whole(context, footnote)
    _send_on(context, footnote)
    _take_room(context, footnote)


def _order(footnote: Any) -> int:
    return int(footnote.style["footnote_order"])


def _waiting(context: Any) -> list[Any]:
    """Return the notes that wait for the next page, in their order, in which WeasyPrint does not keep them."""
    waiting: list[Any] = context.__dict__.setdefault("waiting_footnotes", [])
    waiting.sort(key=_order)
    return waiting


def _reported(context: Any) -> list[Any]:
    """Return the notes that wait; but none when WeasyPrint asks whether a note that has just been divided must wait as well."""
    return [] if context.__dict__.pop("divided", False) else _waiting(context)


def _set_reported(context: Any, footnotes: list[Any]) -> None:
    """Let these notes wait, besides the rest of one that has been divided at the head of them; none, where a page begins."""
    rests = [each.rest for each in context.current_page_footnotes if hasattr(each, "rest")] if footnotes else []
    context.__dict__["waiting_footnotes"] = rests + footnotes
    context.lines, context.kept, context.keeping = None, 0.0, None


def _place(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
    """Lay out a block; a note has been laid out before, all but the signs of its lists, and is moved to its place."""
    laid = box.__dict__.get("laid")
    if laid is None:
        return _block_level_layout(context, box, *rest, **named)  # in a grid, as of the guide to sheets, by their names
    absolute_boxes = rest[4] if len(rest) > 4 else named.get("absolute_boxes")
    if absolute_boxes is not None:
        absolute_boxes.extend(box.positioned)
    laid.translate(box.position_x - laid.position_x, box.position_y - laid.position_y)
    return laid, None, {"break": "any", "page": None}, [], False, None


def install() -> None:
    """Put these footnotes into WeasyPrint."""
    block.iter_line_boxes = _Lines
    block.block_level_layout = _place
    LayoutContext.layout_footnote = _lay_out_footnote
    LayoutContext.unlayout_footnote = _take_back_footnote
    LayoutContext.report_footnote = _send_on_footnote
    LayoutContext.reported_footnotes = property(_reported, _set_reported)
    FootnoteAreaBox.deepcopy = lambda area: area.copy_with_children([note.copy_with_children([]) for note in area.children])
