"""What the program can do and say is written down: every command, every option, every code, every edition, every target."""

import inspect
import pkgutil
import re
import subprocess
from collections import defaultdict
from importlib import import_module
from pathlib import Path

import samizdat
from samizdat import cli, editions
from samizdat.problems import Rule
from samizdat.rules import all_rules

ROOT = Path(__file__).parents[1]
FIELDS = set("CISNTLXEPW") | set("ABDFGHKMQV")


def _handbook() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "texts/handbook").glob("*.md")))


def test_every_code_is_one_rule_with_words_of_its_own() -> None:
    rules = all_rules()
    assert [code for code in rules if not re.fullmatch(r"[A-Z]\d\d", code) or code[0] not in FIELDS] == []
    assert [code for code, rule in rules.items() if len(rule.explanation.split()) < 12 or not rule.title] == []
    assert [rule.code for rule in rules.values() if rule.title.endswith(".") or not rule.explanation.endswith(".")] == []


def test_no_code_means_two_things() -> None:
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for module in pkgutil.walk_packages(samizdat.__path__, "samizdat."):
        if module.name != "samizdat.__main__":
            for value in vars(import_module(module.name)).values():
                if isinstance(value, Rule):
                    meanings[value.code].add(value.title)
    assert {code: titles for code, titles in meanings.items() if len(titles) > 1} == {}


def test_every_command_and_option_is_in_the_handbook() -> None:
    handbook = _handbook()
    for name in ("build", "check", "new", "list", "explain", "doctor", "impose", "import", "verify"):
        assert f"`samizdat {name}" in handbook
        assert [option for option in _options(name) if option not in handbook] == []


def _options(name: str) -> list[str]:
    """The options of a command, as its function declares them."""
    function = cli.app[name].default_command
    assert function is not None
    return [
        option
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind is parameter.KEYWORD_ONLY
        for metadata in parameter.annotation.__metadata__
        for option in metadata.name or [f"--{parameter.name}"]
    ]


def test_every_edition_is_in_the_handbook() -> None:
    handbook = _handbook()
    assert [name for name in editions.found() if f"`{name}`" not in handbook] == []


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())  # type: ignore[index]  # it stands there
    shown = subprocess.run(["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in shown.splitlines()} == targets


def test_locks_hold_what_is_asked_for_and_no_traces_of_a_machine() -> None:
    runtime, development = ((ROOT / name).read_text("utf-8") for name in ("requirements.lock", "requirements-dev.lock"))
    pins = {re.split("[ ;=]", line)[0] for line in runtime.splitlines() if re.match("[a-z]", line)}
    assert {"weasyprint", "pypandoc-binary", "hatchling", "editables"} <= pins
    assert pins <= {re.split("[ ;=]", line)[0] for line in development.splitlines()}
    assert not re.search(r"https?:|--index-url|--find-links|file:", runtime + development)
    assert not [line for line in (runtime + development).splitlines() if re.match("[a-z]", line) and "==" not in line]
