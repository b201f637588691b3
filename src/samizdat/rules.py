"""The rules: every kind of problem that the program knows, wherever it is defined."""

import pkgutil
from collections.abc import Mapping
from importlib import import_module

import samizdat
from samizdat.problems import Rule


def all_rules() -> Mapping[str, Rule]:
    """Return every rule by its code, in the order of the codes, found by walking the program's modules."""
    rules: dict[str, Rule] = {}
    for module in pkgutil.walk_packages(samizdat.__path__, "samizdat."):
        if module.name == "samizdat.__main__":
            continue
        try:
            values = vars(import_module(module.name)).values()
        except OSError:  # Pango is not installed: the rules of the modules that need it are not to be had
            continue
        rules.update((value.code, value) for value in values if isinstance(value, Rule))
    return dict(sorted(rules.items()))
