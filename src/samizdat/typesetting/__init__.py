"""Typesetting: what WeasyPrint lacks for making books, built around one version of it.

Leaves go in, one tagged and linked master PDF with its page map comes out: `set_pages`. `composition` sets one leaf,
`folios` numbers pages, `paragraphs` and `lines` break lines, `merging` joins the leaves; `engine` is the door to WeasyPrint.
"""

from samizdat.typesetting.folios import Folio, Folios
from samizdat.typesetting.setting import Leaf, Opening, PageFacts, Setting, list_pages, set_pages
from samizdat.typesetting.starts import OBJECT, UNCOUNTED, Start, letters

__all__ = [
    "OBJECT",
    "UNCOUNTED",
    "Folio",
    "Folios",
    "Leaf",
    "Opening",
    "PageFacts",
    "Setting",
    "Start",
    "letters",
    "list_pages",
    "set_pages",
]
