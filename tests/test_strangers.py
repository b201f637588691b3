"""A book by a stranger who says in every place all that breaks out of one: nothing of it acts, loads or leads out of any result.

What looks at the results here knows nothing of how they were made.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from PIL import Image

from samizdat import pipeline
from samizdat.events import Crashed, Failed
from samizdat.render import Templates
from samizdat.workspace import Workspace, house_templates

EVIL = """]]></title><script>alert(1)</script>\\" onload=\\"x {{ 7 * 7 }} & &lt; ../../CON\\u200d (\\\\)) Tj -->"""
FIELDS = "title subtitle description rights publisher place edition source".split()
PICTURES = ("CON.png", "plan.png", "Plan.PNG", "é?.png", f"{'long' * 50}.png")
EDITIONS = "cover epub html kepub pamphlet print screen web wrap".split()

_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\s*(//|\\|[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_INSIDE = re.compile(r"data:(image|font)/", re.IGNORECASE)


def _toml() -> str:
    lines = [f'{field} = "{EVIL}"' for field in FIELDS]
    lines += ['language = "en-GB"', 'identifier = "urn:stranger"', "date = 2026-11-23", f'subjects = ["{EVIL}"]']
    lines += ["[[people]]", f'name = "{EVIL}"', "[series]", f'name = "{EVIL}"']
    kinds = ("title-page", "imprint", "contents", "", "colophon")
    for kind in kinds:
        lines += ["[[sections]]", f'kind = "{kind}"' if kind else 'file = "aux.md"']
    return "\n".join([*lines, "[editions.wrap]"])


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Everything that comes of the book, what is inside e-books too, by paths."""
    workspace = Workspace(tmp_path_factory.mktemp("workspace"))
    folder = workspace.texts / "stranger"
    (folder / "images").mkdir(parents=True)
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(picture, "PNG")
    for number, name in enumerate(PICTURES):
        (folder / "images" / name).write_bytes(picture.getvalue() + bytes(number))
    (folder / "book.toml").write_text(_toml(), "utf-8")
    words = r"Words \<script>alert(1)\</script> `<img src=x onerror=y>` [link](https://example.org/?a=<b>&javascript:)."
    shown = "\n\n".join(f"![“onload=”x”](<images/{name.replace('?', '%3F')}>)" for name in PICTURES)
    (folder / "aux.md").write_text(f"# One \\]\\]> & \\<script>\n\n{words}[^n]\n\n{shown}\n\n[^n]: {words}\n", "utf-8")
    events = list(pipeline.build(workspace, workspace.books(), EDITIONS, 1))
    assert not [event for event in events if isinstance(event, Failed | Crashed)]
    return dict(_files(workspace.build))


def _files(build: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(path for path in build.rglob("*") if path.is_file()):
        name = path.relative_to(build).as_posix()
        if not name.startswith(".cache/"):
            yield name, path.read_bytes()
            if path.suffix == ".epub":
                with zipfile.ZipFile(path) as book:
                    yield from ((f"{name}/{inner}", book.read(inner)) for inner in book.namelist())


def test_every_file_has_a_name_that_any_disk_can_hold(results: Mapping[str, bytes]) -> None:
    for name in results:
        for part in name.split("/"):
            assert re.fullmatch(r"[A-Za-z0-9_.-]{1,130}", part), name
            assert not _DEVICE.match(part), name
            assert not part.endswith("."), name
    assert len({name.lower() for name in results}) == len(results)
    assert len([name for name in results if "/web/images/" in name]) == len(PICTURES)


def _pages(results: Mapping[str, bytes]) -> Iterator[tuple[str, etree._Element]]:
    for name, data in results.items():
        if name.endswith((".html", ".xhtml", ".opf", ".ncx", ".xml", ".atom", ".svg")):
            yield name, etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def test_no_page_or_feed_acts_or_loads_anything(results: Mapping[str, bytes]) -> None:
    roots = house_templates()
    house = {Templates((path.parent, roots / "styles")).text(path.name).strip() for path in roots.rglob("*.js")}
    for name, root in _pages(results):
        for element in (*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()):
            tag: object = element.tag
            assert tag is not etree.PI, name
            if not isinstance(tag, str):
                continue
            kind = etree.QName(element).localname.lower()
            assert kind not in {"iframe", "object", "embed", "base", "foreignobject", "applet"}, name
            text = "".join(map(str, element.itertext()))
            if kind == "script" and element.get("src") is None:
                assert element.get("type") == "application/ld+json" or text.strip() in house, name
            if kind == "style":
                assert "@import" not in text, name
                for address in re.findall(r"url\(\s*['\"]?([^'\")]*)", text):
                    assert not _ELSEWHERE.match(address) or _INSIDE.match(address), (name, address)
            for key, value in element.attrib.items():
                attribute = etree.QName(str(key)).localname.lower()
                assert not attribute.startswith("on"), name
                loads = attribute in {"src", "srcset", "poster", "data"} or (attribute == "href" and kind in {"image", "use"})
                assert not (loads and _ELSEWHERE.match(str(value)) and not _INSIDE.match(str(value))), (name, value)
                if attribute in {"href", "src", "action"}:
                    assert not re.match(r"\s*(javascript|vbscript|data:text|file):", str(value), re.IGNORECASE), (name, value)


def test_the_feeds_say_what_book_toml_says_and_nothing_more(results: Mapping[str, bytes]) -> None:
    title = json.loads(f'"{EVIL}"')
    (publication,) = json.loads(results["opds.json"])["publications"]
    assert publication["metadata"]["title"] == title
    for name in ("feed.atom", "opds.xml"):
        entries = etree.fromstring(results[name]).findall("{http://www.w3.org/2005/Atom}entry")
        assert [entry.findtext("{http://www.w3.org/2005/Atom}title") for entry in entries] == [title]


def test_no_pdf_acts_and_each_says_its_title_in_one_line(results: Mapping[str, bytes]) -> None:
    pdfs = {name: data for name, data in results.items() if name.endswith(".pdf")}
    assert len(pdfs) == 4
    for name, data in pdfs.items():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            held = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)]
            for thing in held:
                assert {"/JS", "/JavaScript", "/AA", "/Launch", "/EmbeddedFiles", "/XFA"}.isdisjoint(thing.keys()), name
                assert thing.get("/S") not in {"/JavaScript", "/Launch", "/GoToR", "/SubmitForm"}, name
                if "/URI" in thing:
                    assert re.match(r"https?://|mailto:", str(thing.URI)), name
            assert str(pdf.docinfo["/Title"]).startswith("]]></title><script>"), name
            assert not re.search(r"[\x00-\x1f]", str(pdf.docinfo["/Title"])), name
