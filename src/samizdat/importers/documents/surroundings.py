"""What a web page has around its text: menus, banners, comments. Each piece is taken off, and its words are recorded."""

import re

from samizdat.importers.documents import apparatus
from samizdat.importers.documents.kinds import by_title
from samizdat.importers.documents.markup import Element, body, classes, dropped, is_element, stands, words
from samizdat.importers.documents.metadata import Facts
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.importers.documents.sitewords import AROUND, COMMENTS, IN_A_LINE, names
from samizdat.model.kind import Kind
from samizdat.problems import Rule

LANDMARK = Rule(
    "D82",
    REPAIR,
    "A part of the page that says it is not the text",
    "Menus, banners, footers, sidebars, forms and search fields are marked as such by their elements or roles, and belong to the"
    " site.",
)
NAMED = Rule(
    "D83",
    REPAIR,
    "A part of the page that is named for what sites put around a text",
    "Share buttons, comments, related posts, newsletters, advertisements and cookie banners are recognised by the names of "
    "their classes"
    " and ids, unless most of the page’s words stand in them.",
)
LINKS = Rule(
    "D84",
    REPAIR,
    "A list of links around the text",
    "A block before or after the text in which nearly all words are links is a menu.",
)
OUTSIDE = Rule(
    "D85",
    REPAIR,
    "Something outside the part that holds the text",
    "The page marks its main part or its one article. What stands beside it belongs to the site.",
)
SAID_TWICE = Rule(
    "D88",
    REPAIR,
    "A sentence of the text that is shown a second time",
    "Pages set a sentence of the text in large letters beside it. It is kept where it belongs.",
)

_LANDMARKS = {"nav", "footer", "aside", "dialog", "menu", "search", "form"}
_ROLES = set("navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tablist form".split())
_KEPT = re.compile(r"body|html|main|td|th|tr|tbody|dd|dt|em|i|b|strong|sub")
_INLINE = {"a", "span", "sup", "small"}
_ARTICLE = re.compile(r"schema\.org/\w*(?:Article|BlogPosting|Report)$")
_MAJORITY = 0.5
_ENOUGH = 250
"""Letters that are a text, where the comments on it are longer than itself."""


_LITTLE = 300
_BEFORE = {"p", "div", "ul", "table", "center", "span", "a", "small", "strong", "font"}
_HEADS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def taken_off(root: Element, record: Record) -> Element:
    """Take off what is around the text; return the part that holds it."""
    top = body(root)
    top = _only(top, record)
    apparatus.library(top, record)
    whole = len(words(top)) or 1
    for element in list(top.iter()):
        if element is top or not is_element(element) or not stands(element, top):
            continue
        rule = _around(element, top)
        if rule and _may_go(element, rule, top, whole):
            dropped(element, rule, record, 0.9 if rule is LANDMARK else 0.75)
    _said_twice(top, record)
    apparatus.contents(top, record)
    _menus(top, record)
    return top


def _may_go(element: Element, rule: Rule, top: Element, whole: int) -> bool:
    """Tell whether enough is left when an element goes."""
    if next(element.iter("h1"), None) is not None and next(top.iter("h1"), None) in set(element.iter("h1")):
        return False
    said = len(words(element))
    if rule is NAMED and set(names(element)) & COMMENTS:
        return whole - said > _ENOUGH
    return said < _MAJORITY * whole


def _only(top: Element, record: Record) -> Element:
    """Leave nothing but the part that the page marks as its text, if it does; headings right over it stay, where it has none."""
    main = _main(top, len(words(top)) or 1)
    if main is None:
        return top
    headed = next(main.iter("h1", "h2"), None) is not None
    element = main
    while element is not top:
        parent = element.getparent()
        if parent is None:
            return top
        for other in list(parent):
            if other is element or not is_element(other):
                continue
            heading = None if headed else next(other.iter("h1"), None)
            if heading is not None and parent.index(other) < parent.index(element):
                heading.tail = None
                main.insert(0, heading)
                headed = True
            if words(other) or next(other.iter("img"), None) is not None:
                dropped(other, OUTSIDE, record, 0.8)
        element = parent
    return main


def _main(top: Element, whole: int) -> Element | None:
    """Return the part of a page that it marks as the text, if much of it is there."""
    articles = [element for element in top.iter("article") if next(element.iterancestors("article"), None) is None]
    typed = [element for element in top.iter("div", "section", "article") if _ARTICLE.search(element.get("itemtype", ""))]
    marked = [element for element in top.iter("main", "div", "section") if element.tag == "main" or element.get("role") == "main"]
    for found in (articles, typed, marked):
        long = [element for element in found if len(words(element)) > 0.3 * whole]
        if len(long) == 1 and len(found) <= 12:
            return long[0]
    return None


def _around(element: Element, top: Element) -> Rule | None:
    """Tell by which rule an element is around the text, if it is."""
    if _KEPT.fullmatch(str(element.tag)):
        return None
    styles = (element.get("style") or "").replace(" ", "").lower()
    if element.get("hidden") is not None or "display:none" in styles or element.get("aria-hidden") == "true":
        return NAMED if words(element) else None
    named = set(names(element))
    if element.tag in _INLINE:
        return NAMED if named & IN_A_LINE else None
    if _is_note(element):
        return None
    roles = set((element.get("role") or "").lower().split())
    if element.tag in _LANDMARKS or roles & _ROLES:
        return None if _speaks(element, top) and not named & AROUND else LANDMARK
    if element.tag == "header" and next(element.iter("h1", "h2"), None) is None:
        return LANDMARK if next(element.iterancestors("article", "main"), None) is None else None
    return NAMED if named & AROUND else None


def _speaks(element: Element, top: Element) -> bool:
    """Tell an aside or a footer that is part of the text: the source of a quotation, or some sentences in the article."""
    if element.tag == "footer":
        return next(element.iterancestors("blockquote", "figure"), None) is not None
    inside = top.tag in {"article", "main"} or next(element.iterancestors("article", "main"), None) is not None
    said = words(element)
    linked = sum(len(words(link)) for link in element.iter("a"))
    return element.tag == "aside" and inside and len(said) > 80 and linked < 0.3 * len(said)


def _is_note(element: Element) -> bool:
    told = classes(element)
    return any("footnote" in name or "endnote" in name or name in {"note", "notes"} for name in told) and "hatnote" not in told


def before_title(top: Element, facts: Facts, record: Record) -> None:
    """Take off what little stands before the title: the name of the site, a keyword, the author over the title."""
    headings = top.iter("h1", "h2", "h3")
    heading = next((element for element in headings if facts.title and _letters(words(element)) == _letters(facts.title)), None)
    if heading is None:
        return
    known = {_letters(person.name) for person in facts.people}
    before: list[Element] = []
    for element in top.iter():
        if element is heading:
            break
        if not is_element(element) or heading in set(element.iter()) or not words(element):
            continue
        if element.tag in _HEADS and _letters(words(element)) not in known and words(element) != words(heading):
            return
        if element.tag in _BEFORE or element.tag in _HEADS:
            before.append(element)
    if sum(len(words(element)) for element in before if element.getparent() not in before) < _LITTLE:
        for element in before:
            if stands(element, top):
                dropped(element, OUTSIDE, record, 0.6)


def _said_twice(top: Element, record: Record) -> None:
    """Take out sentences of the text that the page shows a second time."""
    shown = [
        element
        for element in top.iter("aside", "blockquote", "div", "p", "figure")
        if "pullquote" in set(re.sub("[-_]", "", (element.get("class") or "").lower()).split()) and stands(element, top)
    ]
    for element in shown:
        said = _letters(words(element))
        if stands(element, top) and said and _letters(words(top)).count(said) > 1:
            dropped(element, SAID_TWICE, record, 0.8)


def _menus(top: Element, record: Record) -> None:
    """Take out blocks at the head and the foot of a page that are nearly all links, and links to its top wherever they stand."""
    for link in list(top.iter("a")):
        block = _alone(link)
        if block is not None and stands(block, top) and _leads_up(link, top):
            dropped(block, LINKS, record, 0.7)
    blocks = [element for element in top.iter(*_LISTS) if _is_menu(element)]
    long = [element for element in top.iter("p", "blockquote") if len(words(element)) > 120]
    texts = [*long, *(element for element in top.iter("h1", "h2") if not long or element.tag == "h1")]
    inner = {id(element) for text in texts for element in (text, *text.iterancestors())}
    order = {id(element): number for number, element in enumerate(top.iter())}
    first = min((order[id(text)] for text in long or texts), default=0)
    last = max((order[id(text)] for text in texts), default=0)
    for element in blocks:
        place = order[id(element)]
        outside = place < first or place > last
        if id(element) not in inner and outside and stands(element, top) and texts and not _is_literature(element):
            dropped(element, LINKS, record, 0.6)


_LONGEST_MENU = 3000
_SHORT = 80
_LISTS = ("ul", "ol", "div", "p", "table", "section", "aside", "td", "center")


def _alone(link: Element) -> Element | None:
    """Return the block that holds nothing but a link."""
    block = next((up for up in link.iterancestors() if up.tag in {"p", "div", "li", "center", "h5", "h6"}), None)
    return block if block is not None and words(block).strip("[]()|^↑▲ ") == words(link).strip("[]()|^↑▲ ") else None


def _leads_up(link: Element, top: Element) -> bool:
    """Tell whether a link goes to the beginning of its page: to nothing, or to a place before all words."""
    target = link.get("href", "")
    if target in {"#", "#top", "#Top", "#TOP"}:
        return True
    aim = next((each for each in top.iter() if target[1:] in {each.get("id"), each.get("name")}), None) if target[1:] else None
    if not target.startswith("#") or aim is None or words(aim):
        return False
    said = 0
    for element in top.iter():
        if element is aim:
            return said == 0
        said += len((element.text or "").strip()) if is_element(element) else 0
    return False


def _is_menu(element: Element) -> bool:
    whole = words(element)
    links = [link for link in element.iter("a") if link.get("href") and not link.get("href", "").startswith("#")]
    linked = sum(len(_bare(words(link))) for link in links)
    bare = len(_bare(whole)) - sum(len(_bare(words(heading))) for heading in element.iter(*_HEADS))
    if len(links) > 2:
        return len(whole) < _LONGEST_MENU and linked > 0.8 * bare
    is_line = element.tag in {"p", "div", "center"} and len(whole) < _SHORT and next(element.iter("img"), None) is None
    return bool(links) and is_line and linked >= 0.95 * bare


def _bare(said: str) -> str:
    return re.sub(r"[\s|·•/»\[\](){}<>←→-]", "", said)


def _is_literature(element: Element) -> bool:
    """Tell a list under a heading that says it is what else to read: that is part of the text."""
    heading = next((each for each in element.itersiblings(preceding=True) if is_element(each) and words(each)), None)
    return heading is not None and heading.tag in _HEADS and by_title(words(heading)) is Kind.BIBLIOGRAPHY


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
