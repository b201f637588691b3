"""Sheets of every scheme are made up as the ledger does it, and read from the first page to the last."""

import pytest

from samizdat.checks.ledger.folding import made_up
from samizdat.formats.imposition import Binding, Ticket, plan, schemes

A4, A5 = (595.2756, 841.8898), (419.5276, 595.2756)
SCHEMES = schemes()


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("binding", list(Binding))
@pytest.mark.parametrize("name", SCHEMES)
def test_every_number_of_pages_up_to_200_reads_in_order(name: str, binding: Binding, turned: bool) -> None:
    scheme = SCHEMES[name]
    for pages in range(1, min(scheme.most or 200, 200) + 1):
        facts = plan(pages, A5, scheme, A4, binding=binding, signature=3)
        scheme = facts.scheme
        sides = {}
        for number, sheet in enumerate(facts.sheets):
            for back, side in enumerate((sheet.front, sheet.back)):
                for place in side:
                    cell = (place.column, place.row)
                    over = place.rotation == 180
                    if turned and back:
                        cell, over = (scheme.columns - 1 - place.column, scheme.rows - 1 - place.row), not over
                    sides[number if scheme.one_sided else 2 * number + back, *cell, over] = place.page
        copies = made_up(scheme, Ticket(name, binding, facts.sections, turned=turned))
        assert len(copies) == scheme.copies
        for copy in copies:
            read = [sides[face.side, face.column, face.row, face.turned] for face in copy]
            assert read == list(range(1, pages + facts.blanks + 1))
