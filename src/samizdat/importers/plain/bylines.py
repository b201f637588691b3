"""Lines of a title page that name people: who wrote, translated, edited or illustrated the work, and when."""

import re

from samizdat.importers.plain.dates import date_in
from samizdat.importers.plain.statements import people

_LONGEST = 160
BY = re.compile(r"^[\W_]*(?:(?:written )?by|von|par|por|di|da|av|af|door|przez)[\W_]*(?:\s+(.+))?$", re.IGNORECASE | re.DOTALL)
_CREDIT = re.compile(
    r"^\W*(?:newly |freely )?(?P<what>translat|edit|illustrat|übers|herausgegeben|trad)\w*\b[^.]*?\b(?:by|von|par|por|di|da)\s+"
    r"(?P<name>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_CREDITS = {
    "translat": "translator",
    "übers": "translator",
    "trad": "translator",
    "edit": "editor",
    "herausgegeben": "editor",
    "illustrat": "illustrator",
}
NAME = re.compile(r"^(?:[^\W\d_][\w.’'-]*\.?,?\s+){0,5}[^\W\d_][\w.’'-]*\.?$")
_BETWEEN = re.compile(r"\s*[|•·/,—–]\s*|\s+-\s+|\s+on\s+|\s{2,}")


def signed(text: str) -> list[tuple[str, str]]:
    """Read a line that says who wrote a text and when: “By Ada Quill | 12 March 2019”."""
    for between in _BETWEEN.finditer(text) if len(text) < _LONGEST else ():
        before, after = text[: between.start()], text[between.end() :]
        for name, day in ((before, after), (after, before)):
            if (date := date_in(day)) and (by := BY.match(name)) and by[1]:
                return [*(("author", each) for each in authors(by[1])), ("date", date)]
    return []


def credited(text: str) -> list[tuple[str, str]]:
    """Read a line that names who translated, edited or illustrated the work."""
    found = _CREDIT.match(text)
    names = _names(found["name"]) if found and len(text) < _LONGEST else []
    if not found or not all(
        NAME.match(name) and name.split()[0][0].isupper() and name.split()[-1][0].isupper() for name in names
    ):
        return []
    return [(_CREDITS[found["what"].casefold()], name) for name in names]


def authors(text: str) -> list[str]:
    """Return the names in what follows “by”."""
    text = re.split(r"[\n,](?=\s*(?:author|translated|with|edited)\b)", text, flags=re.IGNORECASE)[0]
    return _names(text) if len(text) < 100 else []


def _names(text: str) -> list[str]:
    return [plain(name.strip(" .,_*")) for name in people(text)]


def plain(text: str) -> str:
    """Return a name without the marks of emphasis around it."""
    return text.strip("_*= ")
