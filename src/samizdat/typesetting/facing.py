"""Facing pages: the two pages of a spread end at the same height, and a chapter does not end with a few lines on a page alone.

Where lines must stay together, a page ends a line or two early. Its neighbour is then set as short, as a compositor would; and
pages before a last one of a few lines give some of theirs to it. A page is shortened from below, and its furniture stays.
"""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from weasyprint import layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page as pages
from weasyprint.text.line_break import strut

from samizdat.typesetting.starts import PLATE

MOST = 2.5
"""In lines: pages that are shorter than that are so for a reason of their own."""
FEWEST = 5
"""In lines: fewer on the last page of a chapter look lost."""
_WIDOW = 1.5
"""In lines: a page may come out shorter than asked for, lest a line stands alone; if by more, a table or figure has left it."""
_ATTEMPTS = 2
_EVEN = 0.5
"""In lines: what differs by less is even."""

_page_height = pages.page_height
_make_all_pages = pages.make_all_pages


@dataclass(frozen=True, slots=True)
class _State:
    """What WeasyPrint knows before it makes a page, so that it can be made again."""

    maker: list[Any]
    footnotes: list[Any]
    waiting: list[Any]
    broken: dict[Any, Any]

    @classmethod
    def of(cls, context: Any) -> "_State":
        """Note the state of a context."""
        waiting = list(context.__dict__.get("waiting_footnotes", ()))
        return cls(list(context.page_maker), list(context.footnotes), waiting, dict(context.broken_out_of_flow))

    def restore(self, context: Any) -> None:
        """Bring a context back to this state."""
        context.page_maker = [(*item[:-1], copy.deepcopy(item[-1])) for item in self.maker]
        context.footnotes, context.broken_out_of_flow = list(self.footnotes), dict(self.broken)
        context.__dict__["waiting_footnotes"] = list(self.waiting)


class _Spreads:
    """The pages of a leaf as they are made, one after the other, and some of them again."""

    def __init__(self, context: Any, root: Any, html: Any) -> None:
        self._context, self._root, self._html = context, root, html
        self._lead = strut(root.style)[0]
        self._second = "right" if root.style["direction"] == "ltr" else "left"
        self._states: list[_State] = []
        self._made: list[Any] = []
        context.shortened = {}

    def pages(self) -> Sequence[Any]:
        """Make all pages."""
        while True:
            here = len(self._made)
            facing = self._made[-1] if here and not self._is_first(here) else None
            if facing is not None and 0 < (short := self._short(facing)) <= MOST * self._lead:
                self._context.shortened[here] = short
            is_last = self._make()
            if is_last:
                self._fill_last()
                return self._made
            if facing is not None and not self._is_first(here):
                self._level(here)

    def _make(self) -> bool:
        """Make the next page; say whether it is the last."""
        context, here = self._context, len(self._made)
        self._states[here:] = [_State.of(context)]
        context.page_maker[here][-1].update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
        page, resume_at = pages.remake_page(here, context, self._root, self._html)
        self._made.append(page)
        return resume_at is None and not context.reported_footnotes

    def _again(self, first: int, shortened: dict[int, float]) -> bool:
        """Make pages from the `first` on again, some of them shorter by so much; say whether the last is the last of all."""
        count = len(self._made) - first
        del self._made[first:]
        self._states[first].restore(self._context)
        kept = {number: short for number, short in self._context.shortened.items() if number < first}
        self._context.shortened = kept | shortened
        return [self._make() for _ in range(count)][-1]

    def _is_first(self, number: int) -> bool:
        """Say whether a page is the first of a spread."""
        is_right = bool(self._context.page_maker[number][2])
        return is_right != (self._second == "right")

    def _short(self, page: Any) -> float:
        """Return how far above the foot of its column the text of a page ends; 0 where notes or a plate fill it."""
        root, notes, *_ = page.children
        feet = [box.position_y + box.height for box in root.descendants() if isinstance(box, (boxes.LineBox, boxes.ReplacedBox))]
        if notes.children or not feet or page.page_type.blank:
            return 0.0
        bottom = page.content_box_y() + page.height + page.padding_bottom
        short = bottom - max(feet)
        return short if short > _EVEN * self._lead else 0.0

    def _level(self, second: int) -> None:
        """Bring two facing pages to the same height, if the second has come out shorter."""
        before = dict(self._context.shortened)
        for attempt in range(_ATTEMPTS + 1):
            first, last = map(self._short, self._made[-2:])
            most = max(first, last)
            if most > MOST * self._lead or self._is_bound(second - 1, second):
                break
            if abs(first - last) < _EVEN * self._lead:
                return
            if attempt < _ATTEMPTS:
                self._again(second - 1, {second - 1: most, second: most})
        if self._context.shortened != before:
            self._again(second - 1, {number: short for number, short in before.items() if number == second})

    def _is_bound(self, *numbers: int) -> bool:
        """Say whether pages are as they are for another reason than the text's: a plate, or a break that is asked for."""
        breaks = any(self._context.page_maker[number + 1][1]["break"] != "any" for number in numbers)
        return breaks or any(self._made[number].page_type.name == PLATE for number in numbers)

    def _fill_last(self) -> None:
        """Bring lines from the pages before to a last page that has only a few."""
        last = len(self._made) - 1
        lines = [box for box in self._made[-1].children[0].descendants() if isinstance(box, boxes.LineBox)]
        first = max(0, last - (2 if self._is_first(last) else 1))
        if not last or not 0 < len(lines) < FEWEST or self._is_bound(*range(first, last)):
            return
        before = dict(self._context.shortened)
        shorts = [self._short(page) for page in self._made[first:last]]
        wanted = max(*shorts, sum(shorts) / len(shorts) + ceil((FEWEST - len(lines)) / len(shorts)) * self._lead)
        is_last = self._again(first, dict.fromkeys(range(first, last), wanted))
        if not is_last or any(self._short(page) > wanted + _WIDOW * self._lead for page in self._made[first:last]):
            self._again(first, {number: short for number, short in before.items() if number >= first})


def make_all_pages(context: Any, root: Any, html: Any, made: Sequence[Any]) -> Iterator[Any]:
    """Make the pages of a leaf; where WeasyPrint asks for them again, those that have changed."""
    if made:
        yield from _make_all_pages(context, root, html, made)
        return
    context.rendered_notes = []
    spreads = _Spreads(context, root, html).pages()
    context.page_maker = context.page_maker[: len(spreads) + 1]
    context.broken_out_of_flow.clear()
    context.reported_footnotes.clear()
    yield from spreads


def page_height(page: Any, context: Any, height: float) -> None:
    """Give a page its height, less what it is to be shorter."""
    _page_height(page, context, height)
    short = context.__dict__.get("shortened", {}).get(page.page_type.index, 0.0)
    page.height -= short
    page.padding_bottom += short


def install() -> None:
    """Let WeasyPrint set spreads."""
    pages.page_height = page_height
    layout.make_all_pages = make_all_pages
