"""A web page: what is around the text is taken off, each piece with its words recorded; what is left is read as a document."""

from collections.abc import Callable

from samizdat.importers.documents import byline, layout, numbers, pages, surroundings, webhead
from samizdat.importers.documents.formats import NOT_TEXT
from samizdat.importers.documents.markup import body, decoded, parsed, spoken, words
from samizdat.importers.documents.outline import Leaf
from samizdat.importers.documents.record import Record
from samizdat.importers.documents.semantics import looks, marked
from samizdat.importers.documents.wrapping import Ask, Wrapping
from samizdat.problems import SamizdatError

_ELSEWHERE = "The page may put its words together by a program: open it in a browser, and save what it shows as a whole page."


def opened(data: bytes, ask: Ask, record: Record, picture: Callable[[str], bytes | None]) -> Wrapping:
    """Take the text out of a page."""
    root = parsed(data, record)
    if root is None or (not words(body(root)) and next(body(root).iter("img", "svg"), None) is None):
        raise SamizdatError(NOT_TEXT.problem("There is no text in this page.", hint=_ELSEWHERE))
    facts = webhead.facts(root, decoded(data), record)
    numbers.of_page(body(root), record)
    sheets = ["".join(spoken(sheet)) for sheet in root.iter("style")]
    layout.dissolved(body(root))
    top = surroundings.taken_off(root, record)
    surroundings.before_title(top, facts, record)
    facts = byline.taken(top, facts, record)
    marked(root, looks(sheets), record)
    page = pages.Page("", root)
    pages.unique_ids([page])
    found = pages.read([page], ask, record)
    return Wrapping([Leaf(found[0])], facts, picture)
