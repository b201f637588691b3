from collections.abc import Callable

import pytest

from samizdat.importers.plain import verse
from samizdat.importers.plain.record import Decision, PassageKind, Passages, Study
from samizdat.model import block as model
from samizdat.model.walk import plain_text

See = Callable[..., tuple[Passages, tuple[Decision, ...]]]
Kinds = Callable[..., list[PassageKind]]
STUDY = Study(72, wrapped=True, indented=False, language="en", language_confidence=1.0, gap=1)
USUAL = """\
We carried the nets to the harbour wall,
The morning was grey and the water was low,
And nobody spoke of the winter at all,
For nobody there had a wish to know;
"""


def poem(passages: Passages) -> model.Verse:
    """Return the only poem."""
    (found,) = (one for one in passages if one.kind is PassageKind.VERSE)
    (made,) = verse.blocks(found, STUDY)
    assert isinstance(made, model.Verse)
    return made


def shape(made: model.Verse) -> list[list[tuple[int, str]]]:
    """Return indents and words by stanza."""
    return [[(line.indent, plain_text(line.inlines)) for line in stanza.lines] for stanza in made.stanzas]


def test_stanzas_that_are_set_in_are_one_poem(see: See) -> None:
    text = """\
      The lamp is out, the boat is gone,
          The tide has turned again;
      And what we meant to say at dawn
          Was carried off by rain.

      So leave the basket by the door,
          And leave the door ajar:
      We shall not want it any more
          Where all the others are.
    """
    passages, decisions = see(text)
    assert shape(poem(passages)) == [
        [
            (0, "The lamp is out, the boat is gone,"),
            (4, "The tide has turned again;"),
            (0, "And what we meant to say at dawn"),
            (4, "Was carried off by rain."),
        ],
        [
            (0, "So leave the basket by the door,"),
            (4, "And leave the door ajar:"),
            (0, "We shall not want it any more"),
            (4, "Where all the others are."),
        ],
    ]
    (decision,) = (one for one in decisions if one.rule == "V51")
    assert "8 lines in 2 stanzas" in decision.after


def test_a_long_line_goes_on_set_in_deeper(see: See) -> None:
    text = """\
      I have counted the lanterns of the harbour and the nets of the
          fishermen drying,
      I have counted the steps of the stair to the house where my mother
          is waiting,
      And none of them answered,
      And none of them asked me to stay or to go or to come back later
          with money.
    """
    lines = [words for _, words in shape(poem(see(text)[0]))[0]]
    assert lines == [
        "I have counted the lanterns of the harbour and the nets of the fishermen drying,",
        "I have counted the steps of the stair to the house where my mother is waiting,",
        "And none of them answered,",
        "And none of them asked me to stay or to go or to come back later with money.",
    ]


def test_verse_without_any_indent(kinds: Kinds) -> None:
    text = """\
    The bread is baked, the bread is cold,
    The knife lies on the shelf;
    And he who never would be told
    Must cut it for himself.
    """
    assert kinds(text) == [PassageKind.VERSE]


def test_verse_where_paragraphs_are_single_lines(see: See) -> None:
    prose = "The choir sang at every meeting in those years, and the songs were printed on the back of the programme. " * 4
    song = "Brothers, light the lamps tonight\nThe mill has stopped its wheel,\nAnd nobody will dim their light\nWho ate with us."
    text = f"{prose}\n\n{song}\n\n{prose}"
    passages, _ = see(text, prose=False)
    assert [one.kind for one in passages] == [PassageKind.PARAGRAPH, PassageKind.VERSE, PassageKind.PARAGRAPH]


def test_a_couplet_after_a_colon(kinds: Kinds) -> None:
    text = """\
    Over the door somebody had cut two lines with a knife:

        Who comes in here with muddy feet
        Shall have the dog's own chair and meat.
    """
    assert kinds(text) == [PassageKind.PARAGRAPH, PassageKind.VERSE]


def test_verse_inside_a_paragraph_without_blank_lines(kinds: Kinds) -> None:
    text = """\
    She laughed and said it was only what the children sang in the yard:
            One for the miller,
            Two for the thief,
            Three for the baker
            Who bakes him his beef,
    and then she went back to her ledger and did not look up any more.
    """
    assert kinds(text) == [PassageKind.PARAGRAPH, PassageKind.VERSE, PassageKind.PARAGRAPH]


def test_a_book_of_poems_without_indents(see: See) -> None:
    stanza = (
        "The {0} is grey, the {0} is old,\nIt stands beside the road;\nAnd some come in from cold\nAnd lay down their load.\n"
    )
    couplet = "Call it a {0},\nOr call it a name.\n"
    text = "\n".join(stanza.format(word) + "\n" + couplet.format(word) for word in "house mill barn tower inn chapel".split())
    passages, _ = see(text, prose=False)
    assert [one.kind for one in passages] == [PassageKind.VERSE]


@pytest.mark.parametrize(
    "text",
    [
        # dialogue with a short first line
        "“Not yet,” she said.\nThe clerk looked at the clock above the door, which had stopped at ten\nto four in the frost.",
        # a wrapped paragraph that is set in
        "    They shall keep the gate from the first bell to the last, and shall\n    let nobody through but the priest.",
        # an address
        "Mr. Anselm Pike\n14 Cooper Street\nOld Harbour\nNorth Riding",
        # a sum
        "    Four planks ............. $ 1.20\n    Nails ...................   .35\n    One door ................  2.00",
        # a list of goods
        "Candles\nSoap\nTwo ropes\nA lantern",
        # speeches
        "    FARMER: I never saw the cow.\n    JUDGE: You sold her twice.\n    FARMER: That was her sister.\n    JUDGE: Sit.",
        # a signature
        "Your obedient servant,\n    Anselm Pike",
        # notices in capitals
        "NO ENTRY\nBY ORDER OF THE HARBOUR\nTRESPASSERS WILL BE FINED",
        # numbered articles
        "  1. Nobody shall fish at night.\n  2. Nobody shall fish on Sunday.\n  3. Nobody shall fish for eels.",
    ],
)
def test_what_is_no_verse(kinds: Kinds, text: str) -> None:
    assert PassageKind.VERSE not in kinds(text)


def test_emphasis_and_quotations_may_go_on_over_line_ends(see: See) -> None:
    text = """\
        "_Come down, come down, the water said,
        And leave your books behind_;
        There is no letter for the dead,
        No harbour for the blind."
    """
    lines = [line.inlines for line in poem(see(text)[0]).stanzas[0].lines]
    assert plain_text(lines[0]).startswith("“")
    assert plain_text(lines[3]).endswith("”")
    assert "_" not in plain_text(tuple(lines))


def test_short_paragraphs_that_begin_indented_are_no_verse(kinds: Kinds) -> None:
    told = (
        "    He had come down to the quay to hear what was said of the ferry, and\n"
        "nobody said a word of it, which is how it goes on Mondays there, and on\nTuesdays.\n"
    )
    said = "    “I shall wait,” said the man.\n\n    “You will wait long,” she said.\n\n"
    assert kinds(f"{told}\n{said}{told}\n{said}{told}\n{said}", prose=False) == [PassageKind.PARAGRAPH] * 9


def test_every_other_line_set_in_is_a_line_of_its_own(see: See) -> None:
    text = """\
      The boat went out at evening bell
        With nobody to row,
      And what became of her to tell
        There is no one to know.
    """
    passages, _ = see(text)
    assert [indent for stanza in shape(poem(passages)) for indent, _ in stanza] == [0, 2, 0, 2]


def test_in_a_book_of_verse_a_line_may_run_far_over_the_others(see: See) -> None:
    long = """\
I count the ropes, the lamps, the baskets,
I count the boats that lie along the mole, the broad ones and the narrow ones, the ones with sails and those without a sail,
I count the men who wait.
"""
    passages, _ = see("\n".join([USUAL] * 8 + [long] + [USUAL] * 8))
    assert [len(stanza.lines) for stanza in poem(passages).stanzas] == [4] * 8 + [3] + [4] * 8


def test_paragraphs_without_space_between_are_no_verse_though_the_book_is(kinds: Kinds) -> None:
    sentence = "The songs above were sung at the harbour until the cannery closed, and were written down by those who sang them. "
    text = "\n".join([USUAL] * 16) + "\n\n\n\n" + sentence * 3 + "\n" + sentence * 4
    assert kinds(text) == [PassageKind.VERSE, PassageKind.PARAGRAPH]
