"""Terms of a timeline, which stand beside their entries and take no height: one that needs two lines stands above its entry."""

from collections.abc import Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

_ABOVE = "above"
"""The name that styles have for a term that stands above its entry."""


def raised(pages: Sequence[Any]) -> bool:
    """Mark the terms that would run into what follows, to be set above their entries the next time; say whether there are any."""
    high = [box.element for page in pages for box in page._page_box.descendants() if _runs_over(box)]  # noqa: SLF001
    for term in high:
        term.set("class", _ABOVE)
    return bool(high)


def _runs_over(box: Any) -> bool:
    return box.element_tag == "dt" and isinstance(box, boxes.BlockBox) and not box.height and len(box.children) > 1
