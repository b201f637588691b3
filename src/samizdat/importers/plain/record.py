"""What passes hand to one another: lines of the capture, passages of lines, and the record of each decision."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from samizdat.problems import Rule, Severity

PINNED = Rule(
    "F51",
    Severity.ADVICE,
    "Decided by a person",
    "A line in the rules file says what these lines are. No rule of the importer touches them.",
)


@dataclass(frozen=True)
class Line:
    """A line of the capture: its number from 1, its text without the line end and without spaces after it."""

    number: int
    text: str

    @cached_property
    def words(self) -> str:
        """The text without the spaces before it."""
        return self.text.strip()

    @property
    def blank(self) -> bool:
        """There is nothing on the line."""
        return not self.words

    @cached_property
    def indent(self) -> int:
        """How many spaces stand before the first word."""
        return len(self.text) - len(self.text.lstrip())

    @property
    def length(self) -> int:
        """How far the line reaches."""
        return len(self.text)


Lines = tuple[Line, ...]


class PassageKind(StrEnum):
    """What a passage is. UNKNOWN waits for a pass to decide."""

    UNKNOWN = "unknown"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    EPIGRAPH = "epigraph"
    VERSE = "verse"
    LIST = "list"
    DEFINITIONS = "definitions"
    DRAMA = "drama"
    STAGE = "stage"
    LETTER = "letter"
    BREAK = "break"
    NOTE = "note"
    """The body of a note; its data says the key."""
    PREFORMATTED = "preformatted"
    CONTENTS = "contents"
    """A printed table of contents: evidence, not text."""
    METADATA = "metadata"
    """Says something of the book; goes to book.toml."""
    DEBRIS = "debris"
    """Not of the book."""


OUTSIDE = frozenset({PassageKind.CONTENTS, PassageKind.METADATA, PassageKind.DEBRIS})
"""The kinds whose lines do not stand in the manuscript."""


@dataclass(frozen=True)
class Passage:
    """Lines that are one thing. Blank lines inside divide its stanzas, paragraphs or items; there are none at its ends."""

    kind: PassageKind
    lines: Lines
    before: int = 0
    """How many blank lines stand before it in the capture."""
    level: int = 0
    """Of headings: 1 is the highest."""
    confidence: float = 0.0
    rule: str = ""
    """The code of the rule that decided what it is."""
    data: object = None
    """What the pass that decided found out: a frozen dataclass of its own, or None."""
    parts: tuple["Passage", ...] = ()
    """For a passage that holds others: a quotation with verse in it. Where there are parts, they hold all the lines."""

    @property
    def first(self) -> int:
        """Number of the first line."""
        return self.lines[0].number

    @property
    def last(self) -> int:
        """Number of the last line."""
        return self.lines[-1].number

    @property
    def unknown(self) -> bool:
        """No pass has decided yet."""
        return self.kind is PassageKind.UNKNOWN

    @property
    def pinned(self) -> bool:
        """A person has decided, so that no pass may make anything else of it."""
        return self.rule == PINNED.code

    @property
    def text(self) -> str:
        """The lines as they stand."""
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def flowed(self) -> str:
        """The words of all lines in one."""
        return " ".join(line.words for line in self.lines if line.words)

    def decided(self, rule: Rule, kind: PassageKind, confidence: float, **changes: object) -> "Passage":
        """Return this passage as what it is."""
        return replace(self, kind=kind, rule=rule.code, confidence=confidence, **changes)  # type: ignore[arg-type]


Passages = tuple[Passage, ...]

_LONGEST_EXCERPT = 68
"""Characters, so that it has room on one line of a card of the review."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was done to some lines of the capture, by which rule, how sure it is, and why."""

    rule: str
    confidence: float
    first: int
    last: int
    before: str
    after: str
    why: str
    taken: str = ""
    """Words of these lines that stand neither in the manuscript nor in a passage that is left out whole: a list's numbers."""
    given: str = ""
    """Words that the manuscript has in their place: a word joined at a line end."""


Decisions = tuple[Decision, ...]


def decide(rule: Rule, passage: Passage, confidence: float, after: str, why: str, taken: str = "", given: str = "") -> Decision:
    """Record a decision about a passage."""
    before = excerpt(passage.flowed)
    return Decision(rule.code, round(confidence, 2), passage.first, passage.last, before, excerpt(after), why, taken, given)


def counted(number: int, noun: str) -> str:
    """Say how many there are of something whose name takes an s."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def excerpt(text: str) -> str:
    """Shorten a text so that it fits in a line."""
    text = " ".join(text[: 4 * _LONGEST_EXCERPT].split())
    return text if len(text) <= _LONGEST_EXCERPT else text[: _LONGEST_EXCERPT - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Study:
    """What is known of the whole capture before a passage is judged."""

    width: int
    """The width at which lines are wrapped; 0 where each line is a paragraph."""
    wrapped: bool
    """Paragraphs are broken into lines of about this width."""
    indented: bool
    """Paragraphs begin with an indented line and are not always parted by blank lines."""
    language: str
    """BCP 47; empty where it could not be told."""
    language_confidence: float
    gap: int
    """How many blank lines usually stand between paragraphs."""
    off: frozenset[str] = frozenset()
    """Rules that a person has turned off, for what is done to every line alike."""
    even: bool = False
    """The space between passages is everywhere the same, before headings too, and so says nothing of them."""
    terse: float = 0.0
    """The share of passages that are short sentences, as in dialogue; where they abound, being short says little."""
    pages: frozenset[int] = frozenset()
    """The first lines of the printed pages, in an extract that marks them with form feeds; else empty."""
