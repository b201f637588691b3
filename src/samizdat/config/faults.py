"""What is wrong with a table of book.toml, in plain words: the faults that pydantic finds become Problems."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from samizdat.config.lines import KeyPath, line_of, lines
from samizdat.problems import Place, Problem, Rule, Severity, nearest

FILE = "book.toml"

UNKNOWN_KEY = Rule(
    "C03",
    Severity.ERROR,
    "Unknown key in book.toml",
    "A key or table of book.toml is not one that samizdat knows. Often it is a slip of the pen, or it stands in the wrong table:"
    " in TOML, every key after a [table] line belongs to that table, so the book’s own keys come before the first table.",
)
MISSING_KEY = Rule(
    "C04",
    Severity.ERROR,
    "Missing key in book.toml",
    "Every book.toml needs a title, a language, an identifier and at least one section, and every person needs a name.",
)
UNFIT_VALUE = Rule(
    "C05",
    Severity.ERROR,
    "Unfit value in book.toml",
    "The key is right but its value is not of the kind or not among the words that it takes.",
)

_EXAMPLES = {
    "title": 'Add a line above the first table: title = "The Title"',
    "language": 'Add a line above the first table: language = "en-GB"',
    "date": "Add a line above the first table: date = 2026-11-23",
    "sections": 'Add, for each chapter, a line [[sections]] and below it a line file = "….md"',
}
_KINDS = {
    "string": ("text", 'Put it between quotation marks: key = "…".'),
    "int": ("a whole number", "Write the number without quotation marks and without a decimal point."),
    "float": ("a number", "Write the number without quotation marks."),
    "bool": ("true or false", "Write true or false, without quotation marks."),
    "date": ("a date", "Write it as year-month-day without quotation marks: date = 2026-11-23."),
    "tuple": ("a list", 'Write ["one", "two"], or, for tables, a line [[name]] before each.'),
    "list": ("a list", 'Write ["one", "two"], or, for tables, a line [[name]] before each.'),
    "model": ("a table", "Write a line [name] and the keys below it."),
    "dict": ("a table", "Write a line [name] and the keys below it."),
}


def faults(
    error: ValidationError,
    toml: str,
    keys: Mapping[tuple[str, ...], Collection[str]],
    table_of: Callable[[str], KeyPath] = lambda _key: (),
) -> tuple[Problem, ...]:
    """Turn what pydantic found into Problems with their lines in book.toml.

    `keys` are the keys that are known, by the path of their table: `{(): Print.model_fields}`. Where an edition's options were
    validated, `table_of` tells in which table of book.toml one of its keys stands: `("editions", "print")`.
    """
    problems = []
    details = error.errors()
    for detail in details:
        if detail["type"] == "too_short" and any(other["loc"][:-1] and other["loc"][0] == detail["loc"][0] for other in details):
            continue  # it only counts what is sound, and the others are told of already
        path = (*table_of(str(detail["loc"][0])), *detail["loc"])
        table = tuple(str(part) for part in detail["loc"][:-1] if isinstance(part, str))
        problems.append(_problem(detail, path, place(toml, path), keys.get(table, ())))
    return tuple(problems)


def place(toml: str, path: KeyPath) -> Place:
    """Return where a key or table stands in the text of a book.toml, or the nearest above it that is written out."""
    line = line_of(lines(toml), path)
    return Place(FILE, line, toml.splitlines()[line - 1].strip() if line else "")


def spoken(path: KeyPath) -> str:
    """Return a path as it reads in a sentence: `people 2, role`."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}"
        else:
            words.append(str(part))
    return ", ".join(words)


def _problem(detail: ErrorDetails, path: KeyPath, place: Place, known: Collection[str]) -> Problem:
    name = spoken(path)
    kind = detail["type"]
    context: Mapping[str, Any] = detail.get("ctx", {})
    if kind == "extra_forbidden":
        hint = nearest(str(path[-1]), known)
        if not hint and known:
            hint = f"Known here: {', '.join(sorted(known))}."
        return UNKNOWN_KEY.problem(f"book.toml knows no key “{name}”.", place, hint)
    if kind == "missing":
        hint = _EXAMPLES.get(name, f"Add a line {path[-1]} = … there.")
        return MISSING_KEY.problem(f"The key “{name}” is missing.", place, hint)
    if kind == "too_short":
        return MISSING_KEY.problem(f"The list “{name}” is empty.", place, _EXAMPLES.get(name, "Add a first entry."))
    if kind in {"enum", "literal_error"}:
        words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        hint = nearest(str(detail["input"]), words) or f"Choose one of: {', '.join(words)}."
        return UNFIT_VALUE.problem(f"“{detail['input']}” is not a value that “{name}” takes.", place, hint)
    if kind == "value_error":
        message, _, hint = str(context.get("error", detail["msg"])).partition("|")
        return UNFIT_VALUE.problem(f"The value of “{name}” {message}.", place, hint)
    expected, hint = _KINDS.get(kind.split("_")[0], ("", ""))
    if expected and kind.endswith(("_type", "_parsing", "_from_float", "_exact", "_attributes_type")):
        return UNFIT_VALUE.problem(f"“{name}” should be {expected}.", place, hint)
    return UNFIT_VALUE.problem(f"“{name}” does not fit: {detail['msg'][:1].lower()}{detail['msg'][1:]}.", place)
