"""Hold the page marks of an e-book or a web page against the words on the printed pages, every page.

`python tools/page_list.py book-print.pdf book.epub book.html`. Nothing of samizdat is used: the words are read out of the
finished files. After a mark must stand the words with which the page of that number begins; where the page begins inside a
word, the mark stands after it. Pages without words, and those that only print has, need no mark, and are counted.
"""

import posixpath
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from lxml import etree

_LENGTH = 25
"""Letters that are compared."""
_SILENT = {"head", "script", "style", "math", "svg"}
_ROLES = {"doc-noteref", "doc-backlink", "doc-footnote", "doc-endnotes", "doc-endnote"}
_CLASSES = {"note-call", "notes", "place", "skip"}


def letters(text: str) -> str:
    """Return the letters of a text alone: figures may be page numbers, or calls of notes."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if unicodedata.category(sign).startswith("L"))


@dataclass
class Marked:
    """The letters of an edition, and where among them the marks stand."""

    letters: str = ""
    marks: dict[str, int] = field(default_factory=dict)
    """By the numbers of the pages, in the order in which they stand."""
    heads: set[str] = field(default_factory=set)
    """Letters of the heads of tables, which are repeated on each page."""
    beside: set[str] = field(default_factory=set)
    """Letters of terms that are set beside what is said of them, and drawn before it."""
    words: set[int] = field(default_factory=set)
    """How many letters stand before each word."""
    contents: dict[str, str] = field(default_factory=dict)
    """The letters with which pages of the contents begin: those of a heading or an entry."""
    listed: list[str] = field(default_factory=list)
    """The numbers in the list of pages."""

    def read(self, element: etree._Element) -> None:
        """Read a page of the edition."""
        tag: object = element.tag
        if not isinstance(tag, str) or etree.QName(element).localname in _SILENT:
            return
        if element.get("role") in _ROLES or not _CLASSES.isdisjoint(element.get("class", "").split()):
            return
        if etree.QName(element).localname == "nav":
            self.navigation(element)
            return
        if element.get("role") == "doc-pagebreak":
            self.marks[_label(element)] = len(self.letters)
            return
        if etree.QName(element).localname == "thead":
            self.heads.add(letters("".join(str(text) for text in element.itertext())))
        if element.get("class") == "timeline":
            self.beside.update(letters("".join(str(text) for text in term.itertext())) for term in element.iter("{*}dt"))
        self._add(element.text or "")
        for child in element:
            self.read(child)
            self._add(child.tail or "")

    def navigation(self, element: etree._Element) -> None:
        """Read a list of contents, which may have other entries than that of print, or a list of pages."""
        if element.get("role") == "doc-pagelist":
            self.listed += [link.text for link in element.iter("{*}a") if link.text]
            return
        heading = next(element.iterchildren("*"), element)
        for label in [label for label, at in self.marks.items() if at == len(self.letters)]:
            self.contents.setdefault(label, letters("".join(map(str, heading.itertext()))))
        for mark in element.iterfind(".//*[@role='doc-pagebreak']"):
            self.marks[_label(mark)] = len(self.letters)
            self.contents[_label(mark)] = letters("".join(map(str, mark.getparent().itertext())))

    def _add(self, text: str) -> None:
        for number, word in enumerate(text.split(" ")):
            if number or text[:1].isspace():
                self.words.add(len(self.letters))
            self.letters += letters(word)


def _label(mark: etree._Element) -> str:
    return mark.get("aria-label") or mark.get("title", "")


def read(path: Path) -> Marked:
    """Read an e-book or a web page."""
    marked = Marked()
    if path.suffix == ".html":
        marked.read(etree.fromstring(path.read_bytes()))
        return marked
    with zipfile.ZipFile(path) as container:
        name = etree.fromstring(container.read("META-INF/container.xml")).find(".//{*}rootfile").get("full-path")
        package = etree.fromstring(container.read(name))
        items = {item.get("id"): item for item in package.iterfind(".//{*}manifest/{*}item")}
        spine = [items[reference.get("idref")] for reference in package.iterfind(".//{*}spine/{*}itemref")]
        hidden = [item for item in items.values() if "nav" in item.get("properties", "").split() and item not in spine]
        for item in (*spine, *hidden):
            root = etree.fromstring(container.read(posixpath.join(posixpath.dirname(name), item.get("href"))))
            marked.read(root)
    return marked


def pages(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the number of each printed page, and its letters as they are drawn: the text before the running head."""
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document):
        yield document.get_page_label(number), letters(page.get_textpage().get_text_range())


def verdict(drawn: str, marked: Marked, at: int, end: int) -> str:
    """Say how a page's beginning agrees with the words after its mark; empty where it does not."""
    wanted = marked.letters[at : min(at + _LENGTH, end)][: len(drawn)]
    begun = drawn[: drawn.find(wanted)] if wanted in drawn else None
    if begun is None:
        return ""
    while term := next((term for term in marked.beside if term and begun.startswith(term)), ""):
        begun = begun[len(term) :]
    for head in ("", *marked.heads):
        if begun.startswith(head):
            rest = begun[len(head) :]
            if not rest:
                return "after the head of a table" if head else "right"
            if marked.letters[:at].endswith(rest) and not marked.words.intersection(range(at - len(rest), at)):
                return "after a divided word"
    return ""


def compare(printed: Path, path: Path) -> bool:
    """Compare every page; tell what is wrong, and the sum."""
    marked = read(path)
    ends = dict(zip(marked.marks, [*list(marked.marks.values())[1:], len(marked.letters)], strict=True))
    counted: Counter[str] = Counter()
    wrong = []
    drawn = dict(pages(printed))
    for label, text in drawn.items():
        if not text:
            found = "blank"
        elif label in marked.contents:
            found = "of contents" if text.startswith(marked.contents[label]) else ""
        elif label in marked.marks:
            found = verdict(text, marked, marked.marks[label], ends[label])
        else:
            found = "only in print"
        counted[found or "wrong"] += 1
        if not found:
            at = marked.marks[label]
            stands = marked.contents.get(label, marked.letters[at : at + 40])
            wrong.append(f"page {label} begins “{text[:40]}”, but after the mark stands “{stands}”")
    wrong += [f"there is a mark for page {label}, which is not printed" for label in marked.marks if label not in drawn]
    if sorted(marked.listed) != sorted(marked.marks):
        wrong.append("the list of pages and the marks are not the same")
    say = [*wrong, f"{path.name}: {len(drawn)} pages: " + ", ".join(f"{number} {what}" for what, number in counted.items())]
    sys.stdout.write("\n".join(say) + "\n")
    return not wrong and bool(marked.marks)


if __name__ == "__main__":
    first, *others = map(Path, sys.argv[1:])
    sys.exit(0 if {compare(first, other) for other in others} == {True} else 1)
