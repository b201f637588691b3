"""The report: events and problems as a person reads them, or as lines of JSON. The only door to rich.

Progress and problems go to standard error, results (tables, lists, JSON) to standard output. On a terminal progress is a live
display, in a pipe it is plain lines.
"""

import sys

from rich.console import Console

from samizdat.report.lines import JsonReport
from samizdat.report.outcome import Outcome
from samizdat.report.terminal import Report

__all__ = ["JsonReport", "Outcome", "Report", "for_people", "for_programs"]

_PIPE_WIDTH = 400
"""Columns beyond which a line in a pipe is broken; lines there are for other programs to cut."""


def for_people() -> Report:
    """Return a report to this process's terminal or pipes."""
    results, remarks = Console(highlight=False), Console(stderr=True, highlight=False)
    for console in (results, remarks):
        if not console.is_terminal:
            console.width = _PIPE_WIDTH
    return Report(results, remarks)


def for_programs() -> JsonReport:
    """Return a report in lines of JSON."""
    return JsonReport(sys.stdout)
