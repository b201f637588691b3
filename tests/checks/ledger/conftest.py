"""A small book of many kinds of things, and all editions of it, which the tests of the ledger damage."""

import shutil
from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import Path

import pytest

from samizdat import config, editions
from samizdat.checks.ledger import Account, accounts
from samizdat.editions.edition import Edition, Press, prepare
from samizdat.importers import read_book
from samizdat.model.book import Book
from samizdat.workspace import template_folders

Editions = Mapping[str, tuple[Book, Mapping[str, bytes]]]
"""By their names: the book as each has it, and its files."""
Shop = Callable[..., Editions]
Count = Callable[[Book, Mapping[str, bytes]], Account]
ALL = "epub html kepub large-print pamphlet print screen web".split()


class House:
    """Makes the editions of the book, perhaps with something in its sources replaced."""

    def __init__(self, folder: Path, source: Path) -> None:
        self._folder = folder
        self._source = source
        self._memory: dict[tuple[str | bytes, ...], bytes] = {}

    def _remember(self, make: Callable[[], bytes], *parts: str | bytes) -> bytes:
        if parts not in self._memory:
            self._memory[parts] = make()
        return self._memory[parts]

    def __call__(self, old: str = "", new: str = "", names: tuple[str, ...] = tuple(ALL)) -> Editions:
        shutil.copytree(self._source, self._folder, dirs_exist_ok=True)
        changed = not old
        for path in self._folder.glob("*.md"):
            text = path.read_text("utf-8")
            if not changed and old in text:
                path.write_text(text.replace(old, new, 1), "utf-8")
                changed = True
        assert changed
        settings = config.load(self._folder)
        book = read_book(self._folder, settings, self._remember).book
        press = Press("house", template_folders(self._folder), self._remember)
        made: dict[str, tuple[Book, Mapping[str, bytes]]] = {}
        for name, edition in editions.choose(settings, names).items():
            edited = reduce(lambda book, change: change(book), edition.transforms(), prepare(book, edition.notes))
            made[name] = edited, edition.write(edited, press)
        return made


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory, books: Path) -> Shop:
    return House(tmp_path_factory.mktemp("shop") / "house", books / "weigh-house")


@pytest.fixture(scope="session")
def sound(shop: Shop) -> Editions:
    return shop()


@pytest.fixture(scope="session")
def count() -> Count:
    def counted(book: Book, files: Mapping[str, bytes]) -> Account:
        face = next((made.face for name, made in editions.found().items() if f"-{name}.pdf" in "".join(files)), Edition.face)
        ((_, account),) = accounts(book, files, face)
        return account

    return counted
