"""Configuration: book.toml, checked whole and turned into plain values.

Everything that is wrong with a book.toml is found in one go, and each fault names its key, its line and what to do.
"""

from samizdat.config.book import BookConfig, SectionEntry, load
from samizdat.config.faults import faults, place
from samizdat.config.paths import UnfitPathError, confine

__all__ = ["BookConfig", "SectionEntry", "UnfitPathError", "confine", "faults", "load", "place"]
