"""Printed sheets made up as hands would do it, to find out in which order their cells are read.

A sheet is a grid of piles of panels, a panel has a face up and a face down, and to fold is to lay panels behind others. Which
gestures there are the scheme says; which page it puts where is neither known here nor asked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from samizdat.formats.imposition import Binding, Gesture, Scheme, Ticket


@dataclass(frozen=True, slots=True)
class Face:
    """A cell of a printed side, counted from 0, and whether it stands upside down there when it is read."""

    side: int
    column: int
    row: int
    turned: bool = False


Panel = tuple[Face | None, Face | None]
"""What is up and what is down; None is bare paper. A face down is seen when the panel is turned over like the page of a book."""
Pile = list[Panel]
Grid = list[list[Pile]]
"""Rows of columns of piles."""
Copies = list[list[Grid]]
"""For each copy its sheets."""


def made_up(scheme: Scheme, ticket: Ticket) -> list[list[Face]]:
    """Make up the sheets of a job; returns for each copy its faces in the order of reading."""
    gathered: list[list[Face]] = []
    begun = 0
    for size in ticket.sections:
        copies: Copies = [[_sheet(number, scheme, ticket) for number in range(begun, begun + size)]]
        for gesture in scheme.making:
            copies = _HANDS[gesture](copies, ticket.binding)
        for number, sheets in enumerate(copies):
            if number == len(gathered):
                gathered.append([])
            gathered[number] += [
                face for (row,) in sheets for pile in row for panel in pile for face in panel if face is not None
            ]
        begun += size
    return gathered


def _sheet(number: int, scheme: Scheme, ticket: Ticket) -> Grid:
    """Lay a sheet on the table with its front up. Behind a cell lies the one in the mirrored column of the back."""

    def panel(column: int, row: int) -> Panel:
        if scheme.one_sided:
            return Face(number, column, row), None
        back = Face(2 * number + 1, scheme.columns - 1 - column, row)
        if ticket.turned:  # the printer has turned the sheet about the other edge
            back = Face(back.side, column, scheme.rows - 1 - row, turned=True)
        return Face(2 * number, column, row), back

    return [[[panel(column, row)] for column in range(scheme.columns)] for row in range(scheme.rows)]


def _over(face: Face | None) -> Face | None:
    """Turn a face by half a circle."""
    return face and replace(face, turned=not face.turned)


def _behind(pile: Pile) -> Pile:
    """Turn a pile over like a page."""
    return [(down, up) for up, down in reversed(pile)]


def _half_back(copies: Copies, binding: Binding) -> Copies:
    """Fold half of the columns back behind the others, which hold the first page: what was up is now down."""

    def folded(row: list[Pile]) -> list[Pile]:
        middle = len(row) // 2
        kept, laid = (row[middle:], row[:middle]) if binding is Binding.LEFT else (row[:middle], row[middle:])
        return [above + _behind(below) for above, below in zip(kept, reversed(laid), strict=True)]

    return [[[folded(row) for row in sheet] for sheet in sheets] for sheets in copies]


def _upper_back(copies: Copies, _binding: Binding) -> Copies:
    """Fold the upper row back behind the lower: what was up is now down, and its head stands where its foot was."""
    return [
        [
            [[below + [(_over(down), _over(up)) for up, down in reversed(above)] for above, below in zip(*sheet, strict=True)]]
            for sheet in sheets
        ]
        for sheets in copies
    ]


def _cut_rows(copies: Copies, _binding: Binding) -> Copies:
    return [[[sheet[row]] for sheet in sheets] for sheets in copies for row in range(len(sheets[0]))]


def _stack_rows(copies: Copies, _binding: Binding) -> Copies:
    return [[[sheet[row]] for row in range(len(sheets[0])) for sheet in sheets] for sheets in copies]


def _cut_apart(copies: Copies, binding: Binding) -> Copies:
    return [[_one(pile) for pile in stack] for sheets in copies for stack in _stacks(sheets, binding)]


def _stack(copies: Copies, binding: Binding) -> Copies:
    return [[_one(pile) for stack in _stacks(sheets, binding) for pile in stack] for sheets in copies]


def _stacks(sheets: list[Grid], binding: Binding) -> list[list[Pile]]:
    """Cut all sheets at once, and hand out the stacks row by row, from the side on which the book is bound."""
    columns = range(len(sheets[0][0]))
    order = columns if binding is Binding.LEFT else tuple(reversed(columns))
    return [[sheet[row][column] for sheet in sheets] for row in range(len(sheets[0])) for column in order]


def _fold(copies: Copies, binding: Binding) -> Copies:
    """Lay the sheets upon each other, the first on top, and fold the half without the first page behind the other."""
    folded: Copies = []
    for sheets in copies:
        left = [panel for ((pile, _),) in sheets for panel in pile]
        right = [panel for ((_, pile),) in sheets for panel in pile]
        folded.append([_one(right + _behind(left) if binding is Binding.LEFT else left + _behind(right))])
    return folded


def _cross(copies: Copies, binding: Binding) -> Copies:
    """Fold a sheet lengthwise; the slit makes a ring of its panels, and every second fold of it a spine."""
    crossed: Copies = []
    for ((row,),) in _upper_back(copies, binding):
        ring = [pile[0][0] for pile in row] + [pile[-1][1] for pile in reversed(row)]
        if binding is Binding.RIGHT:
            ring = [*reversed(ring[: len(row)]), *reversed(ring[len(row) :])]
        ring = ring[1:] + ring[:1]
        crossed.append([_one(list(zip(ring[::2], ring[1::2], strict=True)))])
    return crossed


def _read_across(copies: Copies, binding: Binding) -> Copies:
    """Read each side across; turned over, the columns have changed places."""
    order: Callable[[Sequence[Face | None]], Sequence[Face | None]] = (
        (lambda faces: faces) if binding is Binding.LEFT else (lambda faces: faces[::-1])
    )
    return [
        [
            _one([(face, None) for face in (*order([up for ((up, _),) in row]), *order([down for ((_, down),) in row[::-1]]))])
            for (row,) in sheets
        ]
        for sheets in copies
    ]


def _one(pile: Pile) -> Grid:
    return [[pile]]


_HANDS: Mapping[Gesture, Callable[[Copies, Binding], Copies]] = {
    Gesture.HALF_BACK: _half_back,
    Gesture.UPPER_BACK: _upper_back,
    Gesture.CUT_ROWS: _cut_rows,
    Gesture.STACK_ROWS: _stack_rows,
    Gesture.CUT_APART: _cut_apart,
    Gesture.STACK: _stack,
    Gesture.FOLD: _fold,
    Gesture.CROSS: _cross,
    Gesture.READ_ACROSS: _read_across,
}
