"""Markdown of other dialects put so that pandoc reads it: metadata of MultiMarkdown, links of wikis, framed notes of GitHub."""

import re
from collections.abc import Iterator

from samizdat.config.ids import slug

_PAIR = re.compile(r"([A-Za-z][\w ]{0,30}):[ \t]+(\S.*)")
_KNOWN = {"title", "author", "authors", "subtitle", "date", "language", "lang", "translator", "editor", "publisher", "copyright"}
_FRAME = re.compile(r"^> ?\[!(\w+)\][+-]?[ \t]*(.*)$")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_PICTURE = re.compile(r"!\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_LINK = re.compile(
    r"(?<!\\)(?<!\])\[\[(?!\s)([^\[\]|#\n]*[^\W\d][^\[\]|#\n]*)?(?:#([^\[\]|\n]+))?(?:\|([^\[\]\n]+))?\]\](?![(\[])"
)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)


def readable(text: str) -> str:
    """Return a text in pandoc's dialect; code stays as it is typed."""
    places = {slug(heading) for heading in _HEADING.findall(text)}
    return "\n".join(_plain_line(line, places) if line is not None else raw for raw, line in _framed(text.split("\n")))


def multimarkdown(text: str) -> tuple[dict[str, list[str]], str]:
    """Take pairs of a key and a value off the head of a text, if it begins with one that is known; return them and the rest."""
    head, found, rest = text.partition("\n\n")
    lines = [_PAIR.fullmatch(line.rstrip()) for line in head.split("\n")]
    pairs = [line for line in lines if line]
    if not found or len(pairs) < len(lines) or pairs[0][1].lower() not in _KNOWN:
        return {}, text
    return {pair[1]: [pair[2]] for pair in pairs}, rest


def _framed(lines: list[str]) -> Iterator[tuple[str, str | None]]:
    """Yield each line as typed and as it is to be read on; a framed note becomes a box. Lines of code have nothing to be read."""
    fence = ""
    framed = False
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1][:3]
            yield line, None
            continue
        if fence:
            yield line, None
            continue
        if found := _FRAME.match(line):
            if framed:
                yield "", ":::\n"
            framed = True
            yield line, f"\n::: box\n**{found[2] or found[1].capitalize()}**\n"
        elif framed and line.startswith(">"):
            yield line, re.sub("^> ?", "", line)
        elif framed:
            framed = False
            yield line, f"\n:::\n\n{line}"
        else:
            yield line, line
    if framed:
        yield "", "\n:::"


def _plain_line(line: str, places: set[str]) -> str:
    """Return a line with the links and pictures of a wiki as those of Markdown."""
    if "[[" not in line:
        return line

    def link(found: re.Match[str]) -> str:
        page, part, words = found[1] or "", found[2] or "", found[3] or found[1] or found[2] or ""
        if not words:
            return found[0]
        aim = slug(part or page)
        return f"[{words}](#{aim})" if aim in places else words

    parts = re.split(r"(`+[^`]*`+)", line)
    for place in range(0, len(parts), 2):
        pictured = _PICTURE.sub(lambda found: f"![{_words(found[2])}](<{found[1]}>)", parts[place])
        parts[place] = _LINK.sub(link, pictured)
    return "".join(parts)


def _words(given: str | None) -> str:
    """Return what a picture is called, where that is not its width."""
    return "" if not given or re.fullmatch(r"\d+(x\d+)?", given) else given
