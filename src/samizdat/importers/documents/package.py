"""The package of an e-book, as far as it speaks of the book: titles, people, language, date, rights, series."""

import re
from collections.abc import Iterator, Mapping

from samizdat.importers.documents.markup import Element
from samizdat.importers.documents.metadata import Facts, clean
from samizdat.importers.documents.record import Record
from samizdat.model.book import Person, Series

_ROLES = {
    "aut": "author",
    "edt": "editor",
    "trl": "translator",
    "ill": "illustrator",
    "ctb": "contributor",
    "aui": "foreword",
    "win": "foreword",
    "wpr": "foreword",
    "aft": "afterword",
    "waw": "afterword",
}
"""MARC's relators, those that count more first: a person of several roles is named for one."""


def stated(package: Element, record: Record) -> Facts:
    """Return what a package, without namespaces, says of its book."""
    refined: dict[tuple[str, str], str] = {}
    for meta in package.iter("meta"):
        if meta.get("refines"):
            refined[meta.get("refines", "").lstrip("#"), meta.get("property", "")] = (meta.text or "").strip()

    def said(tag: str) -> list[str]:
        return [value for element in package.iter(tag) if (value := clean(element.text or "", record))]

    titles = {
        refined.get((element.get("id", ""), "title-type"), ""): clean(element.text or "", record)
        for element in package.iter("title")
    }
    subtitle = titles.get("subtitle", "")
    title = titles.get("main") or next(
        (value for kind, value in titles.items() if kind not in {"subtitle", "collection"} and value), ""
    )
    isbns = [value for value in said("identifier") if value.lower().startswith(("urn:isbn:", "isbn"))]
    identifier = next((value for value in said("identifier") if value.lower().startswith("urn:uuid:") and len(value) == 45), "")
    return Facts(
        title=title,
        subtitle=subtitle,
        people=tuple(_people(package, refined, record)),
        language=next(iter(said("language")), ""),
        date=next(iter(said("date")), ""),
        publisher=next(iter(said("publisher")), ""),
        rights=next(iter(said("rights")), ""),
        source=next(iter(said("source")), ""),
        paged_by=_paged_by(package, refined, record),
        description=next(iter(said("description")), ""),
        subjects=tuple(said("subject")),
        isbn=isbns[0].lower().removeprefix("urn:isbn:").removeprefix("isbn").strip(" :") if isbns else "",
        identifier=identifier,
        series=_series(package, refined, record),
    )


def _people(package: Element, refined: Mapping[tuple[str, str], str], record: Record) -> Iterator[Person]:
    roles: dict[str, set[str]] = {}
    for meta in package.iter("meta"):
        if meta.get("property") == "role":
            roles.setdefault(meta.get("refines", "").lstrip("#"), set()).add((meta.text or "").strip())
    for element in (element for tag in ("creator", "contributor") for element in package.iter(tag)):
        name, own = clean(element.text or "", record), element.get("id", "")
        said = {element.get("role", "")} - {""} or roles.get(own, set())
        role = next((role for role in _ROLES if role in said), "aut" if element.tag == "creator" else "")
        if name and role:
            sort = element.get("file-as") or refined.get((own, "file-as"), "")
            yield Person(name, _ROLES[role], clean(sort, record) if sort != name else "")


def _series(package: Element, refined: Mapping[tuple[str, str], str], record: Record) -> Series | None:
    """Return the series, as EPUB 3.3 (D.4.3) says it or as calibre does; sets, such as lists of the best books, are none."""
    calibre = {meta.get("name"): meta.get("content", "") for meta in package.iter("meta")}
    name, number = calibre.get("calibre:series", ""), calibre.get("calibre:series_index", "")
    for meta in package.iter("meta"):
        own = meta.get("id", "")
        if meta.get("property") == "belongs-to-collection" and refined.get((own, "collection-type")) == "series":
            name, number = meta.text or "", refined.get((own, "group-position"), "")
            break
    name, whole = clean(name, record), re.fullmatch(r"(\d{1,4})(\.0*)?", number.strip())
    return Series(name, int(whole[1]) if whole else None) if name else None


def _paged_by(package: Element, refined: dict[tuple[str, str], str], record: Record) -> str:
    """Return the print whose pages the e-book marks: EPUB Accessibility 1.1, 4.2, or the source that is said to be theirs."""
    for meta in package.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if name.rpartition(":")[2].lower() == "pagebreaksource":
            said = clean(meta.get("content") or meta.text or "", record)
            return "" if said.lower() == "none" else said
    sources = list(package.iter("source"))
    return next(
        (clean(one.text or "", record) for one in sources if refined.get((one.get("id", ""), "source-of")) == "pagination"), ""
    )
