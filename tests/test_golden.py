"""What the small specimen becomes, edition by edition: pages as they are, PDFs by their facts. Renewed by `pytest --golden`.

Look at the difference before you commit it; that is what these files are for.
"""

import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from samizdat import pipeline
from samizdat.events import Failed, Wrote
from samizdat.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden/specimen"
_DATA = re.compile(r"data:[a-z0-9/+-]+;base64,[A-Za-z0-9+/=]+")
_SCRIPT = re.compile(r"(?<=<script>)[^<]+|(?<=sha256-)[A-Za-z0-9+/=]+")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, books: Path) -> dict[str, str]:
    """What every edition of the specimen holds, as texts by their place in the golden folder."""
    workspace = Workspace(tmp_path_factory.mktemp("workspace"))
    shutil.copytree(books / "specimen", workspace.texts / "specimen")
    events = list(pipeline.build(workspace, workspace.books(), jobs=None))
    assert [event for event in events if isinstance(event, Failed)] == []
    return {
        f"{event.edition}/{name}": text
        for event in events
        if isinstance(event, Wrote) and event.book
        for name, text in _texts(workspace.build / event.path)
    }


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    match path.suffix:
        case ".epub":
            with zipfile.ZipFile(path) as container:
                for name in container.namelist():
                    if name.endswith((".xhtml", ".opf", ".ncx")):
                        yield name, container.read(name).decode()
        case "":
            yield from (pair for file in sorted(path.iterdir()) if file.suffix in {".html", ".js"} for pair in _texts(file))
        case ".html":
            yield path.name, _SCRIPT.sub("…", _DATA.sub("data:…", path.read_text("utf-8")))
        case ".js" if path.stem == "texts":
            yield path.name, path.read_text("utf-8").replace("],[", "],\n[")
        case ".js":
            pass
        case ".pdf":
            yield f"{path.stem}.json", json.dumps(_facts(path), indent=1, ensure_ascii=False) + "\n"
        case _:
            with Image.open(path) as picture:
                yield f"{path.stem}.json", json.dumps({"format": picture.format, "size": picture.size}) + "\n"


def _facts(path: Path) -> dict[str, object]:
    """What a reader or a printer would notice of a PDF."""
    with pikepdf.open(path) as pdf:
        boxes = {
            name: sorted({" ".join(f"{float(edge):.2f}" for edge in page.obj[name]) for page in pdf.pages if name in page.obj})
            for name in ("/MediaBox", "/TrimBox", "/BleedBox")
        }
        facts = {
            "pages": len(pdf.pages),
            "labels": " ".join(page.label for page in pdf.pages),
            "boxes": {name: found for name, found in boxes.items() if found},
            "fonts": sorted(
                {_family(font) for font in pdf.objects if isinstance(font, pikepdf.Dictionary) and "/FontName" in font}
            ),
            # once compressed they are damage in the eyes of Ghostscript and MuPDF
            "empty streams": sum(isinstance(item, pikepdf.Stream) and not item.read_raw_bytes() for item in pdf.objects),
            "language": str(pdf.Root.get("/Lang", "")),
            "title": str(pdf.docinfo.get("/Title", "")),
        }
    with pypdfium2.PdfDocument(path) as document:
        facts["outline"] = [f"{'  ' * entry.level}{entry.get_title()} → {_target(entry)}" for entry in document.get_toc()]
        facts["text"] = [page.get_textpage().get_text_bounded().splitlines() for page in document]
    return facts


def _family(font: pikepdf.Dictionary) -> str:
    """The name of a font without the tag of its subset."""
    return str(font["/FontName"]).removeprefix("/").partition("+")[2]


def _target(entry: pypdfium2.PdfBookmark) -> int:
    destination = entry.get_dest()
    return destination.get_index() + 1 if destination else 0


def test_every_page_is_as_it_was_reviewed(files: dict[str, str], golden: Callable[[str, str], None]) -> None:
    for name, text in files.items():
        golden(f"specimen/{name}", text)


def test_no_golden_file_is_left_over(files: dict[str, str], request: pytest.FixtureRequest) -> None:
    left = {path for path in GOLDEN.rglob("*") if path.is_file()} - {GOLDEN / name for name in files}
    if request.config.getoption("golden"):
        for path in left:
            path.unlink()
        left = set()
    assert left == set()
