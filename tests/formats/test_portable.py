"""Names that every file system can hold: plain, short, different whatever the capitals, and no device of Windows."""

import re

import pytest

from samizdat.formats.portable import is_device, portable_path, portable_paths

EVIL = (
    "étoile rouge.png",
    "a b.png",
    "a?b.png",
    "con.png",
    "NUL.tar.gz",
    "aux/plan.png",
    "dots./plan.png",
    "trailing.",
    "x" * 250 + ".png",
    "a." + "x" * 250,
    "é" * 120 + ".png",
    "<script>.svg",
    "\u202egnp.exe",
    "字",
    "Map.png",
    "map.png",
    "MAP.PNG",
    "images/map.png",
    "lpt1",
)


def test_plain_names_are_left_alone() -> None:
    for path in ("images/star_2.png", "a.png", "images/old/A-b.c.svg", "console.png", "images/auxiliary.png"):
        assert portable_path(path) == path


def test_the_plain_letters_of_a_name_stay_readable() -> None:
    assert portable_path("images/étoile rouge.png").startswith("images/etoile-rouge-")
    assert portable_path("images/étoile rouge.png").endswith(".png")


@pytest.mark.parametrize("path", EVIL)
def test_any_name_becomes_one_that_every_disk_can_hold(path: str) -> None:
    for part in portable_path(path).split("/"):
        assert re.fullmatch(r"[A-Za-z0-9_.-]{1,130}", part)
        assert not part.endswith(".")
        assert not is_device(part)
        assert part not in {"", ".", ".."}


def test_no_two_names_become_one_whatever_their_capitals() -> None:
    names = portable_paths(EVIL, "images")
    assert len({name.lower() for name in names.values()}) == len(EVIL)
    assert all(name.startswith("images/") for name in names.values())
    assert portable_paths(EVIL, "images") == names
