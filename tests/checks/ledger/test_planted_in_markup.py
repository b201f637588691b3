"""Losses are planted in the finished bytes of e-books and web pages, at places drawn by lot, and the ledger finds every one."""

import copy
import io
import random
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import pytest
from lxml import etree

from samizdat.checks.ledger import Account
from samizdat.model.book import Book

Editions = Mapping[str, tuple[Book, Mapping[str, bytes]]]
Count = Callable[[Book, Mapping[str, bytes]], Account]
Trees = dict[tuple[str, str], etree._Element]
EDITIONS = ("epub", "html", "kepub", "web")
SILENT = set("head nav script style svg template math".split())


def opened(files: Mapping[str, bytes]) -> Trees:
    """Return every marked-up page by its file, and its place in there if that is a container."""
    trees: Trees = {}
    for name, data in files.items():
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as container:
                for entry in container.namelist():
                    if entry.endswith((".xhtml", ".opf", ".ncx")):
                        trees[name, entry] = etree.fromstring(container.read(entry))
        elif name.endswith(".html"):
            trees[name, ""] = etree.fromstring(data)
    return trees


def closed(files: Mapping[str, bytes], trees: Trees) -> Mapping[str, bytes]:
    """Put changed pages back into their files."""
    spoiled: dict[str, bytes] = {}
    for name, data in files.items():
        if data.startswith(b"PK"):
            out = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
                for entry in before.namelist():
                    tree = trees.get((name, entry))
                    after.writestr(entry, before.read(entry) if tree is None else etree.tostring(tree))
            spoiled[name] = out.getvalue()
        else:
            spoiled[name] = etree.tostring(trees[name, ""], method="xml") if (name, "") in trees else data
    return spoiled


class Spot(NamedTuple):
    """A run of text: the element before or around it."""

    element: etree._Element
    tail: bool

    @property
    def text(self) -> str:
        return (self.element.tail if self.tail else self.element.text) or ""

    def write(self, text: str) -> None:
        if self.tail:
            self.element.tail = text
        else:
            self.element.text = text


def spots(trees: Trees) -> Iterator[Spot]:
    """Yield the runs of text that a reader sees."""
    for (_, entry), root in trees.items():
        if not entry.endswith((".opf", ".ncx")) and not root.findall(".//{*}nav[@id='toc']"):
            for body in root.iterchildren("{*}body"):
                yield from _spots(body)


def _spots(element: etree._Element) -> Iterator[Spot]:
    if name(element) not in SILENT and "doc-backlink" not in element.get("role", "") and "skip" not in element.get("class", ""):
        yield Spot(element, tail=False)
        for child in element:
            yield from _spots(child)
            yield Spot(child, tail=True)


def name(element: etree._Element) -> str:
    return etree.QName(element).localname


def bare(text: str) -> str:
    """Take the accents off."""
    return unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)))


def another(text: str) -> str:
    """Change the last letter or digit."""
    last = text[-1]
    return text[:-1] + (
        str((int(last) + 1) % 10) if last.isdecimal() else next(c for c in (chr(ord(last) + 1), "x") if c.isalpha())
    )


LETTER = r"[^\W\d_]"
MARKED = "[" + "".join(chr(c) for c in range(0xC0, 0x500) if len(unicodedata.normalize("NFD", chr(c))) > 1) + "]"
WORDS: Mapping[str, tuple[str, Callable[[re.Match[str]], str]]] = {
    "a word": (rf"(?<!\S){LETTER}{{2,}}\s|\s{LETTER}{{2,}}(?!\S)", lambda _: ""),
    "a word changed": (rf"{LETTER}{{3,}}", lambda found: another(found[0])),
    "a word twice": (rf"(?<!\S)({LETTER}{{3,}})\s", lambda found: found[0] + found[0]),
    "two words swapped": (rf"(?<!\S)({LETTER}{{2,}}) (?!\1\b)({LETTER}{{2,}})(?!\S)", lambda found: f"{found[2]} {found[1]}"),
    "a letter": (rf"(?<={LETTER}){LETTER}(?={LETTER})", lambda _: ""),
    "an accent": (MARKED, lambda found: bare(found[0])),
    "a digit": (r"\d", lambda found: another(found[0])),
    "digits swapped": (r"(\d)(?!\1)(\d)", lambda found: found[2] + found[1]),
    "a mark of punctuation": (r"[.,;:?،。、](?=\s|$)", lambda _: ""),
    "a mark of punctuation changed": (r"[.,;،](?=\s|$)", lambda _: "!"),
    "a quotation mark": (r"[‘’“”«»]", lambda _: ""),
    "a dash": ("[—–]", lambda _: "-"),
    "a hyphen within a word": (r"(?<=\w)[-‐־](?=\w)", lambda _: ""),
    "a hyphen made soft": (r"(?<=\w)-(?=\w)", lambda _: "\u00ad"),
    "a bracket turned": (r"[()]", lambda found: ")" if found[0] == "(" else "("),
    "a space": (r"(?<=\w) (?=\w)", lambda _: ""),
    "a space after a comma": (r"(?<=[,.;:،]) (?=\w)", lambda _: ""),
    "a space too much": (r"(?<=\w\w)(?=\w\w)", lambda _: " "),
    "a space before a comma": (r"(?<=\w)(?=[,.;،])", lambda _: " "),
    "a capital": (rf"[A-ZА-ЯΑ-Ω](?={LETTER})", lambda found: found[0].lower()),
    "a ligature's half": ("ff[il]", lambda found: found[0][1:]),
    "a Hebrew or Arabic word": (r"[\u0590-\u06ff]{3,}\s", lambda _: ""),
    "Hebrew or Arabic words swapped": (r"([\u0590-\u06ff]{3,}) ([\u0590-\u06ff]{3,})", lambda found: f"{found[2]} {found[1]}"),
    "a Hebrew or Arabic letter": (r"(?<=[\u0590-\u064a]{2})[\u0590-\u064a]", lambda _: ""),
    "an Arabic mark": ("[\u064b-\u0652]", lambda _: ""),
    "a Japanese sign": ("[\u3041-\u9fff]", lambda _: ""),
    "the end of a text": (r"\s\S+\s\S+[^\w\s]*$", lambda _: ""),
}
"""Each loss: where there is something to be lost, and what is left of it."""


def _dropped(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    parent.remove(element)


def _unwrapped(element: etree._Element) -> None:
    """Leave the words of an element, but not the element."""
    parent = element.getparent()
    assert parent is not None
    place = parent.index(element)
    words = "".join(map(str, element.itertext()))
    tail, element.tail = element.tail, None
    parent.remove(element)
    span = etree.Element("{http://www.w3.org/1999/xhtml}span")
    span.text, span.tail = words, tail
    parent.insert(place, span)


def _swapped_with_next(element: etree._Element) -> bool:
    after = element.getnext()
    parent = element.getparent()
    if after is None or parent is None or after.tag != element.tag or len(_said(after)) < 2 or _said(after) == _said(element):
        return False
    tails = element.tail, after.tail
    parent.insert(parent.index(element), after)
    after.tail, element.tail = tails
    return True


def _said(element: etree._Element) -> str:
    return "".join("".join(map(str, element.itertext())).split())


def _twice(element: etree._Element) -> bool:
    parent = element.getparent()
    assert parent is not None
    parent.insert(parent.index(element), copy.deepcopy(element))
    return True


def _tail_cut(element: etree._Element) -> bool:
    """Cut the last words off a note."""
    runs = [Spot(e, tail) for e in element.iter() for tail in (False, True) if e is not element or not tail]
    for run in reversed([run for run in runs if len(run.text.split()) > 3 and "↩" not in run.text]):
        run.write(" ".join(run.text.split()[:-3]))
        return True
    return False


def _bodies_swapped(element: etree._Element) -> bool:
    """Give two notes each other's words. In an e-book each stands in a division of its own."""
    after = element.getnext()
    if after is None and (division := element.getparent()) is not None and not _said(division).removeprefix(_said(element)):
        after = division.getnext()
    if after is None:
        return False
    mine, theirs = (next(iter(each.iterfind(".//{*}p")), None) for each in (element, after))
    if mine is None or theirs is None:
        return False
    if _said(mine) == _said(theirs):
        return False
    _exchange(mine, theirs)
    return True


def _exchange(one: etree._Element, other: etree._Element) -> None:
    """Put two elements each in the other's place."""
    here, there = one.getparent(), other.getparent()
    assert here is not None
    assert there is not None
    mark = etree.Element("mark")
    here.replace(one, mark)
    there.replace(other, one)
    here.replace(mark, other)


def _later(element: etree._Element) -> bool:
    """Let an element and the one after it change places, whatever they say."""
    after = element.getnext()
    if after is None:
        return False
    _exchange(element, after)
    return True


def _set(attribute: str, value: str) -> Callable[[etree._Element], bool]:
    def change(element: etree._Element) -> bool:
        element.set(attribute, value)
        return True

    return change


def _gone(element: etree._Element) -> bool:
    _dropped(element)
    return True


def _loose(element: etree._Element) -> bool:
    _unwrapped(element)
    return True


def _renamed(tag: str) -> Callable[[etree._Element], bool]:
    def change(element: etree._Element) -> bool:
        element.tag = f"{{http://www.w3.org/1999/xhtml}}{tag}"
        return True

    return change


NOTE = "//*[local-name()='li'][ancestor::*[@role='doc-endnotes']]|//*[@role='doc-footnote']"
TEXT = "//*[local-name()='body']//*[not(ancestor::*[local-name()='nav'])]"
CONTENTS = "//*[local-name()='nav'][@id='contents' or @role='doc-toc']"
CHAPTER = "contains(@href, 'weights') or contains(@href, 'scripts') or contains(@href, 'dealings')"
LINE = f"//*[local-name()='li'][*[local-name()='a'][{CHAPTER}]]"
IN_TEXT = "[not(ancestor::*[local-name()='nav'])][string-length(normalize-space(.))>1]"
LINK = "//*[local-name()='section']//*[local-name()='p']//*[local-name()='a'][@href][not(@role or @class or @href='#_text')]"
ELEMENTS: Mapping[str, tuple[str, Callable[[etree._Element], bool]]] = {
    "a paragraph": (f"//*[local-name()='p']{IN_TEXT}", _gone),
    "a paragraph twice": (f"//*[local-name()='p']{IN_TEXT}", _twice),
    "paragraphs swapped": (f"//*[local-name()='p']{IN_TEXT}", _swapped_with_next),
    "a heading": (f"//*[local-name()='h1' or local-name()='h2']{IN_TEXT}", _gone),
    "a cell": (f"//*[local-name()='td' or local-name()='th']{IN_TEXT}", _gone),
    "cells swapped": (f"//*[local-name()='td' or local-name()='th']{IN_TEXT}", _swapped_with_next),
    "a row": ("//*[local-name()='tr']", _gone),
    "rows swapped": ("//*[local-name()='tr']", _swapped_with_next),
    "an item": (f"//*[local-name()='li']{IN_TEXT}", _gone),
    "items swapped": (f"//*[local-name()='li']{IN_TEXT}", _swapped_with_next),
    "a term": (f"//*[local-name()='dt']{IN_TEXT}", _gone),
    "a meaning": (f"//*[local-name()='dd']{IN_TEXT}", _gone),
    "a caption": (f"//*[local-name()='figcaption' or local-name()='caption']{IN_TEXT}", _gone),
    "a line of verse": ("//*[starts-with(@class,'line')]", _gone),
    "lines of verse swapped": ("//*[starts-with(@class,'line')]", _swapped_with_next),
    "an attribution": ("//*[@class='attribution']", _gone),
    "a speaker": ("//*[@class='speaker']", _gone),
    "a list's first number": ("//*[local-name()='ol'][@start]", _set("start", "10")),
    "a list's numbers": ("//*[local-name()='ol'][@start]", _renamed("ul")),
    "a note": (NOTE, _gone),
    "a note's tail": (NOTE, _tail_cut),
    "notes that changed bodies": (NOTE, _bodies_swapped),
    "a note's call": ("//*[@role='doc-noteref']", _gone),
    "a call that leads nowhere": ("//*[@role='doc-noteref']", _set("href", "#nowhere")),
    "a call that is no link": ("//*[@role='doc-noteref']", _loose),
    "a link gone": (
        LINK,
        _loose,
    ),
    "a link elsewhere": (
        "//*[local-name()='p']/*[local-name()='a'][@href][not(@role or @class or @href='#_text')]",
        _set("href", "https://example.com/"),
    ),
    "a link that leads nowhere": (
        "//*[local-name()='p']/*[local-name()='a'][@href][not(@role or @class or @href='#_text')]",
        _set("href", "#nowhere"),
    ),
    "a link of the index": ("//*[@class='place']", _loose),
    "a link of the index elsewhere": ("//*[@class='place']", _set("href", "https://example.com/")),
    "an emphasis": ("//*[local-name()='em']", _loose),
    "a strong word": ("//*[local-name()='strong']", _loose),
    "an emphasis become strong": ("//*[local-name()='p']//*[local-name()='em']", _renamed("strong")),
    "a raised sign": ("//*[local-name()='sup'][not(ancestor::*[@role='doc-noteref'])]", _loose),
    "a lowered sign": ("//*[local-name()='sub']", _loose),
    "a picture": ("//*[local-name()='figure']//*[local-name()='img']", _gone),
    "another picture": ("//*[local-name()='figure']//*[local-name()='img']", _set("src", "data:image/png;base64,iVBORw0KGgo=")),
    "the words for a picture": ("//*[local-name()='figure']//*[local-name()='img']", _set("alt", "")),
    "a line of the contents": (f"{CONTENTS}{LINE}", _gone),
    "lines of the contents swapped": (f"{CONTENTS}{LINE}", _swapped_with_next),
    "a line of the contents that leads elsewhere": (
        f"{CONTENTS}{LINE}/*[local-name()='a']",
        _set("href", "#nowhere"),
    ),
    "a chapter out of the spine": ("//*[local-name()='itemref'][not(contains(@idref,'cover'))]", _gone),
    "chapters swapped in the spine": (f"//*[local-name()='itemref'][{CHAPTER.replace('@href', '@idref')}]", _later),
}
"""Each loss: which elements can suffer it, and how; what suffers says whether it did."""


def planted(trees: Trees, loss: str, lot: random.Random) -> str:
    """Plant a loss in pages, at a place drawn by lot; returns what was there, or nothing where no place would do."""
    if loss in WORDS:
        pattern, change = WORDS[loss]
        places = [(spot, found) for spot in spots(trees) for found in re.finditer(pattern, spot.text)]
        for spot, found in lot.sample(places, len(places)):
            text = spot.text[: found.start()] + change(found) + spot.text[found.end() :]
            if " ".join(text.split()) != " ".join(spot.text.split()):
                said = spot.text[max(0, found.start() - 12) : found.end() + 12]
                spot.write(text)
                return said
        return ""
    path, spoil = ELEMENTS[loss]
    elements: list[Any] = []
    for root in trees.values():
        elements += root.xpath(path)  # type: ignore[arg-type]  # these paths lead to elements
    for element in lot.sample(elements, len(elements)):
        said = str(etree.tostring(element, encoding="unicode", with_tail=False))[:200]
        if spoil(element):
            return said
    return ""


def _chosen() -> Iterator[object]:
    """Each loss is planted in one edition whenever the tests run, and in all of them in the long run."""
    for number, loss in enumerate((*WORDS, *ELEMENTS)):
        editions = [edition for edition in EDITIONS if "spine" not in loss or "epub" in edition]
        for place, edition in enumerate(editions):
            yield pytest.param(edition, loss, marks=() if number % len(editions) == place else pytest.mark.long)


@pytest.mark.parametrize(("edition", "loss"), list(_chosen()))
def test_a_loss_is_found(edition: str, loss: str, sound: Editions, count: Count) -> None:
    book, files = sound[edition]
    whole = opened(files)
    for seed in range(3):
        trees = copy.deepcopy(whole)
        lost = planted(trees, loss, random.Random(f"{seed} {edition} {loss}"))  # noqa: S311  # a lot that falls the same way each time
        assert lost, "There is nothing of the kind in this edition."
        problems = count(book, closed(files, trees)).problems
        assert problems, f"{loss} at “{lost}” was not found"
        assert all(problem.place.file and problem.message for problem in problems)
