"""What a capture states of a work, as book.toml has it."""

import datetime
import re
import uuid

from samizdat.importers.plain.record import Study
from samizdat.model.book import UNDATED, Metadata, Person, direction

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_ROLES = ("author", "translator", "editor", "illustrator")
_EARLIEST = 1980


def metadata_of(known: dict[str, tuple[str, ...]], title: str, study: Study, seed: str) -> Metadata:
    """Gather what a work states; what it does not state stays empty."""
    language = known.get("language", (study.language or "und",))[0]
    people = tuple(Person(name, role) for role in _ROLES for name in known.get(role, ()))
    source = "; ".join(known.get("source", ()))
    date = known.get("date", ("",))[0]
    day = _day(date)
    if date and day is UNDATED:
        source = "; ".join(part for part in (date, source) if part)
    return Metadata(
        title=_plain(title),
        language=language,
        identifier=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'samizdat:{seed}')}",
        date=day,
        subtitle=_plain(known.get("subtitle", ("",))[0]),
        people=people,
        publisher=_plain(known.get("publisher", ("",))[0]),
        source=_plain(source),
        subjects=tuple(part.strip() for topic in known.get("topics", ()) for part in re.split("[,;]", topic) if part.strip()),
        direction=direction(language),
    )


def _day(date: str) -> datetime.date:
    found = _DAY.match(date)
    if not found or int(found[1]) < _EARLIEST:
        return UNDATED
    try:
        return datetime.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return UNDATED


def _plain(text: str) -> str:
    """Return words fit for book.toml: one line, curly quotes."""
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    text = re.sub(r'(^|[\s(\[])"', r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[])'", r"\1‘", text).replace("'", "’")
