"""An order at the print shop, and what comes of it."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from samizdat.formats import imposition
from samizdat.formats.imposition import Binding, Flip, Imposition, Jacket, Part, Scheme
from samizdat.formats.imposition.paper import MILLIMETRE, OFFICE_PAPER, SHEETS, Shopping, sheet_size, thickness
from samizdat.printshop import guide
from samizdat.problems import Problem, Rule, SamizdatError, Severity
from samizdat.workspace import house_templates

NO_SCHEME = Rule(
    "P25",
    Severity.ERROR,
    "There is no such way of setting out pages",
    "`samizdat impose` sets pages out by a scheme, such as `saddle` for a stapled booklet. The one that was named does not "
    "exist. The message lists those that do, and the handbook's chapter on the pamphlet tells what each is for.",
)
NO_SHEET = Rule(
    "P26",
    Severity.ERROR,
    "There is no such sheet of paper",
    "Sheets are named A3, A4, A5, letter, legal or tabloid, or given in millimetres, width by height, from 50 to 2000 each: "
    "`320x450mm`.",
)
ONE_SIDED = Rule(
    "P27",
    Severity.ADVICE,
    "Nothing to print on the back",
    "Some schemes print a sheet on one side only, such as the zine and the French fold. Any printer does them, and there are no "
    "backs to be fed by hand.",
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of the print shop."""

    scheme: str = "saddle"
    sheet: str = "A4"
    binding: Literal["left", "right"] = "left"
    weight: float = OFFICE_PAPER
    """Of the paper, in g/m²."""
    signature: int | None = None
    flip: Literal["long", "short"] | None = None
    by_hand: bool = False
    first: bool = False
    """Fed by hand, the back of the first sheet is printed first, and not that of the last."""
    marks: bool = False
    guide: bool = False
    price: float = 0.0
    """Of a sheet of paper, in any coin; 0 where nobody says."""
    covered: bool = False
    """The first and the last leaf are a cover."""
    pages: str = ""
    """Those that are set out, such as "3-20,22"; all where nothing is said."""
    crop: float = 0.0
    """The margin in mm that is cut off each page."""
    last: int = 0
    """So many pages come last; what is blank stands before them."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the print shop hands over."""

    files: Mapping[str, bytes]
    """By what is added to the name of the file: nothing, or "-fronts" and "-backs"."""
    imposition: Imposition
    shopping: Shopping
    problems: tuple[Problem, ...]


def scheme_of(order: Order) -> Scheme:
    """Return the scheme of an order; raises SamizdatError P25."""
    schemes = imposition.schemes()
    if order.scheme not in schemes:
        near = difflib.get_close_matches(order.scheme, schemes, 1)
        hint = f"Did you mean “{near[0]}”? " if near else ""
        raise SamizdatError(
            NO_SCHEME.problem(f"There is no scheme “{order.scheme}”.", hint=f"{hint}The schemes are {', '.join(schemes)}.")
        )
    return schemes[order.scheme]


def sheet_of(order: Order) -> tuple[float, float]:
    """Return the width and height in points of the sheets of an order; raises SamizdatError P26."""
    try:
        return sheet_size(order.sheet)
    except ValueError as error:
        raise SamizdatError(
            NO_SHEET.problem(
                f"There is no sheet “{order.sheet}”.",
                hint=f"Sheets are {', '.join(SHEETS)}, or millimetres such as 320x450mm.",
            )
        ) from error


def impose(pdf: bytes, order: Order, *further: bytes) -> Job:
    """Impose a PDF as an order asks, with the pages of further ones after its own; raises SamizdatError."""
    asked, sheet, paper = scheme_of(order), sheet_of(order), thickness(order.weight)
    problems = [flaw for each in (pdf, *further) for flaw in imposition.flaws(each)]
    if further:
        pdf = imposition.collated((pdf, *further))
        problems = [*dict.fromkeys((*problems, *imposition.flaws(pdf)))]
    if order.pages or order.crop:
        pdf = imposition.chosen(pdf, order.pages, order.crop * MILLIMETRE)
    pages, size = imposition.measure(pdf)
    scheme = asked.on(sheet, size)
    if order.last:
        pdf = imposition.ending(pdf, order.last, scheme.pages_per_sheet)
        pages, size = imposition.measure(pdf)
    facts = imposition.plan(pages, size, scheme, sheet, binding=Binding(order.binding), paper=paper, signature=order.signature)
    sheets = imposition.impose(
        pdf,
        scheme,
        sheet,
        binding=order.binding,
        paper=paper,
        signature=order.signature,
        flip=order.flip,
        labels=tuple(_labels(facts)) if order.marks else None,
        covered=order.covered,
    )
    shopping = imposition.shopping(
        scheme,
        len(facts.sheets),
        (facts.width, facts.height),
        weight=order.weight,
        sections=len(facts.sections),
        price=order.price,
    )
    by_hand = order.by_hand and not scheme.one_sided
    parts = _parts(sheets, order) if by_hand else {}
    if order.guide:
        flip = Flip(order.flip) if order.flip else facts.flip
        first = guide.guide(facts, shopping, order.sheet, _sides(scheme, flip, by_hand=by_hand), house_templates())
        if by_hand:
            parts["-guide"] = imposition.beside(sheets, first, Part.GUIDE)
        else:
            sheets = imposition.join(first, sheets)
    files = parts or {"": sheets}
    problems += facts.problems()
    if order.by_hand and scheme.one_sided:
        problems.append(ONE_SIDED.problem("This scheme prints one side only, so there are no backs to print by hand."))
    return Job(files, facts, shopping, tuple(problems))


def _labels(facts: Imposition) -> Iterator[str]:
    """Say of each side which it is; of a book that is sewn also to which section its sheet belongs."""
    sections = [number for number, sheets in enumerate(facts.sections, 1) for _sheet in range(sheets)]
    for number, section in enumerate(sections, 1):
        sheet = f"Section {section}, sheet" if len(facts.sections) > 1 else "Sheet"
        for side in ("printed side",) if facts.scheme.one_sided else ("front", "back"):
            yield f"{sheet} {number} of {len(sections)}, {side}"


def _sides(scheme: Scheme, flip: Flip, *, by_hand: bool) -> str:
    """Say how the sides of the sheets are printed."""
    if scheme.one_sided:
        return "one side only"
    if by_hand:
        return "the file of fronts first; then lay the pile into the tray again, and print the file of backs"
    return f"both sides, turned on the {flip} edge"


_BACKS = "The backs: lay the printed fronts into the tray again, and print these on them."
_PARTS = {
    Part.BACKS: _BACKS,
    Part.BACKS_REVERSED: _BACKS,
    Part.GUIDE: "How to print, fold and bind the other files.",
    Part.COVER: "The cover, to be printed on one side of a sheet of card and laid around the others.",
}
"""What is said of a file that holds a part of the work only."""


def told(sheets: bytes, order: Order) -> str:
    """Say what a copy takes of sheets that lie finished, on such paper and at such a price; nothing of what are no sheets."""
    ticket, pages, size = imposition.ticket.of_file(sheets)
    scheme = imposition.scheme_of(ticket)
    if ticket is None or scheme is None:
        return ""
    if ticket.part in _PARTS:
        return _PARTS[ticket.part]
    count = (pages - ticket.guide) // (1 if scheme.one_sided or ticket.part is Part.FRONTS else 2)
    need = imposition.shopping(scheme, count, size, weight=order.weight, sections=len(ticket.sections), price=order.price)
    first = "The fronts, to be printed first. " if ticket.part is Part.FRONTS else ""
    return f"{first}{scheme.name[0].upper()}{scheme.name[1:]} on {order.sheet}. {need.line()}"


def around(pages: bytes, jacket: Jacket, order: Order) -> Job:
    """Impose a book with a cover for its outer pages."""
    _, size = imposition.measure(pages)
    whole = imposition.covered(pages, jacket, scheme_of(order).on(sheet_of(order), size).pages_per_sheet)
    return impose(whole, replace(order, covered=True))


def cover(jacket: Jacket, sheets: bytes, order: Order) -> bytes:
    """Set out a cover on a sheet of its own, printed on one side, to be laid around the folded sheets of a booklet."""
    alone = replace(order, scheme=imposition.SADDLE.file, by_hand=False, guide=False, covered=True)
    (drawn,) = impose(imposition.cover_alone(jacket), alone).files.values()
    return imposition.beside(sheets, imposition.outside(drawn), Part.COVER)


def printer_test(order: Order) -> Mapping[str, bytes]:
    """Make a test for the printer, on the sheet of an order: one sheet, or two in two files if they are fed by hand."""
    pages = guide.printer_test(sheet_of(order), house_templates(), by_hand=order.by_hand)
    test = imposition.as_sheets(pages, Flip.SHORT)
    return _parts(test, order) if order.by_hand else {"": test}


def _parts(sheets: bytes, order: Order) -> dict[str, bytes]:
    return dict(zip(("-fronts", "-backs"), imposition.by_hand(sheets, last_first=not order.first), strict=True))
