"""What the tests of the passes share: a text is cut into passages and goes through some of the passes."""

from collections.abc import Callable
from textwrap import dedent

import pytest

from samizdat.importers.plain import PASSES, notes
from samizdat.importers.plain.passages import cut
from samizdat.importers.plain.record import Decision, Line, PassageKind, Passages
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.study import study as studied

Seen = tuple[Passages, tuple[Decision, ...]]
See = Callable[..., Seen]

_STRUCTURE = {"debris", "metadata", "contents", "works", "headings"}

PROSE = """\
The ferry had been tied up since noon, and nobody on the quay could say
when the next one would leave. A woman with two baskets sat down on the
steps and began to peel an orange, slowly, as if she had all the time in
the world and meant to use it. Nobody spoke for a long while after that.

Later the wind turned. The flags on the customs house, which had hung
down like washing, stood out all at once to the west, and the harbour
master came out of his door with a paper in his hand and looked at it
twice before he pinned it to the board beside the clock.
"""


@pytest.fixture
def see() -> See:
    """Cut a text and judge it, by the passes that say what a passage is."""

    def seen(text: str, *, off: frozenset[str] = frozenset(), prose: bool = True) -> Seen:
        text = dedent(text)
        whole = f"{PROSE}\n{text}\n\n\n{PROSE}" if prose else text
        lines = tuple(Line(number, line) for number, line in enumerate(whole.split("\n"), start=1))
        passages = cut(lines)
        study = studied(lines, passages)
        decisions: tuple[Decision, ...] = ()
        for judge in PASSES:
            if judge.__module__.rsplit(".", 1)[1] not in _STRUCTURE:
                passages, found = judge(passages, study, Rules(off=off))
                decisions += found
        return passages, decisions

    return seen


@pytest.fixture
def kinds(see: See) -> Callable[..., list[PassageKind]]:
    """Return the kinds that a text's passages are found to be, without the prose around them."""

    def found(text: str, *, prose: bool = True) -> list[PassageKind]:
        passages, _ = see(text, prose=prose)
        around = set(PROSE.split("\n"))
        return [one.kind for one in passages if one.lines[0].text not in around]

    return found


@pytest.fixture
def noted(see: See) -> Callable[..., dict[str, str]]:
    """Return the bodies of the notes that are found in a text, by the word before the call of each."""

    def found(text: str, *, prose: bool = True) -> dict[str, str]:
        passages, _ = see(text, prose=prose)
        bodies = {notes.key(one): one.flowed for one in passages if one.kind is PassageKind.NOTE}
        called: dict[str, str] = {}
        for one in passages:
            for part in (one, *one.parts):
                pieces = part.flowed.replace("\ue001", "\ue000").split("\ue000")
                for before, key in zip(pieces[::2], pieces[1::2], strict=False):
                    called[before.split()[-1]] = bodies.pop(key, called.get(before.split()[-1], "?"))
        assert not bodies
        return called

    return found
