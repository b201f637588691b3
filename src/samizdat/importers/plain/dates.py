"""Dates as people write them, in several languages."""

import re

_MONTHS = (
    "january jan januar janvier enero gennaio janeiro januari января styczeń stycznia leden ledna",
    "february feb februar février febrero febbraio fevereiro februari февраля luty lutego únor",
    "march mar märz mars marzo março maart марта marzec marca březen",
    "april apr avril abril aprile апреля kwiecień kwietnia duben",
    "may mai mayo maggio maio mei maj мая maja květen",
    "june jun juni juin junio giugno junho июня czerwiec czerwca červen",
    "july jul juli juillet julio luglio julho июля lipiec lipca červenec",
    "august aug août agosto augustus августа sierpień sierpnia srpen",
    "september sep sept septembre septiembre settembre setembro сентября wrzesień września září",
    "october oct oktober octobre octubre ottobre outubro октября październik października říjen",
    "november nov novembre noviembre novembro ноября listopad listopada",
    "december dec dezember décembre diciembre dicembre dezembro декабря grudzień grudnia prosinec",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_ISO = re.compile(r"(1[5-9]\d\d|20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})")
_EUROPEAN = re.compile(r"(\d{1,2})[./](\d{1,2})[./](1[5-9]\d\d|20\d\d)")
_YEAR = re.compile(r"(?:c\.? ?|©\s*)?(1[4-9]\d\d|20\d\d)\.?")
_WORDS = re.compile(r"[^\W_]+")
_DAY = re.compile(r"(\d{1,2})(st|nd|rd|n?d|th|er|re|º|ª)?")
_OPENING = re.compile(r"[\"“‘'«„_*(]*((?:\d{1,2}\.\s)?[^\n.:;,—–]{1,24}?)[_*)]*(?:[.:;,]|\s?(?:—|–|--)|\s-\s)[_*]*(?=\s*\S)")
_LONGEST_OPENING = 60
"""Letters in which a date at the beginning of a text must have ended."""
_BESIDE_DATES = frozenset("de of the le den der am del г года monday tuesday wednesday thursday friday saturday sunday".split())


def date_in(text: str) -> str:
    """Return the date that a text is, as 2019, 2019-12 or 2019-12-31; empty if it is something else, or more."""
    plain = text.strip(" .,()[]_*")
    if len(plain) > 40:
        return ""
    if found := _YEAR.fullmatch(plain):
        return found[1]
    if found := _ISO.fullmatch(plain):
        return _joined(int(found[1]), int(found[2]), int(found[3]))
    if found := _EUROPEAN.fullmatch(plain):
        return _joined(int(found[3]), int(found[2]), int(found[1]))
    year = month = day = 0
    for word in _WORDS.findall(plain.casefold()):
        if word in _MONTH and not month:
            month = _MONTH[word]
        elif re.fullmatch(r"1[5-9]\d\d|20\d\d", word) and not year:
            year = int(word)
        elif (found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", word)) and not day:
            day = int(found[1])
        elif word not in _BESIDE_DATES:
            return ""
    return _joined(year, month, day) if year and month else ""


def opening_date(text: str) -> tuple[int, int, int]:
    """Return year, month and day of the date that a text begins with, 0 for what it does not say; a month alone is none."""
    found = _OPENING.match(text[:_LONGEST_OPENING])
    year = month = day = 0
    ordinal = False
    for word in _WORDS.findall(found[1].casefold()) if found else ():
        if word in _MONTH and not month:
            month = _MONTH[word]
        elif (number := _DAY.fullmatch(word)) and not day:
            day, ordinal = int(number[1]), bool(number[2])
        elif _YEAR.fullmatch(word) and not year:
            year = int(word)
        elif word not in _BESIDE_DATES:
            return 0, 0, 0
    return (year, month, day) if (day and (month or ordinal)) or (year and not day) else (0, 0, 0)


def names_month(text: str) -> bool:
    """Tell whether a short text names a month, as the head of an entry in a diary does."""
    return any(word in _MONTH for word in _WORDS.findall(text.casefold()))


def _joined(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12 or day > 31:
        return ""
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"
