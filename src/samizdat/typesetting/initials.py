"""Initials: a large letter at the beginning of a chapter, and the lines that make room for it.

A float would be drawn before the heading above it, and so be read before it. So the letter is set as a part of the first line,
which is then let down to its place, and the lines beside it are told to keep clear of it.
"""

from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

LINES = "data-lines"
"""The attribute of an initial: how many lines high it is."""
_SLACK = 1.0
"""In px, by which the room beside an initial is lower than its lines, so that the line below is free."""


@dataclass(eq=False)
class _Room:
    """The place that an initial takes, in the form in which WeasyPrint knows the places of floats."""

    position_x: float
    position_y: float
    width: float
    height: float
    style: dict[str, str]

    def margin_width(self) -> float:
        """Return the width of the place."""
        return self.width

    def margin_height(self) -> float:
        """Return the height of the place."""
        return self.height


def height(box: Any) -> int:
    """Return how many lines high an initial is; 0 if the box is none."""
    return int(box.element.get(LINES, 0)) if box.element is not None else 0


def find(line: Any) -> Any:
    """Find the initial that a line begins with."""
    first = line
    while first.children and isinstance(first.children[0], boxes.InlineBox):
        first = first.children[0]
        if height(first):
            return first
    return None


def _settle(context: Any, line: Any) -> None:
    """Let an initial down to the last of its lines, and keep its place free."""
    initial = find(line)
    letters = [box for box in initial.descendants() if isinstance(box, boxes.TextBox)] if initial else []
    if not letters:
        return
    lines = height(initial)
    foot = line.position_y + line.baseline + (lines - 1) * line.height
    initial.translate(0, foot - letters[0].position_y - letters[0].baseline)
    side = "right" if line.style["direction"] == "rtl" else "left"
    low = lines * line.height - _SLACK
    context.excluded_shapes.append(_Room(initial.position_x, line.position_y, initial.margin_width(), low, {"float": side}))


def install() -> None:
    """Let WeasyPrint set initials."""
    get_next_linebox = inline.get_next_linebox

    def get_next_line(context: Any, box: Any, position_y: float, *rest: Any) -> Any:
        for room in [room for room in context.excluded_shapes if isinstance(room, _Room)]:
            if position_y < room.position_y or position_y >= room.position_y + room.height:
                context.excluded_shapes.remove(room)
        line, resume_at = get_next_linebox(context, box, position_y, *rest)
        if line is not None:
            _settle(context, line)
        return line, resume_at

    inline.get_next_linebox = get_next_line
