"""pandoc's blocks become the model's."""

import re
from typing import Any

from samizdat.importers.conversion import Conversion
from samizdat.importers.inlines import image, inlines, language
from samizdat.importers.tables import table
from samizdat.model.block import (
    Block,
    Blocks,
    Definition,
    DefinitionList,
    Division,
    Epigraph,
    Figure,
    Formula,
    Heading,
    Line,
    List,
    Numbering,
    Paragraph,
    Preformatted,
    Quote,
    Role,
    SceneBreak,
    Speech,
    Stanza,
    Verse,
)
from samizdat.model.inline import Inlines, PageBreak, Span, SpanRole, Text

_ROLES = {role.value: role for role in Role if role is not Role.PLAIN} | {"center": Role.CENTRE}
_EPIGRAPH = "epigraph"
_PLATE = "plate"
_NUMBERINGS = {
    "LowerRoman": Numbering.LOWER_ROMAN,
    "UpperRoman": Numbering.UPPER_ROMAN,
    "LowerAlpha": Numbering.LOWER_ALPHA,
    "UpperAlpha": Numbering.UPPER_ALPHA,
}
_DASH = "—"
_STOP = re.compile(r"[.,;:!?]+")
_NO_BREAK = "\u00a0"


def blocks(c: Conversion, nodes: list[Any]) -> Blocks:
    """Convert pandoc's blocks."""
    result: list[Block] = []
    for node in nodes:
        tag = node["t"]
        content = node.get("c")
        if tag in {"Para", "Plain"}:
            result = _joined(result, _paragraph(c, content, alone=tag == "Para"))
        else:
            with c.deeper():
                result.extend(_block(c, tag, content))
    return tuple(result)


def _joined(before: list[Block], found: Blocks) -> list[Block]:
    """Add a paragraph; page marks that stand by themselves before it become its first words."""
    match before, found:
        case [*others, Paragraph(marks)], (Paragraph(words), *rest) if all(isinstance(mark, PageBreak) for mark in marks):
            return [*others, Paragraph((*marks, *words)), *rest]
        case _:
            return [*before, *found]


def trimmed(nodes: Inlines) -> Inlines:
    """Take the spaces off both ends, which comments leave behind."""
    if nodes and isinstance(first := nodes[0], Text) and first.text.startswith(" "):
        rest = first.text.lstrip(" ")
        nodes = ((Text(rest),) if rest else ()) + nodes[1:]
    if nodes and isinstance(last := nodes[-1], Text) and last.text.endswith(" "):
        rest = last.text.rstrip(" ")
        nodes = nodes[:-1] + ((Text(rest),) if rest else ())
    return nodes


def _block(c: Conversion, tag: str, content: Any) -> Blocks:
    match tag:
        case "LineBlock":
            return _verse(c, content)
        case "BlockQuote":
            body, attribution = _attributed(c, content)
            return (Quote(body, attribution),) if body else ()
        case "BulletList":
            return (List(tuple(blocks(c, item) for item in content), tight=_tight(content)),)
        case "OrderedList":
            (start, style, _), items = content
            numbering = _NUMBERINGS.get(style["t"], Numbering.DECIMAL)
            return (List(tuple(blocks(c, item) for item in items), numbering, start, _tight(items)),)
        case "DefinitionList":
            return (DefinitionList(tuple(_definition(c, term, meanings) for term, meanings in content)),)
        case "Header":
            level, attributes, words = content
            given, _, _ = c.take(attributes, classes=("unnumbered",))
            return (Heading(level, trimmed(inlines(c, words)), given),)
        case "CodeBlock":
            given, classes, _ = c.take(content[0], classes=content[0][1][:1])
            c.no_id(given, "A block of code")
            return (Preformatted(c.notes.code(content[1]), classes[0] if classes else ""),)
        case "HorizontalRule":
            return (SceneBreak(),)
        case "Table":
            return (table(c, content, blocks),)
        case "Figure":
            return _captioned(c, *content)
        case "Div":
            return _division(c, *content)
        case "RawBlock":
            c.raw(*content)
            return ()
        case _:
            c.unsupported(f"A book cannot hold this ({tag})")
            return ()


def _paragraph(c: Conversion, nodes: list[Any], *, alone: bool) -> Blocks:
    """Convert a paragraph; one that holds only a picture is a figure, and a displayed formula stands by itself."""
    if alone and len(nodes) == 1 and nodes[0]["t"] == "Image":
        return _figure(c, nodes[0]["c"], nodes[0]["c"][0][0], ())
    if any(node["t"] in {"Math", "Span"} and _displayed(node) for node in nodes):
        return _around_formulas(c, nodes)
    words = trimmed(inlines(c, nodes))
    return (Paragraph(words),) if words else ()


def _displayed(node: Any) -> Any:
    """Return a displayed formula as its id and its TeX, if a node is one."""
    match node:
        case {"t": "Math", "c": [{"t": "DisplayMath"}, str(tex)]}:
            return "", tex
        case {"t": "Span", "c": [[str(given), [], []], [{"t": "Math", "c": [{"t": "DisplayMath"}, str(tex)]}]]}:
            return given, tex
        case _:
            return None


def _around_formulas(c: Conversion, nodes: list[Any]) -> Blocks:
    result: list[Block] = []
    words: list[Any] = []
    for node in nodes:
        if found := _displayed(node):
            result.extend(_paragraph(c, words, alone=False))
            words = []
            result.append(Formula(c.notes.code(found[1]).strip(), c.id(found[0])))
        elif not words and result and _is_stop(node) and isinstance(last := result[-1], Formula):
            # The stop after a formula belongs to its line.
            result[-1] = Formula(last.tex + node["c"], last.id)
        else:
            words.append(node)
    result.extend(_paragraph(c, words, alone=False))
    return tuple(result)


def _is_stop(node: Any) -> bool:
    return node["t"] == "Str" and bool(_STOP.fullmatch(node["c"]))


def _verse(c: Conversion, lines: list[list[Any]]) -> Blocks:
    stanzas: list[Stanza] = []
    stanza: list[Line] = []
    for line in [*lines, []]:
        words = inlines(c, line)
        if not words:
            if stanza:
                stanzas.append(Stanza(tuple(stanza)))
            stanza = []
            continue
        indent = 0
        if isinstance(first := words[0], Text):
            text = first.text.lstrip(_NO_BREAK)
            indent = len(first.text) - len(text)
            words = ((Text(text),) if text else ()) + words[1:]
        stanza.append(Line(words, indent))
    return (Verse(tuple(stanzas)),) if stanzas else ()


def _tight(items: list[list[Any]]) -> bool:
    """Tell whether a list was written without empty lines between its items."""
    return not any(block["t"] == "Para" for item in items for block in item)


def _attributed(c: Conversion, nodes: list[Any]) -> tuple[Blocks, Inlines]:
    """Part a quotation from its attribution: a last paragraph that begins with a dash."""
    match nodes:
        case [_, *_, {"t": "Para" | "Plain", "c": [{"t": "Str", "c": str(word)}, *_] as words}] if word.startswith(_DASH):
            body = blocks(c, nodes[:-1])
            attribution = inlines(c, words)
            first = attribution[0]
            if body and isinstance(first, Text):
                rest = first.text[1:].lstrip(f" {_NO_BREAK}")
                return body, trimmed(((Text(rest),) if rest else ()) + attribution[1:])
    return blocks(c, nodes), ()


def _definition(c: Conversion, term: list[Any], meanings: list[list[Any]]) -> Definition:
    words = inlines(c, term)
    given = ""
    if len(words) == 1 and isinstance(only := words[0], Span) and only.role is SpanRole.PLAIN and not only.lang:
        words, given = only.inlines, only.id
    return Definition(words, tuple(blocks(c, meaning) for meaning in meanings), given)


def _captioned(c: Conversion, attributes: list[Any], caption: list[Any], content: list[Any]) -> Blocks:
    match content:
        case [{"t": "Plain" | "Para", "c": [{"t": "Image", "c": picture}]}]:
            given, _, _ = c.take(attributes)
            words = tuple(node for block in caption[1] for node in inlines(c, block["c"]))
            # Without a description of its own, pandoc repeats the caption, notes and all, for those who do not see.
            repeated = [picture[1]] == [block["c"] for block in caption[1]]
            return _figure(c, [picture[0], [] if repeated else picture[1], picture[2]], given, words)
        case _:
            c.unsupported("This figure holds something other than a picture")
            return blocks(c, content)


def _figure(c: Conversion, picture: list[Any], given: str, caption: Inlines) -> Blocks:
    attributes, words, target = picture
    found = image(c, attributes, words, target, caption, (_PLATE,))
    if found:
        return (Figure(found, caption, c.id(given), plate=_PLATE in attributes[1]),)
    return (Paragraph(caption),) if caption else ()


def _division(c: Conversion, attributes: list[Any], content: list[Any]) -> Blocks:
    given, classes, pairs = c.take(attributes, (_EPIGRAPH, *_ROLES), ("lang",))
    lang = language(c, pairs.get("lang", ""))
    roles: list[Role] = [_ROLES[name] for name in classes if name in _ROLES]
    inner: Blocks
    if _EPIGRAPH in classes:
        inner = (Epigraph(*_attributed(c, content)),)
    elif roles and roles[-1] is Role.DRAMA:
        inner = _drama(c, content)
    else:
        inner = blocks(c, content)
    if _EPIGRAPH in classes and not roles and (lang or given):
        roles = [Role.PLAIN]
    for role in reversed(roles[1:]):
        inner = (Division(inner, role),)
    if roles or lang or given:
        return (Division(inner, roles[0] if roles else Role.PLAIN, lang, given),)
    return inner


def _drama(c: Conversion, content: list[Any]) -> Blocks:
    """Convert a scene: terms are speakers, and what defines them is what they say."""
    result: list[Block] = []
    for node in content:
        if node["t"] == "DefinitionList":
            for speaker, speeches in node["c"]:
                name = inlines(c, speaker)
                result.append(Speech(name, tuple(block for speech in speeches for block in blocks(c, speech))))
        else:
            result.extend(blocks(c, [node]))
    return tuple(result)
