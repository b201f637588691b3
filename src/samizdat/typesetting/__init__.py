"""Typesetting: what WeasyPrint lacks for making books, built around one version of it.

Leaves go in, one tagged and linked master PDF with its page map comes out: `set_pages`, or `paginate` and then `bind`.
`collation` lays leaves in order, `composition` sets one leaf, `folios` numbers pages, `paragraphs` and `lines` break lines,
`merging` joins the leaves; `engine` is the door to WeasyPrint.
"""

from samizdat.typesetting.collation import Leaf, Opening
from samizdat.typesetting.folios import Folio, Folios
from samizdat.typesetting.setting import PageFacts, Pagination, Setting, bind, held, paginate, set_pages
from samizdat.typesetting.starts import OBJECT, UNCOUNTED, Start, letters

__all__ = [
    "OBJECT", "UNCOUNTED", "Folio", "Folios", "Leaf", "Opening", "PageFacts", "Pagination", "Setting", "Start", "bind", "held",
    "letters", "paginate", "set_pages",
]  # fmt: skip
