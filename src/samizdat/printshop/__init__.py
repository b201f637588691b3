"""The print shop: any PDF made into sheets to be printed and folded, with marks and a guide if wanted, and a printer test.

What `samizdat impose` does, between the command line and the geometry of `formats.imposition`: `work.py` takes the order,
`guide.py` sets the words and drawings that go with the sheets.
"""

from samizdat.printshop.work import Job, Order, around, cover, impose, printer_test, told

__all__ = ["Job", "Order", "around", "cover", "impose", "printer_test", "told"]
