"""Paragraphs: total-fit line breaking inside WeasyPrint.

WeasyPrint fills each line as far as it goes. Here a justified paragraph is first broken as a whole (`breaking`), and each line
is then cut where that says, its spaces and, by a hair, its letters fitted to the measure. What this cannot set (lines beside a
float, inline pictures, forced breaks, text that is not justified) goes WeasyPrint's own way, line by line.
"""

from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.matrix import Matrix
from weasyprint.text.line_break import Layout, get_log_attrs

from samizdat.typesetting.breaking import Break, Manner, fit
from samizdat.typesetting.measuring import Fount, divisions
from samizdat.typesetting.words import Word, draw

_MANNER = Manner()
_ENDLESS = 1e7
_SAME = 0.01
_SHORTEST = 4.0
"""A last line shorter than this, in em, is a runt."""
_TOLERANCES = ((False, 1.0), (True, 1.0), (True, 2.0), (True, 8.0))
"""What is tried in turn: whether words are divided, and how loose a line may be."""
_DECENT = 1.0
_DASHES = "–—…"
_CLOSING = ".,;:!?…”’»)]"
_PLAIN = {"normal", "nowrap"}


class _CannotSetError(Exception):
    """The paragraph holds something that only WeasyPrint itself can set."""


@dataclass(slots=True)
class _Run:
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

    def letters(self, octets: int) -> int:
        """Turn a count of bytes into one of letters."""
        return octets if self.ascii else len(self.text.encode()[:octets].decode())

    def octets(self, letters: int) -> int:
        """Turn a count of letters into one of bytes."""
        return letters if self.ascii else len(self.text[:letters].encode())


class _Paragraph:
    """The text of a line box, measured, and the lines that were chosen for it."""

    def __init__(self, linebox: Any) -> None:
        """Measure a paragraph; raise _CannotSetError if that cannot be done."""
        self.runs: dict[Any, _Run] = {}
        self.starts: dict[Any, int] = {}
        self.floats: list[int] = []
        self.text = ""
        self._spacings: list[tuple[int, float]] = []
        self._lines: dict[tuple[float, int], Break] = {}
        self._failed: set[tuple[float, int]] = set()
        self._collect(linebox)
        steps = [step for run in self.runs.values() for step in _differences(run.places)]
        for place, extra in self._spacings:
            steps[min(place, len(steps) - 1)] += extra
        self.places = list(accumulate(steps, initial=0.0))
        blanks = (step if letter in " \u00a0" else 0.0 for letter, step in zip(self.text, steps, strict=True))
        self.spaces = list(accumulate(blanks, initial=0.0))
        self.language = linebox.style["lang"]
        self.em = linebox.style["font_size"]
        self._wraps = all(run.fount.style["white_space"] == "normal" for run in self.runs.values())
        self._ordered = sorted(self.runs.values(), key=lambda run: run.start)

    def _collect(self, parent: Any) -> None:
        """Gather the text boxes below a box, and the places where its children begin."""
        for child in parent.children:
            self.starts[child] = len(self.text)
            if not child.is_in_normal_flow():
                if child.is_floated():
                    self.floats.append(len(self.text))
            elif isinstance(child, boxes.TextBox):
                if (
                    child.style["white_space"] not in _PLAIN
                    or "\n" in child.text
                    or "\t" in child.text
                    or not child.style["font_size"]
                ):
                    raise _CannotSetError
                fount = Fount(child.style)
                words = fount.words(child.text)
                if words is None:
                    steps, direction = fount.advances(child.text)
                else:
                    steps, direction = [step for word in words for step in word.advances], 0
                start, end = len(self.text), len(self.text) + len(child.text)
                places = list(accumulate(steps, initial=0.0))
                self.runs[child] = _Run(fount, start, end, child.text, places, direction, child.text.isascii(), words is not None)
                self.text += child.text
            elif isinstance(child, boxes.InlineBox) and not child.is_leader:
                before, after = ("right", "left") if child.style["direction"] == "rtl" else ("left", "right")
                self._spacings.append((len(self.text), _spacing(child.style, before)))
                self._collect(child)
                self._spacings.append((max(len(self.text) - 1, 0), _spacing(child.style, after)))
            else:
                raise _CannotSetError

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

    def line(self, start: int, measure: float, indent: float) -> Break | None:
        """Say how the line that begins at `start` ends; None if WeasyPrint must find its own way."""
        key = (round(measure, 2), start)
        if key not in self._lines and key not in self._failed:
            lines = None if any(place >= start for place in self.floats) else self._fit(start, measure, indent)
            if lines is None:
                self._failed.add(key)
            for line in lines or ():
                self._lines[round(measure, 2), start] = line
                start = line.next
        return self._lines.get(key)

    def _fit(self, start: int, measure: float, indent: float) -> list[Break] | None:
        """Break the text from `start` on, trying what is least bad first."""
        plain = self._breaks(start)
        divided: list[Break] = []
        manner = replace(_MANNER, shortest=max(_SHORTEST * self.em, indent * 1.5))
        found: list[Break] | None = None
        for hyphens, tolerance in _TOLERANCES:
            if found and tolerance > _DECENT:
                break
            if hyphens and not divided:
                divided = self._divided(plain, start)
            lines = fit(divided if hyphens else plain, measure, indent, manner, tolerance)
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
        for place in range(start + 1, len(text)):
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
        end = start + len(text[start:].rstrip(" "))
        width, space = places[end] - base, spaces[end] - blank
        breaks.append(Break(end, len(text), width, width, space, space))
        return breaks

    def _may_break(self, place: int) -> bool:
        """Keep a dash with the word before it, a note's call with its sentence, and what must not wrap in one piece."""
        text = self.text
        if text[place].isdigit() and text[place - 1] in _CLOSING:
            return False  # Pango would part them
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

    def _run_at(self, place: int) -> _Run:
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


def _spacing(style: Any, side: str) -> float:
    """Add up what a box puts between its edge and its text on one side."""
    total = float(style[f"border_{side}_width"])
    for name in ("margin", "padding"):
        length = style[f"{name}_{side}"]
        if length in {0, "auto"}:
            continue
        if getattr(length, "unit", "px") != "px":
            raise _CannotSetError
        total += float(getattr(length, "value", length))
    return total


_split_inline_box = inline.split_inline_box
_split_text_box = inline.split_text_box
_text_align = inline.text_align
_draw_first_line = drawing.draw_first_line


def split_inline_box(context: Any, box: Any, position_x: float, max_x: float, *rest: Any) -> Any:
    """Cut a line: at its planned end where its paragraph has a plan, else as WeasyPrint does."""
    if not isinstance(box, boxes.LineBox):
        return _split_inline_box(context, box, position_x, max_x, *rest)
    plan = _plan(box, position_x, max_x, *rest)
    if plan is None:
        context.planned_line = None
        return _split_inline_box(context, box, position_x, max_x, *rest)
    context.planned_line = plan
    try:
        line, *others = _split_inline_box(context, box, position_x, _ENDLESS, *rest)
    finally:
        context.planned_line = None
    line.is_planned = True
    return (line, *others)


def _plan(
    box: Any, position_x: float, max_x: float, _bottom: float, skip: Any, block: Any, *rest: Any
) -> tuple[_Paragraph, Break] | None:
    """Find the plan for the line that begins at `skip`."""
    first_letter, first_line = rest[-2:]
    style = box.style
    if style["text_align_all"] != "justify" or style["white_space"] != "normal" or first_letter or first_line:
        return None
    indent = 0.0 if skip else float(box.text_indent)
    measure = max_x - position_x + indent
    if abs(measure - block.width) > _SAME:
        return None
    paragraph = _paragraph(box)
    if paragraph is None:
        return None
    line = paragraph.line(paragraph.offset(box, skip), measure, indent)
    return None if line is None else (paragraph, line)


def _paragraph(box: Any) -> _Paragraph | None:
    """Measure a line box, or recall what was measured; None if it cannot be planned."""
    children = box.children
    known: tuple[Any, _Paragraph | None] | None = getattr(box, "paragraph", None)
    if known is not None and known[0] is children:
        return known[1]
    try:
        paragraph = _Paragraph(box)
    except _CannotSetError:
        paragraph = None
    if paragraph is not None and not paragraph.runs:
        paragraph = None
    box.paragraph = (children, paragraph)
    return paragraph


def split_text_box(context: Any, box: Any, available: float | None, skip: int, *, is_line_start: bool = True) -> Any:
    """Cut a text box where the planned line ends."""
    plan = getattr(context, "planned_line", None)
    run = plan[0].runs.get(box) if plan else None
    if plan is None or run is None:
        return _split_text_box(context, box, available, skip, is_line_start=is_line_start)
    paragraph, line = plan
    begin = run.letters(skip)
    if begin >= len(run.text):
        return None, None, False
    ends = run.start < line.next <= run.end and line.next < len(paragraph.text)
    end = max(line.end - run.start, begin) if ends else len(run.text)
    resume = run.octets(line.next - run.start) if ends else None
    text = run.text[begin:end]
    if line.next == run.end == len(paragraph.text):
        text = text.rstrip(" ")
    elif ends and line.hyphenated and text and not text.endswith(("-", "‐")):
        text += box.style["hyphenate_character"]
    if not text:
        return None, resume, False
    words = run.fount.words(text) if run.simple else None
    if words is not None:
        return _text_box(box, run, text, Slug(words), sum(word.width for word in words)), resume, False
    width = run.places[end] - run.places[begin]
    if len(text) > end - begin:
        word = text.rfind(" ") + 1
        width = run.places[begin + word] - run.places[begin] + run.fount.width(text[word:])
    layout = Layout(box.style)
    layout.set_text(text)
    layout.deactivate()
    return _text_box(box, run, text, layout, width), resume, False


class Slug:
    """A line's worth of words, in the place of Pango's layout."""

    def __init__(self, words: list[Word]) -> None:
        """Take the words."""
        self.words = words
        self.justification_spacing = 0.0
        self.first_line_direction = 0
        self.max_width = None
        self.decoration: dict[str, Any] = {}

    def reactivate(self, style: Any) -> None:
        """Be drawn: nothing is to be made ready."""

    def deactivate(self) -> None:
        """Have been drawn: nothing is to be put away."""

    def __getattr__(self, name: str) -> float:
        """Look up where lines under and through the text go, which only decorated text is asked for."""
        return float(self.decoration[name])


def _text_box(box: Any, run: _Run, text: str, layout: Any, width: float) -> Any:
    """Make the part of a text box that stands in one line."""
    part = box.copy_with_text(text)
    metrics = run.fount.metrics()
    part.width = width
    part.height = metrics.height
    part.margin_top = part.margin_bottom = metrics.leading
    part.baseline = metrics.baseline + metrics.leading
    if isinstance(layout, Slug) and box.style["text_decoration_line"] != "none":
        layout.decoration = vars(Layout(box.style))
    layout.first_line_direction = run.direction
    part.pango_layout = layout
    return part


def text_align(context: Any, line: Any, available: float, last: bool) -> Any:
    """Fit a planned line to the measure."""
    if not getattr(line, "is_planned", False) or (last and line.width <= available):
        return _text_align(context, line, available, last)
    spaces = inline.count_expandable_spaces(line)
    gap = available - line.width
    letters = line.width - line.children[0].position_x + line.position_x if line.children else 0.0
    give = _expansion(gap, letters, spaces, line.style["font_size"])
    rest = gap - letters * give
    _justify(line, 1 + give, rest / spaces if spaces else 0.0, 0.0)
    return 0


def _expansion(gap: float, letters: float, spaces: int, em: float) -> float:
    """Choose how much wider letters are drawn: they and the spaces give way in the proportion in which the line was priced."""
    if not letters:
        return 0.0
    elastic = spaces * em / 4 * (_MANNER.stretch if gap > 0 else _MANNER.shrink)
    share = gap / (elastic + letters * _MANNER.expansion)
    return max(-1.0, min(1.0, share)) * _MANNER.expansion


def _justify(box: Any, scale: float, spacing: float, advance: float) -> float:
    """Widen letters and spaces of a line's boxes, and move each on by what those before it have grown."""
    box.position_x += advance
    if isinstance(box, boxes.TextBox):
        spaces = inline.count_expandable_spaces(box)
        grown: float = box.width * (scale - 1) + spacing * spaces
        box.width += grown
        box.justification_spacing = box.pango_layout.justification_spacing = spacing / scale
        box.expansion = scale
        return advance + grown
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        begun = advance
        children = box.children[::-1] if box.style["direction"] == "rtl" else box.children
        for child in children:
            if child.is_in_normal_flow():
                advance = _justify(child, scale, spacing, advance)
        box.width += advance - begun
        return advance
    box.position_x -= advance
    box.translate(advance, 0)
    return advance


def draw_first_line(stream: Any, box: Any, overflow: Any, ellipsis: Any, matrix: Any) -> Any:
    """Draw a text box, its letters as wide as its line has them."""
    scale = getattr(box, "expansion", 1.0)
    placed = Matrix(a=scale) @ matrix if scale != 1.0 else matrix
    slug = box.pango_layout
    if not isinstance(slug, Slug):
        return _draw_first_line(stream, box, overflow, ellipsis, placed)
    if box.text.strip():
        stream.set_text_matrix(*placed.values)
        draw(stream, slug.words, slug.justification_spacing)
    return []


def install() -> None:
    """Put total-fit line breaking into WeasyPrint."""
    inline.split_inline_box = split_inline_box
    inline.split_text_box = split_text_box
    inline.text_align = text_align
    drawing.draw_first_line = draw_first_line
