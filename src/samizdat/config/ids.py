"""Ids that the program gives: ASCII, fit for file names, and the same as long as the words are."""

import re
import unicodedata

VALID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_SPELT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "’": "", "'": ""}
)
_NUMBER = re.compile(r"^\d+[a-z]?(?=[-_. ]|$)[-_. ]*")
_LONGEST = 60
_LONGEST_READ = 1000
"""Letters of a title that are looked at."""


def slug(words: str) -> str:
    """Spell words in small letters, digits and hyphens; empty where the script has none of them, or a digit would come first."""
    plain = unicodedata.normalize("NFKD", words[:_LONGEST_READ].lower().translate(_SPELT))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    if any(letter.isalpha() and not letter.isascii() for letter in plain):
        return ""
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(plain) > _LONGEST:
        plain = plain[:_LONGEST].rsplit("-", 1)[0]
    return plain if VALID.fullmatch(plain) else ""


def file_id(file: str) -> str:
    """Return the id that a file's name gives: without its number and its suffix; empty where that leaves nothing."""
    stem = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return slug(_NUMBER.sub("", stem))


def unused(wanted: str, used: set[str]) -> str:
    """Return an id, with a number after it if it is in use already, and count it as used."""
    name = wanted
    if name in used:
        # Numbers are given one after another: the first that is free is found by doubling and halving, also of very many.
        taken, free = 1, 2
        while f"{wanted}-{free}" in used:
            taken, free = free, 2 * free
        while free - taken > 1:
            middle = (taken + free) // 2
            taken, free = (middle, free) if f"{wanted}-{middle}" in used else (taken, middle)
        name = f"{wanted}-{free}"
    used.add(name)
    return name
