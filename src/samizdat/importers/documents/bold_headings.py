"""Headings of a document that knows none: lines of their own in bold, as typists set them who have never met a style."""

import re

from samizdat.importers.documents.headings import is_number
from samizdat.importers.documents.nodes import Node, Nodes, attributes, leaves, node, text, walk
from samizdat.importers.documents.numbers import AT, spread
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.importers.plain.numbering import number
from samizdat.problems import Rule

BOLD = Rule(
    "H86",
    REPAIR,
    "A line in bold taken for a heading",
    "The document has no headings, but several short lines of their own that are wholly bold and do not end as sentences do. The "
    "first, if no text follows it, is the title; those with the number of a chapter stand above the others.",
)

_LONGEST = 100
_SHORT = 90
_AROUND = {"Emph", "Underline", "SmallCaps", "Span"}


def by_looks(blocks: Nodes, record: Record) -> Nodes:
    """Return the blocks with headings, if lines in bold are all that the document has of them."""
    if any(item["t"] == "Header" for item in walk(blocks)):
        return blocks
    lines = {place: found for place, item in enumerate(blocks) if not record.rules.pin(_at(item)) and (found := _bold(item))}
    if len(lines) < 2 or len(lines) > len(blocks) / 2:
        return blocks
    first = next(iter(lines))
    title = first == 0 and (1 in lines or len(text(blocks[1])) < _SHORT)
    numbered = [place for place in lines if _has_number(text(lines[place]))]
    result: Nodes = []
    for place, item in enumerate(blocks):
        if place not in lines:
            result.append(item)
            continue
        below = numbered and place not in numbered and place > numbered[0]
        level = 1 if title and place == first else 3 if below else 2
        words = text(lines[place])
        at = _at(item)
        why = "A short line of its own, wholly bold, of which there are several."
        record.decide(BOLD, 0.6, words, f"{'#' * level} {words}", why, lines=(at, at))
        result += spread([node("Header", [level, attributes(_identity(item)), lines[place]])], at)
    return result


def _at(item: Node) -> int:
    """Return the line of a block."""
    return next((int(leaf[AT]) for leaf in leaves([item]) if AT in leaf), 0)


def _bold(item: Node) -> Nodes:
    """Return what a line in bold says, without its boldness; nothing where it is something else."""
    if item["t"] == "Div" and len(item["c"][1]) == 1:
        return _bold(item["c"][1][0])
    said = text(item) if item["t"] in {"Para", "Plain"} else ""
    ends = re.search(r"[.,;:…]$", said) and not is_number(said)
    if not said or len(said) > _LONGEST or ends or not re.search(r"\w", said):
        return []
    return _unbound(item["c"])


def _unbound(inlines: Nodes) -> Nodes:
    """Take the boldness off, if all the words are bold."""
    result: Nodes = []
    for item in inlines:
        if item["t"] == "Strong":
            result.extend(item["c"])
        elif item["t"] in {"Space", "SoftBreak", "Note"} or (item["t"] == "Span" and not text(item)):
            result.append(item)
        elif item["t"] in _AROUND:
            inner = _unbound(item["c"][1] if item["t"] == "Span" else item["c"])
            if not inner:
                return []
            result.extend(inner)
        elif item["t"] == "LineBreak":
            result.append(node("Space"))
        else:
            return []
    return result


def _has_number(said: str) -> bool:
    """Tell whether a line begins with the number of a chapter."""
    found = number(said)
    return is_number(said) or (found is not None and found.marked and found.style not in {"alpha", "small-alpha"})


def _identity(item: Node) -> str:
    return str(item["c"][0][0]) if item["t"] == "Div" else ""
