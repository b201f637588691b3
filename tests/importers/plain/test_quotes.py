from collections.abc import Callable
from dataclasses import replace

import pytest

from samizdat.importers.plain import letters, quotes
from samizdat.importers.plain.habits import Habits
from samizdat.importers.plain.passages import cut
from samizdat.importers.plain.record import Decision, Line, PassageKind, Passages, Study
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Division, Epigraph, Paragraph, Quote, Role, Verse
from samizdat.model.walk import plain_text

See = Callable[..., tuple[Passages, tuple[Decision, ...]]]
Kinds = Callable[..., list[PassageKind]]
STUDY = Study(72, wrapped=True, indented=False, language="en", language_confidence=1.0, gap=1)
LONG = (
    "The archive was moved four times in those years, and at each move a box or two was left behind in a cellar or on a cart. "
    * 3
)


def only(passages: Passages, kind: PassageKind) -> Quote | Epigraph:
    """Return the only passage of a kind as a block."""
    (found,) = (one for one in passages if one.kind is kind)
    (made,) = quotes.blocks(found, STUDY)
    assert isinstance(made, Quote | Epigraph)
    return made


def test_prose_that_is_set_in_is_a_quotation_with_its_paragraphs(see: See) -> None:
    text = """\
    The notice had been copied out by the schoolmaster in his best hand:

            From the first of the month nobody shall draw water from the upper
        well without a ticket, nor lend a ticket to anybody, nor sell one.
            Tickets are to be had at the mill between six and seven in the
        morning, except on the day of the market, when there are none.

    Nobody paid any attention.
    """
    quote = only(see(text)[0], PassageKind.QUOTE)
    assert [plain_text(block)[:10] for block in quote.blocks] == ["From the f", "Tickets ar"]


def test_a_dash_and_a_name_are_the_attribution(see: See) -> None:
    text = """\
    Over the desk hung a card.

        He who keeps the key keeps the door, and he who keeps the door will
        sooner or later believe that he has built the house himself.

                                        --Ottilie Brandt, _Keys_
    """
    quote = only(see(text)[0], PassageKind.QUOTE)
    assert plain_text(quote.attribution) == "Ottilie Brandt, Keys"
    assert len(quote.blocks) == 1


def test_verse_with_an_attribution_is_a_quotation_of_verse(see: See) -> None:
    text = """\
    The carters had a song about it.

        The gate is low, the wall is high,
        The road goes on without a why.

        [A carter's song]
    """
    quote = only(see(text)[0], PassageKind.QUOTE)
    assert isinstance(quote.blocks[0], Verse)
    assert plain_text(quote.attribution) == "[A carter’s song]"


def test_names_before_a_wide_gap_where_a_book_has_many(see: See) -> None:
    entry = """\
    The word was in use among the carters and has not been heard of since the
    railway came, though it is still to be read on one or two old gates.

        It {0} all day, it {0} all night,
        And in the morning it was white.

    Wilm {1}


    """
    text = "".join(entry.format(*pair) for pair in (("snowed", "Acker"), ("rained", "Bolt"), ("hailed", "Crome")))
    passages, _ = see(text)
    found = [one for one in passages if one.kind is PassageKind.QUOTE]
    assert [plain_text(quotes.blocks(one, STUDY)[0].attribution) for one in found] == ["Wilm Acker", "Wilm Bolt", "Wilm Crome"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("before", "quotation"),
    [
        ("As the tanner Ilse Moor wrote of the same year:", f"{LONG}\ue0007\ue001"),
        ("The minutes describe it, and Anton Weil put it this way:", f"... {LONG}"),
        ("This is what the clerk Pavel Rusk said at the hearing:", f"*{LONG.strip()}*"),
    ],
)
def test_a_colon_introduces_a_quotation_in_a_capture_without_indents(before: str, quotation: str) -> None:
    text = f"{LONG}\n\n{LONG}{before}\n\n{quotation}\n\n{LONG}"
    passages = cut(Line(number, line) for number, line in enumerate(text.split("\n"), start=1))
    found, decisions = quotes.found_in(passages, Habits(0, 72, wrapped=False), Rules())
    assert [one.kind for one in found] == [PassageKind.UNKNOWN, PassageKind.UNKNOWN, PassageKind.QUOTE, PassageKind.UNKNOWN]
    assert decisions[0].rule == "Q52"


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}\n\nShe turned round and said:\n\n“{LONG}”\n\n{LONG}",
        f"{LONG}\n\nThese are the books that I used:\n\nMoor, I. (1997) {LONG}\n\nRusk, P. (2001) {LONG}",
        f"{LONG}\n\nThere was only one way to do it:\n\n{LONG}\n\n{LONG}",
        f"{LONG}\n\nThe clerk said that four things were wanting:\n\n1. {LONG}\n\n2. {LONG}",
    ],
)
def test_a_colon_alone_makes_no_quotation(see: See, text: str) -> None:
    assert PassageKind.QUOTE not in [one.kind for one in see(text, prose=False)[0]]


@pytest.mark.parametrize(
    ("before", "quotation", "after"),
    [
        ("To quote from a tanner whom everybody knew", LONG, LONG),
        (
            LONG,
            LONG,
            "— “What Is a Gate For?,” “The Patience of the Wall and the Impatience of All Those Who Wait in Front of It”",
        ),
    ],
)
def test_a_line_before_or_after_may_show_a_quotation(before: str, quotation: str, after: str) -> None:
    text = f"{LONG}\n\n{before}\n\n{quotation}\n\n{after}\n\n{LONG}"
    passages = cut(Line(number, line) for number, line in enumerate(text.split("\n"), start=1))
    found, _ = quotes.found_in(passages, Habits(0, 72, wrapped=False), Rules())
    assert found[2].kind is PassageKind.QUOTE


def test_an_epigraph_stands_after_a_heading() -> None:
    lines = [
        "The Long Wall",
        "",
        "    Nothing that has a gate is only a wall, and nothing that has a wall is",
        "    only a garden to those outside of it.",
        "",
        "    —Ottilie Brandt",
        "",
        LONG[:70],
        LONG[71:140],
    ]
    passages = cut(Line(number, line) for number, line in enumerate(lines, start=1))
    passages = (replace(passages[0], kind=PassageKind.HEADING), *passages[1:])
    found, _ = quotes.found_in(passages, Habits(0, 72, wrapped=True), Rules())
    epigraph = only(found, PassageKind.EPIGRAPH)
    assert isinstance(epigraph, Epigraph)
    assert plain_text(epigraph.attribution) == "Ottilie Brandt"


def test_a_sign_in_the_middle_of_the_page(see: See) -> None:
    text = """\
    On the door, at about the height of a child's eyes, hung a square of tin
    with these words on it, and under them somebody had drawn a fish:

                            THE FERRYMAN

                          is gone to sea.

    The widow read it twice.
    """
    quote = only(see(text)[0], PassageKind.QUOTE)
    assert [plain_text(block) for block in quote.blocks] == ["THE FERRYMAN", "is gone to sea."]


@pytest.mark.parametrize(
    "text",
    ["                                CHAPTER", "     “Yes?”", "    NO ENTRY HERE"],
)
def test_short_lines_that_are_set_in_are_no_quotations(kinds: Kinds, text: str) -> None:
    assert PassageKind.QUOTE not in kinds(text)


def test_paragraphs_that_begin_set_in_are_no_quotations(see: See) -> None:
    paragraph = (
        "    The boats came in late that evening, and most of them were empty of\n"
        "fish and full of rope, and nobody on the quay was surprised at all by it\nor sorry.\n    Good.\n"
    )
    passages, _ = see(paragraph * 12, prose=False)
    assert PassageKind.QUOTE not in [one.kind for one in passages]


def test_a_letter_has_a_greeting_and_a_signature(see: See) -> None:
    text = """\
    He turned the paper over and read it aloud.

        Old Harbour, 4 May 1871

        My dear Ilse,

        The boat was sold on Thursday for less than the price of her sails, and
        nobody has asked yet where the money went or who counted it.

        Your affectionate brother,
        Anton
    """
    passages, _ = see(text)
    (letter,) = (one for one in passages if one.kind is PassageKind.LETTER)
    (made,) = letters.blocks(letter, STUDY)
    assert isinstance(made, Division)
    roles = [block.role if isinstance(block, Division) else None for block in made.blocks]
    assert (made.role, roles) == (Role.LETTER, [Role.DATELINE, Role.SALUTATION, None, Role.SIGNATURE])
    signature = made.blocks[-1]
    assert isinstance(signature, Division)
    assert [plain_text(block) for block in signature.blocks] == ["Your affectionate brother,", "Anton"]


def test_a_name_far_to_the_right_signs_a_letter(see: See) -> None:
    text = """\
    He turned the paper over and read it aloud.

        "I have taken the liberty of borrowing your boat, since mine has been
        borrowed by somebody else. You will find it at the mill.

        "Yours truly,

                                            "A. NEIGHBOUR."
    """
    (letter,) = (one for one in see(text)[0] if one.kind is PassageKind.LETTER)
    (made,) = letters.blocks(letter, STUDY)
    assert isinstance(made, Division)
    assert plain_text(made.blocks[-1]).endswith("A. NEIGHBOUR.”")
    assert [block.role for block in made.blocks if isinstance(block, Division)] == [Role.SIGNATURE]


def test_a_signature_under_running_text_is_one_by_itself(see: See) -> None:
    passages, _ = see("Your obedient servant,\n    Anselm Pike")
    (signature,) = (one for one in passages if one.kind is PassageKind.LETTER)
    (made,) = letters.blocks(signature, STUDY)
    assert isinstance(made, Division)
    assert made.role is Role.SIGNATURE
    assert all(isinstance(block, Paragraph) for block in made.blocks)
