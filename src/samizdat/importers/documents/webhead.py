"""What a web page says of itself: in its head, in the data it holds for search engines, in its title."""

import json
import re
from collections.abc import Iterator
from typing import Any

from samizdat.importers.documents.markup import Element, body, words
from samizdat.importers.documents.metadata import Facts, clean, names
from samizdat.importers.documents.record import Record
from samizdat.model.book import Person

_ARTICLES = re.compile(r"(?:Article|BlogPosting|Posting|Report|CreativeWork|Book|Chapter|WebPage)$")
_SITES = {"WebSite", "Organization", "NewsMediaOrganization", "Blog"}
_LINKED = re.compile(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_LONGEST_DATA = 400_000
_LIBRARY = re.compile(r"(?:The )?Project Gutenberg e-?(?:book|text) of (.+?)(?:,? by ([^,]+?))?\.?", re.IGNORECASE)
_NAMED_BY = re.compile(r"(.+?),? (?:by|von|par) ([^,|—–]+)(?:[—–|].*)?")
_SEPARATORS = r"\s+[|–—·»•-]\s+|\s*[|»]\s*"

Data = dict[str, Any]


def facts(root: Element, data: str, record: Record) -> Facts:
    """Read what a page says of itself; `data` is the page before its programs were taken out."""
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").lower()
        if name and (value := clean(element.get("content") or "", record)):
            meta.setdefault(name.replace("dcterms.", "dc.").replace("citation_", "dc."), []).append(value)

    def first(*keys: str) -> str:
        return next((meta[key][0] for key in keys if meta.get(key)), "")

    linked = list(_linked_data(data))
    article = next((one for one in linked if _is_a(one, _ARTICLES) and (one.get("author") or one.get("datePublished"))), {})
    sites = [first("og:site_name"), first("application-name"), first("twitter:site").lstrip("@")]
    sites += [clean(str(one.get("name", "")), record) for one in linked if set(_types(one)) & _SITES]
    headings = [found for level in ("h1", "h2") for element in root.iter(level) if (found := words(element))][:6]
    named = next(root.iter("title"), None)
    title = first("dc.title", "og:title") or (clean(words(named), record) if named is not None else "")
    authors = [name for value in _authors(article, linked) for name in names(clean(value, record))]
    for key in ("author", "dc.creator", "dc.author", "article:author", "parsely-author", "sailthru.author"):
        authors = authors or [name for value in meta.get(key, []) if "://" not in value for name in names(value)]
    named_by = _NAMED_BY.fullmatch(title)
    if named_by and not authors and any(_letters(named_by[1]) == _letters(heading) for heading in headings):
        authors = names(named_by[2])
    if library := _LIBRARY.fullmatch(title):
        title, authors = library[1].strip(" ."), authors or names(library[2] or "")
    canonical = next((link.get("href", "") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"), "")
    source = next((address for address in (canonical, first("og:url")) if address.startswith(("http://", "https://"))), "")
    return Facts(
        title=without_site(title, [site for site in sites if site], headings, authors),
        people=tuple(Person(name) for name in dict.fromkeys(authors)),
        language=root.get("lang") or body(root).get("lang") or first("dc.language", "language") or _text(article, "inLanguage"),
        date=first("dc.date", "article:published_time", "dc.issued", "date", "dc.publication_date", "datepublished")
        or _text(article, "datePublished"),
        source=source,
        description=first("dc.description"),
        publisher=first("dc.publisher"),
        rights=first("dc.rights"),
    )


def without_site(title: str, sites: list[str], headings: list[str], authors: list[str]) -> str:
    """Take the name of the site, and of the author, off the title of a page."""
    known = {_letters(name) for name in authors}
    headings = [heading for heading in headings if _letters(heading) not in known]
    for heading in headings:
        if _rest(title, heading, [*authors, *sites]) == "":
            return _cased(title, heading)
    for heading in headings:
        rest = _after(title, heading)
        if rest is not None and (not rest or re.match(r"\s*[|–—:·»•-]|,?\s+(?:by|von|par)\s", rest)):
            return _cased(title, heading)
    parts = re.split(_SEPARATORS, title)
    if len(parts) > 1 and any(_letters(parts[-1]) == _letters(site) for site in sites):
        return title[: title.rindex(parts[-1])].rstrip(" |–—·»•-")
    return title


def _cased(title: str, heading: str) -> str:
    """Return a heading as the title of the page spells it, where the heading is all in capitals."""
    place = _letters_at(title, heading) if heading.isupper() and not title.isupper() else -1
    return title[place : place + len(heading)] if place >= 0 else heading


def _letters_at(title: str, heading: str) -> int:
    """Return where a heading stands in a title, letter by letter; -1 if it does not."""
    plain = {"’": "'", "‘": "'", "“": '"', "”": '"'}
    return _spelt(title, plain).find(_spelt(heading, plain))


def _spelt(words_: str, plain: dict[str, str]) -> str:
    return "".join(plain.get(letter, letter.lower() if len(letter.lower()) == 1 else letter) for letter in words_)


def _rest(title: str, heading: str, others: list[str]) -> str | None:
    """Return what a title says besides a heading, the names of people and sites, and a year; None where it lacks the heading."""
    said, wanted = _letters(title), _letters(heading)
    if not wanted or wanted not in said:
        return None
    for name in (wanted, *map(_letters, others)):
        said = said.replace(name, "", 1) if name else said
    return re.sub(r"\d{4}", "", said)


def _after(title: str, heading: str) -> str | None:
    """Return what stands after a heading at the head of a title, whichever marks they use; None where it stands otherwise."""
    wanted = _letters(heading)
    if not wanted:
        return None
    said = ""
    for place, letter in enumerate(title, start=1):
        said += _letters(letter)
        if said == wanted:
            return title[place:].lstrip("”’\"'!?.)")
        if not wanted.startswith(said):
            return None
    return None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def _linked_data(page: str) -> Iterator[Data]:
    """Yield the things that a page describes in JSON-LD."""
    for block in _LINKED.findall(page):
        if len(block) > _LONGEST_DATA:
            continue
        try:
            found = json.loads(block, strict=False)
        except (ValueError, RecursionError):
            continue
        for one in found if isinstance(found, list) else [found]:
            if isinstance(one, dict):
                yield one
                graph = one.get("@graph")
                yield from (inner for inner in (graph if isinstance(graph, list) else []) if isinstance(inner, dict))


def _types(thing: Data) -> list[str]:
    kind = thing.get("@type", "")
    return [str(one) for one in (kind if isinstance(kind, list) else [kind])]


def _is_a(thing: Data, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(kind) for kind in _types(thing))


def _authors(article: Data, linked: list[Data]) -> Iterator[str]:
    """Yield the names of an article's authors, whom it may name by an address in the same data."""
    given = article.get("author", [])
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, dict) and not one.get("name"):
            one = next((other for other in linked if other.get("@id") == one.get("@id") and other.get("name")), {})  # noqa: PLW2901
        name = one.get("name", "") if isinstance(one, dict) else one
        if isinstance(name, str) and name and "://" not in name and (not isinstance(one, dict) or not set(_types(one)) & _SITES):
            yield name


def _text(thing: Data, key: str) -> str:
    value = thing.get(key, "")
    return value if isinstance(value, str) else ""
