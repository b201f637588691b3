"""The lines between the title of a web page and its text: who wrote it, when, and where it comes from.

They go to book.toml and do not stay as text. A line is taken if it says nothing else: names of authors that are known, a date,
the word “by” with a name, or the name of a field with its value.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import replace

from samizdat.importers.documents.markup import Element, is_element, removed, words
from samizdat.importers.documents.metadata import Facts, clean, names
from samizdat.importers.documents.record import REPAIR, Record
from samizdat.importers.plain.dates import date_in
from samizdat.importers.plain.titlepage import SAYS_SOURCE
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
    "rights": "public-domain copyleft copyright licence license rights",
    "other": "transcribed transcribed-marked-up-by transcription transcription-markup transcription-html-markup marked-up-by"
    " html-markup markup proofread proofreading proofreader online-version topics tags filed-under posted-in category categories"
    " updated last-updated reading-time edited proofed html",
}
_KEYS = {name.replace("-", " "): field for field, listed in _FIELDS.items() for name in listed.split()}
_FIELD = re.compile(r"\W*([^\W\d_][\w /&,]{1,32}?)\s*:\s*(\S.*)$", re.DOTALL)
_BY = re.compile(r"(?:(?:written|posted|words|text)\s+)?(?:by|von|par|por|di|av|af|door|przez)\s+(\S.{1,120})$", re.IGNORECASE)
_PREFIX = re.compile(r"(?:by|von|par|por|di|av|door|przez)\s+", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:transcribed|transcription|proofread|proofed|scanned|ocr|html|converted|marked[ -]up|digiti[sz]ed)\b.{0,80}\bby\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_][\w.’'-]*,?\s+){0,5}[^\W\d_][\w.’'-]*\.?")
_AROUND = re.compile(
    r"\b(?:written|posted|published|updated|words|text|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|by|von|par|por|di|av|af|door|przez|on|at|am|le|um|and|und|et|y|uhr"
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
_LONGEST = 1500
"""Letters of a block of fields."""
_MOST = 14
_LAST = 6
"""How many blocks at the end of a page may speak of its source."""


def taken(top: Element, facts: Facts, record: Record) -> Facts:
    """Take the lines off that stand between the title and the text, and add to the facts what they say."""
    if not record.allow(BYLINE):
        return facts
    facts = _foot(top, facts, record)
    heading = next((element for element in top.iter(*_TITLES) if _same(words(element), facts.title)), None)
    if heading is None:
        return facts
    for block in list(_below(heading, top, {_letters(person.name) for person in facts.people})):
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


def _foot(top: Element, facts: Facts, record: Record) -> Facts:
    """Take off what stands at the end of a page and says where the text comes from."""
    lowest = [element for element in top.iter("p", "div", "li", "td", "small") if words(element) and _is_low(element)]
    for block in reversed(lowest[-_LAST:]):
        lines = _parts(block)
        found = [_at_foot(line) for line in lines]
        if len(words(block)) > _LONGEST or record.spared(block) or not lines or any(one is None for one in found):
            break
        for one in found:
            facts = _with(facts, one or {}, record)
        said = words(block)
        record.decide(
            BYLINE, 0.7, said, "book.toml", "It stands last, and says where the text is from.", said, record.span(block)
        )
        removed(block)
    return facts


def _is_low(element: Element) -> bool:
    return not any(inner.tag in {"p", "div", "li", "td", "table", "blockquote"} for inner in element.iterdescendants())


def _at_foot(line: str) -> dict[str, str] | None:
    """Return what a last line says of the source of a text, if it does."""
    if (field := _FIELD.fullmatch(line)) and (key := _key(field[1])) in {"source", "other", "rights", "translator"}:
        return {key: field[2].strip(" ;")}
    return {"source": line.rstrip(" .")} if len(line) <= _SHORT and SAYS_SOURCE.match(line) else None


def _below(heading: Element, top: Element, people: Container[str]) -> Iterator[Element]:
    """Yield the lowest blocks of a line or two after a heading, up to the first that is text.

    Headings of the title page, up to the one that names somebody, are passed over.
    """
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
            if element.tag in {"h2", "h3"} and _on_title_page(element, people):
                continue
            if element.tag in {"h1", "h2", "h3", "blockquote", "pre", "table", "ol"} or (
                len(said) > _SHORT and element.tag == "p"
            ):
                return
            continue
        if not said:
            continue
        if len(said) <= _LONGEST and _are_fields(element):
            skipped.add(element)
            yield element
            continue
        if len(said) > _SHORT and (element.text or "").strip():
            return
        if len(said) <= _SHORT and (element.tag == "p" or _is_lowest(element)):
            count += 1
            skipped.add(element)
            if count > _MOST:
                return
            yield element


def _on_title_page(element: Element, people: Container[str]) -> bool:
    """Tell whether a heading names somebody, or another does with nothing but headings between."""
    for each in (element, *element.itersiblings()):
        if not is_element(each) or not re.fullmatch("h[1-6]", each.tag):
            return False
        if _letters(_PREFIX.sub("", words(each))) in people:
            return True
    return False


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
    if (field := _FIELD.fullmatch(line)) and (key := _key(field[1])):
        return {key: field[2].strip(" ;")}
    if _CREDIT.match(plain):
        return {"other": plain}
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


def _key(name: str) -> str:
    """Return the field of book.toml that a field of a page is for."""
    return _KEYS.get(" ".join(re.sub(r"[/&,]|\band\b|\bby$|\bon$", " ", name.lower()).split()), "") or _KEYS.get(
        name.lower().strip(), ""
    )


def _are_fields(element: Element) -> bool:
    """Tell a block that says nothing but fields with their values, one a line."""
    lines = _parts(element)
    fields = [line for line in lines if (field := _FIELD.fullmatch(line)) and _key(field[1])]
    return len(fields) > 1 and all(line in fields or _CREDIT.match(line) for line in lines)


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
            case "rights" if not facts.rights:
                facts = replace(facts, rights=words_)
            case _:
                pass
    return facts


def _same(one: str, other: str) -> bool:
    return bool(one) and _letters(one) == _letters(other)


def _letters(said: str) -> str:
    return re.sub(r"\W", "", said).casefold()
