"""Pages from right to left say what the book says: marks, three points in one sign, brackets, lists, Latin letters in them."""

from collections.abc import Callable
from functools import reduce
from pathlib import Path

import pytest

from samizdat import config, editions
from samizdat.checks.ledger import Account, accounts
from samizdat.checks.ledger.pages import read
from samizdat.editions.edition import Press, prepare
from samizdat.importers import read_book
from samizdat.workspace import template_folders

TOML = """
title = "{title}"
subtitle = "Les Écluses (et leurs gardiens)"
language = "{language}"
identifier = "urn:uuid:6b0e3a53-5d2c-4d0e-8f57-94a1c3b7e210"
rights = "The words may be shared (CC BY-SA 3.0), with the name of the keeper."
publisher = "Éditions de l’Écluse"
[[people]]
name = "Agnès Pollitt"
[[sections]]
file = "01.md"
"""
BOOKS = {
    "ar": (
        "الحارس",
        """# البوّابة

فَتَحَ الحارِسُ البوّابةَ… ثمّ أغلقها (مرّتينِ، كما قِيل…). كتبَ «ستـة» عامَ 1931 في دفترِ “Lock (No. 4)” ومضى.[^a]

1. قبضۂ قدرت

   - مرّةً

2. ثانيًا (1931).

[^a]: لم يَعُدْ [أبدًا]، على ما يُقال.
""",
    ),
    "he": (
        "השומר",
        """# הַשַּׁעַר

פָּתַח הַשּׁוֹמֵר אֶת הַשַּׁעַר… וְסָגַר (פעמיים, ⑪ שנים…). בִּשְׁנַת 1931 כָּתַב “Lock (No. 4)” וְהָלַךְ.[^a]

[^a]: לֹא שָׁב [עוד], כך אומרים.
""",
    ),
}


@pytest.fixture(scope="module", params=BOOKS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Callable[[bytes], Account]]:
    """Make a book for the screen; returns the PDF, and what keeps the ledger of one."""
    title, text = BOOKS[request.param]
    folder: Path = tmp_path_factory.mktemp("lock") / "lock"
    folder.mkdir()
    (folder / "book.toml").write_text(TOML.format(title=title, language=request.param), "utf-8")
    (folder / "01.md").write_text(text, "utf-8")
    settings = config.load(folder)
    edition = editions.choose(settings, ("screen",))["screen"]

    def remember(make: Callable[[], bytes], *_: str | bytes) -> bytes:
        return make()

    book = prepare(read_book(folder, settings, remember).book, edition.notes)
    book = reduce(lambda book, change: change(book), edition.transforms(), book)
    files = edition.write(book, Press("lock", template_folders(folder), remember))
    ((name, data),) = files.items()

    def account(data: bytes) -> Account:
        ((_, found),) = accounts(book, {name: data}, edition.face)
        return found

    return data, account


def test_nothing_is_missed_or_added(made: tuple[bytes, Callable[[bytes], Account]]) -> None:
    data, account = made
    found = account(data)
    assert found.problems == []
    assert found.owed == found.found > 60


def test_brackets_face_the_words_between_them(made: tuple[bytes, Callable[[bytes], Account]]) -> None:
    (copy,), _ = read(made[0], rtl=True)
    lines = "\n".join(way for leaf in copy.leaves for line in leaf for way in (line.text, *line.others))
    assert "(No. 4)" in lines
    assert "(CC BY-SA 3.0)" in lines
    assert "[أبدًا]" in lines or "[עוד]" in lines
