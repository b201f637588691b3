"""A large initial as it lies on the finished page, and as it is read out."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from samizdat import pipeline
from samizdat.checks import pdf
from samizdat.events import Failed, Found
from samizdat.workspace import Workspace

TEXT = (
    "Once upon a time there was a press in a cellar, where paper was counted twice and ink was kept warm beside the stove. " * 6
)


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory, books: Path) -> bytes:
    """A small book whose chapter begins with an initial."""
    folder = tmp_path_factory.mktemp("openings")
    book = folder / "texts/plain"
    book.mkdir(parents=True)
    (book / "book.toml").write_text((books / "plain/book.toml").read_text("utf-8") + '\n[page]\ninitials = "drop"\n', "utf-8")
    (book / "01-room.md").write_text(f"# Room\n\n{TEXT}\n\n{TEXT}\n", "utf-8")
    workspace = Workspace(folder)
    events = list(pipeline.build(workspace, workspace.books(), ["screen"], 1))
    assert [event for event in events if isinstance(event, (Failed, Found))] == []
    return (workspace.build / "plain/plain.pdf").read_bytes()


@pytest.fixture(scope="module")
def page(screen: bytes) -> pypdfium2.PdfPage:
    """The page on which the chapter begins."""
    return next(page for page in pypdfium2.PdfDocument(screen) if "nce upon" in page.get_textpage().get_text_range())


def test_the_initial_stands_on_the_third_line_and_reaches_as_high_as_the_first(page: pypdfium2.PdfPage) -> None:
    text = page.get_textpage()
    signs = text.get_text_range()
    start = signs.index("O\r\nnce upon")
    _, low, right, high = text.get_charbox(start)
    lines = [place for place in range(start + 3, len(signs)) if signs[place - 1] == "\n"]
    lefts, bottoms = zip(*[text.get_charbox(place, loose=True)[:2] for place in lines[:4]], strict=True)
    lead = bottoms[1] - bottoms[2]
    assert bottoms[0] - bottoms[1] == pytest.approx(lead, abs=0.1), "the initial has pushed its line away"
    assert high - low == pytest.approx(2 * lead + 7.5, abs=1.5)
    assert all(left > right for left in lefts[:3])
    assert lefts[3] < right


def test_nothing_is_printed_over_anything_and_every_rule_of_access_holds(screen: bytes) -> None:
    assert list(pdf.check_screen(screen)) == []


def test_the_initial_is_read_with_its_word(screen: bytes) -> None:
    with pikepdf.open(io.BytesIO(screen)) as document:
        (opening,) = [
            one for one in _elements(document.Root.StructTreeRoot) if str(one.get("/ActualText", "")).startswith("Once")
        ]
        assert str(opening.ActualText) == "Once upon a time"
        assert opening.P.S == "/P"
        assert len(_elements(opening)) > 2, "the letter and the rest of its word are below it"


def _elements(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids: object = element.get("/K", ())
    members = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    below = [kid for kid in members if isinstance(kid, pikepdf.Dictionary)]
    return [element, *(one for kid in below for one in _elements(kid))]
