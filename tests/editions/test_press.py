"""Options of the editions for a printing house."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from samizdat import profiles
from samizdat.editions.edition import Press
from samizdat.editions.press import points, profile
from samizdat.editions.print import Print
from samizdat.problems import SamizdatError


def test_lengths() -> None:
    assert points("3mm") == pytest.approx(8.504, abs=0.001)
    assert points("0.125in") == 9.0
    assert points(Print().bleed) == points("3 mm")


@pytest.mark.parametrize("wrong", ["3", "mm", "-3mm", "30mm", "1e9mm"])
def test_bleed_has_a_unit_and_a_bound(wrong: str) -> None:
    with pytest.raises(ValidationError):
        Print(bleed=wrong)


def test_a_book_brings_its_own_profile(tmp_path: Path) -> None:
    workshop = Press("book", (tmp_path,), lambda make, *_parts: make())
    house = profiles.house()
    assert profile("", workshop) is house
    if house is not None:
        (tmp_path / "own.icc").write_bytes(house.data)
        assert profile("own.icc", workshop) == house
    (tmp_path / "screen.icc").write_bytes(b"x" * 200)
    for name in ("screen.icc", "absent.icc", "../own.icc", str(tmp_path / "own.icc")):
        with pytest.raises(SamizdatError, match="profile"):
            profile(name, workshop)
