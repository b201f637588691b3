"""Editions: each module is one, named after its file, and found by walking this package."""

import pkgutil
from collections.abc import Collection, Iterable, Mapping
from importlib import import_module

from pydantic import BaseModel, ValidationError

from samizdat.config import BookConfig, faults, place
from samizdat.editions.edition import Edition, Files, Press, prepare
from samizdat.problems import NOWHERE, Problem, Rule, SamizdatError, Severity, nearest

__all__ = ["Edition", "Files", "Press", "choose", "found", "prepare"]

UNKNOWN_EDITION = Rule(
    "C20",
    Severity.ERROR,
    "There is no such edition",
    "An edition was asked for, or given options in book.toml, that this program does not make. `samizdat list --editions` shows "
    "the names of all editions.",
)


def found() -> Mapping[str, type[Edition]]:
    """Return every edition by its name, in the order of their names."""
    editions: dict[str, type[Edition]] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if (
                isinstance(value, type)
                and issubclass(value, Edition)
                and "suffix" in vars(value)
                and value.__module__.endswith(f".{module.name}")
            ):
                editions[module.name.replace("_", "-")] = value
    return editions


def choose(config: BookConfig, names: Iterable[str] = ()) -> Mapping[str, Edition]:
    """Return the editions asked for, each with its options from book.toml.

    Where none is named, they are the standard ones and those that book.toml has a table for, but none that says `make = false`.

    The tables [page] and [notes] hold for every edition that knows such options; an edition's own table goes before them.
    Raises SamizdatError C20 for an unknown name, and the problems of config for wrong options, all at once.
    """
    editions = found()
    wanted = tuple(names)
    problems = [
        UNKNOWN_EDITION.problem(
            f"There is no edition “{name}”.",
            place(config.toml, ("editions", name)) if name in config.editions else NOWHERE,
            nearest(name, editions) or f"The editions are {', '.join(editions)}.",
        )
        for name in (*wanted, *config.editions)
        if name not in editions
    ]
    chosen: dict[str, Edition] = {}
    shared = {"page": config.page, "notes": config.notes}
    for name, edition in editions.items():
        general = {key: table for key, table in shared.items() if table and key in edition.model_fields}
        try:
            options = edition.model_validate(general | dict(config.editions.get(name, {})))
        except ValidationError as error:
            problems.extend(problem for problem in _faults(error, config, name, edition, general) if problem not in problems)
            continue
        if name in wanted or (not wanted and options.make and (edition.standard or name in config.editions)):
            chosen[name] = options
    if problems:
        raise SamizdatError(*problems)
    return chosen


def _faults(
    error: ValidationError, config: BookConfig, name: str, edition: type[Edition], general: Mapping[str, object]
) -> tuple[Problem, ...]:
    """Find the line of each fault: in the edition's own table, or in a general one such as [page]."""
    known: dict[tuple[str, ...], Collection[str]] = {(): edition.model_fields}
    for key, field in edition.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            known[key,] = field.annotation.model_fields
    own = config.editions.get(name, {})
    return faults(error, config.toml, known, lambda key: () if key in general and key not in own else ("editions", name))
