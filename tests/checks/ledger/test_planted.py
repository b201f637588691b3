"""Losses are planted in a small book, one at a time, and every edition made of the spoiled book must be found out."""

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import Path
from typing import Literal

import pikepdf
import pytest

from samizdat import config, editions
from samizdat.checks.ledger import Account, accounts
from samizdat.checks.ledger.pages import GUIDE, SHEET_LABEL
from samizdat.editions.edition import Edition, Press, prepare
from samizdat.formats.imposition import schemes
from samizdat.importers import read_book
from samizdat.model.book import Book
from samizdat.printshop import Order, impose
from samizdat.workspace import template_folders

TOML = """
title = "The Weigh-House"
language = "en-GB"
identifier = "urn:uuid:7e0c2ad4-25b5-4d6a-9b57-6f2a4ad1f4c3"
date = 2026-11-23
publisher = "Eel Lane"
[[people]]
name = "Agnes Pollitt"
[[sections]]
file = "01-weights.md"
[[sections]]
file = "02-scripts.md"
[[sections]]
kind = "index"
[page]
size = "A6"
opening = "any"
"""
WEIGHTS = """# The Brass Weights

The old weigh-house stood at the corner, and nobody had weighed 1,250 pounds in it since the café closed.[^café] Its clerk kept a
ledger of his own, in which every sack had two lines.

He wrote with care. He never wrote the same word twice, unless the sack had come twice.[^twice]

| Month | Sacks |
|:------|------:|
| April | 418 |
| May | 392 |

: Sacks by month {#tbl-sacks}

11. Lift the beam.
12. Set the pan level.

> What is written is weighed.
>
> — Jozef Brandl

The last paragraph names the [beam]{.index} once more, then the door is shut and the lamp put out.

[^café]: It was a coffee house until the river came, and then for eleven years a boat shed with very good curtains.

[^twice]: This is the second note, and it ends with the word pomegranate.
"""
SCRIPTS = """# Scripts

A line of verse follows:

| The scales are still,
|    the pans hang down.

::: {lang=ru}
Бумага сухая, и дверь открыта настежь.
:::

::: {lang=el}
Το χαρτί είναι στεγνό και η πόρτα ανοιχτή.
:::

::: {lang=he}
הנייר יבש והדלת פתוחה.
:::

::: {lang=ar}
الورق جاف والباب مفتوح.
:::

::: {lang=ja}
紙は乾いています。戸は開いています。
:::

See [](#tbl-sacks), and for the beam [](#scripts){.page}. That is all there is.
"""
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
    "a Japanese sign": ("乾いています", "乾いていま"),
    "a Japanese swap": ("戸は開", "戸開は"),
    "the last words": (" That is all there is.", ""),
}
IN_MARKUP_ONLY = {
    "a space": ("once more", "oncemore"),
    "Hebrew words swapped": ("הנייר יבש", "יבש הנייר"),
}
"""Pages have no spaces, only letters at places; and lines from right to left are read in an order that is the library's."""


class Shop:
    """Makes the editions of a book from its sources."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.memory: dict[tuple[str | bytes, ...], bytes] = {}
        self.files: dict[str, dict[str, bytes]] = {}

    def remember(self, make: Callable[[], bytes], *parts: str | bytes) -> bytes:
        if parts not in self.memory:
            self.memory[parts] = make()
        return self.memory[parts]

    def make(self, old: str = "", new: str = "") -> dict[str, tuple[Book, Mapping[str, bytes]]]:
        texts = {"book.toml": TOML, "01-weights.md": WEIGHTS, "02-scripts.md": SCRIPTS}
        assert old in "".join(texts.values())
        self.folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (self.folder / name).write_text(text.replace(old, new, 1) if old else text, "utf-8")
        settings = config.load(self.folder)
        book = read_book(self.folder, settings, self.remember).book
        made: dict[str, tuple[Book, Mapping[str, bytes]]] = {}
        for name, edition in editions.choose(settings).items():
            if edition.whole:
                edited = reduce(lambda book, change: change(book), edition.transforms(), prepare(book, edition.notes))
                press = Press("house", template_folders(self.folder), self.remember)
                made[name] = edited, edition.write(edited, press)
        return made


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return Shop(tmp_path_factory.mktemp("shop") / "house")


@pytest.fixture(scope="module")
def sound(shop: Shop) -> dict[str, tuple[Book, Mapping[str, bytes]]]:
    return shop.make()


def count(book: Book, files: Mapping[str, bytes]) -> Account:
    ((_, account),) = accounts(book, files, Edition.face)
    return account


def test_a_sound_book_is_whole_in_every_edition(sound: dict[str, tuple[Book, Mapping[str, bytes]]]) -> None:
    assert {"epub", "html", "web", "screen", "print", "pamphlet"} <= set(sound)
    for name, (book, files) in sound.items():
        account = count(book, files)
        assert (name, account.problems) == (name, [])
        assert account.owed == account.found > 200


@pytest.mark.parametrize("loss", PLANTED | IN_MARKUP_ONLY)
def test_a_planted_loss_is_found(loss: str, shop: Shop, sound: dict[str, tuple[Book, Mapping[str, bytes]]]) -> None:
    old, new = (PLANTED | IN_MARKUP_ONLY)[loss]
    blind = {"epub", "html", "kepub", "web"} if loss == "a list's number" else set()
    if loss in IN_MARKUP_ONLY:
        blind = {"screen", "print", "pamphlet"}
    for name, (_, files) in shop.make(old, new).items():
        book, _ = sound[name]
        problems = count(book, files).problems
        assert (name, bool(problems)) == (name, name not in blind)
        assert all(problem.code[0] == "L" and problem.place.excerpt for problem in problems)


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
def test_pages_that_are_lost_or_cut(
    name: str, change: Callable[[pikepdf.Pdf], None], sound: dict[str, tuple[Book, Mapping[str, bytes]]]
) -> None:
    book, files = sound[name]
    spoiled = {file: respun(data, change) for file, data in files.items()}
    problems = count(book, spoiled).problems
    assert problems
    if change is trim:
        assert any("note" in problem.message for problem in problems)


@pytest.mark.parametrize(("flip", "sheet"), [("long", "A4"), ("short", "A5")])
@pytest.mark.parametrize("scheme", [name for name, scheme in schemes().items() if scheme.most is None])
def test_a_sound_book_is_whole_on_the_sheets_of_every_scheme(
    scheme: str, flip: Literal["long", "short"], sheet: str, sound: dict[str, tuple[Book, Mapping[str, bytes]]]
) -> None:
    book, files = sound["print"]
    (pages,) = files.values()
    order = Order(scheme, sheet=sheet, flip=flip, signature=2, marks=flip == "long", guide=flip == "long")
    account = count(book, impose(pages, order).files)
    assert account.problems == []
    assert account.owed == account.found > 200
    labelled = {SHEET_LABEL, GUIDE} <= set(account.explained)
    assert labelled is order.marks


def swapped(pdf: pikepdf.Pdf) -> None:
    middle = len(pdf.pages) // 2
    pdf.pages[middle - 1], pdf.pages[middle + 1] = pdf.pages[middle + 1], pdf.pages[middle - 1]


def one_more(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


def otherwise(pdf: pikepdf.Pdf) -> None:
    job = str(pdf.docinfo["/Imposition"])
    for right, wrong in (("two-copies", "two-up"), ("quarter", "french"), ("[2, 1]", "[1, 2]")):
        job = job.replace(right, wrong)
    pdf.docinfo["/Imposition"] = job


@pytest.mark.parametrize("change", [last_page, swapped, one_more, otherwise])
@pytest.mark.parametrize("scheme", ["quarter-fold", "signatures", "two-copies"])
def test_sheets_that_are_lost_or_in_disorder(
    scheme: str, change: Callable[[pikepdf.Pdf], None], sound: dict[str, tuple[Book, Mapping[str, bytes]]]
) -> None:
    book, files = sound["print"]
    (pages,) = files.values()
    assert count(book, {"sheets.pdf": respun(impose(pages, Order(scheme, sheet="A5", signature=2)).files[""], change)}).problems


def test_a_sentence_cut_out_of_the_container(sound: dict[str, tuple[Book, Mapping[str, bytes]]]) -> None:
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


def test_words_that_have_moved_are_told_as_such(shop: Shop, sound: dict[str, tuple[Book, Mapping[str, bytes]]]) -> None:
    sentence = "He wrote with care. "
    moved = shop.make(f"{sentence}He never", "He never")["html"][1]
    page = next(iter(moved.values())).replace(b"That is all there is.", f"That is all there is. {sentence}".encode())
    problems = count(sound["html"][0], {"house.html": page}).problems
    assert [problem.code for problem in problems] == ["L04"]
