import pytest

from samizdat.model.numerals import roman
from samizdat.typesetting.folios import Folio, Folios, fill, wanted
from samizdat.typesetting.tree import parse


@pytest.mark.parametrize(("number", "numeral"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (1999, "mcmxcix")])
def test_roman(number: int, numeral: str) -> None:
    assert roman(number) == numeral


def _filled(ids: str, **pages: int | str) -> str:
    folios = {
        id_: Folio(Folios.ARABIC, page) if isinstance(page, int) else Folio(Folios.ROMAN, int(page))
        for id_, page in pages.items()
    }
    root = parse(f'<p><span data-folios="{ids}"/></p>')
    fill(root, folios)
    return "".join(root.itertext())


def test_pages_are_listed() -> None:
    assert _filled("a b c", a=3, b=7, c=12) == "3, 7, 12"


def test_a_page_named_twice_is_listed_once() -> None:
    assert _filled("a b c", a=3, b=3, c=12) == "3, 12"


def test_neighbouring_pages_become_a_range() -> None:
    assert _filled("a b c d", a=12, b=13, c=14, d=16) == "12–14, 16"


def test_roman_pages_come_first_and_join_no_arabic_ones() -> None:
    assert _filled("a b c", a=1, b="1", c=2) == "i, 1–2"


def test_each_number_is_a_link_to_its_place() -> None:
    root = parse('<p><span data-folios="a b"/></p>')
    fill(root, {"a": Folio(Folios.ARABIC, 3), "b": Folio(Folios.ARABIC, 9)})
    assert [(link.get("href"), link.text) for link in root.iter("a")] == [("#a", "3"), ("#b", "9")]


def test_a_link_that_asks_keeps_its_own_address() -> None:
    root = parse('<p>page <a data-folios="a"/> and <a data-folios="a" href="#b"/></p>')
    assert wanted(root) == ("a",)
    fill(root, {"a": Folio(Folios.ROMAN, 12)})
    assert "".join(root.itertext()) == "page xii and xii"
    assert [link.get("href") for link in root.iter("a")] == ["#a", "#b"]
