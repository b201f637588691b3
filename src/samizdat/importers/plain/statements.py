"""What lines of a capture state: pairs of a field and a value, and how titles and names in them are parted."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samizdat.importers.plain.record import Passage


@dataclass(frozen=True, slots=True)
class Stated:
    """What lines say of the book: pairs of a field and its value."""

    fields: tuple[tuple[str, str], ...]
    begins_work: bool = False
    """Another work of the same capture begins here."""


def fields(passages: Iterable[Passage]) -> dict[str, tuple[str, ...]]:
    """Gather what the passages of one work state, the first statement first."""
    found: dict[str, list[str]] = {}
    # What a person said comes before what the lines seem to say.
    for passage in sorted(passages, key=lambda one: not one.pinned):
        if isinstance(passage.data, Stated):
            for name, value in passage.data.fields:
                if value not in found.setdefault(name, []):
                    found[name].append(value)
    return {name: tuple(values) for name, values in found.items()}


def people(text: str) -> list[str]:
    """Part the names of several people."""
    if text.casefold() in {"anonymous", "unknown", "various", "anon", "anon."}:
        return [text] if text.casefold() == "anonymous" else []
    parts = re.split(r"\s*;\s*|\s+(?:and|AND|und|UND|et|y|e|och|og|&)\s+", text)
    return [part.strip(" ,") for part in parts if part.strip(" ,")]


def titled(text: str) -> Iterator[tuple[str, str]]:
    """Part a title from its subtitle."""
    text = " ".join(text.split()).strip()
    found = re.match(r"^(.{3,80}?)\s*(?::|;\s*or,?|,\s+or,|\s[—–]{1,2})\s+(.{4,})$", text)
    if found:
        yield "title", found[1].strip(" ,;")
        yield "subtitle", found[2].strip()
    else:
        yield "title", text
