"""The ledger of an import: what was read, where its words went, and every decision, as TOML that can be read and compared."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from samizdat.importers.documents.record import FIRM
from samizdat.importers.plain.proof import Account
from samizdat.importers.plain.record import PINNED, Decision, Decisions, excerpt

FILE = "import.toml"
_HEAD = """\
# How this manuscript was made from its source. Each decision names its rule (`samizdat explain H57` says what a rule does), the
# lines of the source, and why. To undo one, write a line into import-rules.toml beside this file, and import again:
#   H57 = "off"               a rule is not used at all
#   85 = "heading 2"          line 85 is a heading of level 2
#   405-567 = "debris"        these lines are not part of the work
#   "H57@85" = "accepted"     the decision is well, and not shown by --review; H57 = "accepted" says so of all of a rule
# The numbers of lines are those that `samizdat import --lines FILE` prints.
"""

_NOTHING_TO_UNDO = frozenset("F52 F53 F54 F55 I45 M58 N53 N54 X51 X53 X65".split()) | FIRM
"""Rules that only report, or that cannot be turned off."""
_BY_RULE = frozenset(
    "D80 G51 G52 G53 G54 H58 H83 H84 H85 I50 I52 M80 M81 M84 N52 N81 P51 P52 P53 P55 V52 W51 W52 W53 W54 X52".split()
)
"""Rules that are turned off as a whole, since what they did is no matter of single lines."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A decision as the ledger holds it."""

    code: str
    confidence: float
    first: int
    last: int
    before: str
    after: str
    why: str

    @property
    def where(self) -> str:
        """The lines in words; empty where the decision has no place."""
        if not self.first:
            return ""
        return f"line {self.first}" if self.first == self.last else f"lines {self.first}–{self.last}"

    @property
    def accepting(self) -> str:
        """The line of a rules file that accepts it."""
        return f'"{self.code}@{self.first}" = "accepted"'

    @property
    def undoing(self) -> str:
        """The line of a rules file that undoes it: the lines become a paragraph of the text, or else its rule is turned off.

        Empty where there is nothing to undo.
        """
        if self.code in _NOTHING_TO_UNDO:
            return ""
        if self.code in _BY_RULE or not self.first:
            return f'{self.code} = "off"'
        lines = f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"
        return f'{lines} = "paragraph"'


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


def write(origin: Origin, account: Account, decisions: Decisions) -> str:
    """Write the ledger of one of the books that a source became."""
    parts = [_HEAD, "[source]", f"file = {_text(origin.file)}", f"sha256 = {_text(origin.sha256)}"]
    if origin.encoding:
        parts.append(f"encoding = {_text(origin.encoding)}")
    if origin.language:
        parts += [f"language = {_text(origin.language)}", f"language_confidence = {origin.confidence:.2f}"]
    if origin.works > 1:
        parts += [f"work = {origin.work}", f"works = {origin.works}"]
    parts += ["", "[words]", "# captured + added = kept + left_out + missing"]
    parts += [f"captured = {account.captured}", f"kept = {account.kept}", f"missing = {account.missing.total()}"]
    if account.extra:
        shown = " ".join(word for word, count in sorted(account.extra.items()) for _ in range(count))
        parts.append(f"added = {account.extra.total()}  # said twice, or given: {' '.join(excerpt(shown).split())}")
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
    """Return the decisions of a ledger that nobody has made or accepted yet, the most doubtful first."""
    found = [_doubt(entry) for entry in tomllib.loads(toml).get("decision", ())]
    done = {*accepted, PINNED.code}
    left = [doubt for doubt in found if not {doubt.code, f"{doubt.code}@{doubt.first}"} & done]
    return tuple(sorted(left, key=lambda doubt: doubt.confidence))


def _doubt(entry: Mapping[str, object]) -> Doubt:
    first, last = entry["lines"] if isinstance(entry["lines"], list) else (0, 0)
    words = [str(entry.get(key, "")) for key in ("before", "after", "why")]
    return Doubt(str(entry["rule"]), float(str(entry["confidence"])), first, last, *words)


def _text(value: str) -> str:
    return json.dumps("".join(letter if letter.isprintable() else " " for letter in value), ensure_ascii=False)
