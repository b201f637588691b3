"""Breaking: where the lines of a paragraph end, chosen for the paragraph as a whole.

After Donald Knuth and Michael Plass, “Breaking Paragraphs into Lines” (1981). Every way to break a paragraph has a price; the
cheapest is found, so that a line gives up a word to help the next one. The price counts how far words are pushed apart or
together, hyphens, hyphens on lines that follow each other, tight lines next to loose ones, and a last line of one short word.
Pure arithmetic on widths: nothing here knows of fonts or pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Break(NamedTuple):
    """A place where a line may end. Widths run from the beginning of the paragraph."""

    end: int
    """Where in the text the line's ink ends."""
    next: int
    """Where in the text the next line begins."""
    width: float
    """Natural width of the text up to `end`."""
    after: float
    """Natural width up to `next`, with the spaces that are lost at the break."""
    space: float
    """Natural width of the spaces up to `end`."""
    space_after: float
    """Natural width of the spaces up to `next`."""
    hyphen: float = 0.0
    """Width of the hyphen that a break here adds."""
    hyphenated: bool = False
    """A word goes on after the line's end, with a hyphen of its own or an added one."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a paragraph may be set: how far its spaces and letters give way, and what is dear."""

    stretch: float = 0.5
    """A space may grow by this share of itself before a line counts as loose."""
    shrink: float = 0.23
    """A space may lose this share of itself, never more."""
    expansion: float = 0.025
    """Letters may be drawn wider or narrower by this share."""
    hyphen: float = 400.0
    """Price of a hyphen, as badness."""
    ladder: float = 60_000.0
    """Price of a second hyphenated line in a row; a third is never set."""
    clash: float = 4_000.0
    """Price of a tight line beside a loose one."""
    runt: float = 150_000.0
    """Price of a last line shorter than `shortest`."""
    shortest: float = 0.0


_HOPELESS = 1e6
_DECENT = 0.5
_LOOSE = 1.0
_LONGEST_LADDER = 2
_MOST_BALANCED = 120
"""A text with more places to break is no heading."""
_UNREACHED = 1_000_000
_NEVER = 1e15
_DIVIDED = 0.25
"""A divided word is as dear as a line that is short by this share of the measure."""
_GIVE = 0.5
"""In points: how far a balanced line may be too long. A running head's box is as wide as its words, added up in another way."""


class _Node:
    """A break that was reached, the cheapest way there, and the measure of the line that begins at it."""

    __slots__ = ("after", "before", "cost", "fitness", "index", "ladder", "line", "measure", "ratio", "space_after")

    def __init__(
        self,
        index: int,
        after: float,
        space_after: float,
        cost: float,
        fitness: int,
        ladder: int,
        ratio: float,
        line: int,
        measure: float,
        before: "_Node | None",
    ) -> None:
        self.index = index
        self.after = after
        self.space_after = space_after
        self.cost = cost
        self.fitness = fitness
        self.ladder = ladder
        self.ratio = ratio
        self.line = line
        self.measure = measure
        self.before = before


def fit(
    breaks: Sequence[Break], measures: Sequence[float], indent: float, manner: Manner, tolerance: float
) -> list[Break] | None:
    """Choose the lines of a paragraph.

    The last of `breaks` is the paragraph's end. `measures` are the widths of its lines, of which the last holds for all that
    follow; `indent` is that of the first line's indent. A line's spaces may grow to `tolerance` times their stretch. Return the
    break that ends each line, or None if there is no way within the tolerance.
    """
    stretch, shrink, give = manner.stretch, manner.shrink, manner.expansion
    final, usual = len(breaks) - 1, len(measures) - 1
    active = [_Node(-1, -indent, 0.0, 0.0, 1, 0, 0.0, 0, measures[0], None)]
    for index, (_end, _next, width, after, space, space_after, hyphen, hyphenated) in enumerate(breaks):
        reached: dict[tuple[int, int, int], _Node] = {}
        kept = []
        for node in active:
            natural = width + hyphen - node.after
            spaces = space - node.space_after
            gap = node.measure - natural
            if gap < 0:
                ratio = gap / (spaces * shrink + natural * give)
                if ratio < -1:
                    # Every later break would make this line longer still.
                    continue
                kept.append(node)
            else:
                kept.append(node)
                room = spaces * stretch + natural * give
                ratio = 0.0 if index == final or not gap else gap / room if room > 0 else _HOPELESS
                if ratio > tolerance:
                    continue
            badness = 100 * abs(ratio) ** 3
            cost = node.cost + (10 + badness) ** 2
            ladder = 0
            if hyphenated:
                ladder = node.ladder + 1
                if ladder > _LONGEST_LADDER:
                    continue
                cost += manner.hyphen**2 + (manner.ladder if ladder > 1 else 0)
            fitness = 0 if ratio < -_DECENT else 1 if ratio <= _DECENT else 2 if ratio <= _LOOSE else 3
            if abs(fitness - node.fitness) > 1:
                cost += manner.clash
            if index == final:
                if natural < manner.shortest:
                    cost += manner.runt
                if node.ladder:
                    cost += manner.runt
            line = min(node.line + 1, usual)
            best = reached.get((fitness, ladder, line))
            if best is None or cost < best.cost:
                measure = measures[line]
                reached[fitness, ladder, line] = _Node(
                    index, after, space_after, cost, fitness, ladder, ratio, line, measure, node
                )
        active = kept
        active.extend(reached.values())
        if not active:
            return None
    ends = [node for node in active if node.index == final]
    if not ends:
        return None
    return _lines(breaks, min(ends, key=lambda node: node.cost))


def _lines(breaks: Sequence[Break], node: _Node | None) -> list[Break]:
    """Follow the cheapest way back to the paragraph's beginning."""
    lines: list[Break] = []
    while node is not None and node.index >= 0:
        lines.append(breaks[node.index])
        node = node.before
    lines.reverse()
    return lines


def rag(breaks: Sequence[Break], measure: float, indent: float) -> list[Break] | None:
    """Choose the lines of a paragraph whose spaces stay as they are: as equal as can be, but for the last."""
    best: list[tuple[float, int]] = []
    final = len(breaks) - 1
    dear = (measure * _DIVIDED) ** 2
    for index, line in enumerate(breaks):
        chosen: tuple[float, int] | None = None
        for before in range(index - 1, -2, -1):
            room = measure - (line.width + line.hyphen - (breaks[before].after if before >= 0 else -indent))
            if room < -_GIVE:
                break
            cost = (best[before][0] if before >= 0 else 0.0) + (0.0 if index == final else room * room)
            reached = (cost + dear * line.hyphenated, before)
            chosen = min(chosen or reached, reached)
        best.append(chosen or (_NEVER, -1))
    if not best or best[-1][0] >= _NEVER:
        return None
    found, index = [], final
    while index >= 0:
        found.append(breaks[index])
        index = best[index][1]
    return found[::-1]


def balance(breaks: Sequence[Break], measure: float) -> list[Break] | None:
    """Choose the lines of a heading or caption that stands in the middle: as few as can be, and of about the same length."""
    if len(breaks) > _MOST_BALANCED:
        return None
    best: list[tuple[int, float, int]] = []
    for index, line in enumerate(breaks):
        chosen: tuple[int, float, int] | None = None
        for before in range(index - 1, -2, -1):
            room = measure - (line.width + line.hyphen - (breaks[before].after if before >= 0 else 0.0))
            if room < -_GIVE:
                break
            lines, cost = (best[before][0], best[before][1]) if before >= 0 else (0, 0.0)
            reached = (lines + 1, cost + room * room, before)
            chosen = min(chosen or reached, reached)
        best.append(chosen or (_UNREACHED, 0.0, -1))
    if not best or best[-1][0] >= _UNREACHED:
        return None
    found, index = [], len(breaks) - 1
    while index >= 0:
        found.append(breaks[index])
        index = best[index][2]
    return found[::-1]
