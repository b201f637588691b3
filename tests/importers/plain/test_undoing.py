"""Every decision can be undone in one line, whatever decisions there are: the import stays whole, and that decision is gone."""

from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samizdat.importers.plain import ledger, reading
from samizdat.importers.plain.reading import Reading
from samizdat.importers.plain.record import PassageKind
from samizdat.importers.plain.rules import NO_RULES, read
from samizdat.importing import rules_of

TEXT = dedent("""\
    Title: The Weir
    Author: Ines Karlsen

    THE WEIR

    by Ines Karlsen

    Contents

    The Sluice
    The Keeper

    THE SLUICE

    The sluice was opened each spring by two men who did not like one ano-
    ther -- and each had his "own" key to it, a _heavy_ one, on a long chain.[1]
    Nobody asked the the two why that was, since nobody could have borne it,
    and the water went down all the same... as water does in every spring.

        The keeper shall open the sluice on the first day of the month
        of April, in the presence of his deputy, and shall close it on
        the last day of May, or when he is told to do so by the mayor.

    So much for the rules. What was sung in the inn on the evening of it was

        Open the gate, the water is high,
          The mill is asleep and the meadow is dry,
        Open the gate and let it go by,
          And nobody, nobody knows.

    * * *

    Things that were found in the basin when it had been emptied out at last

    1. a boot
    2. a key of the same make as the others
    3. the deputy's hat

    Page 12

    THE KEEPER

    The keeper lived above the weir for thirty years and had never been seen
    to swim. When he was asked about it he would say that a man who keeps a
    river does not need to be kept by one, and that he was busy at any rate.

    SLUICE: a gate that goes up and down.

    WEIR: a wall that a river goes over.

    MAYOR: a man who is told of it.

    It is said that the the keeper was buried with his key, which was heavy,
    and that the new one had to be made from the memory of a blacksmith who
    had never seen it. It fits, more or less, and the water goes down again.

    [1] The chain was in two parts.
    """)
LAST = TEXT.count("\n")


def _read(rules: str = "") -> Reading:
    given_ = read(rules, "import-rules.toml", rules_of()) if rules else NO_RULES
    return reading.read(TEXT.encode(), "weir", given_)


PLAIN = _read()
DOUBTS = ledger.doubts(ledger.write(ledger.Origin("weir.txt", PLAIN.sha256), PLAIN.account, PLAIN.decisions), frozenset())


def test_the_text_has_decisions_of_many_kinds() -> None:
    assert {doubt.code[0] for doubt in DOUBTS} >= set("BCFGHLMNPQV")
    assert [doubt.code for doubt in DOUBTS if not doubt.undoing and doubt.code[0] != "F"] == []


@pytest.mark.parametrize("doubt", [each for each in DOUBTS if each.undoing], ids=lambda doubt: f"{doubt.code}@{doubt.first}")
def test_the_line_that_undoes_a_decision_undoes_it_and_no_word_is_lost(doubt: ledger.Doubt) -> None:
    again = _read(doubt.undoing)
    assert not again.account.missing
    assert (doubt.code, doubt.first) not in {(one.rule, one.first) for one in again.decisions}
    assert _read(doubt.undoing).books == again.books


@pytest.mark.parametrize("doubt", DOUBTS, ids=lambda doubt: f"{doubt.code}@{doubt.first}")
def test_an_accepted_decision_is_not_shown_again_and_changes_nothing(doubt: ledger.Doubt) -> None:
    again = _read(doubt.accepting)
    assert again.books == PLAIN.books
    assert doubt.code in {one.rule for one in again.decisions}


_KINDS = [kind.value for kind in PassageKind if kind is not PassageKind.UNKNOWN]
_LINES = st.tuples(st.integers(1, LAST + 2), st.integers(0, 9), st.sampled_from(_KINDS))
_RULES = st.builds(
    lambda off, pins: (
        [f'{code} = "off"' for code in sorted(off)] + list({a: f'{a}-{a + n} = "{k}"' for a, n, k in pins}.values())
    ),
    st.sets(st.sampled_from(sorted({one.rule for one in PLAIN.decisions})), max_size=3),
    st.lists(_LINES, max_size=4),
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(_RULES)
def test_whatever_a_person_decides_no_word_is_lost(rules: list[str]) -> None:
    found = _read("\n".join(rules))
    assert not found.account.missing
    counted = found.account
    assert counted.captured + counted.extra.total() == counted.kept + counted.gone
