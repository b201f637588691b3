"""Headings over notes that have gone to where they are called, so that nothing is left below them."""

import re

from samizdat.importers.documents.markup import Element, is_element, removed, words
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.problems import Rule

NOTES_HEADING = Rule(
    "D81",
    REPAIR,
    "A heading over notes that have all found their places",
    "The notes stood in a section of their own. They have gone to where they are called, and nothing is left below the heading.",
)

_OVER_NOTES = re.compile(
    r"(foot|end)?notes|references|fu(ß|ss)noten|anmerkungen|endnoten|einzelnachweise|notes (de bas de page|et références)"
    r"|références|notas( (al|a) pie( de página)?| de rodapé)?|referencias|note( a piè di pagina)?|riferimenti|voetnoten|noten"
    r"|przypisy|примечания|сноски|noter|fotnoter|viitteet",
    re.IGNORECASE,
)


def over_notes(page: Element, record: Record) -> None:
    """Take out headings over notes below which nothing is left, up to the next heading."""
    elements = [each for each in page.iter() if is_element(each)]
    for place, heading in enumerate(elements):
        if not re.fullmatch("h[1-6]", heading.tag) or not _OVER_NOTES.fullmatch(words(heading).strip(" .:")):
            continue
        inside = set(heading.iter())
        left = bool((heading.tail or "").strip())
        for after in (each for each in elements[place + 1 :] if each not in inside):
            if left or re.fullmatch("h[1-6]", after.tag):
                break
            left = bool((after.text or "").strip() or (after.tail or "").strip()) or after.tag in {"img", "svg", "math"}
        if not left and record.allow(NOTES_HEADING) and not record.spared(heading):
            record.drop(NOTES_HEADING, 0.8, words(heading), "Nothing is left below it.", record.span(heading))
            removed(heading)
