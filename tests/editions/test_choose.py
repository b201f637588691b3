"""Which editions are made: the standard ones, those that book.toml asks for, and those named on the command line."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from samizdat import config, editions
from samizdat.editions import Edition
from samizdat.editions.epub import Epub
from samizdat.workspace import Workspace

STANDARD = {name for name, edition in editions.found().items() if edition.standard}
OTHERS = {name for name, edition in editions.found().items() if not edition.standard}


def _chosen(folder: Path, tables: str = "", names: tuple[str, ...] = ()) -> Mapping[str, Edition]:
    (folder / "book.toml").write_text(f"{(folder / 'book.toml').read_text('utf-8')}\n{tables}", "utf-8")
    return editions.choose(config.load(folder), names)


@pytest.fixture
def plain(workspace: Workspace) -> Path:
    """The folder of a book whose book.toml says nothing of editions."""
    return workspace.texts / "plain"


def test_a_book_that_says_nothing_gets_the_standard_editions(plain: Path) -> None:
    assert set(_chosen(plain)) == STANDARD
    assert OTHERS


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_a_table_asks_for_an_edition_that_is_not_standard(plain: Path, name: str) -> None:
    assert set(_chosen(plain, f"[editions.{name}]\n")) == {*STANDARD, name}


def test_an_edition_that_is_not_wanted_is_left_out(plain: Path) -> None:
    assert set(_chosen(plain, "[editions.pamphlet]\nmake = false\n")) == STANDARD - {"pamphlet"}


def test_an_edition_named_by_hand_is_made_whatever_book_toml_says(plain: Path) -> None:
    assert set(_chosen(plain, "[editions.pamphlet]\nmake = false\n", ("pamphlet",))) == {"pamphlet"}


def test_page_numbers_are_promised_only_where_something_has_pages(plain: Path) -> None:
    assert _numbers(_chosen(plain)["epub"]) == "printed"
    paged = [name for name, edition in editions.found().items() if edition.pages is not Edition.pages]
    none = "".join(f"[editions.{name}]\nmake = false\n" for name in paged)
    assert _numbers(_chosen(plain, none)["epub"]) == "none"


def _numbers(edition: Edition) -> str:
    assert isinstance(edition, Epub)
    return edition.pagination.numbers
