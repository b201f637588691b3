"""How long it takes to set out 1,000 pages of text on sheets, plain and with marks and a guide: `python benchmarks/impose.py`.

The target is 2 s, by every scheme, marks and guide included.
"""

import io
import sys
import time

import pikepdf

from samizdat.formats.imposition import schemes
from samizdat.printshop import Order, impose

PAGES = 1000


def book(pages: int) -> bytes:
    """Make A5 pages of forty lines each."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        for number in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=(419.5, 595.3))
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            lines = "".join(f"(page {number}, line {line} of a plain text that fills its measure) Tj T*\n" for line in range(40))
            page.obj.Contents = pdf.make_stream(f"BT /F1 9 Tf 12 TL 50 540 Td\n{lines}ET".encode())
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def main() -> None:
    """Impose one book by every scheme that has room for it."""
    pdf = book(PAGES)
    for name, scheme in schemes().items():
        if scheme.most is None:
            times = []
            for marked in (False, True):
                begun = time.process_time()
                impose(pdf, Order(name, marks=marked, guide=marked))
                times.append(time.process_time() - begun)
            sys.stdout.write(f"{name:16} {times[0]:5.2f} CPU s, {times[1]:5.2f} with marks and a guide\n")


if __name__ == "__main__":
    main()
