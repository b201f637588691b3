"""The rules file: everything that can be said in it, and everything that can be said wrongly."""

import pytest

from samizdat.importers.plain.record import Decision, PassageKind
from samizdat.importers.plain.rules import Pin, Rules, read
from samizdat.problems import Problem, SamizdatError

KNOWN = ("H53", "H57", "V51", "X80")


def _read(text: str) -> Rules:
    return read(text, "import-rules.toml", KNOWN)


def _faults(text: str) -> tuple[Problem, ...]:
    with pytest.raises(SamizdatError) as raised:
        _read(text)
    return raised.value.problems


def test_one_line_says_one_thing() -> None:
    rules = _read(
        'H53 = "off"\n85 = "heading 2"\n405-567 = "debris"\n"H57@15" = "accepted"\n9 = "note 7"\n3 = "metadata title"\n'
    )
    assert rules.off == frozenset({"H53"})
    assert rules.accepted == frozenset({"H57@15"})
    assert [(pin.first, pin.last, pin.kind, pin.level, pin.call, pin.says, pin.at) for pin in rules.pins] == [
        (85, 85, PassageKind.HEADING, 2, 0, "", 2),
        (405, 567, PassageKind.DEBRIS, 0, 0, "", 3),
        (9, 9, PassageKind.NOTE, 0, 7, "", 5),
        (3, 3, PassageKind.METADATA, 0, 0, "title", 6),
    ]


def test_lists_and_tables_say_the_same() -> None:
    rules = _read('off = ["H53"]\naccepted = ["H57@15"]\n[[pin]]\nline = 85\nkind = "heading"\nlevel = 2\n')
    assert rules.off == frozenset({"H53"})
    assert rules.accepted == frozenset({"H57@15"})
    assert rules.pins == (Pin(85, 85, PassageKind.HEADING, 2, at=3),)
    assert _read('pin = [{ first = 8, last = 9, kind = "verse" }]').pins[0].kind is PassageKind.VERSE


@pytest.mark.parametrize(
    ("text", "code", "line", "hint"),
    [
        ('H58 = "off"', "I30", 1, "H5"),
        ('\noff = ["H53",\n  "M99"]', "I30", 3, "import.toml"),
        ('"V52@3" = "accepted"', "I30", 1, "V51"),
        ('4 = "vers"', "I31", 1, "“verse”"),
        ('4 = "unknown"', "I31", 1, "debris"),
        ('4 = "heading 9"', "I31", 1, "heading 2"),
        ('4 = { kind = "verse", level = 2 }', "I31", 1, "heading 2"),
        ('4 = "metadata colour"', "I31", 1, "author"),
        ('4 = { kind = "verse", call = 2 }', "I31", 1, "note 80"),
        ('4 = { kind = "verse", lin = 2 }', "I20", 1, "“line”"),
        ("4 = 5", "I20", 1, "heading 2"),
        ('9-7 = "verse"', "I20", 1, ""),
        ('\n[[pin]]\nkind = "verse"', "I20", 2, "line = 85"),
        ("pin = 3", "I20", 1, ""),
        ('of = ["H53"]', "I20", 1, "“off”"),
        ('off = "H53"', "I20", 1, '["H53"]'),
        ('H53 = "on"', "I20", 1, "“off”"),
        ('"H53@4" = "off"', "I20", 1, "accepted"),
        ('H53 = "off"\n[', "I20", 2, "off"),
    ],
)
def test_what_is_said_wrongly_is_told_with_its_line(text: str, code: str, line: int, hint: str) -> None:
    problem = _faults(text)[0]
    assert (problem.code, problem.place.file, problem.place.line) == (code, "import-rules.toml", line)
    assert hint in problem.hint


def test_a_rule_can_be_accepted_for_all_that_it_did() -> None:
    assert _read('H57 = "accepted"').accepted == frozenset({"H57"})


def test_all_faults_are_told_at_once() -> None:
    assert [problem.place.line for problem in _faults('H99 = "off"\n4 = "poem"\nx = 1')] == [1, 2, 3]


def test_what_changes_nothing_is_told() -> None:
    rules = _read('H53 = "off"\nX80 = "off"\nV51 = "off"\n"H57@9" = "accepted"\n400 = "verse"\n3 = "verse"\n4 = "quote"')
    made = (Decision("H57", 0.7, 8, 8, "", "", ""), Decision("F51", 1.0, 4, 4, "", "", ""))
    problems = list(rules.unheeded(made, frozenset({"H53", "H57"}), frozenset({"X80"}), 120))
    assert [(problem.code, problem.place.line) for problem in problems] == [
        ("I32", 3),
        ("I33", 2),
        ("I32", 4),
        ("I32", 5),
        ("I32", 6),
    ]
    assert problems[2].hint == "Did you mean “H57@8”?"
