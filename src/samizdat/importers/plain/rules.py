"""What a person decided: rules that are off, lines that are pinned, decisions that are accepted. Read from import-rules.toml.

One line of the file says one thing: `H53 = "off"`, `85 = "heading 2"`, `"H53@15" = "accepted"`. Lists and tables that say the
same in the longer way are read as well.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from samizdat.config.lines import line_of, lines
from samizdat.importers.plain.record import PINNED, Decision, PassageKind
from samizdat.problems import Place, Problem, Rule, SamizdatError, Severity, nearest

BAD_RULES = Rule(
    "I20",
    Severity.ERROR,
    "The rules for an import cannot be read",
    'The rules file is TOML. `H53 = "off"` turns a rule off, `85 = "heading 2"` and `405-567 = "debris"` say what lines are, and'
    ' `"H53@15" = "accepted"` says that a decision is well as it is. The lists `off` and `accepted` and tables called [[pin]]'
    " say the same. Nothing is imported until the file can be read, so that no opinion is passed over.",
)
UNKNOWN = Rule(
    "I30",
    Severity.ERROR,
    "A rule that does not exist",
    "The rules file names a rule that no import has. The codes of rules stand in the ledger, import.toml, beside the decisions"
    " that they made.",
)
BAD_KIND = Rule(
    "I31",
    Severity.ERROR,
    "Lines pinned as something that does not exist",
    "A pin says what lines are in one word: heading (with a level from 1 to 4), paragraph, quote, epigraph, verse, list,"
    " definitions, drama, stage, letter, break, note, preformatted, contents, metadata or debris.",
)
NO_EFFECT = Rule(
    "I32",
    Severity.WARNING,
    "A line of the rules file that changes nothing",
    "A pin lies where nothing stands, an accepted decision was not made, or a rule that is off is not one that this kind of file"
    " is read by. Often a number is wrong, or belongs to another file.",
)
FIRM = Rule(
    "I33",
    Severity.WARNING,
    "A rule that cannot be turned off",
    "Without this rule there would be no book: it keeps out what no edition can show, or gives what every book must have. What it"
    " did can be changed in the manuscript.",
)

FIELDS = ("title", "subtitle", "author", "translator", "editor", "illustrator", "date", "source", "publisher")
"""What lines that are metadata may say."""
_KINDS = tuple(kind.value for kind in PassageKind if kind is not PassageKind.UNKNOWN)
_LINES = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_DECISION = re.compile(r"[A-Z]\d\d@\d+")
_CODE = re.compile(r"[A-Za-z]\d\d")
_DEEPEST = 4
_FORMS = '`H53 = "off"`, `85 = "heading 2"` and `"H53@15" = "accepted"` are the forms that are known.'


@dataclass(frozen=True, slots=True)
class Pin:
    """A person's word on some lines."""

    first: int
    last: int
    kind: PassageKind
    level: int = 0
    """Of a heading; 1 is a chapter."""
    says: str = ""
    """Of metadata: which field of book.toml the lines are."""
    call: int = 0
    """Of a note: the line in which it is called; 0 to look for it."""
    at: int = 0
    """The line of the rules file."""

    @property
    def where(self) -> str:
        """The lines in words."""
        return f"line {self.first}" if self.first == self.last else f"lines {self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Rules:
    """What every pass asks before it decides."""

    off: frozenset[str] = field(default_factory=frozenset)
    pins: tuple[Pin, ...] = ()
    accepted: frozenset[str] = field(default_factory=frozenset)
    """Decisions as `H51@85`: the rule and the first line; or a rule alone, for all that it decided."""
    name: str = ""
    """Of the rules file."""
    stated: Mapping[str, int] = field(default_factory=dict)
    """In which line of the rules file a code or a decision stands."""

    def allow(self, rule: Rule) -> bool:
        """Tell whether a rule may be used."""
        return rule.code not in self.off

    def pin(self, line: int) -> Pin | None:
        """Return the pin that a line of the capture is under; what is said later holds."""
        return next((pin for pin in reversed(self.pins) if pin.first <= line <= pin.last), None)

    def unheeded(
        self, decisions: Iterable[Decision], reading: frozenset[str], firm: frozenset[str], last: int
    ) -> Iterator[Problem]:
        """Yield what in the file changed nothing. `reading` are the rules for this kind of file, `last` is its last line."""
        made = tuple(decisions)
        for code in sorted(self.off):
            if code in firm:
                yield FIRM.problem(f"{code} cannot be turned off.", self._place(code), "Change what it did in the manuscript.")
            elif code not in reading:
                yield NO_EFFECT.problem(f"{code} has no part in reading a file of this kind.", self._place(code))
        ids = {identity(one) for one in made} | {one.rule for one in made}
        for accepted in sorted(self.accepted - ids):
            hint = nearest(accepted, sorted(ids)) or "The decisions stand in import.toml."
            yield NO_EFFECT.problem(f"There is no decision {accepted} to be accepted.", self._place(accepted), hint)
        for pin in self.pins:
            if pin.first > last:
                message = f"This pin is for {pin.where}, but the file ends with line {last}."
                yield NO_EFFECT.problem(message, Place(self.name, pin.at))
            elif not any(one.rule == PINNED.code and one.first <= pin.last and one.last >= pin.first for one in made):
                message = f"This pin for {pin.where} changes nothing: there is nothing but white space, or another pin has it."
                yield NO_EFFECT.problem(message, Place(self.name, pin.at))

    def _place(self, what: str) -> Place:
        return Place(self.name, self.stated.get(what, 0))


NO_RULES = Rules()
"""Nobody has said anything."""


def identity(decision: Decision) -> str:
    """Return what a decision is called in a rules file."""
    return f"{decision.rule}@{decision.first}"


def read(text: str, name: str, known: Iterable[str]) -> Rules:
    """Read a rules file; `known` are the codes of all rules that an import has. All faults are told in one SamizdatError."""
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # too many digits or brackets are no TOMLDecodeError
        found = re.search(r" \(at line (\d+),.*", str(error))
        place = Place(name, int(found[1]) if found else text.count("\n") + 1)
        message = f"The rules file is no TOML: {str(error).partition(' (at ')[0]}."
        raise SamizdatError(BAD_RULES.problem(message, place, _FORMS)) from error
    reader = _Reader(text, name, frozenset(known))
    reader.read(values)
    if reader.problems:
        raise SamizdatError(*reader.problems)
    return Rules(frozenset(reader.off), tuple(reader.pins), frozenset(reader.accepted), name, reader.stated)


@dataclass
class _Reader:
    """Goes through a rules file, and gathers what it says and what is wrong with it."""

    text: str
    name: str
    known: frozenset[str]
    off: set[str] = field(default_factory=set)
    pins: list[Pin] = field(default_factory=list)
    accepted: set[str] = field(default_factory=set)
    stated: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self, values: dict[str, Any]) -> None:
        for key, value in values.items():
            at = line_of(lines(self.text), (key,))
            if key in {"off", "accepted"}:
                for code in self._words(key, value, at):
                    self._decided(code, key, self._line(code, at))
            elif key == "pin":
                for number, entry in enumerate(value if isinstance(value, list) else [value]):
                    self._table(entry, line_of(lines(self.text), ("pin", number)))
            elif span := _LINES.fullmatch(key):
                self._pin(int(span[1]), int(span[2] or span[1]), value, at)
            elif _DECISION.fullmatch(key) or _CODE.fullmatch(key) or key.partition("@")[0] in self.known:
                self._decided(key, value, at)
            else:
                hint = nearest(key, ("off", "accepted", "pin", *self.known)) or _FORMS
                self._fault(BAD_RULES, f"“{key}” means nothing in a rules file.", at, hint)

    def _words(self, key: str, value: object, at: int) -> list[str]:
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return value
        self._fault(BAD_RULES, f"“{key}” is a list of codes in quotation marks.", at, f'For example: {key} = ["H53"]')
        return []

    def _decided(self, what: str, word: object, at: int) -> None:
        """Take that a rule is off, or a decision accepted."""
        code, mark, _ = what.partition("@")
        if code not in self.known:
            hint = nearest(code.upper(), sorted(self.known)) or "The codes stand in import.toml beside the decisions."
            self._fault(UNKNOWN, f"There is no rule “{code}” for imports.", at, hint)
        elif word == "off" and not mark:
            self.off.add(code)
        elif word == "accepted" and (not mark or _DECISION.fullmatch(what)):
            self.accepted.add(what)
        else:
            hint = "A rule can be “off” or “accepted”; a decision, named by rule and first line as in H53@15, can be “accepted”."
            self._fault(BAD_RULES, f"“{what}” cannot be “{word}”.", at, hint)
        self.stated[what] = at

    def _table(self, entry: object, at: int) -> None:
        """Take a pin in its long form."""
        if not isinstance(entry, dict):
            self._fault(BAD_RULES, "A pin is a table with the lines and what they are.", at, _FORMS)
            return
        first = entry.get("first", entry.get("line"))
        last = entry.get("last", first)
        rest = {key: value for key, value in entry.items() if key not in {"line", "first", "last"}}
        if not all(isinstance(each, int) and not isinstance(each, bool) for each in (first, last)):
            self._fault(BAD_RULES, "A pin needs the number of its line, or those of its first and last.", at, "line = 85")
            return
        self._pin(int(str(first)), int(str(last)), rest, at)

    def _pin(self, first: int, last: int, value: object, at: int) -> None:
        entry = _spoken(value) if isinstance(value, str) else value
        if not isinstance(entry, dict):
            self._fault(BAD_RULES, "What lines are is said in a word.", at, '85 = "heading 2"')
            return
        extra = [str(key) for key in entry if key not in {"kind", "level", "field", "call"}]
        kind = str(entry.get("kind", ""))
        level, call, says = entry.get("level", int(kind == "heading")), entry.get("call", 0), str(entry.get("field", ""))
        if extra:
            known = "Of a pin it may be said: line, or first and last; kind, level, field, call."
            self._fault(BAD_RULES, f"“{extra[0]}” means nothing in a pin.", at, nearest(extra[0], _WORDS) or known)
        elif first < 1 or last < first:
            self._fault(BAD_RULES, f"This pin ends at line {last}, before it begins at line {first}.", at)
        elif kind not in _KINDS:
            self._fault(BAD_KIND, f"Lines cannot be “{kind}”.", at, nearest(kind, _KINDS) or f"They can be {', '.join(_KINDS)}.")
        elif not isinstance(level, int) or not (1 <= level <= _DEEPEST if kind == "heading" else level == 0):
            self._fault(BAD_KIND, "A heading has a level from 1 to 4, and nothing else has one.", at, '85 = "heading 2"')
        elif says and (kind != "metadata" or says not in FIELDS):
            self._fault(BAD_KIND, f"“{says}” is nothing that lines may say of a book.", at, f"They can be {', '.join(FIELDS)}.")
        elif not isinstance(call, int) or (call and kind != "note"):
            self._fault(BAD_KIND, "Only a note has a line in which it is called.", at, '85 = "note 80"')
        else:
            self.pins.append(Pin(first, last, PassageKind(kind), level, says, call, at))

    def _line(self, word: str, start: int) -> int:
        """Return the line on which a word of a list stands."""
        rows = self.text.split("\n")
        return next((number for number in range(start, len(rows) + 1) if f'"{word}"' in rows[number - 1]), start)

    def _fault(self, rule: Rule, message: str, at: int, hint: str = "") -> None:
        self.problems.append(rule.problem(message, Place(self.name, at), hint))


_WORDS = ("line", "first", "last", "kind", "level", "field", "call")


def _spoken(value: str) -> dict[str, object]:
    """Read what is said in a line: a kind, and for some what belongs to it."""
    kind, _, more = " ".join(value.split()).partition(" ")
    if kind == "heading" and more.isdecimal():
        return {"kind": kind, "level": int(more)}
    if kind == "note" and more.isdecimal():
        return {"kind": kind, "call": int(more)}
    if kind == "metadata" and more:
        return {"kind": kind, "field": more}
    return {"kind": f"{kind} {more}".strip()}
