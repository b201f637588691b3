"""Office files whose parts are written in another way than office programs write them."""

from collections.abc import Callable
from typing import Any

from samizdat.importers.documents.reading import Document
from samizdat.model.walk import plain_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_the_prefixes_of_a_document_may_be_any(read_bytes: Callable[[str, bytes], Document], made: Any) -> None:
    body = "<ns0:p><ns0:r><ns0:t>See ns0:t or ns0=1.</ns0:t></ns0:r></ns0:p>"
    part = f'<ns0:document xmlns:ns0="{W}"><ns0:body>{body}</ns0:body></ns0:document>'
    document = read_bytes("weir.docx", made.docx("", {"word/document.xml": part}))
    assert "See ns0:t or ns0=1." in plain_text(document.book.sections)
