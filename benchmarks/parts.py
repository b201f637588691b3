"""What notes, index and page labels add to the layout of a book of 300 pages: `python benchmarks/parts.py`.

The book of `prose.py` is set in this process, with a clock of CPU seconds around what is counted: dividing notes and keeping
them in order, gathering the index and setting again the leaves that wait for page numbers, writing the labels. The target
is 15 % of what laying out takes.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from prose import write_book

from samizdat import pipeline
from samizdat.editions import paged
from samizdat.typesetting import composition, engine, footnotes, merging
from samizdat.workspace import Workspace

spent: dict[str, float] = {}


def clocked(holder: Any, name: str, what: str) -> None:
    """Count the CPU seconds of a function; what it calls of what is clocked itself is taken off."""
    function: Callable[..., Any] = getattr(holder, name)

    def call(*arguments: Any, **options: Any) -> Any:
        before, begun = sum(spent.values()), time.process_time()
        try:
            return function(*arguments, **options)
        finally:
            inner = sum(spent.values()) - before
            spent[what] = spent.get(what, 0.0) + time.process_time() - begun - inner

    setattr(holder, name, call)


def main() -> None:
    """Set the book, and print what its parts took."""
    clocked(engine, "lay_out", "layout")
    clocked(engine, "write", "drawing")
    clocked(footnotes, "_lay_out", "layout")
    clocked(footnotes, "_set", "layout")
    clocked(footnotes.LayoutContext, "layout_footnote", "notes")
    clocked(paged, "index", "index and numbers")
    clocked(merging, "label_pages", "labels")
    compose = composition.compose

    def composed(copy: Any, css: str, start: int, side: str, pages: Any, *rest: Any, **options: Any) -> Any:
        """Count what is set for the sake of numbers alone: the first round of a leaf that asks for them is thrown away."""
        begun, before = time.process_time(), dict(spent)
        made = compose(copy, css, start, side, pages, *rest, **options)
        if options.get("count_only"):
            spent.update(before)
            spent["index and numbers"] = spent.get("index and numbers", 0.0) + time.process_time() - begun
        return made

    composition.compose = composed
    with tempfile.TemporaryDirectory() as name:
        workspace = Workspace(Path(name))
        write_book(workspace.root / "texts" / "book", 103_000, 11)
        for _event in pipeline.build(workspace, workspace.books(), ["print"], None):
            pass
    layout = spent["layout"]
    for what, seconds in spent.items():
        sys.stdout.write(f"{what:20} {seconds:6.2f} CPU s {seconds / layout:7.1%} of the layout\n")


if __name__ == "__main__":
    main()
