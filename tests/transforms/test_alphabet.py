"""Words in the order of each language's alphabet, and the letters they stand under."""

import pytest

from samizdat.transforms.alphabet import initial, sort_key


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "& 9 10 ache Ächzen Aztec co-op coop œuvre Œuvres old ŷ z ή п"),
        ("sv", "arm zebra åka ära öl"),
        ("da", "abe zebra æble øl år"),
        ("de", "Ofen Öfen Ofenrohr Öl Straße Strassen"),
        ("es", "nación nube ñandú obra"),
        ("pl", "lato los łaska mapa"),
        ("cs", "cena čas hora chata iris"),
        ("hu", "cukor csak dal"),
        ("ru", "ёж ёлка ель жук игра йод яма zoo"),
        ("uk", "гора ґанок дім ель єнот ива іній їжак йод"),
        ("el", "άλφα βήτα ὦτα"),
        ("tr", "ılık isim jilet"),
        ("ja", "あめ イヌ うみ が かき 本"),
        ("he", "אבא בית"),
    ],
)
def test_order(language: str, words: str) -> None:
    given = words.split()
    mixed = [*given[1::2], *given[::2]]
    assert sorted(mixed, key=lambda word: sort_key(word, language)) == given


def test_words_are_compared_one_by_one() -> None:
    assert sorted(["Newark", "New York", "new"], key=lambda word: sort_key(word, "en-GB")) == ["new", "New York", "Newark"]


@pytest.mark.parametrize(
    ("language", "word", "letter"),
    [
        ("en", "“Zion”", "Z"),
        ("en", "Éclair", "E"),
        ("en", "1917", ""),
        ("en", "&", ""),
        ("en", "œuvre", "O"),
        ("sv", "ära", "Ä"),
        ("cs", "chata", "Ch"),
        ("ru", "ёлка", "Е"),
        ("ru", "йод", "Й"),
        ("tr", "isim", "İ"),
        ("tr", "ılık", "I"),
        ("ja", "ガラス", "か"),
        ("zh", "书", "字"),
        ("ar", "أمل", "ا"),
    ],
)
def test_initial(language: str, word: str, letter: str) -> None:
    assert initial(word, language) == letter
