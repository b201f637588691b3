"""Furnishing: the pages that every book has and no author writes, from half-title to colophon."""

from collections.abc import Collection
from dataclasses import replace

from samizdat.model.book import Book, Section
from samizdat.model.inline import Text
from samizdat.model.kind import Kind
from samizdat.transforms import Transform
from samizdat.transforms.brevity import is_leaflet
from samizdat.transforms.sections import every_section
from samizdat.transforms.titles import heading

_HOUSE_FRONT = (Kind.HALF_TITLE, Kind.TITLE_PAGE, Kind.IMPRINT, Kind.CONTENTS)
_HOUSE_BACK = (Kind.ACCESSIBILITY_STATEMENT, Kind.COLOPHON)
_FRONT_ORDER = (
    Kind.HALF_TITLE,
    Kind.FRONTISPIECE,
    Kind.TITLE_PAGE,
    Kind.IMPRINT,
    Kind.DEDICATION,
    Kind.EPIGRAPH,
    Kind.CONTENTS,
    Kind.LIST_OF_FIGURES,
    Kind.LIST_OF_TABLES,
)


_OF_BOOKS = {Kind.HALF_TITLE, Kind.CONTENTS, Kind.COLOPHON}
"""Pages that a leaflet does without, unless book.toml names them."""
_ONLY_NAMED = {Kind.INDEX, Kind.LIST_OF_FIGURES, Kind.LIST_OF_TABLES}
"""Pages that stand only where book.toml names them, in every edition."""


def furnish(kinds: Collection[Kind], *, on_paper: bool = False) -> Transform:
    """Add the pages of the house style that the book does not name, and take out generated pages of other kinds than these.

    A page that book.toml names keeps the place it has there. Contents are not added to a book with a single title, and on paper a
    leaflet gets no more than its title page and imprint; an index and the lists of figures and tables are neither added nor
    taken out. Generated pages without a title get one in the book's language.
    """

    def transform(book: Book) -> Book:
        kept = replace(book, front=_keep(book.front, kinds), body=_keep(book.body, kinds), back=_keep(book.back, kinds))
        present = {section.kind for section in every_section(kept.sections)}
        taken = {section.id for section in every_section(kept.sections)}
        missing = [kind for kind in (*_HOUSE_FRONT, *_HOUSE_BACK) if kind in kinds and kind not in present]
        if Kind.CONTENTS in missing and sum(bool(section.title) for section in every_section(kept.sections)) <= 1:
            missing.remove(Kind.CONTENTS)
        if on_paper and is_leaflet(kept):
            wanted = {Kind.COLOPHON} if book.metadata.fingerprint else set()
            missing = [kind for kind in missing if kind not in _OF_BOOKS - wanted]
        front, back = list(kept.front), list(kept.back)
        for kind in missing:
            page = Section(id=_free_id(kind, taken), kind=kind)
            if kind in _HOUSE_BACK:
                back.insert(_before_colophon(back, kind), page)
            else:
                front.insert(_place(front, kind), page)
        language = book.metadata.language
        return replace(
            kept, front=_titled(tuple(front), language), body=_titled(kept.body, language), back=_titled(tuple(back), language)
        )

    return transform


def _keep(sections: tuple[Section, ...], kinds: Collection[Kind]) -> tuple[Section, ...]:
    return tuple(
        replace(section, sections=_keep(section.sections, kinds))
        for section in sections
        if section.kind in kinds or section.kind in _ONLY_NAMED or not section.kind.generated
    )


def _place(front: list[Section], kind: Kind) -> int:
    """Return where a page goes: before the first one that must come after it."""
    rank = _FRONT_ORDER.index(kind)
    earlier = _FRONT_ORDER[:rank]
    return next((place for place, section in enumerate(front) if section.kind not in earlier), len(front))


def _before_colophon(back: list[Section], kind: Kind) -> int:
    """Return where a page goes that follows the text: last, but before a colophon that the book names as its last page."""
    last = bool(back) and kind is not Kind.COLOPHON and back[-1].kind is Kind.COLOPHON
    return len(back) - last


def _titled(sections: tuple[Section, ...], language: str) -> tuple[Section, ...]:
    return tuple(
        replace(section, title=(Text(words),))
        if section.kind.generated and not section.title and (words := heading(section.kind, language))
        else section
        for section in sections
    )


def _free_id(kind: Kind, taken: Collection[str]) -> str:
    """Return the kind's name, or the name and "page" where a chapter of the book already goes by it."""
    name = kind.value
    while name in taken:
        name += "-page"
    return name
