"""The proof for documents: no false alarm, and a true one stops the import unless a person accepts it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samizdat import importing
from samizdat.importers import bounded
from samizdat.importers.documents import proof, reading
from samizdat.importers.documents.metadata import Facts
from samizdat.importers.documents.nodes import node, words
from samizdat.importers.documents.reading import Document
from samizdat.importers.documents.record import Record
from samizdat.importers.plain.proof import Account
from samizdat.importers.plain.record import Line
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Paragraph
from samizdat.model.book import Section
from samizdat.model.inline import Text
from samizdat.model.kind import Kind
from samizdat.problems import SamizdatError

ReadBytes = Callable[[str, bytes], Document]

LINES = (Line(1, "It ran below the mill."), Line(2, "Nobody fishes here."))


def _counted(*said: str) -> Account:
    raw = [[node("Para", words(line.text))] for line in LINES]
    section = Section("weir", Kind.CHAPTER, blocks=tuple(Paragraph((Text(text),)) for text in said))
    return proof.account(raw, (), [section], Facts(), ())


def test_lines_of_a_script_without_spaces_may_be_joined(read_bytes: ReadBytes) -> None:
    document = read_bytes("weir.muse", "#title 堰\n\n堰の水は、\n深くて誰も\nその底を知らない。\n".encode())
    assert not document.account.missing


def test_a_word_that_a_comment_or_a_change_cuts_is_one_word(read_bytes: ReadBytes, made: Any) -> None:
    changed = (
        '<w:p><w:r><w:t>Below the m</w:t></w:r><w:del w:id="1" w:author="B"><w:r><w:delText>ain f</w:delText></w:r></w:del>'
        "<w:r><w:t>ill it ran.</w:t></w:r></w:p>"
    )
    document = read_bytes("weir.docx", made.docx(changed))
    assert document.account.left_out == {"D80": 2}
    assert not document.account.missing


def test_formulas_of_a_page_are_counted(read_bytes: ReadBytes) -> None:
    page = b"<html><body><h1>The Weir</h1><p>Depth <math><mi>\xce\xb1</mi><mo>+</mo><mi>b</mi></math> at noon.</p></body></html>"
    assert not read_bytes("weir.html", page).account.missing


def test_a_missing_word_stops_the_import_and_says_where() -> None:
    with pytest.raises(SamizdatError) as stopped:
        proof.settled(_counted("It ran below the mill.", "Nobody here."), LINES, Record())
    told = stopped.value.problems
    assert {problem.code for problem in told} == {"I45"}
    assert "One word" in told[0].message
    assert "“fishes”" in told[0].message
    assert [problem.place.line for problem in told[1:]] == [2]


@pytest.mark.parametrize("accepted", ["I45", "I45@2"])
def test_a_person_may_accept_that_words_are_missing(accepted: str) -> None:
    record = Record(Rules(accepted=frozenset({accepted})))
    counted = proof.settled(_counted("It ran below the mill.", "Nobody here."), LINES, record)
    assert not counted.missing
    assert counted.left_out["I45"] == 1
    assert counted.captured + counted.extra.total() == counted.kept + counted.gone
    assert [(one.rule, one.first, one.taken) for one in record.finished()] == [("I45", 2, "fishes")]


def test_words_in_other_pieces_are_the_same_words() -> None:
    assert not _counted("It ran be low the mill.", "Nobodyfisheshere.").missing
    assert _counted("It ran be the mill.", "Nobodyfishes.").missing == {"below": 1, "here": 1}


def test_the_rules_file_knows_the_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, rules = tmp_path / "weir.md", tmp_path / "rules.toml"
    source.write_text("# The Weir\n\nIt ran below the mill.\n")
    rules.write_text('I45 = "accepted"\n')
    monkeypatch.setattr(reading, "account", lambda *_: _counted("It ran below the mill.", "Nobody here."))
    monkeypatch.setattr(bounded, "run", lambda function, argument, *_: function(argument))
    with pytest.raises(SamizdatError, match="fishes"):
        importing.import_file(source, tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    importing.import_file(source, tmp_path, tmp_path / "out", rules)
    assert 'rule = "I45"' in (tmp_path / "out" / "import.toml").read_text()
