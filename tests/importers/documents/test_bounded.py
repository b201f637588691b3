"""Work in a process of its own ends in time, within its memory, and writes nothing."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samizdat.importers import bounded
from samizdat.importers.bounded import Budget, run
from samizdat.problems import SamizdatError

SMALL = Budget(5, 300)


def test_an_answer_comes_back() -> None:
    assert run(len, "four", SMALL) == 4


def test_what_takes_too_long_is_ended() -> None:
    started = time.monotonic()
    with pytest.raises(SamizdatError, match="seconds"):
        run(time.sleep, 60, Budget(1, 300))
    assert time.monotonic() - started < 5


def test_a_busy_computer_is_no_reason_to_give_up() -> None:
    assert run(time.sleep, 4.5, Budget(4, 300)) is None


def test_work_is_counted_with_that_of_programs_started() -> None:
    before = bounded.spent()
    subprocess.run([sys.executable, "-c", "sum(range(20_000_000))"], check=True)
    assert bounded.spent() - before > 0.05


def test_what_needs_too_much_memory_is_refused() -> None:
    with pytest.raises(SamizdatError, match="memory"):
        run(bytes, 2 << 30, SMALL)


def test_a_process_that_breaks_down_is_a_problem() -> None:
    with pytest.raises(SamizdatError, match="broke down"):
        run(os._exit, 3, SMALL)


def test_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(SamizdatError):
        run((tmp_path / "a").write_text, "x" * 10_000, SMALL)
    assert not (tmp_path / "a").exists() or (tmp_path / "a").stat().st_size == 0


def test_a_large_file_may_cost_more() -> None:
    assert bounded.Budget.of(100).megabytes <= 500
    assert bounded.Budget.of(100).seconds < 20
    assert bounded.Budget.of(8 << 20).seconds > 60
