"""Folios: the numbers of pages, how they are written, and how they get into contents, references and index."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from xml.etree import ElementTree as ET

from samizdat.model.numerals import roman

WANTED = "data-folios"
"""The attribute by which a page asks for the numbers of other pages."""
LED = "data-led-folio"
"""The same for one number that a leader leads to. CSS must set both in one piece, so the number goes into the attribute."""
SPAN = "data-folio-span"
"""The attribute by which a page asks for the pages between two places; `data-words` are the words for one page and for more."""
_UNKNOWN = "88"
"""Stands in for a number that is not known yet; about as wide as what will replace it."""


class Folios(StrEnum):
    """The series that a page's number belongs to.

    Roman numbers run through the front matter, Arabic ones start again at 1. A page of no series before the first
    numbered one (a cover) is not counted; later on it is counted in the series it interrupts, but shows no number.
    """

    ROMAN = "roman"
    ARABIC = "arabic"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Folio:
    """A page's number in its series; 0 where it is not counted."""

    series: Folios
    number: int

    @property
    def label(self) -> str:
        """The number as it is written."""
        if self.series is Folios.NONE:
            return ""
        return roman(self.number) if self.series is Folios.ROMAN else str(self.number)


def wanted(root: ET.Element) -> tuple[str, ...]:
    """List the ids whose pages this page asks for, each once."""
    return tuple(dict.fromkeys(id_ for element in root.iter() for id_ in _asked(element)))


def _asked(element: ET.Element) -> list[str]:
    return element.get(WANTED, element.get(LED, element.get(SPAN, ""))).split()


def fill(root: ET.Element, pages: Mapping[str, Folio] | None) -> None:
    """Write the asked-for numbers into their elements, each a link; `None` while no number is known."""
    for element in [element for element in root.iter() if LED in element.attrib]:
        element.set(LED, _UNKNOWN if pages is None else pages[element.attrib[LED]].label)
    for element in [element for element in root.iter() if SPAN in element.attrib]:
        first, last = element.attrib[SPAN].split()
        page, several = element.attrib.pop("data-words").split("|")
        ends = (_UNKNOWN, _UNKNOWN) if pages is None else (pages[first].label, pages[last].label)
        element.text = f"{page if ends[0] == ends[1] else several}\u00a0"
        ET.SubElement(element, "a", href=f"#{first}").text = "–".join(dict.fromkeys(ends))
    for element in [element for element in root.iter() if WANTED in element.attrib]:
        ids = element.attrib.pop(WANTED).split()
        if element.tag == "a":
            element.text = _UNKNOWN if pages is None else pages[ids[0]].label
            element.attrib.setdefault("href", f"#{ids[0]}")
            continue
        runs = [(_UNKNOWN, id_) for id_ in ids] if pages is None else list(_runs(ids, pages))
        for place, (label, id_) in enumerate(runs):
            link = ET.SubElement(element, "a", href=f"#{id_}")
            link.text = label
            link.tail = ", " if place < len(runs) - 1 else None


def _runs(ids: Iterable[str], pages: Mapping[str, Folio]) -> Iterator[tuple[str, str]]:
    """Merge pages named twice and join neighbours to ranges: each as it is written, with the id it leads to."""
    first: dict[Folio, str] = {}
    for id_ in ids:
        if pages[id_].label:
            first.setdefault(pages[id_], id_)
    run: list[Folio] = []
    order = sorted(first, key=lambda folio: (folio.series is Folios.ARABIC, folio.number))
    for folio, following in pairwise([*order, None]):
        if folio is None:
            break
        run.append(folio)
        if following is None or following.series is not folio.series or following.number != folio.number + 1:
            yield run[0].label if len(run) == 1 else f"{run[0].label}–{run[-1].label}", first[run[0]]
            run = []
