"""The installed package works by itself: away from the checkout, with the templates that came in the wheel."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from samizdat.workspace import Workspace

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the wheel is unpacked, as pip would."""
    folder = tmp_path_factory.mktemp("wheel")
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    site = folder / "site"
    with zipfile.ZipFile(wheel) as container:
        container.extractall(site)
    return site


def test_wheel_holds_the_program_the_templates_and_the_licence(installed: Path) -> None:
    templates = {path.relative_to(ROOT / "templates") for path in (ROOT / "templates").rglob("*") if path.is_file()}
    packed = installed / "samizdat/templates"
    assert {path.relative_to(packed) for path in packed.rglob("*") if path.is_file()} == templates
    assert list(installed.glob("samizdat-*.dist-info/licenses/LICENSE"))
    assert not (installed / "tests").exists()


def test_installed_program_makes_the_same_book_as_the_checkout(installed: Path, workspace: Workspace) -> None:
    def build(**environment: str) -> bytes:
        subprocess.run(
            [sys.executable, "-m", "samizdat", "build", "--edition", "epub"],
            cwd=workspace.root,
            env={**os.environ, **environment},
            capture_output=True,
            check=True,
        )
        return (workspace.build / "plain/plain.epub").read_bytes()

    here = build()
    (workspace.build / "plain/plain.epub").unlink()
    assert build(PYTHONPATH=str(installed)) == here


TOY_EDITION = """
from typing import ClassVar

from samizdat.editions.edition import Edition, Files, Press
from samizdat.model.book import Book
from samizdat.model.walk import plain_text


class Telegram(Edition):
    \"""The book as a telegram.\"""

    suffix: ClassVar[str] = ".telegram.txt"
    title: ClassVar[str] = "Telegram"
    stop: str = "STOP"

    def write(self, book: Book, press: Press) -> Files:
        text = f" {self.stop} ".join(plain_text(section.title) for section in book.sections)
        return {f"{press.slug}{self.suffix}": text.upper().encode()}
"""
TOY_IMPORTER = """
from samizdat.importers.source import Source
from samizdat.model.block import Paragraph
from samizdat.model.book import Section
from samizdat.model.inline import Text

SUFFIXES = (".typescript",)


def read(source: Source) -> Section:
    title, *paragraphs = source.text.split("\\n\\n")
    blocks = tuple(Paragraph((Text(text.strip()),)) for text in paragraphs)
    return Section("typescript", source.kind, (Text(title.strip()),), blocks, source=source.file)
"""


def test_a_new_edition_and_a_new_input_are_one_file_each(installed: Path, workspace: Workspace, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(installed, site)
    (site / "samizdat/editions/telegram.py").write_text(TOY_EDITION, "utf-8")
    (site / "samizdat/importers/typescript.py").write_text(TOY_IMPORTER, "utf-8")
    book = workspace.texts / "plain"
    (book / "02-flood.typescript").write_text("The Flood\n\nIt rose.\n\nIt fell.\n", "utf-8")
    with (book / "book.toml").open("a", encoding="utf-8") as config:
        config.write('[[sections]]\nfile = "02-flood.typescript"\n\n[editions.telegram]\nstop = "FULL STOP"\n')

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "samizdat", *command],
            cwd=workspace.root,
            env={**os.environ, "PYTHONPATH": str(site)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
        return done.stdout

    run("build", "--edition", "telegram", "html")
    assert "Telegram" in run("list", "--editions")
    assert (workspace.build / "plain/plain.telegram.txt").read_text("utf-8") == "THE ROOM FULL STOP THE FLOOD"
    assert ">It rose.<" in (workspace.build / "plain/plain.html").read_text("utf-8")
    assert "plain.telegram.txt" in (workspace.build / "index.html").read_text("utf-8")


def test_the_python_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["requires-python"] == ">=3.11"
    assert project["tool"]["ruff"]["target-version"] == "py311"
    assert project["tool"]["mypy"]["python_version"] == "3.11"
