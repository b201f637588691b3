"""book.toml: what it may say, and where its faults are found. The wording of the faults is in tests/checks/C*."""

import datetime
import pickle
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from samizdat import config
from samizdat.config.ids import file_id, slug, unused
from samizdat.config.lines import line_of, lines
from samizdat.model.book import Person, Series
from samizdat.model.kind import Kind
from samizdat.problems import Place, SamizdatError

SMALL = """title = "A Case"
language = "en-GB"
identifier = "urn:case"
date = 2026-11-23
"""
SECTION = '[[sections]]\nfile = "one.md"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "case"
    place.mkdir()
    (place / "one.md").write_text("# One\n\nWords.\n", "utf-8")
    return place


def load(folder: Path, toml: str) -> config.BookConfig:
    (folder / "book.toml").write_text(toml, "utf-8")
    return config.load(folder)


def faults(folder: Path, toml: str) -> list[tuple[str, int]]:
    with pytest.raises(SamizdatError) as raised:
        load(folder, toml)
    return [(problem.code, problem.place.line) for problem in raised.value.problems]


def test_all_that_it_may_say(books: Path) -> None:
    settings = config.load(books / "specimen")
    assert settings.metadata.title == "A Tiny Specimen"
    assert settings.metadata.date == datetime.date(2026, 11, 23)
    assert settings.metadata.people[0] == Person("Agnes Pollitt", "author", "Pollitt, Agnes")
    assert settings.metadata.series == Series("Small Books", 1)
    assert settings.metadata.direction == "ltr"
    assert settings.sections[0] == config.SectionEntry("00-dedication.md", Kind.DEDICATION)
    assert settings.sections[2] == config.SectionEntry("", Kind.PART, "Part One: The Shop")
    assert settings.page == {"size": "A5", "opening": "recto"}
    assert settings.editions == {"pamphlet": {"sheet": "A4"}}
    assert settings.problems == ()
    assert pickle.loads(pickle.dumps(settings)) == settings  # noqa: S301  goes to the workers


def test_the_least_that_it_must_say(folder: Path) -> None:
    settings = load(folder, "\ufeff" + SMALL.replace("\n", "\r\n") + SECTION)
    assert settings.sections == (config.SectionEntry("one.md"),)
    assert settings.metadata.people == ()


def test_direction_follows_the_language(folder: Path) -> None:
    assert load(folder, SMALL.replace("en-GB", "ar-EG") + SECTION).metadata.direction == "rtl"
    assert load(folder, SMALL.replace("en-GB", "ar-EG") + 'direction = "ltr"\n' + SECTION).metadata.direction == "ltr"


def test_one_path_however_it_is_written(folder: Path) -> None:
    assert load(folder, SMALL + '[[sections]]\nfile = "./one.md"\n').sections[0].file == "one.md"


def test_letters_and_their_accents_are_one_sign_and_files_are_found_in_either_spelling(folder: Path) -> None:
    (folder / "e\u0301te\u0301.md").write_text("# Summer\n", "utf-8")
    loaded = load(
        folder, SMALL.replace("en-GB", "fr") + 'publisher = "E\u0301te\u0301"\n[[sections]]\nfile = "\u00e9te\u0301.md"\n'
    )
    assert loaded.metadata.publisher == "Été"
    assert config.confine(folder, loaded.sections[0].file).read_text("utf-8") == "# Summer\n"


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "circle.md").symlink_to(folder / "circle.md")
    assert faults(folder, SMALL + '[[sections]]\nfile = "link.md"\n[[sections]]\nfile = "circle.md"\n') == [
        ("C06", 6),
        ("C06", 8),
    ]
    (folder / "book.toml").unlink()
    (folder / "book.toml").symlink_to(tmp_path / "secret.md")
    with pytest.raises(SamizdatError, match="leads out of"):
        config.load(folder)


@pytest.mark.parametrize("name", ["a\\u0000b", " ", "..", "C:\\\\x.md", "/one.md", "x/../../one.md"])
def test_paths_that_are_none(folder: Path, name: str) -> None:
    assert ("C06", 6) in faults(folder, f'{SMALL}[[sections]]\nfile = "{name}"\n')


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("date = 2026-11-23T10:00:00", "C05"),
        ("date = 20261123", "C05"),
        ("date = true", "C05"),
        ('date = "2026-11-23"', ""),
        ('language = "de_DE"', "C05"),
        ('language = ""', "C05"),
        ('language = "zh-Hant-TW"', ""),
        ('language = "de-1996"', ""),
        ('identifier = "two words"', "C05"),
        ('isbn = "0-306-40615-2"', ""),
        ('isbn = "0-306-40615-3"', "C05"),
        ('colour = "#7a1f1"', "C05"),
        ('colour = "#fff"', ""),
        ('rights = "a\\u0001b"', "C05"),
        ('title = "\\u202Egnp.exe\\u202C"', "C05"),
        ('title = "\\u2067Turned\\u2069"', "C05"),
        ('title = "\\u200B\\uFEFF"', "C05"),
        ('title = "\\u05D0\\u200F!"', ""),
        ("page = 3", "C05"),
        ("sections = []", "C04"),
    ],
)
def test_values(folder: Path, line: str, fault: str) -> None:
    key = line.split(" ", maxsplit=1)[0]
    kept = [other for other in SMALL.splitlines() if not other.startswith(f"{key} ")]
    toml = "\n".join([line, *kept, "" if key == "sections" else SECTION])
    if fault:
        assert faults(folder, toml) == [(fault, 1)]
    else:
        load(folder, toml)


def test_too_large_and_not_text(folder: Path) -> None:
    assert faults(folder, SMALL + SECTION + "#" * 300_000) == [("C01", 0)]
    (folder / "book.toml").write_bytes(SMALL.replace("Case", "Café").encode("latin-1"))
    with pytest.raises(SamizdatError, match="UTF-8"):
        config.load(folder)


def test_a_number_without_end(folder: Path) -> None:
    assert [code for code, _ in faults(folder, f"{SMALL}x = {'9' * 5000}\n{SECTION}")] == ["C02"]


def test_nested_without_end(folder: Path) -> None:
    assert faults(folder, f"{SMALL}subjects = {'[' * 5000}{']' * 5000}\n") == [("C02", 0)]


class Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid")
    size: str = "A4"


def test_faults_for_the_tables_of_editions() -> None:
    toml = 'title = "x"\n\n[editions.pamphlet]\n# which paper\nsise = "A4"\nsize = 4\n'
    with pytest.raises(ValidationError) as raised:
        Sheet.model_validate({"sise": "A4", "size": 4})
    found = config.faults(raised.value, toml, {(): Sheet.model_fields}, lambda _key: ("editions", "pamphlet"))
    assert [(problem.code, problem.place) for problem in found] == [
        ("C05", Place("book.toml", 6, "size = 4")),
        ("C03", Place("book.toml", 5, 'sise = "A4"')),
    ]
    assert found[1].hint == "Did you mean “size”?"


def test_lines() -> None:
    toml = '''
one = """
two = 2
[three]
"""
"a.b".c = [
  "x = 1", # [four]
  { y = "]" },
]
[t]
u.v = { w = 1 }
[[p]]
n = 1
[[p]]
n = '"'
[p.q]
r = 1
'''
    found = lines(toml)
    assert found == {
        ("one",): 2,
        ("a.b",): 6,
        ("a.b", "c"): 6,
        ("t",): 10,
        ("t", "u"): 11,
        ("t", "u", "v"): 11,
        ("p",): 12,
        ("p", 0): 12,
        ("p", 0, "n"): 13,
        ("p", 1): 14,
        ("p", 1, "n"): 15,
        ("p", 1, "q"): 16,
        ("p", 1, "q", "r"): 17,
    }
    assert line_of(found, ("t", "u", "v", "w")) == 11
    assert line_of(found, ("nowhere",)) == 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The Ship’s Chandler", "the-ships-chandler"),
        ("Größe & Maß", "grosse-mass"),
        ("Łódź, Århus, œuvre", "lodz-arhus-oeuvre"),
        ("Глава", ""),
        ("中文", ""),
        ("1912", ""),
        ("  --  ", ""),
        ("word " * 30, "word-word-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_slugs(words: str, expected: str) -> None:
    assert slug(words) == expected


@pytest.mark.parametrize(
    ("file", "expected"),
    [("02-camps.md", "camps"), ("texts/3b_the camps.md", "the-camps"), ("12.md", ""), ("1984ers.md", ""), ("глава.md", "")],
)
def test_ids_from_file_names(file: str, expected: str) -> None:
    assert file_id(file) == expected


def test_unused() -> None:
    used = {"a", "a-2"}
    assert [unused("a", used), unused("a", used), unused("b", used)] == ["a-3", "a-4", "b"]
    assert [unused("c", used) for _ in range(100)][-2:] == ["c-99", "c-100"]


def test_a_table_given_twice_is_named(folder: Path) -> None:
    (folder / "book.toml").write_text(f'{SMALL}[page]\nsize = "A5"\n[page]\nsize = "A4"\n', "utf-8")
    with pytest.raises(SamizdatError) as caught:
        config.load(folder)
    assert caught.value.problems[0].message == "book.toml cannot be read: the table [page] is given twice."
