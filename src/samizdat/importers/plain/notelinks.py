"""Which call belongs to which body: both lists go in the order of the text, numbers start again, marks repeat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from samizdat.importers.plain.notelabels import ANSWERS, Label, Shape

_LARGEST_TABLE = 2_000_000
"""Cells; beyond that only the nearest call is tried for each body."""
_MOST_PENDING, _FEW_PENDING = 3000, 100
"""Calls that wait for a body: in an honest text, and in one made to keep us busy."""
_MOST_PAIRS = 6_000_000
"""Bodies laid beside calls; no book has so many."""

Place = tuple[int, int]
"""Number of the passage, and of the line in it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A label and where it stands."""

    place: Place
    label: Label

    @property
    def order(self) -> tuple[int, int, int]:
        """Where it stands in the text."""
        return (*self.place, self.label.start)


Links = dict[Place, Found]
"""The call of each body, by the body's place."""


def link(bodies: Sequence[Found], calls: Sequence[Found], headed: frozenset[Place]) -> Links:
    """Find the call of each body; `headed` are the bodies that stand under a heading of notes."""
    result: Links = {}
    used: set[tuple[int, int, int]] = set()
    for shape in Shape:
        ours = [body for body in bodies if body.label.shape is shape]
        best: Links = {}
        answering = Shape.NAMED
        for answer in ANSWERS.get(shape, ()) if ours else ():
            candidates = [call for call in calls if call.label.shape is answer and call.order not in used]
            linked = _linked(ours, candidates)
            if len(linked) > len(best):
                best, answering = linked, answer
        if best and _convincing(shape, answering, ours, best, headed):
            result.update(best)
            used.update(call.order for call in best.values())
    return result


def _convincing(shape: Shape, answer: Shape, bodies: Sequence[Found], links: Links, headed: frozenset[Place]) -> bool:
    """Weigh whether labels and calls are notes at all, and not the numbers of something else."""
    if answer is Shape.LOOSE:
        return len(links) >= 2 and all(place in headed for place in links)
    if shape in {Shape.DOT, Shape.NUMBER}:
        near = _runs_with_links(bodies, links)
        share = len(links) / max(1, near)
        needed = 1 if any(place in headed for place in links) else 2
        if answer is Shape.NUMBER or shape is Shape.NUMBER:
            needed += 1
        return len(links) >= needed and share >= (0.6 if needed == 1 else 0.75)
    if shape is Shape.PAREN:
        return len(links) >= (1 if any(place in headed for place in links) else 2)
    if answer is Shape.NUMBER:
        return len(links) >= 3
    return True


def _runs_with_links(bodies: Sequence[Found], links: Links) -> int:
    """Count the bodies in those runs of counting labels in which some are linked."""
    total = 0
    run: list[Found] = []
    for body in (*bodies, None):
        counts = body is not None and bool(run) and _number(body) == _number(run[-1]) + 1
        if run and not counts:
            total += len(run) if any(one.place in links for one in run) else 0
            run = []
        if body is not None:
            run.append(body)
    return total


def _number(body: Found) -> int:
    digits = "".join(letter for letter in body.label.value if letter.isdecimal())
    return int(digits) if digits else -1


def _linked(bodies: Sequence[Found], calls: Sequence[Found]) -> Links:
    """Walk through the text: the bodies that stand together belong to calls before them, in the same order."""
    links: Links = {}
    pending: list[Found] = []
    laid = 0
    events = sorted([(body.order, 1, body) for body in bodies] + [(call.order, 0, call) for call in calls])
    for is_body, group in groupby(events, key=lambda event: event[1]):
        together = [found for _, _, found in group]
        if not is_body:
            pending = (pending + together)[-(_MOST_PENDING if laid < _MOST_PAIRS else _FEW_PENDING) :]
            continue
        laid += len(together) * len(pending)
        pairs = list(_aligned([one.label.value for one in together], [one.label.value for one in pending]))
        for body, call in pairs:
            links[together[body].place] = pending[call]
        taken = {call for _, call in pairs}
        pending = [call for number, call in enumerate(pending) if number not in taken]
    return links


def _aligned(bodies: Sequence[str], calls: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pair equal labels so that as many as can be keep their order; where there is a choice, the latest calls are taken."""
    if len(bodies) * len(calls) > _LARGEST_TABLE or len(bodies) == 1:
        yield from _nearest(bodies, calls)
        return
    table = [[0] * (len(calls) + 1) for _ in range(len(bodies) + 1)]
    for row, body in enumerate(bodies):
        above, here = table[row], table[row + 1]
        for column, call in enumerate(calls):
            here[column + 1] = above[column] + 1 if body == call else max(above[column + 1], here[column])
    row, column = len(bodies), len(calls)
    while row and column:
        if bodies[row - 1] == calls[column - 1]:
            yield row - 1, column - 1
            row, column = row - 1, column - 1
        elif table[row - 1][column] >= table[row][column - 1]:
            row -= 1
        else:
            column -= 1


def _nearest(bodies: Sequence[str], calls: Sequence[str]) -> Iterator[tuple[int, int]]:
    column = len(calls)
    for row in reversed(range(len(bodies))):
        found = next((at for at in reversed(range(column)) if calls[at] == bodies[row]), -1)
        if found >= 0:
            yield row, found
            column = found
