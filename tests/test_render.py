"""Rendering: a macro for every node, layers that override, faults that name their place."""

import datetime
from pathlib import Path
from typing import get_args

import pytest

from samizdat.model.block import Block, Cell, Column, Division, Paragraph, Quote, Row, Table
from samizdat.model.book import Book, Metadata, Section
from samizdat.model.inline import Emphasis, Inline, Text
from samizdat.model.kind import Kind
from samizdat.problems import SamizdatError
from samizdat.render import Addresses, Renderer, css_string, layers
from samizdat.workspace import house_templates

METADATA = Metadata("A <Title> & More", "en", "urn:uuid:0", datetime.date(2026, 1, 2))
BOOK = Book(METADATA, (), (), ())
PLAIN = (house_templates() / "shared",)


@pytest.mark.parametrize("node", [*get_args(Inline), *get_args(Block)])
def test_every_node_has_a_macro_named_after_it(node: type) -> None:
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in node.__name__).lstrip("_")
    sources = "".join(path.read_text(encoding="utf-8") for path in PLAIN[0].glob("*.j2"))
    assert f"{{% macro {name}(node" in sources


def test_text_is_escaped() -> None:
    assert Renderer(BOOK, PLAIN).nodes((Text('a < b & "c"'),)) == "a &lt; b &amp; &#34;c&#34;"


def test_an_edition_overrides_one_macro_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "nodes.xhtml.j2").write_text("{% macro emphasis(node) %}*{{ node.inlines | xhtml }}*{% endmacro %}")
    renderer = Renderer(BOOK, (tmp_path, *PLAIN))
    assert renderer.nodes((Emphasis((Text("so"),)), Text("."))) == "*so*."


def test_the_books_own_templates_come_first(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "nodes.xhtml.j2").write_text("{% macro text(node) %}{{ node.text | upper }}{% endmacro %}")
    renderer = Renderer(BOOK, layers((tmp_path, house_templates()), "epub", "shared"))
    assert renderer.nodes((Text("so"),)) == "SO"


def test_addresses_are_the_editions_own() -> None:
    renderer = Renderer(BOOK, PLAIN, Addresses(reference="page.xhtml#{}".format))
    assert renderer._environment.filters["reference"]("camps") == "page.xhtml#camps"


def test_a_kind_of_section_may_have_a_macro_of_its_own() -> None:
    page = Renderer(BOOK, PLAIN).nodes(Section("title-page", Kind.TITLE_PAGE))
    assert "A &lt;Title&gt; &amp; More</h1>" in page


def test_no_kind_of_section_goes_by_the_name_of_a_part() -> None:
    """A section of every kind shows its words: a macro for something else must not be taken for that of a kind."""
    for kind in (kind for kind in Kind if not kind.generated):
        page = Renderer(BOOK, PLAIN).nodes(Section("x", kind, (Text("Heading"),), (Paragraph((Text("Words."),)),)))
        assert "Heading" in page, kind
        assert "<p>Words.</p>" in page, kind


def test_an_empty_cell_heads_nothing() -> None:
    head = Row((Cell(()), Cell((Paragraph((Text("Copies"),)),))))
    table = Table((Column(), Column()), (head,), (head,))
    page = Renderer(BOOK, PLAIN).nodes((table,))
    assert '<tr><td></td><th scope="col">Copies</th></tr>' in page
    assert page.count("<th") == 2  # the other begins thead


def test_a_paragraph_after_verse_in_another_language_begins_flush() -> None:
    words = Paragraph((Text("Securus."),))
    apart, plain, empty = (Division(blocks, lang="la") for blocks in ((Quote((words,)),), (words,), ()))
    pages = [Renderer(BOOK, PLAIN).nodes((each,)) for each in (apart, plain, empty)]
    assert ['class="apart"' in page for page in pages] == [True, False, False]


def test_the_source_of_a_quotation_is_no_landmark() -> None:
    """Where a chapter has a role, a footer in it counts as that of the page, and there may only be one (axe-core)."""
    page = Renderer(BOOK, PLAIN).nodes((Quote((Paragraph((Text("So."),)),), (Text("Mire"),)),))
    assert '<div class="attribution"><p><cite>Mire</cite></p></div>' in page


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("{% if %}", "X01"),
        ("{{ nothing }}", "X01"),
        ("<p>open", "X02"),
        ("{{ ''.__class__.__mro__ }}", "X01"),
        ("{{ 1 / 0 }}", "X01"),
        ("{{ 1 + 'a' }}", "X01"),
        ("{{ 'text'.missing.more }}", "X01"),
        ("{{ 'no-such-picture.png' | picture_of }}", "X01"),
        ("{% macro own() %}{{ own() }}{% endmacro %}{{ own() }}", "X01"),
        ("{% include '/etc/hostname' %}", "X01"),
        ("{% include '../../book.toml' %}", "X01"),
        ("<p><script>x</script></p>", "W42"),
        ("<p><a href='javascript:x'>a</a></p>", "W42"),
        ("<p><img src='https://example.org/i.png' alt=''/></p>", "W42"),
    ],
)
def test_a_fault_in_a_template_is_a_problem(tmp_path: Path, template: str, code: str) -> None:
    (tmp_path / "page.xhtml.j2").write_text(template)
    with pytest.raises(SamizdatError) as caught:
        Renderer(BOOK, (tmp_path, *PLAIN)).page("page.xhtml.j2")
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_fault_in_a_macro_is_found_in_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "nodes.xhtml.j2").write_text("{# own #}\n{% macro text(node) %}\n{{ node.words }}{% endmacro %}")
    (tmp_path / "page.xhtml.j2").write_text("<p>{{ node | xhtml }}</p>")
    with pytest.raises(SamizdatError) as caught:
        Renderer(BOOK, (tmp_path, *PLAIN)).page("page.xhtml.j2", node=Text("so"))
    place = caught.value.problems[0].place
    assert (Path(place.file).name, place.line) == ("nodes.xhtml.j2", 3)


@pytest.mark.parametrize("macro", ["{{ ''.__class__ }}", "{{ lipsum() }}", "{{ 1 / 0 }}", "{{ 'ab' | random }}"])
def test_a_macro_may_be_at_fault_without_a_page_around_it(tmp_path: Path, macro: str) -> None:
    (tmp_path / "nodes.xhtml.j2").write_text(f"{{% macro text(node) %}}\n{macro}{{% endmacro %}}")
    with pytest.raises(SamizdatError) as caught:
        Renderer(BOOK, (tmp_path, *PLAIN)).nodes((Text("so"),))
    place = caught.value.problems[0].place
    assert (caught.value.problems[0].code, Path(place.file).name, place.line) == ("X01", "nodes.xhtml.j2", 2)


@pytest.mark.parametrize("macro", ["text(node)", "text()"])
def test_a_macro_that_calls_itself_without_end_or_takes_nothing_is_a_fault(tmp_path: Path, macro: str) -> None:
    (tmp_path / "nodes.xhtml.j2").write_text(f"{{% macro {macro} %}}{{{{ node | xhtml }}}}{{% endmacro %}}")
    (tmp_path / "page.xhtml.j2").write_text("<p>{{ node | xhtml }}</p>")
    with pytest.raises(SamizdatError) as caught:
        Renderer(BOOK, (tmp_path, *PLAIN)).page("page.xhtml.j2", node=Text("so"))
    assert caught.value.problems[0].code == "X01"


def test_a_style_sheet_that_takes_something_from_outside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "style.css.j2").write_text("p { background: url(https://example.org/i.png) }")
    with pytest.raises(SamizdatError) as caught:
        Renderer(BOOK, (tmp_path, *PLAIN)).text("style.css.j2")
    assert caught.value.problems[0].code == "W42"


def test_a_template_cannot_count_without_end(tmp_path: Path) -> None:
    (tmp_path / "page.xhtml.j2").write_text("{% for number in range(999999999) %}{{ number }}{% endfor %}")
    with pytest.raises(SamizdatError) as caught:
        Renderer(BOOK, (tmp_path, *PLAIN)).page("page.xhtml.j2")
    assert caught.value.problems[0].code == "X01"


def test_a_string_in_css_cannot_end_the_style() -> None:
    assert css_string('a"</style>\\') == '"a\\22 \\3c /style\\3e \\5c "'


def test_no_link_leads_a_template_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("canary")
    (tmp_path / "own").mkdir()
    for name in ("linked.j2", "nodes.xhtml.j2"):
        (tmp_path / "own" / name).symlink_to(tmp_path / "secret.txt")
    (tmp_path / "own" / "page.xhtml.j2").write_text("<p>{% include 'linked.j2' %}</p>")
    renderer = Renderer(BOOK, (tmp_path / "own", *PLAIN))
    with pytest.raises(SamizdatError) as caught:
        renderer.page("page.xhtml.j2")
    assert caught.value.problems[0].code == "X01"


def test_a_folder_of_templates_that_is_a_link_elsewhere_is_none(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "templates" / "shared").mkdir(parents=True)
    (tmp_path / "templates" / "epub").symlink_to(tmp_path / "elsewhere")
    assert layers([tmp_path / "templates"], "epub", "shared") == (tmp_path / "templates" / "shared",)
