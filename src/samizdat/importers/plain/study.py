"""The capture as a whole: how wide its lines are, how paragraphs are parted, which language it is in."""

from collections import Counter
from collections.abc import Iterable

from samizdat.importers.plain.language import detect
from samizdat.importers.plain.record import Line, Passage, Passages, Study

_WIDEST = 110
_FEWEST_PAGES = 3
_SHORT = 80
_FEW_WIDE, _MOST_WIDE = 0.15, 6
_FEW_SHORT, _MANY_WIDE = 4, 4


def study(lines: Iterable[Line], passages: Passages, pages: frozenset[int] = frozenset()) -> Study:
    """Look at a capture before a passage is judged; `pages` are the lines before which a form feed stands."""
    lengths = sorted(line.length for line in lines if not line.blank)
    if not lengths:
        return Study(0, wrapped=False, indented=False, language="", language_confidence=0.0, gap=1)
    width = lengths[int(0.92 * (len(lengths) - 1))]
    several = sum(len(passage.lines) for passage in passages if len(passage.lines) > 1)
    wrapped = width <= _WIDEST and several > 0.4 * len(lengths)
    gaps = Counter(passage.before for passage in passages if passage.before)
    gap = gaps.most_common(1)[0][0] if gaps else 1
    language, confidence = detect(passage.flowed for passage in passages)
    return Study(
        width=width if wrapped else 0,
        wrapped=wrapped,
        indented=wrapped and _indented(passages),
        language=language,
        language_confidence=confidence,
        gap=gap,
        even=not wrapped or _even(passages, gap, width),
        terse=sum(len(one.flowed) < _SHORT and not _open(one) for one in passages) / len(passages),
        pages=pages if len(pages) >= _FEWEST_PAGES else frozenset(),
    )


def _even(passages: Passages, gap: int, width: int) -> bool:
    """Tell whether short lines between paragraphs, among which headings are, have hardly more space before them than others."""
    short = [
        one
        for before, one, after in zip(passages, passages[1:], passages[2:], strict=False)
        if len(before.lines) > 1 < len(after.lines) and len(one.lines) < 3 and len(one.flowed) < width and _open(one)
    ]
    wide = sum(one.before > gap + 1 for one in short)
    if len(short) < _FEW_SHORT:
        # Headings stand in groups, a number above a title, so that none is between paragraphs: any wide space must do.
        inner = passages[len(passages) // 10 : -max(1, len(passages) // 20)]
        return sum(one.before > gap + 1 and len(one.lines) < 3 for one in inner) < _MANY_WIDE
    return wide <= min(_MOST_WIDE, _FEW_WIDE * len(short))


def _open(passage: Passage) -> bool:
    """Tell whether there is no stop at the end, as in a heading."""
    return passage.flowed[-1:].isalnum()


def _indented(passages: Passages) -> bool:
    """Tell whether paragraphs begin with an indent inside runs of lines without a blank one between."""
    starts = lines = 0
    for passage in passages:
        if len(passage.lines) < 6:
            continue
        indents = [line.indent for line in passage.lines]
        least = min(indents)
        lines += len(indents)
        starts += sum(
            2 <= now - least <= 10 and before == least == after
            for before, now, after in zip(indents, indents[1:], indents[2:], strict=False)
        )
    return starts > 0 and starts >= 0.02 * lines
