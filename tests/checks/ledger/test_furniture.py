"""What belongs to a page and not to its text is known from the text, also where it looks like it."""

from collections.abc import Callable, Mapping
from functools import reduce

import pytest

from samizdat import config, editions
from samizdat.checks.ledger import Account, accounts
from samizdat.editions.edition import Edition, Press, prepare
from samizdat.importers import read_book
from samizdat.model.book import Book
from samizdat.workspace import template_folders

TOML = """
title = "The Lock-Keeper’s Primer"
language = "en-GB"
identifier = "urn:uuid:0d4b8f52-6a0e-4c39-9a55-2f3d0f6a2c11"
date = 2026-11-23
subtitle = "What he knew..."
edition = "As he left it..."
[[people]]
name = "Agnes Pollitt"
[[sections]]
kind = "dedication"
file = "00-dedication.md"
[[sections]]
file = "01-gates.md"
[[sections]]
file = "02-paddles.md"
[page]
size = "A6"
opening = "any"
"""
DEDICATION = """*To the two who opened and shut for thirty years, and never once asked what was in the boats,
this book is given back: the upper half to her who had the handle, and the lower half to him who had the chain. Whoever
finds an error in the heights of water may keep it, for they were taken in the dark, by a man with a wet sleeve, and
whoever finds none has not looked. The rain is theirs as well, and all the evenings on which nobody came, nobody called
from the other side, and the two of them sat at the window and counted the lamps on the hill until it was time.*
"""
CELLS = (
    """
| Pulled | Pushed | Let be |
|--------|--------|--------|
| """
    + " ".join(f"ropes by numbers, {number};" for number in range(70, 230))
    + """ | """
    + " ".join(f"beams with {number} hands." for number in range(240, 390))
    + """ | all else |
"""
)
GATES = (
    """# Gates

The keeper writes down each step, and the steps are counted as they were then.

![](images/gate.svg){alt="A gate"}

![](images/gate.svg){alt="The same gate, shut"}

1.  1
    1.  1.1
    2.  2\\.
2.  2\\.

<!-- -->

I.  I.  Open the upper paddle.

    II. Wait.

II. Shut it.

- - a point below a point

Now the book has a rule, and the rule has a list beside it:

1\\.

That was a line by itself.

1.  One step is all.
"""
    + CELLS
)
PADDLES = """# Paddles

Every listing begins with a number, and all are smaller than the text.

```
1. Wind.
2. Wait.
3. Unwind.
```

```
1. Knock.
2. Bow.
```

| Extraordinarily long heading | Measurement of thicknesses | Remark |
|------------------------------|----------------------------|--------|
""" + "".join(f"| Gate {name} | {count} | closes with the stream, opens against it, and leaks |\n" for count, name in enumerate(
    "alder beech cedar elder fir gorse hazel ivy juniper larch maple nettle oak poplar quince rowan".split(), 11)) + """
A note stands below.[^one] It has a quotation that goes on overleaf.[^two] A third has a table.[^three]

[^one]: Wind is said as in the wind of a clock.

[^two]: """ + "The board of the canal answered at length. " * 20 + """

    > """ + "No gate shall be opened that another has shut, and nobody shall lean on a beam that is not theirs. " * 12 + """

[^three]: Levels:

    | Gate | Level |
    |------|------:|
""" + "".join(f"    | level {name} | {count} |\n" for count, name in enumerate(
    "ash bay box fig haw oak plum sloe teak yew acer date elm flax hemp iris kelp lime moss nut".split(), 30
)) + """
"""  # fmt: skip
GATE = """<svg xmlns="http://www.w3.org/2000/svg" width="300" height="390" viewBox="0 0 30 39"><path d="M0 5h30v30h-30z"/>
<text x="3" y="3" font-size="2">No. 1. Upper</text></svg>"""


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Account]:
    """Set the book, and keep the ledger of it against what the book was before a change, or with a change that is meant."""
    folder = tmp_path_factory.mktemp("lock") / "lock"
    (folder / "images").mkdir(parents=True)
    (folder / "images/gate.svg").write_text(GATE, "utf-8")
    (folder / "book.toml").write_text(TOML, "utf-8")
    (folder / "00-dedication.md").write_text(DEDICATION, "utf-8")
    memory: dict[tuple[str | bytes, ...], bytes] = {}

    def remember(make: Callable[[], bytes], *parts: str | bytes) -> bytes:
        return memory[parts] if parts in memory else memory.setdefault(parts, make())

    def write(old: str, new: str) -> tuple[Book, Edition, Mapping[str, bytes]]:
        assert old in GATES + PADDLES
        (folder / "01-gates.md").write_text(GATES.replace(old, new, 1) if old else GATES, "utf-8")
        (folder / "02-paddles.md").write_text(PADDLES.replace(old, new, 1) if old else PADDLES, "utf-8")
        settings = config.load(folder)
        edition = editions.choose(settings, ("screen",))["screen"]
        book = reduce(
            lambda book, change: change(book),
            edition.transforms(),
            prepare(read_book(folder, settings, remember).book, edition.notes),
        )
        return book, edition, edition.write(book, Press("lock", template_folders(folder), remember))

    sound, edition, _ = write("", "")

    def account(old: str = "", new: str = "", *, meant: bool = False) -> Account:
        changed, _, files = write(old, new)
        ((_, found),) = accounts(changed if meant else sound, files, edition.face)
        return found

    return account


def test_pages_of_pictures_lists_of_numbers_and_listings_are_whole(make: Callable[..., Account]) -> None:
    account = make()
    assert account.problems == []
    assert account.owed == account.found > 500
    assert account.explained["number of a list"] == 11
    assert account.explained["running head"] >= 4
    assert account.explained["head of a table, repeated on the next page"] >= 1
    assert account.explained["row of a table that goes on overleaf"] == 1


def test_of_notes_that_go_on_together_the_first_ends_before_the_second_goes_on(make: Callable[..., Account]) -> None:
    """What stands before their calls decides where they are divided: here the second has one line on the page before."""
    assert make("A note stands below.", f"{CELLS}\nA note stands below.", meant=True).problems == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2.  2\\.\n", "2.  3\\.\n"),
        ("I.  I.  Open", "I.  Open"),
        ("1.  One step", "3.  One step"),
        ("another has shut", "another shut"),
        ("| Gate rowan | 26", "| Gate rowan | 62"),
        ("by numbers, 99;", "numbers, 99;"),
        ("beams with 385 hands.", "beams with 386 hands."),
        ("hands. | all else", "hands. all | else"),
    ],
)
def test_what_looks_like_furniture_is_missed_all_the_same(old: str, new: str, make: Callable[..., Account]) -> None:
    assert make(old, new).problems
