"""Books that would never end, or take all memory there is, are ended; the others are made."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from samizdat import pipeline, workers
from samizdat.events import Event, Failed, Finished, Wrote
from samizdat.workspace import Workspace

Spoil = Callable[[str, str], None]


@pytest.fixture
def spoil(workspace: Workspace) -> Spoil:
    """Give a copy of the plain book a macro of its own for paragraphs."""

    def do(slug: str, macro: str) -> None:
        folder = workspace.texts / slug
        shutil.copytree(workspace.texts / "plain", folder)
        (folder / "templates" / "shared").mkdir(parents=True)
        own = f"{{% macro paragraph(node) %}}{macro}{{% endmacro %}}"
        (folder / "templates" / "shared" / "nodes.xhtml.j2").write_text(own)

    return do


def _failed(events: list[Event]) -> dict[str, str]:
    return {event.book: event.problem.code for event in events if isinstance(event, Failed)}


def test_a_book_without_end_is_ended_and_the_others_are_made(
    workspace: Workspace, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil("endless", "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}")
    spoil("power", "{{ 10 ** (10 ** 9) }}")
    # a large book has longer, and it is work that counts, so that this machine may be as busy as it likes
    (workspace.texts / "plain" / "large.bin").write_bytes(bytes(1_000_000))
    monkeypatch.setattr(workers, "_SECONDS", 6)
    monkeypatch.setattr(workers, "_PATIENCE", 10 * workers._SECONDS_PER_MEGABYTE)
    started = time.monotonic()
    events = list(pipeline.build(workspace, workspace.books(), ["html"], 3))
    assert _failed(events) == {"endless": "W40", "power": "W40"}
    assert {event.book for event in events if isinstance(event, Finished)} == {"endless", "plain", "power"}
    assert "plain/plain.html" in [event.path for event in events if isinstance(event, Wrote)]
    assert time.monotonic() - started < workers._SECONDS_PER_MEGABYTE


def test_a_book_that_waits_without_end_is_ended_by_the_clock(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", 0)
    assert _failed(list(pipeline.build(workspace, workspace.books(), ["html"], 1))) == {"plain": "W40"}


def test_a_book_that_takes_all_memory_is_told_that_there_is_none(workspace: Workspace, spoil: Spoil) -> None:
    spoil("greedy", '{{ ("a" * 99999999999) | length }}')
    events = list(pipeline.build(workspace, workspace.books(), ["html"], 1))
    assert _failed(events) == {"greedy": "W41"}
    assert "plain/plain.html" in [event.path for event in events if isinstance(event, Wrote)]


def test_a_machine_without_memory_for_a_thread_is_short_of_memory(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_: Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", start)
    assert _failed(list(pipeline.build(workspace, workspace.books(), ["html"], None))) == {"plain": "W41"}


def test_pandoc_ends_with_the_worker_that_waits_for_it(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    chapter = next(iter(sorted(workspace.texts.glob("plain/*.md"))))
    chapter.write_text(f"# Title {{#unlike-any-other}}\n\n{'`'.join('`' * number for number in range(1, 400))}\n")
    monkeypatch.setattr(workers, "_SECONDS", 5)
    monkeypatch.setattr(workers, "_SECONDS_PER_MEGABYTE", 0)
    monkeypatch.setenv("SAMIZDAT_TEST", str(workspace.root))
    events = list(pipeline.build(workspace, workspace.books(), ["html"], 1))
    assert set(_failed(events).values()) <= {"W40", "I08"}
    assert _failed(events)
    assert not _pandocs(str(workspace.root))


def _pandocs(mark: str) -> list[str]:
    """Name the processes of pandoc with a mark in their environment that are still at work."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command, environment = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
        except OSError:
            continue
        if b"pypandoc/files/pandoc" in command and mark.encode() in environment:
            found.append(folder.name)
    return found
