"""The fingerprint of the machine: everything that decides the bytes, and nothing else."""

from importlib import metadata
from pathlib import Path

from samizdat import machine
from samizdat.cache import fingerprint


def test_libraries_are_those_that_samizdat_stands_on_with_what_they_stand_on() -> None:
    names = {name.partition("-")[0] for name in machine.libraries()}
    assert {"weasyprint", "pydyf", "brotli", "lxml", "pypandoc_binary", "cssselect2"} <= names
    assert not {"pytest", "mypy", "ruff"} & names


def test_libraries_are_named_with_the_versions_that_python_sees() -> None:
    versions = dict(name.removesuffix(".dist-info").split("-") for name in machine.libraries())
    assert versions["weasyprint"] == metadata.version("weasyprint")
    assert versions["jinja2"] == metadata.version("jinja2")


def test_a_folder_changes_with_any_file_that_counts(tmp_path: Path) -> None:
    def now() -> str:
        return fingerprint(*machine.contents(tmp_path, leave_out=tmp_path / "build"))

    (tmp_path / "a.md").write_text("one")
    before = now()
    for ignored in (".hidden", "build/a.pdf", ".git/x", "__pycache__/x.pyc"):
        path = tmp_path / ignored
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert now() == before
    (tmp_path / "images").mkdir()
    (tmp_path / "images/b.png").write_text("x")
    added = now()
    (tmp_path / "images/b.png").rename(tmp_path / "images/c.png")
    renamed = now()
    (tmp_path / "a.md").write_text("two")
    assert len({before, added, renamed, now()}) == 4


def test_the_text_engine_is_known() -> None:
    assert machine.pango().startswith("1.")
    assert machine.harfbuzz()
