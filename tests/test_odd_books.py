"""Books that nobody would think of, but somebody has: each is made, or refused with a Problem that says why."""

from collections.abc import Callable
from pathlib import Path

import pytest

from samizdat import pipeline
from samizdat.events import Crashed, Failed, Wrote
from samizdat.workspace import Workspace

HEAP = "".join(letter + "\u034f".join(["\u0301" * 30] * 3) for letter in "Zalgo")
"""As an import writes them, with a joiner after so many: no face of the house has a sign for that, and nothing is drawn of it."""


@pytest.fixture
def stopped(tmp_path: Path) -> Callable[[str, str], list[str]]:
    """Build a book of one chapter for the screen; return the codes of what stopped it."""

    def build(title: str, text: str) -> list[str]:
        folder = tmp_path / "texts" / "odd"
        folder.mkdir(parents=True)
        language = "en" if title.isascii() else "ar"
        facts = f'title = "{title}"\nlanguage = "{language}"\nidentifier = "urn:odd"\ndate = 2026-11-23\n'
        (folder / "book.toml").write_text(facts + '[[sections]]\nfile = "a.md"\n', "utf-8")
        (folder / "a.md").write_text(text, "utf-8")
        workspace = Workspace(tmp_path)
        events = list(pipeline.build(workspace, workspace.books(), ("screen",), None))
        assert not [event for event in events if isinstance(event, Crashed)]
        codes = [event.problem.code for event in events if isinstance(event, Failed)]
        assert bool(codes) != any(isinstance(event, Wrote) and event.edition == "screen" for event in events)
        return codes

    return build


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("1984", "# One\n\nIt was a bright cold day.\n"),
        ("كتاب", "# واحد\n\nوثيقة (تجربة)\n\nThe end (of it)\n"),
        ("Said", "# One\n\nIt is (تجربة) so.\n\nThe end (of it), he said.\n"),
        ("x", f"# x\n\n{HEAP}\n"),
    ],
    ids=["a short book with a number for a title", "brackets both ways", "brackets of another script", "a heap of accents"],
)
def test_an_odd_book_is_made(title: str, text: str, stopped: Callable[[str, str], list[str]]) -> None:
    assert stopped(title, text) == []
