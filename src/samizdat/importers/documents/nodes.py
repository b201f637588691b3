"""pandoc's nodes as they come in JSON: making them, walking them, reading their words."""

import re
from collections.abc import Callable, Iterator
from typing import Any

Node = dict[str, Any]
Nodes = list[Node]

_WITH_WORDS = {"Str", "Space", "SoftBreak", "LineBreak", "Code", "Math", "RawInline"}
LEAVES = frozenset({"Para", "Plain", "Header", "CodeBlock", "LineBlock", "RawBlock"})


def node(tag: str, content: Any = None) -> Node:
    """Make a node."""
    return {"t": tag} if content is None else {"t": tag, "c": content}


def attributes(identity: str = "", classes: tuple[str, ...] = (), **pairs: str) -> list[Any]:
    """Make a node's attributes."""
    return [identity, list(classes), [[key.replace("_", "-"), value] for key, value in pairs.items() if value]]


def words(text: str, *, keep: bool = False) -> Nodes:
    """Make a line of words; `keep` leaves spaces at its ends."""
    result: Nodes = []
    for part in re.split(r"([ \t\r\n]+)", text if keep else text.strip()):
        if part:
            result.append(node("Space") if part.isspace() else node("Str", part))
    return result


def text(nodes: Any) -> str:
    """Return the words of nodes, notes and all; what is raw stays as it is typed. Goes by a stack, however deep they nest."""
    parts: list[str] = []
    stack = [nodes]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            _speak(item, parts, stack)
    return re.sub(r"[ \n]+", " ", "".join(parts)).strip()


_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}


def _speak(item: Node, parts: list[str], stack: list[Any]) -> None:
    tag: str = item.get("t", "")
    content: Any = item.get("c")
    match tag:
        case "Str":
            parts.append(content)
        case "Space" | "SoftBreak" | "LineBreak":
            parts.append(" ")
        case "Code" | "CodeBlock" | "RawInline" | "RawBlock":
            parts.append(content[1] if tag != "CodeBlock" else content[1] + " ")
        case "Math":
            parts.append(f"${content[1]}$" if content[0]["t"] == "InlineMath" else f"$${content[1]}$$")
        case "Quoted":
            opening, closing = _QUOTES[content[0]["t"]]
            parts.append(opening)
            stack.append(node("Str", closing))
            stack.append(content[1])
        case "Link":
            stack.append(content[1])
        case "Image":
            stack.extend((node("Space"), content[1], node("Space")))
        case "Span":
            apart = "comment-start" in content[0][1] or "deletion" in content[0][1]
            stack.extend((node("Space"), content[1], node("Space")) if apart else (content[1],))
        case "Note":
            stack.extend((node("Space"), content, node("Space")))
        case "LineBlock":
            for line in reversed(content):
                stack.extend((node("Space"), line))
        case "DefinitionList":
            for term, meanings in reversed(content):
                stack.extend((meanings, node("Space"), term))
        case "Table":
            stack.extend((content[5], content[4], content[3], content[1]))
        case "Cite":
            stack.append(content[1])
        case _ if content is not None:
            if tag in {"Para", "Plain", "Header"}:
                stack.append(node("Space"))
            stack.append(content)
        case _:
            pass


def walk(nodes: Any, whole: frozenset[str] = frozenset()) -> Iterator[Node]:
    """Yield every node at any depth, in reading order; of kinds that are taken whole, what is in them is not looked at."""
    stack = [nodes]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            if "t" in item:
                yield item
            if item.get("t") not in whole and (content := item.get("c")) is not None:
                stack.append(content)


def leaves(nodes: Any) -> Iterator[Node]:
    """Yield the blocks that hold words, without those around them."""
    return (item for item in walk(nodes, LEAVES) if item["t"] in LEAVES)


def change(nodes: Any, found: Callable[[Node], Any]) -> Any:
    """Return the tree with each node changed, the outermost first; `found` gives None to leave a node and go on below it.

    What has not changed is not copied.
    """
    if isinstance(nodes, list):
        return _changed(nodes, found)
    if isinstance(nodes, dict):
        if "t" in nodes and (new := found(nodes)) is not None:
            return new
        content = nodes.get("c")
        if isinstance(content, _INSIDE) and (fresh := change(content, found)) is not content:
            return {**nodes, "c": fresh}
    return nodes


def _changed(nodes: list[Any], found: Callable[[Node], Any]) -> list[Any]:
    result: list[Any] = []
    same = True
    for item in nodes:
        new = change(item, found) if isinstance(item, _INSIDE) else item
        if new is item:
            result.append(item)
            continue
        same = False
        if isinstance(item, dict) and isinstance(new, list):
            result.extend(new)
        else:
            result.append(new)
    return nodes if same else result


_INSIDE = (list, dict)
