"""What is in a finished file, taken out of its bytes by what the file is: an e-book's container, a web page, drawn pages.

Nothing here has seen how the file was made. What is known by its place (running heads, folios, notes at the foot of a page) is
laid apart and counted.
"""

import io
import posixpath
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree, html

from samizdat.checks.ledger import furniture
from samizdat.checks.ledger.expected import Expected, squeezed
from samizdat.checks.ledger.pages import Copy, Line
from samizdat.checks.ledger.plates import set_apart
from samizdat.checks.ledger.words import CALL, DIVIDED, FORMULA, MIRRORED, RAISED
from samizdat.formats.imposition import gathered

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark math q s samp small span strong sub sup time u var wbr img".split()
)
_SILENT = frozenset("head nav script style svg template img".split())
_NOTES = frozenset({"doc-footnote", "doc-endnotes", "doc-endnote", "footnote", "footnotes", "endnotes"})
_CALLS = frozenset({"doc-noteref", "noteref"})
_TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words with nothing between them, and where they are: a page, a file, a part of one."""

    text: str
    place: str
    lead: str = "\n"
    """What parts it from the stretch before."""


@dataclass(slots=True)
class Taken:
    """The words of a finished file: its text, what stands apart, and how often a rule has set something aside."""

    drawn: bool
    text: list[Stretch] = field(default_factory=list)
    notes: list[Stretch] = field(default_factory=list)
    plates: list[Stretch] = field(default_factory=list)
    aside: Counter[str] = field(default_factory=Counter)
    pages: dict[str, etree._Element] = field(default_factory=dict)
    """Marked-up pages by their names, in the order of reading."""


def is_drawn(data: bytes) -> bool | None:
    """Say whether a file is made of drawn pages, or else of marked-up text; None where it has no text to read."""
    if data.startswith(b"%PDF"):
        return True
    if data.startswith(b"PK\x03\x04") or b"<html" in data[:1000]:
        return False
    return None


def take(files: Mapping[str, bytes], owed: Expected, copy: Copy | None = None, *, notes_apart: bool = True) -> Taken:
    """Take the words out of a file, or out of pages that together are one book, given by their names in the order of reading.

    What is drawn has been read before, as a copy. What is owed is only used to know a running head, a list's number and lettering
    by sight.
    """
    if copy is not None:
        return _drawn(copy, owed, notes_apart=notes_apart)
    pages = (page for file, data in files.items() for page in _documents(file if len(files) > 1 else "", data))
    taken = Taken(drawn=False, pages=dict(pages))
    for name, root in taken.pages.items():
        for child in root.iterchildren("{*}body"):
            _Reader(taken, name).read(child)
    return taken


def read_together(files: Mapping[str, bytes]) -> Mapping[str, Mapping[str, bytes]]:
    """Gather the files that have text to read: each by itself, and those of a folder by the folder's name."""
    texts: dict[str, dict[str, bytes]] = {}
    for name, data in gathered(files).items():
        if is_drawn(data) is not None:
            texts.setdefault(name.partition("/")[0], {})[name] = data
    return texts


def stored(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return what lies in a container beside its pages, by its name there."""
    kept: dict[str, bytes] = {}
    for data in files.values():
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as container:
                kept |= {
                    name: container.read(name) for name in container.namelist() if not name.endswith((".xhtml", ".css", ".otf"))
                }
    return kept


# ---- marked-up text


def _documents(file: str, data: bytes) -> Iterator[tuple[str, etree._Element]]:
    """Yield the pages of an e-book in the order of its spine, or a web page."""
    if not data.startswith(b"PK"):
        yield file, _tree(data)
        return
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        package_path = etree.fromstring(container.read("META-INF/container.xml"), _PARSER).find(".//{*}rootfile")
        path = "" if package_path is None else package_path.get("full-path", "")
        package = etree.fromstring(container.read(path), _PARSER)
        items = {item.get("id"): item.get("href", "") for item in package.iterfind(".//{*}manifest/{*}item")}
        for reference in package.iterfind(".//{*}spine/{*}itemref"):
            name = items[reference.get("idref")]
            yield name, _tree(container.read(posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(name)))))


def _tree(data: bytes) -> etree._Element:
    try:
        return etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError:
        return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))


class _Reader:
    """Reads one marked-up page from top to bottom."""

    def __init__(self, taken: Taken, file: str) -> None:
        self._taken = taken
        self._file = file
        self._words: list[str] = []

    def read(self, body: etree._Element) -> None:
        """Read a page; each part of it is a place of its own."""
        for part in body.iterchildren("{*}*"):
            inner = list(part.iterchildren("{*}*"))
            for number, section in enumerate(inner if _name(part) in {"main", "header", "footer"} else [part]):
                place = f"{self._file}#{section.get('id') or number or _name(part)}"
                self._element(section, self._taken.text, place)
                self._end(self._taken.text, place)

    def _end(self, where: list[Stretch], place: str) -> None:
        text = "".join(self._words)
        if text.strip():
            where.append(Stretch(text, place))
        self._words.clear()

    def _element(self, element: etree._Element, where: list[Stretch], place: str) -> None:
        name = _name(element)
        if not name or name in _SILENT:
            return
        roles = {*element.get("role", "").split(), *element.get(_TYPE, "").split()} if element.attrib else set[str]()
        if "doc-backlink" in roles or "skip" in element.get("class", "").split():
            return
        if name == "math":
            self._words.append(f" {FORMULA} ")
            return
        # a chapter of notes that the author wrote has a heading; what the program puts together has none
        if roles & _NOTES and element.get("aria-labelledby") is None:
            self._end(where, place)
            if where is not self._taken.notes:
                self._inside(element, self._taken.notes, place)
                self._end(self._taken.notes, place)
                return
        if roles & _CALLS:
            self._words.append(CALL)
            self._inside(element, where, place)
            return
        if name == "br":
            self._words.append("\n")
        elif name in _INLINE and "line" not in element.get("class", "").split():
            self._inside(element, where, place)
        else:
            self._end(where, place)
            self._inside(element, where, place)
            self._end(where, place)

    def _inside(self, element: etree._Element, where: list[Stretch], place: str) -> None:
        self._words.append(element.text or "")
        for child in element:
            self._element(child, where, place)
            self._words.append(child.tail or "")


def _name(element: etree._Element) -> str:
    tag: object = element.tag  # a comment has a function here
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


# ---- drawn pages


def _drawn(copy: Copy, owed: Expected, *, notes_apart: bool) -> Taken:
    """Go through pages as they are drawn, and lay aside what belongs to the page and not to the text."""
    taken = Taken(drawn=True, aside=copy.aside.copy())
    leaves = [list(lines) for lines in copy.leaves]
    if any(line.others for lines in leaves for line in lines):
        texts = (*owed.pages, *(passage.text.replace(CALL, "").replace(RAISED, "") for passage in owed.passages))
        written = [line for text in texts for line in text.splitlines()]
        known = ["\n".join(map(clean, written)) for clean in (squeezed, _letters)]
        leaves = [[_read(line, known) for line in lines] for lines in leaves]
    taken.aside.update(furniture.clear(leaves, owed))
    _append(taken.plates, set_apart(leaves, owed.passages))
    feet = furniture.Feet(leaves, owed) if notes_apart and any(passage.note for passage in owed.passages) else None
    starts = [feet.begin(lines) if feet else len(lines) for lines in leaves]
    for lines, start in zip(leaves, starts, strict=True):
        _append(taken.text, lines[:start])
    if feet:
        _append(taken.notes, feet.threaded(lines[start:] for lines, start in zip(leaves, starts, strict=True)))
    return taken


def _read(line: Line, known: Sequence[str]) -> Line:
    """Read a line that runs from right to left in the way in which the book has it; the likeliest where it has none."""
    if line.others:
        for clean, words in zip((squeezed, _letters), known, strict=True):
            for way in (line.text, *line.others):
                if clean(way) in words:
                    return line._replace(text=way)
    return line


def _letters(text: str) -> str:
    """Return a text without spaces, marks, and the side to which brackets are open."""
    return "".join(sign for sign in unicodedata.normalize("NFD", squeezed(text)) if not unicodedata.combining(sign)).translate(
        MIRRORED
    )


def _append(where: list[Stretch], lines: list[Line]) -> None:
    """Add lines to what was read; a word that is divided at a line's end goes on in the next."""
    for line in lines:
        before = where[-1].text if where else ""
        divided = before.endswith(DIVIDED)
        text = line.text.rstrip()
        if text[-1:] in {"-", "\u2010", "\u00ad"} and text[-2:-1].isalnum():
            text = text[:-1] + DIVIDED
        where.append(Stretch(text, f"page {line.page}", "" if divided else "\n"))
