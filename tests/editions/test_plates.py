"""Pictures that fill a page: where their pages stand, how far they reach, and that the text goes on around them."""

import io
import random
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from samizdat import pipeline
from samizdat.checks import pdf
from samizdat.events import Failed, Found
from samizdat.workspace import Workspace

MM = 72 / 25.4
WORDS = (
    "the river came into a small printing house and carried type out of its cases until the whole street had helped to sort it"
).split()


def _paragraph(seed: int, words: int) -> str:
    dice = random.Random(seed)  # noqa: S311 - prose needs no secrets
    return " ".join(dice.choice(WORDS) for _ in range(words)).capitalize() + "."


CHAPTER = f"""# Flood

{_paragraph(1, 120)}

![The house in the flood.](images/flood.jpg){{.plate #fig-house alt="A house in water."}}

{_paragraph(2, 200)} Called here.[^a]

[^a]: {_paragraph(3, 60)}

{_paragraph(4, 200)}

![](images/flood.jpg){{.plate alt="The house again."}}
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, books: Path) -> dict[str, bytes]:
    """A small book with a frontispiece, and two plates in its chapter, the last of them at its end."""
    folder = tmp_path_factory.mktemp("plates")
    book = folder / "texts/plain"
    (book / "images").mkdir(parents=True)
    facts = (books / "plain/book.toml").read_text("utf-8")
    frontispiece = '[[sections]]\nkind = "frontispiece"\nfile = "00-frontispiece.md"\n'
    lists = '[[sections]]\nkind = "list-of-figures"\n'
    tables = '[page]\nsize = "A6"\ngutter = 6\n\n[editions.print]\nmarks = true\n'
    place = facts.index("[[sections]]")
    (book / "book.toml").write_text(f"{facts[:place]}{frontispiece}{lists}{facts[place:]}\n{tables}", "utf-8")
    (book / "00-frontispiece.md").write_text('![](images/flood.jpg){.plate alt="The lane."}\n', "utf-8")
    (book / "01-room.md").write_text(CHAPTER, "utf-8")
    Image.effect_noise((1400, 2000), 60).save(book / "images/flood.jpg", quality=60)
    workspace = Workspace(folder)
    events = list(pipeline.build(workspace, workspace.books(), ["screen", "print", "pamphlet"], 1))
    assert [event for event in events if isinstance(event, (Failed, Found))] == []
    return {path.name: path.read_bytes() for path in (workspace.build / "plain").iterdir() if path.suffix == ".pdf"}


def _plates(data: bytes) -> dict[int, tuple[float, ...]]:
    """The pages with a picture, from 1, and how far it reaches over the trimmed edges in mm, from the left against the clock."""
    found = {}
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document, 1):
        for thing in page.get_objects(filter=[3]):
            edges, trim = thing.get_bounds(), page.get_trimbox()
            signs = (-1, -1, 1, 1)
            found[number] = tuple(round((edge - cut) * sign / MM, 1) for edge, cut, sign in zip(edges, trim, signs, strict=True))
    return found


def _texts(data: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(data)]


def test_a_plate_fills_its_page_and_the_bleed(files: dict[str, bytes]) -> None:
    plates = _plates(files["plain-print.pdf"])
    texts = _texts(files["plain-print.pdf"])
    assert min(plates) == 2, "the frontispiece faces the title page"
    assert len(plates) == 3
    for page, (left, below, right, above) in plates.items():
        assert min(left, right, above) >= 5, "the gutter moves text, not plates"
        if texts[page - 1]:
            assert "The house in the flood." in texts[page - 1]
            assert below < 0, "the caption stands below the picture, on the page"
        else:
            assert below >= 5


def test_the_text_goes_on_around_a_plate(files: dict[str, bytes]) -> None:
    texts = _texts(files["plain-print.pdf"])
    plate = max(number for number, text in enumerate(texts) if "The house in the flood." in text)
    page_before, page_after = texts[plate - 1], texts[plate + 1]
    assert page_before.endswith(str(plate_folio := int(page_before.rsplit(" ", 1)[-1])))
    assert page_after.endswith(str(plate_folio + 2)), "plates are counted, and bear no number"
    assert not texts[plate].endswith(str(plate_folio + 1))
    assert len(page_before) > 300, "the page before is filled"


def test_what_runs_over_the_bleed_is_cut_off_before_the_marks(files: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(files["plain-print.pdf"])) as document:
        page = document.pages[1]
        left, bottom, right, top = (float(edge) for edge in page.obj.BleedBox)
        page.contents_coalesce()
        clip = f"q {left:g} {bottom:g} {right - left:g} {top - bottom:g} re W n".encode()
        assert page.obj.Contents.read_bytes().startswith(clip)


def test_plates_are_read_out_in_their_places(files: dict[str, bytes]) -> None:
    assert list(pdf.check_screen(files["plain.pdf"])) == []
    with pikepdf.open(io.BytesIO(files["plain.pdf"])) as document:
        kinds = [str(one.S) for one in _elements(document.Root.StructTreeRoot.K[0])]
    read = " ".join(kind for kind in kinds if kind in {"/H1", "/P", "/Figure", "/Note"})
    assert "/H1 /P /P /Figure /P /Note /P" in read, "a paragraph that goes on after the plate is read to its end before it"


def test_the_list_of_figures_has_numbers_and_folios(files: dict[str, bytes]) -> None:
    listed = next(text for text in _texts(files["plain.pdf"]) if text.startswith("Figures"))
    assert re.search(r"1\. The house in the flood\.[ .]+ \d+ ", listed)


def test_plates_pass_the_check_of_the_printing_house(files: dict[str, bytes]) -> None:
    assert list(pdf.check_print(files["plain-print.pdf"])) == []


def _elements(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids: object = element.get("/K", ())
    members = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    below = [kid for kid in members if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [element, *(one for kid in below for one in _elements(kid))]
