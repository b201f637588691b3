"""Documents: what pandoc reads, and e-books and web pages, become a Book and the record of how.

`read_document` is the way in. It tells by a file's suffix and its first bytes what it is, and reads it in a process of its own
with an end to its time and its memory (`bounded`), because a document comes from anywhere. It goes through these rooms: `formats`
says what it is; `source_text` and the like, `office`, `embedded`, `markup`, `webpage` and `epub` take it out of its wrapping
(`surroundings` and `byline` take a web page off its text); pandoc makes nodes of it; `tidy` brings nodes of every reader to the
forms that a manuscript knows; `outline` parts them into chapters;
`reading` makes the Book.
"""

from samizdat.importers.documents.reading import Document, read_document
from samizdat.importers.documents.typed_page import TypedPage

__all__ = ["Document", "TypedPage", "read_document"]
