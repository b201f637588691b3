"""A chapter of notes that the author wrote is text like any other, also with notes of its own."""

from samizdat import pipeline
from samizdat.events import Failed
from samizdat.workspace import Workspace


def test_a_chapter_of_notes_loses_no_word(workspace: Workspace) -> None:
    folder = workspace.texts / "plain"
    (folder / "09-note.md").write_text("# A Note {#note}\n\nSeven years ago.[^a] And then?\n\n[^a]: Or eight.\n", "utf-8")
    with (folder / "book.toml").open("a", encoding="utf-8") as config:
        config.write('[[sections]]\nfile = "09-note.md"\nkind = "notes"\n')
    events = list(pipeline.build(workspace, [folder], ["epub", "html", "kepub"], 1))
    assert [event.problem.message for event in events if isinstance(event, Failed)] == []
