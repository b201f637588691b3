"""What a person decided: rules that are off, decisions that are pinned or accepted. Read from import-rules.toml."""

import tomllib
from dataclasses import dataclass, field

from samizdat.importers.plain.record import PassageKind
from samizdat.problems import Place, Rule, SamizdatError, Severity

BAD_RULES = Rule(
    "I20",
    Severity.ERROR,
    "The rules for an import cannot be read",
    "The rules file is TOML. `off` lists codes of rules that are not to be used, `accepted` lists decisions that are well as"
    " they are, and each [[pin]] says what the lines from `first` to `last` are: a heading of a level, a paragraph, verse,"
    " debris.",
)


@dataclass(frozen=True, slots=True)
class Pin:
    """A person's word on some lines."""

    first: int
    last: int
    kind: PassageKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What every pass asks before it decides."""

    off: frozenset[str] = field(default_factory=frozenset)
    pins: tuple[Pin, ...] = ()
    accepted: frozenset[str] = field(default_factory=frozenset)
    """Decisions as `H51@85`: the rule and the first line."""

    def allow(self, rule: Rule) -> bool:
        """Tell whether a rule may be used."""
        return rule.code not in self.off


def read(text: str, name: str) -> Rules:
    """Read a rules file."""
    try:
        values = tomllib.loads(text)
        pins = tuple(_pin(entry) for entry in values.get("pin", ()))
        off, accepted = (frozenset(map(str, values.get(key, ()))) for key in ("off", "accepted"))
        _only(values, "off", "accepted", "pin")
    except (tomllib.TOMLDecodeError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SamizdatError(BAD_RULES.problem(f"The rules file cannot be used: {error}.", Place(name))) from error
    return Rules(off, pins, accepted)


def _only(values: dict[str, object], *keys: str) -> None:
    extra = sorted(set(values) - set(keys))
    if extra:
        raise ValueError(f"it has “{extra[0]}”, which means nothing here")


def _pin(entry: dict[str, object]) -> Pin:
    _only(entry, "line", "first", "last", "kind", "level")
    first = _number(entry.get("first", entry.get("line")), "first")
    last = _number(entry.get("last", first), "last")
    kind = PassageKind(str(entry["kind"]))
    level = _number(entry.get("level", 1 if kind is PassageKind.HEADING else 0), "level")
    if last < first:
        raise ValueError(f"a pin ends at line {last}, before it begins at line {first}")
    return Pin(first, last, kind, level)


def _number(value: object, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"a pin needs a number for “{key}”")
    return value
