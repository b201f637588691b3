"""RTF in other code pages than that of Western Europe, the only one that pandoc knows: its letters are spelt as Unicode."""

import codecs
import re
from typing import Any

from samizdat.importers.documents.nodes import Node, Nodes, change, node, text, walk, words
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.problems import Rule

TYPEWRITER = Rule(
    "X96",
    REPAIR,
    "Typewriter letters are words, not code",
    "The whole document is written in letters of one width, which says how it was typed and nothing more. It is set as words.",
)

_FONT = re.compile(rb"\\f(\d{1,5})\b[^{};]{0,80}?\\fcharset(\d{1,3})")
_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\f(\d{1,5})\b|\\u(-?\d{1,6}) ?|\\uc(\d)\b|\\plain\b|\\([^'])|([{}])|([^\\{}]+)", re.DOTALL
)
_STAND_IN = re.compile(rb"(\\u-?\d{1,6}) ?\?")
_CHARSETS = {
    128: "cp932",
    129: "cp949",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_WIDE = {"cp932", "cp949", "cp936", "cp950"}


def readable(data: bytes) -> bytes:
    """Return RTF whose letters pandoc reads right."""
    # After a letter's stand-in that is typed as it is, pandoc drops all letters up to the next command.
    data = _STAND_IN.sub(rb"\1\\'3f", data)
    fonts = {int(found[1]): _CHARSETS[int(found[2])] for found in _FONT.finditer(data) if int(found[2]) in _CHARSETS}
    found = _PAGE.search(data)
    page = f"cp{found[1].decode()}" if found else "cp1252"
    if (page == "cp1252" and not fonts) or not _known(page):
        return data
    result: list[bytes] = []
    stack = [page]
    held = bytearray()
    each, skipped = 1, 0
    for token in _TOKEN.finditer(data):
        code, font, letter, instead, _, brace, words = token.groups()
        if code and skipped:
            # What stands for a letter where Unicode is not known.
            skipped -= 1
            result.append(token[0])
            continue
        if code:
            held.append(int(code, 16))
            continue
        if held and words and stack[-1] in _WIDE and _is_half(bytes(held), stack[-1]):
            # The second byte of a letter may stand there as it is.
            held.append(words[0])
            words = words[1:]
            result.append(_spelt(held, stack[-1], each))
            result.append(words)
            continue
        result.append(_spelt(held, stack[-1], each))
        each = int(instead) if instead else each
        skipped = each if letter else 0
        if font:
            stack[-1] = fonts.get(int(font), page)
        elif brace == b"{":
            stack.append(stack[-1])
        elif brace and len(stack) > 1:
            stack.pop()
        result.append(token[0])
    result.append(_spelt(held, stack[-1], each))
    return b"".join(result)


def _known(page: str) -> bool:
    try:
        codecs.lookup(page)
    except LookupError:
        return False
    return True


def _is_half(held: bytes, page: str) -> bool:
    try:
        held.decode(page)
    except UnicodeDecodeError:
        return True
    return False


def _spelt(held: bytearray, page: str, each: int) -> bytes:
    """Spell bytes as letters of Unicode, and forget them."""
    text = bytes(held).decode(page, "replace")
    held.clear()
    units = text.encode("utf-16-le")
    numbers = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
    return b"".join(b"\\u%d" % number + (b"\\'3f" * each or b" ") for number in numbers)


def without_typewriter(tree: Nodes, record: Record) -> Nodes:
    """Make words of what pandoc takes for code: in a text written with a typewriter's letters, all of it."""
    code = [item for item in walk(tree) if item["t"] in {"Code", "CodeBlock"}]
    letters = sum(len(item["c"][1]) for item in code)
    if letters * 2 < len(text(tree)):
        return tree
    record.decide(TYPEWRITER, 0.8, text(code[:1]), "", "More than half of the document is in such letters.")

    def plain(item: Node) -> Any:
        if item["t"] == "CodeBlock":
            return [node("Para", words(item["c"][1]))]
        return words(item["c"][1], keep=True) if item["t"] == "Code" else None

    return change(tree, plain)  # type: ignore[no-any-return]  # nodes in, nodes out
