import pytest

from samizdat.importers.plain import paragraphs
from samizdat.importers.plain.capture import decode
from samizdat.importers.plain.reading import judged
from samizdat.importers.plain.record import Passage, PassageKind
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Division, Role

PROSE = (
    "The ferry had been tied up since noon, and nobody on the quay could say\n"
    "when the next one would leave. A woman with two baskets sat down on the\n"
    "steps and began to peel an orange, slowly, as if she had all the time."
)
ARGUMENT = (
    "  The author comes to the island, and is taken for a tax collector. He\n"
    "  loses his hat. What the ferryman said, and what he meant by saying it."
)


def _below(*texts: str) -> list[Passage]:
    """Return what stands below the headings of chapters that begin with these texts."""
    chapters = "".join(
        f"\n\n\n\nCHAPTER {number}.\n\n{text}\n\n{PROSE}\n\n{PROSE}\n" for number, text in enumerate(texts, start=1)
    )
    passages, _, _ = judged(decode(f"THE FERRY\n\nby Ada Quill\n{chapters}".encode()), Rules())
    headings = [at for at, one in enumerate(passages) if one.kind is PassageKind.HEADING]
    return [passages[at + 1] for at in headings]


def test_what_most_chapters_begin_with_says_what_they_are_about() -> None:
    found = _below(ARGUMENT, ARGUMENT, PROSE, ARGUMENT)
    assert [one.rule == "Q58" for one in found] == [True, True, False, True]
    (made,) = paragraphs.blocks(found[0], judged(decode(PROSE.encode()), Rules())[1])
    assert isinstance(made, Division)
    assert made.role is Role.CENTRE


@pytest.mark.parametrize(
    "texts",
    [
        (ARGUMENT, ARGUMENT, PROSE, PROSE, PROSE),
        (f"{ARGUMENT}\n\n  —The Ferryman’s Almanac",) * 4,
        ("  “The author comes to the island, and is taken for a tax collector. He\n  loses his hat, and says so.”",) * 4,
    ],
)
def test_seldom_or_signed_or_said_it_is_a_quotation(texts: tuple[str, ...]) -> None:
    assert "Q58" not in [one.rule for one in _below(*texts)]
