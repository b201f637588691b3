"""Editions: each module is one, named after its file, and found by walking this package."""

import pkgutil
from collections.abc import Collection, Iterable, Mapping
from importlib import import_module
from math import lcm

from pydantic import BaseModel, ValidationError

from samizdat.config import BookConfig, faults, place
from samizdat.editions.edition import FOLDED, Edition, Files, Press, prepare
from samizdat.editions.page_numbers import MANUSCRIPT, NONE, PRINTED
from samizdat.problems import NOWHERE, Problem, Rule, SamizdatError, Severity, nearest

__all__ = ["Edition", "Files", "Press", "choose", "found", "numbering", "pages_per_sheet", "prepare"]

UNKNOWN_EDITION = Rule(
    "C20",
    Severity.ERROR,
    "There is no such edition",
    "An edition was asked for, or given options in book.toml, that this program does not make. `samizdat list --editions` shows "
    "the names of all editions.",
)
NO_PAGES = Rule(
    "E60",
    Severity.ERROR,
    "There are no such page numbers",
    "The table [pagination] says whose page numbers the e-book and the web page carry: those of an edition with pages, by its "
    "name, “printed” for the edition that goes to the printer, “manuscript” for the marks that the manuscript has of an older "
    "print, or “none”.",
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

    The tables [page], [notes] and [pagination] hold for every edition that knows such options; an edition's
    own table goes before them.
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
    shared = {"page": config.page, "notes": config.notes, "pagination": config.pagination}
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


def pages_per_sheet(config: BookConfig) -> int:
    """Return how many pages fill a sheet in all editions of a book that are set out on sheets; else, as on a folded one, four.

    All editions of a book share their pages, so it does not matter which of them is being made.
    """
    sheets = [edition.pages_per_sheet for edition in choose(config).values() if edition.pages_per_sheet > 1]
    return lcm(*sheets) if sheets else FOLDED


def numbering(config: BookConfig, numbers: str) -> Edition | None:
    """Return the edition whose page numbers are asked for, as the [pagination] table names it; None for others.

    Of a book that leaves out the edition for the printer, another with pages gives the numbers, if any is made.

    Raises SamizdatError E60 where the name is no edition's, or that of one without pages.
    """
    if numbers in {MANUSCRIPT, NONE}:
        return None
    paged = {name: edition for name, edition in found().items() if edition.pages is not Edition.pages}
    if numbers == PRINTED:
        made = [name for name in choose(config) if name in paged]
        if not made:
            return None
        numbers = next((name for name in made if paged[name].numbers_pages), made[0])
    if numbers not in paged:
        raise SamizdatError(
            NO_PAGES.problem(
                f"There are no page numbers “{numbers}”.",
                place(config.toml, ("pagination", "numbers")),
                nearest(numbers, (PRINTED, MANUSCRIPT, NONE, *paged))
                or f"Choose {PRINTED}, {MANUSCRIPT}, {NONE}, {', '.join(paged)}.",
            )
        )
    return choose(config, (numbers,))[numbers]


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
