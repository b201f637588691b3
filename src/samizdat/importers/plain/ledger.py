"""The ledger of an import: what was read, where its words went, and every decision, as TOML that can be read and compared."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from samizdat.importers.plain.proof import Account
from samizdat.importers.plain.record import Decision, Decisions

FILE = "import.toml"
_HEAD = """\
# How this manuscript was made from its source. Each decision names its rule (`samizdat explain H57` says what a rule does), the
# lines of the source, and why. To undo one, write it into a rules file and import again with --rules:
#   off = ["H57"]                                 a rule is not used at all
#   pin = [{ line = 85, kind = "heading", level = 2 }, { first = 405, last = 567, kind = "debris" }]
#   accepted = ["H57@85"]                         the decision is well, and not shown by --review
"""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A decision as the ledger holds it."""

    code: str
    confidence: float
    lines: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What a manuscript was made from."""

    file: str
    sha256: str
    encoding: str = ""
    language: str = ""
    confidence: float = 0.0
    work: int = 1
    works: int = 1


def write(origin: Origin, account: Account | None, decisions: Decisions) -> str:
    """Write the ledger of one of the books that a source became. Words are only counted where the source is raw text."""
    parts = [_HEAD, "[source]", f"file = {_text(origin.file)}", f"sha256 = {_text(origin.sha256)}"]
    if origin.encoding:
        parts.append(f"encoding = {_text(origin.encoding)}")
    if origin.language:
        parts += [f"language = {_text(origin.language)}", f"language_confidence = {origin.confidence:.2f}"]
    if origin.works > 1:
        parts += [f"work = {origin.work}", f"works = {origin.works}"]
    if account:
        parts += [
            "",
            "[words]",
            f"captured = {account.captured}",
            f"kept = {account.kept}",
            f"missing = {account.missing.total()}",
        ]
        parts += ["", "[words.left_out]", *(f"{code} = {count}" for code, count in account.left_out.items())]
    for decision in decisions:
        parts += ["", *_decision(decision)]
    return "\n".join(parts) + "\n"


def _decision(decision: Decision) -> Iterator[str]:
    yield "[[decision]]"
    yield f"rule = {_text(decision.rule)}"
    yield f"confidence = {decision.confidence:.2f}"
    yield f"lines = [{decision.first}, {decision.last}]"
    for key in ("before", "after", "why"):
        if value := getattr(decision, key):
            yield f"{key} = {_text(value)}"


def doubts(toml: str, accepted: frozenset[str]) -> tuple[Doubt, ...]:
    """Return the decisions of a ledger that nobody has accepted yet, the most doubtful first."""
    found = [_doubt(entry) for entry in tomllib.loads(toml).get("decision", ())]
    left = [doubt for doubt in found if f"{doubt.code}@{doubt.lines.split('–')[0]}" not in accepted]
    return tuple(sorted(left, key=lambda doubt: doubt.confidence))


def _doubt(entry: Mapping[str, object]) -> Doubt:
    first, last = entry["lines"] if isinstance(entry["lines"], list) else (0, 0)
    lines = str(first) if first == last else f"{first}–{last}"
    words = [str(entry.get(key, "")) for key in ("before", "after", "why")]
    return Doubt(str(entry["rule"]), float(str(entry["confidence"])), lines, *words)


def _text(value: str) -> str:
    return json.dumps("".join(letter if letter.isprintable() else " " for letter in value), ensure_ascii=False)
