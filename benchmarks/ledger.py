"""What the ledger costs: CPU seconds of making every standard edition of the books in texts/, and of reading them again.

    python benchmarks/ledger.py [FOLDER …]

Both are measured in one process and one run, without a cache. The seconds of processes that the making starts, such as
pandoc, are counted too.
"""

import os
import sys
from functools import reduce
from pathlib import Path

from samizdat import config, editions
from samizdat.checks.ledger import accounts
from samizdat.editions.edition import Press, prepare
from samizdat.importers import read_book
from samizdat.workspace import template_folders

_TEXTS = Path(__file__).parents[1] / "texts"


def measure(folder: Path) -> tuple[float, float]:
    """Make a book; return the CPU seconds of making it and of its ledger."""
    memory: dict[tuple[str | bytes, ...], bytes] = {}

    def remember(make: object, *parts: str | bytes) -> bytes:
        if parts not in memory:
            memory[parts] = make()  # type: ignore[operator]  # it makes bytes
        return memory[parts]

    begun = _spent()
    settings = config.load(folder)
    book = read_book(folder, settings, remember).book
    press = Press(folder.name, template_folders(folder), remember)
    made = _spent() - begun
    read = 0.0
    for edition in editions.choose(settings).values():
        begun = _spent()
        edited = reduce(lambda book, change: change(book), edition.transforms(), prepare(book, edition.notes))
        files = edition.write(edited, press)
        made += _spent() - begun
        if edition.whole:
            begun = _spent()
            if any(account.problems for _, account in accounts(edited, files, edition.face)):
                raise SystemExit(f"{folder.name}: the ledger does not agree.")
            read += _spent() - begun
    return made, read


def _spent() -> float:
    """Return the CPU seconds of this process and of those that it has started and ended."""
    return sum(os.times()[:4])


def main() -> None:
    """Measure, and print a table."""
    sys.stdout.write("| book             | made, CPU s | ledger, CPU s | ratio |\n")
    sys.stdout.write("|------------------|-------------|---------------|-------|\n")
    for folder in [Path(name) for name in sys.argv[1:]] or sorted(path.parent for path in _TEXTS.glob("*/book.toml")):
        made, read = measure(folder)
        sys.stdout.write(f"| {folder.name:16} | {made:11.2f} | {read:13.2f} | {read / made:5.3f} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
