"""Plates: pictures that fill a page and run over its edges, on a page of their own while the text goes on.

A plate takes no room where it stands in the text. The page on which its place comes to lie is filled, then the plate has the page
after it, and the text goes on overleaf. A page on which nothing but a plate would stand is the plate's itself.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import page as pages
from weasyprint.layout.absolute import AbsolutePlaceholder

from samizdat.typesetting.starts import PLATE as CLASS

_remake = pages.remake_page
_lay_out_absolute = pages.absolute_layout


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A plate that has the next page: its box, and where and how the text goes on after it."""

    box: Any
    resume_at: Any
    next_page: Any


def is_plate(page: Any) -> bool:
    """Tell whether a laid out page is that of a plate."""
    return str(page._page_box.page_type.name) == CLASS  # noqa: SLF001 - told nowhere else


def _awaited(box: Any) -> bool:
    """Tell whether a box is a plate, wherever it stands."""
    element = getattr(box, "element", None)
    return element is not None and element.tag == "figure" and CLASS in element.get("class", "").split()


def _lay_out(context: Any, placeholder: Any, *rest: Any, **options: Any) -> None:
    """Lay out what stands outside the flow, but a plate only on its own page."""
    if not _awaited(placeholder._box) or context.__dict__.get("_plate"):  # noqa: SLF001 - told nowhere else
        _lay_out_absolute(context, placeholder, *rest, **options)


def _remake_page(index: int, context: Any, root: Any, html: Any) -> tuple[Any, Any]:
    """Lay out a page: that of a plate which waits for it, or one of text, from which the plates are taken."""
    waiting: dict[int, _Waiting] = context.__dict__.setdefault("_plates", {})
    if index in waiting:
        return _plate(index, context, root, html, waiting[index])
    for later in [number for number in waiting if number > index]:
        del waiting[later]
    here = context.page_maker[index]
    page, resume_at = _remake(index, context, root, html)
    found = list(_taken(page.children[0]))
    if not found:
        return page, resume_at
    _, next_page, *state = context.page_maker[index + 1]
    alone = not any(isinstance(box, (boxes.LineBox, boxes.ReplacedBox)) for box in page.descendants())
    first = index if alone else index + 1
    for number, box in enumerate(found, first):
        waiting[number] = _Waiting(box, resume_at, next_page)
    if alone:
        context.page_maker[index] = here
        return _plate(index, context, root, html, waiting[index])
    # WeasyPrint takes a place in the text that is None for the end of it
    context.page_maker[index + 1] = ({0: None}, next_page, *state)
    context.page_maker[index + 1][-1]["content_changed"] = True
    return page, {0: None}


def _plate(index: int, context: Any, root: Any, html: Any, plate: _Waiting) -> tuple[Any, Any]:
    """Lay out the page of a plate."""
    _, _, right, state, _ = context.page_maker[index]
    state = copy.deepcopy(state)
    kind = pages.PageType("right" if right else "left", blank=False, name=CLASS, index=index, groups=())
    pages.set_page_type_computed_styles(kind, html, context.style_for)
    # what waits for the next page of text goes on waiting
    notes, broken = context.reported_footnotes, context.broken_out_of_flow
    context.reported_footnotes, context.broken_out_of_flow = [], {}
    context.forced_break = False
    context._plate = True  # noqa: SLF001 - ours
    page, _, _ = pages.make_page(context, _alone(root, plate.box), kind, None, index + 1, state)
    context._plate = False  # noqa: SLF001 - ours
    context.reported_footnotes, context.broken_out_of_flow = notes, broken
    more = index + 1 in context._plates  # noqa: SLF001 - ours
    resume_at = {0: None} if more else plate.resume_at
    remake = {"content_changed": resume_at is not None, "pages_wanted": False, "anchors": [], "content_lookups": []}
    following = (resume_at, plate.next_page, not right, state, remake)
    context.page_maker[index + 1 :] = [following, *context.page_maker[index + 2 :]]
    return page, resume_at


def _taken(box: Any) -> Iterator[Any]:
    """Take the plates out of a box that has been laid out."""
    kept = []
    for child in box.children:
        if isinstance(child, AbsolutePlaceholder) and _awaited(child._box):  # noqa: SLF001 - told nowhere else
            yield child._box  # noqa: SLF001 - told nowhere else
            continue
        kept.append(child)
        if isinstance(child, boxes.ParentBox) and not isinstance(child, (boxes.LineBox, boxes.TableBox)):
            yield from _taken(child)
    if len(kept) < len(box.children):
        box.children = kept


def _alone(root: Any, plate: Any) -> Any:
    """Return the text's boxes with the plate in its place, and nothing else."""
    if root.element is plate.element:
        return root.deepcopy()
    for child in root.children:
        if isinstance(child, boxes.ParentBox) and (found := _alone(child, plate)) is not None:
            return root.copy_with_children([found])
    return None


def install() -> None:
    """Let WeasyPrint set plates."""
    pages.absolute_layout = _lay_out
    pages.remake_page = _remake_page
