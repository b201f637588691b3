"""How things are worded everywhere in the report: sizes, counts, paths, and text that cannot act on a terminal."""

import re
from collections.abc import Iterator
from pathlib import Path

from samizdat.events import Traced
from samizdat.problems import Severity

_ACTIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Make a text harmless to a terminal: no control characters, nothing that turns the direction of what follows."""
    return _ACTIVE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " "))


def in_bytes(size: int) -> str:
    """Say how large a file is."""
    return f"{size / 1000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"


def count(number: int, noun: str) -> str:
    """Say how many there are."""
    return f"{number} {noun}{'' if number == 1 or noun == Severity.ADVICE else 's'}"


def from_here(path: Path) -> str:
    """Name a path from where the reader stands."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def steps(traced: Traced) -> Iterator[tuple[int, str]]:
    """Yield the steps from a capture to a manuscript, with the number of words at each."""
    if traced.file:
        works = f", which holds {traced.works} works" if traced.works > 1 else ""
        rules = ", ".join(f"{code} {number:,}" for code, number in traced.left_out if number)
        yield traced.captured, f"words in the capture, {traced.file}{works}"
        if rules:
            yield sum(number for _, number in traced.left_out), f"left out under rules: {rules}"
        if traced.added:
            yield traced.added, "said twice, or given by a rules file"
        yield traced.missing, "lost"
        yield traced.kept, f"in the manuscript{'s' if works else ''}, when it was imported"
    yield traced.words, "in the manuscript now"
