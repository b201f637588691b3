"""Titles set a second time, in a contents list or a reference, and the headings of the pages that the program makes."""

from dataclasses import replace

from samizdat.model.inline import CrossReference, Image, IndexTerm, Inlines, LineBreak, Link, NoteRef, PageBreak, Span, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import rebuild
from samizdat.words import vocabulary


def heading(kind: Kind, language: str) -> str:
    """Return the heading of a page that the program makes, in English where the language is unknown; empty if it has none."""
    return vocabulary(language, "headings").get(kind, "")


def bare(title: Inlines) -> Inlines:
    """Return a title fit to stand in a second place: without notes, index terms, links, pictures, ids and line breaks."""
    return rebuild(title, _bare)


def _bare(node: object) -> object:
    match node:
        case NoteRef() | Image() | PageBreak():
            return ()
        case IndexTerm(inlines=inlines) | Link(inlines=inlines) | CrossReference(inlines=inlines):
            return inlines
        case LineBreak():
            return Text(" ")
        case Span():
            return replace(node, id="")
        case _:
            return node
