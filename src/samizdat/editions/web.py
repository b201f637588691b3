"""The web site of one book: a page for each chapter, in a folder that works on any host and from a stick.

The pages share a style sheet and a script, and each is read without the script just as well.
"""

from collections.abc import Mapping
from itertools import accumulate, takewhile
from textwrap import shorten
from typing import Any, ClassVar

from samizdat.editions.edition import Files, Press
from samizdat.editions.leaves import file_names, ids
from samizdat.editions.online import FURNITURE, Marked, Online, around, heading, own
from samizdat.editions.searching import passages, search_script
from samizdat.formats import schema
from samizdat.formats.portable import portable_paths
from samizdat.model.block import ContentsEntry
from samizdat.model.book import Book, Section
from samizdat.model.kind import Kind
from samizdat.model.walk import plain_text
from samizdat.render import Addresses, Renderer
from samizdat.transforms.contents import entries
from samizdat.transforms.titles import bare

FRONT = "index.html"
"""The page with title, contents and imprint."""

_LONGEST_LIST = 150
"""Lines of a contents list that every page carries; of a longer one it has the parts, or nothing but the way to the front."""

_NAME = 40
"""Letters of the name of a page without a title."""
_SUMMARY = 160
"""Letters of a page's description; what search engines show of it."""

_LIGHT = 400_000
"""Bytes of house fonts that a reader may be asked to fetch; more is not worth the wait."""


class Web(Online):
    """A folder of pages, one for each chapter, with search, notes beside the text, and a contents list always at hand."""

    suffix: ClassVar[str] = "/web/index.html"
    folder: ClassVar[str] = "web"
    title: ClassVar[str] = "Web site, a page for each chapter"
    purpose: ClassVar[str] = "To read online: a page for each chapter, with contents and search at hand."
    rank: ClassVar[int] = 7
    layer: ClassVar[str] = "web"

    def write(self, book: Book, press: Press) -> Files:
        """Render the front page, one page for each leaf of the text, and what they share.

        A dedication or a motto without a title, which would be lost on a page of its own, stands on the front page.
        """
        whole = tuple(leaf for leaf in book.leaves if leaf.kind not in FURNITURE)
        opening = tuple(takewhile(lambda leaf: not leaf.title, whole))
        leaves = whole[len(opening) :]
        names = {**dict.fromkeys((leaf.id for leaf in opening), FRONT), **file_names(leaves, ".html", {"index"})}
        titles = {leaf.id: plain_text(bare(leaf.title)) or _words(leaf) or book.metadata.title for leaf in whole}
        pictures = portable_paths((picture.path for picture in book.pictures), "images")
        renderer = self.renderer(book, press, Addresses(_addresses(book, names).__getitem__, pictures.__getitem__))
        marked = self.marked(book, press, renderer)
        pages = _Pages(book, press, renderer, marked, leaves, names, titles)
        chapters = {names[leaf.id]: pages.chapter(number) for number, leaf in enumerate(leaves)}
        # the front has the list of printed pages, so it comes last
        made = {FRONT: pages.front(opening), **chapters}
        typefaces = self.typefaces(made.values(), self.style(renderer, ()), press)
        if sum(len(typeface.resource.data) for typeface in typefaces) > _LIGHT:
            typefaces = ()
        beside = [(face, face.resource.path) for face in typefaces if face is not own(typefaces)]
        shared = {
            "style.css": self.style(renderer, typefaces, beside).encode(),
            **{face.resource.path: face.resource.data for face, _ in beside},
            "reader.js": renderer.text("reader.js").encode(),
            "texts.js": search_script((leaf, names[leaf.id], titles[leaf.id]) for leaf in whole),
            **{pictures[picture.path]: picture.data for picture in book.pictures},
        }
        return {f"{self.folder}/{name}": data for name, data in {**made, **shared}.items()}


class _Pages:
    """The pages of one book, each of which knows its neighbours."""

    def __init__(
        self,
        book: Book,
        press: Press,
        renderer: Renderer,
        marked: Marked,
        leaves: tuple[Section, ...],
        names: Mapping[str, str],
        titles: Mapping[str, str],
    ) -> None:
        self._book, self._press, self._renderer, self._marked, self._leaves = book, press, renderer, marked, leaves
        self._turns = [(book.metadata.title, FRONT), *((titles[leaf.id], names[leaf.id]) for leaf in leaves)]
        self._listed = _listed(book)
        lengths = [sum(len(text) for _, text in passages(leaf)) for leaf in leaves]
        whole = sum(lengths) or 1
        self._shares = [(sum_ - length) / whole for sum_, length in zip(accumulate(lengths), lengths, strict=True)]
        self._lengths = [length / whole for length in lengths]
        self._parts = {part.id: part.sections for part in book.sections if part.kind is Kind.PART}

    def front(self, opening: tuple[Section, ...]) -> bytes:
        head = self._heading(FRONT)
        root = head["address"].removesuffix(FRONT)
        chapters = [(title, f"{root}{name}" if root else "") for title, name in self._turns[1:]]
        facts = schema.book(self._book.metadata, head["address"], chapters)
        pages = around(self._book)
        markup = {
            "title_page": self._marked.nodes(FRONT, pages["title_page"], 1),
            "opening": self._marked.nodes(FRONT, opening, 1),
            "contents": self._marked.contents(FRONT, pages["contents"]),
            "closing": self._marked.nodes(FRONT, pages["closing"], 2),
        }
        place = {"front": True, "before": 0.0, "share": 0.0}
        context = {**head, **place, **pages, "markup": markup, "pages": self._marked.pages(), "facts": facts}
        return self._page("index.xhtml.j2", 0, context)

    def chapter(self, number: int) -> bytes:
        leaf = self._leaves[number]
        title, name = self._turns[number + 1]
        head = self._heading(name, title, self._summary(leaf))
        root = head["address"].removesuffix(name)
        facts = schema.chapter(self._book.metadata, title, number + 1, head["address"], f"{root}{FRONT}" if root else "")
        chapters = tuple(ContentsEntry(chapter.id, bare(chapter.title)) for chapter in self._parts.get(leaf.id, ()))
        place = {"front": False, "before": self._shares[number], "share": self._lengths[number]}
        markup = self._marked.nodes(name, leaf, 1)
        return self._page("page.xhtml.j2", number + 1, {**head, **place, "facts": facts, "markup": markup, "chapters": chapters})

    def _heading(self, name: str, title: str = "", summary: str = "") -> dict[str, Any]:
        return heading(self._book, self._press, f"{Web.folder}/{name}", title, summary)

    def _summary(self, leaf: Section) -> str:
        """Return how a chapter begins, in the length that search engines show."""
        words = " ".join(text for place, text in passages(leaf) if place)
        return shorten(words, _SUMMARY, placeholder="…")

    def _page(self, template: str, turn: int, context: Mapping[str, object]) -> bytes:
        previous = self._turns[turn - 1] if turn else None
        following = self._turns[turn + 1] if turn + 1 < len(self._turns) else None
        page = self._renderer.page(
            template, file=self._turns[turn][1], previous=previous, next=following, listed=self._listed, **context
        )
        return page.encode()


def _addresses(book: Book, names: Mapping[str, str]) -> Mapping[str, str]:
    """Map every id to where it is reached: a leaf of the text by its page alone."""
    return {identity: f"{names.get(leaf.id, FRONT)}#{identity}" for leaf in book.leaves for identity in ids(leaf)} | dict(names)


def _words(leaf: Section) -> str:
    """Name a leaf without a title by its first words."""
    return shorten(" ".join(text for _, text in passages(leaf)), _NAME, placeholder="…")


def _listed(book: Book) -> tuple[ContentsEntry, ...]:
    """Return the contents that every page carries: the chapters, as long as they are not too many for that."""
    listed = entries(book, 1)
    if sum(1 + len(entry.entries) for entry in listed) > _LONGEST_LIST:
        listed = tuple(ContentsEntry(entry.target, entry.title) for entry in listed)
    return listed if len(listed) <= _LONGEST_LIST else ()
