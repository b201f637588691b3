"""Large print and easy reading: what readers with little sight or with dyslexia are promised, seen on the finished pages."""

import io
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from samizdat import editions, pipeline
from samizdat.checks import pdf
from samizdat.config import load
from samizdat.events import Failed
from samizdat.workspace import Workspace

LONG = "An *extraordinarily* incomprehensible institution misrepresented internationalism uncharacteristically. " * 30

FOREIGN = "The λόγος, *ἀρχή* and **мир и труд** of a co\u2010operative → ⁂ and ⑪ of שלום\n\nDie Güte war ihm unnütz."
"""Accented letters that OpenDyslexic kerns far from a t, letters that it lacks, and one that no sans of the house has."""

NOTE = "A note that is set in pieces. " * 60


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, books: Path) -> Path:
    root = tmp_path_factory.mktemp("clear")
    folder = root / "texts/plain"
    folder.mkdir(parents=True)
    (folder / "book.toml").write_text((books / "plain/book.toml").read_text("utf-8"), "utf-8")
    (folder / "01-room.md").write_text(f"# Room\n\n{LONG}[^1]\n\n{FOREIGN}\n\n[^1]: {NOTE}\n", "utf-8")
    workspace = Workspace(root)
    events = list(pipeline.build(workspace, [folder], ["large-print", "easy-reading"], 1))
    assert [event for event in events if isinstance(event, Failed)] == []
    return workspace.build / "plain"


def lines(page: pypdfium2.PdfPage) -> list[tuple[str, float, float]]:
    """The runs of a page's text with their left and right edges."""
    text = page.get_textpage()
    boxes = [text.get_rect(index) for index in range(text.count_rects())]
    return [(text.get_text_bounded(*box).strip(), box[0], box[2]) for box in boxes]


@pytest.mark.parametrize(
    ("name", "size", "width", "face"),
    [("large-print", 18, 210, "Samizdat-Clear"), ("easy-reading", 13, 176, "Samizdat-Easy")],
)
def test_letters_lines_and_emphasis(made: Path, name: str, size: float, width: float, face: str) -> None:
    data = (made / f"plain-{name}.pdf").read_bytes()
    assert list(pdf.check_screen(data)) == []
    document = pypdfium2.PdfDocument(data)
    page = next(page for page in document if "misrepresented" in page.get_textpage().get_text_range())
    assert page.get_width() == pytest.approx(width * 72 / 25.4, abs=0.1)
    text = page.get_textpage()
    # the page is drawn in CSS pixels, of which a point has four thirds
    signs = text.get_text_range()
    sizes = Counter(
        round(pdfium.FPDFText_GetFontSize(text, place) * 0.75, 1) for place, sign in enumerate(signs) if sign.isalnum()
    )
    assert sizes.most_common(1)[0][0] == size
    # RNIB: nothing is smaller than 14 points in large print
    assert name != "large-print" or min(sizes) >= 14
    right = [edge for words, _left, edge in lines(page) if len(words) > 20]
    assert max(right) - min(right) > 20
    assert not any("\u00ad" in words or words.endswith("-") for words, *_ in lines(page))
    fonts = {str(thing) for thing in _fonts(data)}
    assert any(face in font for font in fonts)
    assert not any("Italic" in font or "Serif" in font for font in fonts)


@pytest.mark.parametrize("name", ["large-print", "easy-reading"])
def test_what_the_face_lacks_is_set_in_another(made: Path, name: str) -> None:
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made / f"plain-{name}.pdf"))
    assert all(word in text for word in ("λόγος", "мир", "→", "⁂", "⑪", "Güte", "unnütz"))


def _fonts(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [str(thing.BaseFont) for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing]


def test_the_page_is_its_own(workspace: Workspace) -> None:
    config = workspace.texts / "plain/book.toml"
    text = config.read_text("utf-8")
    config.write_text(f'{text}\n[page]\nsize = "A6"\nopening = "any"\n[editions.large-print]\npaper = "letter"\n', "utf-8")
    edition = editions.choose(load(config.parent), ["large-print"])["large-print"]
    page = edition.page  # type: ignore[attr-defined]
    assert (page.size, page.opening) == ("letter", "any")
