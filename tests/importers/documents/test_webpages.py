"""Saved web pages of seven kinds: the text stays to the last word, the site around it goes, and what is known goes to book.toml.

Each page in `pages/` begins with what it must become. In it, every piece of the text has a word like grain7, and every piece of
the site the word chaff. None of it is a real site.
"""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samizdat.importers.documents.reading import Document, Order, read
from samizdat.importing import import_file
from samizdat.model.book import Section
from samizdat.model.inline import Image
from samizdat.model.walk import descend, plain_text

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
PICTURE = "how-we-kept-the-mill_files/mill-600x400.png"


def wanted(page: Path) -> dict[str, Any]:
    found = re.match(r"<!--\n(.*?)-->", page.read_text("utf-8"), re.DOTALL)
    assert found
    return tomllib.loads(found[1])


def headings(sections: tuple[Section, ...]) -> list[str]:
    return [title for section in sections for title in (plain_text(section.title), *headings(section.sections))]


@pytest.fixture(params=PAGES, ids=[page.stem for page in PAGES])
def page(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def document(page: Path, tmp_path: Path, picture: Callable[[int, int], bytes]) -> Document:
    (tmp_path / PICTURE).parent.mkdir()
    (tmp_path / PICTURE).write_bytes(picture(6, 4))
    return read(Order(page.name, page.read_bytes(), str(tmp_path)))


def test_a_page_becomes_its_text_and_what_it_says_of_itself(page: Path, document: Document) -> None:
    book = document.book
    about = book.metadata
    found = {
        "title": about.title,
        "subtitle": about.subtitle,
        "authors": list(about.authors),
        "date": document.date[:10],
        "language": about.language,
        "source": about.source,
        "headings": headings(book.sections),
        "notes": sum(len(section.notes) for section in book.sections),
        "pictures": len(book.pictures),
    }
    expected = wanted(page)
    assert {key: found[key] for key in expected} == expected
    descriptions = [item.alt for item in descend(book.sections) if isinstance(item, Image)]
    kept = " ".join((plain_text(book.sections), about.source, *descriptions))
    text = page.read_text("utf-8")
    assert sorted(set(re.findall(r"grain\d+", text))) == sorted(set(re.findall(r"grain\d+", kept)))
    assert re.findall(r".{0,40}chaff", kept) == []
    assert document.problems == ()


def test_what_goes_is_in_the_record_under_a_rule(page: Path, document: Document) -> None:
    taken = " ".join(decision.taken for decision in document.decisions)
    body = re.sub(r"<(script|style|head)\b.*?</\1>|<!--.*?-->", "", page.read_text("utf-8"), flags=re.DOTALL)
    shown = re.sub(r"<[^>]*>", " ", body)
    assert len(re.findall("chaff", taken)) >= len(re.findall("chaff", shown))
    assert "grain" not in " ".join(decision.taken for decision in document.decisions if decision.rule.startswith("D"))


def test_comments_longer_than_the_text_go_too(read_text: Callable[[str, str], Document]) -> None:
    text = "The kettle is never off, and whoever comes in pours. " * 8
    talk = "".join(f"<li><p>I disagree with what was said by number {number}, at length.</p></li>" for number in range(60))
    document = read_text("a.html", f'<h1>Kettle</h1><p>{text}</p><div id="comments"><ol>{talk}</ol></div>')
    assert "disagree" not in plain_text(document.book.sections)
    assert "whoever comes in pours" in plain_text(document.book.sections)


def test_a_page_that_is_nothing_but_what_sites_put_around_a_text_keeps_its_words(
    read_text: Callable[[str, str], Document],
) -> None:
    document = read_text("a.html", '<div class="comments"><p>We met at noon.</p></div>')
    assert "We met at noon." in plain_text(document.book.sections)


def test_the_source_of_a_quotation_is_no_footer(read_text: Callable[[str, str], Document]) -> None:
    document = read_text(
        "a.html", "<h1>A</h1><p>Said:</p><blockquote><p>Go slow.</p><footer>— Mire</footer></blockquote><footer>x</footer>"
    )
    assert "Mire" in plain_text(document.book.sections)
    assert "D82" in {decision.rule for decision in document.decisions}


def test_a_page_s_own_contents_go_and_its_headings_stay(read_text: Callable[[str, str], Document]) -> None:
    links = "".join(f'<li><a href="#s{number}">Part of {number}</a></li>' for number in range(4))
    parts = "".join(f'<h2 id="s{number}">Part of {number}</h2><p>Words.</p>' for number in range(4))
    document = read_text("a.html", f"<h1>A</h1><p>Contents</p><ul>{links}</ul>{parts}")
    assert plain_text(document.book.sections).count("Part of 2") == 1
    assert "D87" in {decision.rule for decision in document.decisions}


def test_pictures_that_a_page_loads_late(tmp_path: Path, picture: Callable[[int, int], bytes]) -> None:
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files/b c.png").write_bytes(picture(3, 2))
    page = '<h1>A</h1><p>x</p><img src="data:image/gif;base64,R0lGOD" data-src="a_files/b%20c.png" alt="A weir">'
    document = read(Order("a.html", page.encode(), str(tmp_path)))
    assert [item.path for item in document.book.pictures] == ["images/b-c.png"]


def test_a_page_that_only_frames_a_typed_text_is_read_as_that_text(tmp_path: Path) -> None:
    line = "Nobody took minutes, and what is known of it comes from a ledger.\n"
    chapters = "".join(f"\n\n\nCHAPTER {number}\n\n{(line * 6 + chr(10)) * 4}" for number in ("I", "II", "III"))
    frame = '<title>Full text of "The Weir"</title></head><body><a href="#main">Skip to the content</a>'
    (tmp_path / "weir.html").write_text(f"<html><head>{frame}<h1>Full text of The Weir</h1><pre>{chapters}</pre></body></html>")
    imported = import_file(tmp_path / "weir.html", tmp_path, tmp_path / "weir")
    assert imported.titles == ("The Weir",)
    assert len(list((tmp_path / "weir").glob("0*.md"))) == 3
    assert not imported.account.missing
    assert imported.account.left_out["D85"] == 9
    off = tmp_path / "rules.toml"
    off.write_text('D85 = "off"\n')
    import_file(tmp_path / "weir.html", tmp_path, tmp_path / "page", off)
    assert "Skip to the content" in "".join(path.read_text() for path in (tmp_path / "page").glob("0*.md"))
