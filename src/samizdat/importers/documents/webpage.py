"""A web page: what is around the text is taken off, each piece with its words recorded; what is left is read as a document."""

import re
from collections.abc import Callable

from samizdat.importers.documents import numbers, pages
from samizdat.importers.documents.formats import NOT_TEXT
from samizdat.importers.documents.markup import Element, body, classes, is_element, parsed, removed, spoken, words
from samizdat.importers.documents.metadata import Facts, clean, names
from samizdat.importers.documents.outline import Leaf
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.importers.documents.semantics import looks, marked
from samizdat.importers.documents.wrapping import Ask, Wrapping
from samizdat.model.book import Person
from samizdat.problems import Rule, SamizdatError

LANDMARK = Rule(
    "D82",
    REPAIR,
    "A part of the page that says it is not the text",
    "Menus, banners, footers, sidebars and search fields are marked as such by their elements or roles, and belong to the site.",
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

_LANDMARKS = {"nav", "footer", "aside", "dialog", "menu", "search"}
_ROLES = set("navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tablist".split())
_NAMES = re.compile(
    r"(?:^|[-_])(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|share|sharing|sharedaddy|social|socials|related|comments?|commentlist|respond"
    r"|disqus|cookies?|consent|gdpr|newsletter|subscribe|subscription|signup|sidebar|widgets?|footer|masthead|banner|advert|adverts|advertisement"
    r"|ads?|sponsored|promo|popup|modal|pagination|pager|paging|tagcloud|toolbar|skip|skip-link|login|searchform|search-form|print|recommended"
    r"|trending|popular|readmore|read-more|donate|rss|backtotop|back-to-top|copyright-notice|site-header|site-footer|page-footer"
    r"|editsection|mw-editsection|toc-toggle|jump-to-nav|catlinks|noprint|metadata-bar|byline-social)(?:$|[-_])",
    re.IGNORECASE,
)
_KEPT = {"body", "html", "main", "article"}
_TOP = re.compile(r"h[1-6]|p|blockquote|ul|ol|table|pre|figure")
_MAJORITY = 0.5


def opened(data: bytes, ask: Ask, record: Record, picture: Callable[[str], bytes | None]) -> Wrapping:
    """Take the text out of a page."""
    root = parsed(data, record)
    if root is None or (not words(body(root)) and next(body(root).iter("img", "svg"), None) is None):
        raise SamizdatError(NOT_TEXT.problem("There is no text in this page."))
    facts = _facts(root, record)
    numbers.of_page(body(root), record)
    sheets = ["".join(spoken(sheet)) for sheet in root.iter("style")]
    strip(root, record)
    marked(root, looks(sheets), record)
    page = pages.Page("", root)
    pages.unique_ids([page])
    found = pages.read([page], ask, record)
    return Wrapping([Leaf(found[0])], facts, picture)


def _facts(root: Element, record: Record) -> Facts:
    """Read what the head of a page says of it."""
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        if name and (value := clean(element.get("content") or "", record)):
            meta.setdefault(name.replace("dcterms.", "dc.").replace("citation_", "dc."), []).append(value)

    def first(*keys: str) -> str:
        return next((meta[key][0] for key in keys if meta.get(key)), "")

    title = first("dc.title", "og:title") or clean(
        words(found) if (found := next(root.iter("title"), None)) is not None else "", record
    )
    site = first("og:site_name")
    heading = [words(element) for element in root.iter("h1")]
    title = _without_site(title, site, heading)
    authors = meta.get("author") or meta.get("dc.creator") or meta.get("dc.author") or meta.get("article:author") or []
    canonical = next((link.get("href", "") for link in root.iter("link") if link.get("rel") == "canonical"), "")
    people = tuple(Person(name) for value in authors if not value.startswith("http") for name in names(value))
    return Facts(
        title=title,
        people=people,
        language=root.get("lang") or body(root).get("lang") or first("dc.language"),
        date=first("dc.date", "article:published_time", "dc.issued", "date", "dc.publication_date"),
        source=canonical or first("og:url"),
        description=first("dc.description"),
        publisher=first("dc.publisher"),
        rights=first("dc.rights"),
    )


def _without_site(title: str, site: str, headings: list[str]) -> str:
    """Take the name of the site off the title of a page."""
    for heading in headings:
        if heading and title.startswith(heading) and re.match(r"\s*[|–—:·-]", title[len(heading) :]):
            return heading
    parts = re.split(r"\s+[|–—·»-]\s+", title)
    if len(parts) > 1 and site and parts[-1].strip().lower() == site.lower():
        return title[: title.rindex(parts[-1])].rstrip(" |–—·»-")
    return title


def strip(root: Element, record: Record) -> None:
    """Take off what is around the text."""
    top = body(root)
    whole = len(words(top)) or 1
    main = _main(top, whole)
    if main is not None:
        _only(top, main, record)
        top = main
        whole = len(words(top)) or 1
    for element in list(top.iter()):
        if element is top or not is_element(element) or not _inside(element, top):
            continue
        if rule := _around(element):
            share = len(words(element)) / whole
            if share < _MAJORITY and not (element.tag == "aside" and _is_note(element)):
                _drop(element, rule, record, 0.9 if rule is LANDMARK else 0.75)
    _menus(top, record)


def _main(top: Element, whole: int) -> Element | None:
    """Return the part of a page that it marks as the text, if most of the words are there."""
    marked_ = [
        element for element in top.iter("main", "div", "section") if element.tag == "main" or element.get("role") == "main"
    ]
    articles = [element for element in top.iter("article") if next(element.iterancestors("article"), None) is None]
    for found in (articles, marked_):
        long = [element for element in found if len(words(element)) > 0.3 * whole]
        if len(long) == 1 and len(found) <= 12:
            return long[0]
    return None


def _only(top: Element, main: Element, record: Record) -> None:
    """Leave nothing but the main part; a heading that stands right over it stays, when it has none of its own."""
    headed = next(main.iter("h1", "h2"), None) is not None
    element = main
    while element is not top:
        parent = element.getparent()
        if parent is None:
            return
        for other in list(parent):
            if other is element or not is_element(other):
                continue
            heading = None if headed else next(other.iter("h1"), None)
            if heading is not None and parent.index(other) < parent.index(element):
                heading.tail = None
                main.insert(0, heading)
                headed = True
            if words(other) or next(other.iter("img"), None) is not None:
                _drop(other, OUTSIDE, record, 0.8)
        element = parent


def _inside(element: Element, top: Element) -> bool:
    """Tell whether an element still stands in the page, since what it stood in may be gone."""
    return any(up is top for up in element.iterancestors())


def _around(element: Element) -> Rule | None:
    if element.tag in _KEPT or re.fullmatch(r"h[1-6]|a|span|p|li|sup|td|tr|dd|dt|em|i|b|strong", str(element.tag)):
        return None
    roles = set((element.get("role") or "").lower().split())
    if element.tag in _LANDMARKS or roles & _ROLES:
        return LANDMARK
    if element.tag == "header" and not next(element.iter("h1", "h2"), None) is not None:
        return LANDMARK if next(element.iterancestors("article", "main"), None) is None else None
    styles = (element.get("style") or "").replace(" ", "").lower()
    if element.get("hidden") is not None or "display:none" in styles or element.get("aria-hidden") == "true":
        return NAMED
    named = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return NAMED if any(_NAMES.search(name) for name in named) else None


def _is_note(element: Element) -> bool:
    names_ = classes(element)
    return any("note" in name for name in names_)


def _menus(top: Element, record: Record) -> None:
    """Take out blocks at the head and the foot of a page that are nearly all links."""
    blocks = [element for element in top.iter("ul", "ol", "div", "p", "table") if _is_menu(element)]
    texts = [element for element in top.iter("p", "h1", "h2", "blockquote") if len(words(element)) > 120 or element.tag == "h1"]
    inner = {id(element) for text in texts for element in (text, *text.iterancestors())}
    order = {id(element): number for number, element in enumerate(top.iter())}
    first = min((order[id(text)] for text in texts), default=0)
    last = max((order[id(text)] for text in texts), default=0)
    for element in blocks:
        place = order[id(element)]
        if id(element) not in inner and (place < first or place > last) and _inside(element, top) and texts:
            _drop(element, LINKS, record, 0.6)


def _is_menu(element: Element) -> bool:
    whole = words(element)
    links = [words(link) for link in element.iter("a") if link.get("href") and not link.get("href", "").startswith("#")]
    return len(links) > 2 and sum(map(len, links)) > 0.8 * len(whole.replace("|", "").replace("·", "")) and len(whole) < 3000


def _drop(element: Element, rule: Rule, record: Record, sure: float) -> None:
    """Take an element off the page, but for what a person wants kept of it."""
    if not record.allow(rule) or (spared := record.spared(element)) == [element]:
        return
    lines = record.span(element)
    for kept in spared:
        removed(kept)
        kept.tail = None
        if kept.tag in {"li", "td", "th", "dd", "dt"}:
            kept.tag = "div"
        element.addprevious(kept)
    said = words(element)
    name = " ".join(filter(None, (str(element.tag), element.get("id"), element.get("class"))))[:60]
    if said:
        record.drop(rule, sure, said, f"The element is called “{name}”.", lines)
    removed(element)
