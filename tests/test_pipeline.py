"""Building: what is made, what is left alone, what happens when something breaks, and that nothing depends on how."""

import hashlib
import json
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from samizdat import fonts, pipeline
from samizdat.events import Counted, Event, Failed, Finished, Found, Read, Started, Wrote
from samizdat.problems import Place, SamizdatError
from samizdat.workspace import Workspace

QUICK = ("epub", "html")


def _build(workspace: Workspace, *slugs: str, editions: Sequence[str] = QUICK, jobs: int | None = None) -> list[Event]:
    books = [workspace.texts / slug for slug in slugs] or workspace.books()
    return list(pipeline.build(workspace, books, editions, jobs))


def _wrote(events: Sequence[Event]) -> dict[str, bool]:
    """Which files were told of, and whether they were there already."""
    return {event.path: event.cached for event in events if isinstance(event, Wrote)}


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }


def _second(workspace: Workspace, slug: str) -> None:
    shutil.copytree(workspace.texts / "plain", workspace.texts / slug)


def test_a_book_is_told_from_start_to_finish(workspace: Workspace) -> None:
    events = _build(workspace)
    assert [type(event) for event in events if not isinstance(event, Found | Counted)] == [
        Started,
        Read,
        Wrote,
        Wrote,
        Finished,
        Wrote,
    ]
    assert _wrote(events) == {"plain/plain.epub": False, "plain/plain.html": False, "index.html": False}
    assert all((workspace.build / path).stat().st_size for path in _wrote(events))


def test_what_has_not_changed_is_not_made_again(workspace: Workspace) -> None:
    first = _build(workspace)
    before = {path: (workspace.build / path).stat().st_mtime_ns for path in _wrote(first)}
    again = _build(workspace)
    assert _wrote(again) == {"plain/plain.epub": True, "plain/plain.html": True}
    assert {path: (workspace.build / path).stat().st_mtime_ns for path in before} == before
    # what was found is said again, for it still holds
    assert [event for event in again if isinstance(event, Found)] == [event for event in first if isinstance(event, Found)]


def test_a_build_in_which_nothing_changed_imports_nothing_heavy(workspace: Workspace) -> None:
    _build(workspace, editions=())
    script = (
        "import sys; from samizdat.cli import run; code = run(['build']);"
        "heavy = {'weasyprint', 'pypandoc', 'lxml', 'pikepdf', 'jinja2', 'pydantic', 'ebooklib', 'PIL'} & set(sys.modules);"
        "sys.exit(f'{code} {heavy}' if code or heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=workspace.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1][:16]) == (0, "1 book, 9 files;")


@pytest.mark.parametrize("spoil", ["delete", "alter"])
def test_only_what_is_missing_or_altered_is_made_again(workspace: Workspace, spoil: str) -> None:
    _build(workspace)
    good = _digests(workspace.build)
    html = workspace.build / "plain/plain.html"
    if spoil == "delete":
        html.unlink()
    else:
        html.write_text("something else")
    assert _wrote(_build(workspace)) == {"plain/plain.epub": True, "plain/plain.html": False}
    assert _digests(workspace.build) == good


def test_a_change_in_one_book_leaves_the_others_alone(workspace: Workspace) -> None:
    _second(workspace, "other")
    _build(workspace)
    chapter = next((workspace.texts / "other").glob("*.md"))
    chapter.write_text(chapter.read_text("utf-8") + "\nOne more paragraph.\n", "utf-8")
    wrote = _wrote(_build(workspace))
    assert {path for path, cached in wrote.items() if not cached} == {"other/other.epub", "other/other.html", "index.html"}


def test_a_template_of_the_book_counts_as_a_part_of_it(workspace: Workspace) -> None:
    _build(workspace, editions=("html",))
    own = workspace.texts / "plain/templates/html"
    own.mkdir(parents=True)
    (own / "style.css.j2").write_text("body { color: #123456 }", "utf-8")
    assert _wrote(_build(workspace, editions=("html",)))["plain/plain.html"] is False
    assert "#123456" in (workspace.build / "plain/plain.html").read_text("utf-8")


def test_the_number_of_jobs_does_not_change_a_byte(workspace: Workspace) -> None:
    _second(workspace, "other")
    _build(workspace, editions=(), jobs=None)
    alone = _digests(workspace.build)
    shutil.rmtree(workspace.build)
    _build(workspace, editions=(), jobs=2)
    assert _digests(workspace.build) == alone
    # two books of eight files, a folder of six (one of them a font) and a page each, and six files of the library
    assert len(alone) == 36


def test_place_name_time_and_user_do_not_change_a_byte(workspace: Workspace, tmp_path: Path) -> None:
    _build(workspace, editions=())
    elsewhere = tmp_path / "quite another place"
    shutil.copytree(workspace.texts, elsewhere / "texts")
    environment = {
        **os.environ,
        "TZ": "Pacific/Kiritimati",
        "USER": "somebody",
        "LOGNAME": "somebody",
        "LANG": "C",
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "1",
    }
    subprocess.run([sys.executable, "-m", "samizdat", "build"], cwd=elsewhere, env=environment, capture_output=True, check=True)
    assert _digests(elsewhere / "build") == _digests(workspace.build)


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_broken_book_does_not_stop_the_others(workspace: Workspace, jobs: int) -> None:
    for slug in ("broken", "other"):
        _second(workspace, slug)
    (workspace.texts / "broken/book.toml").write_text("title = ", "utf-8")
    events = _build(workspace, jobs=jobs)
    assert {event.book for event in events if isinstance(event, Failed)} == {"broken"}
    assert {event.book for event in events if isinstance(event, Finished)} == {"broken", "other", "plain"}
    assert {"other/other.epub", "plain/plain.epub"} <= set(_wrote(events))
    assert not (workspace.build / "broken").exists()


def test_the_last_good_edition_stays_when_the_book_breaks(workspace: Workspace) -> None:
    _build(workspace)
    good = _digests(workspace.build)
    (workspace.texts / "plain/book.toml").write_text("title = ", "utf-8")
    assert any(isinstance(event, Failed) for event in _build(workspace))
    assert _digests(workspace.build) == good


def test_editions_that_were_not_asked_for_stay_in_the_catalogue_until_they_are(workspace: Workspace) -> None:
    def offered() -> set[str]:
        return set(re.findall(r'plain/plain[^"]*', (workspace.build / "index.html").read_text("utf-8")))

    _build(workspace, editions=("epub", "html"))
    assert offered() == {"plain/plain.epub", "plain/plain.html"}
    chapter = workspace.texts / "plain/01-room.md"
    chapter.write_text(chapter.read_text("utf-8") + "\nAnd another thing.\n", "utf-8")
    assert _wrote(_build(workspace, editions=("epub",))) == {"plain/plain.epub": False, "index.html": False}
    assert offered() == {"plain/plain.epub", "plain/plain.html"}
    assert b"another thing" not in (workspace.build / "plain/plain.html").read_bytes()
    assert _wrote(_build(workspace))["plain/plain.html"] is False
    assert b"another thing" in (workspace.build / "plain/plain.html").read_bytes()
    with (workspace.texts / "plain/book.toml").open("a", encoding="utf-8") as config:
        config.write("[editions.html]\nmake = false\n")
    _build(workspace, editions=("epub",))
    assert offered() == {"plain/plain.epub"}


def test_a_worker_that_dies_takes_only_its_own_book_along(workspace: Workspace) -> None:
    for slug in ("other", "third"):
        _second(workspace, slug)
    events: list[Event] = []
    killed = ""
    for event in pipeline.build(workspace, workspace.books(), QUICK, 2):
        events.append(event)
        if isinstance(event, Read) and not killed:
            killed = event.book
            # the worker that read this book waits for nobody: stop whichever there are; only those at work lose their books
            for process in multiprocessing.active_children():
                if process.pid:
                    os.kill(process.pid, signal.SIGKILL)
    failed = {event.book: event.problem.code for event in events if isinstance(event, Failed)}
    assert set(failed.values()) == {"W07"}
    assert len(failed) <= 2
    assert {event.book for event in events if isinstance(event, Finished)} == {"other", "plain", "third"}
    assert "third/third.epub" in _wrote(events)


def test_ctrl_c_ends_at_once_and_leaves_nothing_half_done(workspace: Workspace) -> None:
    _second(workspace, "other")
    process = subprocess.Popen(
        [sys.executable, "-m", "samizdat", "build", "--json"],
        cwd=workspace.root,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # no threads; a job in the background is deaf
    )
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["event"] == "read":
            break
    asked = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert time.monotonic() - asked < 15  # a moment, on the busiest machine; the whole build takes longer
    assert not [path for path in workspace.build.rglob("*.part") if path.is_file()]
    written = _digests(workspace.build)
    _build(workspace, editions=())
    assert {path: digest for path, digest in _digests(workspace.build).items() if path in written} == written


def test_editions_that_do_not_exist_are_refused_before_any_work(workspace: Workspace) -> None:
    with pytest.raises(SamizdatError) as caught:
        _build(workspace, editions=("pint",))
    assert caught.value.problems[0].hint == "Did you mean “print”?"
    assert not workspace.build.exists()


def test_a_spoiled_stamp_or_cache_is_no_harm(workspace: Workspace) -> None:
    _build(workspace)
    good = _digests(workspace.build)
    for path in (workspace.cache).rglob("*"):
        if path.is_file():
            path.write_bytes(b'{"folder": 1}')
    _build(workspace)
    assert _digests(workspace.build) == good


def test_a_catalogue_lists_what_is_there_and_forgets_a_book_that_is_gone(workspace: Workspace) -> None:
    _second(workspace, "other")
    _build(workspace)
    assert "other/other.epub" in (workspace.build / "index.html").read_text("utf-8")
    shutil.rmtree(workspace.texts / "other")
    _build(workspace)
    page = (workspace.build / "index.html").read_text("utf-8")
    assert "other/other.epub" not in page
    assert "plain/plain.epub" in page
    # results are the reader's: they are left alone
    assert (workspace.build / "other/other.epub").is_file()


def test_every_file_has_its_checksum(workspace: Workspace) -> None:
    _second(workspace, "other")
    _build(workspace)
    lines = (workspace.build / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    assert sums == {
        path: digest for path, digest in _digests(workspace.build).items() if path not in {"SHA256SUMS", "MANIFEST.json"}
    }
    assert len(sums) == 10


def test_a_page_of_the_library_that_was_altered_is_made_again_and_the_rest_left_alone(workspace: Workspace) -> None:
    _second(workspace, "other")
    _build(workspace)
    good = _digests(workspace.build)
    (workspace.build / "plain/index.html").write_text("something else")
    _build(workspace)
    assert _digests(workspace.build) == good
    page = (workspace.build / "other/index.html").stat().st_mtime_ns
    config = workspace.texts / "plain/book.toml"
    config.write_text(config.read_text("utf-8").replace("A Plain Book", "A Plain Title"), "utf-8")
    _build(workspace)
    assert "A Plain Title" in (workspace.build / "plain/index.html").read_text("utf-8")
    assert (workspace.build / "other/index.html").stat().st_mtime_ns == page


def test_the_library_does_not_offer_what_is_not_there(workspace: Workspace) -> None:
    _second(workspace, "other")
    _build(workspace)
    (workspace.build / "other/other.epub").unlink()
    _build(workspace, "plain")
    for name in ("index.html", "other/index.html", "opds.xml", "opds.json", "feed.atom", "SHA256SUMS"):
        assert "other.epub" not in (workspace.build / name).read_text("utf-8")
    assert "other/other.html" in (workspace.build / "opds.json").read_text("utf-8")


def test_where_nothing_can_be_written_the_machine_is_named(workspace: Workspace) -> None:
    workspace.build.mkdir()
    (workspace.build / "plain").write_text("a file where a folder should be")
    failed = [event for event in _build(workspace) if isinstance(event, Failed)]
    assert {event.problem.code for event in failed} == {"W06"}


def test_a_hidden_file_cannot_be_a_chapter_since_changes_in_it_would_not_be_seen(workspace: Workspace) -> None:
    book = workspace.texts / "plain"
    (book / "01-room.md").rename(book / ".room.md")
    config = book / "book.toml"
    config.write_text(config.read_text("utf-8").replace("01-room.md", ".room.md"), "utf-8")
    (failed,) = [event for event in _build(workspace) if isinstance(event, Failed)]
    assert failed.problem.message == "The file “.room.md” is hidden; files of a book have names without a dot in front."


def test_missing_fonts_are_told_of_once_where_books_are_made(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    _second(workspace, "other")
    problem = fonts.FONT_MISSING.problem("These fonts are missing.")
    monkeypatch.setattr(fonts, "missing", lambda: (problem,))
    assert [event for event in _build(workspace) if isinstance(event, Found) and not event.book] == [Found("", problem)]
    assert Found("", problem) not in _build(workspace)


def test_a_letter_that_no_house_font_has_is_told_where_it_stands(workspace: Workspace) -> None:
    (workspace.texts / "plain/01-room.md").write_text("# The Room\n\nIt was cold.\n\nAnd then: \u13e3.\n", "utf-8")
    events = _build(workspace, editions=["print"])
    assert not [event for event in events if isinstance(event, Failed)]
    (found,) = [event for event in events if isinstance(event, Found)]
    assert (found.problem.code, found.problem.place) == ("S25", Place("01-room.md", 5, "\u13e3"))


def test_checking_passes_over_a_book_that_could_not_be_made(workspace: Workspace) -> None:
    _build(workspace)
    (workspace.texts / "plain/book.toml").write_text("title = ", "utf-8")
    events = list(pipeline.check(workspace, workspace.books(), jobs=None))
    assert [type(event) for event in events] == [Started, Failed, Finished]
