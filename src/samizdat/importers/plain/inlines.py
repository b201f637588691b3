"""Words of a passage become inlines: emphasis, small capitals, and the calls of notes.

The notes pass has put each call between CALL and END, with the note's key between them; here it becomes a NoteRef.
"""

import re

from samizdat.importers.plain.record import Study
from samizdat.model.inline import Inline, Inlines, NoteRef, Text

CALL, END = "\ue000", "\ue001"
_CALL = re.compile(f"{CALL}([^{END}]*){END}")


def inlines(text: str, study: Study) -> Inlines:  # noqa: ARG001
    """Return the inlines for the words of a paragraph, a line or a title."""
    found: list[Inline] = []
    end = 0
    for call in _CALL.finditer(text):
        if text[end : call.start()]:
            found.append(Text(text[end : call.start()]))
        found.append(NoteRef(call[1]))
        end = call.end()
    if text[end:]:
        found.append(Text(text[end:]))
    return tuple(found)
