"""pandoc's blocks of any reader, brought to the few forms that a manuscript knows; what does not fit is recorded."""

import re
from dataclasses import dataclass
from typing import Any

from samizdat.importers.documents import tidy_breaks
from samizdat.importers.documents.headings import is_number
from samizdat.importers.documents.letters import printable
from samizdat.importers.documents.nodes import Node, Nodes, attributes, leaves, node, text, walk, words
from samizdat.importers.documents.numbers import AT, spread
from samizdat.importers.documents.record import HEADING_INSIDE, ODD_TABLE, PLAIN_WORDS, RAW_PIECE, SHALLOWER
from samizdat.importers.documents.styles import Use, heading_level, use
from samizdat.importers.documents.tidy_inlines import Inlines, flattened
from samizdat.importers.documents.tidy_tables import only_arranges, regular

DEEPEST = 24
_AMBIGUOUS = {3, 4, 9, 10, 12, 13, 22}
"""Letters that are also Roman numbers: a list that begins with one of them would be read as the other kind."""
_LETTERS = {5, 10, 50, 100, 500, 1000}
"""Roman numbers that are one letter: a list that begins with one of them would be read as the other kind."""
_TAKEN_FOR_ROMAN = {100: 3, 500: 4, 1000: 13}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_CODE = re.compile("[A-Za-z][A-Za-z0-9]{0,20}")
_LONGEST_LINE = 90


@dataclass
class Blocks:
    """Brings blocks in order."""

    lines: Inlines
    depth: int = 0
    inside: int = 0
    """How many quotations, lists, tables or notes stand around this, where no section can begin."""
    tables: int = 0

    def __post_init__(self) -> None:
        """Let notes be brought in order as blocks are."""
        self.lines.blocks = self.within

    def within(self, nodes: Nodes) -> Nodes:
        """Bring blocks in order that stand in something."""
        self.inside += 1
        result = self.blocks(nodes)
        self.inside -= 1
        return result

    def blocks(self, nodes: Nodes) -> Nodes:
        """Bring blocks in order."""
        record = self.lines.record
        if self.depth > DEEPEST:
            record.count(SHALLOWER, "quotations, lists or tables", "No page can show things in things so deep; their words stay.")
            nodes = flattened(nodes)
        self.depth += 1
        result: Nodes = []
        for item in nodes:
            record.at = item.get(AT, record.at)
            result.extend(spread(self._block(item), item.get(AT)))
        self.depth -= 1
        return result

    def _block(self, item: Node) -> Nodes:
        tag: str = item["t"]
        content: Any = item.get("c")
        match tag:
            case "Para" | "Plain":
                return self._paragraph(tag, content)
            case "Header":
                return self._heading(*content)
            case "BlockQuote":
                body = self.within(content)
                return [node(tag, body)] if body else []
            case "BulletList" | "OrderedList":
                return self._list(tag, content)
            case "DefinitionList":
                return self._definitions(content)
            case "LineBlock":
                lines = [self.lines.line(line) for line in content]
                return [node(tag, lines)] if any(lines) else []
            case "CodeBlock":
                return self._code(*content)
            case "HorizontalRule":
                return [node(tag)]
            case "Table":
                return self._table(content)
            case "Figure":
                return self._figure(*content)
            case "Div":
                return self._division(*content)
            case "RawBlock":
                return self._raw(*content)
            case _:
                self.lines.record.count(RAW_PIECE, tag, "This kind of block has no place in a book; its words stay.")
                return [node("Para", words(text(content)))]

    def _paragraph(self, tag: str, content: Nodes) -> Nodes:
        pictures = [item for item in content if item["t"] == "Image"]
        if pictures and all(item["t"] in {"Image", "Space", "SoftBreak", "LineBreak"} for item in content):
            # A picture that stands alone is a figure; several side by side stand one below the other.
            placed = [found for item in pictures if (found := self.lines.image(*item["c"]))]
            return [node("Plain" if self.tables else "Para", line) for line in placed]
        found = tidy_breaks.trimmed(self.lines.line(content))
        if all(item["t"] == "Str" and not item["c"].strip("\u00a0\u200b\u2003 ") for item in found):
            return []
        parts = [tidy_breaks.trimmed(part) for part in tidy_breaks.parted(found)]
        return [node("Para" if len(parts) > 1 else tag, part) for part in parts if part]

    def _heading(self, level: int, given: list[Any], content: Nodes) -> Nodes:
        found = tidy_breaks.trimmed(self.lines.line(content))
        identity = self.lines.anchors.kept(given[0])
        if not found:
            return [node("Div", [attributes(identity), []])] if identity else []
        if self.inside:
            self.lines.record.decide(HEADING_INSIDE, 0.7, text(found), text(found), "No section can begin here.")
            strong = node("Strong", found)
            return [node("Para", [node("Span", [attributes(identity), [strong]]) if identity else strong])]
        found = _one_line(_numbered(found))
        pairs = {key: value for key, value in given[2] if key in {"short", "subtitle"}}
        return [node("Header", [level, attributes(identity, (), **pairs), found])]

    def _list(self, tag: str, content: Any) -> Nodes:
        items = [self.within(item) for item in (content if tag == "BulletList" else content[1])]
        if not any(items):
            return []
        items = _spaced(items)
        if tag == "BulletList":
            return [node(tag, items)]
        start, style, _ = content[0]
        name, start = _spelt(style["t"], start)
        if name in {"LowerAlpha", "UpperAlpha"} and (start in _AMBIGUOUS or start + len(items) > 26):
            name = "Decimal"
        if name in {"LowerRoman", "UpperRoman"} and start in _LETTERS:
            name = "Decimal"
        start = max(start, 0 if name not in {"LowerRoman", "UpperRoman", "LowerAlpha", "UpperAlpha"} else 1)
        name = name if name in {"LowerRoman", "UpperRoman", "LowerAlpha", "UpperAlpha"} else "Decimal"
        return [node(tag, [[start, node(name), node("Period")], items])]

    def _definitions(self, content: Any) -> Nodes:
        """Bring a list of definitions in order; a term without a meaning is a paragraph."""
        result: Nodes = []
        for term, meanings in content:
            words_ = _one_line(tidy_breaks.trimmed(self.lines.line(term)))
            parts = [part for part in (self.within(meaning) for meaning in meanings) if part]
            if not parts:
                result += [node("Para", words_)] if words_ else []
            elif result and result[-1]["t"] == "DefinitionList":
                result[-1]["c"].append([words_, parts])
            else:
                result.append(node("DefinitionList", [[words_, parts]]))
        return result

    def _code(self, given: list[Any], content: str) -> Nodes:
        content = printable(content.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4), self.lines.record)
        language = tuple(name for name in given[1][:1] if _CODE.fullmatch(name))
        if not content.strip():
            return []
        return self._anchored(given[0], [node("CodeBlock", [attributes("", language), content])])

    def _raw(self, kind: str, content: str) -> Nodes:
        record = self.lines.record
        spoken = (
            re.sub(r"<[^>]*>", " ", content)
            if kind == "html" and not re.match(r"\s*<(script|style|!--)", content, re.IGNORECASE)
            else ""
        )
        if kind == "html" and not spoken.strip() and not re.match(r"\s*<(script|style|!--)", content, re.IGNORECASE):
            record.count(PLAIN_WORDS, content.strip()[:40], "Tags that only say how something looked are left out.")
        elif content.strip():
            record.drop(RAW_PIECE, 0.8, content, f"Raw {kind} cannot stand in a book.")
        return []

    def _table(self, content: list[Any]) -> Nodes:
        given, caption, *_ = content
        if (arranged := only_arranges(content)) is not None:
            self.lines.record.count(ODD_TABLE, "a table that only arranged the page", "Its text stands in no table.")
            return self._anchored(given[0], self.blocks(arranged)) if not self.inside else self.blocks(arranged)
        title = self._caption(caption)
        marks = [item["c"][0][0] for item in title if item["t"] == "Span" and not item["c"][1]]
        title = tidy_breaks.trimmed([item for item in title if item["t"] != "Span" or item["c"][1]])
        self.tables += 1
        found = regular(content, self.within, self.lines.record, self.tables)
        self.tables -= 1
        if not found:
            self.lines.record.count(ODD_TABLE, "a table no page can hold", "It has too many columns, or none; its words stay.")
            rest = [line for item in flattened(content[2:]) for line in self._paragraph("Para", item["c"])]
            return [*([node("Para", title)] if title else []), *rest]
        columns, head, bodies, foot = found
        identity = self.lines.anchors.kept(given[0]) or next(iter(marks), "")
        return [
            node("Table", [attributes(identity), [None, [node("Plain", title)] if title else []], columns, head, bodies, foot])
        ]

    def _caption(self, caption: list[Any]) -> Nodes:
        """Make one line of a caption, whatever blocks it has."""
        result: Nodes = []
        for item in leaves(caption[1]):
            line = item["c"] if item["t"] in {"Para", "Plain"} else words(text(item))
            found = tidy_breaks.trimmed(self.lines.line(line))
            if found:
                result += [node("Space"), *found] if result else found
        return _one_line(result)

    def _figure(self, given: list[Any], caption: list[Any], content: Nodes) -> Nodes:
        title = self._caption(caption)
        pictures = [item for item in walk(content) if item["t"] == "Image"]
        other = text([item for item in walk(content) if item["t"] in {"Str", "Code", "Math", "CodeBlock"}]) if pictures else "x"
        # The words of a picture's description count as words below it.
        described = " ".join(text(picture["c"][1]) for picture in pictures)
        if len(pictures) == 1 and not self.inside and len(other.replace(" ", "")) <= len(described.replace(" ", "")):
            placed = self.lines.image(*pictures[0]["c"])
            if placed and placed[0]["t"] == "Image":
                identity = self.lines.anchors.kept(given[0]) or self.lines.anchors.kept(pictures[0]["c"][0][0])
                caption = [None, [node("Plain", title)] if title else []]
                return [node("Figure", [attributes(identity), caption, [node("Plain", placed)]])]
            return [node("Para", title)] if title else [node("Para", placed)] if placed else []
        body = self.blocks(content)
        return self._anchored(given[0], [*body, *([node("Para", title)] if title else [])])

    def _anchored(self, identity: str, body: Nodes) -> Nodes:
        identity = self.lines.anchors.kept(identity)
        return [node("Div", [attributes(identity), body])] if identity else body

    def _division(self, given: list[Any], content: Nodes) -> Nodes:
        pairs = dict(given[2])
        what = use(given[1], pairs)
        if (level := heading_level(str(pairs.get("custom-style", "")))) and all(one["t"] in {"Para", "Plain"} for one in content):
            return [part for one in content for part in self._heading(level, given, one["c"])]
        identity = self.lines.anchors.kept(given[0])
        if what.unknown:
            self.lines.record.count(
                PLAIN_WORDS, what.unknown, "Classes and styles that only say how something looked are left out."
            )
        if what.kind in {Use.QUOTE, Use.EPIGRAPH, Use.VERSE} and not any(item["t"] == "Header" for item in walk(content)):
            body = self._special(what.kind, content)
        elif what.kind is Use.ROLE and not any(item["t"] == "Header" for item in walk(content)):
            inner = self.within(content)
            body = [node("Div", [attributes("", (what.role,)), inner])] if inner else []
        else:
            body = self.blocks(content)
        lang = pairs.get("lang", "") or pairs.get("xml:lang", "")
        lang = lang if _LANGUAGE.fullmatch(lang) and not self.lines.anchors.is_own(lang) and body else ""
        if not (identity or lang):
            return body
        if any(item["t"] == "Header" for item in body):
            # Sections cannot stand in a division; what it said goes to a mark before them.
            return [node("Div", [attributes(identity), []]), *body] if identity else body
        return [node("Div", [attributes(identity, (), lang=lang), body])]

    def _special(self, kind: Use, content: Nodes) -> Nodes:
        if kind is Use.VERSE:
            return self._verse(content)
        body = self.within(content)
        if not body:
            return []
        if kind is Use.QUOTE:
            return body if len(body) == 1 and body[0]["t"] == "BlockQuote" else [node("BlockQuote", body)]
        if len(body) == 1 and body[0]["t"] == "BlockQuote":
            body = body[0]["c"]
        if len(body) == 1 and body[0]["t"] == "Div" and Use.EPIGRAPH.value in body[0]["c"][0][1]:
            return body
        return [node("Div", [attributes("", (Use.EPIGRAPH.value,)), body])]

    def _verse(self, content: Nodes) -> Nodes:
        """Make verse of paragraphs: each is a stanza, or a line if none of them is broken into lines. What is no line stands
        between.
        """
        found = [line for item in self.within(content) for line in _without_language(item)]
        broken = any(item["t"] == "LineBlock" or _is_broken(item) for item in found)
        result: Nodes = []
        for item in found:
            if item["t"] == "LineBlock":
                lines = item["c"]
            else:
                lines = tidy_breaks.lines(item["c"]) if item["t"] in {"Para", "Plain"} else None
            if lines is None:
                if item["t"] == "BlockQuote":
                    item = node("BlockQuote", self._verse(item["c"]))  # noqa: PLW2901
                result.append(item)
            elif result and result[-1]["t"] == "LineBlock":
                result[-1]["c"].extend([[], *lines] if broken else lines)
            else:
                result.append(node("LineBlock", list(lines)))
        return result


def _spaced(items: list[Nodes]) -> list[Nodes]:
    """Make a list wholly tight or wholly loose."""
    simple = all(len(item) <= 1 or (len(item) == 2 and item[1]["t"] in {"BulletList", "OrderedList"}) for item in items)
    simple = simple and all(item and item[0]["t"] in {"Para", "Plain"} for item in items)
    tight = simple and (len(items) == 1 or not any(block["t"] == "Para" for item in items for block in item))
    old, new = ("Para", "Plain") if tight else ("Plain", "Para")
    return [[node(new, block["c"]) if block["t"] == old else block for block in item] for item in items]


def _spelt(name: str, start: int) -> tuple[str, int]:
    """Return how a list is numbered and from where: c, d and m at its head are letters, which readers take for Roman numbers."""
    if name in {"LowerRoman", "UpperRoman"} and start in _TAKEN_FOR_ROMAN:
        return name.replace("Roman", "Alpha"), _TAKEN_FOR_ROMAN[start]
    return name, start


def _one_line(content: Nodes) -> Nodes:
    return [node("Space") if item["t"] == "LineBreak" else item for item in content]


def _numbered(content: Nodes) -> Nodes:
    """Put a colon between the number of a chapter and its name, where the end of a line parts them."""
    place = next((place for place, item in enumerate(content) if item["t"] == "LineBreak"), 0)
    number = text(content[:place])
    if not is_number(number) or number.endswith((".", ":", "—", "–")) or not text(content[place:]):
        return content
    return [*tidy_breaks.trimmed(content[:place]), node("Str", ":"), *content[place:]]


def _is_broken(item: Node) -> bool:
    return item["t"] in {"Para", "Plain"} and any(part["t"] == "LineBreak" for part in item["c"])


def _without_language(item: Node) -> Nodes:
    """Give the language of a division to the lines in it."""
    if item["t"] != "Div" or item["c"][0][1] or not all(inner["t"] in {"Para", "Plain"} for inner in item["c"][1]):
        return [item]
    return [
        node(
            inner["t"], [node("Span", [item["c"][0] if not number else attributes("", (), **dict(item["c"][0][2])), inner["c"]])]
        )
        for number, inner in enumerate(item["c"][1])
    ]
