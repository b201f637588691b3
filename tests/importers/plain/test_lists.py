from collections.abc import Callable

import pytest

from samizdat.importers.plain import lists
from samizdat.importers.plain.record import Decision, PassageKind, Passages, Study
from samizdat.model.block import DefinitionList, List, Numbering, Quote, Verse
from samizdat.model.walk import plain_text

See = Callable[..., tuple[Passages, tuple[Decision, ...]]]
Kinds = Callable[..., list[PassageKind]]
STUDY = Study(72, wrapped=True, indented=False, language="en", language_confidence=1.0, gap=1)


def the_list(passages: Passages) -> List:
    """Return the only list."""
    (found,) = (one for one in passages if one.kind is PassageKind.LIST)
    (made,) = lists.blocks(found, STUDY)
    assert isinstance(made, List)
    return made


@pytest.mark.parametrize(
    ("labels", "numbering"),
    [
        (("1.", "2.", "3."), Numbering.DECIMAL),
        (("(1)", "(2)", "(3)"), Numbering.DECIMAL),
        (("1)", "2)", "3)"), Numbering.DECIMAL),
        (("a)", "b)", "c)"), Numbering.LOWER_ALPHA),
        (("A.", "B.", "C."), Numbering.UPPER_ALPHA),
        (("i.", "ii.", "iii."), Numbering.LOWER_ROMAN),
        (("I.", "II.", "III."), Numbering.UPPER_ROMAN),
        (("-", "-", "-"), None),
        (("•", "•", "•"), None),
        (("*", "*", "*"), None),
    ],
)
def test_labels_make_a_list(see: See, labels: tuple[str, ...], numbering: Numbering | None) -> None:
    words = ("ropes of hemp, forty yards", "a lantern with a red glass", "two barrels of sweet water")
    apart = "\n\n".join(f"{label} {text}" for label, text in zip(labels, words, strict=True))
    close = apart.replace("\n\n", "\n")
    for text, tight in ((apart, False), (close, True)):
        found = the_list(see(f"They took with them:\n\n{text}")[0])
        assert (found.numbering, found.start, found.tight) == (numbering, 1, tight)
        assert tuple(plain_text(item) for item in found.items) == words


def test_an_item_goes_on_in_the_next_line(see: See) -> None:
    text = """\
    1.  The upper well is shut from the first bell of the evening to the
        last bell of the morning.

    2.  The lower well is open.
    """
    assert [plain_text(item) for item in the_list(see(text)[0]).items] == [
        "The upper well is shut from the first bell of the evening to the last bell of the morning.",
        "The lower well is open.",
    ]


def test_the_numbers_of_a_list_are_taken(see: See) -> None:
    _, decisions = see("They need:\n\n1. Rope to bind it\n\n2. Water to cool it")
    (decision,) = (one for one in decisions if one.rule == "L52")
    assert decision.taken == "1 2"


@pytest.mark.parametrize(
    "text",
    [
        "I. Brandt opened the meeting and read the minutes of the last one aloud.\n\nA. Weil objected to most of them.",
        "J. Moor was the first to speak.\n\nK. Rusk was the second, and the last.",
        "1871. The boats were sold.\n\n1872. The sails were sold.",
        "— Not now, he said.\n\n— When, then?\n\n— When the boats are in.",
        "3. The third of them said nothing at all.\n\n4. Nor did the fourth.",
        "I. I never saw her again.",
        "- 14 -",
    ],
)
def test_what_is_no_list(kinds: Kinds, text: str) -> None:
    assert PassageKind.LIST not in kinds(text)


def test_a_glossary_of_terms_in_capitals(see: See) -> None:
    text = """\
    ANCHOR: What keeps a boat from going where the others go.

    BALLAST: Stones that have been given something to do.

    THE CREW: Those who are wet.

    DECK: Where they stand.
    """
    passages, _ = see(text)
    (found,) = (one for one in passages if one.kind is PassageKind.DEFINITIONS)
    (made,) = lists.blocks(found, STUDY)
    assert isinstance(made, DefinitionList)
    assert [plain_text(item.term) for item in made.items] == ["ANCHOR", "BALLAST", "THE CREW", "DECK"]
    assert plain_text(made.items[3].meanings) == "Where they stand."


def test_a_dictionary_keeps_what_belongs_to_an_entry(see: See) -> None:
    words = "adder badger cow duck eel fox goat hen ibis jay kite lark mole".split()
    text = "\n\n".join(f"{word.upper()}, n.  A beast that is called so by those who have seen one." for word in words)
    verse = "    The badger dug, the badger slept,\n    And nobody knew what he kept.\n\nPik Ostler\n\n\n"
    text = (
        text.replace("\n\nCOW", f"\n\n{verse}COW").replace("\n\nDUCK", f"\n\n{verse}DUCK").replace("\n\nEEL", f"\n\n{verse}EEL")
    )
    text = text.replace("FOX, n. ", "FOX. ")
    passages, _ = see(text, prose=False)
    (found,) = passages
    (made,) = lists.blocks(found, STUDY)
    assert isinstance(made, DefinitionList)
    assert [plain_text(item.term) for item in made.items] == [word.upper() for word in words]
    quote = made.items[1].meanings[0][1]
    assert isinstance(quote, Quote)
    assert isinstance(quote.blocks[0], Verse)
    assert plain_text(made.items[5].meanings).startswith("A beast")


@pytest.mark.parametrize(
    "text",
    [
        "MOOR: You sold it.\n\nRUSK: I did not.\n\nMOOR: You did.\n\nRUSK: I gave it away.",
        "They said this: nobody knew.\n\nHe said that: everybody did.\n\nAnd so on: for ever.\n\nBut then: rain.",
    ],
)
def test_what_is_no_glossary(kinds: Kinds, text: str) -> None:
    assert PassageKind.DEFINITIONS not in kinds(text)


def test_the_persons_of_a_play_are_a_list(see: See) -> None:
    text = """\
    PERSONS OF THE PLAY

    Anton Weil, a ferryman
    Ilse Moor
    The Clerk
    """
    assert [plain_text(item) for item in the_list(see(text)[0]).items] == ["Anton Weil, a ferryman", "Ilse Moor", "The Clerk"]


def test_the_persons_of_a_play_are_no_verse_and_people_may_be_a_poem(see: See, kinds: Kinds) -> None:
    verses = ("Of the harbour and the tide,", "Of the lantern in the snow,", "Of the ferry, deep and wide,", "All come and go.")
    lines = "\n".join(f"    {verse}" for verse in verses)
    assert [one.kind for one in see(f"    DRAMATIS PERSONAE\n\n{lines}\n")[0]].count(PassageKind.LIST) == 1
    assert PassageKind.VERSE in kinds(f"    PEOPLE\n\n{lines}\n")


def test_the_persons_of_a_play_may_stand_apart(see: See) -> None:
    text = """\
    CHARACTERS

    ANTON WEIL, a ferryman.

    ILSE MOOR, who keeps the
    lamps.

    The Clerk.
    """
    assert len(the_list(see(text)[0]).items) == 3


def test_what_is_said_under_a_heading_is_no_list_of_persons(kinds: Kinds) -> None:
    text = """\
    PEOPLE

    “Who goes there?”

    “Only the ferryman.”

    “Then come in.”
    """
    assert PassageKind.LIST not in kinds(text)


@pytest.mark.parametrize(
    "entries",
    [
        ("3rd. Wind from the north.", "4th. The same.", "9th. The mast gave way."),
        ("“3rd. Wind from the north.", "“4th. The same.", "“9th. The mast gave way.”"),
        ("May 28. Wind from the north.", "May 30. The same.", "June 2. The mast gave way."),
        ("28. Mai — Wind aus Nord.", "30. Mai — Ebenso.", "2. Juni — Der Mast brach."),
        ("1711: The first lock is dug.", "1714: It is dug again.", "1790: A frost of ten weeks."),
    ],
)
def test_short_entries_with_dates_that_rise_are_a_list_and_keep_them(see: See, entries: tuple[str, ...]) -> None:
    for between in ("\n\n", "\n") if entries[0][0].isalnum() else ("\n\n",):
        found = the_list(see("Of that winter he has no more than this.\n\n" + between.join(entries))[0])
        assert found.numbering is None
        assert [plain_text(item)[:5] for item in found.items] == [entry[:5] for entry in entries]


@pytest.mark.parametrize(
    "entries",
    [
        ("3rd. Wind from the north.", "4th. The same."),
        ("9th. Wind from the north.", "4th. The same.", "3rd. The mast gave way."),
        ("3rd time lucky, he said.", "4th time not.", "9th time never."),
        ("3rd. Wind. " + "It blew all day and all night. " * 9, "4th. The same.", "9th. The mast gave way."),
        ("May was the month for it.", "June was too late for that.", "July was worse than both."),
    ],
)
def test_what_are_no_entries_with_dates(kinds: Kinds, entries: tuple[str, ...]) -> None:
    assert PassageKind.LIST not in kinds("\n\n".join(entries))


def test_days_are_no_terms_of_a_glossary(kinds: Kinds) -> None:
    told = "The wind went round to the north in the night, and nobody slept; the lamp was out twice. " * 4
    text = "\n\n".join(f"_{day} June._—{told}" for day in (3, 4, 9, 12))
    assert set(kinds(text)) == {PassageKind.PARAGRAPH}


def test_sentences_with_numbers_after_a_colon_are_a_list(see: See) -> None:
    text = """\
    The guild asks two things of a ferryman: (1) He shall take nobody
    over after dark, unless the lamp is lit. (2) He shall not say who
    went over, or why, to anybody but the clerk.
    """
    passages, decisions = see(text)
    assert [plain_text(item) for item in the_list(passages).items] == [
        "He shall take nobody over after dark, unless the lamp is lit.",
        "He shall not say who went over, or why, to anybody but the clerk.",
    ]
    assert any(one.flowed == "The guild asks two things of a ferryman:" for one in passages)
    assert [one.taken for one in decisions if one.rule == "L62"] == ["1 2"]


@pytest.mark.parametrize(
    "text",
    [
        "He knew something of (1) ropes, (2) lamps and (3) the weather, and of nothing else in the world.",
        "He knew three things: (a) ropes, (b) lamps and (c) the weather.",
        "There are two: (1) The lamp. (2) The rope. " + "Of these much more could be said. " * 6,
        "There are two: (1) The lamp is lit. (3) The rope is tied.",
    ],
)
def test_numbers_inside_a_sentence_stay_there(kinds: Kinds, text: str) -> None:
    assert PassageKind.LIST not in kinds(text)


def test_a_table_stays_as_it_stands(kinds: Kinds) -> None:
    text = """\
        Rope, forty yards ............ $ 1.20
        A lantern ....................   .80
        Two barrels ..................  3.00
    """
    assert kinds(text) == [PassageKind.PREFORMATTED]


def test_names_with_those_of_the_players_are_a_list(see: See) -> None:
    passages, _ = see(
        """\
        Miss Anna Weir, M.A.: Miss Rose Leclerc.
        The Ferryman: Mr. John Quay.
        Lane: Mr. H. van der Sluis.
        Lady Brack: Miss Irene Vance.
        """
    )
    assert len(the_list(passages).items) == 4


@pytest.mark.parametrize(
    "said",
    [
        "Weir: Good Evening.\nFerryman: Good Evening.\nWeir: Mr. Quay?\nFerryman: The Same.",  # the speakers come back
        "Weir: The evening boat.\nLane: Half past nine.\nQuay: And not before?\nBrack: Never before.",  # what they say is no name
    ],
)
def test_what_is_said_by_turns_is_no_list_of_pairs(see: See, said: str) -> None:
    _, decisions = see(said)
    assert "L66" not in {decision.rule for decision in decisions}


def test_a_table_may_have_blank_lines_between_its_rows(see: See) -> None:
    passages, decisions = see(
        """\
             Boats in the year 1889                         3,900

             Hands on the quay                              1,507

             What the boats brought in (in tons):--

             Herring and other fish                        49,400
               smoked or salted

             Timber, tar and rope                             400

        The customs house kept the account.
        """
    )
    (table,) = (one for one in passages if one.kind is PassageKind.PREFORMATTED)
    assert sum(bool(line.words) for line in table.lines) == 6
    assert "a table of 6 rows, kept as it stands" in {decision.after for decision in decisions}
    _, decisions = see("She paid   3,900\n\nand kept the rest in the drawer  507\n\nHe had    12 herrings")
    assert "L56" not in {decision.rule for decision in decisions}
