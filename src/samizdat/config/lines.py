"""Where in a TOML file a key stands. The parser does not say, so the statements are found once more."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache

KeyPath = tuple[str | int, ...]

_TOKEN = re.compile(
    r'''(?P<text>\#[^\n]*|"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')'''
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)|[^\[\]{}#\"'\n]+|.",
    re.DOTALL,
)
_HEADER = re.compile(r"(\[\[?)(.*?)\]\]?\s*(?:#.*)?", re.DOTALL)


@lru_cache(maxsize=2)
def lines(text: str) -> Mapping[KeyPath, int]:
    """Map the path of every table and key of a well-formed TOML text to its line, from 1."""
    found: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for line, statement in _statements(text):
        if header := _HEADER.fullmatch(statement):
            table = _indexed(_keys(header[2]), counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                found.setdefault(table, line)
                table = (*table, counts[table])
            found[table] = line
        else:
            keys = _keys(_left_side(statement))
            for end in range(1, len(keys) + 1):
                found.setdefault((*table, *keys[:end]), line)
    return found


def line_of(found: Mapping[KeyPath, int], path: KeyPath) -> int:
    """Return the line of a path, or of the nearest thing above it that has one; 0 where nothing has."""
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 0)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each statement with its first line; a value may run over several lines."""
    line, start, first, depth = 1, 0, 1, 0
    for token in _TOKEN.finditer(text):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        elif token["end"] and depth <= 0:
            if statement := _bare(text[start : token.start()]):
                yield first, statement
            start, first, depth = token.end(), line + 1, 0
        line += token[0].count("\n")
    if statement := _bare(text[start:]):
        yield first, statement


def _bare(statement: str) -> str:
    statement = statement.strip()
    return "" if statement.startswith("#") else statement


def _left_side(statement: str) -> str:
    """Return what stands before the equals sign, which a quoted key may hold too."""
    for token in _TOKEN.finditer(statement):
        if not token["text"] and "=" in token[0]:
            return statement[: token.start() + token[0].index("=")]
    return statement


def _keys(dotted: str) -> tuple[str, ...]:
    """Read a dotted key as TOML does."""
    try:
        value: object = tomllib.loads(f"{dotted.strip()} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    keys: list[str] = []
    while isinstance(value, dict):
        key = next(iter(value))
        keys.append(key)
        value = value[key]
    return tuple(keys)


def _indexed(keys: tuple[str, ...], counts: dict[KeyPath, int]) -> KeyPath:
    """Put into a path the number of the latest table of each array that it passes through."""
    path: KeyPath = ()
    for position, key in enumerate(keys):
        path = (*path, key)
        if path in counts and position < len(keys) - 1:
            path = (*path, counts[path])
    return path
