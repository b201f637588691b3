"""The lines between the title of a web page and its text: who wrote it, when, and where it comes from.

They go to book.toml and do not stay as text. A line is taken if it says nothing else: names of authors that are known, a date,
the word “by” with a name, or the name of a field with its value.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from samizdat.importers.documents.markup import Element, is_element, removed, words
from samizdat.importers.documents.metadata import Facts, clean, names
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.importers.plain.dates import date_in
from samizdat.model.book import Person
from samizdat.problems import Rule

BYLINE = Rule(
    "M85",
    REPAIR,
    "A line below the title that says who wrote the text, or when",
    "Between the title of a page and its text stand its author, its date, where it comes from. They go to book.toml, and are left"
    " out of the text.",
)

_FIELDS = {
    "author": "author authors autor autorin auteur autore autores писатель автор by written-by",
    "date": "date datum fecha data published posted published-on posted-on written year jahr année дата"
    " veröffentlicht publié publicado",
    "source": "source quelle fuente fonte sources origin retrieved-from first-published originally-published источник źródło",
    "translator": "translator translators translated-by übersetzung traducteur traductor traduttore переводчик translated",
    "subtitle": "subtitle untertitel sous-titre subtítulo sottotitolo",
    "other": "transcribed html-markup markup proofread online-version topics tags filed-under posted-in category categories"
    " updated last-updated reading-time edited proofed html",
}
_KEYS = {name.replace("-", " "): field for field, listed in _FIELDS.items() for name in listed.split()}
_FIELD = re.compile(r"\W*([^\W\d_][\w /]{1,24}?)\s*:\s*(\S.*)$", re.DOTALL)
_BY = re.compile(r"(?:(?:written|posted|words|text)\s+)?(?:by|von|par|por|di|av|af|door|przez)\s+(\S.{1,120})$", re.IGNORECASE)
_NAME = re.compile(r"(?:[^\W\d_][\w.’'-]*,?\s+){0,5}[^\W\d_][\w.’'-]*\.?")
_AROUND = re.compile(
    r"\b(?:written|posted|published|updated|words|text|by|von|par|por|di|av|af|door|przez|on|at|am|le|um|and|und|et|y|uhr"
    r"|\d+ min(?:ute)?s? read|\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: (?:gmt|utc|[a-z]{1,3}t))?)\b|[|·•,;:–—&-](?!\d)",
    re.IGNORECASE,
)
_LINES = {
    "p",
    "div",
    "span",
    "li",
    "address",
    "time",
    "h4",
    "h5",
    "h6",
    "td",
    "dd",
    "small",
    "section",
    "ul",
    "header",
    "a",
    "strong",
}
_TITLES = ("h1", "h2")
_SHORT = 220
_MOST = 14


def taken(top: Element, facts: Facts, record: Record) -> Facts:
    """Take the lines off that stand between the title and the text, and add to the facts what they say."""
    heading = next((element for element in top.iter(*_TITLES) if _same(words(element), facts.title)), None)
    if heading is None or not record.allow(BYLINE):
        return facts
    for block in list(_below(heading, top)):
        if record.spared(block):
            continue
        parts = _parts(block)
        named = "subtitle" in re.split(r"[\s_-]", (block.get("class") or "").lower())
        found = [{"subtitle": " ".join(parts)}] if named else [_read(part, facts) for part in parts]
        if not parts or any(one is None for one in found):
            continue
        for one in found:
            facts = _with(facts, one or {}, record)
        said = words(block)
        why = "It stands below the title, and says nothing but this."
        record.decide(BYLINE, 0.8, said, "book.toml", why, said, record.span(block))
        removed(block)
    return facts


def _below(heading: Element, top: Element) -> Iterator[Element]:
    """Yield the lowest blocks of a line or two after a heading, up to the first that is text."""
    seen = False
    count = 0
    skipped: set[Element] = set()
    for element in top.iter():
        if element is heading:
            seen = True
            continue
        if not seen or not is_element(element) or any(up is heading or up in skipped for up in element.iterancestors()):
            continue
        said = words(element)
        if "subtitle" in re.split(r"[\s_-]", (element.get("class") or "").lower()) and 0 < len(said) <= _SHORT:
            skipped.add(element)
            yield element
            continue
        if element.tag not in _LINES:
            if element.tag in {"h1", "h2", "h3", "blockquote", "pre", "table", "ol"} or (
                len(said) > _SHORT and element.tag == "p"
            ):
                return
            continue
        if not said:
            continue
        if len(said) > _SHORT and (element.text or "").strip():
            return
        if len(said) <= _SHORT and (element.tag == "p" or _is_lowest(element)):
            count += 1
            skipped.add(element)
            if count > _MOST:
                return
            yield element


def _is_lowest(element: Element) -> bool:
    """Tell a block that is one line from one that holds several."""
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        return True
    inner = [child for child in element if is_element(child) and words(child)]
    return len(inner) == 1 and not any(child.tag in _LINES for child in inner) if inner else False


def _parts(block: Element) -> list[str]:
    """Return the lines of a block, which line breaks part."""
    lines = [""]
    for element in block.iter():
        if not is_element(element):
            continue
        if element.tag == "br":
            lines.append("")
        else:
            lines[-1] += element.text or ""
        if element is not block:
            lines[-1] += f" {element.tail or ''}" if element.tag in {"time", "a"} else element.tail or ""
    return [line for line in (" ".join(line.split()).strip(" ;|·•,") for line in lines) if line]


def _read(line: str, facts: Facts) -> dict[str, str] | None:
    """Return what a line says, if it says nothing else."""
    plain = line.strip(" .,|·•")
    if field := _FIELD.fullmatch(line):
        key = _KEYS.get(" ".join(field[1].lower().split()))
        if key:
            return {key: field[2].strip(" ;")}
    rest = plain
    for name in sorted((person.name for person in facts.people), key=len, reverse=True):
        rest = re.sub(re.escape(name), " ", rest, flags=re.IGNORECASE)
    rest = " ".join(_AROUND.sub(" ", rest).split())
    if day := date_in(rest):
        return {"date": day}
    if not rest and facts.people:
        return {}
    if (by := _BY.fullmatch(plain)) and not facts.people and all(_NAME.fullmatch(name) for name in names(by[1])):
        return {"author": by[1]}
    return None


def _with(facts: Facts, said: dict[str, str], record: Record) -> Facts:
    for key, value in said.items():
        words_ = clean(value, record)
        match key:
            case "author" | "translator" if not any(person.role == key for person in facts.people):
                facts = replace(facts, people=(*facts.people, *(Person(name, key) for name in names(words_))))
            case "date" if not facts.date:
                facts = replace(facts, date=words_)
            case "source":
                facts = replace(facts, source="; ".join(part for part in (words_, facts.source) if part))
            case "subtitle" if not facts.subtitle:
                facts = replace(facts, subtitle=words_)
            case _:
                pass
    return facts


def _same(one: str, other: str) -> bool:
    return bool(one) and re.sub(r"\W", "", one).casefold() == re.sub(r"\W", "", other).casefold()
