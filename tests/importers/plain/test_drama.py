from collections.abc import Callable

import pytest

from samizdat.importers.plain import drama
from samizdat.importers.plain.record import Decision, PassageKind, Passages, Study
from samizdat.model.block import Division, Role, Speech
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


@pytest.mark.parametrize(
    "text",
    [
        "Yes. She had seen it.\n\nNo. It was not there.\n\nYes. It was.\n\nNo. Never.",
        "Moor. He was the first.\n\nThe rest of the day went by in silence and rain.\n\nRusk. He was the second.",
    ],
)
def test_what_is_no_play(see: See, text: str) -> None:
    assert PassageKind.DRAMA not in [one.kind for one in see(text)[0]]
