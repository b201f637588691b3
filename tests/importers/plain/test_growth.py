"""The work of an import grows as its text does, whatever the text is made of."""

import time

import pytest

from samizdat.importers.plain.reading import read
from samizdat.importers.plain.rules import Rules

_SIZE = 20_000
_PROSE = "The harbour was quiet, and nobody came down to the boats\nbefore the evening had fallen over the whole of the town.\n\n"


def _work(shape: str) -> float:
    """Return the seconds that a processor works on so much of a shape; those that it waits for others do not count."""
    text = (shape * (_SIZE // len(shape) + 1))[:_SIZE]
    started = time.process_time()
    read(f"{text}\n\n{_PROSE}".encode(), "shape", Rules())
    return time.process_time() - started


@pytest.fixture(scope="module")
def prose() -> float:
    """What so much of ordinary text costs."""
    return max(_work(_PROSE), _work(_PROSE))


@pytest.mark.parametrize(
    "mark", ["*a ", "_a ", "=a ", "~a ", "^{a", "[a ", '"a ', "'a ", "'- ", "(1 ", "a. . ", "-", "a\u0301\u0323 "]
)
def test_marks_that_never_close_cost_little_more_than_prose(mark: str, prose: float) -> None:
    # Where a rule looks for each mark's other end through the whole text, the cost is fifteen times as much even at this size.
    assert _work(mark) < 8 * prose


def test_piles_of_marks_are_parted_and_none_is_lost() -> None:
    pile = "a" + "\u0301\u0323" * 2_000
    started = time.process_time()
    found = read(f"The Ferry\n\n{pile}\n\n{_PROSE}".encode(), "piles", Rules())
    assert time.process_time() - started < 3
    (told,) = (decision for decision in found.decisions if decision.rule == "X65")
    assert told.why.startswith("1 letter has")
    text = "".join(line.text for line in found.lines)
    assert text.count("\u0301") == text.count("\u0323") == 2_000
