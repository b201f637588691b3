"""pandoc's inlines of any reader, brought to the few forms that a manuscript knows; what does not fit is recorded."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit

from samizdat.importers.documents import old_pages
from samizdat.importers.documents.album import Album
from samizdat.importers.documents.anchors import Anchors
from samizdat.importers.documents.letters import curled, printable
from samizdat.importers.documents.nodes import Node, Nodes, attributes, leaves, node, text, words
from samizdat.importers.documents.record import (
    COMMENT,
    FORMULA,
    LOST_LINK,
    NO_WORDS,
    NOTE_INSIDE,
    PLAIN_WORDS,
    RAW_PIECE,
    SHALLOWER,
    Record,
)
from samizdat.importers.inlines import SCHEMES
from samizdat.model.inline import SpanRole

DEEPEST = 30
_STARS = "*†‡§¶"
_SIMPLE = {"Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"}
_ROLES = {role.value for role in SpanRole if role is not SpanRole.PLAIN} | {
    "smallcaps",
    "index",
    "quoted",
    "single-quoted",
    "break",
}
_STYLES = {"small caps": "smallcaps", "small-caps": "smallcaps", "smallcap": "smallcaps", "sc": "smallcaps", "ul": "underline"}
_WIDTH = re.compile(r"(\d+(?:\.\d+)?)(%|mm|cm|in|px|pt|em)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_TAGS = {
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "Emph"),
    **dict.fromkeys(("b", "strong"), "Strong"),
    **dict.fromkeys(("u", "ins"), "Underline"),
    **dict.fromkeys(("s", "del", "strike"), "Strikeout"),
    "sup": "Superscript",
    "sub": "Subscript",
}


@dataclass
class Inlines:
    """Brings inlines in order. `curl` where the reader leaves straight quotation marks as they are typed."""

    record: Record
    album: Album
    anchors: Anchors
    curl: bool = False
    depth: int = 0
    in_note: bool = False
    in_link: bool = False
    blocks: Any = None
    """What brings the blocks of a note in order; set by `Blocks`."""
    _before: str = field(default="")
    _inner: list[Nodes] = field(default_factory=list)

    def line(self, nodes: Nodes) -> Nodes:
        """Bring a whole line of inlines in order: a paragraph, a heading, a term."""
        self._before = ""
        return self.inlines(nodes)

    def inlines(self, nodes: Nodes) -> Nodes:
        """Bring inlines in order."""
        if any(item["t"] == "RawInline" for item in nodes):
            nodes = self._raw_tags(nodes)
        if self.depth > DEEPEST:
            self.record.count(SHALLOWER, "inside a line", "No page can show marks in marks in marks so deep.")
            return words(printable(text(nodes), self.record))
        self.depth += 1
        result: Nodes = []
        for item in nodes:
            result.extend(self._inline(item))
        self.depth -= 1
        return result

    def _inline(self, item: Node) -> Nodes:
        tag: str = item["t"]
        content: Any = item.get("c")
        if tag in _SIMPLE:
            inner = self.inlines(content)
            return [node(tag, inner)] if inner else []
        match tag:
            case "Str":
                return self._string(content)
            case "Space" | "SoftBreak" | "LineBreak":
                self._before = " "
                return [item]
            case "Quoted":
                self._before = "“"
                return [node(tag, [content[0], self.inlines(content[1])])]
            case "Cite":
                return self.inlines(content[1])
            case "Code":
                code = printable(re.sub(r"\s*[\r\n]\s*", " ", content[1]), self.record).strip()
                return [node(tag, [attributes(), code])] if code else []
            case "Math":
                return self._math(content)
            case "RawInline":
                return self._raw(*content)
            case "Link":
                return self._link(*content)
            case "Image":
                found = self.image(*content)
                # Words in the place of a picture are not part of those beside them.
                return found if not found or found[0]["t"] == "Image" else [node("Space"), *found, node("Space")]
            case "Note":
                return self._note(content)
            case "Span":
                return self._span(*content)
            case _:
                self.record.count(RAW_PIECE, tag, "This kind of node has no place in a book; its words stay.")
                return words(text(content))

    def _string(self, content: str) -> Nodes:
        content = printable(content, self.record)
        if self.curl:
            content = curled(content, self._before)
        if not content:
            return []
        self._before = content[-1]
        return [node("Str", content)]

    def _math(self, content: list[Any]) -> Nodes:
        tex = printable(content[1], self.record).strip()
        if not tex:
            return []
        if not _can_be_set(tex):
            self.record.decide(FORMULA, 0.8, tex, tex, "The formula uses commands beyond simple TeX.")
            return [node("Code", [attributes(), re.sub(r"\s*[\r\n]\s*", " ", tex)])]
        inside = self.depth > 2 and content[0]["t"] == "DisplayMath"
        return [node("Math", [node("InlineMath") if inside else content[0], tex])]

    def _raw(self, kind: str, raw: str) -> Nodes:
        if kind == "html" and not raw.startswith("<!--"):
            self.record.count(PLAIN_WORDS, raw[:40], "Tags that only say how something looked are left out.")
        elif raw.strip():
            self.record.drop(RAW_PIECE, 0.8, raw, f"Raw {kind} cannot stand in a book.")
        return []

    def _raw_tags(self, nodes: Nodes) -> Nodes:
        """Read the simple tags that Markdown may hold: <i>…</i>, <br>, <img>."""
        result: list[tuple[str, Nodes]] = [("", [])]
        for item in nodes:
            tag, opens = _tag(item)
            if tag == "br" and opens:
                result[-1][1].append(node("LineBreak"))
            elif tag == "img" and opens:
                result[-1][1].append(_picture(item["c"][1]))
            elif tag in _TAGS and opens:
                result.append((tag, []))
            elif tag in _TAGS and any(open_tag == tag for open_tag, _ in result):
                while result[-1][0] != tag:
                    unclosed = result.pop()[1]
                    result[-1][1].extend(unclosed)
                inner = result.pop()[1]
                result[-1][1].append(node(_TAGS[tag], inner))
            else:
                result[-1][1].append(item)
        while len(result) > 1:
            unclosed = result.pop()[1]
            result[-1][1].extend(unclosed)
        return result[0][1]

    def _link(self, given: list[Any], content: Nodes, target: list[str]) -> Nodes:
        address, title = target
        if self.in_link:
            return self.inlines(content)
        self.in_link = True
        found = self._linked(given, content, address, title)
        self.in_link = False
        identity = self.anchors.kept(given[0])
        return [node("Span", [attributes(identity), found])] if identity else found

    def _linked(self, given: list[Any], content: Nodes, address: str, title: str) -> Nodes:
        inner = self.inlines(content)
        if address.startswith("#"):
            aim = self.anchors.target(address)
            page = "page" in given[1]
            if aim and (inner or page):
                return [node("Link", [attributes("", ("page",) if page else ()), inner, [f"#{aim}", ""]])]
            if inner and not aim:
                self.record.count(LOST_LINK, address[:60], "The document has no such place.")
            return inner
        address = printable(address, self.record).strip()
        if not _leads_out(address):
            if address:
                self.record.count(LOST_LINK, address[:80], "This link works for nobody else, so that only its words stay.")
            return inner
        if any(item["t"] == "Image" for item in inner):
            self.record.count(LOST_LINK, address[:80], "A picture cannot be a link in a book.")
            return inner
        return [node("Link", [attributes(), inner or [node("Str", address)], [address, printable(title, self.record)]])]

    def image(self, given: list[Any], content: Nodes, target: list[str]) -> Nodes:
        """Bring a picture in order: its name is that in the album, and it has words for those who cannot see it."""
        pairs = dict(given[2])
        address, title = target
        title = "" if title == "fig:" else title.removeprefix("fig:")
        alt = " ".join(printable(pairs.get("alt") or text(content) or title, self.record).split())
        name = self.album.place(unquote(address), alt)
        if not name:
            # pandoc's own stand-in for what it could not load says nothing, and a single word, as "logo", nothing without it.
            return words(alt) if " " in alt and alt != unquote(address) else []
        if not alt:
            alt = self.album.stand_in()
            self.record.decide(NO_WORDS, 0.3, name, alt, "The document has no words for this picture. Say what it shows.")
        match = _WIDTH.fullmatch(pairs.get("width", "").strip())
        width = f"{float(match[1]):g}{match[2] or 'px'}" if match and float(match[1]) > 0 else ""
        return [node("Image", [attributes("", (), alt=alt, width=_short(width)), [], [name, ""]])]

    def _note(self, content: Nodes) -> Nodes:
        """Bring a note in order; notes in it follow it as notes of their own, and a star stands where they were called."""
        if self.in_note:
            self._inner.append(content)
            mark = _STARS[min(len(self._inner), len(_STARS)) - 1]
            self.record.decide(NOTE_INSIDE, 0.7, text(content), f"{mark} {text(content)}", "A note cannot have notes.")
            return [node("Str", mark)]
        depth, before, self.depth, self.in_note = self.depth, self._before, 0, True
        notes = [body for body in [self.blocks(content)] if body]
        while self._inner:
            inner, self._inner = self._inner, []
            for number, one in enumerate(inner):
                star = node("Str", _STARS[min(number, len(_STARS) - 1)] + "\u00a0")
                body = self.blocks(one)
                first = body[0] if body else node("Para", [])
                if first["t"] in {"Para", "Plain"}:
                    notes.append([node("Para", [star, *first["c"]]), *body[1:]])
                else:
                    notes.append([node("Para", [star]), *body])
        self.depth, self.in_note, self._before = depth, False, before
        return [node("Note", body) for body in notes]

    def _span(self, given: list[Any], content: Nodes) -> Nodes:
        identity, classes, pairs = given[0], given[1], dict(given[2])
        if "comment-start" in classes and self.record.allow(COMMENT):
            self.record.drop(COMMENT, 0.9, text(content), f"A comment by {pairs.get('author') or 'somebody'} in the margin.")
            return []
        if "deletion" in classes and self.record.allow(COMMENT):
            self.record.drop(COMMENT, 0.9, text(content), "Struck out while changes were tracked.")
            return []
        if old_pages.MARK in classes and old_pages.is_number(pairs.get("n", "")):
            return [node("Span", [attributes("", (old_pages.MARK,), n=pairs["n"]), []])]
        style = pairs.get("custom-style", "")
        names = [_STYLES.get(name.lower(), name) for name in ([*classes, style] if style else classes)]
        kept = tuple(dict.fromkeys(name for name in names if name in _ROLES))
        lang = pairs.get("lang", "") or pairs.get("xml:lang", "")
        lang = lang if _LANGUAGE.fullmatch(lang) and not self.anchors.is_own(lang) else ""
        identity = self.anchors.kept(identity)
        inner = self.inlines(content)
        terms = {key: pairs[key] for key in ("term", "see", "see-also") if "index" in kept and key in pairs}
        if not (kept or lang or identity):
            return inner
        if not inner and not identity and not terms:
            return []
        return [node("Span", [[identity, list(kept), [[k, v] for k, v in {"lang": lang, **terms}.items() if v]], inner])]


def _can_be_set(tex: str) -> bool:
    from samizdat.formats import formula  # noqa: PLC0415  slow to import, and few documents have formulas
    from samizdat.problems import SamizdatError  # noqa: PLC0415  as above

    if re.search(r"\\(input|include|write|read|open|def|newcommand|csname|catcode|loop)\b", tex) or len(tex) > 4000 or "$" in tex:
        return False
    try:
        formula.mathml(tex)
        formula.drawing(tex)
    except (SamizdatError, RecursionError):
        return False
    return True


def _leads_out(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if re.search(r"\s", address) or parts.scheme not in SCHEMES:
        return False
    return bool(parts.netloc or not parts.scheme.startswith(("http", "ftp")))


def _short(width: str) -> str:
    return re.sub(r"(\.\d\d)\d+", r"\1", width)


_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")


def _tag(item: Node) -> tuple[str, bool]:
    if item["t"] == "RawInline" and item["c"][0] == "html" and (found := _NAME.match(item["c"][1])):
        return found[2].lower(), not found[1]
    return "", False


class _Attributes(HTMLParser):
    """Reads one tag."""

    pairs: dict[str, str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  the parser's form
        self.pairs = {key: value or "" for key, value in attrs}


def _picture(tag: str) -> Node:
    parser = _Attributes()
    parser.pairs = {}
    parser.feed(tag)
    found = parser.pairs
    given = attributes("", (), alt=found.get("alt", ""), width=found.get("width", ""))
    return node("Image", [given, [], [found.get("src", ""), found.get("title", "")]])


def flattened(nodes: Any) -> Nodes:
    """Return the blocks of words in something nested too deep, one after another."""
    return [node("Para", words(text(item))) for item in leaves(nodes)]
