from collections.abc import Callable

import pytest

from samizdat.importers.plain import drama
from samizdat.importers.plain.record import Decision, PassageKind, Passages, Study
from samizdat.model.block import Division, Line, Paragraph, Role, Speech, Verse
from samizdat.model.inline import Span, SpanRole
from samizdat.model.walk import descend, plain_text

See = Callable[..., tuple[Passages, tuple[Decision, ...]]]
STUDY = Study(72, wrapped=True, indented=False, language="en", language_confidence=1.0, gap=1)
WORDS = (
    "Where is the boat?",
    "Gone.",
    "Gone where?",
    "Down the river, with the rest of them.",
    "And the oars?",
    "Here.",
    "Then row.",
    "On what?",
)


def scene(passages: Passages) -> Division:
    """Return the only scene."""
    (found,) = (one for one in passages if one.kind is PassageKind.DRAMA)
    (made,) = drama.blocks(found, STUDY)
    assert isinstance(made, Division)
    assert made.role is Role.DRAMA
    return made


@pytest.mark.parametrize("form", ["{}. {}", "{}: {}", "{}.--{}", "{} [to the clerk] {}", "{} (rising). {}"])
def test_speakers_in_capitals(see: See, form: str) -> None:
    text = "\n\n".join(form.format("MOOR" if number % 2 else "MRS. RUSK", words) for number, words in enumerate(WORDS))
    speeches = [block for block in scene(see(text)[0]).blocks if isinstance(block, Speech)]
    assert [plain_text(speech.speaker) for speech in speeches] == ["MRS. RUSK", "MOOR"] * 4
    assert plain_text(speeches[3].blocks).endswith("Down the river, with the rest of them.")


def test_names_that_come_again_and_again(see: See) -> None:
    names = ("Ilse", "Anton", "The Clerk")
    text = "\n\n".join(f"{names[number % 3]}.  {words}" for number, words in enumerate(WORDS * 3))
    assert len(scene(see(text)[0]).blocks) == 24


def test_stage_directions(see: See) -> None:
    lines = [f"{'MOOR' if number % 2 else 'RUSK'}. {words}" for number, words in enumerate(WORDS)]
    lines[2:2] = ["[Enter the CLERK with a lamp.]"]
    lines[5] = "MOOR. [Turning away] Down the river. [He goes.]"
    made = scene(see("\n\n".join(lines))[0])
    assert [block.role for block in made.blocks if isinstance(block, Division)] == [Role.STAGE]
    spans = [plain_text(node) for node in descend(made) if isinstance(node, Span) and node.role is SpanRole.STAGE]
    assert spans[-2:] == ["[Turning away]", "[He goes.]"] or "[He goes.]" in spans


def test_a_direction_before_the_first_speech_belongs_to_the_scene(see: See) -> None:
    speeches = [f"{'MOOR' if number % 2 else 'RUSK'}. {words}" for number, words in enumerate(WORDS)]
    passages, _ = see("\n\n".join(["A landing stage. It is raining.", "[RUSK is mending a net.]", "[Enter MOOR.]", *speeches]))
    made = scene(passages)
    assert [plain_text(block) for block in made.blocks[:2]] == ["[RUSK is mending a net.]", "[Enter MOOR.]"]
    assert all(isinstance(block, Division) and block.role is Role.STAGE for block in made.blocks[:2])
    before = next(number for number, one in enumerate(passages) if one.kind is PassageKind.DRAMA) - 1
    assert passages[before].flowed == "A landing stage. It is raining."


VERSES = (
    "The tide has taken what the tide had lent,\nThe net, the rope, the lantern and the oar,\nAnd left the shingle bare.",
    "Then let it keep the lot.\nI never liked that boat; she never liked me.",
)


def test_speakers_on_lines_of_their_own_speak_verse_or_prose(see: See) -> None:
    prose = (
        "I have counted the oars three times since the morning, and there were never more than\ntwo of them, whatever he says."
    )
    speeches = [f"{'MOOR' if number % 2 else 'MRS. RUSK'}.\n{VERSES[number % 2]}" for number in range(6)]
    capture = "\n\n".join([" Enter Moor and Rusk.", *speeches, f"CLERK [_aside_]\n{prose}", f"CLERK\n{prose}", "[_Exeunt._]"])
    blocks = scene(see(capture)[0]).blocks
    assert isinstance(blocks[0], Division)
    assert isinstance(blocks[-1], Division)
    assert [blocks[0].role, blocks[-1].role] == [Role.STAGE, Role.STAGE]
    spoken = [block for block in blocks if isinstance(block, Speech)]
    assert [plain_text(speech.speaker) for speech in spoken] == ["MRS. RUSK", "MOOR"] * 3 + ["CLERK"] * 2
    assert [type(speech.blocks[-1]) for speech in spoken] == [Verse] * 6 + [Paragraph] * 2
    assert plain_text(spoken[6].blocks).startswith("[aside] I have counted the oars")


def test_verse_begins_beside_the_name_or_below_a_direction(see: See) -> None:
    inset = [f"  {'Moor' if number % 2 else 'Rusk'}. " + VERSES[number % 2].replace("\n", "\n    ") for number in range(18)]
    spoken = [block for block in scene(see("\n\n".join(inset))[0]).blocks if isinstance(block, Speech)]
    assert {type(speech.blocks[0]) for speech in spoken} == {Verse}
    assert {line.indent for speech in spoken for line in descend(speech) if isinstance(line, Line)} == {0}
    talk = (
        "He said it to me at the table, over the soup, with the whole household sitting there and\nnobody so much as looked up."
    )
    song = "MOOR [singing]\n" + "\n".join(f"      {line}" for line in VERSES[1].splitlines())
    prose = [f"{'MOOR' if number % 2 else 'RUSK'}. {talk}" for number in range(8)]
    spoken = [block for block in scene(see("\n\n".join([*prose, song]))[0]).blocks if isinstance(block, Speech)]
    assert {type(speech.blocks[0]) for speech in spoken[:-1]} == {Paragraph}
    assert [type(block) for block in spoken[-1].blocks] == [Paragraph, Verse]


def test_in_a_play_a_prologue_is_a_scene_too(see: See) -> None:
    speeches = [f"{'MOOR' if number % 2 else 'RUSK'}.\n{VERSES[number % 2]}" for number in range(6)]
    capture = "\n\n".join(["Enter Chorus.", f"CHORUS.\n{VERSES[0]}", "[_Exit._]", "* * *", *speeches])
    prologue = next(one for one in see(capture)[0] if one.kind is PassageKind.DRAMA)
    (made,) = drama.blocks(prologue, STUDY)
    assert isinstance(made, Division)
    assert [type(block) for block in made.blocks] == [Division, Speech, Division]


def test_a_song_with_its_refrain_is_no_play(see: See) -> None:
    capture = "\n\n".join(f"CHORUS.\n{VERSES[number % 2]}" for number in range(8))
    assert PassageKind.DRAMA not in [one.kind for one in see(capture)[0]]


@pytest.mark.parametrize(
    "text",
    [
        "Yes. She had seen it.\n\nNo. It was not there.\n\nYes. It was.\n\nNo. Never.",
        "Moor. He was the first.\n\nThe rest of the day went by in silence and rain.\n\nRusk. He was the second.",
    ],
)
def test_what_is_no_play(see: See, text: str) -> None:
    assert PassageKind.DRAMA not in [one.kind for one in see(text)[0]]
