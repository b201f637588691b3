"""What each form of Markdown becomes, and that every node of the model can come out of a manuscript."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from samizdat import config
from samizdat.importers import read_book
from samizdat.model.block import (
    Align,
    Block,
    Blocks,
    Cell,
    Column,
    Contents,
    Definition,
    DefinitionList,
    Division,
    Epigraph,
    Figure,
    Formula,
    Heading,
    Index,
    Line,
    List,
    Numbering,
    Paragraph,
    Preformatted,
    Quote,
    Role,
    Row,
    SceneBreak,
    Speech,
    Stanza,
    Table,
    Verse,
)
from samizdat.model.inline import (
    Code,
    CrossReference,
    Emphasis,
    Image,
    IndexTerm,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    PageBreak,
    PageRange,
    Quoted,
    QuoteMark,
    ReferenceForm,
    SmallCaps,
    Span,
    SpanRole,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from samizdat.model.walk import descend

MADE_BY_TRANSFORMS = {Contents, Index, PageRange}
A, B, C = (Text(letter) for letter in "abc")


def p(*words: Inline) -> Paragraph:
    return Paragraph(words)


INLINES: dict[str, Inlines] = {
    "a *b* **c**": (Text("a "), Emphasis((B,)), Text(" "), Strong((C,))),
    "[a]{.smallcaps}~~b~~": (SmallCaps((A,)), Strikeout((B,))),
    "H~2~O^a^": (Text("H"), Subscript((Text("2"),)), Text("O"), Superscript((A,))),
    "[H~2~ *O*]{.superscript}": (Superscript((Text("H"), Subscript((Text("2"),)), Text(" "), Emphasis((Text("O"),)))),),
    "\"a 'b' c\"": (Quoted(QuoteMark.DOUBLE, (Text("a "), Quoted(QuoteMark.SINGLE, (B,)), Text(" c"))),),
    "a[b]{.quoted}c[a]{.single-quoted}": (A, Quoted(QuoteMark.DOUBLE, (B,)), C, Quoted(QuoteMark.SINGLE, (A,))),
    "“a” -- b --- c... don't": (Text("“a” – b — c… don’t"),),
    "a `b  *c*`": (Text("a "), Code("b  *c*")),
    r"$\frac{a}{b}$": (Math(r"\frac{a}{b}"),),
    "a\\\nb  \nc": (A, LineBreak(), B, LineBreak(), C),
    "a[]{.break}b": (A, LineBreak(), B),
    "a\nb": (Text("a b"),),
    "中\n文。\nか": (Text("中文。か"),),
    "한\n국 中\na": (Text("한 국 中 a"),),
    "Mr. Smith": (Text("Mr. Smith"),),
    r"a\ b&nbsp;c&shy;d": (Text("a\u00a0b\u00a0c\u00add"),),
    "a <!-- b --> c<!-- d -->": (Text("a c"),),
    '[a](https://a.example/b "c")': (Link("https://a.example/b", (A,), "c"),),
    "<https://a.example>": (Link("https://a.example", (Text("https://a.example"),)),),
    "<me@a.example>": (Link("mailto:me@a.example", (Text("me@a.example"),)),),
    "[](https://a.example)": (Link("https://a.example", (Text("https://a.example"),)),),
    "http://a.example": (Text("http://a.example"),),
    "[a](#b)": (CrossReference("b", ReferenceForm.TEXT, (A,)),),
    "[](#b)": (CrossReference("b", ReferenceForm.TITLE, ()),),
    "[](#b){.page}": (CrossReference("b", ReferenceForm.PAGE, ()),),
    "[a](#b){.page}": (CrossReference("b", ReferenceForm.PAGE, (A,)),),
    "[a](#b){#c}": (Span((CrossReference("b", ReferenceForm.TEXT, (A,)),), id="c"),),
    "[a]": (Text("[a]"),),
    "a ![b](images/boat.png){width=40mm}": (Text("a "), Image("images/boat.png", "b", "40mm")),
    '![*a* "b"](./images/boat.png) c': (Image("images/boat.png", "a “b”"), Text(" c")),
    '[]{.page n="47"}a': (PageBreak("47"), A),
    "[a]{.index}": (IndexTerm(("a",), (A,)),),
    '[a]{.index term="b!c d"}': (IndexTerm(("b", "c d"), (A,)),),
    '[]{.index term="b!!" see="c" see-also="a"}': (IndexTerm(("b!",), (), "c", "a"),),
    "[a]{.index lang=de #b}": (Span((IndexTerm(("a",), (A,)),), lang="de", id="b"),),
    "[a]{.stage}[b]{.underline}[c]{.mark}": (
        Span((A,), SpanRole.STAGE),
        Span((B,), SpanRole.UNDERLINE),
        Span((C,), SpanRole.MARK),
    ),
    "[a]{.underline lang=de}[]{#b}": (Span((A,), SpanRole.UNDERLINE, "de"), Span((), id="b")),
    "[a]{.smallcaps lang=de}": (Span((SmallCaps((A,)),), lang="de"),),
    "[a]{}": (A,),
}


@pytest.mark.parametrize("text", INLINES)
def test_inlines(text: str, read_blocks: Callable[[str], Blocks]) -> None:
    assert read_blocks(text) == (Paragraph(INLINES[text]),)


BLOCKS: dict[str, Blocks] = {
    "> a\n>\n> > b\n>\n> — *c*, a": (Quote((p(A), Quote((p(B),))), (Emphasis((C,)), Text(", a"))),),
    "> — a": (Quote((p(Text("— a")),)),),
    "> a\n>\n> []{}— b": (Quote((p(A), p(Text("— b")))),),
    "::: epigraph\na\n\n---b\n:::": (Epigraph((p(A),), (B,)),),
    "::: {.epigraph lang=de}\na\n:::": (Division((Epigraph((p(A),)),), lang="de"),),
    "| a\n|   b\n|\n| *c*": (Verse((Stanza((Line((A,)), Line((B,), 2))), Stanza((Line((Emphasis((C,)),)),)))),),
    "::: drama\na\n: b [c]{.stage}\n\n    c\n\n[b]{.smallcaps}\n: c\n\n::: stage\na\n:::\n:::": (
        Division(
            (
                Speech((A,), (p(Text("b "), Span((C,), SpanRole.STAGE)), p(C))),
                Speech((SmallCaps((B,)),), (p(C),)),
                Division((p(A),), Role.STAGE),
            ),
            Role.DRAMA,
        ),
    ),
    ":::: letter\n::: dateline\na\n:::\n\nb\n\n::: signature\nc\n:::\n::::": (
        Division((Division((p(A),), Role.DATELINE), p(B), Division((p(C),), Role.SIGNATURE)), Role.LETTER),
    ),
    "::: {.box .right #d lang=ar}\na\n:::": (Division((Division((p(A),), Role.RIGHT),), Role.BOX, "ar", "d"),),
    "::: center\n## a {#d}\n\nb\n:::": (Division((Heading(2, (A,), "d"), p(B)), Role.CENTRE),),
    "::: {}\na\n:::": (p(A),),
    "- a\n- b\n    - c": (List(((p(A),), (p(B), List(((p(C),),))))),),
    "- a\n\n- b": (List(((p(A),), (p(B),)), tight=False),),
    "iii. a\niv. b": (List(((p(A),), (p(B),)), Numbering.LOWER_ROMAN, 3),),
    "a\n:   b\n:   c\n\n[b]{#d}\n:   c": (
        DefinitionList((Definition((A,), ((p(B),), (p(C),))), Definition((B,), ((p(C),),), "d"))),
    ),
    "| a | b |\n|---|--:|\n| *c* | |\n\n: b {#d .row-headers}": (
        Table(
            (Column(), Column(Align.END)),
            (Row((Cell((p(A),), Align.START), Cell((p(B),), Align.END))),),
            (Row((Cell((p(Emphasis((C,))),), Align.START, heads_row=True), Cell((), Align.END))),),
            caption=(B,),
            id="d",
        ),
    ),
    '+---+---+\n| a | b |\n|   +---+\n|   | c |\n+---+---+\n\n: {widths="0.25 0"}': (
        Table(
            (Column(width=0.25), Column()),
            (),
            (Row((Cell((p(A),), Align.START, rows=2), Cell((p(B),), Align.START))), Row((Cell((p(C),), Align.START),))),
        ),
    ),
    '![a](images/boat.png){#d alt="b" width=50%}': (Figure(Image("images/boat.png", "b", "50%"), (A,), "d"),),
    "![a *b*](images/boat.png)": (Figure(Image("images/boat.png", "a b"), (Text("a "), Emphasis((B,)))),),
    '![](images/boat.png){.plate alt="b"}': (Figure(Image("images/boat.png", "b"), plate=True),),
    '![](images/boat.png){#d alt="b"}': (Figure(Image("images/boat.png", "b"), (), "d"),),
    "``` {.python}\na\n\n  b\n```\n\n    c": (Preformatted("a\n\n  b", "python"), Preformatted("c")),
    "$$a$$": (Formula("a"),),
    "[$$a$$]{#d}": (Formula("a", "d"),),
    "a $$b$$, c": (p(Text("a")), Formula("b,"), p(C)),
    "a\n\n* * *\n\nb": (p(A), SceneBreak(), p(B)),
    "<!-- a\n\nb -->\n\nc": (p(C),),
}  # fmt: skip


@pytest.mark.parametrize("text", BLOCKS)
def test_blocks(text: str, read_blocks: Callable[[str], Blocks]) -> None:
    assert read_blocks(text) == BLOCKS[text]


def test_every_node_can_come_out_of_a_manuscript(books: Path) -> None:
    folder = books / "specimen"
    book = read_book(folder, config.load(folder), lambda make, *_: make()).book
    found = {type(node) for node in descend(book)}
    for text in (*INLINES.values(), *BLOCKS.values()):
        found |= {type(node) for node in descend(text)}
    assert {*get_args(Block), *get_args(Inline)} - found == MADE_BY_TRANSFORMS
