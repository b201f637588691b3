"""Walking the tree: every node is a dataclass, so ten lines serve them all."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from samizdat.model.inline import Code, Image, LineBreak, NoteRef, Text

Node = TypeVar("Node")


def children(node: object) -> Iterator[object]:
    """Yield the nodes directly below a node, or the members of a tuple, in reading order."""
    if isinstance(node, tuple):
        yield from node
    else:
        for name in _inner(type(node))[::-1]:  # type: ignore[arg-type]  # mypy doubts that types can be hashed
            value = getattr(node, name)
            if _is_below(type(value)):  # type: ignore[arg-type]  # the same
                yield value


@cache
def _fields(node: type) -> tuple[str, ...]:
    """Return the names of a node's fields; asked of a kind of node once, since books have very many nodes of a few kinds."""
    return tuple(field.name for field in fields(node)) if is_dataclass(node) else ()


@cache
def _inner(node: type) -> tuple[str, ...]:
    """Return the names of a node's fields that may hold nodes, the last first."""
    plain = {field.name for field in fields(node) if field.type in _PLAIN} if is_dataclass(node) else set()
    return tuple(name for name in _fields(node)[::-1] if name not in plain)


_PLAIN = (str, int, bool, float, bytes)
"""Kinds of fields that hold no node."""


@cache
def _is_below(kind: type) -> bool:
    """Say whether what is of a kind is a node, or a tuple of nodes; asked of a kind once."""
    return issubclass(kind, tuple) or is_dataclass(kind)


def descend(node: object) -> Iterator[object]:
    """Yield a node and everything below it, in reading order; tuples are passed through, not yielded."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, tuple):
            waiting += here[::-1]
        else:
            yield here
            for name in _inner(type(here)):  # type: ignore[arg-type]  # the same
                value = getattr(here, name)
                if value and _is_below(type(value)):  # type: ignore[arg-type]  # the same
                    waiting.append(value)


def rebuild(node: Node, change: Callable[[Any], Any]) -> Node:
    """Return the tree with `change` applied to every node, the lowest first; what does not change is shared.

    `change` returns a node, or a tuple of nodes to stand in its place where it stood in a tuple.
    """
    if isinstance(node, tuple):
        return _rebuild_tuple(node, change)  # type: ignore[return-value]  # a tuple in, a tuple out
    if not is_dataclass(node):
        return node
    changed = {}
    for name in _fields(type(node)):  # type: ignore[arg-type]  # the same
        value = getattr(node, name)
        if isinstance(value, tuple) or is_dataclass(value):
            new = rebuild(value, change)
            if new is not value:
                changed[name] = new
    return change(replace(node, **changed) if changed else node)  # type: ignore[no-any-return, type-var]  # the same node type


def _rebuild_tuple(items: tuple[Any, ...], change: Callable[[Any], Any]) -> tuple[Any, ...]:
    result: list[Any] = []
    for item in items:
        new = rebuild(item, change)
        if isinstance(new, tuple) and not isinstance(item, tuple):
            result.extend(new)
        else:
            result.append(new)
    if len(result) == len(items) and all(new is old for new, old in zip(result, items, strict=True)):
        return items
    return tuple(result)


def plain_text(node: object) -> str:
    """Return the words of a node or of a tuple of nodes, without notes; a line break counts as a space."""
    match node:
        case Text(text) | Code(text):
            return text
        case LineBreak():
            return " "
        case Image(alt=alt):
            return alt
        case NoteRef():
            return ""
        case _:
            return "".join(plain_text(child) for child in children(node))
