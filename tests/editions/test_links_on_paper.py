"""Links in finished pages, beside the account that the ledger keeps of them."""

import re
from pathlib import Path

import pypdfium2

from samizdat import pipeline
from samizdat.events import Counted, Failed, Found
from samizdat.workspace import Workspace

TEXT = "# Room\n\n" + "".join(
    f"Kept warm {'x' * (n % 9)} by [a stove](https://www.example.org/paper/ink-and-bread/{n}00?edition=first) until morning.\n\n"
    for n in range(12)
)


def _built(folder: Path, books: Path, form: str) -> tuple[str, dict[str, int]]:
    book = folder / "texts/plain"
    book.mkdir(parents=True)
    (book / "book.toml").write_text(f'{(books / "plain/book.toml").read_text("utf-8")}\n[page]\nlinks = "{form}"\n', "utf-8")
    (book / "01-room.md").write_text(TEXT, "utf-8")
    workspace = Workspace(folder)
    events = list(pipeline.build(workspace, workspace.books(), ["print"], 1))
    assert [event for event in events if isinstance(event, (Failed, Found))] == []
    (counted,) = [event for event in events if isinstance(event, Counted)]
    document = pypdfium2.PdfDocument((workspace.build / "plain/plain-print.pdf").read_bytes())
    return "\n".join(page.get_textpage().get_text_range() for page in document), dict(counted.explained)


def test_addresses_in_short_are_whole_without_added_hyphens_and_the_ledger_names_them(tmp_path: Path, books: Path) -> None:
    text, explained = _built(tmp_path, books, "short")
    whole = re.sub(r"\s", "", text)
    assert [n for n in range(12) if f"(example.org/paper/ink-and-bread/{n}00?edition=first)" not in whole] == []
    assert len(re.findall(r"^[/=?&.-]\S+\)", text, re.MULTILINE)) > 2, "no address was broken, so this proves nothing"
    assert explained["address of a link, printed"] == 12


def test_notes_with_addresses_stand_at_the_foot(tmp_path: Path, books: Path) -> None:
    text, explained = _built(tmp_path, books, "notes")
    assert re.findall(r"(\d+)\.\s+https://www\.example\.org/paper/ink-and-bread/(\d+)00\?edition=first", text) == [
        (str(n + 1), str(n)) for n in range(12)
    ]
    assert explained["address of a link, printed"] == 12


def test_words_alone_need_no_explanation(tmp_path: Path, books: Path) -> None:
    text, explained = _built(tmp_path, books, "text")
    assert "example.org" not in text
    assert "address of a link, printed" not in explained
