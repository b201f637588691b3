"""Everything that reads bytes from outside is given damaged ones: it answers, or says in a Problem what is wrong.

A few in `make test`, always the same; as many as one likes in `make fuzz`, and guided by what they reach with `tools/fuzz.py`.
"""

import datetime
import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from samizdat import config, importing, manifest, printshop, stamp
from samizdat.importers import chain, markdown
from samizdat.importers.documents.reading import Order, read
from samizdat.importers.pictures import Pictures, UnfitPictureError
from samizdat.importers.plain import ledger, reading
from samizdat.importers.plain import rules as rules_file
from samizdat.importers.plain.rules import Rules
from samizdat.importers.source import Source
from samizdat.importers.svg import examine
from samizdat.model.book import Book, Metadata
from samizdat.model.inline import Text
from samizdat.model.kind import Kind
from samizdat.problems import SamizdatError
from samizdat.render import Renderer
from samizdat.workspace import house_templates

Reader = Callable[[bytes], object]
Seeds = tuple[bytes, ...] | Mapping[str, bytes]
"""Files to damage; a mapping is the inside of an archive, in which one member is damaged."""

_BOOK = Book(Metadata("Title", "en", "urn:uuid:0", datetime.date(2026, 1, 2)), (), (), ())

SEEDS = Path(__file__).parent / "seeds"
"""Sound files, one of each kind; a folder is the inside of an archive."""


def _seed(name: str) -> Seeds:
    path = SEEDS / name
    if path.is_file():
        return (path.read_bytes(),)
    return {each.relative_to(path).as_posix(): each.read_bytes() for each in sorted(path.rglob("*")) if each.is_file()}


def _pdf() -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page(page_size=(420, 595))
        pdf.save(file)
    return file.getvalue()


def _picture(form: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (7, 5), "red").save(file, form)
    return file.getvalue()


def _document(name: str, data: bytes) -> None:
    read(Order(name, data))


def _capture(data: bytes) -> None:
    reading.read(data, "capture", Rules())


def _remember(make: Callable[[], bytes], *_parts: str | bytes) -> bytes:
    return make()


def _chapter(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        markdown.read(Source("a.md", Kind.CHAPTER, data, Pictures(Path(folder), _remember), _remember))


def _beside(name: str, reader: Callable[[Path], object], data: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        (Path(folder) / "a.md").touch()
        reader(Path(folder))


def _cover(folder: Path) -> None:
    try:
        Pictures(folder, _remember).load("picture")
    except UnfitPictureError as error:
        assert str(error)  # noqa: PT017  that it says something is the point


def _rules(data: bytes) -> None:
    rules_file.read(data.decode(errors="replace"), "import-rules.toml", importing.rules_of())


def _impose(data: bytes) -> None:
    printshop.impose(data, printshop.Order())


def _stamp(folder: Path) -> None:
    stamp.read(folder / "stamp.json")
    manifest.read(folder / "stamp.json")


def _sums(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "sums").write_bytes(data)
        list(manifest.compare(SEEDS, Path(folder) / "sums"))


def _template(name: str, data: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        renderer = Renderer(_BOOK, (Path(folder), house_templates() / "shared"))
        renderer.nodes((Text("so"),))
        renderer.text("style.css.j2") if name == "style.css.j2" else None


READERS: dict[str, tuple[Reader, Seeds]] = {
    "capture": (_capture, _seed("capture.txt")),
    "capture in UTF-16": (_capture, ((SEEDS / "capture.txt").read_text("utf-8").encode("utf-16"),)),
    "chapter": (_chapter, _seed("a.md")),
    "book.toml": (partial(_beside, "book.toml", config.load), _seed("book.toml")),
    "rules": (_rules, _seed("import-rules.toml")),
    "impose": (_impose, (_pdf(),)),
    "picture": (partial(_beside, "picture", _cover), tuple(map(_picture, ("PNG", "JPEG", "GIF")))),
    "drawing": (examine, _seed("drawing.svg")),
    "record": (partial(_beside, ledger.FILE, chain.capture), _seed(ledger.FILE)),
    "review": (partial(_beside, ledger.FILE, importing.review), _seed(ledger.FILE)),
    "sums": (_sums, (f"{'0' * 64}  a.md\n{'f' * 64} *b/c.epub\n".encode(),)),
    "macro": (partial(_template, "nodes.xhtml.j2"), (b"{% macro text(node) %}{{ node.text | upper }}{% endmacro %}",)),
    "style": (partial(_template, "style.css.j2"), (b"p { margin: {{ 1 + 1 }}em; background: url('a.png') }",)),
    "stamp": (partial(_beside, "stamp.json", _stamp), _seed("stamp.json")),
    **{path.name: (partial(_document, path.name), _seed(path.name)) for path in sorted(SEEDS.glob("a.*"))},
}

_PIECES = (
    b"\0",
    b"\xff\xfe",
    b"\n\n",
    b"<",
    b">",
    b"&#0;",
    b"&x;",
    b"]]>",
    b"{",
    b"}",
    b'"',
    b"\\",
    b"../",
    b"[^a]",
    b"|",
    b"*" * 40,
)


@st.composite
def damaged(draw: st.DrawFn, seed: bytes) -> bytes:
    """Take pieces out of some bytes, put others in, double some, cut the end off."""
    data = bytearray(seed)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(0, 40))
        piece = draw(st.sampled_from(_PIECES) | st.binary(max_size=8))
        match draw(st.sampled_from("replace insert remove double cut".split())):
            case "replace":
                data[place : place + len(piece)] = piece
            case "insert":
                data[place:place] = piece
            case "remove":
                del data[place : place + length]
            case "double":
                data[place:place] = data[place : place + length] * draw(st.integers(1, 30))
            case _ if draw(st.booleans()):
                del data[place:]
            case _:
                pass
    return bytes(data)


def inputs(seeds: Seeds) -> st.SearchStrategy[bytes]:
    """Return damaged versions of files."""
    if isinstance(seeds, tuple):
        return st.one_of(*map(damaged, seeds))
    whole = _archive(seeds)
    inside = st.sampled_from(sorted(seeds)).flatmap(
        lambda name: damaged(seeds[name]).map(lambda data: _archive({**seeds, name: data}))
    )
    return inside | damaged(whole)


def _archive(files: Mapping[str, bytes]) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as target:
        for name, data in files.items():
            target.writestr(zipfile.ZipInfo(name), data)
    return result.getvalue()


def tried(name: str, examples: int) -> Callable[[], None]:
    """Return a test of one reader with so many files."""
    reader, seeds = READERS[name]

    @settings(
        max_examples=examples, deadline=None, derandomize=examples < 100, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(inputs(seeds))
    def one(data: bytes) -> None:
        try:
            reader(data)
        except SamizdatError as error:
            assert error.problems  # noqa: PT017  any other error is a fault

    return one


@pytest.fixture
def examples(request: pytest.FixtureRequest) -> int:
    """How many files each reader is given."""
    return int(request.config.getoption("examples"))


@pytest.mark.parametrize("name", READERS)
@pytest.mark.filterwarnings("ignore")
def test_damaged_files_are_read_or_refused_with_a_problem(name: str, examples: int) -> None:
    tried(name, examples)()
