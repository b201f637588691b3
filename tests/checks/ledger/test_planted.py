"""Losses are planted in a small book, one at a time, and every edition made of the spoiled book must be found out."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

import pikepdf
import pytest

from samizdat.checks.ledger import Account, pages
from samizdat.checks.ledger.align import differences
from samizdat.checks.ledger.pages import GUIDE, SHEET_LABEL
from samizdat.checks.ledger.words import COUNTED, FOLIO
from samizdat.formats.imposition import schemes
from samizdat.model.book import Book
from samizdat.printshop import Order, impose

Editions = Mapping[str, tuple[Book, Mapping[str, bytes]]]
Shop = Callable[..., Editions]
Count = Callable[[Book, Mapping[str, bytes]], Account]

PLANTED = {
    "a word": ("every sack had", "every had"),
    "a paragraph": ("He wrote with care. He never wrote the same word twice, unless the sack had come twice.[^twice]\n\n", ""),
    "a sentence": ("He wrote with care. ", ""),
    "a note's tail": (" with very good curtains.", "."),
    "a note's last word": (" pomegranate", ""),
    "two words swapped": ("shut and the lamp", "the lamp shut and"),
    "two neighbours swapped": ("good curtains", "curtains good"),
    "an accent": ("since the café closed", "since the cafe closed"),
    "a number": ("1,250", "1,205"),
    "a hyphen": ("old weigh-house", "old weigh house"),
    "a comma": ("with care. He", "with care, He"),
    "a capital": ("Its clerk", "its clerk"),
    "a title's word": ("# The Brass Weights", "# The Weights"),
    "a cell": ("| May | 392 |", "| May | |"),
    "a row": ("| May | 392 |\n", ""),
    "a caption's word": (": Sacks by month", ": Sacks"),
    "an item": ("12. Set the pan level.\n", ""),
    "a list's number": ("11. Lift", "10. Lift"),
    "an attribution": (">\n> — Jozef Brandl\n", ""),
    "a word told twice": ("names the", "names the the"),
    "a sentence told twice": ("He wrote with care. ", "He wrote with care. He wrote with care. "),
    "the end": (", then the door is shut and the lamp put out", ""),
    "a line of verse": ("|    the pans hang down.\n", ""),
    "a Cyrillic letter": ("Бумага сухая", "Бумага сухай"),
    "a Cyrillic breve": ("открыта настежь", "открыта настеж"),
    "a Greek accent": ("πόρτα", "πορτα"),
    "a Hebrew word": ("הנייר יבש ", "הנייר "),
    "a Hebrew letter": ("פתוחה", "פתוח"),
    "an Arabic word": (" مفتوح", ""),
    "an Arabic letter": ("الورق", "الور"),
    "Hebrew words swapped": ("הנייר יבש", "יבש הנייר"),
    "Hebrew letters swapped": ("פתוחה", "פתחוה"),
    "Arabic words swapped": ("جاف والباب", "والباب جاف"),
    "an Arabic mark": ("بابًا", "بابا"),
    "an Arabic number": ("١٢", "٢١"),
    "a number in Arabic": ("1,905", "1,095"),
    "a Latin name in Hebrew": ("Eel Lane (", "Lane Eel ("),
    "a Japanese sign": ("乾いています", "乾いていま"),
    "a Japanese swap": ("戸は開", "戸開は"),
    "the last words": (" That is all there is.", ""),
    "a Chinese sign": ("门开着", "门开"),
    "a Thai word": (" ทำงานที่นี่", ""),
    "a Thai mark": ("ศักดิ์", "ศักดิ"),
    "a Tamil vowel": ("மை", "ம"),
    "a Khmer letter": ("ស្ងួត", "ស្ងូត"),
    "a space": ("once more", "oncemore"),
}
"""Losses on the way from the source to the editions: what the book has, and what the editions are made of."""
SAMPLE = {"a note's tail", "a space"}
"""What is planted whenever the tests run: the book is made anew for each, and only finished files are quick to spoil."""


def _sampled(losses: Iterable[str]) -> Iterator[object]:
    """Mark most losses for the long run; a few are planted whenever the tests run."""
    for loss in losses:
        yield pytest.param(loss, marks=() if loss in SAMPLE else pytest.mark.long)


def test_nothing_is_missed_where_nothing_is_lost(sound: Editions, count: Count) -> None:
    for name, (book, files) in sound.items():
        assert count(book, files).problems == [], name


def test_the_words_of_the_author_are_counted_apart_from_those_of_pages_that_are_made(sound: Editions, count: Count) -> None:
    counted = {name: count(book, files) for name, (book, files) in sound.items()}
    assert len({counted[name].written for name in ("epub", "html", "kepub", "web")}) == 1
    assert len({counted[name].written for name in ("pamphlet", "print", "screen")}) == 1
    assert all(account.owed > account.written > 300 for account in counted.values())
    assert counted["screen"].owed - counted["screen"].written > counted["html"].owed - counted["html"].written  # it has contents


@pytest.mark.parametrize("loss", list(_sampled(PLANTED)))
def test_a_planted_loss_is_found(loss: str, shop: Shop, sound: Editions, count: Count) -> None:
    for name, (_, files) in shop(*PLANTED[loss]).items():
        problems = count(sound[name][0], files).problems
        assert problems, name
        assert all(problem.code[0] == "L" and problem.place.file for problem in problems)


def respun(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def last_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


def _weight(page: pikepdf.Page) -> int:
    contents = page.obj.get("/Contents", pikepdf.Array())
    return sum(len(stream.read_bytes()) for stream in (contents if isinstance(contents, pikepdf.Array) else [contents]))


def a_page_between(pdf: pikepdf.Pdf) -> None:
    fullest = max(range(len(pdf.pages)), key=lambda number: _weight(pdf.pages[number]))
    del pdf.pages[fullest]


def trim(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        left, bottom, right, top = (float(edge) for edge in page.trimbox)
        page.trimbox = pikepdf.Array([left, bottom + (top - bottom) * 0.18, right, top])


@pytest.mark.parametrize(
    ("name", "change"),
    [
        *((name, change) for name in ("screen", "print") for change in (last_page, a_page_between, trim)),
        *(("pamphlet", change) for change in (last_page, a_page_between)),
    ],
)
def test_pages_that_are_lost_or_cut(name: str, change: Callable[[pikepdf.Pdf], None], sound: Editions, count: Count) -> None:
    book, files = sound[name]
    spoiled = {file: respun(data, change) for file, data in files.items()}
    problems = count(book, spoiled).problems
    assert problems
    if change is trim:
        assert any("note" in problem.message for problem in problems)


@pytest.mark.parametrize(("flip", "sheet"), [("long", "A4"), ("short", "A5")])
@pytest.mark.parametrize("scheme", [name for name, scheme in schemes().items() if scheme.most is None])
def test_a_sound_book_is_whole_on_the_sheets_of_every_scheme(
    scheme: str, flip: Literal["long", "short"], sheet: str, sound: Editions, count: Count
) -> None:
    book, files = sound["print"]
    (pages,) = files.values()
    order = Order(scheme, sheet=sheet, flip=flip, signature=2, marks=flip == "long", guide=flip == "long")
    account = count(book, impose(pages, order).files)
    assert account.problems == []
    assert account.owed == account.found > 200
    assert (GUIDE in account.explained) is order.guide
    assert (SHEET_LABEL in account.explained) is (order.marks and schemes()[scheme].joint != "loose")


def swapped(pdf: pikepdf.Pdf) -> None:
    middle = len(pdf.pages) // 2
    pdf.pages[middle - 1], pdf.pages[middle + 1] = pdf.pages[middle + 1], pdf.pages[middle - 1]


def one_more(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


def otherwise(pdf: pikepdf.Pdf) -> None:
    job = str(pdf.docinfo["/Imposition"])
    for right, wrong in (("two-copies", "two-up"), ("quarter", "french"), ("[2, 1]", "[1, 2]"), ("[2, 2]", "[1, 3]")):
        job = job.replace(right, wrong)
    pdf.docinfo["/Imposition"] = job


@pytest.mark.parametrize("change", [last_page, swapped, one_more, otherwise])
@pytest.mark.parametrize("scheme", ["quarter-fold", "signatures", "two-copies"])
def test_sheets_that_are_lost_or_in_disorder(
    scheme: str, change: Callable[[pikepdf.Pdf], None], sound: Editions, count: Count
) -> None:
    book, files = sound["print"]
    (pages,) = files.values()
    assert count(book, {"sheets.pdf": respun(impose(pages, Order(scheme, sheet="A5", signature=2)).files[""], change)}).problems


def test_a_sentence_cut_out_of_the_container(sound: Editions, count: Count) -> None:
    book, files = sound["epub"]
    ((name, data),) = files.items()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.namelist():
            page = before.read(entry)
            after.writestr(entry, page if not entry.endswith("scripts.xhtml") else page.replace(b"That is all there is.", b""))
    (problem,) = count(book, {name: out.getvalue()}).problems
    assert (problem.code, problem.place.file) == ("L01", "house.epub, scripts.xhtml#scripts")
    assert "That is all there is" in problem.message


def _rewritten(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Change the pages of an e-book, or a web page."""
    if not data.startswith(b"PK"):
        return change("", data)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.namelist():
            after.writestr(entry, change(entry, before.read(entry)))
    return out.getvalue()


BESIDES = {
    "a dead link": (rb'(<a [^>]*href="[^"]*#)tbl-sacks"', rb'\1tbl-socks"', "L20"),
    "a link gone": (rb'<a [^>]*href="[^"]*#tbl-sacks"[^>]*>(.*?)</a>', rb"\1", "L21"),
    "a link elsewhere": (rb"example.org/lamps", rb"example.org/limps", "L21"),
    "a call that leads to another note": (rb'href="#(\w[^"]*)"([^>]*noteref)', rb'href="#scripts"\2', "L21"),
    "an emphasis": (rb"<em>(lamp)</em>", rb"\1", "L22"),
    "a strong word": (rb"<strong>(lit)</strong>", rb"<em>\1</em>", "L22"),
    "a picture": (rb"<img [^>]*A beam[^>]*>", b"", "L23"),
}


@pytest.mark.parametrize("loss", BESIDES)
@pytest.mark.parametrize("name", ["epub", "html"])
def test_what_is_lost_besides_words(name: str, loss: str, sound: Editions, count: Count) -> None:
    pattern, instead, code = BESIDES[loss]
    book, files = sound[name]
    spoiled = {file: _rewritten(data, lambda _, page: re.sub(pattern, instead, page)) for file, data in files.items()}
    assert spoiled != files
    assert code in {problem.code for problem in count(book, spoiled).problems}


def test_a_picture_that_is_empty_in_the_container(sound: Editions, count: Count) -> None:
    book, files = sound["epub"]
    spoiled = {file: _rewritten(data, lambda entry, page: b"" if "beam" in entry else page) for file, data in files.items()}
    problems = count(book, spoiled).problems
    assert {problem.code for problem in problems} == {"L23"}
    assert all("beam" in problem.message for problem in problems)


def test_a_page_with_hardly_a_letter_has_lines_still() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 300))
        fount = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=fount))
        page.obj.Contents = pdf.make_stream(
            b"BT /F 21 Tf 98 250 Td (T) Tj ET BT /F 10 Tf 98 200 Td (x) Tj ET BT /F 10 Tf 98 34 Td (1) Tj ET"
        )
        out = io.BytesIO()
        pdf.save(out)
    ((copy,), _) = pages.read(out.getvalue(), rtl=False)
    assert [[line.text for line in lines] for lines in copy.leaves] == [["T", "x", "1"]]


def test_rows_that_are_shorter_than_a_run() -> None:
    assert differences(["a", "b"], ["ab1"]) == [(0, 2, 0, 1)]
    assert differences([], ["a"]) == [(0, 0, 0, 1)]
    assert differences(["a"] * 9, ["a"] * 9) == []


def test_a_full_stop_before_a_number_is_not_taken_for_one_of_a_row_of_dots() -> None:
    owed = ["Camps", FOLIO, "The", "press", "stood", ".", COUNTED, "So", "it", "did", "."]
    drawn = ["Camps", ".", ".", ".", "4", "The", "press", "stood", ".", "1", "So", "it", "did", "."]
    assert differences(owed, drawn) == [(1, 2, 1, 5), (6, 7, 9, 10)]


def test_words_that_have_moved_are_told_as_such(shop: Shop, sound: Editions, count: Count) -> None:
    sentence = "He wrote with care. "
    moved = shop(f"{sentence}He never", "He never", ("html",))["html"][1]
    page = next(iter(moved.values())).replace(b"That is all there is.", f"That is all there is. {sentence}".encode())
    problems = count(sound["html"][0], {"house.html": page}).problems
    assert [problem.code for problem in problems] == ["L04"]
