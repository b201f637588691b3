"""The forms of letters: how they greet, take leave and are dated, in the languages in which it is known."""

import re

from samizdat.importers.plain.record import Lines

_GREETING = re.compile(
    r"[\"“‘'_]*(?:my |our )?(?:very )?(?:dear(?:est)?|beloved|sirs?|madam|gentlemen|comrades?|honou?red|reverend|friend|"
    r"lieber?|liebste[rs]?|sehr geehrte[rs]?|chère?s?|mon cher|ma chère|monsieur|madame|querid[oa]s?|estimad[oa]|car[oa]|egregio)"
    r"\b[^.!?]{0,50}[,:!.—-]+[\"”’_]*",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"[\"“‘'_]*(?:(?:i am|i remain|believe me|ever|very|most)[\w\s,]{0,40})?"
    r"(?:yours?|sincerely|faithfully|affectionately|respectfully|truly|with (?:kind|best|warm|many|much|love)|adieu|farewell|love"
    r"|your? (?:obedient|humble|loving|affectionate)|in solidarity|hochachtungsvoll|mit freundlichen|deine?|ihre?|votre|suyo"
    r"|tuy[oa]|cordialmente)\b[^.!?]{0,60}[.,;:!—-]*[\"”’_]*",
    re.IGNORECASE,
)
_DATE = re.compile(r".{0,60}\b(?:1[5-9]|20)\d\d\b.{0,6}|_?[\w\s.,']{0,40}\d{1,2}(?:st|nd|rd|th)?[\w\s.,]{0,20}_?")


def greets(text: str) -> bool:
    """Tell whether a line greets somebody as letters do."""
    return bool(_GREETING.fullmatch(text))


def takes_leave(text: str) -> bool:
    """Tell whether a line takes leave as letters do."""
    return bool(_FAREWELL.fullmatch(text))


def dated(text: str) -> bool:
    """Tell whether a line gives a place and a date."""
    return bool(_DATE.fullmatch(text))


def signed(lines: Lines) -> bool:
    """Tell whether a few short lines take leave and end with a name."""
    if not 2 <= len(lines) <= 4 or any(len(line.words) > 50 for line in lines):
        return False
    last = lines[-1].words.strip("_\"”'’. ")
    named = 0 < len(last.split()) <= 6 and last[:1].isupper() and not lines[-1].words.endswith(("?", "!", ","))
    return named and bool(_FAREWELL.fullmatch(lines[0].words)) and lines[0].words.rstrip("_").endswith((",", "—", "-", ".", ";"))
