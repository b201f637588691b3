"""Fitting to the sheet: the type a little smaller or larger, a line more or fewer on the page, until whole sheets are full.

Every book has a few pages too many. What a change would bring is estimated from the pages that have been set, which takes no
time; only the most promising changes are tried. What a trial teaches about the estimates serves the next one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from samizdat.editions.page import FOOT, Page
from samizdat.problems import Problem, Rule, Severity
from samizdat.typesetting import Opening, Pagination

FITTED = Rule(
    "P60",
    Severity.ADVICE,
    "The setting was changed to fill whole sheets",
    'With `fit = "sheets"` in its [page] table, a book is set a little closer or wider than the house style has it, so that its '
    "pages fill whole sheets with at most one blank page. To have it the same in later editions, write the values that are named "
    "into [page] instead. Where that is not enough, and book.toml does not say where chapters open, they open on any page.",
)
UNFITTED = Rule(
    "P61",
    Severity.ADVICE,
    "No setting fills whole sheets",
    "Within what reads well (type three tenths of a point larger or smaller, two lines more or fewer on a page) no setting was "
    "found whose pages fill whole sheets, so the book was left as it is.",
)

SPARE = 1
"""Blank pages that may remain."""
TRIALS = 3
SIZES = (0.0, -0.1, 0.1, -0.2, 0.2, -0.3, 0.3)
"""By how many pt the type may change."""
LINES = (0, 1, -1, 2, -2)
"""By how many lines a page may change."""
SMALLEST = 8.8
"""In pt. Smaller type does not read well for long."""
ANYWHERE = 8.0
"""How far it is from the house's setting, in tenths of a pt, that chapters open on any page: farther than all else."""


@dataclass(frozen=True, slots=True)
class _Trial:
    """A page and what it came to."""

    page: Page
    pagination: Pagination

    @property
    def pages(self) -> int:
        return len(self.pagination.pages)


def fit(
    page: Page, paginate: Callable[[Page], Pagination], sheet: int = 4, anywhere: Sequence[Opening] = ()
) -> tuple[Pagination, Problem | None]:
    """Set a book on a page near to this one on which it fills whole sheets, of so many pages each; say what was changed.

    `anywhere` says where its leaves open if its chapters may open on any page; nothing where that is not to be tried.
    """
    trials = [_Trial(page, paginate(page))]
    first = trials[0]
    while not _fills(trials[-1].pages, sheet):
        untried = [near for near in _near(page, loose=bool(anywhere)) if near not in [trial.page for trial in trials]]
        promising = [(cost, near) for near in untried if (cost := _cost(near, page, trials, sheet, anywhere)) is not None]
        if not promising or len(trials) > TRIALS:
            return first.pagination, UNFITTED.problem(
                f"The book has {first.pages} pages, and no setting close to it fills whole sheets."
            )
        best = min(promising, key=lambda pair: pair[0])[1]
        trials.append(_Trial(best, paginate(best)))
    return trials[-1].pagination, _told(first, trials[-1], sheet) if len(trials) > 1 else None


def _fills(pages: int, sheet: int) -> bool:
    return -pages % sheet <= SPARE


def _sheets(pages: int, sheet: int) -> int:
    return -(-pages // sheet)


def _near(page: Page, *, loose: bool) -> Iterator[Page]:
    """Yield the page with its type and its lines changed within the limits, and perhaps with chapters that open on any page."""
    layout = page.layout
    if loose and page.opening != "any":
        anywhere = page.model_copy(update={"opening": "any"})
        yield from (anywhere, *_near(anywhere, loose=False))
    for size in SIZES:
        for lines in LINES:
            small = layout.type_size + size < min(SMALLEST, layout.type_size)
            low = layout.margins[2] - lines * layout.leading < (FOOT + 0.4) * layout.leading
            if (size or lines) and not small and not low:
                changes = {
                    "type_size": round(layout.type_size + size, 2),
                    "leading": layout.leading,
                    "lines": layout.lines + lines,
                }
                yield page.model_copy(update=changes)


def _distance(one: Page, other: Page) -> float:
    """Tell how far two settings are apart; a line more or fewer counts like 0.15 pt of type."""
    lines = abs(one.layout.lines - other.layout.lines) * 1.5
    return abs(one.layout.type_size - other.layout.type_size) * 10 + lines + ANYWHERE * (one.opening != other.opening)


def _cost(near: Page, page: Page, trials: Sequence[_Trial], sheet: int, anywhere: Sequence[Opening]) -> float | None:
    """Weigh a setting: how far it is from the house's, whether it saves paper, how sure it is; None if it fills no sheets."""
    nearest = min(trials, key=lambda trial: _distance(trial.page, near))
    growth = (near.layout.type_size / nearest.page.layout.type_size) ** _steepness(trials)
    column = near.layout.lines * near.layout.leading
    usual = [each.leaf.opening for each in trials[0].pagination.placed]
    openings = usual if near.opening == page.opening else anywhere
    pages, *beside = (nearest.pagination.predict(growth * error, column, openings) for error in (1.0, 0.992, 1.008))
    if not _fills(pages, sheet):
        return None
    unsure = sum(not _fills(other, sheet) for other in beside)
    return _distance(near, page) + 2 * unsure + 3 * (_sheets(pages, sheet) >= _sheets(trials[0].pages, sheet))


def _steepness(trials: Sequence[_Trial]) -> float:
    """Tell with which power of the type's size the height of the text grows: a little under 1, or what two trials have shown."""
    for trial in reversed(trials[1:]):
        ratio = trial.page.layout.type_size / trials[0].page.layout.type_size
        if ratio != 1:
            grown = sum(trial.pagination.heights) / sum(trials[0].pagination.heights)
            return min(max(log(grown) / log(ratio), 0.3), 1.3)
    return 0.9


def _told(first: _Trial, last: _Trial, sheet: int) -> Problem:
    """Say what was changed and what it saves."""
    old, new = first.page.layout, last.page.layout
    before, after = first.pages, last.pages
    parts = []
    if new.type_size != old.type_size:
        parts.append(f"type of {new.type_size:g} pt instead of {old.type_size:g}")
    if new.lines != old.lines:
        parts.append(f"{new.lines} lines on a page instead of {old.lines}")
    also = ""
    if last.page.opening != first.page.opening:
        also = ', opening = "any"'
        parts.append("chapters that open on any page")
    saved = _sheets(before, sheet) - _sheets(after, sheet)
    gain = {0: "the same sheets, now full", 1: "a sheet saved in every copy"}.get(saved, f"{saved} sheets saved in every copy")
    return FITTED.problem(
        f"{after} pages instead of {before}, {gain}: {' and '.join(parts)}.",
        hint="To keep it so, write into [page]: "
        f"type_size = {new.type_size:g}, leading = {new.leading:g}, lines = {new.lines}{also}.",
    )
