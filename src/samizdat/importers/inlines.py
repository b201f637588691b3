"""pandoc's inlines become the model's."""

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from samizdat.importers.conversion import ATTRIBUTE, Conversion
from samizdat.importers.pictures import PICTURE, UnfitPictureError
from samizdat.model.inline import (
    Code,
    CrossReference,
    Emphasis,
    Image,
    IndexTerm,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    NoteRef,
    PageBreak,
    Quoted,
    QuoteMark,
    ReferenceForm,
    SmallCaps,
    Span,
    SpanRole,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from samizdat.model.walk import plain_text, rebuild
from samizdat.problems import Rule, Severity

LINK = Rule(
    "I07",
    Severity.ERROR,
    "A link that leads nowhere",
    "Links lead to pages on the web (https://…), to mail addresses (mailto:…) or to an id of this book (#id). Links to files on a"
    " computer and links that start programs are refused: they work for nobody else.",
)
NO_ALT = Rule(
    "I11",
    Severity.ERROR,
    "A picture without a description",
    "Every picture needs words for those who cannot see it: its caption, or better a description in alt=…. Screen readers"
    " speak them, and the law in many countries asks for them.",
)
INDEX_TERM = Rule(
    "I12",
    Severity.ERROR,
    "An index term without words",
    "An index term needs words: those it stands around, or a term=… of its own.",
)
PAGE_MARK = Rule(
    "E62",
    Severity.ERROR,
    "A page mark without a number",
    "A mark of the class .page says where a page of an older print begins, and n=… which page that is, as it is numbered there.",
)

SCHEMES = ("http", "https", "mailto", "ftp", "tel")
_SPACES = {"Space": " ", "SoftBreak": "\n"}
_CJK = "[\u2e80-\u2fdf\u3000-\u30ff\u3100-\u312f\u3190-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003fffd]"
_LINE_END_IN_CJK = re.compile(f"(?<={_CJK})\n(?={_CJK})")
"""Chinese and Japanese have no spaces between words, so a line's end is none either. Korean has."""
_QUOTED = {"quoted": QuoteMark.DOUBLE, "single-quoted": QuoteMark.SINGLE}
_BREAK = "break"
_PAGE = "page"
_SPAN_KEYS = {"index": ("lang", "term", "see", "see-also"), _PAGE: ("lang", "n")}
"""The attributes that go with a class, where there are any of its own."""
_RAISED: dict[str, type[Superscript | Subscript]] = {"superscript": Superscript, "subscript": Subscript}
_SPAN_ROLES = {"stage": SpanRole.STAGE, "underline": SpanRole.UNDERLINE, "mark": SpanRole.MARK}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_WIDTH = re.compile(r"\d+(\.\d+)?(%|mm|cm|in|px|pt|em)?")
_Simple = type[Emphasis | Strong | Strikeout | Superscript | Subscript | SmallCaps]
_SIMPLE: dict[str, _Simple] = {
    "Emph": Emphasis,
    "Strong": Strong,
    "Strikeout": Strikeout,
    "Superscript": Superscript,
    "Subscript": Subscript,
    "SmallCaps": SmallCaps,
}


def inlines(c: Conversion, nodes: list[Any]) -> Inlines:
    """Convert a line of pandoc's inlines; neighbouring words become one Text."""
    result: list[Inline] = []
    words: list[str] = []
    spliced = False
    for node in nodes:
        tag = node["t"]
        if tag == "Str":
            words.append(node["c"])
        elif tag in _SPACES:
            # A comment that is left out may leave two spaces.
            if not words or words[-1] not in _SPACES.values():
                words.append(_SPACES[tag])
        elif tag == "RawInline":
            c.raw(*node["c"])
        else:
            if words:
                result.append(_text(c, words))
                words = []
            found = _inline(c, tag, node.get("c"))
            if isinstance(found, tuple):
                result.extend(found)
                spliced = True
            else:
                result.append(found)
    if words:
        result.append(_text(c, words))
    return _joined(result) if spliced else tuple(result)


def language(c: Conversion, given: str) -> str:
    """Return the language of a span or division, if it is one."""
    if not given or _LANGUAGE.fullmatch(given):
        return given
    message = f"“{given}” is not a language tag."
    c.source.report(ATTRIBUTE, message, f"lang={given}", 'Write a code such as "de", "en-GB" or "pt-BR".')
    return ""


def image(
    c: Conversion,
    attributes: list[Any],
    words: list[Any],
    target: list[str],
    caption: Inlines = (),
    classes: Collection[str] = (),
) -> Image | None:
    """Convert a picture and load it; report what is wrong with it. A picture's id and classes are its figure's affair."""
    _, _, pairs = c.take(attributes, classes, ("alt", "width"))
    name, title = target
    if title:
        message = f"The title “{title}” of a picture is not used."
        c.source.report(ATTRIBUTE, message, title, "Write it into the caption or into alt=.")
    alt = " ".join(pairs.get("alt", "").split()) or _spoken(inlines(c, words)) or _spoken(caption)
    shown = unquote(name)
    if not alt:
        message = f"The picture “{shown}” has no description."
        c.source.report(NO_ALT, message, shown, 'Say in alt="…" what it shows, or give it a caption.')
    width = pairs.get("width", "")
    if width and not _WIDTH.fullmatch(width):
        c.source.report(ATTRIBUTE, f"“{width}” is not a width.", f"width={width}", "Write a share or a measure: 50%, 40mm.")
        width = ""
    if width and width[-1].isdigit():
        width += "px"
    try:
        picture = c.source.pictures.load(name)
    except UnfitPictureError as error:
        c.source.report(PICTURE, f"The picture “{shown}” {error}.", shown, error.hint)
        return None
    return Image(picture.path, alt, width)


def _spoken(words: Inlines) -> str:
    """Return words as plain text that keeps its quotation marks."""
    return " ".join(plain_text(rebuild(words, _marked)).split())


def _marked(node: object) -> object:
    if isinstance(node, Quoted):
        opening, closing = "“”" if node.mark is QuoteMark.DOUBLE else "‘’"
        return (Text(opening), *node.inlines, Text(closing))
    return node


def _text(c: Conversion, words: list[str]) -> Text:
    text = "".join(words)
    if "\n" in text:
        text = _LINE_END_IN_CJK.sub("", text).replace("\n", " ")
    if "[^" in text or "\ufdd0" in text:
        text = c.notes.words(text, in_note=c.in_note)
    return Text(text)


def _joined(nodes: list[Inline]) -> Inlines:
    """Make one Text of neighbours."""
    result: list[Inline] = []
    for node in nodes:
        if isinstance(node, Text) and result and isinstance(last := result[-1], Text):
            result[-1] = Text(last.text + node.text)
        else:
            result.append(node)
    return tuple(result)


def _inline(c: Conversion, tag: str, content: Any) -> Inline | Inlines:
    with c.deeper():
        match tag:
            case "Emph" | "Strong" | "Strikeout" | "Superscript" | "Subscript" | "SmallCaps":
                inner = inlines(c, content)
                return _SIMPLE[tag](inner) if inner else ()
            case "Quoted":
                mark = QuoteMark.SINGLE if content[0]["t"] == "SingleQuote" else QuoteMark.DOUBLE
                return Quoted(mark, inlines(c, content[1]))
            case "LineBreak":
                return LineBreak()
            case "Code":
                given, _, _ = c.take(content[0], classes=content[0][1])
                c.no_id(given, "Code in a line")
                return Code(c.notes.code(content[1]))
            case "Math":
                return _math(c, content)
            case "Note":
                return _note(c, content)
            case "Underline":
                return Span(inlines(c, content), SpanRole.UNDERLINE)
            case "Span":
                return _span(c, *content)
            case "Link":
                return _link(c, *content)
            case "Image":
                given = content[0][0]
                c.no_id(given, "A picture in a line")
                found = image(c, *content)
                return found or inlines(c, content[1])
            case _:
                c.unsupported(f"A book cannot hold this ({tag})")
                return ()


def _math(c: Conversion, content: list[Any]) -> Math:
    if content[0]["t"] == "DisplayMath":
        hint = "Write it with single dollars, or in a paragraph of its own."
        c.unsupported("A displayed formula stands inside something else", content[1], hint)
    return Math(c.notes.code(content[1]).strip())


def _note(c: Conversion, blocks: list[Any]) -> NoteRef | Inlines:
    if c.in_note:
        c.unsupported("A note stands inside a note", "^[", "Put what it says into the first note, in brackets perhaps.")
        return ()
    return NoteRef(c.notes.call(blocks))


def _span(c: Conversion, attributes: list[Any], content: list[Any]) -> Inline | Inlines:
    keys = _SPAN_KEYS.get(next((name for name in attributes[1] if name in _SPAN_KEYS), ""), ("lang",))
    given, classes, pairs = c.take(attributes, ("index", "smallcaps", _BREAK, _PAGE, *_QUOTED, *_RAISED, *_SPAN_ROLES), keys)
    inner = inlines(c, content)
    if _PAGE in classes:
        inner = _page_break(c, inner, pairs)
    if _BREAK in classes:
        inner = (*inner, LineBreak())
    for name in classes:
        if name in _QUOTED:
            inner = (Quoted(_QUOTED[name], inner),)
        elif name in _RAISED:
            inner = (_RAISED[name](inner),)
    if "smallcaps" in classes:
        inner = (SmallCaps(inner),)
    if "index" in classes:
        inner = _index_term(c, inner, pairs)
    lang = language(c, pairs.get("lang", ""))
    roles = [_SPAN_ROLES[name] for name in classes if name in _SPAN_ROLES]
    for role in reversed(roles[1:]):
        inner = (Span(inner, role),)
    if not roles and len(inner) == 1 and isinstance(only := inner[0], Span) and only.role is SpanRole.UNDERLINE:
        # pandoc makes a node of its own of what is underlined, and leaves the language and the id around it.
        return replace(only, lang=lang or only.lang, id=given or only.id)
    if roles or lang or given:
        return Span(inner, roles[0] if roles else SpanRole.PLAIN, lang, given)
    return inner


def _page_break(c: Conversion, inner: Inlines, pairs: dict[str, str]) -> Inlines:
    label = " ".join(pairs.get("n", "").split())
    if not label:
        message = "This page mark does not say which page begins here."
        c.source.report(PAGE_MARK, message, ".page", 'Write []{.page n="47"} before the first word of page 47.')
        return inner
    return (PageBreak(label), *inner)


def _index_term(c: Conversion, inner: Inlines, pairs: dict[str, str]) -> Inlines:
    words = pairs.get("term") or plain_text(inner)
    parts = [part.replace("!!", "!") for part in re.findall(r"(?:[^!]|!!)+", words)] if pairs.get("term") else [words]
    entry = tuple(term for part in parts if (term := " ".join(part.split())))
    if not entry:
        hint = 'Write [words]{.index} or []{.index term="words"}.'
        c.source.report(INDEX_TERM, "This index term has no words.", ".index", hint)
        return inner
    return (IndexTerm(entry, inner, pairs.get("see", ""), pairs.get("see-also", "")),)


def _link(c: Conversion, attributes: list[Any], content: list[Any], target: list[str]) -> Inline | Inlines:
    address, title = target
    inner = inlines(c, content)
    if address.startswith("#"):
        given, classes, _ = c.take(attributes, classes=("page",))
        form = ReferenceForm.PAGE if "page" in classes else ReferenceForm.TEXT if inner else ReferenceForm.TITLE
        node: Inline = CrossReference(address[1:], form, inner)
        if len(address) == 1:
            c.source.report(LINK, "This cross reference names no id.", "(#)", "Write the id after the #: [text](#id).")
            return inner
    else:
        given, _, _ = c.take(attributes, classes=("uri", "email"))
        if not _leads_out(c, address, plain_text(inner)):
            return inner
        node = Link(address, inner or (Text(address),), title)
    return Span((node,), id=given) if given else node


def _leads_out(c: Conversion, address: str, words: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    excerpt = address or words
    if parts.scheme not in SCHEMES:
        if parts.scheme or address.startswith("//"):
            message = f"Links that begin “{address.partition(':')[0]}:” are refused: {address[:60]}"
            c.source.report(LINK, message, excerpt, f"Links may begin with {', '.join(f'{scheme}:' for scheme in SCHEMES[:3])}.")
        else:
            message = f"This link leads to a file, not to a page or an id: {address[:60] or 'nothing'}"
            c.source.report(LINK, message, excerpt, "Link to an id in this book, (#id), or to a full address, (https://…).")
        return False
    if parts.scheme.startswith(("http", "ftp")) and not parts.netloc:
        c.source.report(LINK, f"This link has no host: {address[:60]}", excerpt, "A full address begins https://name/.")
        return False
    return True
