"""Decisions about documents are undone in one line, and whatever a person decides, no word is lost."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import samizdat.importers.documents
from samizdat.importers.documents.reading import Document, Order, read
from samizdat.importers.documents.record import FIRM
from samizdat.importers.plain import ledger
from samizdat.importers.plain.record import PassageKind
from samizdat.importers.plain.rules import NO_RULES
from samizdat.importers.plain.rules import read as read_rules
from samizdat.importing import rules_of

PAGE = b"""<html lang="en"><head><title>The Weir</title><meta name="author" content="Ines Karlsen"></head><body>
<nav><ul><li><a href="/a">Home</a></li><li><a href="/b">About us</a></li></ul></nav>
<article><hgroup><h1>One</h1><h1>The Weir</h1></hgroup>
<p>It ran below the mill,<sup><a href="#n1" id="r1">1</a></sup> and nobody knew how deep it was at the lower end.</p>
<div class="related"><h3>Read more</h3><p>The Mill, a history in nine parts.</p></div>
<h2>The Sluice</h2><p>A second paragraph that goes on for some time, so that the page has words.</p>
<table><tr><td>key</td><td>two</td></tr><tr><td>boot</td><td>one</td></tr></table>
<ul><li>clay</li><li><p>straw</p><p>and <i>ash</i></p></li></ul>
<h2>The Keeper</h2><p>Roses are red<br>Violets are blue</p>
<blockquote><h3>Rules</h3><p>Nobody fishes here.</p></blockquote>
<h2>Notes</h2><ol class="footnotes"><li id="n1">Built in 1703. <a href="#r1">back</a></li></ol></article>
<footer>Printed by nobody</footer></body></html>"""
TEXT = b"""---
title: The Weir
---

# One

# The Sluice

It ran *below* the
mill.[^1]

> ## Rules
>
> Nobody fishes here.

1. clay
2. straw

| Roses are red
| Violets are blue

# Two

The Keeper

    line for line

[^1]: Built in 1703.
"""
FILES = {"weir.html": PAGE, "weir.md": TEXT}


def _read(name: str, rules: str = "") -> Document:
    given_ = read_rules(rules, "import-rules.toml", rules_of()) if rules else NO_RULES
    return read(Order(name, FILES[name], rules=given_))


def _doubts(name: str) -> tuple[ledger.Doubt, ...]:
    found = _read(name)
    return ledger.doubts(ledger.write(ledger.Origin(name, ""), found.account, found.decisions), frozenset())


@pytest.mark.parametrize("name", FILES)
def test_the_line_that_undoes_a_decision_undoes_it(name: str) -> None:
    undone = [doubt for doubt in _doubts(name) if doubt.undoing]
    assert len(undone) > 1
    for doubt in undone:
        again = _read(name, doubt.undoing)
        assert (doubt.code, doubt.first) not in {(one.rule, one.first) for one in again.decisions}, doubt
        assert not again.account.missing, doubt


def test_a_rule_that_can_be_turned_off_asks_whether_it_is() -> None:
    """Rules of documents are used in many rooms; one that does not ask its Record must be named among those that are firm."""
    folder = Path(samizdat.importers.documents.__file__).parent
    source = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")))
    names = {code: name for name, code in re.findall(r'(?m)^([A-Z_]+) = Rule\(\s*"([A-Z]\d\d)"', source)}
    decide = {code for code in rules_of(".documents.") if code in names} - FIRM
    # what is taken off a page goes through one function, which asks for all of them
    taken = {"D69", "D82", "D83", "D84", "D87", "D88", "D89"}
    assert {code for code in decide if f"allow({names[code]})" not in source} == taken


@pytest.mark.parametrize("name", FILES)
def test_whatever_a_person_decides_no_word_is_lost(name: str) -> None:
    plain = _read(name)
    kinds = [kind.value for kind in PassageKind if kind is not PassageKind.UNKNOWN]
    pins = st.tuples(st.integers(1, len(plain.lines)), st.integers(0, 5), st.sampled_from(kinds))
    off = st.sets(st.sampled_from(sorted({one.rule for one in plain.decisions})), max_size=2)

    @settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(off, st.lists(pins, max_size=4))
    def decided(codes: set[str], given_: list[tuple[int, int, str]]) -> None:
        rules = [f'{code} = "off"' for code in sorted(codes)]
        rules += {first: f'{first}-{first + more} = "{kind}"' for first, more, kind in given_}.values()
        counted = _read(name, "\n".join(rules)).account
        assert not counted.missing
        assert counted.captured + counted.extra.total() == counted.kept + counted.gone

    decided()
