"""The record of a document's import: each decision with its rule, how sure it is, what stood there and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from samizdat.importers.plain.record import OUTSIDE, Decision, Decisions, Line, excerpt
from samizdat.importers.plain.rules import Rules
from samizdat.problems import Problem, Rule, Severity

REPAIR = Severity.ADVICE

PLAIN_WORDS = Rule(
    "X80",
    REPAIR,
    "Marks of another format that mean nothing in a book",
    "Classes, styles and attributes that only say how something looked are left out, and what they stood around stays.",
)
RAW_PIECE = Rule(
    "X81",
    REPAIR,
    "A piece of program or markup left out",
    "Scripts, raw markup and commands of another format have no place in a book. Their text is recorded, and left out.",
)
LOST_LINK = Rule(
    "X82",
    REPAIR,
    "A link that leads nowhere became plain words",
    "Links to files on a computer, to places that the document does not have, or that start programs, are taken off; their "
    "words stay.",
)
SHALLOWER = Rule(
    "X83",
    REPAIR,
    "Things nested too deeply were brought up",
    "Quotations, lists and tables that stand in each other deeper than any page can show lose their outer marks. Their words "
    "stay.",
)
PICTURE_LEFT = Rule(
    "X84",
    REPAIR,
    "A picture that could not be taken along",
    "A picture that is damaged, enormous, missing from the document, on the web, or of a kind that books cannot show is left "
    "out.",
)
NO_WORDS = Rule(
    "X85",
    REPAIR,
    "A picture without a description",
    "The document says nothing for those who cannot see the picture. A word stands in its place: write what the picture shows.",
)
ODD_TABLE = Rule(
    "X86",
    REPAIR,
    "A table made regular",
    "Rows that were too short or too long, cells that reached beyond the table, or a table in a table were put in order. A "
    "first row"
    " becomes the header where the document names none, since readers who hear a table need one.",
)
NOTE_INSIDE = Rule(
    "N80",
    REPAIR,
    "A note in a note follows it as a note of its own",
    "A printed note cannot have a note of its own. It comes after the one that called it, and a star says what belongs together.",
)
COMMENT = Rule(
    "D80",
    REPAIR,
    "A comment or a deleted passage left out",
    "Comments in the margin and words that were struck out while changes were tracked are not part of the text.",
)
HEADING_INSIDE = Rule(
    "H80",
    REPAIR,
    "A heading inside something became strong words",
    "A heading in a quotation, a list, a table or a note cannot open a section there; it stands as a strong line.",
)
LETTERS = Rule(
    "X87",
    REPAIR,
    "Characters that cannot be printed left out",
    "Control characters, halves of characters and marks that turn the direction of text around are taken out.",
)
FORMULA = Rule(
    "X88",
    REPAIR,
    "A formula kept as it was typed",
    "The formula uses commands that a book cannot set. It stands as code, so that nothing of it is lost.",
)


FIRM = frozenset(
    "H80 H81 H82 I51 M82 M83 N80 N82 N83 X80 X81 X82 X83 X84 X85 X86 X87 X88 X89 X90 X91 X92 X93 X94 X95 X96 X97".split()
)
"""Rules that cannot be turned off, because a book could not show what they leave out or would lack what they give."""


@dataclass
class Record:
    """What was decided while a document is read, in order, and what a person had decided before."""

    rules: Rules = field(default_factory=Rules)
    decisions: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    """The text as read, in the lines by which its places are named."""
    places: dict[Any, int] = field(default_factory=dict)
    """The line of each element of a page that holds words of its own."""
    at: int = 0
    """The line that is being read; 0 where what is decided has no place."""
    _counted: dict[Rule, Counter[str]] = field(default_factory=dict)
    _reasons: dict[Rule, tuple[str, int]] = field(default_factory=dict)

    def allow(self, rule: Rule) -> bool:
        """Tell whether a rule may be used."""
        return self.rules.allow(rule)

    def decide(
        self, rule: Rule, confidence: float, before: str, after: str, why: str, taken: str = "", lines: tuple[int, int] = (0, 0)
    ) -> None:
        """Record a decision. `taken` are all the words that are left out by it, `lines` where it was made, if not here."""
        first, last = lines if lines[0] else (self.at, self.at)
        taken = " ".join(taken.split())
        self.decisions.append(Decision(rule.code, confidence, first, last, excerpt(before), excerpt(after), why, taken))

    def drop(self, rule: Rule, confidence: float, words: str, why: str, lines: tuple[int, int] = (0, 0)) -> None:
        """Record that words are left out, whole."""
        self.decide(rule, confidence, words, "", why, words, lines)

    def count(self, rule: Rule, what: str, why: str) -> None:
        """Note a small thing that may come many times; it is told once, with how often it came and where first."""
        self._counted.setdefault(rule, Counter())[what] += 1
        self._reasons.setdefault(rule, (why, self.at))

    def span(self, element: Any) -> tuple[int, int]:
        """Return the first and the last line of an element of a page, or that of what it stands in; zeros if it has no place."""
        found = [self.places[each] for each in element.iter() if each in self.places]
        found = found or [self.places[up] for up in element.iterancestors() if up in self.places][:1]
        return (min(found), max(found)) if found else (0, 0)

    def spared(self, element: Any) -> list[Any]:
        """Return what a person wants kept of an element that is to be left out: the parts whose lines are pinned."""
        if not self.rules.pins:
            return []
        wanted = [each for each in element.iter() if each in self.places and self._kept(self.places[each])]
        inside = {id(inner) for each in wanted for inner in each.iterdescendants()}
        return [each for each in wanted if id(each) not in inside]

    def _kept(self, line: int) -> bool:
        pin = self.rules.pin(line)
        return pin is not None and pin.kind not in OUTSIDE

    def finished(self) -> Decisions:
        """Return all decisions in the order of their places."""
        counted = tuple(
            Decision(rule.code, 0.9, at, at, _listed(names.items()), "", why)
            for rule, names in self._counted.items()
            for why, at in (self._reasons[rule],)
        )
        return tuple(sorted((*self.decisions, *counted), key=lambda one: (one.first, one.last)))


def _listed(names: Iterable[tuple[str, int]]) -> str:
    return ", ".join(name if count == 1 else f"{name} ({count} times)" for name, count in sorted(names))
