"""The program's own words: each in every language it knows, none for nothing."""

import re
from pathlib import Path

import pytest

from samizdat import words
from samizdat.words import Words, languages, spoken, vocabulary
from samizdat.workspace import house_templates

SOURCES = [*house_templates().rglob("*.j2"), *Path(words.__file__).parents[1].rglob("*.py")]
TABLES = ("book", "headings", "controls", "accessibility")


def slots(sentences: dict[str, str]) -> dict[str, int]:
    return {key: sentence.count("{}") for key, sentence in sentences.items()}


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_word_and_room_for_the_same_figures(language: str) -> None:
    file = words._file(language)
    assert set(file) in (set(TABLES) - {"accessibility"}, set(TABLES))
    for name, table in file.items():
        assert slots(dict(table)) == slots(dict(vocabulary("en", name)))
        assert list(table) == list(vocabulary("en", name))
        assert all(word == word.strip() and word for word in table.values())


@pytest.mark.parametrize("language", [code for code in languages() if code != "en"])
def test_no_language_was_begun_by_copying_english(language: str) -> None:
    for name in words._file(language):
        own, english = vocabulary(language, name), vocabulary("en", name)
        alike = [key for key in own if own[key] == english[key]]
        assert len(alike) <= len(own) / 2, alike


def test_no_word_stands_idle() -> None:
    texts = "".join(path.read_text("utf-8") for path in SOURCES)
    quoted = set(re.findall(r"""["']([a-z-]+)["']""", texts))
    assert {word for table in ("book", "controls", "accessibility") for word in vocabulary("en", table)} <= quoted


def test_an_unknown_language_falls_back_to_english() -> None:
    assert Words("cy")("page") == "page"
    assert Words("de-AT")("page") == "Seite"
    assert Words("nn-NO")("table") == "Tabell"
    assert (spoken("hu", "book"), spoken("hu", "accessibility")) == ("hu", "en")
