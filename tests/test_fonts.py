from collections.abc import Iterator
from pathlib import Path

import pytest

from samizdat import fonts


def test_every_family_has_an_upright_face() -> None:
    assert {face.family for face in fonts.FACES if not face.bold and not face.italic} == set(fonts.Family)


def test_rules_and_identities_tell_no_place() -> None:
    home = str(Path.home())
    assert all("/" not in text.replace("font:", "") for text in fonts.identities())
    assert home not in fonts.font_faces()
    assert "/usr" not in fonts.font_faces()


@pytest.fixture
def poor_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine with no fonts but what the test puts into the folder."""
    for function in (fonts.files, fonts.font_faces, fonts.identities):
        function.cache_clear()
    monkeypatch.setattr(fonts, "_folders", lambda: iter([tmp_path]))
    yield tmp_path
    for function in (fonts.files, fonts.font_faces, fonts.identities):
        function.cache_clear()


def test_a_missing_font_is_named_with_its_package_and_another_stands_in(poor_machine: Path) -> None:
    (poor_machine / "deep").mkdir()
    (poor_machine / "deep" / "DejaVuSerif.ttf").write_bytes(b"font")
    problems = fonts.missing()
    assert any("LinLibertine_R.otf" in problem.message and "fonts-linuxlibertine" in problem.hint for problem in problems)
    assert (
        'font-family:"Samizdat Serif";font-weight:normal;font-style:normal;src:url("font:DejaVuSerif.ttf")' in fonts.font_faces()
    )


def test_a_machine_that_has_all_has_no_problem(poor_machine: Path) -> None:
    for face in fonts.FACES:
        (poor_machine / face.file).write_bytes(b"font")
    assert fonts.missing() == ()


def test_a_language_has_its_own_family_before_those_of_others() -> None:
    def row(language: str) -> list[str]:
        names = fonts.families(language, "Samizdat Serif").replace("'Samizdat ", "").replace("'", "").split(", ")
        return list(dict.fromkeys(name.split()[0] for name in names))

    assert row("de") == ["Serif", "Arabic", "Han", "World", "Symbols", "Song", "Hangul"]
    assert row("zh")[:2] == row("zh-Hans-CN")[:2] == ["Serif", "Song"]
    assert row("zh-Hant")[:2] == row("zh-TW")[:2] == row("ja")[:2] == ["Serif", "Han"]
    assert row("ko")[:2] == ["Serif", "Hangul"]
    assert all(sorted(row(language)) == sorted(row("de")) for language in ("zh", "ja", "ko", "th", "ar"))


def test_no_two_files_are_one_font_in_a_pdf() -> None:
    names = [(face.css, face.bold, face.italic) for face in fonts.FACES]
    assert len(set(names)) == len(names)  # Tamil was drawn with the letters of Thai, where a book has both
    row = fonts.families("en", fonts.Family.WORLD)
    assert all(f"'{face.css}'" in row for face in fonts.FACES if face.family is fonts.Family.WORLD)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "Linux Libertine"),
        ("th", "Noto Serif Thai"),
        ("hi-IN", "Noto Serif Devanagari"),
        ("or", "Noto Sans Oriya"),
        ("zh-Hans", "AR PL SungtiL"),
        ("zh-Hant", "IPA Mincho"),
        ("ko", "Nanum Myeongjo"),
    ],
)
def test_a_colophon_names_the_type_of_its_language(language: str, name: str) -> None:
    assert fonts.text_type(language) == name


def test_clear_faces_leave_other_scripts_to_their_own() -> None:
    rules = [rule for rule in fonts.font_faces().split("\n") if "Samizdat Clear" in rule or "Samizdat Easy" in rule]
    assert rules
    ranges = [[part.split("-") for part in rule.split("unicode-range:U+")[1].split(";")[0].split(",U+")] for rule in rules]
    assert all(int(last, 16) < 0x600 or int(first, 16) > 0x1CFF for row in ranges for first, last in row)
