"""Letters that no page can show, and the marks of quotations as a typist types them."""

import re

from samizdat.importers.documents.record import LETTERS, Record
from samizdat.model.inline import NO_CHARACTERS

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff" + NO_CHARACTERS + "]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LOOSE = re.compile("[\u2028\u2029\x85]")
_OPENING = re.compile(r"""(^|[\s(\[{—–\u00a0/“‘«„-])$""")


def printable(text: str, record: Record) -> str:
    """Take out what cannot be printed, and marks that turn the direction of the text around."""
    if text.isascii() and text.isprintable():
        return text
    text = _LOOSE.sub(" ", text)
    for pattern in (_UNPRINTABLE, _TURNING):
        for found in pattern.findall(text):
            record.count(
                LETTERS, f"U+{ord(found):04X}", "These characters cannot be printed, or turn the direction of the text around."
            )
        text = pattern.sub("", text)
    return text


def curled(text: str, before: str) -> str:
    """Turn straight marks into the pair that English uses; typography changes them to those of the language."""
    if '"' not in text and "'" not in text:
        return text
    result: list[str] = []
    last = before
    for letter in text:
        mark = letter
        if letter in "\"'":
            opens = bool(_OPENING.search(last))
            mark = ("“" if opens else "”") if letter == '"' else ("‘" if opens else "’")
        result.append(mark)
        last = mark
    return "".join(result)
