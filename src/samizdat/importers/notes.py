"""Notes keep their keys: pandoc sets a note's body where it is called and forgets its key.

So each body gets a mark of its own before pandoc reads it, a paragraph that no manuscript can hold. A mark that comes back at
the head of a note names its key; one that does not come back belongs to a note that nobody calls.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from samizdat.config.ids import unused
from samizdat.importers.places import EXCERPT
from samizdat.importers.source import Source
from samizdat.problems import Place, Rule, Severity

NO_BODY = Rule(
    "N01",
    Severity.ERROR,
    "A note without a body",
    "The text calls a note with [^key], but nowhere in the same file is there a line that begins [^key]: with what the note"
    " says.",
)
NO_CALL = Rule(
    "N02",
    Severity.ERROR,
    "A note that nothing calls",
    "The file holds the body of a note, [^key]: …, but no [^key] in its text. The note would be lost.",
)
TWO_BODIES = Rule(
    "N03",
    Severity.ERROR,
    "Two notes with one key",
    "Two bodies of notes in one file begin with the same key, so that it cannot be known which is meant.",
)
CALLED_TWICE = Rule(
    "N04",
    Severity.WARNING,
    "A note called twice",
    "Two places call the same note. It is printed twice, under two numbers, since a reader of a printed page looks for it at"
    " its foot.",
)
NOTE_IN_NOTE = Rule(
    "N05",
    Severity.ERROR,
    "A note in a note",
    "The body of a note calls another note. Notes cannot have notes; put what it says into the first one.",
)
MISPLACED = Rule(
    "N06",
    Severity.ERROR,
    "A note’s body in the wrong place",
    "The body of a note, [^key]: …, needs an empty line before it, and begins at the start of a line.",
)
UNFIT_KEY = Rule(
    "N07",
    Severity.ERROR,
    "A note’s key cannot be used",
    "The key of a note is a short word of letters, digits and hyphens.",
)

OPEN, CLOSE = "\ufdd0", "\ufdd1"
_BODY = re.compile(r"^( {0,3})\[\^([^\]\s]+)\]:[ \t]*", re.MULTILINE)
_MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
_MARK_IN_CODE = re.compile(f"{OPEN}(\\d+){CLOSE}\n\n {{0,4}}")
_UNESCAPED_CALL = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?!:)")
_CALL = re.compile(r"\[\^([^\]\s]+)\](:?)")
_BEFORE = 30
"""So many letters before a call tell it from another of the same key."""
_KEY = re.compile(r"[\w.:-]+")


@dataclass
class Notes:
    """The notes of one file: the bodies as marked in its text, and the calls as they come."""

    source: Source
    marked: str = ""
    """The text with a mark at the head of each note's body."""
    keys: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    called: Counter[int] = field(default_factory=Counter)
    bodies: list[tuple[str, list[Any]]] = field(default_factory=list)
    """Key and body, as pandoc gives it, of each note called, in order."""
    _seen: set[int] = field(default_factory=set)
    _taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Mark the bodies."""
        text = self.source.text
        line, end = 1, 0
        for body in _BODY.finditer(text):
            line += text.count("\n", end, body.start())
            end = body.start()
            self.keys.append(body[2])
            self.lines.append(line)
        self._taken.update(self.keys)
        numbers = iter(range(len(self.keys)))
        self.marked = _BODY.sub(lambda body: f"{body[1]}[^{body[2]}]: {OPEN}{next(numbers)}{CLOSE}\n\n    ", text)

    def call(self, blocks: list[Any]) -> str:
        """Take in a note where it is called, and return its key."""
        match blocks:
            case [{"t": "Para", "c": [{"t": "Str", "c": str(words)}]}, *rest] if mark := _MARK.fullmatch(words):
                number = int(mark[1])
                self.called[number] += 1
                key = self.keys[number]
                if self.called[number] > 1:
                    message = f"The note [^{key}] is called more than once."
                    self.source.report(
                        CALLED_TWICE, message, f"[^{key}]", "Write it twice, or send the reader to the first with a link."
                    )
                    key = self._free(f"{key}-{self.called[number]}")
                blocks = rest
            case _:
                key = self._free(f"n{len(self.bodies) + 1}")
        self.bodies.append((key, blocks))
        return key

    def code(self, text: str) -> str:
        """Take the marks out of code, which only looks as if it had notes."""
        if OPEN not in text:
            return text
        self._seen.update(int(number) for number in _MARK.findall(text))
        return _MARK.sub("", _MARK_IN_CODE.sub("", text))

    def words(self, text: str, *, in_note: bool) -> str:
        """Take the marks out of words, and report what was meant for a note and is none."""
        for mark in _MARK.finditer(text):
            number = int(mark[1])
            self._seen.add(number)
            self._report(
                MISPLACED, number, "is not read as one", "Leave an empty line before it, and begin it at the start of the line."
            )
        text = _MARK.sub("", text)
        for call in _CALL.finditer(text):
            key = call[1]
            if key not in self._called_in_source:
                continue
            if in_note:
                message = f"This note calls the note [^{key}]; a note cannot have notes."
                around = text[max(0, call.start() - _BEFORE) : call.end()]
                self.source.report(NOTE_IN_NOTE, message, around, "Put what it says into the first note, in brackets perhaps.")
            elif key not in self.keys:
                message = f"The note [^{key}] has no body in this file."
                self.source.report(NO_BODY, message, f"[^{key}]", f"Write a line that begins [^{key}]: after the paragraph.")
        return text

    @cached_property
    def _called_in_source(self) -> set[str]:
        """The keys that the text calls, without those whose brackets are set off."""
        return set(_UNESCAPED_CALL.findall(self.source.text))

    def finish(self) -> None:
        """Report the bodies that nothing called, and keys that cannot be used."""
        used = {self.keys[number] for number in self.called}
        for number, key in enumerate(self.keys):
            if number in self._seen or number in self.called:
                if number in self.called and not _KEY.fullmatch(key):
                    self._report(
                        UNFIT_KEY, number, "has a key that cannot be used", "Use letters, digits and hyphens: [^smith-1912]."
                    )
            elif key in used:
                self._report(TWO_BODIES, number, "has the key of another note in this file", "Give one of them another key.")
            else:
                self._report(NO_CALL, number, "is called nowhere", f"Write [^{key}] where it belongs, or delete the note.")

    def _report(self, rule: Rule, number: int, what: str, hint: str) -> None:
        line = self.lines[number]
        place = Place(self.source.file, line, self.source.text.split("\n")[line - 1].strip()[:EXCERPT])
        self.source.add(rule.problem(f"The note [^{self.keys[number]}] {what}.", place, hint))

    def _free(self, wanted: str) -> str:
        return unused(wanted, self._taken)
