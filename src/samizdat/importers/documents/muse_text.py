"""The text of a Muse file put so that pandoc reads it as Text::Amuse does, whose format it is."""

import re
from collections.abc import Iterator

from samizdat.importers.documents.record import REPAIR, Record
from samizdat.problems import Rule

STRAY = Rule(
    "X95",
    REPAIR,
    "A tag without a partner left out",
    "The tag is opened and never closed, or closed and never opened, so that it cannot be known what it stands around. The "
    "words stay.",
)

_TAG = re.compile(
    r"<(/?)(quote|verse|example|code|em|strong|center|right|comment|biblio|play|literal|src|verbatim|class|div|sup|sub|del)\b[^>\n]*>",
    re.IGNORECASE,
)
_VERBATIM = {"example", "verbatim", "literal", "src", "code"}
_LABEL = re.compile(r"(\[\d+\]|\{\d+\}) +(?=\S)")
_CALLS = {"[": re.compile(r"(?<![\[\]])\[\d+\](?!\])"), "{": re.compile(r"(?<![\[\]])(?:\[\d+\](?!\])|\{\d+\})")}
_ITEM = re.compile(r"( +)(\d+)\. ")
_PLACED = re.compile(r"(\[\[[^\]\s]+\.[a-zA-Z]{3,4}(?:[ \t]+\d+)?)(?:[ \t]+[a-z]{1,2}|[ \t]+a\d{1,3})+(?=\])")
_LISTED = re.compile(r" +(?:-|\d+\.|[a-zA-Z]{1,4}\.) ")
_BRACES = re.compile(r"(?m)^(\{\{\{|\}\}\})[ \t]*$")
"""Another way to write an example, which pandoc does not know."""
_BAR = re.compile(r"(?<= )\|{1,3}(?= )")
_RUNS_ON = {"quote", "verse", "center", "right", "biblio", "play", "example"}
"""Tags that hold to the next heading where nobody closes them; an example holds to the end."""
_BLOCK = re.compile(r"\s*(?:<(?:quote|verse|example|center|right|play|biblio)>|\{\{\{)")


def readable(text: str, record: Record) -> str:
    """Return a text that pandoc reads as it is meant."""
    text = _BRACES.sub(lambda found: "<example>" if found[1] == "{{{" else "</example>", text)
    lines = "\n".join(_with_items_in_line(_notes(_plain_bars(_joined(balanced(text, record).split("\n"))))))
    # On which side of the page a picture stands, and turned how far, pandoc would not understand, and not see the picture.
    return _PLACED.sub(r"\1", lines)


def _joined(lines: list[str]) -> list[str]:
    """Leave one empty line between items of a list, where there are more: pandoc would take them for two lists."""
    result: list[str] = []
    inside = last = ""
    for line in lines:
        held, inside = inside, _verbatim(line, inside)
        if not held and _LISTED.match(line) and last.startswith(" "):
            while len(result) > 1 and not result[-1].strip() and not result[-2].strip():
                result.pop()
        result.append(line)
        last = line if line.strip() else last
    return result


def _plain_bars(lines: list[str]) -> list[str]:
    """Say that bars in a line that is not set in are bars: the rows of a table are set in, which pandoc does not ask of them."""
    inside = ""
    result = []
    for line in lines:
        held = inside or _verbatim(line, "")
        bare = not held and not line.startswith((" ", "\t", ">", "#", "*")) and not _TAG.search(line)
        result.append(_BAR.sub(lambda bar: f"<verbatim>{bar[0]}</verbatim>", line) if bare else line)
        inside = _verbatim(line, inside)
    return result


def _notes(lines: list[str]) -> Iterator[str]:
    """Yield the lines; each paragraph of a note becomes one line, set in as far as the note's first.

    A paragraph of a note is nothing but text: what looks like an item of a list or the call of another such note is none.
    """
    kind, width = "", 0
    paragraph: list[str] = []
    verbatim = ""
    for line in [*lines, ""]:
        label = None if verbatim else _LABEL.match(line)
        indent = len(line) - len(line.lstrip(" "))
        if paragraph and (not line.strip() or label or _BLOCK.match(line)):
            yield _uncalled(paragraph, kind)
            paragraph = []
        if label:
            kind, width = line[0], label.end()
            paragraph = [line]
        elif paragraph:
            paragraph.append(line.strip())
        elif width and line.strip() and abs(indent - width) <= 1 and not _BLOCK.match(line):
            paragraph = [" " * width + line.strip()]
        else:
            if line.strip() and indent == 0:
                width = 0
            yield line
        verbatim = _verbatim(line, verbatim)


def _verbatim(line: str, inside: str) -> str:
    """Return what ends the passage in which nothing has a meaning, if one is open after a line."""
    if inside:
        return "" if inside in line else inside
    for opening, closing in (("<example>", "</example>"), ("{{{", "}}}")):
        if opening in line and closing not in line.split(opening, 1)[1]:
            return closing
    return ""


def _uncalled(paragraph: list[str], kind: str) -> str:
    """Make one line of a note's paragraph; a note calls no note of its own kind."""
    text = " ".join(paragraph)
    label = _LABEL.match(text)
    start = label.end() if label else 0
    calls = _CALLS[kind].sub(lambda call: f"<verbatim>{call[0]}</verbatim>", text[start:])
    return text[:start] + calls.replace(" :: ", " <verbatim>::</verbatim> ")


def _with_items_in_line(lines: Iterator[str]) -> Iterator[str]:
    """Set numbers of one more digit as far in as those before; they were set to be in line on the right."""
    last = shift = 0
    depth = 0
    for line in lines:
        item = _ITEM.match(line)
        if item:
            indent, number = len(item[1]), int(item[2])
            if number == last + 1 and 0 < depth - indent == len(item[2]) - len(str(last)) and not shift:
                shift = depth - indent
            elif not (shift and indent + shift == depth and number == last + 1):
                shift, depth = 0, indent
            last = number
        elif line.strip() and not line.startswith(" "):
            last = shift = 0
        yield " " * shift + line if shift and line.strip() else line


def balanced(text: str, record: Record) -> str:
    """Take tags of Muse out that are opened and never closed, or closed and never opened, at which pandoc gives up."""
    stack: list[re.Match[str]] = []
    stray: list[re.Match[str]] = []
    for tag in _TAG.finditer(text):
        if text[tag.start() - 1 : tag.start()] == "=" == text[tag.end() : tag.end() + 1]:
            continue  # named as code, not used
        closes, name = tag[1], tag[2].lower()
        if stack and stack[-1][2].lower() in _VERBATIM and not (closes and name == stack[-1][2].lower()):
            continue
        if not closes and name in _VERBATIM and f"</{name}>" not in text[tag.end() :].lower():
            stray.append(tag)
        elif not closes:
            stack.append(tag)
        elif any(one[2].lower() == name for one in stack):
            while stack[-1][2].lower() != name:
                stray.append(stack.pop())
            stack.pop()
        else:
            stray.append(tag)
    ends: dict[int, str] = {}
    for tag in sorted([*stray, *stack], key=lambda one: -one.start()):
        record.count(STRAY, tag[0], "The tag has no partner.")
        if not tag[1] and tag[2].lower() in _RUNS_ON and _stands_alone(tag, text):
            end = _end(tag, text)
            ends[end] = f"{ends.get(end, '')}\n</{tag[2]}>\n"
        else:
            ends[tag.start()] = ""
    lengths = {tag.start(): tag.end() - tag.start() for tag in (*stray, *stack)}
    for place in sorted(ends, reverse=True):
        text = text[:place] + (f"{ends[place]}\n" if ends[place] else "") + text[place + (0 if ends[place] else lengths[place]) :]
    return text


def _stands_alone(tag: re.Match[str], text: str) -> bool:
    """Tell whether a tag is all of its line."""
    return text[: tag.start()].rpartition("\n")[2].strip() == text[tag.end() :].partition("\n")[0].strip() == ""


def _end(tag: re.Match[str], text: str) -> int:
    """Return where a passage ends that nobody closes."""
    heading = re.compile(r"(?m)^\*{1,5} ").search(text, tag.end()) if tag[2].lower() not in _VERBATIM else None
    return heading.start() if heading else len(text)
