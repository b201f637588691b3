"""Whole results: whatever happens to a build, each edition lies there whole, of before or of after; the next mends the rest."""

import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from samizdat import pipeline, stamp
from samizdat.cache import sweep, write_whole
from samizdat.events import Event, Failed, Read, Started, Wrote
from samizdat.workspace import Workspace

EDITIONS = ("epub", "html", "web")
FILES = ("plain.epub", "plain.html", "web")
"""What they make; the last is a folder."""
COMMAND = (sys.executable, "-m", "samizdat", "build", "plain", "--edition", *EDITIONS)
ON_PAPER = {"screen": "plain.pdf", "pamphlet": "plain-pamphlet.pdf"}
"""What takes too long for the killing of a few builds, and what it makes."""
MANY = 20

Digests = dict[str, str]


def _digests(workspace: Workspace) -> Digests:
    folder = workspace.build / "plain"
    return {name: _digest(folder / name) for name in (*FILES, *ON_PAPER.values()) if (folder / name).exists()}


def _digest(path: Path) -> str:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    parts = [(file.relative_to(path).as_posix(), file.read_bytes()) for file in files if file.is_file()]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _build(workspace: Workspace, *more: str) -> int:
    return subprocess.run((*COMMAND, *more), cwd=workspace.root, capture_output=True, check=False).returncode


def _chapter(workspace: Workspace) -> Path:
    return min((workspace.texts / "plain").glob("*.md"))


def _children(of: int) -> Iterator[int]:
    """Name a process and all that it started."""
    yield of
    for path in Path(f"/proc/{of}/task").glob("*/children"):
        with suppress(OSError):
            for child in path.read_text().split():
                yield from _children(int(child))


def _kill(process: subprocess.Popen[bytes]) -> None:
    for number in list(_children(process.pid)):
        with suppress(OSError):
            os.kill(number, signal.SIGKILL)
    process.wait()


def _two_versions(workspace: Workspace, more: Iterable[str]) -> dict[bytes, Digests]:
    """Build the book as it is and with another sentence; return both texts and what came of them."""
    before = _chapter(workspace).read_bytes()
    known: dict[bytes, Digests] = {}
    for text in (before, before + b"\nOne more sentence.\n"):
        _chapter(workspace).write_bytes(text)
        assert _build(workspace, *more) == 0
        known[text] = _digests(workspace)
    return known


def test_builds_that_are_killed_leave_whole_editions(
    workspace: Workspace, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(6)  # noqa: S311  moments, not secrets
    kills = request.config.getoption("kills")
    more = tuple(ON_PAPER) if kills > MANY else ()
    known = _two_versions(workspace, more)
    files = {*FILES, *(ON_PAPER[name] for name in more)}
    assert all(set(made) == files for made in known.values())
    started = time.monotonic()
    shutil.rmtree(workspace.cache)
    assert _build(workspace, *more) == 0
    longest = time.monotonic() - started
    ended = 0
    for number in range(1, kills + 1):
        text = list(known)[number % 2]
        _chapter(workspace).write_bytes(text)
        if dice.random() < 0.5:
            shutil.rmtree(workspace.cache, ignore_errors=True)
        process = subprocess.Popen((*COMMAND, *more), cwd=workspace.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with suppress(subprocess.TimeoutExpired):
            process.wait(dice.uniform(0, longest))
        ended += process.returncode is None
        _kill(process)
        lying = _digests(workspace)
        assert set(lying) == files
        for name, digest in lying.items():
            assert digest in {made[name] for made in known.values()}, f"{name} is neither of before nor of after"
        if number % MANY == 0:
            with capsys.disabled():
                sys.stdout.write(f"\n{number} builds, {ended} of them killed at work; all {len(files)} editions are whole")
                sys.stdout.flush()
    assert ended
    for text, made in known.items():
        _chapter(workspace).write_bytes(text)
        assert _build(workspace, *more) == 0
        assert _digests(workspace) == made


def test_two_builds_at_once_make_the_same_files(workspace: Workspace) -> None:
    both = [subprocess.Popen(COMMAND, cwd=workspace.root, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(300) for process in both] == [0, 0]
    together = _digests(workspace)
    shutil.rmtree(workspace.build)
    assert _build(workspace) == 0
    assert _digests(workspace) == together
    assert not list(workspace.build.rglob("*.part"))


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))


def test_where_the_disk_is_full_the_last_good_edition_stays(workspace: Workspace) -> None:
    assert _build(workspace) == 0
    before = _digests(workspace)
    _chapter(workspace).write_bytes(_chapter(workspace).read_bytes() + b"\nOne more sentence.\n")
    done = subprocess.run(COMMAND, cwd=workspace.root, capture_output=True, check=False, text=True, preexec_fn=_small_files)
    assert done.returncode == 1
    assert "W06" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    full = _digests(workspace)
    assert full["plain.epub"] == before["plain.epub"]
    assert not list(workspace.build.rglob("*.part"))
    assert _build(workspace) == 0
    after = _digests(workspace)
    assert after["plain.epub"] != before["plain.epub"]
    assert full["plain.html"] in {before["plain.html"], after["plain.html"]}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 100 kB; where this machine does not let one be made, the tests on it are left out."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(("mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", place), capture_output=True, check=False)
    if done.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield place
    subprocess.run(("umount", place), check=True)


def test_on_a_disk_that_fills_up_nothing_is_half_there(workspace: Workspace, small_disk: Path) -> None:
    workspace.build.symlink_to(small_disk)
    assert _build(workspace) == 1
    filled = _digests(workspace)
    assert not list(small_disk.rglob("*.part"))
    workspace.build.unlink()
    assert _build(workspace) == 0
    whole = _digests(workspace)
    assert filled.items() <= whole.items()


@pytest.mark.parametrize(("moment", "stay"), [(Started, ()), (Read, ("html", "epub")), (Wrote, ("html",))])
def test_of_a_book_that_is_saved_while_it_is_made_the_last_good_editions_stay(
    workspace: Workspace, moment: type[Event], stay: tuple[str, ...]
) -> None:
    before = _chapter(workspace).read_bytes()
    after = before + b"\nOne more sentence.\n"

    def build() -> dict[str, str]:
        """Build, somebody saving the chapter at that moment; return whether each edition was made, or why not."""
        told = {}
        for event in pipeline.build(workspace, workspace.books(), ("html", "epub"), None):
            if isinstance(event, moment):
                _chapter(workspace).write_bytes(after)
            if isinstance(event, Failed):
                told[event.edition] = event.problem.code
            if isinstance(event, Wrote) and event.book:
                told[event.edition] = "cached" if event.cached else "made"
        return told

    _chapter(workspace).write_bytes(after)
    build()
    good = _digests(workspace)
    _chapter(workspace).write_bytes(before)
    assert build() == {name: "W44" if name in stay else "made" for name in ("html", "epub")}
    lying = _digests(workspace)
    assert lying["plain.html"] == good["plain.html"]
    assert (lying["plain.epub"] == good["plain.epub"]) is (moment is not Wrote)
    assert set(build().values()) <= {"made", "cached"}
    assert _digests(workspace) == good


@pytest.mark.parametrize("damage", ["truncated", "altered", "emptied"])
def test_no_damaged_entry_of_the_cache_is_ever_used(workspace: Workspace, damage: str) -> None:
    books = workspace.books()
    list(pipeline.build(workspace, books, ["epub", "html"], None))
    good = _digests(workspace)
    for entry in workspace.cache.glob("[0-9a-f][0-9a-f]/*"):
        data = entry.read_bytes()
        entry.write_bytes({"truncated": data[:-1], "altered": data[:-1] + bytes([data[-1] ^ 1]), "emptied": b""}[damage])
    shutil.rmtree(workspace.build / "plain")
    (workspace.cache / "stamps" / "plain.json").unlink()
    list(pipeline.build(workspace, books, ["epub", "html"], None))
    assert _digests(workspace) == good


def test_what_a_killed_build_left_is_swept_after_an_hour(tmp_path: Path) -> None:
    for name, age in ((".old.part", 4000), (".new.part", 60)):
        (tmp_path / name).write_text("half")
        moment = time.time() - age
        os.utime(tmp_path / name, (moment, moment))
    write_whole(tmp_path / "book.epub", b"whole")
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".new.part", "book.epub"]


def test_what_a_link_leads_to_outside_of_the_book_is_no_part_of_it(workspace: Workspace, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("one")
    (workspace.texts / "plain" / "link.txt").symlink_to(outside)
    (workspace.texts / "plain" / "round").symlink_to(workspace.texts / "plain" / "round")
    books = workspace.books()
    list(pipeline.build(workspace, books, ["html"], None))
    outside.write_text("two")
    events = list(pipeline.build(workspace, books, ["html"], None))
    assert [event.cached for event in events if isinstance(event, Wrote)] == [True]


def test_a_folder_that_cannot_be_read_stops_its_own_book_only(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(workspace.texts / "plain", workspace.texts / "locked")
    whole = stamp.source

    def source(folder: Path, build: Path) -> str:
        if folder.name == "locked":
            raise PermissionError(13, "Permission denied", str(folder / "a.md"))
        return whole(folder, build)

    monkeypatch.setattr(stamp, "source", source)
    events = list(pipeline.build(workspace, workspace.books(), ["html"], None))
    assert [(event.book, event.problem.code) for event in events if isinstance(event, Failed)] == [("locked", "W06")]
    assert "plain/plain.html" in [event.path for event in events if isinstance(event, Wrote)]
