"""An EPUB is spoiled in several ways, and each is found; EPUBCheck itself runs once."""

import datetime
import io
import resource
import shutil
import zipfile
from collections.abc import Callable, Iterator

import pytest

from samizdat.checks import epub, shops
from samizdat.formats.epub import package
from samizdat.formats.publication import NavPoint, Page, Publication
from samizdat.model.book import Metadata
from samizdat.problems import Severity

BODY = '<h1 id="one">Chapter</h1><p><a href="#one">Back</a></p>'


def book() -> bytes:
    metadata = Metadata("Title", "en", "urn:uuid:10bcf827-c852-490e-ba06-a0b1dcf2eb15", datetime.date(2026, 11, 23))
    xhtml = (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">'
        f"<head><title>Chapter</title></head>\n<body>{BODY}</body></html>"
    )
    return package(Publication(metadata, (Page("one.xhtml", "Chapter", xhtml),), (NavPoint("Chapter", "one.xhtml"),)))


def spoiled(name: str, change: Callable[[str], str]) -> bytes:
    """Change one file of the book."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            text = old.read(entry)
            new.writestr(entry, change(text.decode()).encode() if entry.filename == name else text)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _without_shops(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what shops ask; it has tests of its own, and this book is not for sale."""
    monkeypatch.setattr(shops, "check", lambda *_: ())


@pytest.fixture
def without_java(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)


@pytest.mark.usefixtures("without_java")
def test_without_java_the_pages_are_checked_and_it_is_said() -> None:
    (problem,) = epub.check(book())
    assert (problem.code, problem.severity) == ("E05", Severity.ADVICE)
    assert "default-jre" in problem.hint
    dead = spoiled("EPUB/one.xhtml", lambda text: text.replace("#one", "#two"))
    assert [(found.code, found.place.file) for found in epub.check(dead)] == [("X12", "EPUB/one.xhtml"), ("E05", "")]


@pytest.mark.usefixtures("without_java")
def test_what_is_no_container() -> None:
    assert [problem.code for problem in epub.check(b"no zip")] == ["E01"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("other", "x")
    assert [problem.code for problem in epub.check(out.getvalue())] == ["E01", "E05"]


@pytest.fixture
def narrow_memory() -> Iterator[None]:
    """A limit of address space as a worker has, and tighter."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.usefixtures("narrow_memory")
@pytest.mark.skipif(shutil.which("java") is None, reason="EPUBCheck needs Java")
def test_what_epubcheck_says_has_file_and_line() -> None:
    def worse(text: str) -> str:
        return text.replace("<p>", '<p><font color="red">x</font>')

    found = [problem for problem in epub.check(spoiled("EPUB/one.xhtml", worse)) if problem.code == "E02"]
    assert [(problem.place.file, problem.place.line) for problem in found] == [("EPUB/one.xhtml", 3)]
    assert "RSC-005" in found[0].message
    assert "font" in found[0].message


def test_every_weight_of_message_has_its_rule() -> None:
    def message(severity: str) -> dict[str, object]:
        return {"ID": "X-1", "severity": severity, "message": "A\n word", "suggestion": None, "locations": []}

    found = [
        problem for severity in ("FATAL", "ERROR", "WARNING", "INFO", "USAGE") for problem in epub._problems(message(severity))
    ]
    assert [problem.code for problem in found] == ["E02", "E02", "E03", "E04", "E04"]
    assert {problem.message for problem in found} == {"X-1: A word"}


def test_java_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: "/bin/false")
    assert [problem.code for problem in epub.check(book())] == ["E05"]
