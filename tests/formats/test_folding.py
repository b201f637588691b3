"""Every scheme is folded, cut and gathered here as a person would do it with paper, and read from the first page to the last.

A sheet is a grid of panels with a face up and a face down; to fold is to lay panels behind others. Nothing here knows how a
scheme works out its order, only what its steps tell people to do.
"""

import io
from collections.abc import Iterator, Sequence
from functools import cache

import pikepdf
import pypdfium2
import pytest

from samizdat.formats.imposition import Binding, Flip, Imposition, Position, Scheme, by_hand, impose, plan, schemes
from samizdat.problems import SamizdatError

A4 = (595.2756, 841.8898)
A5 = (419.5276, 595.2756)
SCHEMES = schemes()
Face = tuple[int, int] | None
"""A page and how it is turned; None is bare paper. A face down is seen by turning it over like the page of a book."""
Panel = tuple[Face, Face]
Grid = list[list[list[Panel]]]
"""Rows of columns of piles of panels, the uppermost first."""
Cells = dict[tuple[int, int], Face]


@cache
def book(pages: int) -> bytes:
    """Make a PDF whose pages say their number at the head and at the foot."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        for number in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=A5)
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            words = f"BT /F1 12 Tf 180 540 Td (head {number}) Tj 0 -500 Td (foot {number}) Tj ET"
            page.obj.Contents = pdf.make_stream(words.encode())
        out = io.BytesIO()
        pdf.save(out, static_id=True)
        return out.getvalue()


def grid(front: Cells, back: Cells, columns: int, rows: int) -> Grid:
    return [
        [[(front.get((column, row)), back.get((columns - 1 - column, row)))] for column in range(columns)] for row in range(rows)
    ]


def turned(face: Face) -> Face:
    return face and (face[0], (face[1] + 180) % 360 if face[0] else 0)


def behind(pile: Sequence[Panel]) -> list[Panel]:
    """Turn a pile over like a page."""
    return [(down, up) for up, down in reversed(pile)]


def upper_half_back(sheet: Grid) -> Grid:
    """Fold the upper row back behind the lower: what was up is now down, and head stands where foot was."""
    upper, lower = sheet
    return [
        [below + [(turned(down), turned(up)) for up, down in reversed(above)] for above, below in zip(upper, lower, strict=True)]
    ]


def fold_across(sheets: Sequence[Grid], binding: Binding) -> list[Panel]:
    """Lay sheets of one row and two columns upon each other, the first on top, and fold the half without page 1 back."""
    left = [panel for sheet in sheets for panel in sheet[0][0]]
    right = [panel for sheet in sheets for panel in sheet[0][1]]
    return right + behind(left) if binding is Binding.LEFT else left + behind(right)


def read(panels: Sequence[Panel]) -> list[Face]:
    return [face for panel in panels for face in panel if face]


def nested(sheets: list[Grid], binding: Binding) -> list[list[Panel]]:
    return [fold_across(sheets, binding)]


def twice_folded(sheets: list[Grid], binding: Binding) -> list[list[Panel]]:
    return [fold_across([upper_half_back(sheet) for sheet in sheets], binding)]


def thrice_folded(sheets: list[Grid], binding: Binding) -> list[list[Panel]]:
    """Fold the half without page 1 behind the other before the rest."""
    halved = []
    for sheet in sheets:
        halves = [(row[2:], row[1::-1]) if binding is Binding.LEFT else (row[:2], row[:1:-1]) for row in sheet]
        halved.append([[above + behind(below) for above, below in zip(*half, strict=True)] for half in halves])
    return twice_folded(halved, binding)


def cut_then_folded(sheets: list[Grid], binding: Binding) -> list[list[Panel]]:
    return [fold_across([[sheet[row]] for sheet in sheets], binding) for row in range(2)]


def quarters(sheets: list[Grid], binding: Binding) -> Iterator[list[Panel]]:
    """Cut all sheets at once, and hand out the stacks row by row, from the side on which the book is bound."""
    for row in range(len(sheets[0])):
        columns = range(len(sheets[0][row]))
        for column in columns if binding is Binding.LEFT else reversed(columns):
            yield [panel for sheet in sheets for panel in sheet[row][column]]


def stacked(sheets: list[Grid], binding: Binding) -> list[list[Panel]]:
    return [[panel for stack in quarters(sheets, binding) for panel in stack]]


def cut_apart(sheets: list[Grid], binding: Binding) -> list[list[Panel]]:
    return list(quarters(sheets, binding))


def side_by_side(sheets: list[Grid], binding: Binding) -> list[list[Panel]]:
    """Read each side across; turned over, the columns have changed places."""
    panels: list[Panel] = []
    for (row,) in sheets:
        fronts = [pile[0][0] for pile in row]
        backs = [pile[0][1] for pile in reversed(row)]
        faces = [*fronts, *backs] if binding is Binding.LEFT else [*reversed(fronts), *reversed(backs)]
        panels += [(face, None) for face in faces]
    return [panels]


def cross(sheets: list[Grid], binding: Binding) -> list[list[Panel]]:
    """Fold the sheet lengthwise with the print outside: the cut makes a ring of eight panels, the ring a cross."""
    (sheet,) = sheets
    (row,) = upper_half_back(sheet)
    ring = [pile[0][0] for pile in row] + [pile[-1][1] for pile in reversed(row)]
    if binding is Binding.RIGHT:
        ring = [*reversed(ring[:4]), *reversed(ring[4:])]
    ring = ring[1:] + ring[:1]
    return [list(zip(ring[::2], ring[1::2], strict=True))]


def cut_stacked_and_folded(sheets: list[Grid], binding: Binding) -> list[list[Panel]]:
    """Cut the pile between the rows, lay the upper half on the lower one, and fold both together."""
    return [fold_across([[sheet[row]] for row in range(2) for sheet in sheets], binding)]


FOLDED = {
    "saddle": nested, "signatures": nested, "french-fold": twice_folded, "quarter-fold": twice_folded, "zine": cross,
    "two-booklets": cut_then_folded, "cut-stack": stacked, "cut-stack-four": stacked, "two-copies": cut_apart,
    "two-up": side_by_side, "octavo": thrice_folded, "four-copies": cut_apart,
    "cards": stacked, "cut-stack-fold": cut_stacked_and_folded,
}  # fmt: skip


def sections(facts: Imposition) -> list[int]:
    """Count the sheets of each section: one begins where nothing lies around a sheet."""
    begins = [number for number, sheet in enumerate(facts.sheets) if any(position.depth == 0 for position in sheet.front)]
    return [end - start for start, end in zip(begins, [*begins[1:], len(facts.sheets)], strict=True)]


def made(name: str, sheets: list[Grid], sizes: list[int], binding: Binding) -> list[list[Panel]]:
    """Make the sheets up; the sections of a sewn book one by one."""
    if name != "signatures":
        return FOLDED[name](sheets, binding)
    blocks, start = [], 0
    for size in sizes:
        blocks += FOLDED[name](sheets[start : start + size], binding)
        start += size
    return [[panel for block in blocks for panel in block]]


def cells(side: Sequence[Position]) -> Cells:
    return {(position.column, position.row): (position.page, position.rotation) for position in side}


def test_every_scheme_is_folded_here() -> None:
    assert set(FOLDED) == set(SCHEMES)


@pytest.mark.parametrize("binding", list(Binding))
@pytest.mark.parametrize("name", SCHEMES)
def test_every_number_of_pages_up_to_200_reads_in_order(name: str, binding: Binding) -> None:
    scheme = SCHEMES[name]
    for pages in range(1, min(scheme.most or 200, 200) + 1):
        facts = plan(pages, A5, scheme, A4, binding=binding, signature=3)
        scheme = facts.scheme
        assert 0 <= facts.blanks < scheme.pages_per_sheet
        sheets = [grid(cells(sheet.front), cells(sheet.back), scheme.columns, scheme.rows) for sheet in facts.sheets]
        copies = made(name, sheets, sections(facts), binding)
        assert len(copies) == scheme.copies
        for copy in copies:
            assert read(copy) == [(number, 0) for number in range(1, pages + facts.blanks + 1)]


@pytest.mark.parametrize("binding", list(Binding))
@pytest.mark.parametrize("name", [name for name in SCHEMES if name != "two-up"])
def test_every_page_has_its_spine_on_the_side_where_the_book_is_bound(name: str, binding: Binding) -> None:
    facts = plan(min(SCHEMES[name].most or 97, 97), A5, SCHEMES[name], A4, binding=binding)
    for sheet in facts.sheets:
        for position in sheet.front + sheet.back:
            own = position.spine.opposite if position.rotation else position.spine
            assert own is (binding if position.page % 2 else binding.opposite)


@pytest.mark.parametrize(
    "name", ["saddle", "signatures", "french-fold", "quarter-fold", "octavo", "two-booklets", "cut-stack-fold"]
)
def test_depth_counts_the_paper_that_lies_around_a_page(name: str) -> None:
    scheme = SCHEMES[name]
    facts = plan(96, A5, scheme, A4, signature=24)
    depth = {position.page: position.depth for sheet in facts.sheets for position in sheet.front + sheet.back}
    sheets = [grid(cells(sheet.front), cells(sheet.back), scheme.columns, scheme.rows) for sheet in facts.sheets]
    for panels in FOLDED[name](sheets, Binding.LEFT):
        for number, panel in enumerate(panels):
            assert {depth[face[0]] for face in panel if face} == {min(number, len(panels) - 1 - number)}


def test_sections_are_as_thick_as_asked_and_the_last_has_the_rest() -> None:
    for pages in range(1, 201):
        for signature in range(1, 9):
            *full, last = sections(plan(pages, A5, SCHEMES["signatures"], A4, signature=signature))
            assert set(full) <= {signature}
            assert 0 < last <= signature


def test_where_nobody_says_how_thick_sections_are_the_last_is_no_single_sheet() -> None:
    for pages in range(5, 241):  # of 61 sheets, whatever the sections, one is left over
        *full, last = sections(plan(pages, A5, SCHEMES["signatures"], A4))
        assert last >= 2 or not full
        assert set(full) <= {3, 4, 5, 6}
    assert sections(plan(29 * 4, A5, SCHEMES["signatures"], A4)) == [5, 5, 5, 5, 5, 4]
    assert sections(plan(128, A5, SCHEMES["signatures"], A4)) == [4] * 8


def test_a_zine_has_no_ninth_page() -> None:
    with pytest.raises(SamizdatError) as raised:
        plan(9, A5, SCHEMES["zine"], A4)
    assert [problem.code for problem in raised.value.problems] == ["P22"]


def printed(pdf: bytes, scheme: Scheme) -> list[Cells]:
    """Read each side of finished sheets by position: which page stands in a cell, and which way up; (0, 0) for a blank one."""
    sides = []
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        text = page.get_textpage()
        side: Cells = {}
        cell_width, cell_height = width / scheme.columns, height / scheme.rows
        for column in range(scheme.columns):
            for row in range(scheme.rows):
                left, bottom = column * cell_width, height - (row + 1) * cell_height
                halves = [
                    text.get_text_bounded(left, lower, left + cell_width, lower + cell_height / 2)
                    for lower in (bottom, bottom + cell_height / 2)
                ]
                words = " ".join(halves).split()
                numbers = {int(word) for word in words if word.isdecimal()}
                assert len(numbers) <= 1
                face = (0, 0)
                if numbers:
                    assert sorted(word for word in words if not word.isdecimal()) == ["foot", "head"]
                    face = (numbers.pop(), 0 if "head" in halves[1] else 180)
                side[column, row] = face
        sides.append(side)
    return sides


@pytest.mark.parametrize("binding", list(Binding))
@pytest.mark.parametrize("name", SCHEMES)
def test_finished_sheets_read_in_order(name: str, binding: Binding) -> None:
    scheme = SCHEMES[name]
    for pages in (1, 6, 8) if scheme.most else (1, 6, 8, 23, 40):
        facts = plan(pages, A5, scheme, A4, binding=binding, signature=2)
        scheme = facts.scheme
        sides = printed(impose(book(pages), scheme, A4, binding=binding, signature=2), scheme)
        backs: list[Cells] = [{}] * len(sides) if scheme.one_sided else sides[1::2]
        fronts = sides if scheme.one_sided else sides[::2]
        sheets = [grid(front, back, scheme.columns, scheme.rows) for front, back in zip(fronts, backs, strict=True)]
        for copy in made(name, sheets, sections(facts), binding):
            assert read(copy) == [(number, 0) for number in range(1, pages + 1)] + [(0, 0)] * facts.blanks


def over(side: Cells, scheme: Scheme) -> Cells:
    """Turn a side by half a circle."""
    return {(scheme.columns - 1 - column, scheme.rows - 1 - row): turned(face) for (column, row), face in side.items()}


@pytest.mark.parametrize("name", ["saddle", "quarter-fold"])
def test_the_other_way_of_turning_has_the_backs_upside_down(name: str) -> None:
    scheme = SCHEMES[name]
    usual = plan(16, A5, scheme, A4).flip
    assert usual is (Flip.SHORT if name == "saddle" else Flip.LONG)
    other = Flip.LONG if usual is Flip.SHORT else Flip.SHORT
    plain, turned_backs = (printed(impose(book(16), scheme, A4, flip=flip), scheme) for flip in (usual, other))
    assert turned_backs[::2] == plain[::2]
    assert [over(side, scheme) for side in turned_backs[1::2]] == plain[1::2]
    with pikepdf.open(io.BytesIO(impose(book(16), scheme, A4, flip=other))) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == f"/DuplexFlip{other.title()}Edge"


@pytest.mark.parametrize("last_first", [True, False])
def test_fed_by_hand_every_back_meets_its_front(last_first: bool) -> None:
    scheme = SCHEMES["saddle"]
    both = impose(book(12), scheme, A4)
    fronts, backs = by_hand(both, last_first=last_first)
    sides = printed(both, scheme)
    assert printed(fronts, scheme) == sides[::2]
    assert printed(backs, scheme) == (sides[1::2][::-1] if last_first else sides[1::2])
