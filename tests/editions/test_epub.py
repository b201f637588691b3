"""The e-book's own pages and the chapters do not get in each other's way."""

import io
import re
import zipfile

from lxml import etree

from samizdat import pipeline
from samizdat.checks import epub
from samizdat.events import Failed, Found
from samizdat.workspace import Workspace


def test_a_chapter_may_be_called_as_a_page_of_the_program(workspace: Workspace) -> None:
    folder = workspace.texts / "plain"
    ids = ("nav", "cover", "Camps", "camps")
    for place, name in enumerate(ids):
        link = f"[there](#{ids[place - 1]})"
        (folder / f"{place}.md").write_text(f"# Chapter {place} {{#{name}}}\n\nSee {link}.\n", "utf-8")
        with (folder / "book.toml").open("a", encoding="utf-8") as config:
            config.write(f'[[sections]]\nfile = "{place}.md"\n')
    list(pipeline.build(workspace, [folder], ["epub"], 1))
    data = (workspace.build / "plain/plain.epub").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        names = [name.casefold() for name in container.namelist()]
    assert len(set(names)) == len(names)
    assert not [problem for problem in epub.check(data) if problem.code not in {"E04", "E05"}]


def test_fonts_travel_where_the_book_asks(workspace: Workspace) -> None:
    folder = workspace.texts / "plain"
    with (folder / "book.toml").open("a", encoding="utf-8") as config:
        config.write('[[sections]]\nfile = "02-more.md"\n[editions.epub]\nfonts = true\n')
    (folder / "02-more.md").write_text("# More\n\nOne *printer*.\n", "utf-8")
    list(pipeline.build(workspace, [folder], ["epub", "kepub"], 1))
    packed = {}
    for name in ("plain.epub", "plain.kepub.epub"):
        with zipfile.ZipFile(workspace.build / "plain" / name) as container:
            packed[name] = {entry: container.read(entry).decode(errors="replace") for entry in container.namelist()}
    book, other = packed["plain.epub"], packed["plain.kepub.epub"]
    assert [name for name in book if "/fonts/" in name] == ["EPUB/fonts/serif-italic.otf", "EPUB/fonts/serif.otf"]
    assert 'src: url("fonts/serif-italic.otf")' in book["EPUB/style.css"]
    assert not [name for name in other if "/fonts/" in name]
    assert "font-face" not in other["EPUB/style.css"]


def test_what_an_own_cover_shows_is_told(workspace: Workspace) -> None:
    folder = workspace.texts / "plain"
    with (folder / "book.toml").open("a", encoding="utf-8") as config:
        config.write('[cover]\nalt = "A tram, from behind."\n')
    list(pipeline.build(workspace, [folder], ["epub"], 1))
    with zipfile.ZipFile(workspace.build / "plain/plain.epub") as container:
        assert 'alt="Cover: A tram, from behind." role="doc-cover"' in container.read("EPUB/cover.xhtml").decode()


def test_letters_that_no_house_font_has_cost_the_cover_its_words_and_nothing_else(workspace: Workspace) -> None:
    folder = workspace.texts / "plain"
    config = folder / "book.toml"
    config.write_text(re.sub("^title = .*$", 'title = "ᏣᎳᎩ"', config.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    events = list(pipeline.build(workspace, [folder], ["cover", "epub"], 1))
    assert not [event for event in events if isinstance(event, Failed)]
    assert any(event.problem.code == "P01" for event in events if isinstance(event, Found))
    with zipfile.ZipFile(workspace.build / "plain/plain.epub") as container:
        assert "EPUB/images/cover.jpg" in container.namelist()
        assert "ᏣᎳᎩ" in container.read("EPUB/cover.xhtml").decode()


def test_a_notes_number_stands_in_its_first_line(workspace: Workspace) -> None:
    """Old readers begin a line with every paragraph, whatever the style sheet says."""
    folder = workspace.texts / "plain"
    with (folder / "book.toml").open("a", encoding="utf-8") as config:
        config.write('[[sections]]\nfile = "02-more.md"\n')
    (folder / "02-more.md").write_text(
        "# More\n\nOne[^a] and another.[^b]\n\n[^a]: In *words*.\n\n    And more.\n\n[^b]:\n    > Said.\n", "utf-8"
    )
    list(pipeline.build(workspace, [folder], ["epub"], 1))
    with zipfile.ZipFile(workspace.build / "plain/plain.epub") as container:
        page = etree.fromstring(container.read("EPUB/more.xhtml"))
    notes = [[" ".join("".join(map(str, block.itertext())).split()) for block in note] for note in page.iter("{*}aside")]
    assert notes == [["1. In words.", "And more."], ["2.", "Said."]]
    assert {note.get("class") for note in page.iter("{*}aside")} == {"note short"}
