"""Books made at random: every node that an importer can make, with words that Markdown would like to take for its own."""

import datetime
import string
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from samizdat.model.block import (
    Align,
    Block,
    Blocks,
    Cell,
    Column,
    Definition,
    DefinitionList,
    Division,
    Epigraph,
    Figure,
    Formula,
    Heading,
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
from samizdat.model.book import Book, Metadata, Note, Picture, Section
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
    NoteRef,
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
from samizdat.model.kind import Kind
from samizdat.model.walk import descend

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20"><path d="M0 0h9"/></svg>'
PICTURE = Picture("images/a boat (1).svg", "image/svg+xml", 10, 20, DRAWING)
METADATA = Metadata("A \"Case\" \\ of 'Type'", "en-GB", "urn:case", datetime.date(2026, 11, 23))
LETTERS = string.ascii_letters + "0123456789éßжאش中—–…’“”«»\u00a0\u00ad" + 2 * string.punctuation + " " * 30
SNIPPETS = (
    *"- a|1. b|(i) c|a. d|Table: e|: f|> g|# h|[^a]|[^a]: b|---|...|don't|http://x.y|<b>|&amp;|\\em{x}|::: j|$x$|@k".split("|"),
    *"![l](m)|[n](o)|^[p]|~q~|r^s^|x--y|+---+|`t`|{.u}|= v|http://www.a.b/c_d_e|%w|#. x|_y_|'90s|<!-- z -->|! [a]".split("|"),
    *("'b' c", 'say "so"', "* * *"),
)


@pytest.fixture(scope="session")
def make_book() -> Callable[[Random], Book]:
    """Make a book by chance."""
    return lambda chance: Maker(chance).book()


class Maker:
    """Makes nodes by chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.notes: list[Note] = []
        self.ids = 0

    def book(self) -> Book:
        """Make a book of one chapter."""
        title = self.run(2)
        blocks = self.blocks(3)
        inner = tuple(
            Section(self.id(), Kind.SECTION, self.run(1), self.blocks(2), source="01-chapter.md")
            for _ in range(self.chance.randint(0, 2))
        )
        short = self.chance.choice(("", self.words().strip()))
        subtitle = self.chance.choice(((), (Text(f"s{self.words()}s"),)))
        chapter = Section("chapter", Kind.CHAPTER, title, blocks, inner, (), subtitle, short, "01-chapter.md")
        return self.bound(chapter)

    def bound(self, chapter: Section) -> Book:
        """Make a book of a chapter, with the notes that it calls in the order in which they are called."""
        bodies = {note.key: note for note in self.notes}
        called = dict.fromkeys(node.key for node in descend(chapter) if isinstance(node, NoteRef))
        chapter = replace(chapter, notes=tuple(bodies[key] for key in called))
        shown = any(isinstance(node, Image) for node in descend(chapter))
        return Book(METADATA, (), (chapter,), (), (PICTURE,) if shown else ())

    def id(self) -> str:
        self.ids += 1
        return f"id-{self.ids}"

    def maybe_id(self) -> str:
        return self.chance.choice(("", self.id()))

    def words(self) -> str:
        if self.chance.random() < 0.25:
            return self.chance.choice(SNIPPETS)
        return "".join(self.chance.choices(LETTERS, k=self.chance.randint(1, 14)))

    def term(self) -> str:
        return " ".join(self.words().split()).strip("! ") or "term"

    def run(self, depth: int) -> Inlines:
        """Make a run that begins and ends with something other than a space, as a paragraph does."""
        nodes = list(self.inlines(depth))
        if not nodes or not isinstance(nodes[0], Emphasis | Strong | Code | Quoted | Text) or _spaced(nodes[0]):
            nodes.insert(0, Code("a"))
        if isinstance(nodes[-1], Text | LineBreak | Math | Image):
            nodes.append(self.chance.choice((Emphasis((Text("z"),)), Code("z"))))
        return _joined(nodes)

    def inlines(self, depth: int, least: int = 0) -> Inlines:
        return _joined([self.inline(depth) for _ in range(self.chance.randint(least, 4))])

    def inline(self, depth: int) -> Inline:
        simple: list[Callable[[], Inline]] = [
            *[lambda: Text(self.words())] * 8,
            LineBreak,
            lambda: Code(self.chance.choice(("a", "`b", "c\\*", "d``e", "<f>", "g 'h'", "[^i]"))),
            lambda: Math(self.chance.choice((r"x^2", r"\frac{1}{2}", "a_1", r"\text{a}"))),
            lambda: Image(PICTURE.path, self.term(), self.chance.choice(("", "40mm", "50%", "12.5px"))),
            lambda: CrossReference(self.id(), self.chance.choice((ReferenceForm.TITLE, ReferenceForm.PAGE)), ()),
            lambda: Span((), SpanRole.PLAIN, "", self.id()),
        ]
        if depth <= 0:
            return self.chance.choice(simple)()
        if not self.chance.randint(0, 14):
            return self.note()
        return self.around(depth - 1) if self.chance.random() < 0.5 else self.chance.choice(simple)()

    def around(self, depth: int) -> Inline:
        inner = self.inlines(depth, 1)
        linked = any(isinstance(node, Link | CrossReference | NoteRef) for node in descend(inner))
        simple: list[Callable[[], Inline]] = [
            lambda: Emphasis(inner),
            lambda: Strong(inner),
            lambda: SmallCaps(inner),
            lambda: Superscript(inner),
            lambda: Subscript(inner),
            lambda: Strikeout(inner),
            lambda: Quoted(self.chance.choice(tuple(QuoteMark)), inner),
            lambda: self.link((Text("link"),) if linked else inner),
            lambda: self.index_term(inner),
            lambda: self.span(inner),
        ]
        return self.chance.choice(simple)()

    def link(self, inner: Inlines) -> Inline:
        if self.chance.random() < 0.5:
            return CrossReference(self.id(), self.chance.choice((ReferenceForm.TEXT, ReferenceForm.PAGE)), inner)
        target = self.chance.choice(("https://example.org/a_b?c=1&d=(2)*", "mailto:a@example.org"))
        return Link(target, inner, self.chance.choice(("", self.term())))

    def index_term(self, inner: Inlines) -> Inline:
        entry = tuple(self.term() for _ in range(self.chance.randint(1, 2)))
        see, see_also = self.chance.choice(("", self.term())), self.chance.choice(("", self.term()))
        return IndexTerm(entry, self.chance.choice(((), inner)), see, see_also)

    def span(self, inner: Inlines) -> Inline:
        role = self.chance.choice((SpanRole.PLAIN, SpanRole.STAGE, SpanRole.UNDERLINE, SpanRole.MARK))
        if any(isinstance(node, Span) for node in inner):
            role = SpanRole.MARK
        lang, identity = self.chance.choice(("", "de", "pt-BR")), self.maybe_id()
        return Span(inner, role, lang if role is not SpanRole.PLAIN or identity else "de", identity)

    def note(self) -> Inline:
        key = f"n-{len(self.notes)}"
        place = len(self.notes)
        self.notes.append(Note(key, ()))
        self.notes[place] = Note(key, _Noteless(self).blocks(1))
        return NoteRef(key)

    def blocks(self, depth: int, least: int = 0) -> Blocks:
        return tuple(self.block(depth) for _ in range(self.chance.randint(least, 3)))

    def block(self, depth: int) -> Block:
        simple: list[Callable[[], Block]] = [
            *[lambda: Paragraph(self.run(2))] * 6,
            lambda: Preformatted(
                self.chance.choice(("a", "b\n\n  c", "```d", "[^e]: f", "    g\n")), self.chance.choice(("", "python"))
            ),
            lambda: Formula(self.chance.choice((r"x^2", r"\frac{1}{2} = y")), self.maybe_id()),
            SceneBreak,
            self.verse,
            lambda: Figure(Image(PICTURE.path, self.term()), self.run(2), self.maybe_id(), plate=self.chance.random() < 0.2),
            self.table,
        ]
        if depth <= 0:
            return self.chance.choice(simple)()
        deep: list[Callable[[], Block]] = [
            lambda: Quote(self.blocks(depth - 1, 1), self.attribution()),
            lambda: Epigraph(self.blocks(depth - 1, 1), self.attribution()),
            lambda: self.list(depth - 1),
            lambda: DefinitionList(tuple(self.definition(depth - 1) for _ in range(self.chance.randint(1, 2)))),
            lambda: self.division(depth - 1),
        ]
        return self.chance.choice([*simple, *deep * 3])()

    def attribution(self) -> Inlines:
        return self.chance.choice(((), self.run(1)))

    def verse(self) -> Verse:
        def line() -> Line:
            return Line(self.run(1), self.chance.randint(0, 4))

        return Verse(
            tuple(Stanza(tuple(line() for _ in range(self.chance.randint(1, 3)))) for _ in range(self.chance.randint(1, 2)))
        )

    def definition(self, depth: int) -> Definition:
        return Definition(self.run(1), tuple(self.blocks(depth, 1) for _ in range(self.chance.randint(1, 2))), self.maybe_id())

    def list(self, depth: int) -> List:
        numbering = self.chance.choice((None, *Numbering))
        start = 1 if numbering is None else self.chance.choice((1, 2, 3))
        if self.chance.random() < 0.5:
            items = tuple((Paragraph(self.run(1)),) for _ in range(self.chance.randint(1, 3)))
            return List(items, numbering, start, tight=True)
        loose = tuple(
            (Paragraph(self.run(1)), Paragraph(self.run(1)), *self.blocks(depth)) for _ in range(self.chance.randint(1, 3))
        )
        return List(loose, numbering, start, tight=False)

    def division(self, depth: int) -> Division:
        role = self.chance.choice(tuple(Role))
        lang, identity = self.chance.choice(("", "he")), self.maybe_id()
        if role is Role.PLAIN and not identity:
            lang = "he"
        if role is Role.DRAMA:
            blocks = tuple(Speech(self.run(1), self.blocks(depth, 1)) for _ in range(self.chance.randint(1, 2)))
            return Division((*blocks, Division((Paragraph(self.run(1)),), Role.STAGE)), role, lang, identity)
        heading = (Heading(self.chance.randint(1, 4), self.run(1), self.maybe_id()),) if self.chance.random() < 0.3 else ()
        return Division((*heading, *self.blocks(depth, 1)), role, lang, identity)

    def table(self) -> Table:
        width = self.chance.randint(1, 3)
        share = self.chance.choice((0.0, 0.25))
        columns = tuple(Column(self.chance.choice(tuple(Align)), share) for _ in range(width))
        headed = self.chance.random() < 0.3

        def row(*, heads: bool = False, whole: bool = False) -> Row:
            cells, place = [], 0
            while place < width:
                span = 1 if whole else self.chance.choice((1, 1, 1, width - place))
                blocks = self.chance.choice(((Paragraph(self.run(1)),), (), self.blocks(0)))
                if heads:
                    blocks = (Paragraph(self.run(1)),)
                blocks = tuple(block for block in blocks if not isinstance(block, Table))
                cells.append(Cell(blocks, columns[place].align, span, 1, headed and not heads and place == 0))
                place += span
            return Row(tuple(cells))

        head = (row(heads=True),) if self.chance.random() < 0.7 else ()
        body = (*(row() for _ in range(self.chance.randint(0, 2))), row(whole=True))
        caption = self.chance.choice(((), self.run(1)))
        return Table(columns, head, body, caption=caption, id=self.maybe_id())


class _Noteless(Maker):
    """Makes what stands in a note, where no note can."""

    def __init__(self, maker: Maker) -> None:
        super().__init__(maker.chance)
        self.maker = maker

    def id(self) -> str:
        return self.maker.id()

    def note(self) -> Inline:
        return Text("no note")


def _spaced(node: Inline) -> bool:
    return isinstance(node, Text) and (node.text[:1] in " \u00a0—")


def _joined(nodes: list[Inline]) -> Inlines:
    """Leave no two texts side by side, as the importer does."""
    result: list[Inline] = []
    for node in nodes:
        if not (result and isinstance(node, Text) and isinstance(result[-1], Text)):
            result.append(node)
    return tuple(result)
