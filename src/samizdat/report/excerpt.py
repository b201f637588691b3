"""A place in a source as compilers show it: the file, the line, and a marker below the words that are meant."""

from collections.abc import Iterator
from pathlib import Path

from rich.text import Text

from samizdat.problems import Place
from samizdat.report.wording import clean, from_here

_LONGEST_SOURCE = 4_000_000
"""Bytes of a source file beyond which no line is looked up."""
_LONGEST_LINE = 96


def show(place: Place, folder: Path | None) -> Iterator[Text]:
    """Yield the lines that show a place in a book's folder: its file and line, then the excerpt with a marker below."""
    if place.file:
        path = from_here(folder / place.file if folder else Path(place.file))
        yield Text.assemble("  ", (clean(f"{path}:{place.line}" if place.line else path), "cyan"))
    excerpt = next(iter(place.excerpt.strip().splitlines()), "")
    if not excerpt:
        return
    line = _source_line(folder, place) if folder and place.line else ""
    before, found, after = line.partition(excerpt)
    before, after = (clean(before), clean(after)) if found else ("", "")
    excerpt = clean(excerpt)[:_LONGEST_LINE]
    room = (_LONGEST_LINE - len(excerpt)) // 2
    before = before if len(before) <= room else "…" + before[len(before) - room :]
    after = after if len(after) <= room else after[:room] + "…"
    number = str(place.line or "")
    margin = " " * len(number)
    yield Text.assemble((f"  {number} │ ", "dim"), before, (excerpt, "bold"), after)
    yield Text.assemble(
        (f"  {margin} │ ", "dim"), " " * Text(before).cell_len, ("^" * max(1, Text(excerpt).cell_len), "bold red")
    )


def _source_line(folder: Path, place: Place) -> str:
    """Return a line of a source file; empty where it cannot be had, or lies outside the folder."""
    path = (folder / place.file).resolve()
    try:
        if not path.is_relative_to(folder.resolve()) or path.stat().st_size > _LONGEST_SOURCE:
            return ""
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return lines[place.line - 1] if place.line <= len(lines) else ""
