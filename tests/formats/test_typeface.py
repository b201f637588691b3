"""Fonts that travel: cut to the letters of a book, the same every time, and only those that may."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from samizdat import fonts
from samizdat.formats import typeface
from samizdat.formats.emphases import STYLES, Style
from samizdat.formats.typeface import cut, missing


def opened(face: typeface.Typeface) -> TTFont:
    return TTFont(io.BytesIO(face.resource.data))


def evenly(letters: str) -> dict[Style, frozenset[str]]:
    """The same letters in every style."""
    return dict.fromkeys(STYLES, frozenset(letters))


@pytest.fixture(scope="module")
def latin() -> tuple[typeface.Typeface, ...]:
    return cut(evenly("Eel Lane, 1912\n"))


def test_a_book_brings_the_letters_it_uses_and_no_others(latin: tuple[typeface.Typeface, ...]) -> None:
    assert [(face.family, face.bold, face.italic) for face in latin] == [
        ("Samizdat Serif", False, False),
        ("Samizdat Serif", False, True),
        ("Samizdat Serif", True, False),
        ("Samizdat Serif", True, True),
    ]
    for face in latin:
        assert set(opened(face).getBestCmap()) == {ord(letter) for letter in "Eel Lane, 1912"}
        assert len(face.resource.data) < 20_000


def test_small_capitals_and_old_figures_come_along(latin: tuple[typeface.Typeface, ...]) -> None:
    features = {record.FeatureTag for record in opened(latin[0])["GSUB"].table.FeatureList.FeatureRecord}
    assert {"smcp", "lnum"} <= features or {"smcp", "onum"} <= features


def test_a_cut_font_has_a_name_of_its_own_and_keeps_its_licence(latin: tuple[typeface.Typeface, ...]) -> None:
    names = opened(latin[0])["name"]
    assert {names.getDebugName(number) for number in (1, 4)} == {"Samizdat Serif"}
    assert "Libertine" not in opened(latin[0])["CFF "].cff.topDictIndex[0].FullName
    assert "Open Font" in str(names.getDebugName(13))


def test_a_letter_comes_from_the_first_family_that_has_it() -> None:
    families = {face.family: set(opened(face).getBestCmap()) for face in cut(evenly("abc مدينة 印"))}
    assert families["Samizdat Arabic"] == {ord(letter) for letter in "مدينة"}
    assert families["Samizdat Han"] == {ord("印")}


def test_a_face_brings_the_letters_of_its_style() -> None:
    letters = {**evenly(""), (False, False): frozenset("Eel"), (False, True): frozenset("el")}
    assert [set(opened(face).getBestCmap()) for face in cut(letters)] == [set(map(ord, "Eel")), set(map(ord, "el"))]


def test_the_same_letters_make_the_same_bytes(latin: tuple[typeface.Typeface, ...]) -> None:
    assert cut(evenly("\n2191 ,enaL leE")) == latin


@pytest.fixture
def poor_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine with no fonts but what the test puts into the folder."""
    caches = (fonts.files, fonts.font_faces, fonts.identities)
    for function in caches:
        function.cache_clear()
    monkeypatch.setattr(fonts, "_folders", lambda: iter([tmp_path]))
    yield tmp_path
    for function in caches:
        function.cache_clear()


def test_a_font_that_is_missing_or_may_not_travel_is_named_and_left_out(
    latin: tuple[typeface.Typeface, ...], poor_machine: Path
) -> None:
    bound = opened(latin[0])
    bound["OS/2"].fsType = 8
    bound.save(poor_machine / "Georgia.ttf")
    problems = missing()
    assert {problem.code for problem in problems} == {"E43"}
    assert "LinLibertine_R.otf is not installed, and Georgia.ttf may not be given on" in problems[0].message
    assert "apt install fonts-linuxlibertine" in problems[0].hint
    assert any(problem.message.startswith("Amiri-Regular.ttf is not installed;") for problem in problems)
    assert cut(evenly("Eel Lane")) == ()


def test_type_is_named_as_it_is(poor_machine: Path) -> None:
    assert fonts.text_type("en") == ""
    (poor_machine / "DejaVuSerif.ttf").write_bytes(b"font")
    fonts.files.cache_clear()
    assert fonts.text_type("en") == "DejaVu Serif"


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en-GB", "Linux Libertine"),
        ("he", "Linux Libertine"),
        ("ar", "Amiri"),
        ("fa-IR", "Amiri"),
        ("ja", "IPA Mincho"),
        ("th", "Noto Serif Thai"),
    ],
)
def test_what_the_colophon_says_is_true(language: str, name: str) -> None:
    assert fonts.text_type(language) == name


def test_no_type_is_named_for_a_script_that_the_machine_lacks(poor_machine: Path) -> None:
    (poor_machine / "DejaVuSerif.ttf").write_bytes(b"font")
    fonts.files.cache_clear()
    assert fonts.text_type("th") == ""
