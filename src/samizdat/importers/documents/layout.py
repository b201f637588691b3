"""Tables of a page that arrange it, as pages of an old web did: their cells become divisions before anything is judged."""

from samizdat.importers.documents.markup import Element, is_element, unwrapped, words

_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "table", "ul", "ol", "pre"}
_PARTS = ("tbody", "thead", "tfoot", "tr", "colgroup", "col")
_MOST_CELLS = 80
_LITTLE = 400
"""Letters below which no cell is a page."""
_MOST_OF_IT = 0.6
_SEVERAL = 3


def dissolved(top: Element) -> None:
    """Make divisions of the cells of tables in which one cell holds the text, the outermost table first."""
    for table in list(top.iter("table")):
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
        cells = [cell for row in rows for cell in row if is_element(cell) and cell.tag in {"td", "th"}]
        if _arranges(table, cells):
            taken_apart(table, cells)


def _arranges(table: Element, cells: list[Element]) -> bool:
    """Tell whether one cell is a page: it holds most of the words, in paragraphs."""
    if not cells or len(cells) > _MOST_CELLS or table.find("caption") is not None or table.find("thead") is not None:
        return False
    largest = max(cells, key=lambda cell: len(words(cell)))
    said = len(words(largest))
    if said < max(_LITTLE, _MOST_OF_IT * len(words(table))):
        return False
    blocks = sum(is_element(inner) and inner.tag in _BLOCKS for inner in largest.iterdescendants())
    breaks = sum(1 for _ in largest.iter("br")) // 2
    return max(blocks, breaks) >= _SEVERAL


def taken_apart(table: Element, cells: list[Element]) -> None:
    """Make divisions of a table and its cells."""
    parts = [part for part in table.iter(*_PARTS) if next(part.iterancestors("table"), None) is table]
    for element in (table, *table.findall("caption"), *cells):
        element.tag = "div"
    for element in parts:
        unwrapped(element)
