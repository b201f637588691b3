"""What the ledger costs: CPU seconds of making every standard edition of the books in texts/, and of reading them again.

    python benchmarks/ledger.py [FOLDER …]

Both are measured in one process and one run, without a cache. The seconds of pandoc, a process of its own, are not
counted, so that the ratio is rather too high than too low.
"""

import sys
from functools import reduce
from pathlib import Path
from time import process_time

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

    begun = process_time()
    settings = config.load(folder)
    book = read_book(folder, settings, remember).book
    press = Press(folder.name, template_folders(folder), remember)
    made = process_time() - begun
    read = 0.0
    for edition in editions.choose(settings).values():
        begun = process_time()
        edited = reduce(lambda book, change: change(book), edition.transforms(), prepare(book, edition.notes))
        files = edition.write(edited, press)
        made += process_time() - begun
        if edition.whole:
            begun = process_time()
            if any(account.problems for _, account in accounts(edited, files, edition.face)):
                raise SystemExit(f"{folder.name}: the ledger does not agree.")
            read += process_time() - begun
    return made, read


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
