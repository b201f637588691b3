"""The installed package works by itself: away from the checkout, with the templates that came in the wheel."""

import os
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


def test_the_python_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["requires-python"] == ">=3.11"
    assert project["tool"]["ruff"]["target-version"] == "py311"
    assert project["tool"]["mypy"]["python_version"] == "3.11"
