"""What the styles of an office file say that pandoc passes over: all of ODT's, and a title's name in other languages."""

import re
from collections.abc import Callable, Mapping

from lxml import etree

from samizdat.importers.documents.archive import Archive
from samizdat.importers.documents.markup import Element
from samizdat.importers.documents.metadata import Facts
from samizdat.importers.documents.nodes import Node, Nodes, attributes, change, node, text, walk
from samizdat.importers.documents.office import xml
from samizdat.importers.documents.styles import Use, heading_level, use
from samizdat.problems import SamizdatError

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TITLE = re.compile(r"title|titel|titre|título|titolo|otsikko|tytuł|titul|cím|başlık|название|название документа", re.IGNORECASE)
_SUBTITLE = re.compile(
    r"subtitle|untertitel|sous-titre|subtítulo|sottotitolo|ondertitel|undertitel|alaotsikko|podtytuł|alcím|altyazı|подзаголовок",
    re.IGNORECASE,
)
_SIGNS = {name: chr(0xE0C0 + number) for number, name in enumerate(("Quote", "Verse", "Epigraph", "Title", "Subtitle"))}
_SIGNS |= {f"heading {level}": chr(0xE0D0 + level) for level in range(1, 10)}
_NAMES = {sign: name for name, sign in _SIGNS.items()}
_SIGN = re.compile(f"[{''.join(_NAMES)}]")
_MOST = 6
"""How many blocks at the head of a document may come before its title."""
_DEEPEST = 20

Parents = Mapping[str, tuple[str, str]]
"""Of each style: the name that it shows, and the style that it is made from."""


def signing(archive: Archive) -> Callable[[str, bytes], bytes]:
    """Return what puts signs into the text of an ODT; other parts, and other files, stay as they are."""
    common = _named(archive)
    return lambda name, part: signed(part, common) if name == "content.xml" else part


def _named(archive: Archive) -> Parents:
    """Read the styles of an ODT that all of it may use."""
    try:
        return _styles(xml(archive.read("styles.xml"))) if "styles.xml" in archive else {}
    except SamizdatError:
        return {}


def _styles(root: Element) -> Parents:
    found = {}
    for style in root.iter(f"{_STYLE}style"):
        if style.get(f"{_STYLE}family") == "paragraph" and (name := style.get(f"{_STYLE}name")):
            shown = style.get(f"{_STYLE}display-name") or name.replace("_20_", " ")
            found[name] = (shown, style.get(f"{_STYLE}parent-style-name") or "")
    return found


def signed(data: bytes, common: Parents) -> bytes:
    """Put a sign at the head of each paragraph whose style says what it is; pandoc says nothing of styles."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return data
    styles = {**common, **_styles(root)}
    meanings = {name: _meaning(name, styles) for name in styles}
    changed = False
    for paragraph in root.iter(f"{_TEXT}p"):
        meaning = meanings.get(paragraph.get(f"{_TEXT}style-name") or "", "")
        if meaning and "".join(str(part) for part in paragraph.itertext()).strip():
            paragraph.text = _SIGNS[meaning] + (paragraph.text or "")
            changed = True
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) if changed else data


def _meaning(name: str, styles: Parents) -> str:
    """Return what a style is for, by its name or that of one that it is made from."""
    for _ in range(_DEEPEST):
        if name not in styles:
            return ""
        shown, above = styles[name]
        if meaning := _said(shown):
            return meaning
        name = above
    return ""


def _said(style: str) -> str:
    if level := heading_level(style):
        return f"heading {level}"
    if _TITLE.fullmatch(style) or _SUBTITLE.fullmatch(style):
        return "Title" if _TITLE.fullmatch(style) else "Subtitle"
    return {Use.QUOTE: "Quote", Use.VERSE: "Verse", Use.EPIGRAPH: "Epigraph"}.get(use([], {"custom-style": style}).kind, "")


def spoken(blocks: Nodes) -> Nodes:
    """Make divisions, as pandoc makes them of DOCX, of the paragraphs that bear a sign."""
    if not any(item["t"] == "Str" and _SIGN.search(item["c"]) for item in walk(blocks)):
        return blocks

    def found(item: Node) -> Node | Nodes | None:
        if item["t"] == "BlockQuote":
            inner = spoken(item["c"])
            # What is set in because of its style is a quotation once.
            return inner if all(one["t"] == "Div" for one in inner) else node("BlockQuote", inner)
        if item["t"] not in {"Para", "Plain"}:
            return None
        sign = next((_SIGN.search(part["c"]) for part in walk(item["c"]) if part["t"] == "Str"), None)
        bare = node(item["t"], change(item["c"], _unsigned))
        return node("Div", [attributes("", (), custom_style=_NAMES[sign[0]]), [bare]]) if sign else bare

    result: Nodes = change(blocks, found)
    return result


def _unsigned(item: Node) -> Nodes | None:
    if item["t"] != "Str" or not _SIGN.search(item["c"]):
        return None
    said = _SIGN.sub("", item["c"])
    return [node("Str", said)] if said else []


def titled(blocks: Nodes) -> tuple[Nodes, Facts]:
    """Take the title and the second title off the head of a document, if styles say which they are, and there is one of each."""
    kinds = {place: kind for place, item in enumerate(blocks) if (kind := _kind(item))}
    title = [place for place, kind in kinds.items() if kind == "Title"]
    second = [place for place, kind in kinds.items() if kind == "Subtitle"]
    if len(title) != 1 or title[0] > _MOST or any(item["t"] == "Header" for item in blocks[: title[0]]):
        return blocks, Facts()
    follows = second if len(second) == 1 and second[0] - title[0] == 1 else []
    if any(item["t"] == "Note" for place in (*title, *follows) for item in walk(blocks[place])):
        return blocks, Facts()
    facts = Facts(title=text(blocks[title[0]]), subtitle=text(blocks[follows[0]]) if follows else "")
    return [item for place, item in enumerate(blocks) if place not in {*title, *follows}], facts


def _kind(item: Node) -> str:
    style = str(dict(item["c"][0][2]).get("custom-style", "")) if item["t"] == "Div" else ""
    if not style or not text(item):
        return ""
    return "Title" if _TITLE.fullmatch(style) else "Subtitle" if _SUBTITLE.fullmatch(style) else ""
