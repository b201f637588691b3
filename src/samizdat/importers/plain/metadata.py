"""What the capture says of the book: a library’s header, lines like `Title: …`, the title page, where it was posted."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from samizdat.importers.plain import debris
from samizdat.importers.plain.passages import split
from samizdat.importers.plain.record import Decision, Decisions, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.importers.plain.statements import Stated, fields, people, titled
from samizdat.importers.plain.titlepage import LONGEST_TITLE, SAYS_SOURCE, read_title_page
from samizdat.problems import Rule, Severity

LIBRARY = Rule(
    "M51",
    Severity.ADVICE,
    "What a library’s header says",
    "Project Gutenberg’s header names title, author, translator and language. They are taken from there, because they were"
    " checked by people.",
)
FIELDS = Rule(
    "M52",
    Severity.ADVICE,
    "Fields at the head of the capture",
    "Lines such as “Title: …” and “Author: …” before the text say what the book is. They go to book.toml and are left out of the"
    " text.",
)
SOURCE = Rule(
    "M57",
    Severity.ADVICE,
    "Where the text came from",
    "A line at the beginning or the end says where the text was published, posted or found, or which series it belongs to. It"
    " goes to book.toml as its source.",
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
    " edition copyright licence license transcribed proofread online-version",
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
_ADDRESS = re.compile(r"https?://[^\s<>\"]+|www\.[^\s<>\"]+")


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:
    """Find what the capture says of the book."""
    decisions: list[Decision] = []
    result = list(passages)
    if rules.allow(LIBRARY):
        _library(result, decisions)
    if rules.allow(FIELDS):
        _fields(result, decisions)
    known = fields(result)
    read_title_page(result, study, rules, known, decisions)
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


def stated_first(passage: Passage) -> tuple[str, ...]:
    """Return which fields the first lines of a passage are, such as `Title: …`, up to the first that is none."""
    found = (_FIELD.match(line.text) for line in passage.lines)
    names = (_KEYS.get(" ".join(field[1].lower().split()), "") if field else "" for field in found)
    return tuple(takewhile(bool, names))


def _fields(result: list[Passage], decisions: list[Decision]) -> None:
    """Read lines like `Title: …` before the text."""
    for index, passage in enumerate(result[:6]):
        if not passage.unknown:
            continue
        names = stated_first(passage)
        count, first = len(names), names[0] if names else ""
        if not count or (count == 1 and first not in {"title", "author", "subtitle"}):
            if len(passage.flowed) > LONGEST_TITLE:
                return
            continue
        head, *rest = split(passage, count)
        pairs = tuple(_pairs(head))
        result[index : index + 1] = [replace(head.decided(FIELDS, PassageKind.METADATA, 0.98), data=Stated(pairs)), *rest]
        decisions.append(
            decide(FIELDS, head, 0.98, "; ".join(": ".join(pair) for pair in pairs), "Lines that begin with the name of a field.")
        )


def _sources(result: list[Passage], decisions: list[Decision]) -> None:
    """Find where the text came from, at its beginning and its end."""
    inside = [index for index, passage in enumerate(result) if passage.unknown]
    for index in {*inside[:3], *inside[-3:]}:
        passage = result[index]
        text = " ".join(passage.flowed.split())
        if len(text) < 400 and len(passage.lines) < 5 and SAYS_SOURCE.match(text):
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
