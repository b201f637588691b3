"""The cache: made once, never trusted when damaged, whole or not there at all."""

import os
from functools import partial
from pathlib import Path

import pytest

from samizdat.cache import Cache, fingerprint, write_folder, write_whole


def _entries(cache: Cache) -> list[Path]:
    return sorted(path for path in cache.folder.rglob("*") if path.is_file())


def test_the_same_parts_are_made_once(tmp_path: Path) -> None:
    cache, made = Cache(tmp_path), []

    def make() -> bytes:
        made.append(1)
        return b"pages"

    assert [cache.remember(make, "chapter", b"text") for _ in range(3)] == [b"pages"] * 3
    assert len(made) == 1
    cache.remember(make, "chapter", b"other text")
    assert len(made) == 2


def test_parts_cannot_be_mistaken_for_one_another() -> None:
    keys = {
        fingerprint("ab", "c"),
        fingerprint("a", "bc"),
        fingerprint("abc"),
        fingerprint("ab", "c", ""),
        fingerprint("c", "ab"),
    }
    assert len(keys) == 5


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 100])
def test_a_damaged_entry_is_made_again(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.remember(lambda: b"pages", "key")
    (entry,) = _entries(cache)
    entry.write_bytes(damage)
    assert cache.remember(lambda: b"made again", "key") == b"made again"
    assert cache.remember(lambda: b"not called", "key") == b"made again"


def test_what_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    write_whole(path, b"last good edition")
    with pytest.raises(TypeError):
        write_whole(path, "not bytes")  # type: ignore[arg-type]  # the fault is the point
    assert path.read_bytes() == b"last good edition"
    assert list(tmp_path.iterdir()) == [path]


def test_trimming_forgets_the_oldest_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    (tmp_path / "stamps").mkdir()
    (tmp_path / "stamps/book.json").write_bytes(b"x" * 1000)
    for age, name in enumerate(("new", "middle", "old")):
        before = set(_entries(cache))
        cache.remember(partial(bytes, name.encode() * 100), name)
        (entry,) = set(_entries(cache)) - before
        os.utime(entry, (1_000_000 - age, 1_000_000 - age))
    cache.trim(1000)
    assert [cache.remember(lambda: b"gone", name) == b"gone" for name in ("new", "middle", "old")] == [False, False, True]
    assert (tmp_path / "stamps/book.json").is_file()


def test_a_folder_is_exchanged_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "book/web"
    write_folder(place, {"index.html": b"1", "images/eel.svg": b"2"})
    write_folder(place, {"index.html": b"3", "other.html": b"4"})
    assert {path.name: path.read_bytes() for path in place.iterdir()} == {"index.html": b"3", "other.html": b"4"}
    with pytest.raises(FileExistsError):
        write_folder(place, {"index.html": b"5", "index.html/inside": b"6"})
    assert (place / "index.html").read_bytes() == b"3"
    assert [path.name for path in place.parent.iterdir()] == ["web"]


def test_there_is_no_moment_without_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is renamed in Python while a folder is exchanged, its place is never empty (on Linux)."""
    place = tmp_path / "web"
    write_folder(place, {"index.html": b"1"})
    rename = Path.rename

    def watched(path: Path, target: Path) -> Path:
        try:
            return rename(path, target)
        finally:
            assert (place / "index.html").is_file()

    monkeypatch.setattr(Path, "rename", watched)
    write_folder(place, {"index.html": b"2"})
    assert (place / "index.html").read_bytes() == b"2"


def test_where_folders_cannot_be_exchanged_in_one_step_it_takes_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samizdat.cache._RENAME_EXCHANGE", 1 << 20)  # no such flag: the machine refuses
    write_folder(tmp_path / "web", {"index.html": b"1", "a.html": b""})
    write_folder(tmp_path / "web", {"index.html": b"2"})
    assert [path.read_bytes() for path in (tmp_path / "web").iterdir()] == [b"2"]
    assert [path.name for path in tmp_path.iterdir()] == ["web"]


def test_the_disk_has_a_file_before_its_name_leads_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: settled.append(os.fstat(handle).st_size))
    write_whole(tmp_path / "book.epub", b"whole")
    Cache(tmp_path / "cache").remember(lambda: b"proves itself", "key")
    assert settled == [5]
