"""Places in a document that something in it refers to: only these keep an id, and each id is one that a book can have."""

import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from samizdat.config.ids import VALID, slug, unused
from samizdat.importers.documents.nodes import walk
from samizdat.importers.documents.record import LOST_LINK, Record
from samizdat.model.block import Paragraph
from samizdat.model.book import Section
from samizdat.model.inline import CrossReference, Emphasis, Inline, Inlines, Span, Strong, Text
from samizdat.model.walk import descend, rebuild

_PAGE = re.compile(r"^\d+--")
"""What pages of an e-book get in front of their ids, so that these are unique."""
_ID_AT = {"Header": 1}


@dataclass
class Anchors:
    """The ids that stand in a document and are referred to, with the names they get."""

    language: str = ""
    names: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    _given: set[str] = field(default_factory=set)

    def survey(self, blocks: Any) -> None:
        """Look through a document for the places that its links lead to."""
        standing: set[str] = set()
        wanted: list[str] = []
        for node in walk(blocks):
            content = node.get("c")
            if not isinstance(content, list) or not content:
                continue
            if node["t"] == "Link" and content[2][0].startswith("#"):
                wanted.append(_plain(content[2][0]))
            attributes = content[_ID_AT.get(node["t"], 0)] if len(content) > _ID_AT.get(node["t"], 0) else None
            if isinstance(attributes, list) and len(attributes) == 3 and isinstance(attributes[0], str) and attributes[0]:
                standing.add(attributes[0])
        for name in dict.fromkeys(wanted):
            if name in standing:
                bare = _PAGE.sub("", name)
                good = bare if VALID.fullmatch(bare) and len(bare) <= 60 else slug(bare)
                self.names[name] = unused(good or f"place-{len(self.names) + 1}", self.used)

    def target(self, address: str) -> str:
        """Return the id that a link leads to, or nothing."""
        return self.names.get(_plain(address), "")

    def kept(self, identity: str) -> str:
        """Return the id for a place, if something refers to it and it has not been given before."""
        name = self.names.get(identity, "")
        if name in self._given:
            return ""
        if name:
            self._given.add(name)
        return name

    def is_own(self, language: str) -> bool:
        """Tell whether a language is the document's own."""
        return language.lower() == self.language.lower() or language.lower().split("-")[0] == self.language.lower()


def _plain(address: str) -> str:
    return unquote(address[1:])


def referring(sections: list[Section], record: Record) -> list[Section]:
    """Take off the references to places that have gone with what stood around them."""
    there = {getattr(item, "id", "") for item in descend(tuple(sections))}

    def sound(item: object) -> object:
        if isinstance(item, CrossReference) and item.target not in there:
            record.count(LOST_LINK, f"#{item.target}", "The place that it led to is not in the book.")
            return item.inlines
        if isinstance(item, Paragraph | Emphasis | Strong | Span):
            return replace(item, inlines=_merged(item.inlines))
        return item

    return list(rebuild(tuple(sections), sound))


def _merged(inlines: Inlines) -> Inlines:
    """Make one Text of neighbours."""
    result: list[Inline] = []
    for item in inlines:
        if isinstance(item, Text) and result and isinstance(last := result[-1], Text):
            result[-1] = Text(last.text + item.text)
        else:
            result.append(item)
    return tuple(result)
