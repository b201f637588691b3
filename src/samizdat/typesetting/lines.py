"""Lines: total-fit line breaking inside WeasyPrint.

WeasyPrint fills each line as far as it goes. Here each line of a justified paragraph is cut where the paragraph as a whole says
(`paragraphs`), and its spaces and, by a hair, its letters are fitted to the measure. What this cannot set (lines beside a
float that is no initial, ragged text from right to left) goes WeasyPrint's own way, line by line.
"""

from typing import Any, NamedTuple

from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.matrix import Matrix
from weasyprint.text.line_break import Layout

from samizdat.typesetting import initials
from samizdat.typesetting.breaking import Break
from samizdat.typesetting.measuring import CannotSetError
from samizdat.typesetting.paragraphs import MANNER, Paragraph, Run
from samizdat.typesetting.words import HAIR, Word, draw, told

_ENDLESS = 1e7
_PLANNED = {"justify", "center"}
"""What is broken as a whole: paragraphs, and headings or captions in the middle, which are balanced."""

_split_inline_box = inline.split_inline_box
_get_next_linebox = inline.get_next_linebox
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
    line.plan = plan
    return (line, *others)


class _Plan(NamedTuple):
    """What is planned for a line: its paragraph, where in it the line begins, the room it has, and where it ends."""

    paragraph: Paragraph
    start: int
    measure: float
    indent: float
    line: Break


def get_next_linebox(context: Any, box: Any, position_y: float, bottom: float, *rest: Any) -> Any:
    """Set a line; set it anew if it would divide a word between two pages."""
    line, resume_at = _get_next_linebox(context, box, position_y, bottom, *rest)
    plan: _Plan | None = getattr(line, "plan", None)
    if plan is None or not plan.line.hyphenated or resume_at is None or plan.paragraph.has_strays or not plan.paragraph.filled:
        return line, resume_at
    end = line.position_y + line.height
    is_last = not context.overflows_page(bottom, end) and context.overflows_page(bottom, end + line.height)
    if is_last and plan.paragraph.avoid(plan.start, plan.measure, plan.indent):
        return _get_next_linebox(context, box, position_y, bottom, *rest)
    return line, resume_at


def _plan(box: Any, position_x: float, max_x: float, _bottom: float, skip: Any, block: Any, *rest: Any) -> _Plan | None:
    """Find the plan for the line that begins at `skip`."""
    first_letter, first_line = rest[-2:]
    style = box.style
    if (
        isinstance(block, boxes.MarginBox)
        or not hasattr(style.font_config, "vocabulary")  # WeasyPrint is at work for somebody else
        or not (style["text_align_all"] in _PLANNED or _ragged(style))
        or style["white_space"] != "normal"
        or first_letter
        or first_line
    ):
        return None
    indent = 0.0 if skip else float(box.text_indent)
    measure = max_x - position_x + indent
    paragraph = _paragraph(box, block)
    if paragraph is None:
        return None
    start = paragraph.offset(box, skip)
    line = paragraph.line(start, measure, float(block.width), indent)
    return None if line is None else _Plan(paragraph, start, measure, indent, line)


def _ragged(style: Any) -> bool:
    """Say whether lines end as they come. Pango ends some of them too early: a lone “to” between two full lines."""
    return bool(style["text_align_all"] == "start" and style["direction"] == "ltr")


def _paragraph(box: Any, block: Any) -> Paragraph | None:
    """Measure a line box, or recall what was measured; None if it cannot be planned."""
    children = box.children
    known: tuple[Any, Paragraph | None] | None = getattr(box, "paragraph", None)
    if known is not None and known[0] is children:
        return known[1]
    try:
        paragraph = Paragraph(box, block)
    except CannotSetError:
        paragraph = None
    if paragraph is not None and not paragraph.runs:
        paragraph = None
    box.paragraph = (children, paragraph)
    return paragraph


def split_text_box(context: Any, box: Any, available: float | None, skip: int, *, is_line_start: bool = True) -> Any:
    """Cut a text box where the planned line ends."""
    plan: _Plan | None = getattr(context, "planned_line", None)
    run = plan.paragraph.runs.get(box) if plan else None
    if plan is None or run is None or run.forced:
        return _split_text_box(context, box, available, skip, is_line_start=is_line_start)
    paragraph, line = plan.paragraph, plan.line
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
    layout = Layout(box.style, HAIR)  # spaces stand apart as when they were measured, so that none comes from another font
    layout.set_text(text, justify=True)
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


def _text_box(box: Any, run: Run, text: str, layout: Any, width: float) -> Any:
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
    if not hasattr(line, "plan") or not line.plan.paragraph.filled or (last and line.width <= available):
        return _text_align(context, line, available, last)
    spaces = inline.count_expandable_spaces(line)
    # What WeasyPrint says to be available is the room below an initial, if the line must be pushed together beside it.
    gap = line.plan.measure - line.width
    letters = line.width - line.children[0].position_x + line.position_x if line.children else 0.0
    if initial := initials.find(line):
        letters -= initial.margin_width()
    give = _expansion(gap, letters, spaces, line.style["font_size"])
    rest = gap - letters * give
    _justify(line, 1 + give, rest / spaces if spaces else 0.0, 0.0)
    return 0


def _expansion(gap: float, letters: float, spaces: int, em: float) -> float:
    """Choose how much wider letters are drawn: they and the spaces give way in the proportion in which the line was priced."""
    if not letters:
        return 0.0
    elastic = spaces * em / 4 * (MANNER.stretch if gap > 0 else MANNER.shrink)
    share = gap / (elastic + letters * MANNER.expansion)
    return max(-1.0, min(1.0, share)) * MANNER.expansion


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
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)) and not initials.height(box):
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
        with told(stream, box.text):
            return _draw_first_line(stream, box, overflow, ellipsis, placed)
    if box.text.strip():
        stream.set_text_matrix(*placed.values)
        draw(stream, slug.words, slug.justification_spacing)
    return []


def install() -> None:
    """Put total-fit line breaking into WeasyPrint."""
    inline.split_inline_box = split_inline_box
    inline.get_next_linebox = get_next_linebox
    inline.split_text_box = split_text_box
    inline.text_align = text_align
    drawing.draw_first_line = draw_first_line
