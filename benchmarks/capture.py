"""How long an import takes, for each megabyte of raw text, beside pandoc reading the same bytes as Markdown.

    python benchmarks/capture.py              one megabyte
    python benchmarks/capture.py --more       also three and six, to see that it grows no faster than the text

The text is written by the grammar of `prose.py`, always the same: wrapped at a fixed width, with a table of contents, headings in
capitals, notes in brackets at the end of each chapter, verse and quotations set in. CPU seconds of all processes are counted;
ratios of one run may be compared.
"""

import argparse
import statistics
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pypandoc
from prose import Author
from run import cost

_WIDTH = 72
_SECTION = 40_000
"""Characters of a chapter, more or less."""


def write_capture(megabytes: float) -> str:
    """Write a capture of this size."""
    author, chapters, size, number = Author(7), list[str](), 0, 0
    while size < megabytes * 1e6:
        number += 1
        chapters.append("\n".join(_chapter(author, number)))
        size += len(chapters[-1])
    contents = "\n".join(f"  CHAPTER {each}" for each in range(1, number + 1))
    return (
        f"THE HARBOUR LEDGERS\n\nby Agnes Pollitt\n\n\nCONTENTS\n\n{contents}\n\n\n" + "\n\n\n".join(chapters) + "\n\nTHE END\n"
    )


def _chapter(author: Author, number: int) -> Iterator[str]:
    notes: list[str] = []
    yield f"CHAPTER {number}\n"
    written = 0
    while written < _SECTION:
        text = " ".join(author.sentence() for _ in range(5)).replace("*", "_")
        if len(notes) * 6_000 < written:
            notes.append(author.sentence())
            text += f" [{len(notes)}]"
        block = textwrap.fill(text, _WIDTH)
        match written // 900 % 9:
            case 3:
                block = textwrap.indent(block, "    ")
            case 7:
                lines = (author.sentence().split(" before")[0][:40] for _ in range(8))
                block = "\n".join(f"      {line}" for line in lines)
            case _:
                pass
        written += len(block)
        yield f"{block}\n"
    yield "NOTES\n"
    yield from (textwrap.fill(f"[{number}] {note}", _WIDTH) + "\n" for number, note in enumerate(notes, start=1))


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--more", action="store_true", help="measure three and six megabytes as well")
    options = parser.parse_args()
    sys.stdout.write(f"| {'what':44} | CPU s | ratio | MB   |\n|{'-' * 46}|-------|-------|------|\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for megabytes in (1, 3, 6) if options.more else (1,):
            text = folder / f"{megabytes}.txt"
            text.write_text(write_capture(megabytes), "utf-8")
            yardstick = (pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "json", "-o", "tree.json", text)
            import_ = (Path(sys.executable).parent / "samizdat", "import", text, "--to", folder / "book")
            base = None
            for what, command in (("pandoc -f markdown -t json", yardstick), ("samizdat import", import_)):
                runs = [cost(command, folder) for _round in range(options.rounds)]
                seconds, memory = statistics.median(each for each, _ in runs), max(each for _, each in runs)
                base = base or seconds
                row = f"{what}, {text.stat().st_size / 1e6:.1f} MB of text"
                sys.stdout.write(f"| {row:44} | {seconds:5.2f} | {seconds / base:5.2f} | {memory:4.0f} |\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
