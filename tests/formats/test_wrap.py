"""The cover around a printed book: bars that a till reads, a spine of the right width, words where they belong."""

import datetime
import io
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samizdat.checks.pdf import check_print
from samizdat.editions.edition import Press
from samizdat.editions.wrap import Wrap
from samizdat.formats.press import MILLIMETRE
from samizdat.formats.wrap.barcode import Barcode, barcode, isbn13
from samizdat.formats.wrap.spine import thickness, upwards
from samizdat.model.book import Book, Metadata, Person
from samizdat.problems import SamizdatError
from samizdat.workspace import house_templates

ISBN = "978-0-306-40615-7"
A = dict(zip("3211 2221 2122 1411 1132 1231 1114 1312 1213 3112".split(), "0123456789", strict=True))
"""Widths of space, bar, space, bar in a digit of the set called A; B is its mirror image, C its negative."""
SETS = "AAAAAA AABABB AABBAB AABBBA ABAABB ABBAAB ABBBAA ABABAB ABABBA ABBABA".split()


def read(code: Barcode, first: int, count: int) -> list[int]:
    """Read bars as a till does: the widths of bars and spaces between them, from the bar `first` on."""
    bars = sorted(code.bars, key=lambda bar: bar.x)[first : first + count]
    widths = [round(bars[0].width)]
    for one, other in pairwise(bars):
        widths += [round(other.x - one.x - one.width), round(other.width)]
    return widths


def decode(code: Barcode) -> str:
    """Read the thirteen digits back, the first of which is told by the sets of the six after it."""
    widths = read(code, 0, 30)
    assert widths[:3] == widths[-3:] == [1, 1, 1]
    assert widths[27:32] == [1] * 5
    groups = ["".join(map(str, widths[start : start + 4])) for start in (*range(3, 27, 4), *range(32, 56, 4))]
    kinds = "".join("A" if group in A else "B" for group in groups[:6])
    digits = [A.get(group) or A[group[::-1]] for group in groups[:6]] + [A[group] for group in groups[6:]]
    return f"{SETS.index(kinds)}{''.join(digits)}"


@given(st.integers(0, 10**9 - 1), st.sampled_from(["978", "979"]))
def test_every_isbn_is_read_back(number: int, prefix: str) -> None:
    body = f"{prefix}{number:09}"
    (digits,) = [f"{body}{check}" for check in range(10) if _sound(f"{body}{check}")]
    assert decode(barcode(digits)) == digits


def _sound(digits: str) -> bool:
    return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0


def test_quiet_zones_and_sizes() -> None:
    code = barcode(ISBN, "51299")
    bars = sorted(code.bars, key=lambda bar: bar.x)
    assert bars[0].x >= 11
    assert bars[30].x - (bars[29].x + bars[29].width) >= 9
    assert code.width - (bars[-1].x + bars[-1].width) >= 5
    plain = barcode(ISBN)
    # 37.29 by 22.85 mm of bars at 100 % (GS1)
    assert plain.width * 0.33 == pytest.approx(37.29, abs=0.01)
    assert min(bar.height for bar in plain.bars) * 0.33 == pytest.approx(22.85, abs=0.01)
    # 5 is 0110001, and 5 + 2 + 9 times 3, 1 + 9 times 9 end in 8: the sets of 8 are odd, even, odd, even, odd
    assert read(code, 30, 16)[:9] == [1, 1, 2, 1, 2, 3, 1, 1, 1]


def test_numbers_that_are_none() -> None:
    assert isbn13("ISBN 0-306-40615-2") == isbn13(ISBN) == "9780306406157"
    assert isbn13("0-8044-2957-X") == "9780804429573"
    for wrong in ("978-0-306-40615-8", "0-306-40615-3", "12345", "9770306406157", ""):
        with pytest.raises(SamizdatError, match="ISBN"):
            isbn13(wrong)
    with pytest.raises(SamizdatError, match="beside"):
        barcode(ISBN, "1299")


def test_spines() -> None:
    assert thickness(240, 100, 1.25, 0) == pytest.approx(15.0)
    assert thickness(239, 100, 1.25, 250) == pytest.approx(15.5)
    assert Wrap(house="kdp-cream").thickness(200) == pytest.approx(12.7)
    assert Wrap(spine="9.5mm").thickness(300) == pytest.approx(9.5)
    assert Wrap().thickness(48) == Wrap(binding="stapled", spine="9mm").thickness(200) == 0
    assert [upwards(language) for language in ("en-GB", "de", "fr-CA", "sv", "ar")] == [False, True, True, False, False]


def made(pages: int, options: dict[str, Any], **changes: Any) -> bytes:
    facts = {"language": "en", "description": "A book about books. " * 9, "publisher": "Kettle Press", "isbn": ISBN} | changes
    people = () if "direction" in changes else (Person("Ann Author"),)
    title = facts.pop("title", "Ink and Paper")
    metadata = Metadata(title, identifier="urn:x", date=datetime.date(2026, 3, 9), people=people, **facts)

    class Counted(Wrap):
        def set(self, book: Book, press: Press) -> Any:
            del book, press
            return SimpleNamespace(pages=[None] * pages)

    press = Press("book", (house_templates(),), lambda make, *_parts: make())
    (data,) = Counted(**options).write(Book(metadata, (), (), ()), press).values()
    return data


def words(data: bytes) -> list[tuple[str, tuple[float, ...]]]:
    """The runs of text, and where they stand, in mm."""
    text = pypdfium2.PdfDocument(data)[0].get_textpage()
    boxes = [text.get_rect(index) for index in range(text.count_rects())]
    return [(text.get_text_bounded(*box).strip(), tuple(edge / MILLIMETRE for edge in box)) for box in boxes]


@pytest.mark.parametrize(
    "changes", [{}, {"language": "ar", "direction": "rtl", "title": "كتاب"}, {"language": "ja", "title": "羅生門"}]
)
def test_a_wrap_passes_preflight(changes: dict[str, str]) -> None:
    data = made(300, {"marks": True, "price": "51299"}, **changes)
    assert list(check_print(data)) == []
    spine = thickness(300, 90, 1.25, 250)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (page,) = pdf.pages
        left, bottom, right, top = (float(edge) / MILLIMETRE for edge in page.trimbox)
        assert (right - left, top - bottom) == pytest.approx((2 * 148 + spine, 210), abs=0.05)
    assert data == made(300, {"marks": True, "price": "51299"}, **changes)


@pytest.mark.parametrize(("language", "author_above"), [("en", True), ("de", False)])
def test_the_spine_is_lettered_as_the_language_has_it(language: str, author_above: bool) -> None:
    data = made(300, {}, language=language)
    spine = thickness(300, 90, 1.25, 250)
    heights = {text: box[1] for text, box in words(data) if box[0] >= 151 and box[2] <= 151 + spine}
    author = next(height for text, height in heights.items() if "Ann" in text)
    press = next(height for text, height in heights.items() if "Kettle" in text)
    assert (author > press) is author_above


def test_a_thin_book_has_no_letters_on_its_back() -> None:
    def lettered(data: bytes, spine: float) -> bool:
        return any(150 < (box[0] + box[2]) / 2 < 152 + spine for _text, box in words(data))

    assert lettered(made(300, {}), thickness(300, 90, 1.25, 250))
    for pages, options in ((40, {}), (300, {"binding": "stapled"}), (300, {"spine": "3mm"}), (300, {"lettering": "none"})):
        assert not lettered(made(pages, options), 3.0)


def test_a_long_blurb_is_cut_and_covers_nothing() -> None:
    data = made(300, {}, description="Much is to be said of this book, and more of the other. " * 90)
    assert list(check_print(data)) == []
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    assert "…" in text
    assert text.count("Much") > 8
