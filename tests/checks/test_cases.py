"""Every rule has a folder here, named by its code: a small manuscript, and what is to be found in it.

To add a case, make a folder `<code>` or `<code>-<word>` with a few .md files (and a book.toml, where the case needs one), run
`pytest --golden tests/checks` and read the `expected.txt` that this writes. `FINDERS` says who examines the folders of which
rules: a check that looks at something else than manuscripts joins with a function of its own.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import samizdat.checks.manuscript
import samizdat.config
import samizdat.importers
from samizdat import config
from samizdat.checks import manuscript
from samizdat.importers import read_book
from samizdat.problems import Problem, Rule, SamizdatError

HERE = Path(__file__).parent
FOLDERS = sorted(folder for folder in HERE.iterdir() if folder.is_dir() and folder.name[:1].isupper())
WITHOUT_FOLDER = {"I09", "I40"}
"""pandoc is missing, and a file that costs too much: shown in tests/importers."""


def _made(make: Callable[[], bytes], *_: object) -> bytes:
    return make()


def in_manuscript(folder: Path, place: Path) -> Iterator[Problem]:
    """Read the folder as a book, made whole where it has no book.toml, and check it."""
    for source in folder.rglob("*"):
        if source.is_file() and source.name != "expected.txt":
            (place / source.relative_to(folder)).parent.mkdir(parents=True, exist_ok=True)
            (place / source.relative_to(folder)).write_bytes(source.read_bytes())
    chapters = sorted(path.name for path in folder.glob("*.md"))
    if chapters and not (folder / "book.toml").exists():
        toml = 'title = "A Case"\nlanguage = "en-GB"\nidentifier = "urn:case"\ndate = 2026-11-23\n'
        toml += "".join(f'\n[[sections]]\nfile = "{name}"\n' for name in chapters)
        (place / "book.toml").write_text(toml, "utf-8")
    try:
        settings = config.load(place)
    except SamizdatError as error:
        yield from error.problems
        return
    reading = read_book(place, settings, _made)
    yield from reading.problems
    yield from reading.placed(manuscript.check(reading.book))


DECIDERS = ("samizdat.importers.plain", "samizdat.importers.documents")
FINDERS: dict[str, Callable[[Path, Path], Iterator[Problem]]] = dict.fromkeys("CEINS", in_manuscript)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_finds_what_is_expected(folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    place = tmp_path / "case"
    place.mkdir()
    found = "\n".join(_told(problem) for problem in FINDERS[folder.name[0]](folder, place))
    expected = folder / "expected.txt"
    if request.config.getoption("golden"):
        expected.write_text(found + "\n", "utf-8")
    assert found + "\n" == expected.read_text("utf-8")
    assert f"{folder.name[:3]} " in found, "the problem that the folder is named after is not found"


def test_every_rule_has_a_folder() -> None:
    packages = (samizdat.config, samizdat.importers)
    modules = [module.name for package in packages for module in walk_packages(package.__path__, f"{package.__name__}.")]
    modules.append(samizdat.checks.manuscript.__name__)
    # The rules of captures and documents explain decisions; they are no problems of a manuscript.
    modules = [name for name in modules if not name.startswith(DECIDERS)]
    rules = {value.code for name in modules for value in vars(import_module(name)).values() if isinstance(value, Rule)}
    assert rules - {folder.name[:3] for folder in FOLDERS} == WITHOUT_FOLDER


def _told(problem: Problem) -> str:
    place = problem.place
    where = f"{place.file}:{place.line}" if place.line else place.file
    excerpt = f" [{place.excerpt}]" if place.excerpt else ""
    return f"{where}{excerpt}\n    {problem.code} {problem.severity}: {problem.message}\n    {problem.hint}".rstrip()
