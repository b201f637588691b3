"""Words are counted alike in every script and spelling."""

import unicodedata

import pytest

from samizdat.model.words import words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Tuyên ngôn toàn thế giới", 5),
        ("மனித உரிமைகள் பற்றிய உலகப் பிரகடனம்", 5),
        ("פָּתַח הַשּׁוֹמֵר אֶת הַשַּׁעַר", 4),
        ("می\u200cخواهم", 1),
        ("Tom’s 3,5 well-known¹ things", 7),
    ],
)
def test_marks_belong_to_their_letters(text: str, number: int) -> None:
    assert len(words(text)) == number
    assert words(unicodedata.normalize("NFD", text)) == words(text)
