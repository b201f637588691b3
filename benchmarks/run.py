"""How long builds take, beside pandoc with WeasyPrint making one PDF of the same text.

    python benchmarks/run.py            a book of about 300 pages, an edit in it, ten small books
    python benchmarks/run.py --long     also one of about 1,600 pages, for its memory

CPU seconds of all processes are counted, since they say more than a clock on a machine that has other work. Ratios of one
run may be compared; seconds of different machines, or of different hours, may not. Each figure is the median of the rounds.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pypandoc
from prose import write_book

_SAMIZDAT = (Path(sys.executable).parent / "samizdat",)
_STYLE = """
@page { size: A5; margin: 48pt 42pt 60pt 54pt; @bottom-center { content: counter(page) } }
html { font: 10.5pt/13.5pt "Linux Libertine O", serif } body { margin: 0; max-width: none; padding: 0 }
p { margin: 0; text-align: justify; text-indent: 1.5em; hyphens: auto; orphans: 2; widows: 2 }
h1 { break-before: page; font-size: 18pt }
"""

Command = Sequence[str | Path]


def cost(command: Command, folder: Path) -> tuple[float, float]:
    """Run a command; return the CPU seconds of all its processes, and the memory of the largest in MB."""
    process = os.fork()
    if process == 0:
        environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        with (folder / "log").open("w") as log:
            result = subprocess.run(command, cwd=folder, env=environment, stdout=log, stderr=log, check=False)  # noqa: S603
        os._exit(result.returncode)
    _pid, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"This failed: {' '.join(map(str, command))}\n{(folder / 'log').read_text()}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _measure(rounds: int, prepare: Callable[[], None], command: Command, folder: Path) -> tuple[float, float]:
    """Run a command in so many rounds; return its median CPU seconds and its greatest memory."""
    results = []
    for _round in range(rounds):
        prepare()
        results.append(cost(command, folder))
    return statistics.median(seconds for seconds, _memory in results), max(memory for _seconds, memory in results)


def _say(what: str, seconds: float, memory: float, base: float) -> None:
    """Print a row of the table."""
    sys.stdout.write(f"| {what:52} | {seconds:7.2f} | {seconds / base:5.2f} | {memory:5.0f} |\n")
    sys.stdout.flush()


def _pandoc(folder: Path, rounds: int) -> tuple[float, float]:
    """Measure the yardstick: one PDF of the same chapters."""
    (folder / "style.css").write_text(_STYLE, "utf-8")
    options = ("--pdf-engine=weasyprint", "--css=style.css", "--toc", "--standalone", "-Mtitle=Book", "-Mlang=en-GB")
    command = (pypandoc.get_pandoc_path(), *options, "-o", "pandoc.pdf", *sorted(folder.glob("*-chapter.md")))
    return _measure(rounds, _nothing, command, folder)


def _nothing() -> None:
    """Leave everything as it is."""


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--long", action="store_true", help="measure a book of about 1,600 pages as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name)
        book = workspace / "texts" / "book"
        write_book(book, 103_000, 11)
        sys.stdout.write(f"| {'what':52} | CPU s   | ratio | MB    |\n|{'-' * 54}|---------|-------|-------|\n")
        base, memory = _pandoc(book, options.rounds)
        _say("pandoc --pdf-engine=weasyprint, one PDF of 300 pages", base, memory, base)

        def forget() -> None:
            shutil.rmtree(workspace / "build", ignore_errors=True)

        edits = iter(range(100))

        def edit() -> None:
            chapter = book / "05-chapter.md"
            chapter.write_text(chapter.read_text("utf-8") + f"\nEdit number {next(edits)}.\n", "utf-8")

        build = (*_SAMIZDAT, "build", "book")
        for what, prepare, command in (
            ("samizdat, the print edition", forget, (*build, "--edition", "print")),
            ("samizdat, all editions", forget, build),
            ("the same again, nothing changed", _nothing, build),
            ("the same again, one chapter of eleven edited", edit, build),
        ):
            _say(what, *_measure(options.rounds, prepare, command, workspace), base)
        forget()
        shutil.rmtree(book)
        for number in range(10):
            write_book(workspace / "texts" / f"book-{number}", 9_000, 3, seed=number)
        every = (*_SAMIZDAT, "build")
        cost(every, workspace)
        _say("ten books of 30 pages, nothing changed", *_measure(options.rounds, _nothing, every, workspace), base)
        if options.long:
            forget()
            shutil.rmtree(workspace / "texts")
            write_book(book, 550_000, 60)
            _say("1,600 pages, all editions", *_measure(1, _nothing, build, workspace), base)


if __name__ == "__main__":
    main()
