"""What the capture says of the book: a library's header, lines like `Title: …`, the title page, where it was posted."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from samizdat.importers.plain import debris
from samizdat.importers.plain.dates import date_in
from samizdat.importers.plain.numbering import number
from samizdat.importers.plain.passages import split
from samizdat.importers.plain.record import Decision, Decisions, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.titles import case, is_contents, key, kind, words
from samizdat.problems import Rule, Severity

LIBRARY = Rule(
    "M51",
    Severity.ADVICE,
    "What a library’s header says",
    "Project Gutenberg’s header names title, author, translator and language. They are taken from there, because they were"
    " checked by"
    " people.",
)
FIELDS = Rule(
    "M52",
    Severity.ADVICE,
    "Fields at the head of the capture",
    "Lines such as “Title: …” and “Author: …” before the text say what the book is. They go to book.toml and are left out of the"
    " text.",
)
TITLE = Rule(
    "M53",
    Severity.ADVICE,
    "The title of the work",
    "A short line that stands before all text, or says the same as the title in the library’s header, is the title. What follows"
    " a"
    " colon or “or,” is the subtitle.",
)
AUTHOR = Rule(
    "M54",
    Severity.ADVICE,
    "The author of the work",
    "A line near the title that begins with “by”, or says the same as the author in the library’s header, names the author."
    " Nobody is"
    " taken for the author without such a line.",
)
DATE = Rule(
    "M55",
    Severity.ADVICE,
    "The date of the work",
    "A line below the title that is nothing but a date says when the text was published.",
)
IMPRINT = Rule(
    "M56",
    Severity.ADVICE,
    "Lines of a title page",
    "Between the title and the first chapter stand publisher, place, printings and rights of the old edition. They are kept in"
    " the"
    " record and not printed again.",
)
SOURCE = Rule(
    "M57",
    Severity.ADVICE,
    "Where the text came from",
    "A line at the beginning or the end says where the text was published, posted or found, or which series it belongs to. It"
    " goes to"
    " book.toml as its source.",
)

_FIELD = re.compile(r"^\s*([^\W\d_][\w \-]{1,24}?)\s*:\s*(\S.*)?$")
_NAMES = {
    "title": "title titel titre título titulo titolo título название заглавие tytuł název",
    "subtitle": "subtitle untertitel sous-titre subtítulo sottotitolo sub-title подзаголовок podtytuł",
    "author": "author authors autor autorin auteur autore autores author(s) writer автор by auteurs",
    "translator": "translator translators übersetzer übersetzung traducteur traductor traduttore translated-by переводчик"
    " tłumacz",
    "editor": "editor editors herausgeber éditeur curatore edited-by редактор",
    "illustrator": "illustrator illustrated-by illustrateur ilustrador",
    "date": "date datum fecha data written published publication-date year jahr année дата",
    "source": "source quelle fuente fonte sources origin url link retrieved-from источник źródło",
    "language": "language sprache langue idioma lingua язык język",
    "series": "series reihe série serie серия",
    "publisher": "publisher verlag éditeur editorial editore издательство",
    "topics": "topics tags subject subjects keywords themen",
    "notes": "notes note anmerkung first-published release-date posting-date last-updated character-set-encoding credits isbn"
    " edition"
    " copyright licence license transcribed proofread online-version",
}
_KEYS = {name.replace("-", " "): field for field, names in _NAMES.items() for name in names.split()}
_LANGUAGES = {
    "english": "en",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "français": "fr",
    "spanish": "es",
    "español": "es",
    "italian": "it",
    "italiano": "it",
    "portuguese": "pt",
    "dutch": "nl",
    "danish": "da",
    "norwegian": "nb",
    "swedish": "sv",
    "finnish": "fi",
    "polish": "pl",
    "czech": "cs",
    "hungarian": "hu",
    "russian": "ru",
    "greek": "el",
    "latin": "la",
    "esperanto": "eo",
    "catalan": "ca",
    "chinese": "zh",
    "japanese": "ja",
    "turkish": "tr",
    "romanian": "ro",
    "hebrew": "he",
    "arabic": "ar",
}
_BY = re.compile(
    r"^[\W_]*(?:(?:written |edited )?by|von|par|por|di|da|av|af|door|przez)[\W_]*(?:\s+(.+))?$", re.IGNORECASE | re.DOTALL
)
_NAME = re.compile(r"^(?:[^\W\d_][\w.’'-]*\.?,?\s+){0,5}[^\W\d_][\w.’'-]*\.?$")
_SOURCE = re.compile(
    r"^\W*(?:(?:this (?:article|text|essay|post|piece|story|interview|review|pamphlet|chapter|work) (?:was |is )?)?(?:first "
    r"|originally |also |re)?"
    r"(?:re)?(?:posted|published|appeared|retrieved|archived)\b.{0,160}\b(?:at|in|on|by|from)\b"
    r"|(?:this is )?(?:part|one|the \w+ (?:part|article|piece)) (?:\w+ )?of (?:the|a|our) .{2,80}\b(?:series|articles)\b"
    r"|this is the (?:full |complete )?text of\b|you can (?:buy|order|find|read)\b|(?:quelle|source|fuente|fonte|retrieved from"
    r"|источник)\s*:"
    r"|(?:erschienen|zuerst veröffentlicht|paru dans|publié dans|publicado en|pubblicato)\b)",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+|www\.[^\s<>\"]+")
_IMPRINT = re.compile(
    r"publish|printed|press\b|edition|copyright|rights reserved|impression|illustrat|author of|london|new york|boston|chicago"
    r"|paris|berlin"
    r"|leipzig|verlag|éditions?\b|translated|company|& co|\bltd|\binc\b|library|\b1[5-9]\d\d\b|introduction by|preface by",
    re.IGNORECASE,
)
_DEDICATION = re.compile(
    r"^\W*(?:to|for|dedicated to|inscribed|in memory of|dem|der|meine[mr]|für|à|a mi|ai|al|alla)\b", re.IGNORECASE
)
_LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class Stated:
    """What lines say of the book: pairs of a field and its value."""

    fields: tuple[tuple[str, str], ...]
    begins_work: bool = False
    """Another work of the same capture begins here."""


def fields(passages: Iterable[Passage]) -> dict[str, tuple[str, ...]]:
    """Gather what the passages of one work state, the first statement first."""
    found: dict[str, list[str]] = {}
    for passage in passages:
        if isinstance(passage.data, Stated):
            for name, value in passage.data.fields:
                if value not in found.setdefault(name, []):
                    found[name].append(value)
    return {name: tuple(values) for name, values in found.items()}


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find what the capture says of the book."""
    decisions: list[Decision] = []
    result = list(passages)
    if rules.allow(LIBRARY):
        _library(result, decisions)
    if rules.allow(FIELDS):
        _fields(result, decisions)
    known = fields(result)
    _front(result, study, rules, known, decisions)
    if rules.allow(SOURCE):
        _sources(result, decisions)
    return tuple(result), tuple(decisions)


def _library(result: list[Passage], decisions: list[Decision]) -> None:
    """Read the fields of Project Gutenberg's header; the lines stay debris."""
    for index, passage in enumerate(result):
        if passage.rule != debris.HEADER.code:
            continue
        pairs = [
            pair
            for pair in _pairs(passage)
            if pair[0] in {"title", "subtitle", "author", "translator", "editor", "illustrator", "language"}
        ]
        if pairs:
            result[index] = replace(passage, data=Stated(tuple(pairs)))
            decisions.append(
                decide(LIBRARY, passage, 1.0, "; ".join(": ".join(pair) for pair in pairs), "A field of the header.")
            )


def _pairs(passage: Passage) -> Iterator[tuple[str, str]]:
    """Yield fields with their values; lines that begin further in go on with the value before."""
    name = ""
    value: list[str] = []
    for line in passage.lines:
        found = _FIELD.match(line.text)
        if found and " ".join(found[1].lower().split()) in _KEYS:
            if name:
                yield from _pair(name, value)
            name, value = _KEYS[" ".join(found[1].lower().split())], [found[2] or ""]
        elif name:
            value.append(line.words)
    if name:
        yield from _pair(name, value)


def _pair(name: str, value: list[str]) -> Iterator[tuple[str, str]]:
    text = " ".join(part for part in value if part).strip()
    if not text:
        return
    if name == "title":
        if len(value) > 1 and value[0] and value[1]:
            yield "title", value[0].strip().rstrip(":;,")
            yield "subtitle", " ".join(value[1:]).strip()
        else:
            yield from titled(text)
    elif name in {"author", "translator", "editor", "illustrator"}:
        for person in people(text):
            yield name, person
    elif name == "language":
        tag = _LANGUAGES.get(
            text.lower().split(",")[0].split("(")[0].strip(), text if re.fullmatch(r"[a-z]{2}(-[A-Za-z]+)?", text) else ""
        )
        if tag:
            yield name, tag
    else:
        yield name, text


def people(text: str) -> list[str]:
    """Part the names of several people."""
    if text.casefold() in {"anonymous", "unknown", "various", "anon", "anon."}:
        return [text] if text.casefold() == "anonymous" else []
    parts = re.split(r"\s*;\s*|\s+(?:and|und|et|y|e|och|og|&)\s+", text)
    return [part.strip(" ,") for part in parts if part.strip(" ,")]


def titled(text: str) -> Iterator[tuple[str, str]]:
    """Part a title from its subtitle."""
    text = " ".join(text.split()).strip()
    found = re.match(r"^(.{3,80}?)\s*(?::|;\s*or,?|,\s+or,|\s[—–]{1,2})\s+(.{4,})$", text)
    if found:
        yield "title", found[1].strip(" ,;")
        yield "subtitle", found[2].strip()
    else:
        yield "title", text


def _fields(result: list[Passage], decisions: list[Decision]) -> None:
    """Read lines like `Title: …` before the text."""
    for index, passage in enumerate(result[:6]):
        if not passage.unknown:
            continue
        count = 0
        for line in passage.lines:
            found = _FIELD.match(line.text)
            if not found or " ".join(found[1].lower().split()) not in _KEYS:
                break
            count += 1
        first = _KEYS.get(" ".join(found[1].lower().split()), "") if (found := _FIELD.match(passage.lines[0].text)) else ""
        if not count or (count == 1 and first not in {"title", "author", "subtitle"}):
            if len(passage.flowed) > _LONGEST_TITLE:
                return
            continue
        head, *rest = split(passage, count)
        pairs = tuple(_pairs(head))
        result[index : index + 1] = [replace(head.decided(FIELDS, PassageKind.METADATA, 0.98), data=Stated(pairs)), *rest]
        decisions.append(
            decide(FIELDS, head, 0.98, "; ".join(": ".join(pair) for pair in pairs), "Lines that begin with the name of a field.")
        )


def _front(
    result: list[Passage], study: Study, rules: Rules, known: dict[str, tuple[str, ...]], decisions: list[Decision]
) -> None:
    """Read the title page: the short passages before the first text, table of contents or chapter."""
    page: list[int] = []
    for index, passage in enumerate(result):
        if not passage.unknown:
            continue
        if _is_text(passage, study) or is_contents(passage.flowed) or len(page) > 24 or _opens(passage):
            break
        if page and _keeps(passage) and not _IMPRINT.search(passage.flowed):
            if not any(pattern.search(result[page[-1]].flowed) for pattern in (_IMPRINT, _BY)) and len(page) > 1:
                page.pop()
            break
        page.append(index)
    if not page:
        return
    following = next((passage for index, passage in enumerate(result) if index > page[-1] and passage.unknown), None)
    if following is not None and not known and not is_contents(following.flowed) and not _opens(following) and len(page) > 1:
        page = _without_headings(page, result)
    titles = {key(title) for title in known.get("title", ())}
    titles |= {key(" ".join((title, *known.get("subtitle", ())))) for title in known.get("title", ())}
    titles |= {key(title) for title in known.get("subtitle", ())}
    authors = {words(name) for name in known.get("author", ())}
    named = bool(titles)
    after_by = dedicated = False
    explicit = max(
        (index for index in page if _IMPRINT.search(result[index].flowed) or date_in(result[index].flowed)), default=-1
    )
    for index in page:
        passage = result[index]
        text = passage.flowed
        stated: list[tuple[str, str]] = []
        rule = None
        dedicated = (dedicated or (named and bool(_DEDICATION.match(text)))) and not _is_title(text, titles)
        if dedicated or _SOURCE.match(text):
            continue
        if _is_title(text, titles):
            rule = TITLE
        elif not named and rules.allow(TITLE) and not _BY.match(text) and not date_in(text) and _may_be_title(passage):
            rule, named = TITLE, True
            stated += _title_page_lines(passage)
            titles |= {key(value) for _, value in stated} | {key(text)}
        elif found := _BY.match(text):
            rule = AUTHOR
            after_by = not found[1]
            if found[1] and not authors:
                stated += [("author", name) for name in _byline(found[1])]
        elif after_by or any(
            (set(words(text)) and set(words(text)) >= set(name)) or set(words(text)) <= set(name)
            for name in authors
            if words(text)
        ):
            rule = AUTHOR
            if not authors and _NAME.match(text.strip()):
                stated += [("author", _cased(name)) for name in people(text.strip(" .,"))]
            after_by = False
        elif (date := date_in(text)) and len(words(text)) <= 5:
            rule = DATE
            stated.append(("date", date))
        elif (
            named
            and index == page[1 if len(page) > 1 else 0]
            and "subtitle" not in known
            and re.match(r"^(?:or[,:]?\s|being\b|an?\s)", text, re.IGNORECASE)
            and len(words(text)) < 16
        ):
            rule = TITLE
            stated.append(("subtitle", text.strip(" .")))
        elif _IMPRINT.search(text) or (known.get("title") and index < explicit and _short_lines(passage)):
            rule = IMPRINT
        if rule and rules.allow(rule):
            result[index] = replace(passage.decided(rule, PassageKind.METADATA, 0.85), data=Stated(tuple(stated)))
            after = "; ".join(": ".join(pair) for pair in stated)
            decisions.append(decide(rule, passage, 0.85, after, "It stands before the text, among the lines of the title page."))


def _is_text(passage: Passage, study: Study) -> bool:
    text = passage.flowed
    if not study.wrapped:
        return len(text) > _LONGEST_TITLE and not _SOURCE.match(text)
    full = sum(line.length > 0.75 * study.width and line.indent < 8 for line in passage.lines)
    return full >= 2 or len(text) > 400


def _opens(passage: Passage) -> bool:
    """Tell whether a passage opens the text: a numbered heading or one known by its name."""
    text = passage.flowed
    found = number(text)
    return bool((found and found.marked and (found.label or found.value == 1) and len(text) < 120) or kind(text))


def _without_headings(page: list[int], result: list[Passage]) -> list[int]:
    """Leave the last short line before the text to be its heading, if there is more than a title and it stands apart."""
    rest = [
        index
        for index in page[1:]
        if not (_BY.match(result[index].flowed) or date_in(result[index].flowed) or _SOURCE.match(result[index].flowed))
    ]
    return [index for index in page if not rest or index < rest[0]]


def _is_title(text: str, titles: set[str]) -> bool:
    plain = key(text)
    return bool(plain) and any(
        plain == title or (len(plain) > 8 and title and (plain.startswith(title) or title.startswith(plain))) for title in titles
    )


def _may_be_title(passage: Passage) -> bool:
    text = passage.flowed
    return (
        len(text) <= _LONGEST_TITLE
        and not text.endswith((",", ";"))
        and case(text) != "lower"
        and bool(words(text))
        and not _SOURCE.match(text)
    )


def _title_page_lines(passage: Passage) -> list[tuple[str, str]]:
    """Read a title of one or several lines; the author may stand in the last."""
    lines = [line.words for line in passage.lines]
    stated: list[tuple[str, str]] = []
    for position, (line, following) in enumerate(pairwise([*lines, ""])):
        if position and (found := _BY.match(line)):
            name = found[1] or following
            stated += [("author", each) for each in _byline(name)]
            lines = lines[:position]
            break
    return [
        *titled(_cased(" ".join(lines)) if len(lines) == 1 else lines[0]),
        *([("subtitle", " ".join(lines[1:]))] if len(lines) > 1 else []),
        *stated,
    ]


def _byline(text: str) -> list[str]:
    text = re.split(r"[\n,](?=\s*(?:author|translated|with|edited)\b)", text, flags=re.IGNORECASE)[0]
    return [_cased(name.strip(" .,_*")) for name in people(text)] if len(text) < 100 else []


def _cased(text: str) -> str:
    return text.strip("_*= ")


def _short_lines(passage: Passage) -> bool:
    return all(len(line.words) < 60 for line in passage.lines) and len(passage.lines) < 8


def _keeps(passage: Passage) -> bool:
    """Tell whether short lines before the text are a text of their own: verse, a quotation, persons of a play."""
    return (
        len(passage.lines) > 3
        or passage.flowed.endswith(('"', "”", "’", "—"))
        or passage.flowed.startswith(("“", '"', "‘", "—", "--"))
    )


def _sources(result: list[Passage], decisions: list[Decision]) -> None:
    """Find where the text came from, at its beginning and its end."""
    inside = [index for index, passage in enumerate(result) if passage.unknown]
    for index in {*inside[:3], *inside[-3:]}:
        passage = result[index]
        text = " ".join(passage.flowed.split())
        if len(text) < 400 and len(passage.lines) < 5 and _SOURCE.match(text):
            stated = [("source", " ".join(text.split()).strip())]
            if "full text of" in text or "first published" in text.lower():
                stated += [("date", found[0])] if (found := re.search(r"\b(?:19|20)\d\d\b", text)) else []
                stated += (
                    [("publisher", made[1].strip())]
                    if (made := re.search(r"\bpublished .{0,30}?\bby ([A-Z][\w&’' ]+?)\.", text))
                    else []
                )
            result[index] = replace(passage.decided(SOURCE, PassageKind.METADATA, 0.8), data=Stated(tuple(stated)))
            decisions.append(decide(SOURCE, passage, 0.8, f"source: {text}", "It says where the text was published or found."))
