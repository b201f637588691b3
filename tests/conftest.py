"""What all tests share: the specimen and the plain book, a workspace to build in, and golden files."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from samizdat.workspace import Workspace

TESTS = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="renew the golden files instead of comparing with them")
    parser.addoption("--kills", type=int, default=4, help="how many builds are killed, at random moments (make hardening: 200)")
    parser.addoption("--examples", type=int, default=4, help="how many damaged files each reader is given (make fuzz: 300)")


@pytest.fixture(scope="session")
def books() -> Path:
    """The folder of the books for tests."""
    return TESTS / "books"


@pytest.fixture
def workspace(tmp_path: Path, books: Path) -> Workspace:
    """A workspace of its own with the plain book in it."""
    shutil.copytree(books / "plain", tmp_path / "texts" / "plain")
    return Workspace(tmp_path)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name; with --golden, renew the file."""

    def compare(name: str, text: str) -> None:
        path = TESTS / "golden" / name
        if request.config.getoption("golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.is_file(), f"{path} is missing; make it with: pytest --golden"
        assert text == path.read_text("utf-8")

    return compare
