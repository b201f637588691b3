"""Paragraphs: the text of a paragraph as WeasyPrint holds it, measured, and the lines chosen for it.

A paragraph is a tree of boxes to WeasyPrint. Here it becomes one string with the width of every letter, is broken as a whole
(`breaking`), and tells for each line where it ends; `lines` then cuts the lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.percent import resolve_percentages
from weasyprint.layout.replaced import inline_replaced_box_layout
from weasyprint.text.line_break import get_log_attrs

from samizdat.typesetting import initials
from samizdat.typesetting.breaking import Break, Manner, balance, fit, rag
from samizdat.typesetting.measuring import CannotSetError, Fount, divisions, spacing

MANNER = Manner()
"""How this house sets text."""
_SHORTEST = 4.0
"""A last line shorter than this, in em, is a runt."""
_TOLERANCES = ((False, 1.0), (True, 1.0), (True, 2.0), (True, 8.0))
"""What is tried in turn: whether words are divided, and how loose a line may be."""
_DECENT = 1.0
_BEARABLE = 2.0
"""How loose a line may become to keep a word from being divided at a page's end."""
_SAME = 0.01
"""In px."""
_DASHES = "–—…"
_CLOSING = ".,;:!?…”’»)]"
_PLAIN = {"normal", "nowrap"}
_PICTURE = "\u2e80"
"""Stands in the text for a picture, as it does in WeasyPrint."""


@dataclass(slots=True)
class Run:
    """A text box of a paragraph, and where its text stands in the paragraph's."""

    fount: Fount
    start: int
    end: int
    text: str
    places: list[float]
    """Width of the box's text up to each of its letters."""
    direction: int
    ascii: bool
    simple: bool
    """It is put together from words; else Pango sees each line's part of it whole."""

    forced: bool = False
    """It is a line break that the manuscript asks for, which WeasyPrint makes."""

    def letters(self, octets: int) -> int:
        """Turn a count of bytes into one of letters."""
        return octets if self.ascii else len(self.text.encode()[:octets].decode())

    def octets(self, letters: int) -> int:
        """Turn a count of letters into one of bytes."""
        return letters if self.ascii else len(self.text[:letters].encode())


class Paragraph:
    """The text of a line box, measured, and the lines that were chosen for it."""

    def __init__(self, linebox: Any, block: Any) -> None:
        """Measure the paragraph in a line box of a block; raise CannotSetError if that cannot be done."""
        self.runs: dict[Any, Run] = {}
        self.starts: dict[Any, int] = {}
        self.floats: list[int] = []
        self.has_strays = False
        """Something in it is not set in its lines but elsewhere."""
        self.text = ""
        self._spacings: list[tuple[int, float]] = []
        self._lines: dict[tuple[float, int], tuple[Break, Sequence[float]]] = {}
        """By its measure and its beginning: how a line ends, and the measures from it on."""
        self._failed: set[tuple[float, int]] = set()
        self._avoided: set[int] = set()
        self._initial = (0, 0)
        """How many lines high the initial is that it begins with, and how many letters that has."""
        self._block = block
        self._collect(linebox)
        if not self.text:  # elements without a letter in them, which take room all the same
            raise CannotSetError
        steps = [step for run in self.runs.values() for step in _differences(run.places)]
        for place, extra in self._spacings:
            steps[min(place, len(steps) - 1)] += extra
        self.places = list(accumulate(steps, initial=0.0))
        blanks = (step if letter in " \u00a0" else 0.0 for letter, step in zip(self.text, steps, strict=True))
        self.spaces = list(accumulate(blanks, initial=0.0))
        self.language = linebox.style["lang"]
        self.em = linebox.style["font_size"]
        self.filled = linebox.style["text_align_all"] == "justify"
        self.centred = linebox.style["text_align_all"] == "center"
        self._wraps = all(run.fount.style["white_space"] == "normal" for run in self.runs.values())
        self._ordered = sorted(self.runs.values(), key=lambda run: run.start)

    def _collect(self, parent: Any) -> None:
        """Gather the text boxes below a box, and the places where its children begin."""
        for child in parent.children:
            self.starts[child] = len(self.text)
            if not child.is_in_normal_flow():
                self.has_strays = True
                if child.is_floated():
                    self.floats.append(len(self.text))
            elif isinstance(child, boxes.TextBox):
                self._collect_text(child)
            elif isinstance(child, boxes.InlineReplacedBox):
                self._collect_picture(child)
            elif isinstance(child, boxes.InlineBox) and not child.is_leader:
                before, after = ("right", "left") if child.style["direction"] == "rtl" else ("left", "right")
                self._spacings.append((len(self.text), spacing(child.style, before)))
                self._collect(child)
                self._spacings.append((max(len(self.text) - 1, 0), spacing(child.style, after)))
                if high := initials.height(child):
                    self._initial = (high, len(self.text))
            else:
                raise CannotSetError

    def _collect_text(self, box: Any) -> None:
        """Measure a text box."""
        text, style = box.text, box.style
        if text == "\n" and box.element_tag == "br::before":
            start = len(self.text)
            self.runs[box] = Run(Fount(style), start, start + 1, text, [0.0, 0.0], 0, ascii=True, simple=False, forced=True)
            self.text += text
            return
        if style["white_space"] not in _PLAIN or "\n" in text or "\t" in text or not style["font_size"]:
            raise CannotSetError
        fount = Fount(style)
        words = fount.words(text)
        if words is None:
            steps, direction = fount.advances(text)
        else:
            steps, direction = [step for word in words for step in word.advances], 0
        places = list(accumulate(steps, initial=0.0))
        start = len(self.text)
        self.runs[box] = Run(fount, start, start + len(text), text, places, direction, text.isascii(), words is not None)
        self.text += text

    def _collect_picture(self, box: Any) -> None:
        """Measure a picture in the text."""
        resolve_percentages(box, self._block)
        picture = box.copy()
        inline_replaced_box_layout(picture, self._block)
        start = len(self.text)
        places = [0.0, picture.margin_width()]
        self.runs[box] = Run(Fount(box.style), start, start + 1, _PICTURE, places, 0, ascii=False, simple=False)
        self.text += _PICTURE

    def offset(self, linebox: Any, skip: Any) -> int:
        """Find where in the text a line begins, from WeasyPrint's way of saying it."""
        box, place = linebox, 0
        while skip:
            ((index, skip),) = skip.items()
            if isinstance(box, boxes.TextBox):
                place = self.runs[box].start + self.runs[box].letters(index)
            else:
                box = box.children[index]
                place = self.starts[box]
        while place < len(self.text) and self.text[place] == " ":
            place += 1
        return place

    def line(self, start: int, measure: float, full: float, indent: float) -> Break | None:
        """Say how the line that begins at `start` ends; None if WeasyPrint must find its own way.

        `full` is the measure where nothing is in a line's way. A narrower one is known if it is that beside an initial.
        """
        key = (round(measure, 2), start)
        if key not in self._lines and key not in self._failed:
            strays = any(place >= start for place in self.floats) or abs(measure - full) > _SAME
            measures = self._measures(start, measure)
            lines = None if strays else self._fit(start, measures, indent)
            if lines is None:
                self._failed.add(key)
            self._keep(start, measures, lines or ())
        return self._lines[key][0] if key in self._lines else None

    def _measures(self, start: int, measure: float) -> Sequence[float]:
        """List the measures of the lines from `start` on: those beside an initial are narrower."""
        high, letters = self._initial
        narrow = () if start else (measure - self.places[letters],) * (high - 1)
        return (measure, *narrow, measure) if narrow else (measure,)

    def _keep(self, start: int, measures: Sequence[float], lines: Sequence[Break]) -> None:
        """Remember the lines that were chosen from `start` on."""
        for line in lines:
            self._lines[round(measures[0], 2), start] = (line, measures)
            start, measures = line.next, measures[1:] or measures

    def avoid(self, start: int, measure: float, indent: float) -> bool:
        """Find an end without a hyphen for the line that begins at `start`, if there is a decent one; say whether there was."""
        line, measures = self._lines[round(measure, 2), start]
        lines: list[Break] | None = [line]
        before = frozenset(self._avoided)
        while lines and lines[0].hyphenated:
            self._avoided.add(lines[0].end)
            lines = self._fit(start, measures, indent, _BEARABLE)
        if not lines:
            self._avoided = set(before)
            return False
        self._keep(start, measures, lines)
        return True

    def _fit(self, start: int, measures: Sequence[float], indent: float, most: float = inf) -> list[Break] | None:
        """Break the text from `start` on, trying what is least bad first."""
        plain = [line for line in self._breaks(start) if line.end not in self._avoided]
        if self.centred:
            return balance(plain, measures[-1])
        if not self.filled:
            return rag(plain, measures[0], indent) if len(measures) == 1 else None
        divided: list[Break] = []
        manner = replace(MANNER, shortest=max(_SHORTEST * self.em, indent * 1.5))
        found: list[Break] | None = None
        for hyphens, tolerance in _TOLERANCES:
            if (found and tolerance > _DECENT) or tolerance > most:
                break
            if hyphens and not divided:
                divided = [line for line in self._divided(plain, start) if line.end not in self._avoided]
            lines = fit(divided if hyphens else plain, measures, indent, manner, tolerance)
            if lines and _closes_well(lines, manner):
                return lines
            found = found or lines
        return found

    def _breaks(self, start: int) -> list[Break]:
        """List the places where a line may end without dividing a word."""
        text, places, spaces = self.text, self.places, self.spaces
        allowed = get_log_attrs(text, self.language)
        base, blank = places[start], spaces[start]
        breaks = []
        stop = text.find("\n", start)
        whole = stop < 0
        if whole:
            stop = len(text)
        for place in range(start + 1, stop):
            if not allowed[place].is_line_break or not self._may_break(place):
                continue
            end = place
            while end > start and text[end - 1] == " ":
                end -= 1
            soft = text[end - 1] == "\u00ad"
            breaks.append(
                Break(
                    end - soft,
                    place,
                    places[end] - base,
                    places[place] - base,
                    spaces[end] - blank,
                    spaces[place] - blank,
                    self._run_at(end - 1).fount.width("-") if soft else 0.0,
                    soft or text[end - 1] in "-‐",
                )
            )
        end = start + len(text[start:stop].rstrip(" "))
        width, space = places[end] - base, spaces[end] - blank
        breaks.append(Break(end, stop if whole else stop + 1, width, width, space, space))
        return breaks

    def _may_break(self, place: int) -> bool:
        """Keep together what belongs together.

        A dash stays with the word before it, a note's call with its sentence, a picture with what touches it.
        """
        text = self.text
        if text[place].isdigit() and text[place - 1] in _CLOSING:
            return False  # Pango would part them
        if _PICTURE in text[place - 1 : place + 1]:
            return False
        if text[place] in _DASHES and text[place - 1] != " ":
            return False
        if self._wraps:
            return True
        before, after = self._run_at(place - 1), self._run_at(place)
        return any(run.fount.style["white_space"] == "normal" for run in (before, after))

    def _divided(self, breaks: list[Break], start: int) -> list[Break]:
        """Add to the breaks those inside words."""
        base, blank = self.places[start], self.spaces[start]
        divided: list[Break] = []
        begin = start
        for line in breaks:
            run = self._run_at(begin)
            if line.end <= run.end:
                hyphen = run.fount.style["hyphenate_character"]
                for place in divisions(self.text[begin : line.end], run.fount.style):
                    at = begin + place
                    width, space = self.places[at] - base, self.spaces[at] - blank
                    divided.append(Break(at, at, width, width, space, space, run.fount.width(hyphen), hyphenated=True))
            divided.append(line)
            begin = line.next
        return divided

    def _run_at(self, place: int) -> Run:
        """Find the run that holds a letter."""
        low, high = 0, len(self._ordered) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._ordered[middle].start <= place:
                low = middle
            else:
                high = middle - 1
        return self._ordered[low]


def _closes_well(lines: list[Break], manner: Manner) -> bool:
    """Say whether a paragraph's last line is long enough."""
    return len(lines) < 2 or lines[-1].width - lines[-2].after >= manner.shortest


def _differences(places: list[float]) -> list[float]:
    """Turn running widths back into single ones."""
    return [after - before for before, after in pairwise(places)]
