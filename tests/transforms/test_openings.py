"""Which chapters begin with an initial, and with how much of their first sentence."""

import datetime

import pytest

from samizdat.model.block import Blocks, Epigraph, List, Paragraph, Stanza, Verse
from samizdat.model.block import Line as VerseLine
from samizdat.model.book import Book, Metadata, Section
from samizdat.model.inline import Emphasis, SmallCaps, Span, SpanRole, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import descend, plain_text
from samizdat.transforms.openings import Initials, openings

REST = " and nobody in the long street had printed before." * 3


def opened(*blocks: object, initials: Initials = "drop", kind: Kind = Kind.CHAPTER) -> Blocks:
    chapter = Section("camps", kind, (Text("Camps"),), blocks)  # type: ignore[arg-type]  # each test's own blocks
    part = Section("part", Kind.PART, (Text("One"),), sections=(chapter,))
    book = Book(Metadata("Openings", "en", "urn:0", datetime.date(2026, 1, 2)), (), (part,), ())
    return openings(initials, 100)(book).body[0].sections[0].blocks


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def opening(blocks: Blocks) -> tuple[str, str]:
    """The initial and the words in small capitals."""
    initial = [plain_text(node) for node in descend(blocks) if isinstance(node, Span) and node.role is SpanRole.INITIAL]
    words = [plain_text(node) for node in descend(blocks) if isinstance(node, SmallCaps)]
    return "".join(initial), "".join(words)


@pytest.mark.parametrize(
    ("text", "initial", "words"),
    [
        ("Once upon a time there was a press", "O", "nce upon a time"),
        ("A press stood in a cellar", "A", " press stood in"),
        ("“Where is it?” they asked", "“W", "here is it"),
        ("«\u00a0Où est-il\u00a0?\u00a0» demanda le vieux", "«\u00a0O", "ù est-il"),
        ("¡Qué noche aquella de marzo", "¡Q", "ué noche aquella de"),
        ("Internationalism, misrepresented by institutions", "I", "nternationalism"),
        ("L’homme qui marchait dans la rue", "L", "’homme qui marchait dans"),
        ("Ελευθερία ή θάνατος λένε", "Ε", "λευθερία ή θάνατος λένε"),
    ],
)
def test_the_first_letter_takes_the_marks_before_it_along(text: str, initial: str, words: str) -> None:
    blocks = opened(paragraph(text + REST))
    assert opening(blocks) == (initial, words)
    assert plain_text(blocks) == text + REST


@pytest.mark.parametrize("text", ["1917 was a year", "eBay was founded", "كان يا ما كان", "昔々あるところに", "… and then"])
def test_what_has_no_capital_begins_plainly(text: str) -> None:
    assert opening(opened(paragraph(text + REST))) == ("", "")


def test_words_alone_keep_their_first_letter() -> None:
    assert opening(opened(paragraph("Once upon a time there" + REST), initials="words")) == ("", "Once upon a time")


@pytest.mark.parametrize(
    "first",
    [
        Verse((Stanza((VerseLine((Text("Once"),)),)),)),
        List(((paragraph("Once"),),)),
        paragraph("Once, and briefly."),
        Paragraph((Emphasis((Text("Once" + REST),)),)),
    ],
)
def test_verse_lists_emphasis_and_short_paragraphs_have_no_initial(first: object) -> None:
    assert opening(opened(first, paragraph("Once upon a time there" + REST))) == ("", "")


def test_an_epigraph_stands_before_the_beginning() -> None:
    motto = Epigraph((paragraph("Once upon a time there" + REST),))
    blocks = opened(motto, paragraph("Then upon a day there" + REST))
    assert blocks[0] == motto
    assert opening(blocks) == ("T", "hen upon a day")


def test_back_matter_has_no_initials() -> None:
    assert opening(opened(paragraph("Once upon a time there" + REST), kind=Kind.GLOSSARY)) == ("", "")
