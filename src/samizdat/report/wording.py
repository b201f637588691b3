"""How things are worded everywhere in the report: sizes, counts, paths, and text that cannot act on a terminal."""

import re
from pathlib import Path

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
