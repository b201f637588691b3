"""What `fit = "sheets"` costs and brings: `python benchmarks/fit.py [FOLDER …]`.

Ten books of prose of 1,500 to 20,000 words, or those in the folders that are named, are set in this process so that they fill
whole sheets. Counted are the layouts beyond the first, of which three are allowed, the blank pages on the last sheet before and
after, of which one is allowed, and the CPU seconds of all layouts against those of the first.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from prose import write_book

from samizdat import pipeline
from samizdat.editions import fitting, paged
from samizdat.editions.page import Page
from samizdat.problems import Problem
from samizdat.typesetting import Opening, Pagination
from samizdat.workspace import Workspace

WORDS = (1_500, 2_500, 3_500, 5_000, 6_500, 8_000, 10_000, 12_000, 15_000, 20_000)
_FITTED = fitting.fit


def clocked(
    page: Page, paginate: Callable[[Page], Pagination], sheet: int = 4, anywhere: Sequence[Opening] = ()
) -> tuple[Pagination, Problem | None]:
    """Fit, and say what it took."""
    pages: list[int] = []
    seconds: list[float] = []

    def once(tried: Page) -> Pagination:
        begun = time.process_time()
        set_so = paginate(tried)
        seconds.append(time.process_time() - begun)
        pages.append(len(set_so.pages))
        return set_so

    found, told = _FITTED(page, once, sheet, anywhere)
    after = len(found.pages)
    sys.stdout.write(
        f"{pages[0]:5} pages, {-pages[0] % sheet} blank: now {after:5}, {-after % sheet} blank, {len(pages) - 1} layouts more, "
        f"{sum(seconds):6.2f} CPU s for {seconds[0]:6.2f}  {told.message if told else ''}\n"
    )
    sys.stdout.flush()
    return found, told


def main() -> None:
    """Fit the books one after the other."""
    paged.fit = clocked
    with tempfile.TemporaryDirectory() as name:
        workspace = Workspace(Path(name))
        texts = workspace.root / "texts"
        for number, words in enumerate(WORDS):
            if not sys.argv[1:]:
                write_book(texts / f"book-{number}", words, 3 + words // 4_000, seed=number)
        for folder in map(Path, sys.argv[1:]):
            shutil.copytree(folder, texts / folder.name)
        for folder in workspace.books():
            said = (folder / "book.toml").read_text("utf-8")
            page = '[page]\nfit = "sheets"\n'
            said = (
                said.replace("[page]\n", page, 1)
                if "[page]\n" in said
                else said.replace("[[sections]]", f"{page}\n[[sections]]", 1)
            )
            (folder / "book.toml").write_text(said, "utf-8")
            sys.stdout.write(f"{folder.name:20}")
            for _event in pipeline.build(workspace, [folder], ["print"], None):
                pass


if __name__ == "__main__":
    main()
