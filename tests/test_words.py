"""The program's own words: each in every language it knows, none for nothing."""

import re
from pathlib import Path

import pytest

from samizdat.words import _WORDS, Words
from samizdat.workspace import house_templates

SOURCES = [*house_templates().rglob("*.j2"), *Path(Words.__call__.__code__.co_filename).parent.rglob("*.py")]


@pytest.mark.parametrize("language", _WORDS)
def test_every_language_has_every_word(language: str) -> None:
    assert _WORDS[language].keys() == _WORDS["en"].keys()
    assert all(_WORDS[language].values())


def test_no_word_stands_idle() -> None:
    texts = "".join(path.read_text("utf-8") for path in SOURCES if path.name != "words.py")
    quoted = set(re.findall(r"""["']([a-z-]+)["']""", texts))
    assert set(_WORDS["en"]) <= quoted


def test_an_unknown_language_falls_back_to_english() -> None:
    assert Words("cy")("page") == "page"
    assert Words("de-AT")("page") == "Seite"
