"""What line breaks mean in documents: paragraphs parted by two of them, and verse that is kept in a paragraph a line."""

from samizdat.importers.documents.nodes import Nodes, node


def parted(content: Nodes) -> list[Nodes]:
    """Part a paragraph where two line breaks stand side by side, which is how some pages part paragraphs."""
    result: list[Nodes] = [[]]
    breaks = 0
    for item in content:
        if item["t"] == "LineBreak":
            breaks += 1
        elif item["t"] not in {"Space", "SoftBreak"}:
            if breaks > 1:
                result.append([])
            elif breaks:
                result[-1].append(node("LineBreak"))
            breaks = 0
            result[-1].append(item)
        elif not breaks:
            result[-1].append(item)
    return result


def lines(content: Nodes) -> list[Nodes]:
    """Part a paragraph at its line breaks."""
    result: list[Nodes] = [[]]
    for item in content:
        if item["t"] == "LineBreak":
            result.append([])
        else:
            result[-1].append(item)
    return [trimmed(line) for line in result]


def trimmed(content: Nodes) -> Nodes:
    """Take spaces and line breaks off both ends."""
    space = {"Space", "SoftBreak", "LineBreak"}
    start, end = 0, len(content)
    while start < end and content[start]["t"] in space:
        start += 1
    while end > start and content[end - 1]["t"] in space:
        end -= 1
    return content[start:end]


def merged_verse(blocks: Nodes) -> Nodes:
    """Join verse that word processors keep in a paragraph a line: neighbouring line blocks of one line each."""
    result: Nodes = []
    for item in blocks:
        single = item["t"] == "LineBlock" and len(item["c"]) == 1
        if single and result and result[-1]["t"] == "LineBlock" and result[-1].get("run"):
            result[-1]["c"].extend(item["c"])
        else:
            result.append({**item, "run": True} if single else item)
    return result
