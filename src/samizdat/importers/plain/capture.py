"""Bytes become the lines of a capture: the encoding is found, broken letters are mended, control characters taken out."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from samizdat.importers.plain.record import Decision, Decisions, Line, Lines, excerpt
from samizdat.model.inline import NO_CHARACTERS
from samizdat.problems import Rule, Severity

ENCODING = Rule(
    "X51",
    Severity.ADVICE,
    "The encoding of the capture",
    "A text file does not say how its letters are written as bytes. UTF-8 and UTF-16 give themselves away; what is neither is"
    " read as Windows-1252, which holds Latin-1.",
)
MOJIBAKE = Rule(
    "X52",
    Severity.ADVICE,
    "Letters that were decoded wrongly once",
    "UTF-8 that was read as Windows-1252 and saved again shows two or three strange letters for one. They are put back together"
    " where they make one letter again.",
)
CONTROL = Rule(
    "X53",
    Severity.ADVICE,
    "Control characters taken out",
    "Characters that stand for nothing on paper, such as NUL, backspace or a mark of byte order within the text, and those that"
    " turn the direction of the text around, are left out.",
)

PILED = Rule(
    "X65",
    Severity.ADVICE,
    "More marks on a letter than any script has",
    "Accents by the hundred, one upon the other, keep a computer busy for hours when it puts them in order. After each thirty"
    " stands a joiner that nobody sees; no mark is lost.",
)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before the mark of UTF-16, with which it begins
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b]")
_PILE = re.compile(r"[^\w\s\x00-\x7f]{31,}")
_MOST_MARKS = 30
_JOINER = "\u034f"
_CONTROL = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ue000\ue001" + NO_CHARACTERS + "]"
)
_HIGH = {byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_BYTES = {(chr(byte) if letter == "\ufffd" else letter): byte for byte, letter in _HIGH.items()} | {
    chr(byte): byte for byte in range(0x80, 0xA0)
}
_SUSPECT = re.compile(rf"[{''.join(map(re.escape, sorted(_BYTES)))}]{{2,}}")
_SAMPLE = 4096
_TAB = 8
_LONGEST_LINE = 1 << 20
_FEWEST_MOJIBAKE = 2


@dataclass(frozen=True, slots=True)
class Capture:
    """What was captured: its lines, how it was encoded, where pages begin, and what had to be mended."""

    lines: Lines
    encoding: str
    pages: frozenset[int]
    """Numbers of the lines before which a form feed stands."""
    decisions: Decisions


def decode(data: bytes, *, mend: bool = True) -> Capture:
    """Read bytes as lines; `mend` says whether letters that were decoded wrongly once are put together again."""
    text, encoding = decoded(data)
    text = _ENDS.sub("\n", text)
    text, mended = _mended(text) if mend else (text, ())
    text, taken = _CONTROL.subn("", text)
    text, piles = stream_safe(text)
    lines: list[Line] = []
    pages: set[int] = set()
    for number, raw in enumerate(text.split("\n"), start=1):
        if "\f" in raw:
            pages.add(number)
            raw = raw.strip("\f").replace("\f", " ").rstrip()  # noqa: PLW2901
        if "\t" in raw:
            raw = raw.expandtabs(_TAB)  # noqa: PLW2901
        lines.append(Line(number, raw.rstrip()))
    while len(lines) > 1 and lines[-1].blank:
        lines.pop()
    decisions: list[Decision] = []
    last = lines[-1].number
    if encoding != "utf-8":
        why = f"The bytes are {encoding}."
        decisions.append(Decision(ENCODING.code, 1.0 if encoding.startswith("utf") else 0.8, 1, last, "", "", why))
    decisions.extend(mended)
    if taken:
        decisions.append(Decision(CONTROL.code, 1.0, 1, last, "", "", f"{taken} control characters were left out."))
    if piles:
        letters = "1 letter has" if piles == 1 else f"{piles} letters have"
        why = f"{letters} more than {_MOST_MARKS} marks."
        decisions.append(Decision(PILED.code, 1.0, 1, last, "", "", why))
    return Capture(tuple(lines), encoding, frozenset(pages), tuple(decisions))


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text of bytes, and the encoding that they are taken to be in."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), encoding
    sample = data[:_SAMPLE]
    if len(sample) >= 2:
        for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            half = sample[start::2]
            if half.count(0) > 0.6 * len(half) and sample[1 - start :: 2].count(0) < 0.2 * len(half):
                return data.decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        good = len(data.decode("utf-8", "ignore"))
        multibyte = sum(byte >= 0xC2 for byte in data)
        if multibyte and len(data) - good < 0.02 * multibyte and error.start:
            return data.decode("utf-8", "replace"), "utf-8"
    return data.decode("latin-1").translate(_HIGH_LATIN), "cp1252"


def stream_safe(text: str) -> tuple[str, int]:
    """Part piles of combining marks with joiners, and count the piles: Stream-Safe Text Format (Unicode Annex 15, section 13)."""
    piles = 0

    def parted(run: re.Match[str]) -> str:
        nonlocal piles
        signs: list[str] = []
        marks = 0
        for sign in run[0]:
            marks = marks + 1 if unicodedata.combining(sign) else 0
            if marks > _MOST_MARKS:
                signs.append(_JOINER)
                marks = 1
            signs.append(sign)
        piles += len(signs) > len(run[0])
        return "".join(signs)

    return _PILE.sub(parted, text), piles


_HIGH_LATIN = {byte: letter for byte, letter in _HIGH.items() if letter != "\ufffd"}


def _mended(text: str) -> tuple[str, Decisions]:
    """Put letters together again that were taken apart by a wrong decoding."""
    found: list[tuple[int, str, str]] = []

    def mend(run: re.Match[str]) -> str:
        try:
            letters = bytes(_BYTES[letter] for letter in run[0]).decode("utf-8")
        except UnicodeDecodeError:
            return run[0]
        found.append((run.start(), run[0], letters))
        return letters

    changed = _SUSPECT.sub(mend, text)
    if len(found) < _FEWEST_MOJIBAKE:
        return text, ()
    first, last = (text.count("\n", 0, place) + 1 for place in (found[0][0], found[-1][0]))
    why = f"{len(found)} groups of strange letters make one letter each when they are read as UTF-8."
    before = excerpt(" ".join(dict.fromkeys(wrong for _, wrong, _ in found)))
    after = excerpt(" ".join(dict.fromkeys(right for _, _, right in found)))
    return changed, (Decision(MOJIBAKE.code, 0.95, first, last, before, after, why),)
