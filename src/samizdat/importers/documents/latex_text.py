"""The text of a LaTeX file put so that pandoc keeps what it would pass over: verse, notes in the margin and at the end."""

import re

from samizdat.importers.documents.nodes import Node, Nodes, change, node, text
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.problems import Rule

MARGIN = Rule(
    "N83",
    REPAIR,
    "A note in the margin or at the end became a note",
    "LaTeX has commands for notes in the margin, at the side and at the end. In a book they are notes like all others, and each "
    "edition puts them where it likes.",
)
TERM = Rule(
    "X97",
    REPAIR,
    "A term for the index of the old edition left out",
    "The places of an index that LaTeX would make are commands in the text, which say nothing there. Mark terms anew where you"
    " want an index.",
)

_NOTES = re.compile(r"\\(?:endnote|sidenote|marginpar|marginnote|sidenotetext)\*?(?:\[[^\]]*\])?(?=\s*\{)")
_VERSE = re.compile(r"\\(begin|end)\{(?:verse|altverse|patverse)\}(?:\[[^\]]*\])?")
_STANZA_ENDS = re.compile(r"\\\\!(?:\[[^\]]*\])?[ \t]*\n?")
_INDEX = re.compile(r"\\index\{((?:[^{}]|\{[^{}]*\})*)\}")
_POEM_TITLE = re.compile(r"\\(?:poemtitle|PoemTitle)\*?(?=\s*\{)")
_SETTINGS = re.compile(r"\\pandocbounded(?=\{\\includegraphics)|\\tightlist\b")
"""Commands of looks at which pandoc's reader would pass over what stands beside them."""
_DASH = ("—", "–", "-", "―")


def readable(text_: str, record: Record) -> str:
    """Return a text in which every command that holds words is one that pandoc reads."""
    for found in _INDEX.finditer(text_):
        record.drop(TERM, 0.8, found[1], "It is not seen in the text.")
    text_ = _INDEX.sub("", text_)
    text_, notes = _NOTES.subn(lambda _: r"\footnote", text_)
    if notes:
        record.decide(MARGIN, 0.8, f"{notes} notes", "notes", "Commands for notes in other places.")
    text_ = _STANZA_ENDS.sub("\n\n", text_)
    text_ = _VERSE.sub(lambda found: f"\\{found[1]}{{poem}}", text_)
    text_ = _POEM_TITLE.sub(lambda _: r"\paragraph", text_)
    text_ = re.sub(r"\\verseline\b", r"\\\\", re.sub(r"\\vin\b", r"\\quad\\quad{}", text_))
    return _SETTINGS.sub("", text_)


def with_sources(blocks: Nodes) -> Nodes:
    """Put a dash before the second half of an epigraph, which says where it comes from."""

    def found(item: Node) -> Nodes | None:
        if item["t"] != "Div" or item["c"][0][1] != ["epigraph"] or len(item["c"][1]) < 2:
            return None
        *body, last = item["c"][1]
        if last["t"] == "Para" and text(last) and not text(last).startswith(_DASH):
            last = node("Para", [node("Str", "—"), node("Space"), *last["c"]])
        return [node("Div", [item["c"][0], [*body, last]])]

    result: Nodes = change(blocks, found)
    return result
