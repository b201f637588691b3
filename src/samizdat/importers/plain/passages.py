"""Lines become passages: cut at blank lines, divided and joined again by the passes."""

from collections.abc import Iterable
from dataclasses import replace

from samizdat.importers.plain.record import Line, Lines, Passage, PassageKind, Passages


def cut(lines: Iterable[Line]) -> Passages:
    """Cut lines into passages at blank lines."""
    found: list[Passage] = []
    run: list[Line] = []
    blanks = before = 0
    for line in lines:
        if line.blank:
            if run:
                found.append(Passage(PassageKind.UNKNOWN, tuple(run), before))
                run, blanks = [], 0
            blanks += 1
        else:
            if not run:
                before = blanks
            run.append(line)
    if run:
        found.append(Passage(PassageKind.UNKNOWN, tuple(run), before))
    return tuple(found)


def split(passage: Passage, *sizes: int) -> Passages:
    """Divide a passage after so many lines, and again after so many; all are like the whole, and not decided."""
    pieces: list[Passage] = []
    start = 0
    for size in (*sizes, len(passage.lines)):
        lines = trimmed(passage.lines[start : start + size])
        if lines:
            pieces.append(replace(passage, lines=lines, before=passage.before if not pieces else 0, parts=()))
        start += size
    return tuple(pieces)


def joined(passages: Iterable[Passage]) -> Passage:
    """Make one passage of several that follow one another, with a blank line where there were some."""
    all_of_them = tuple(passages)
    lines: list[Line] = []
    for passage in all_of_them:
        if lines and passage.before:
            lines.extend(Line(passage.first - passage.before + blank, "") for blank in range(passage.before))
        lines.extend(passage.lines)
    return replace(all_of_them[0], lines=tuple(lines), parts=())


def pieces(passage: Passage) -> Passages:
    """Cut a passage at its blank lines: its stanzas, or its paragraphs."""
    return tuple(replace(piece, kind=passage.kind) for piece in cut(passage.lines))


def trimmed(lines: Lines) -> Lines:
    """Take blank lines off both ends."""
    start, end = 0, len(lines)
    while start < end and lines[start].blank:
        start += 1
    while end > start and lines[end - 1].blank:
        end -= 1
    return lines[start:end]
