"""Tables: rows with columns kept apart by spaces, dots or bars. Their lines stand as they are."""

import re

from samizdat.importers.plain.passages import joined
from samizdat.importers.plain.record import Decision, Decisions, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.problems import Rule, Severity

TABLE = Rule(
    "L56",
    Severity.ADVICE,
    "A table in columns",
    "Most lines of a passage have columns: wide gaps, rows of dots before a figure, or bars. The lines are kept as they stand.",
)

_ROW = re.compile(
    r"\S.*?(?:\.{4,}|(?: \.){4,}).*\d|\S(?: {3,}\S[^\n]*?){2,}|\S.*? {3,}[$£€(]?\d[\d.,/ -]*%?\)?\s*$|\s*[|+].*[|+]\s*$"
)
_RULED = re.compile(r"\s*[-=_ +|]{4,}\s*")


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:  # noqa: ARG001
    """Find tables; those that follow one another are one."""
    if not rules.allow(TABLE):
        return passages, ()
    result: list[Passage] = []
    decisions: list[Decision] = []
    number = 0
    while number < len(passages):
        end = number
        while (
            end < len(passages) and _is_table(passages[end], alone=end == number) and (end == number or passages[end].before <= 1)
        ):
            end += 1
        if end == number:
            result.append(passages[number])
            number += 1
            continue
        table = joined(passages[number:end])
        rows = sum(1 for line in table.lines if line.words)
        decisions.append(decide(TABLE, table, 0.8, f"a table of {rows} rows, kept as it stands", "most lines have columns"))
        result.append(table.decided(TABLE, PassageKind.PREFORMATTED, 0.8))
        number = end
    return tuple(result), tuple(decisions)


def _is_table(one: Passage, *, alone: bool) -> bool:
    lines = one.lines
    if not one.unknown or (alone and len(lines) < 2) or any(line.length > 200 for line in lines):
        return False
    columns = [bool(_ROW.match(line.text)) for line in lines]
    rows = [column or bool(_RULED.fullmatch(line.text)) for line, column in zip(lines, columns, strict=True)]
    return sum(rows) >= 0.6 * len(lines) and sum(columns) >= max(1, 0.4 * len(lines)) and (sum(columns) > 1 or not alone)
