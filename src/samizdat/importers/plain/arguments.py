"""The arguments of chapters: what a paragraph below the heading says will happen, in a book whose chapters mostly have one."""

from dataclasses import dataclass
from itertools import pairwise

from samizdat.importers.plain.attributions import signs
from samizdat.importers.plain.habits import OPENING_MARKS, Habits, ends_sentence, habits
from samizdat.importers.plain.inlines import inlines
from samizdat.importers.plain.record import Decision, Decisions, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Blocks, Division, Paragraph, Role
from samizdat.problems import Rule, Severity

ARGUMENT = Rule(
    "Q58",
    Severity.ADVICE,
    "The argument of a chapter",
    "Below most headings of the book stands a paragraph that is set in and is signed by nobody. It says what the chapter is"
    " about; it is no quotation, and is set in the middle.",
)
_FEWEST = 3
_MOSTLY = 0.5
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Argument:
    """What a paragraph is that says what its chapter is about."""


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find the arguments of chapters, before what is set in is taken for a quotation."""
    if not rules.allow(ARGUMENT):
        return passages, ()
    habit = habits(passages, study)
    openings = [at for above, at in pairwise(range(len(passages))) if _opens(passages[above], passages[at])]
    found = [at for at in openings if _argues(passages, at, habit)]
    if len(found) < max(_FEWEST, _MOSTLY * len(openings)):
        return passages, ()
    result = list(passages)
    decisions: list[Decision] = []
    for at in found:
        result[at] = passages[at].decided(ARGUMENT, PassageKind.PARAGRAPH, 0.8, data=Argument())
        why = f"set in below a heading, as below {len(found)} of {len(openings)}"
        decisions.append(decide(ARGUMENT, passages[at], 0.8, "what the chapter is about", why))
    return tuple(result), tuple(decisions)


def blocks(passage: Passage, study: Study) -> Blocks:
    """Return the paragraph, in the middle."""
    return (Division((Paragraph(inlines(passage.flowed, study)),), Role.CENTRE),)


def _opens(above: Passage, one: Passage) -> bool:
    """Tell whether text begins right below a heading."""
    return above.kind is PassageKind.HEADING and one.kind is not PassageKind.HEADING


def _argues(passages: Passages, at: int, habit: Habits) -> bool:
    """Tell whether a passage may be an argument: prose that is set in, ends as sentences do, and stands alone."""
    one = passages[at]
    if not one.unknown or not habit.wrapped or not habit.inset(one.lines) or len(one.flowed) > _LONGEST:
        return False
    if one.flowed[0] in OPENING_MARKS or not ends_sentence(one.flowed):
        return False
    below = passages[at + 1] if at + 1 < len(passages) else None
    return below is not None and not habit.inset(below.lines) and not signs(below)
