"""Blocks as Markdown. Each function returns lines without a blank line at either end."""

import re
from collections.abc import Iterator
from itertools import groupby

from samizdat.manuscript.inlines import line, one_line, picture_attributes, picture_path, term
from samizdat.manuscript.tables import table
from samizdat.manuscript.words import SEPARATOR, attributes
from samizdat.model.block import (
    Block,
    Blocks,
    Contents,
    Definition,
    DefinitionList,
    Division,
    Epigraph,
    Figure,
    Formula,
    Heading,
    Index,
    List,
    Numbering,
    Paragraph,
    Preformatted,
    Quote,
    Role,
    SceneBreak,
    Speech,
    Table,
    Verse,
)
from samizdat.model.inline import Inlines
from samizdat.model.numerals import roman
from samizdat.model.walk import plain_text

_RUN_TOGETHER = (List, DefinitionList, Quote, Verse, Table, Speech)
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def blocks(nodes: Blocks) -> str:
    """Write blocks with a blank line between them, and a comment between those that would become one."""
    return "\n\n".join(text for _, text in parts(nodes))


def parts(nodes: Blocks) -> Iterator[tuple[Block, str]]:
    """Yield each block with its text."""
    last: Block | None = None
    for node in nodes:
        apart = isinstance(node, _RUN_TOGETHER) and isinstance(last, _RUN_TOGETHER)
        if text := block(node):
            yield node, f"{SEPARATOR}\n\n{text}" if apart else text
        last = node


def block(node: Block) -> str:
    """Write one block."""
    match node:
        case Paragraph(inlines):
            return line(inlines)
        case Heading(level, inlines, identity):
            return heading(level, inlines, attributes(identity))
        case Quote(body, attribution):
            return _prefixed("> ", _attributed(body, attribution))
        case Epigraph(body, attribution):
            return _fenced(_attributed(body, attribution), attributes(classes=("epigraph",)))
        case Verse(stanzas):
            lines = ("\n".join(f"| {' ' * one.indent}{one_line(one.inlines)}" for one in stanza.lines) for stanza in stanzas)
            return "\n|\n".join(lines)
        case Speech():
            return _fenced(_speech(node), attributes(classes=("drama",)))
        case List():
            return _list(node)
        case DefinitionList(items):
            return "\n\n".join(_definition(item) for item in items)
        case Table():
            return table(node, blocks)
        case Figure(image, caption, identity, plate=plate):
            extra = picture_attributes(image, identity, plate=plate)
            return f"![{one_line(caption)}]({picture_path(image.source)}){extra}"
        case Preformatted(text, language):
            longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
            fence = "`" * (longest + 1)
            return f"{fence}{' ' + attributes(classes=(language,)) if language else ''}\n{text}\n{fence}"
        case Formula(tex, identity):
            return f"[$${tex}$$]{attributes(identity)}" if identity else f"$${tex}$$"
        case SceneBreak():
            return "* * *"
        case Division():
            return _division(node)
        case Contents() | Index():
            return ""


def heading(level: int, title: Inlines, given: str = "") -> str:
    """Write a heading."""
    return f"{'#' * level} {one_line(title)}{' ' + given if given else ''}"


def note(key: str, body: Blocks) -> str:
    """Write a note's body."""
    return f"[^{key}]: {_hanging(blocks(body) or SEPARATOR, 4)}"


def _division(node: Division) -> str:
    classes = () if node.role is Role.PLAIN else (node.role.value,)
    given = attributes(node.id, classes, lang=node.lang)
    if node.role is not Role.DRAMA:
        return _fenced(blocks(node.blocks), given or "{}")
    parts = [
        "\n\n".join(_speech(speech) for speech in run if isinstance(speech, Speech)) if spoken else blocks(tuple(run))
        for spoken, run in groupby(node.blocks, lambda inner: isinstance(inner, Speech))
    ]
    return _fenced("\n\n".join(parts), given)


def _fenced(body: str, given: str) -> str:
    longest = max((len(run) for run in re.findall("^:{3,}", body, re.MULTILINE)), default=2)
    fence = ":" * (longest + 1)
    plain = re.fullmatch(r"\{\.([a-z]+)\}", given)
    return f"{fence} {plain[1] if plain else given}\n{body}\n{fence}"


def _attributed(body: Blocks, attribution: Inlines) -> str:
    written = blocks(body)
    if attribution:
        return f"{written}\n\n— {one_line(attribution)}"
    match body:
        case (_, *_, Paragraph(inlines)) if plain_text(inlines).startswith("—"):
            # An empty span in front: this last paragraph is none of those that say whose the words are.
            return f"{blocks(body[:-1])}\n\n[]{{}}{line(inlines)}"
    return written


def _speech(node: Speech) -> str:
    return f"{term(node.speaker)}\n\n:   {_hanging(blocks(node.blocks) or SEPARATOR, 4)}"


def _definition(node: Definition) -> str:
    words = f"[{one_line(node.term)}]{attributes(node.id)}" if node.id else term(node.term)
    return "\n\n".join([words, *(f":   {_hanging(blocks(meaning) or SEPARATOR, 4)}" for meaning in node.meanings)])


def _list(node: List) -> str:
    written = []
    for number, item in enumerate(node.items):
        label = _label(node.numbering, node.start + number)
        width = max(4, len(label) + 2)
        body = _tight(item) if node.tight else blocks(item)
        written.append(label.ljust(width) + _hanging(body or SEPARATOR, width))
    return ("\n" if node.tight else "\n\n").join(written)


def _tight(item: Blocks) -> str:
    """Write the blocks of a list's item without blank lines as far as they can do without."""
    match item:
        case (Paragraph(inlines), List() as inner):
            return f"{line(inlines)}\n{_list(inner)}"
        case _:
            return blocks(item)


def _label(numbering: Numbering | None, number: int) -> str:
    match numbering:
        case None:
            return "-"
        case Numbering.DECIMAL:
            return f"{number}."
        case Numbering.LOWER_ROMAN:
            return f"{roman(number)}."
        case Numbering.UPPER_ROMAN:
            return f"{roman(number).upper()}."
        case Numbering.LOWER_ALPHA:
            return f"{_ALPHABET[(number - 1) % 26]}."
        case Numbering.UPPER_ALPHA:
            return f"{_ALPHABET[(number - 1) % 26].upper()}."


def _hanging(text: str, width: int) -> str:
    """Indent all lines but the first."""
    return text.replace("\n", "\n" + " " * width).replace("\n" + " " * width + "\n", "\n\n")


def _prefixed(prefix: str, text: str) -> str:
    return "\n".join((prefix + part).rstrip(" ") if not part else prefix + part for part in text.split("\n"))
