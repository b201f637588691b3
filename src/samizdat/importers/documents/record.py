"""The record of a document's import: each decision with its rule, how sure it is, what stood there and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from samizdat.importers.plain.record import Decision, Decisions, excerpt
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


@dataclass
class Record:
    """What was decided while a document is read, in order. Small things that repeat are counted and told once."""

    decisions: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _counted: dict[Rule, Counter[str]] = field(default_factory=dict)
    _reasons: dict[Rule, str] = field(default_factory=dict)

    def decide(self, rule: Rule, confidence: float, before: str, after: str, why: str, taken: str = "") -> None:
        """Record a decision. `taken` are all the words that are left out by it."""
        self.decisions.append(
            Decision(rule.code, confidence, 0, 0, excerpt(before), excerpt(after), why, " ".join(taken.split()))
        )

    def drop(self, rule: Rule, confidence: float, words: str, why: str) -> None:
        """Record that words are left out, whole."""
        self.decide(rule, confidence, words, "", why, words)

    def count(self, rule: Rule, what: str, why: str) -> None:
        """Note a small thing that may come many times; it is told once, with how often it came."""
        self._counted.setdefault(rule, Counter())[what] += 1
        self._reasons.setdefault(rule, why)

    def finished(self) -> Decisions:
        """Return all decisions, those that were counted at the end."""
        counted = tuple(
            Decision(rule.code, 0.9, 0, 0, _listed(names.items()), "", self._reasons[rule])
            for rule, names in self._counted.items()
        )
        return (*self.decisions, *counted)


def _listed(names: Iterable[tuple[str, int]]) -> str:
    return ", ".join(name if count == 1 else f"{name} ({count} times)" for name, count in sorted(names))
