"""Numbers and bullets of lists, drawn before what they stand beside.

WeasyPrint draws them when all else on the page is drawn, as CSS 2 has it for what is positioned. Whoever takes the text out of a
PDF in the order in which it is drawn found them at the foot of the page.
"""

from typing import Any

from weasyprint import stacking
from weasyprint.layout.absolute import AbsolutePlaceholder

_dispatch = stacking._dispatch  # noqa: SLF001 - the order of drawing is made nowhere else


def _in_order(box: Any, page: Any, contexts: Any, blocks: Any, floats: Any, cells: Any) -> Any:
    """Give a box its place in the order of drawing, and its marker the place before it."""
    markers = [child._box for child in getattr(box, "children", ()) if _is_marker(child)]  # noqa: SLF001 - see above
    if markers:
        box = box.copy_with_children([child for child in box.children if not _is_marker(child)])
    for marker in markers:
        marker.style["position"] = "static"
        _dispatch(marker, page, contexts, blocks, floats, cells)
    return _dispatch(box, page, contexts, blocks, floats, cells)


def _is_marker(box: Any) -> bool:
    return isinstance(box, AbsolutePlaceholder) and box._box.is_outside_marker  # noqa: SLF001 - see above


def install() -> None:
    """Let WeasyPrint draw so."""
    stacking._dispatch = _in_order  # noqa: SLF001 - see above
