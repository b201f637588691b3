"""Notes in pages: a call is a link to a passage that links back, or says of itself that it is one. Bodies go where they are
called.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from samizdat.importers.documents import bare_headings
from samizdat.importers.documents.bare_headings import NOTES_HEADING
from samizdat.importers.documents.markup import Element, classes, is_element, removed, unwrapped, words
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.importers.plain.record import counted
from samizdat.problems import Rule

NOTE = Rule(
    "N81",
    REPAIR,
    "A link to a note became a note",
    "The page calls a note by a link and prints it elsewhere. Call and body belong together: the body goes beside the text, and "
    "the link"
    " back, its number and an empty heading above the notes are left out.",
)

_CALLS = {"noteref", "doc-noteref", "footnote-ref", "footnoteref", "fnref", "fnanchor", "noteanchor", "footnote-reference"}
_BODIES = {"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote", "note"}
_BACK = {"backlink", "referrer", "doc-backlink", "footnote-back", "footnote-backref", "reversefootnote", "back", "return"}
_LABEL = re.compile(
    r"[\[({]?\s*(?:note\s*)?(?:\d{1,4}|[*†‡§¶‖#]{1,4}|[a-zA-Z]|[ivxlc]{1,6}|[⁰¹²³⁴-⁹]{1,4})\s*[\])}]?[.:]?", re.IGNORECASE
)
_NUMBER_AT_HEAD = re.compile(
    r"\s*(?:\[\s*\w{1,4}\s*\]|\(\s*\w{1,4}\s*\)|\d{1,4}\s*[.:)]|[*†‡§]{1,4}|[⁰¹²³⁴-⁹]{1,4}|\d{1,4}(?=\s))[\s.:]*"
)
_CITE_BACK = {"mw-cite-backlink", "cite-backlink"}
"""What a wiki sets before a note: an arrow, and a letter for each place that calls it."""
_ARROWS = re.compile(r"[\s↩↵⏎←^↑⇑▲\ufe0e]*|\[?(back|return|zurück|retour)\]?", re.IGNORECASE)
_BLOCKS = {"p", "li", "div", "aside", "dd", "dt", "td", "tr", "section", "blockquote", "article"}
_MORE = {"p", "blockquote", "ul", "ol", "pre", "table", "div"}
_MARKS = {"a", "sup", "span"}
"""What a call is made of; that these are called footnotes says nothing of what they stand in."""
_HEADINGS = re.compile(r"h[1-6]|hr")
_LONGEST = 12_000


@dataclass
class Footnotes:
    """The notes of some pages. Ids are unique over all of them."""

    pages: list[Element]
    record: Record
    bodies: dict[str, Element] = field(default_factory=dict)
    """What the notes say, by the id of the mark that stands in the place of the call."""
    _by_id: dict[str, Element] = field(default_factory=dict)

    def link(self) -> Mapping[str, Element]:
        """Put a mark in the place of each call, take the bodies out of the pages, and return them."""
        if not self.record.allow(NOTE):
            return self.bodies
        self._by_id = {element.get("id", ""): element for page in self.pages for element in page.iter() if element.get("id")}
        for page in self.pages:
            for anchor in page.iter("a"):
                if anchor.get("name"):
                    self._by_id.setdefault(anchor.get("name", ""), anchor)
        pairs = [(call, found) for page in self.pages for call in page.iter("a") if (found := self._body(call)) is not None]
        owners = {id(found) for _, found in pairs}
        whole: dict[int, list[Element]] = {}
        for _, found in pairs:
            if id(found) not in whole:
                whole[id(found)] = [found, *_continued(found, owners)]
        made: dict[int, Element] = {}
        labels = [words(call) for call, _ in pairs]
        labels += [said for each in whole.values() for part in each for link in part.iter("a") if len(said := words(link)) < 12]
        parents = {id(found): found.getparent() for _, found in pairs}
        for number, (call, found) in enumerate(pairs, start=1):
            if id(found) not in made:
                made[id(found)] = self._taken(whole[id(found)], call)
            key = f"n{number}"
            self.bodies[key] = made[id(found)]
            _mark(call, key)
        for parent in {id(parent): parent for parent in parents.values() if parent is not None}.values():
            self._emptied(parent)
        for page in self.pages if pairs else ():
            bare_headings.over_notes(page, self.record)
        if pairs:
            first = next(iter(self.bodies.values()))
            why = "Calls and bodies name each other."
            said, taken = counted(len(pairs), "note"), " ".join((*labels, *labels))
            self.record.decide(NOTE, 0.9, words(first), said, why, taken, self.record.span(first))
        return self.bodies

    def _body(self, call: Element) -> Element | None:
        """Return the passage that a link calls as a note, if it does."""
        target = call.get("href", "")
        if not target.startswith("#") or (aim := self._by_id.get(target[1:])) is None:
            return None
        names = set(classes(call))
        found = _passage(aim)
        if found is None or _holds(found, call) or names & _BACK:
            return None
        said = _is_body(found) or (aim.tag not in _MARKS and _is_body(aim))
        if names & _CALLS and (said or len(words(found)) < _LONGEST):
            return found
        label = bool(_LABEL.fullmatch(words(call)))
        if label and (said or self._answers(found, call)) and self._is_first(call, found):
            return found
        return None

    def _answers(self, found: Element, call: Element) -> bool:
        """Tell whether a passage links back to its call."""
        links = {link.get("href", "")[1:] for link in found.iter("a")}
        return bool(links & _near(call)) and len(words(found)) < _LONGEST

    def _is_first(self, call: Element, found: Element) -> bool:
        """Tell the call from the link back: what begins its block with its number is the note, else what comes later."""
        block = _passage(call)
        if block is None or _is_body(found):
            return True
        text = words(block)
        begins = text.startswith(words(call)) and len(text) > len(words(call))
        link = next((link for link in found.iter("a") if link.get("href", "")[1:] in _near(call)), None)
        starts = link is not None and bool(words(link)) and words(found).startswith(words(link))
        return starts if begins != starts else self._order(call) < self._order(found)

    def _order(self, element: Element) -> tuple[int, ...]:
        """Return where in the pages an element stands."""
        top = next((number for number, page in enumerate(self.pages) if _holds(page, element)), len(self.pages))
        return (top, *_place(element))

    def _taken(self, parts: list[Element], call: Element) -> Element:
        """Take a note's body out of its page, without its number and its link back."""
        body = etree.Element("div")
        for part in parts:
            tail, part.tail = part.tail, None
            parent = part.getparent()
            if parent is not None and tail and tail.strip():
                etree.SubElement(parent, "span").text = tail
            if part.tag in {"li", "dd", "aside", "td", "div", "section", "article", "dt"}:
                part.tag = "div"
            elif part.tag == "tr":
                for cell in part.iter("td", "th"):
                    cell.tag = "span"
                part.tag = "div"
            body.append(part)
        self._without_back(body, call)
        while (rule := next(_said(body), None)) is not None and rule.tag == "hr":
            removed(rule)
        head = next((element for element in body.iter() if (element.text or "").strip() and element is not body), None)
        label = re.sub(r"\W", "", words(call))
        if head is not None and (number := _NUMBER_AT_HEAD.match(head.text or "")):
            marks = re.sub(r"[\s.:()\[\]]", "", number[0])
            if marks == (label or words(call)) or marks == words(call).strip("[]() "):
                head.text = (head.text or "")[number.end() :]
        elif head is not None and label and head.tag in _MARKS and words(head).strip("[]() .") == label:
            # The number is an element of its own, with the stop after it.
            head.tail = (head.tail or "").lstrip(" .:)]")
            removed(head)
        return body

    def _without_back(self, body: Element, call: Element) -> None:
        back = {call.get("id"), call.get("name"), *(up.get("id") for up in list(call.iterancestors())[:3])} - {None}
        for arrow in [each for each in body.iter("span") if _CITE_BACK & set(classes(each))]:
            removed(arrow)
        for link in list(body.iter("a")):
            said = words(link)
            leads = link.get("href", "")[1:] in back if link.get("href", "").startswith("#") else False
            if set(classes(link)) & _BACK or (leads and (_LABEL.fullmatch(said) or _ARROWS.fullmatch(said))):
                around = link.getparent()
                _unbracketed(link)
                tail = (link.tail or "").lstrip(" \t.:)]") if _LABEL.fullmatch(said) else link.tail
                link.tail = tail
                removed(link)
                if around is not None and around.tag in {"sup", "span", "b", "strong"} and not words(around):
                    around.tail = (around.tail or "").lstrip(" .:")
                    removed(around)
            elif leads:
                unwrapped(link)

    def _emptied(self, parent: Element) -> None:
        """Take out lists and sections that held notes and hold nothing now, with the heading over them."""
        while parent.tag not in {"body", "html"}:
            left = [child for child in parent if is_element(child)]
            if any(
                words(child) or child.tag == "img" or next(child.iter("img"), None) is not None
                for child in left
                if not _HEADINGS.fullmatch(child.tag)
            ):
                return
            if (parent.text or "").strip() or any((child.tail or "").strip() for child in left):
                return
            above = parent.getparent()
            if said := words(parent):
                if not self.record.allow(NOTES_HEADING) or self.record.spared(parent):
                    return
                self.record.drop(NOTES_HEADING, 0.8, said, "Nothing is left below it.", self.record.span(parent))
            if above is None:
                return
            removed(parent)
            parent = above
        self._last_heading(parent)

    def _last_heading(self, page: Element) -> None:
        last = next((child for child in reversed(page) if words(child) or child.tag in {"img", "hr"}), None)
        while last is not None and _HEADINGS.fullmatch(str(last.tag)):
            before = last.getprevious()
            if said := words(last):
                if not self.record.allow(NOTES_HEADING) or self.record.spared(last):
                    return
                self.record.drop(NOTES_HEADING, 0.8, said, "Nothing is left below it.", self.record.span(last))
            removed(last)
            last = before if said == "" else None


def _said(body: Element) -> Iterator[Element]:
    """Yield what can be seen of a note: elements with words or pictures, and the rules that some editions draw above notes."""
    return (each for each in body.iter() if each.tag in {"hr", "img"} or (is_element(each) and (each.text or "").strip()))


def _near(call: Element) -> set[str]:
    """Return the names by which a note may lead back to its call."""
    near = {call.get("id"), call.get("name"), *(up.get("id") for up in list(call.iterancestors())[:3])}
    near |= {element.get("id") or element.get("name") for element in call.iterdescendants()}
    before = call.getprevious()
    if before is not None:
        near |= {before.get("id"), before.get("name")}
    return {name for name in near if name}


def _is_body(element: Element) -> bool:
    names = set(classes(element))
    if names & _BODIES or any(
        name.startswith(("footnote", "endnote")) and "ref" not in name and "call" not in name for name in names
    ):
        return True
    parent = element.getparent()
    return parent is not None and bool(
        set(classes(parent)) & {"endnotes", "footnotes", "rearnotes", "doc-endnotes", "notes", "footnote"}
    )


def _passage(aim: Element) -> Element | None:
    """Return the block that an aim is or begins."""
    for element in (aim, *aim.iterancestors()):
        if element.tag in _BLOCKS:
            parent = element.getparent()
            if (
                element.tag == "p"
                and parent is not None
                and parent.tag in {"li", "aside", "dd"} | {"div"}
                and _is_only_note(parent, element)
            ):
                return parent
            if element.tag == "td" and parent is not None and parent.tag == "tr":
                return parent
            return element
        if element.tag in {"body", "html"} or (is_element(element) and _HEADINGS.fullmatch(element.tag)):
            return None
    return None


def _is_only_note(parent: Element, first: Element) -> bool:
    """Tell whether a block belongs to a note alone, whose first paragraph holds the aim."""
    if parent.tag == "div" and not ({"footnote", "endnote", "note"} & set(classes(parent))):
        return False
    return parent[0] is first


def _holds(element: Element, inner: Element) -> bool:
    return any(up is element for up in inner.iterancestors())


def _continued(found: Element, owners: set[int]) -> Iterator[Element]:
    """Yield the paragraphs after a note's first that belong to it: those up to the next note in a run of notes."""
    if found.tag != "p":
        return
    more: list[Element] = []
    for after in found.itersiblings():
        if not is_element(after) or _HEADINGS.fullmatch(after.tag) or after.tag not in _MORE:
            return
        if id(after) in owners:
            yield from more
            return
        if any(id(inner) in owners for inner in after.iter()) or len(more) > 8:
            return
        more.append(after)


def _place(element: Element) -> tuple[int, ...]:
    """Return where in its page an element stands."""
    path: list[int] = []
    for up in (element, *element.iterancestors()):
        parent = up.getparent()
        if parent is not None:
            path.append(parent.index(up))
    return tuple(reversed(path))


def _mark(call: Element, key: str) -> None:
    """Put a mark in the place of a call, and of the raised letters and brackets around it."""
    around = call
    while (
        (parent := around.getparent()) is not None
        and parent.tag in {"sup", "span", "small", "b", "i"}
        and words(parent) == words(call)
    ):
        around = parent
    mark = etree.Element("span")
    mark.set("class", "samizdat-noteref")
    mark.set("id", f"samizdat-{key}")
    mark.tail, around.tail = around.tail, None
    parent = around.getparent()
    if parent is None:
        return
    parent.replace(around, mark)
    _unbracketed(mark)


def _unbracketed(element: Element) -> None:
    """Take off the brackets that hold nothing but an element."""
    parent, before, after = element.getparent(), element.getprevious(), element.tail or ""
    if parent is None:
        return
    said = (before.tail if before is not None else parent.text) or ""
    if said[-1:] + after[:1] in {"[]", "()"}:
        element.tail = after[1:]
        if before is not None:
            before.tail = said[:-1]
        else:
            parent.text = said[:-1]
