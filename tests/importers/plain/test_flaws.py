from collections.abc import Callable

import pytest

from samizdat.importers.plain.record import Decision, Passages

See = Callable[..., tuple[Passages, tuple[Decision, ...]]]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The boat was was sold on Thursday.", "F52"),
        ("“The boat was sold on Thursday.\n\nNobody answered him.", "F53"),
        ("The boat was sold , and nobody knew.", "F54"),
        ("The boat was sold on Thursday. and nobody knew of it.", "F55"),
    ],
)
def test_a_flaw_is_reported_and_left(see: See, text: str, rule: str) -> None:
    passages, decisions = see(text)
    assert [decision.rule for decision in decisions if decision.rule.startswith("F")] == [rule]
    assert text.split("\n", maxsplit=1)[0] in "\n".join(one.text for one in passages)


@pytest.mark.parametrize(
    "text", ["He had had enough.", "“One.\n\n“Two.”", "Dr. Moor vs. the clerk.", "“Sold,” she said, “on Thursday.”"]
)
def test_what_is_no_flaw(see: See, text: str) -> None:
    assert not [decision for decision in see(text)[1] if decision.rule.startswith("F")]
