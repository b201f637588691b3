"""What a person said of lines of a document: before all else, the blocks there are made what they are said to be."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from samizdat.importers.documents.metadata import Facts, names
from samizdat.importers.documents.nodes import Node, Nodes, attributes, leaves, node, text, words
from samizdat.importers.documents.numbers import AT
from samizdat.importers.documents.record import Record
from samizdat.importers.plain.record import OUTSIDE, PINNED, PassageKind
from samizdat.importers.plain.rules import Pin
from samizdat.model.book import Person
from samizdat.problems import Place, Rule, Severity

NOT_HERE = Rule(
    "I34",
    Severity.WARNING,
    "A pin that documents do not know",
    "In a document, lines can be pinned as a heading, a paragraph, a quote, an epigraph, verse, a list, a stage direction, a"
    " letter, a break, preformatted text, contents, metadata or debris. Notes, plays and glossaries are made in the manuscript.",
)

LEVEL = "pinned"
"""Where a heading carries the level that a person gave it."""
_BREAKS = {"SoftBreak", "LineBreak"}


def applied(pieces: Sequence[Nodes], record: Record) -> list[Nodes]:
    """Make of the blocks of each piece what the rules file says they are."""
    for pin in record.rules.pins:
        if pin.kind not in _MAKERS and pin.kind not in OUTSIDE:
            message = f"Lines of a document cannot be pinned as {pin.kind.value}."
            record.problems.append(NOT_HERE.problem(message, Place(record.rules.name, pin.at)))
    return [_blocks(piece, record) for piece in pieces] if record.rules.pins else list(pieces)


def facts(pieces: Iterable[Nodes], record: Record, known: Facts) -> Facts:
    """Take over what lines say of the book that are pinned as metadata; what a person said comes before all else."""
    for pin in record.rules.pins:
        if not pin.says:
            continue
        inside = [leaf for piece in pieces for leaf in leaves(piece) if pin.first <= leaf.get(AT, 0) <= pin.last]
        said = " ".join(text(leaf) for leaf in inside)
        if said and pin.says in {"title", "subtitle", "date", "source", "publisher"}:
            known = replace(known, **{pin.says: said})  # type: ignore[arg-type]  # each of these is a str
        elif said:
            others = tuple(person for person in known.people if person.role != pin.says)
            known = replace(known, people=(*others, *(Person(name, pin.says) for name in names(said))))
    return known


def _blocks(nodes: Nodes, record: Record) -> Nodes:
    """Go through blocks: a run of them under one pin is made what it is said to be, what holds others is gone into."""
    result: Nodes = []
    run: Nodes = []
    current: Pin | None = None
    for item in (*nodes, None):
        pin = _pin(item, record) if item else None
        if run and current and pin is not current:
            result += _made(run, current, record)
            run = []
        current = pin
        if item and pin:
            run.append(item)
        elif item:
            result.append(_inside(item, record))
    return result


def _pin(item: Node, record: Record) -> Pin | None:
    """Return the pin that all the words of a block are under."""
    found = [record.rules.pin(leaf.get(AT, 0)) for leaf in leaves([item]) if text(leaf)]
    pin = found[0] if found and all(each is found[0] for each in found) else None
    return pin if pin and (pin.kind in _MAKERS or pin.kind in OUTSIDE) else None


def _inside(item: Node, record: Record) -> Node:
    content: Any = item.get("c")
    match item["t"]:
        case "BlockQuote":
            return {**item, "c": _blocks(content, record)}
        case "BulletList":
            return {**item, "c": [_blocks(each, record) for each in content]}
        case "OrderedList":
            return {**item, "c": [content[0], [_blocks(each, record) for each in content[1]]]}
        case "DefinitionList":
            return {**item, "c": [[term, [_blocks(each, record) for each in meanings]] for term, meanings in content]}
        case "Div":
            return {**item, "c": [content[0], _blocks(content[1], record)]}
        case "Figure":
            return {**item, "c": [*content[:2], _blocks(content[2], record)]}
        case _:
            return item


def _made(run: Nodes, pin: Pin, record: Record) -> Nodes:
    """Make of blocks what a pin says, and record it."""
    inner = [leaf for leaf in leaves(run) if text(leaf)]
    said = text(run)
    places = [leaf[AT] for leaf in inner]
    why = f"The rules file says so of {pin.where}."
    after = pin.kind.value + (f" of level {pin.level}" if pin.level else "")
    gone = pin.kind in OUTSIDE or pin.kind is PassageKind.BREAK
    record.decide(PINNED, 1.0, said, pin.says or after, why, said if gone else "", (min(places), max(places)))
    if pin.kind in OUTSIDE:
        return []
    made = _MAKERS[pin.kind](run, inner, pin)
    for item in made:
        item[AT] = places[0]
    return made


def _lines(leaf: Node) -> list[Nodes]:
    """Return the words of a block, a list of inlines for each of its lines."""
    if leaf["t"] == "LineBlock":
        return list(leaf["c"])
    if leaf["t"] in {"CodeBlock", "RawBlock"}:
        return [words(line) for line in leaf["c"][1].split("\n") if line.strip()]
    result: list[Nodes] = [[]]
    for item in leaf["c"][2] if leaf["t"] == "Header" else leaf["c"]:
        if item["t"] in _BREAKS:
            result.append([])
        else:
            result[-1].append(item)
    return result


def _flowed(leaf: Node) -> Nodes:
    """Return the words of a block in one line; a place that something refers to stays."""
    result: Nodes = []
    for line in _lines(leaf):
        result += [node("Space"), *line] if result else line
    identity = leaf["c"][1][0] if leaf["t"] == "Header" else ""
    return [node("Span", [attributes(identity), []]), *result] if identity else result


def _heading(run: Nodes, inner: Nodes, pin: Pin) -> Nodes:  # noqa: ARG001
    inlines: Nodes = []
    for leaf in inner:
        inlines += [node("Space"), *_flowed(leaf)] if inlines else _flowed(leaf)
    return [{**node("Header", [pin.level, attributes(), inlines]), LEVEL: pin.level}]


def _paragraphs(run: Nodes, inner: Nodes, pin: Pin) -> Nodes:  # noqa: ARG001
    return [{**node("Para", _flowed(leaf)), AT: leaf[AT]} for leaf in inner]


def _quote(run: Nodes, inner: Nodes, pin: Pin) -> Nodes:
    whole = len(run) == 1 and run[0]["t"] == "BlockQuote"
    return run if whole else [node("BlockQuote", _paragraphs(run, inner, pin))]


def _division(*names: str) -> Callable[[Nodes, Nodes, Pin], Nodes]:
    return lambda run, inner, pin: [node("Div", [attributes("", names), _paragraphs(run, inner, pin)])]


def _verse(run: Nodes, inner: Nodes, pin: Pin) -> Nodes:  # noqa: ARG001
    stanzas = [_lines(leaf) for leaf in inner]
    broken = any(len(stanza) > 1 for stanza in stanzas)
    lines: list[Nodes] = []
    for stanza in stanzas:
        lines += [[], *stanza] if broken and lines else stanza
    return [node("LineBlock", lines)]


def _list(run: Nodes, inner: Nodes, pin: Pin) -> Nodes:  # noqa: ARG001
    if len(run) == 1 and run[0]["t"] in {"BulletList", "OrderedList"}:
        return run
    items = _lines(inner[0]) if len(inner) == 1 else [_flowed(leaf) for leaf in inner]
    return [node("BulletList", [[node("Plain", item)] for item in items])]


def _preformatted(run: Nodes, inner: Nodes, pin: Pin) -> Nodes:  # noqa: ARG001
    pieces = [leaf["c"][1] if leaf["t"] == "CodeBlock" else "\n".join(text(line) for line in _lines(leaf)) for leaf in inner]
    return [node("CodeBlock", [attributes(), "\n\n".join(pieces)])]


def _break(run: Nodes, inner: Nodes, pin: Pin) -> Nodes:  # noqa: ARG001
    return [node("HorizontalRule")]


_MAKERS: Mapping[PassageKind, Callable[[Nodes, Nodes, Pin], Nodes]] = {
    PassageKind.HEADING: _heading,
    PassageKind.PARAGRAPH: _paragraphs,
    PassageKind.QUOTE: _quote,
    PassageKind.EPIGRAPH: _division("epigraph"),
    PassageKind.VERSE: _verse,
    PassageKind.LIST: _list,
    PassageKind.STAGE: _division("stage"),
    PassageKind.LETTER: _division("letter"),
    PassageKind.BREAK: _break,
    PassageKind.PREFORMATTED: _preformatted,
}
