"""Preflight: what a printing house looks for before it takes a file, found by looking at what the finished PDF draws."""

from samizdat.checks.preflight.overprint import overprinted
from samizdat.checks.preflight.press import preflight

__all__ = ["overprinted", "preflight"]
