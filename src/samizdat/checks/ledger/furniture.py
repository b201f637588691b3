"""What stands on a page and is not its text: running heads, folios, lettering of pictures; and its foot.

A page only shows where lines stand, how large they are, and in which order they are drawn. What a title says and how a note
begins is known from the book.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, groupby

from samizdat.checks.ledger.expected import Expected, squeezed
from samizdat.checks.ledger.pages import Line
from samizdat.checks.ledger.words import CALL, COUNTED, DIVIDED

Leaves = list[list[Line]]
"""The lines of each page, in the order in which they are drawn; what is known for furniture is taken out of them."""

_FOLIO = re.compile(r"\d{1,4}|[ivxlcdm]{1,9}")
_NOTE = re.compile(rf"(?:\d{{1,4}}|{COUNTED})\.\s*(\S.*|$)")
_BEGINNING = 12
"""Letters by which the beginning of a note is known."""
_OPEN = 12
"""How many notes may go on overleaf at once, at most."""
_SAME = 1.5
"""In points: what stands at the same height."""
_RAISED = 5.0
"""In points: how far a raised sign may stand above its line."""


def clear(leaves: Leaves, owed: Expected) -> Iterator[str]:
    """Take furniture out of pages, and yield the name of a rule for each piece."""
    heads = [_head(lines, owed.titles) for lines in leaves]
    text = _size_of_most(leaves)
    sure = (
        head
        for lines, head in zip(leaves, heads, strict=True)
        if head and (_drawn_after(lines, head) or _alone(lines, head, text))
    )
    height = _usual(head[-1].y for head in sure)
    yield from _cleared(leaves, heads, height, "running head")
    folios = [_folio(lines) for lines in leaves]
    # in a short book as many half titles may be a number as pages have one: the lowest decide
    yield from _cleared(leaves, folios, _usual(sorted(folio[-1].y for folio in folios if folio)), "folio")
    drawings = [sorted(letters) for letters in owed.lettering]
    for lines in leaves if drawings else ():
        for window in _lettering(lines, drawings):
            _drop(lines, window)
            yield "lettering of a picture"


def _drop(lines: list[Line], some: Iterable[Line]) -> None:
    for line in some:
        lines.remove(line)


def _cleared(leaves: Leaves, found: Iterable[list[Line]], height: float, rule: str) -> Iterator[str]:
    """Take out what was found, where it stands at the usual height."""
    for lines, some in zip(leaves, found, strict=True):
        if some and abs(some[-1].y - height) < _SAME + some[-1].size / 3:  # two scripts stand on two lines
            _drop(lines, some)
            yield rule


def _usual(heights: Iterable[float]) -> float:
    """Return the height at which most of them are; of several, the first."""
    counted = Counter(round(height) for height in heights)
    return float(max(counted, key=lambda height: counted[height] + counted[height - 1] + counted[height + 1], default=-1))


def _head(lines: list[Line], titles: Collection[str]) -> list[Line]:
    """Find what may be a running head: it says a title and stands above everything."""
    above = sorted(lines, key=lambda line: -line.y)
    ways = (above[:some] for some in range(1, min(3, len(above)) + 1))
    return next((head for head in ways if squeezed("".join(line.text for line in head)) in titles), [])


def _drawn_after(lines: list[Line], some: list[Line]) -> bool:
    """Say whether something else is drawn before some lines, as before what stands on every page; a heading comes first."""
    return lines[0] not in some


def _alone(lines: list[Line], some: list[Line], text: float) -> bool:
    """Say whether a page of pictures has no more lines but its number, and these are smaller than the text, as no heading is."""
    return len(some) + len(_folio(lines)) == len(lines) and all(line.size < 0.95 * text for line in some)


def _size_of_most(leaves: Leaves) -> float:
    """Return the size in which most letters are."""
    letters = Counter[float]()
    for line in chain.from_iterable(leaves):
        letters[line.size] += len(line.text)
    return max(letters, key=letters.__getitem__, default=0.0)


def _folio(lines: list[Line]) -> list[Line]:
    """Find the page's number: it stands below everything and is drawn last."""
    last = lines[-1:]
    if last and _FOLIO.fullmatch(last[0].text.strip()) and all(line.y >= last[0].y for line in lines):
        return last
    return []


def _lettering(lines: list[Line], drawings: Iterable[list[str]]) -> list[list[Line]]:
    """Find lines one after the other that together have just the letters of a drawing, for each drawing that is there."""
    texts = [squeezed(line.text).replace(DIVIDED, "-") for line in lines]
    reached = [*accumulate(((len(text), sum(map(ord, text))) for text in texts), _further, initial=(0, 0))]
    ends = {length: place for place, length in enumerate(reached)}
    found: list[list[Line]] = []
    taken = set[int]()
    for letters in drawings:
        whole = len(letters), sum(map(ord, letters))
        for start, length in enumerate(reached):
            end = ends.get(_further(length, whole), 0)
            if end > start and taken.isdisjoint(range(start, end)) and sorted("".join(texts[start:end])) == letters:
                found.append(lines[start:end])
                taken.update(range(start, end))
                break
    return found


def _further(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


# ---- the foot of a page


class Feet:
    """Knows where the notes at the foot of a page begin: by their size, which those have that begin as the book's notes do."""

    def __init__(self, leaves: Leaves, owed: Expected) -> None:
        notes = [passage for passage in owed.passages if passage.note]
        self._begun: dict[str, str] = {}
        for _place, group in groupby(notes, lambda passage: passage.place):
            texts = [passage.text for passage in group]
            beginning = _beginning(texts[0])
            if beginning:
                self._begun[beginning] = self._begun.get(beginning, "") + _letters(texts) + "\n"
        beginnings = self._begun.keys()
        sizes = Counter(
            line.size
            for lines in leaves
            for line, below in zip(lines, [*lines[1:], *lines[-1:]], strict=True)  # its number may stand alone, over a drawing
            if not beginnings.isdisjoint((_beginning(line.text), _beginning(line.text + below.text)))
        )
        self._size = max(sizes, key=lambda size: sizes[size], default=0.0)
        self._notes = _letters(passage.text for passage in notes)
        self._text = _letters(passage.text for passage in owed.passages if not passage.note)

    def begin(self, lines: list[Line]) -> int:
        """Return the place of a page's first line of notes: in their size, all else above and before it.

        What stands above it and only a note says is one too: a quotation in a note that goes on has another size.
        """
        divided = [*_divisions(lines)]
        start = next((place for place in divided if lines[place].size == self._size), len(lines))
        for place in reversed([place for place in divided if place < start]):
            words = _letters(line.text for line in lines[place:start])
            if words not in self._notes:
                break
            if words not in self._text:  # what both say is decided by what stands above it
                start = place
        return start

    def threaded(self, feet: Iterable[list[Line]]) -> list[Line]:
        """Put the lines at the feet of all pages in the order in which notes are read.

        A note goes on at the foot of the next page, though others may have begun below it meanwhile.
        """
        notes = [going := _Note("", [])]
        divided: list[_Note] = []
        for lines in feet:
            first, here = len(notes), False
            for line, below in zip(lines, [*lines[1:], *lines[-1:]], strict=True):
                begun = next((text for text in (line.text, line.text + below.text) if _beginning(text) in self._begun), "")
                if begun:
                    here = True
                    notes.append(going := _Note(self._begun[_beginning(begun)], []))
                elif not here:
                    ways = (going, *reversed(divided))
                    following = (note for note in ways if note.goes_on(line))
                    # the head of a table is repeated, and follows nothing
                    going = next(chain(following, (note for note in ways if note.is_divided)), going)
                going.lines.append(line)
            divided = [note for note in divided + notes[first:] if note.is_divided][-_OPEN:]
        return [line for note in notes for line in note.lines]


@dataclass(slots=True)
class _Note:
    """A note at the foot of pages: the letters of all that begin as it does, and its lines."""

    letters: str
    lines: list[Line]

    @property
    def is_divided(self) -> bool:
        """Say whether its last line is not the end of such a note."""
        return bool(self.lines) and _letters([self.lines[-1].text]) + "\n" not in self.letters

    def goes_on(self, line: Line) -> bool:
        """Say whether a line may follow its last one."""
        return bool(self.lines) and _letters([self.lines[-1].text + line.text]) in self.letters


def _divisions(lines: list[Line]) -> Iterator[int]:
    """Yield the places of lines that stand below everything before them and above everything after them."""
    lowest = [*accumulate((line.y for line in lines), min)]
    highest = [*accumulate((line.y for line in reversed(lines)), max)][::-1]
    for place, line in enumerate(lines):
        if (not place or lowest[place - 1] > line.y) and highest[place] < line.y + _RAISED:
            yield place


def _beginning(text: str) -> str:
    """Return the first letters of a note, without its number; nothing where a text does not begin as a note does."""
    note = _NOTE.match(text)
    return squeezed(note[1])[:_BEGINNING] if note else ""


def _letters(texts: Iterable[str]) -> str:
    """Return texts without spaces, hyphens and capitals, as far as they can be known by sight."""
    return re.sub(f"[{DIVIDED}{CALL}‐-]", "", squeezed("\n".join(texts))).casefold()
