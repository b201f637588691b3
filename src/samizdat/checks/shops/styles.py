"""The preflight of styles: what reading programs refuse, and what takes from readers a choice that is theirs.

Style sheets, style elements and style attributes are read alike.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2
from lxml import etree

from samizdat.checks.shops.parcel import XHTML_TYPE, Parcel, tree
from samizdat.problems import Place, Problem, Rule, Severity

REFUSED = Rule(
    "E56",
    Severity.WARNING,
    "A style would break the book on readers with an old engine",
    "Adobe's engine, with which a Kobo, a PocketBook or Adobe Digital Editions opens an .epub, knows the CSS of 2010. What "
    "is newer it does not pass over: one calc() or var(), one question to the width of the screen, and the whole style "
    "sheet or the whole book is lost. Sources: OPS 2.0.1, section 3, on the styles that a reader of EPUB 2 knows; Kobo EPUB "
    "Guidelines, “Sideloading for Testing Purposes”, on which engine opens which file.",
)
FIXED = Rule(
    "E57",
    Severity.WARNING,
    "A style fixes a size that should grow with the letters",
    "Sizes, indents and margins in pixels or points stay small when the letters grow. Write them in em or per cent. Lines "
    "and borders may have pixels. Sources: Kindle Publishing Guidelines, “Text Guidelines – Reflowable”, “Fixed Values”; "
    "Kobo EPUB Guidelines, “CSS”.",
)
OVERRULED = Rule(
    "E58",
    Severity.WARNING,
    "A style takes a choice from the reader",
    "Size, line spacing, margins, colours and justification of the running text are for the reader to choose; a book that "
    "sets them for html, body or p overrules the choice, and a ground in colour makes words vanish at night. Sources: "
    "Kindle Publishing Guidelines, “Text Guidelines – Reflowable”, “Body Text Defaults”; Kobo EPUB Guidelines, “CSS”, "
    "“Background Colors”.",
)
CUT_OFF = Rule(
    "E59",
    Severity.WARNING,
    "A style may push words off the screen",
    "Negative margins and indents that no padding makes up for, negative line heights, and things that are taken out of the "
    "flow cut words off at the edge or set them over one another. Sources: Kindle Publishing Guidelines, “Avoid Using "
    "Negative Values”; Kobo EPUB Guidelines, “Text Spacing and Overlap Issues”.",
)

_NEW_FUNCTIONS = {"calc", "min", "max", "clamp", "var", "env", "minmax", "fit-content", "color-mix", "light-dark"}
_NEW_DISPLAYS = {"flex", "inline-flex", "grid", "inline-grid", "contents"}
_NEW_SELECTORS = re.compile(r":(?:is|where|has|not)\(", re.IGNORECASE)
_OLD_AT_RULES = {"font-face", "page", "namespace", "charset", "import"}
_SIZES = re.compile(
    r"font-size|line-height|text-indent|(?:letter|word)-spacing|(?:max-|min-)?(?:width|height)|(?:margin|padding)(?:-\w+)*"
)
_FIXED_UNITS = {"px", "pt", "pc", "cm", "mm", "in", "q"}
_RUNNING_TEXT = {"html", "body", "p"}
_NO_GROUND = {"none", "transparent", "inherit", "initial"}
_MEND = "Change it in the book's own templates, or in the style of the edition."


@dataclass(frozen=True, slots=True)
class _Style:
    """A rule of a style sheet: its selectors, and its declarations by name with the tokens of their values."""

    selectors: tuple[str, ...]
    declarations: tuple[tuple[str, tuple[Any, ...]], ...]
    line: int

    def __str__(self) -> str:
        return ", ".join(self.selectors)

    def values(self, *names: str) -> Iterator[Any]:
        """Yield the tokens of some declarations."""
        for name, tokens in self.declarations:
            if name in names:
                yield from tokens


def check(parcel: Parcel) -> Iterator[Problem]:
    """Look at every style."""
    for path, sheet in parcel.of_type("text/css"):
        yield from _sheet(path, sheet.decode(errors="replace"))
    for path, page in parcel.of_type(XHTML_TYPE):
        root = tree(page)
        for element in () if root is None else root.iter(etree.Element):
            if etree.QName(element).localname == "style":
                yield from _sheet(path, "".join(map(str, element.itertext())))
            if style := element.get("style"):
                selector = etree.QName(element).localname
                yield from _judged(path, _Style((selector,), _declarations(tinycss2.parse_blocks_contents(style)), 0))


def _sheet(path: str, text: str) -> Iterator[Problem]:
    for node in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if node.type == "at-rule":
            yield from _at_rule(path, node)
        elif node.type == "qualified-rule":
            selectors = tuple(" ".join(part.split()) for part in tinycss2.serialize(node.prelude).split(","))
            style = _Style(selectors, _declarations(tinycss2.parse_blocks_contents(node.content)), node.source_line)
            if _NEW_SELECTORS.search(str(style)):
                yield REFUSED.problem(f"The selector “{style}” is too new.", Place(path, node.source_line), _MEND)
            yield from _judged(path, style)


def _at_rule(path: str, node: Any) -> Iterator[Problem]:
    words = f"@{node.at_keyword} {tinycss2.serialize(node.prelude).strip()}".strip()
    if node.lower_at_keyword not in _OLD_AT_RULES and not (node.lower_at_keyword == "media" and "(" not in words):
        yield REFUSED.problem(f"“{words}” is too new.", Place(path, node.source_line), _MEND)
    elif node.lower_at_keyword == "media" and node.content:
        yield from _sheet(path, tinycss2.serialize(node.content))


def _declarations(nodes: Sequence[Any]) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    return tuple(
        (node.lower_name, tuple(token for token in node.value if token.type not in {"whitespace", "comment"}))
        for node in nodes
        if node.type == "declaration"
    )


def _judged(path: str, style: _Style) -> Iterator[Problem]:
    place = Place(path, style.line)
    for name, tokens in style.declarations:
        words = f"{name}: {' '.join(token.serialize() for token in tokens)}"
        idents = {token.lower_value for token in tokens if token.type == "ident"}
        if _new(name, tokens, idents):
            yield REFUSED.problem(f"“{words}” in “{style}” is too new.", place, _MEND)
        elif _SIZES.fullmatch(name) and any(_fixed(token) for token in tokens):
            yield FIXED.problem(f"“{words}” in “{style}” is a fixed size.", place, "Write it in em or per cent.")
        elif _overrules(style, name, tokens, idents):
            yield OVERRULED.problem(f"“{words}” in “{style}” takes a choice from the reader.", place, _MEND)
        elif _cuts(style, name, tokens, idents):
            yield CUT_OFF.problem(f"“{words}” in “{style}” may push words off the screen.", place, _MEND)


def _new(name: str, tokens: tuple[Any, ...], idents: set[str]) -> bool:
    functions = {token.lower_name for token in tokens if token.type == "function"}
    return name.startswith("--") or bool(functions & _NEW_FUNCTIONS) or (name == "display" and bool(idents & _NEW_DISPLAYS))


def _fixed(token: Any) -> bool:
    return token.type == "dimension" and token.lower_unit in _FIXED_UNITS and token.value != 0


def _overrules(style: _Style, name: str, tokens: tuple[Any, ...], idents: set[str]) -> bool:
    if name in {"background", "background-color"}:
        return not idents & _NO_GROUND
    if not _RUNNING_TEXT.intersection(style.selectors):
        return False
    if name in {"line-height", "color"}:
        return not idents & {"normal", "inherit"}
    if name == "font-size":
        return not all(getattr(token, "value", 0) in {1, 100} for token in tokens)
    if name in {"margin", "padding"}:
        return any(_number(token) for token in (tokens[1::2] or tokens[:1]))
    if name in {"margin-left", "margin-right", "padding-left", "padding-right"}:
        return any(_number(token) for token in tokens)
    return name == "text-align" and "justify" in idents


def _cuts(style: _Style, name: str, tokens: tuple[Any, ...], idents: set[str]) -> bool:
    if name == "position":
        return bool(idents & {"absolute", "fixed", "sticky"})
    lowest = min((_number(token) for token in tokens), default=0.0)
    if lowest >= 0:
        return False
    if name == "text-indent":
        made_up = ("padding-left", "padding-right", "margin-left", "margin-right", "padding", "margin")
        return max((_number(token) for token in style.values(*made_up)), default=0.0) < -lowest
    return name == "line-height" or name.startswith("margin")


def _number(token: Any) -> float:
    return float(token.value) if token.type in {"dimension", "percentage", "number"} else 0.0
